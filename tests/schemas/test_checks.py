from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

import pandas as pd
import pytest
from stdnum.cn import uscc

from schemas.language import checks
from schemas.language.context import Context, judging
from schemas.language.model import Test

TODAY = date(2026, 11, 23)
ID = "11010519491231002X"  # the sample of GB 11643
CODE = "91350100M000100Y43"  # the sample of GB 32100


def refused(tests: Sequence[Test], *values: str) -> list[list[str]]:
    """The rules that refuse each value."""
    column = pd.Series(values, dtype="str")
    with judging(Context(TODAY)):
        verdicts = [(test.rule.code, test.holds(column)) for test in tests]
    return [[code for code, holds in verdicts if not holds[at]] for at in range(len(values))]


def dates(*days: str) -> pd.Series:  # type: ignore[type-arg]
    return pd.Series(pd.to_datetime(list(days)))


def test_a_moment_has_come_by_the_clock_where_it_is_known_and_by_the_day_where_it_is_not() -> None:
    said = pd.Series(
        [
            "2026-11-22T23:59",
            "2026-11-23T10:15",
            "2026-11-23T10:16",
            "2026-11-23T23:59",
            "2026-11-24T00:00",
            "2026-11",
            "2026-12",
        ]
    )
    for latest, come in ((time(10, 15), "++---+-"), (time.max, "++++-+-")):
        with judging(Context(TODAY, latest=latest)):
            assert "".join("+" if holds else "-" for holds in checks.not_future().holds(said)) == come


@pytest.mark.parametrize(
    ("number", "rule"),
    [
        (ID, None),
        ("131123200001010018", "resident_id.checksum"),
        ("110105194912310021", "resident_id.checksum"),
        ("11010519491331002X", "resident_id.birth"),  # month 13: its checksum is not told as well
        ("131123209001010012", "resident_id.birth"),  # not yet born
        ("131123189901010012", "resident_id.birth"),
        ("131123800101001", "resident_id.old"),
        ("1311238001010012", "resident_id.format"),
        ("11010519491231002x", "resident_id.format"),
        ("身份证", "resident_id.format"),
    ],
)
def test_a_resident_id_has_one_fault_at_most(number: str, rule: str | None) -> None:
    # beside others, so that a verdict is not lost or moved among rows
    assert refused(checks.resident_id(), ID, number, ID) == [[], [rule] if rule else [], []]


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        (CODE, None),
        ("91110000600037341L", None),
        ("N2" + CODE[2:17] + uscc.calc_check_digit("N2" + CODE[2:17]), None),  # a village collective
        ("91350100M000100Y44", "credit_code.checksum"),
        ("91350100M000100I43", "credit_code.format"),
        ("91350100M000100Y4", "credit_code.format"),
        ("131123600123456", "credit_code.old"),
    ],
)
def test_a_credit_code_has_one_fault_at_most(code: str, rule: str | None) -> None:
    assert refused(checks.credit_code(), CODE, code) == [[], [rule] if rule else []]


@pytest.mark.parametrize(
    "number",
    [
        "13932810018",
        "19900000000",
        "0318-3832100",
        "010-62345678",
        "0318-3832100转8",
        "3832100",
        "4008008820",
        "13932810018、0318-3832100",
    ],
)
def test_numbers_that_can_be_dialled(number: str) -> None:
    assert refused([checks.phone_number()], number) == [[]]


@pytest.mark.parametrize(
    "number",
    [
        "1393281001",
        "139328100180",
        "12932810018",
        "3183832100",
        "0318-383210",
        "110",
        "0000-3832100",
        "13932810018、139",
        "张三",
        "0318-3832100转",
    ],
)
def test_numbers_that_cannot(number: str) -> None:
    assert refused([checks.phone_number()], number) == [["phone.format"]]


@pytest.mark.parametrize("address", ["wangjg@example.com", "a.b-c_d+e@mail.example.com.cn"])
def test_addresses(address: str) -> None:
    assert refused([checks.email()], address) == [[]]


@pytest.mark.parametrize(
    "address",
    [
        "wangjg",
        "wangjg@example",
        "a@b.cn, evil@x.cn",
        "a@b.cn\nBcc: x@y.cn",
        "王@example.com",
        "王 <a@b.cn>",
        "a@@b.cn",
        "a@-.cn ",
        "a@b..cn",
    ],
)
def test_what_is_not_one_address(address: str) -> None:
    assert refused([checks.email()], address) == [["email.format"]]


def test_area_codes() -> None:
    assert refused([checks.area_code()], "131123100", "13112310", "13112310A") == [
        [],
        ["area_code.format"],
        ["area_code.format"],
    ]


def test_today_is_neither_future_nor_past() -> None:
    days = dates("2026-11-22", "2026-11-23", "2026-11-24")
    with judging(Context(TODAY)):
        assert list(checks.not_future().holds(days)) == [True, True, False]
        assert list(checks.not_expired().holds(days)) == [False, True, True]


@pytest.mark.parametrize(
    ("start", "end", "within"),
    [
        ("2024-03-05", "2029-03-04", True),
        ("2024-03-05", "2029-03-05", True),
        ("2024-03-05", "2029-03-06", False),
        ("2024-02-29", "2029-02-28", True),
        (None, "2029-03-04", True),
        ("2024-03-05", None, True),
    ],
)
def test_five_years_are_counted_by_the_calendar(start: str | None, end: str | None, within: bool) -> None:
    assert list(checks.within_years(pd.to_datetime(pd.Series([start])), pd.to_datetime(pd.Series([end])), 5)) == [
        within
    ]


def test_a_moment_and_a_month_that_lie_ahead_are_refused_like_a_day() -> None:
    come = ("2026-11-23T18:00", "2026-11-23", "2026-11", "2025-12")
    ahead = ("2026-11-24T08:00", "2026-11-24", "2026-12", "2027-01")
    assert refused([checks.not_future()], *come, *ahead) == [[]] * 4 + [["date.future"]] * 4


@pytest.mark.parametrize(
    ("asked", "planned", "ahead"),
    [
        ("2026-11-02", "2026-11-03T00:30", True),
        ("2026-11-02", "2026-11-03", True),
        ("2026-11-02", "2026-11-02T22:00", True),
        ("2026-11-02", "2026-10-30", False),
        ("2026-11-02", None, True),
        (None, "2026-11-02", True),
        ("2026-12-02", "2026-11-30", True),  # that it is asked for on a day to come is told, and enough
    ],
)
def test_what_is_planned_is_of_no_day_before_that_on_which_it_is_asked_for(
    asked: str | None, planned: str | None, ahead: bool
) -> None:
    assert _lies_ahead(asked, planned, Context(TODAY)) == [ahead]


@pytest.mark.parametrize(
    ("planned", "ahead"),
    [("2026-11-23T09:59", False), ("2026-11-23T10:01", True), ("2026-11-23", True), ("2026-11-22", False)],
)
def test_what_is_planned_for_the_day_on_which_it_is_asked_for_is_of_an_hour_to_come(planned: str, ahead: bool) -> None:
    assert _lies_ahead(TODAY.isoformat(), planned, Context(TODAY, latest=time(10))) == [ahead]


def _lies_ahead(asked: str | None, planned: str | None, context: Context) -> list[bool]:
    with judging(context):
        told = checks.lies_ahead(pd.to_datetime(pd.Series([asked])), pd.Series([planned], dtype="str"))
    return list(told)
