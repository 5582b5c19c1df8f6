"""What a row of which the step has been taken may still amend: the cells that were doubted, and no others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.domain.embedded_metadata import token
from pipeline.domain.record import Record
from pipeline.merge.amend_step import amended
from pipeline.merge.statement import StatementBase
from tests.merge.boats import BOATS, DEED, PAPERS, SURVEY, Harbour, row

STAGE = BOATS.stages[1]


@pytest.fixture
def surveyed() -> Harbour:
    """Boat 7 has been surveyed by 老王."""
    harbour = Harbour()
    harbour.take(PAPERS, row(PAPERS, 3, "7", boat_name="海燕", hull="steel"))
    harbour.take(SURVEY, row(SURVEY, 3, "7", file="检验.xlsx", verdict="sound", surveyor="老王", flaw="无"))
    assert harbour.entries["7"].state == "afloat"
    return harbour


def again(
    harbour: Harbour, doubted: str = "surveyor", base: StatementBase | None = None, **said: str
) -> dict[str, object]:
    """What the row amends when it comes back saying *said*."""
    known = {"verdict": "sound", "surveyor": "老王", "flaw": "无"}
    record: Record = row(SURVEY, 3, "7", token="" if base else token("7", 1), **{**known, **said})
    fields = frozenset({doubted} - {""})
    return dict(amended(STAGE, SURVEY, record, harbour.entries["7"], harbour.events, fields, base))


def test_the_doubted_cell_is_amended(surveyed: Harbour) -> None:
    assert again(surveyed, surveyor="小李") == {"surveyor": "小李"}


def test_a_name_that_signed_the_round_before_as_well_is_amended() -> None:
    """The later round set what had changed, and so not the name: it stands as it was taken all the same."""
    harbour = Harbour()
    harbour.take(PAPERS, row(PAPERS, 3, "7", boat_name="海燕", hull="steel"))
    harbour.take(SURVEY, row(SURVEY, 3, "7", file="旧.xlsx", verdict="leaky", surveyor="老王", flaw="渗水"))
    harbour.take(SURVEY, row(SURVEY, 3, "7", file="检验.xlsx", verdict="sound", surveyor="老王", flaw="渗水"))
    assert harbour.entries["7"].state == "afloat"
    assert again(harbour, flaw="渗水", surveyor="小李") == {"surveyor": "小李"}
    assert again(harbour, flaw="无", surveyor="小李") == {}


def test_what_was_not_doubted_or_decides_the_step_is_not(surveyed: Harbour) -> None:
    assert again(surveyed, "", surveyor="小李") == {}
    assert again(surveyed, flaw="渗水") == {}
    assert again(surveyed, surveyor="小李", flaw="渗水") == {}
    assert again(surveyed, "verdict", verdict="leaky") == {}


def test_a_cell_that_somebody_has_changed_since_is_left_alone(surveyed: Harbour) -> None:
    surveyed.put(replace(surveyed.entries["7"], values={**surveyed.entries["7"].values, "surveyor": "老赵"}))
    assert again(surveyed, surveyor="小李") == {}


def test_a_record_that_was_led_on_since_is_left_alone(surveyed: Harbour) -> None:
    surveyed.take(DEED, row(DEED, 3, "7", action={"act": "laid_up", "cause": "冬季"}))
    assert surveyed.entries["7"].state == "laid_up"
    assert again(surveyed, surveyor="小李") == {}


def test_a_sheet_of_one_s_own_amends_what_its_own_line_has_said(surveyed: Harbour) -> None:
    mine = StatementBase("老王", frozenset({"hash of 检验.xlsx"}))
    assert again(surveyed, base=mine, surveyor="小李") == {"surveyor": "小李"}
    assert again(surveyed, base=StatementBase("老钱", frozenset({"hash of 别的.xlsx"})), surveyor="小李") == {}


def test_a_row_written_after_the_step_amends_nothing(surveyed: Harbour) -> None:
    record = row(SURVEY, 3, "7", token=token("7", 9), verdict="sound", surveyor="小李", flaw="无")
    assert amended(STAGE, SURVEY, record, surveyed.entries["7"], surveyed.events, {"surveyor"}) == {}
