"""The files of an outbox, each as text under a name that is the same in every play."""

from __future__ import annotations

import functools
import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from .mail import mail
from .volatile import Steady
from .workbook import workbook

WORKBOOKS = {".xlsx", ".xlsm"}
TEXTS = {".html", ".txt", ".csv", ".md", ".ics"}


def dump(outbox: Path) -> Iterator[tuple[str, str]]:
    """Yield name and text of every file below *outbox*, and of every file that is attached to a mail of it."""
    steady = Steady(outbox)
    # a worklist in its folder is the one that came by mail: each is read once
    as_text = functools.cache(lambda suffix, content: steady.text(_text(suffix, content)))
    letters = []
    for path, name in steady.names.items():
        if path.suffix == ".eml":
            letters.append((name.parent, path))
        else:
            yield f"{name}.txt", as_text(path.suffix.lower(), path.read_bytes())
    for name, text, attachments in _in_order(letters, steady):
        yield f"{name}.txt", text
        for number, (attached, content) in enumerate(attachments, start=1):
            safe = attached.replace("/", "_")
            yield f"{name}/{number} {safe}.txt", as_text(Path(safe).suffix.lower(), content)


def _in_order(
    letters: Iterable[tuple[Path, Path]], steady: Steady
) -> Iterator[tuple[str, str, list[tuple[str, bytes]]]]:
    """Yield the mails with their names; several to one person from one run are numbered in the order of their texts."""
    read = [(folder, mail(path.read_bytes())) for folder, path in letters]
    said = sorted(
        ((f"{folder / letter.name}", steady.text(letter.text), letter.attachments) for folder, letter in read),
        key=lambda item: item[:2],
    )
    seen: Counter[str] = Counter()
    for name, text, attachments in said:
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})", text, attachments


def _text(suffix: str, content: bytes) -> str:
    if suffix in WORKBOOKS and zipfile.is_zipfile(io.BytesIO(content)):
        return workbook(content)
    if suffix == ".json":
        return json.dumps(json.loads(content), ensure_ascii=False, indent=1) + "\n"
    if suffix in TEXTS:
        return content.decode("utf-8", errors="backslashreplace").replace("\r\n", "\n")
    return f"{len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}\n"
