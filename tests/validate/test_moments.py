"""Moments and months in any usual writing; what is no whole one is wrong, never guessed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from pipeline.validate.moments import moment_converter, month_converter
from pipeline.validate.outcome import DITTO, Repaired, WrongValue

TODAY = date(2026, 11, 23)


def moment(raw: Any) -> Any:
    return moment_converter(TODAY)(raw)


def month(raw: Any) -> Any:
    return month_converter(TODAY)(raw)


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("2026-11-02 14:30", "2026-11-02T14:30"),
        ("2026/11/2 9：05", "2026-11-02T09:05"),
        ("2026年11月2日14时30分", "2026-11-02T14:30"),
        ("2026年11月2日 下午2点半", "2026-11-02T14:30"),
        ("2026年11月2日 上午9:30", "2026-11-02T09:30"),
        ("2026年11月2日 中午12点", "2026-11-02T12:00"),
        ("2026年11月2日 中午1点", "2026-11-02T13:00"),
        ("2026年11月2日 中午11点半", "2026-11-02T11:30"),
        ("2026-11-02 12:10 AM", "2026-11-02T00:10"),
        ("2026-11-02T14:30:59", "2026-11-02T14:30"),
        (datetime(2026, 11, 2, 9, 30), "2026-11-02T09:30"),
        ("2026-11-02 14.30", "2026-11-02T14:30"),
        ("2026.11.2 9.05", "2026-11-02T09:05"),
        ("2026年11月2日上午九点半", "2026-11-02T09:30"),
        ("2026年11月2日下午三点二十分", "2026-11-02T15:20"),
        ("2026年11月2日十四点三十分", "2026-11-02T14:30"),
        ("2026-11-02 星期一 14:30", "2026-11-02T14:30"),
        ("2026-11-02（周一）14:30", "2026-11-02T14:30"),
        ("2026年11月2日 14:30（周一）", "2026-11-02T14:30"),
        ("2026-11-02T14:30:00+08:00", "2026-11-02T14:30"),
    ],
)
def test_a_day_with_its_time(raw: Any, stored: str) -> None:
    assert moment(raw) == stored


@pytest.mark.parametrize("raw", ["2026-11-02", "2026年11月2日", "20261102", date(2026, 11, 2), datetime(2026, 11, 2)])
def test_a_day_alone_stays_a_day(raw: Any) -> None:
    assert moment(raw) == "2026-11-02"


@pytest.mark.parametrize(
    "raw",
    [
        "11-02 14:30", "2026-11-02 25:00", "2026-02-30 9:00", "2026-11-02 9:75", "明天上午", True,
        "星期一 14:30", "2026-11-02 9:30-10:30", "2026年11月2日上午14:30", "2026-11-02 24:30",
        14.3, 0.5, 1e12 + 0.5, -3.5, datetime(2126, 11, 2, 9),
    ],
)  # fmt: skip
def test_what_is_no_whole_moment_is_wrong(raw: Any) -> None:
    assert moment(raw) == WrongValue("value.moment")


def test_a_year_of_two_digits_is_told_and_a_blank_is_one() -> None:
    assert moment("26-11-02 9:30") == Repaired("2026-11-02T09:30", "repair.date", "2026-11-02 09:30")
    assert (moment(None), moment("无"), moment("同上")) == (None, None, DITTO)


@pytest.mark.parametrize(
    "raw", ["2026年3月", "2026-03", "2026.3", "202603", "26年3月", "2026-03-05", 202603, date(2026, 3, 1)]
)
def test_a_month(raw: Any) -> None:
    assert month(raw) == "2026-03"


def test_a_month_without_a_year_is_the_last_one_of_that_name_and_told() -> None:
    assert month("11月") == Repaired("2026-11", "repair.date", "2026-11")
    assert month("12月份") == Repaired("2025-12", "repair.date", "2025-12")


@pytest.mark.parametrize("raw", ["2026-13", "三季度", "13月", 0.5])
def test_what_is_no_month_is_wrong(raw: Any) -> None:
    assert month(raw) == WrongValue("value.month")


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("2026-11-02T06:30:00.000Z", "2026-11-02T14:30"),
        ("2026-11-02T16:00:00Z", "2026-11-03T00:00"),
        ("2026-11-02 24:00", "2026-11-03T00:00"),
        ("2026年11月2日晚上12点", "2026-11-03T00:00"),
        ("2026。11。2 14：30", "2026-11-02T14:30"),
        ("2026-11-02 14:30左右", "2026-11-02T14:30"),
        ("2026年11月2日上午", "2026-11-02"),
    ],
)
def test_what_was_mended_is_told(raw: str, stored: str) -> None:
    assert moment(raw) == Repaired(stored, "repair.date", stored.replace("T", " "))


@pytest.mark.parametrize("raw", ["    年   月   日   时", "____年__月__日", "年 月 日 时 分"])
def test_a_place_to_write_in_is_a_blank(raw: str) -> None:
    assert moment(raw) is None


@pytest.mark.parametrize("raw", ["二〇二六年三月", "2026。3", "2026、3", "2026年3月份", "2026-03月"])
def test_a_month_with_other_signs(raw: str) -> None:
    assert month(raw) == "2026-03"
    assert month("  年  月") is None
