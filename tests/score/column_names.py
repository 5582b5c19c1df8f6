"""``python -m tests.score.column_names``: how many of the names that offices give to columns are understood, and how
many columns that are no field of the form are taken for one.

The survey stands in four tables. It was written before the recogniser was tuned. Of the names and extras marked *known*
the failing ones may be looked at (``--list``); those marked *kept* are only ever counted.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rapidfuzz import fuzz, process

from pipeline.domain.extract import Known, Reading
from pipeline.domain.place import unpack
from pipeline.read.read_file import read_file
from schemas.language import Form, Severity
from schemas.language.catalogue import load_catalogue
from tests.score.column_sheets import sheet

KNOWN, KEPT = "known", "kept"
SETS = (KNOWN, KEPT)
NameOutcome = Literal["right", "wrong", "unread"]
ExtraOutcome = Literal["left alone", "taken", "disturbs"]
_NEAR = 60
_ESCAPES = {r"\n": "\n", r"\u200b": "\u200b", r"\ufeff": "\ufeff", r"\u3000": "\u3000"}


@dataclass(frozen=True, slots=True)
class SurveyedName:
    """What an office calls the column of a field. ``group`` is one of ``SETS``."""

    group: str
    form: str
    field: str
    name: str


@dataclass(frozen=True, slots=True)
class ExtraColumn:
    """A column that an office keeps on a form and that is none of its fields, with three values of it."""

    group: str
    form: str
    name: str
    values: tuple[str, ...]


def names() -> list[SurveyedName]:
    """Return the surveyed names of both sets."""
    return [
        SurveyedName(group, row["form"], row["field"], _unescaped(row["name"]))
        for group in SETS
        for row in _table(f"column_names_{group}.csv")
    ]


def extras() -> list[ExtraColumn]:
    """Return the extra columns of both sets."""
    return [
        ExtraColumn(group, row["form"], _unescaped(row["name"]), (row["first"], row["second"], row["third"]))
        for group in SETS
        for row in _table(f"column_extras_{group}.csv")
    ]


def judge_name(known: Known, form: Form, field: str, name: str) -> NameOutcome:
    """Return what becomes of a list of *form* whose column of *field* is called *name*.

    ``right``: all columns came out in their own fields, and there is no error. ``wrong``: a column came out in another
    field, on the whole list or on one with only the columns that are required: there a wrong field is free more often.
    ``unread``: neither; the column is unknown, asked about, or the sheet refused.
    """
    whole, sparse = (_judge(known, form, *sheet(form, {field: name}, sparse=few)) for few in (False, True))
    return "wrong" if sparse == "wrong" else whole


def judge_extra(known: Known, form: Form, extra: ExtraColumn) -> ExtraOutcome:
    """Return what becomes of a list of *form* with one more column, whole or with only the columns that are required.

    ``taken``: it, or another column because of it, came out in a field that is not its own. ``disturbs``: the sheet is
    refused, or a column not read.
    """
    added = (extra.name, extra.values)
    found = {_judge(known, form, *sheet(form, {}, added, sparse=few)) for few in (False, True)}
    return "taken" if "wrong" in found else "disturbs" if "unread" in found else "left alone"


def _judge(known: Known, form: Form, content: bytes, codes: Sequence[str]) -> NameOutcome:
    reading = read_file("台账.xlsx", content, "0" * 64, known)
    came = _columns(reading)
    if any(code != codes[column] or read_as != form.code for column, (read_as, code) in came):
        return "wrong"
    errors = any(finding.severity is Severity.ERROR for finding in reading.findings)
    lacking = {code for code in codes if code} - {code for _, (_, code) in came}
    return "unread" if errors or lacking else "right"


def _columns(reading: Reading) -> list[tuple[int, tuple[str, str]]]:
    """Return which column came out as which form's field; by place, so that no value need be told from another."""
    return sorted(
        {
            (unpack(cell)[1], (extract.form, code))
            for extract in reading.extracts
            for code, cells in extract.cells.items()
            for cell in cells
        }
    )


@dataclass(frozen=True, slots=True)
class Survey:
    """The outcome of each name and extra column, in the order of the tables."""

    names: tuple[tuple[SurveyedName, NameOutcome], ...]
    extras: tuple[tuple[ExtraColumn, ExtraOutcome], ...]


def survey(asked: Iterable[SurveyedName], added: Iterable[ExtraColumn]) -> Survey:
    """Have a sheet read for each name and each extra column."""
    catalogue = load_catalogue()
    known = Known(
        catalogue.forms, {form.code: register.base.code for register in catalogue.registers for form in register.forms}
    )
    return Survey(
        tuple((each, judge_name(known, known.form(each.form), each.field, each.name)) for each in asked),
        tuple((each, judge_extra(known, known.form(each.form), each)) for each in added),
    )


