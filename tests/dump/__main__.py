"""``python -m tests.dump OUTBOX [--to FOLDER]``: a text file for every workbook, mail and page; without FOLDER, all in one."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from .outbox import dump


def main() -> None:
    """Dump the outbox that is named."""
    options = argparse.ArgumentParser(prog="python -m tests.dump", description=__doc__)
    options.add_argument("outbox", type=Path)
    options.add_argument("--to", type=Path, help="folder for the texts; what an earlier dump left there goes")
    asked = options.parse_args()
    if not asked.outbox.is_dir():
        options.error(f"{asked.outbox} is no folder")
    if asked.to is None:
        for name, text in dump(asked.outbox):
            sys.stdout.write(f"===== {name}\n{text}\n")
        return
    _make_room(asked.to, options)
    for name, text in dump(asked.outbox):
        target = asked.to / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def _make_room(folder: Path, options: argparse.ArgumentParser) -> None:
    """Empty *folder*, but only when an earlier dump made it."""
    mark = folder / ".dump"
    if folder.exists() and any(folder.iterdir()):
        if not mark.exists():
            options.error(f"{folder} holds something that is no dump")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    mark.touch()


if __name__ == "__main__":
    main()
