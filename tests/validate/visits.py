"""A made-up form with a field of every kind, and sheets of it written as small text tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from pipeline.domain.cell import Raw
from pipeline.domain.checked import Checked
from pipeline.domain.extract import Extract
from pipeline.domain.finding import Finding
from pipeline.domain.place import pack
from pipeline.validate import check_form
from schemas.language import FieldRole, Kind, Layout, Localized, Option, Rule, Severity, checks
from schemas.language.context import Context
from schemas.language.model import Date, FormModel, Number, Test, Text, WholeNumber, describe, field, form, row_rule

TODAY = date(2026, 11, 23)
ODD = Rule("visit.odd", Severity.WARNING, Localized("奇怪", "odd"), Localized("看看", "look"))
GOOD = Option("good", Localized("满意", "Content"), ("好",))
BAD = Option("bad", Localized("不满意", "Angry"), ("差",))


class Visits(FormModel, form=form("visits", "走访表", "Visits")):
    number: Text = field("编号", "No", kind=Kind.CODE, key=True)
    mood: Text = field("态度", "Mood", required=True, options=(GOOD, BAD))
    reason: Text = field("理由", "Reason", required_when={"mood": ("bad",)})
    tel: Text = field("电话", "Phone", kind=Kind.PHONE, tests=[checks.phone_number()])
    begins: Date = field("起", "From", kind=Kind.DATE, span=(("起止",), 0))
    ends: Date = field("止", "To", kind=Kind.DATE, span=(("起止",), 1), tests=[checks.not_expired()])
    guests: WholeNumber = field("人数", "Guests", kind=Kind.INTEGER, ge=1, le=30)
    spent: Number = field("花费", "Spent", kind=Kind.NUMBER, lt=100_000)
    places: Text = field("地点", "Places", kind=Kind.LIST)
    colour: Text = field("颜色", "Colour", str_length={"max_value": 4}, tests=[Test(ODD, lambda c: c != "怪色")])
    done: Date = field(
        "日期", "Date", kind=Kind.DATE, required=True, means=FieldRole.DONE_ON, tests=[checks.not_future()]
    )
    who: Text = field("走访人", "By", required=True, means=FieldRole.ACTOR)

    @row_rule(checks.ORDER, at="ends")
    def ends_after_start(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        return ~(frame["ends"] < frame["begins"])


class Breaking(Visits):
    @row_rule(ODD, at="mood")
    def breaks(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        return frame["no such column"]


FORM = describe(Visits)
_BY_LABEL = {each.label.zh: each.code for each in FORM}
FULL = {"态度": "满意", "日期": "2026-11-02", "走访人": "王一"}
"""What a row must hold beside its key."""


def sheet(table: str, **about: Any) -> Extract:
    """Read a text table: its header stands in row 1 from column A, 起止 gives both ends of the range."""
    lines = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.strip().splitlines()]
    header, *rows = lines
    return columns({label: [row[at] or None for row in rows] for at, label in enumerate(header)}, **about)


def columns(cells: dict[str, Sequence[Raw]], **about: Any) -> Extract:
    """Make a sheet of raw columns by label; labels that no field has are notes."""
    count = len(next(iter(cells.values())))
    extract = Extract(
        **{"form": FORM.code, "submission": "sha", "file": "a.xlsx", "sheet": "表1", "layout": Layout.LIST, **about},
        rows=[pack(row, 0) for row in range(1, count + 1)],
    )
    for at, (label, raws) in enumerate(cells.items()):
        for code in ("begins", "ends") if label == "起止" else (_BY_LABEL.get(label, ""),):
            if code:
                extract.values[code] = list(raws)
                extract.cells[code] = [pack(row, at) for row in range(1, count + 1)]
            else:
                extract.notes[label] = list(raws)
    return extract


def filled(**cells: Raw) -> Extract:
    """Make a sheet of one row that is complete but for *cells*."""
    return columns({label: [raw] for label, raw in {"编号": "7", **FULL, **cells}.items()})


def judge(*extracts: Extract) -> Checked:
    return check_form(FORM, extracts, Context(TODAY))


def told(checked: Checked) -> list[tuple[str, str, str]]:
    """Each finding as cell, field and rule."""
    return [(found.cell, found.field, found.rule) for found in checked.findings]


def only(checked: Checked) -> Finding:
    (found,) = checked.findings
    return found