def nearest(asked: Iterable[SurveyedName], added: Iterable[ExtraColumn]) -> Survey:
    """Return what the label of the form that is nearest in letters would make of the same names and columns."""
    catalogue = load_catalogue()
    of_names: list[tuple[SurveyedName, NameOutcome]] = []
    for each in asked:
        field = _nearest(catalogue.form(each.form), each.name)
        of_names.append((each, "unread" if not field else "right" if field == each.field else "wrong"))
    of_extras: list[tuple[ExtraColumn, ExtraOutcome]] = [
        (each, "taken" if _nearest(catalogue.form(each.form), each.name) else "left alone") for each in added
    ]
    return Survey(tuple(of_names), tuple(of_extras))


def _nearest(form: Form, name: str) -> str:
    labels = {field.code: field.label.zh for field in form.fields}
    found = process.extractOne(name, labels, scorer=fuzz.ratio, score_cutoff=_NEAR)
    return found[2] if found else ""


def section(found: Survey, plainly: Survey) -> str:
    """Return the figures as a part of the page, beside those of the nearest labels (*plainly*)."""
    columns = [(survey, group) for survey in (found, plainly) for group in SETS]
    names = [
        Counter[str](outcome for each, outcome in survey.names if each.group == group) for survey, group in columns
    ]
    extras = [
        Counter[str](outcome for each, outcome in survey.extras if each.group == group) for survey, group in columns
    ]
    rows = [
        ("Names of columns", names, None),
        ("Right: every column in its own field, no error", names, "right"),
        ("Wrong: a column in another field", names, "wrong"),
        ("Not read, or asked", names, "unread"),
        ("Extra columns", extras, None),
        ("Taken for a field, or moving another column", extras, "taken"),
        ("Not taken, but the sheet is refused or a column lost", extras, "disturbs"),
    ]
    heads = [f"{tool}, {group}" for tool in ("Ruwang", "nearest label") for group in SETS]
    lines = ["| | " + " | ".join(heads) + " |", "|---|" + "---:|" * len(heads)]
    lines += [f"| {words} | " + " | ".join(_cell(each, of) for each in counted) + " |" for words, counted, of in rows]
    return "\n\n".join(
        (
            "## Names of columns",
            f"{len(found.names)} names that offices give to columns of {len({each.form for each, _ in found.names})} forms, "
            f"each alone on a list whose other labels are the ordinary ones, and {len(found.extras)} columns near to a field "
            "in letters and far in meaning, added to such a list. A name counts as wrong, an extra as taken, when that "
            "happens on the whole list or on one with only the columns that are required. The tables were written before the "
            "recogniser was tuned; which of the two sets a name is in, a checksum decided. While tuning, the failing ones of "
            "the set *known* may be looked at; those of the set *kept* are only counted (`python -m "
            "tests.score.column_names`). *Nearest label* takes the label with the least distance in letters, if at least "
            f"{_NEAR} of 100 are the same (`rapidfuzz.fuzz.ratio`).",
            "\n".join(lines),
        )
    )


def _cell(counted: Counter[str], outcome: str | None) -> str:
    total = sum(counted.values())
    if outcome is None:
        return f"{total:,}"
    count = counted[outcome]
    return f"{count:,} ({100 * count / total if total else 0:.1f}%)"


def failing(found: Survey) -> str:
    """Return the names and extra columns of the known set that are not as they should be, by form and field."""
    lines: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for each, outcome in found.names:
        if each.group == KNOWN and outcome != "right":
            lines[each.form, each.field].append(f"{each.name!r} {outcome}")
    for extra, result in found.extras:
        if extra.group == KNOWN and result != "left alone":
            lines[extra.form, "(extra)"].append(f"{extra.name!r} {result}")
    return "\n".join(f"{form}.{field}: {', '.join(held)}" for (form, field), held in lines.items())


def _table(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _unescaped(text: str) -> str:
    """Signs that nobody sees are spelt in the tables."""
    for written, sign in _ESCAPES.items():
        text = text.replace(written, sign)
    return text


def main() -> None:
    """Print the figures, and with ``--list`` what fails of the known set."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--list", action="store_true", help="also what fails of the known set")
    asked = options.parse_args()
    found = survey(names(), extras())
    listed = f"\n\n{failing(found)}" if asked.list else ""
    sys.stdout.write(f"{section(found, nearest(names(), extras()))}{listed}\n")


if __name__ == "__main__":
    main()
