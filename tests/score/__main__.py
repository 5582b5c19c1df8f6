"""``make score``: print the scoreboard and write it to docs/score.md."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.score import board, column_names, febrl, ours, plain_frictionless, plain_pandera, polluted
from tests.score.convert import MISSING, with_old_formats
from tests.score.generate import CONVERTED, make


def main() -> None:
    """Make the files, ask all tools, write the page."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=int, default=1200)
    options.add_argument("--seed", type=int, default=0, help="the first of as many seeds as there are files")
    options.add_argument(
        "--other",
        type=Path,
        default=Path(".venv-score/bin/python"),
        help="interpreter with frictionless and recordlinkage",
    )
    options.add_argument("--out", type=Path, default=Path("docs/score.md"))
    asked = options.parse_args()
    cases = with_old_formats([make(seed) for seed in range(asked.seed, asked.seed + asked.files)])
    remarks = [] if any(case.kind in CONVERTED for case in cases) else [f"{MISSING}."]
    scores = [
        ("Ruwang", board.add_up(cases, ours.judge(cases))),
        ("frictionless 5", board.add_up(cases, plain_frictionless.judge(cases, asked.other.absolute()))),
        ("pandas + pandera", board.add_up(cases, plain_pandera.judge(cases))),
    ]
    command = f"`make score` (`python -m tests.score --files {asked.files} --seed {asked.seed}`)"
    duplicates = febrl.section(febrl.rows(asked.other.absolute()))
    asked_names, added = column_names.names(), column_names.extras()
    survey = column_names.section(column_names.survey(asked_names, added), column_names.nearest(asked_names, added))
    spoilt = [polluted.pollute(seed) for seed in range(polluted.FILES)]
    texts = polluted.section(spoilt, polluted.compared(spoilt))
    further = f"{survey}\n\n{texts}\n\n{duplicates}\n"
    page = f"{board.page(command, cases, scores, remarks)}\n{further}"
    asked.out.write_text(page, encoding="utf-8")
    sys.stdout.write(f"{page.partition('## What')[0]}{further}")


if __name__ == "__main__":
    main()
