"""What records lack is filled in on the worklist's own page, and dropped back with it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.commands.history import history
from tests.intake.test_refused_on_worklist import OTHER, Play, cell_of, header_of
from tests.tools.customers import KEY, customers, told

PAGE = "资料不全"


@pytest.fixture
def play(tmp_path: Path) -> Play:
    return Play(tmp_path)


def lacking(play: Play) -> Worksheet:
    (path,) = (play.settings.outbox / "worklists").glob("K02-*.xlsx")
    page = openpyxl.load_workbook(path)[PAGE]
    assert isinstance(page, Worksheet)
    return page


def complete(play: Play, key: str, of: bytes = b"", name: str = "补.xlsx", **cells: object) -> None:
    path = play.settings.inbox / name
    path.write_bytes(of or play.worklist)
    book = openpyxl.load_workbook(path)
    page = book[PAGE]
    for label, value in cells.items():
        cell_of(page, key, label).value = value
    book.properties.creator = name
    book.save(path)


def test_blank_cells_stand_open_and_what_is_typed_there_is_taken(play: Play) -> None:
    page = lacking(play)
    _, at = header_of(page)
    assert not page.protection.sheet
    assert {"身份证号", "统一社会信用代码", "市场类型", "零售业态"} <= set(at)
    assert cell_of(page, KEY, "零售业态").value is None

    complete(play, KEY, 零售业态="便利店")
    summary = play.run()

    assert customers(play.settings)[KEY]["零售业态"] == "便利店"
    assert customers(play.settings)[str(OTHER["licence_no"])]["零售业态"] is None
    assert (summary.rows.accepted, summary.rows.rejected, told(play.settings)) == (1, 0, [])
    assert play.state() == "待核实"
    (said,) = history(play.settings, KEY, field="零售业态")
    assert (said.after, said.actor) == ("便利店", "李秀英")
    assert cell_of(lacking(play), KEY, "零售业态").value == "便利店"


def test_a_page_that_is_left_alone_says_nothing_and_counts_no_rows(play: Play) -> None:
    play.hand_in()
    summary = play.run()
    assert (summary.rows.accepted, summary.rows.unchanged, summary.rows.rejected) == (0, 3, 0)
    assert told(play.settings) == []


def test_an_old_page_does_not_set_back_what_was_filled_since(play: Play) -> None:
    old = play.worklist
    complete(play, KEY, 零售业态="便利店")
    play.run()
    complete(play, KEY, of=old, name="旧.xlsx", 市场类型="乡村")
    play.run()

    held = customers(play.settings)[KEY]
    assert (held["零售业态"], held["市场类型"]) == ("便利店", "乡村")
    assert told(play.settings) == []


def test_a_wrong_value_comes_back_at_its_cell_and_the_others_stay(play: Play) -> None:
    complete(play, KEY, 零售业态="杂七杂八")
    play.run()

    ((_, sentence),) = told(play.settings)
    assert "杂七杂八" in sentence
    assert play.returns == ["补.xlsx"]
    back = openpyxl.load_workbook(play.settings.outbox / "returns/补.xlsx")
    cell_of(back[PAGE], KEY, "零售业态").value = "便利店"
    back.save(play.settings.inbox / "改好.xlsx")
    play.run()
    assert (customers(play.settings)[KEY]["零售业态"], told(play.settings), play.returns) == ("便利店", [], [])


def test_what_is_only_shown_there_stays_as_it_was_and_is_told(play: Play) -> None:
    complete(play, KEY, 当前状态="停业")
    play.run()
    ((_, sentence),) = told(play.settings)
    assert "只供查看" in sentence
    assert play.state() == "待核实"
