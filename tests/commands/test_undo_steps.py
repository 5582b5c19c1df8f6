"""A worklist taken back: what it said is to be done once more, on the worklist of whoever it is with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipeline.commands.undo import CannotUndoError, undo
from schemas.roster.samples import AREAS
from tests.tools.customers import KEY, PASSED, SHOP, VISIT, drop, shops
from tests.tools.office import Office

PEOPLE = [
    ("K01", "王建国", "客户经理"),
    ("K02", "李秀英", "客户经理"),
    ("K03", "刘洋", "客户经理"),
    ("S01", "赵敏", "市场经理"),
]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    found = Office(tmp_path, ["new_customer"], PEOPLE)
    found.drop("area_list", *AREAS.records)
    drop(found.settings, shops(SHOP))
    found.run("2026-11-02 09:00")
    return found


def taken_in(office: Office) -> list[str]:
    """The names of the worklists that were handed in."""
    return [path.name for path in sorted((office.settings.outbox / "archive").rglob("*任务表*.xlsx"))]


def waits_for(office: Office, person: str, page: str) -> bool:
    """Tell whether the shop stands on the *page* of the person's worklist."""
    paths = list((office.settings.outbox / "worklists").glob(f"{person}-*.xlsx"))
    book = openpyxl.load_workbook(paths[0]) if paths else openpyxl.Workbook()
    rows = book[page].iter_rows() if page in book.sheetnames else ()
    return any(str(cell.value) == KEY for row in rows for cell in row)


def test_a_visit_taken_back_is_to_be_filled_in_once_more(office: Office) -> None:
    office.answer("K02", {KEY: VISIT})
    office.run("2026-11-03 09:00")
    assert waits_for(office, "S01", "审核") and not waits_for(office, "K02", "核实")
    (name,) = taken_in(office)

    undo(office.settings, name, today=date(2026, 11, 3))

    assert waits_for(office, "K02", "核实") and not waits_for(office, "S01", "审核")


def test_once_it_was_reviewed_the_review_goes_first_and_is_named(office: Office) -> None:
    office.answer("K02", {KEY: VISIT})
    office.run("2026-11-03 09:00")
    office.answer("S01", {KEY: PASSED})
    office.run("2026-11-04 09:00")
    visit, review = taken_in(office)

    with pytest.raises(CannotUndoError) as refused:
        undo(office.settings, visit, today=date(2026, 11, 4))
    assert review in refused.value.to("zh")

    undo(office.settings, review, today=date(2026, 11, 4))
    assert waits_for(office, "S01", "审核")
    undo(office.settings, visit, today=date(2026, 11, 4))
    assert waits_for(office, "K02", "核实")
