"""What a row of which the step has been taken may still amend: the cells that were doubted, and no others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.domain.embedded_metadata import token
from pipeline.domain.record import Event, Record
from pipeline.merge.amend_step import amended, is_open_still, is_put_right
from pipeline.merge.statement import StatementBase
from schemas.language import Field, FieldRole, Kind
from tests.merge.boats import BOATS, DEED, PAPERS, SURVEY, TODAY, Harbour, boat, both, row

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


def test_any_cell_that_was_doubted_may_be_amended_but_the_name_is_not_open_for_it(surveyed: Harbour) -> None:
    assert again(surveyed, "flaw", flaw="渗水") == {"flaw": "渗水"}
    assert again(surveyed, "flaw", surveyor="小李") == {}


def test_a_name_and_its_day_are_doubted_together(surveyed: Harbour) -> None:
    day = Field("surveyed_on", both("检验日"), Kind.DATE, means=FieldRole.DONE_ON)
    dated = replace(SURVEY, fields=(*SURVEY.fields, day))
    record = row(
        SURVEY, 3, "7", token=token("7", 1), verdict="sound", surveyor="老王", flaw="无", surveyed_on="2026-11-20"
    )

    def amends(doubted: str) -> dict[str, object]:
        return dict(amended(STAGE, dated, record, surveyed.entries["7"], surveyed.events, {doubted}))

    assert amends("surveyor") == amends("surveyed_on") == {"surveyed_on": "2026-11-20"}
    assert amends("flaw") == {}


def test_a_step_that_was_not_taken_amends_nothing() -> None:
    harbour = Harbour()
    harbour.take(PAPERS, row(PAPERS, 3, "7", boat_name="海燕"))
    assert again(harbour, surveyor="小李") == {}


def test_a_cell_that_somebody_has_changed_since_is_left_alone(surveyed: Harbour) -> None:
    surveyed.lived(Event("boats", "7", "papers", {"surveyor": "老赵"}, {}, {}, number=3, run=6))
    assert surveyed.entries["7"].values["surveyor"] == "老赵"
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
    taken = surveyed.events[-1].number
    for version, amends in ((taken - 1, {"surveyor": "小李"}), (taken, {}), (taken + 1, {})):
        record = row(SURVEY, 3, "7", token=token("7", version), verdict="sound", surveyor="小李", flaw="无")
        assert amended(STAGE, SURVEY, record, surveyed.entries["7"], surveyed.events, {"surveyor"}) == amends


OPEN = replace(STAGE, open_until="until", open_in=("afloat",))
HELD_ON = Field("surveyed_at", both("检验时间"), Kind.MOMENT, means=FieldRole.DONE_ON)
DATED = replace(SURVEY, fields=(*SURVEY.fields, HELD_ON))


@pytest.mark.parametrize(
    ("until", "said", "still"),
    [
        ("2026-11-23", "2026-11-23", True),  # the last day, today
        ("2026-11-22", "2026-11-22", False),  # yesterday
        ("2026-11-24", "2026-11-25", False),  # done only after it
        ("2026-11-24", "", True),  # the row says no day
        ("", "2026-11-20", False),  # no end is known
        (None, "2026-11-20", False),
        ("2026-11-23T14:00", "2026-11-23T14:00", True),
        ("2026-11-23T14:00", "2026-11-23T14:01", False),
        ("2026-11-23", "2026-11-23T18:00", True),  # a day lasts until its night
    ],
)
def test_a_step_may_be_said_again_until_its_day(until: str | None, said: str, still: bool) -> None:
    record = row(DATED, 3, "7", verdict="sound", **({"surveyed_at": said} if said else {}))
    assert is_open_still(OPEN, DATED, record, boat(until=until), TODAY) is still


def test_what_has_led_on_or_has_no_end_is_not_open() -> None:
    record = row(DATED, 3, "7", verdict="sound", surveyed_at="2026-11-20")
    assert not is_open_still(OPEN, DATED, record, boat(state="laid_up", until="2026-11-24"), TODAY)
    assert not is_open_still(STAGE, DATED, record, boat(until="2026-11-24"), TODAY)
    nameless = row(SURVEY, 3, "7", verdict="sound")
    assert is_open_still(OPEN, SURVEY, nameless, boat(until="2026-11-24"), TODAY), "a form that asks for no day"


def test_only_what_did_not_choose_the_way_is_put_right_and_only_where_that_is_open() -> None:
    assert is_put_right(OPEN, boat(), {"flaw": "渗水", "surveyor": "小李"})
    assert not is_put_right(OPEN, boat(), {"flaw": "渗水", "verdict": "leaky"})
    assert not is_put_right(OPEN, boat(state="laid_up"), {"flaw": "渗水"})
