"""The scoreboard: the pipeline, frictionless and pandas + pandera on the same made files, as a page of Markdown."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from schemas.language.catalogue import load_catalogue
from tests.score import plain_frictionless, plain_pandera
from tests.score.judged import Judged
from tests.score.score import Score, score
from tests.score.tables import SECONDS
from tests.score.truth import Case


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the board."""

    words: str
    count: Callable[[Score], int]
    of: Callable[[Score], int] | None = None


ROWS = (
    Row("Faults found (an error in their record)", lambda score: score.found, lambda score: score.faults),
    Row("Faults told at their own cell", lambda score: score.named, lambda score: score.faults),
    Row("False errors", lambda score: score.false),
    Row("Right records accepted", lambda score: score.accepted, lambda score: score.right),
    Row("Right records equal to the truth in every value", lambda score: score.equal, lambda score: score.right),
    Row("Accepted although wrong, or no record at all", lambda score: score.wrong),
)


def add_up(cases: Sequence[Case], judged: dict[int, Judged]) -> tuple[Score, Score]:
    """Return the sums over all files, and over those that hold nothing but lists the compared tools can be given."""
    keys = {form.code: form.key.code for form in load_catalogue().forms}
    overall, lists = Score(), Score()
    for case in cases:
        found = score(case, judged[case.seed], keys)
        overall.add(found)
        if case.kind != "xml.xls" and all(table.told for table in case.tables):
            lists.add(found)
    return overall, lists


def page(
    command: str, cases: Sequence[Case], scores: Sequence[tuple[str, tuple[Score, Score]]], remarks: Sequence[str]
) -> str:
    """Return the whole page."""
    tables = [table for case in cases for table in case.tables]
    records = sum(len(table.right) + len(table.faults) for table in tables)
    overall, lists = ([(name, pair[at]) for name, pair in scores] for at in (0, 1))
    parts = [
        "# Scoreboard",
        f"Made by {command}; no number here is typed by hand. {len(cases)} files with {len(tables)} tables and {records} "
        f"records, with {sum(len(table.faults) for table in tables)} seeded faults: one in a record, a "
        "label that a list lacks or that may mean two fields, or a password on the file. The same seed makes the same files.",
        "## All files",
        _board(overall),
        "## Only files that hold nothing but plain lists",
        "Cards, turned lists and XML tables are beyond the two tools; without them the comparison is:",
        _board(lists),
        "## What the files are like",
        _counts("Layouts", Counter(table.layout for table in tables)),
        _counts("Files", Counter(case.kind for case in cases)),
        _counts("Seeded faults", Counter(fault.kind for table in tables for fault in table.faults)),
        _counts("Peculiarities of the sheets", Counter(tag for case in cases for tag in case.tags)),
        "## How it is counted",
        "Ruwang is given each file as it is, and nothing else. A *false error* is an error at a cell, row or sheet "
        "without a seeded fault: the tests ask the same of Ruwang's warnings about values. A record is *equal* when every "
        "value is what was meant: a date the day, an option its code, a phone its digits.",
        "Nearly every cell is written in a way of its own, far more often oddly than on one real sheet: the board says "
        "what each does with such writings, not which share of an office's rows it would take.",
        f"A list on which one of the two tools spends more than {SECONDS} seconds of processor time (a stray cell in the "
        "last row, a million declared rows) counts as refused.",
        "The two tools are told what they cannot find out: the sheet, the header row, which field each column holds, the "
        "true format and encoding, the workbook inside an archive, and where the first of two lists ends. Beyond that:",
        *(f"- **{name}**: {_helped(module.__doc__)}" for name, module in (
            ("frictionless 5", plain_frictionless),
            ("pandas + pandera", plain_pandera),
        )),
        *remarks,
    ]  # fmt: skip
    return "\n\n".join(parts).replace("\n\n- ", "\n- ") + "\n"


def _board(scores: Sequence[tuple[str, Score]]) -> str:
    lines = ["| | " + " | ".join(name for name, _ in scores) + " |", "|---|" + "---:|" * len(scores)]
    lines += [f"| {row.words} | " + " | ".join(_cell(row, total) for _, total in scores) + " |" for row in ROWS]
    return "\n".join(lines)


def _cell(row: Row, total: Score) -> str:
    count = row.count(total)
    if row.of is None:
        return f"{count:,}"
    whole = row.of(total)
    share = 100 * count / whole if whole else 0
    return f"{count:,} of {whole:,} ({share:.1f}%)"


def _counts(title: str, counted: Counter[str]) -> str:
    return f"{title}: " + ", ".join(f"{name} {count}" for name, count in sorted(counted.items())) + "."


def _helped(document: str | None) -> str:
    """Return what a module says of itself after its first sentence, on one line."""
    return " ".join(textwrap.dedent((document or "").partition("\n\n")[2]).split())
