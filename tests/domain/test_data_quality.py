from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from pipeline.domain.data_quality import Portfolio, assess_portfolios
from pipeline.domain.record import RecordState
from pipeline.domain.record_set import InMemoryRecords, by_key
from pipeline.domain.roster import Roster
from schemas.language import Catalogue, DataQuality, Field, FieldRole, Kind, Procedure, Register, State
from tests.tools.shop import OTHER_WALKER, SHOPS, TODAY, WALKER, roster, words

UNTIL = Field("until", words("到期日"), Kind.DATE, means=FieldRole.EXPIRES)
DEPTH = Field("depth", words("进深"), required_when=(("looks", ("fine",)),))
GONE = State("gone", words("关"), final=True, closed=True)
BASE = replace(SHOPS.base, fields=(*SHOPS.base.fields, UNTIL, DEPTH))
CARED = replace(
    SHOPS,
    forms=(BASE, *SHOPS.forms[1:]),
    states=(*SHOPS.states, GONE),
    care=DataQuality("walker", expires_within=30, wanted=("shop_title", "shop_tel", "depth")),
)


def entry(key: str, area: str = "1", state: str = "done", **values: Any) -> RecordState:
    return RecordState(CARED.code, key, {"shop_no": key, **values}, state=state, area=area)


def kept(*entries: RecordState, register: Register = CARED, who: Roster | None = None) -> dict[str, Portfolio]:
    catalogue = Catalogue((Procedure("shop", words("开店"), (register,)),))
    held = {register.code: InMemoryRecords(by_key(entries))}
    found = assess_portfolios(catalogue, held, who or roster(), TODAY)
    return {number: each for number, (each,) in found.items()}


def day(ahead: int) -> str:
    return (TODAY + timedelta(ahead)).isoformat()


def test_what_lapses_within_the_days_declared_or_has_lapsed_is_listed_first_day_first() -> None:
    found = kept(
        entry("1", until=day(30)),
        entry("2", until=day(31)),
        entry("3", until=day(-1)),
        entry("4"),
        entry("5", until=day(0)),
    )
    assert [(each.key, until.isoformat()) for until, each in found["K1"].expiring] == [
        ("3", day(-1)),
        ("5", day(0)),
        ("1", day(30)),
    ]


def test_a_record_is_complete_when_all_that_is_wanted_of_it_is_filled_conditions_respected() -> None:
    found = kept(
        entry("1", shop_title="甲", shop_tel="1", looks="bad"),  # its depth is nobody's question
        entry("2", shop_title="乙", shop_tel="2", looks="fine"),
        entry("3", looks="fine", depth="3"),
    )["K1"]
    assert [
        (each.entry.key, each.percent, [field.label.zh for field in each.missing]) for each in found.incomplete
    ] == [
        ("3", 33, ["店名", "店铺电话"]),
        ("2", 66, ["进深"]),
    ]
    assert (found.records, round(found.percent, 1)) == (3, 66.7)


def test_a_record_stays_with_who_serves_its_area_and_moves_with_it() -> None:
    assert kept(entry("1"), entry("2", area="2")).keys() == {WALKER.number, OTHER_WALKER.number}
    left = replace(roster(), people={"K2": OTHER_WALKER})
    assert kept(entry("1"), who=left).keys() == {""}


def test_closed_records_and_registers_without_care_are_nobody_s() -> None:
    assert kept(entry("1", state="gone")) == {}
    assert (
        assess_portfolios(
            Catalogue((Procedure("shop", words("开店"), (SHOPS,)),)), {"shops": InMemoryRecords({})}, roster(), TODAY
        )
        == {}
    )
