"""Rows without a number get one: the next of a series, or one composed of what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pipeline.domain.record import Record, RecordState
from pipeline.merge.number_records import number_records
from schemas.language.work import Numbered
from tests.merge.boats import BOATS, TODAY

SERIES = Numbered("{prefix}{yy}{month}-{serial:02d}", same=("boat_name", "until"), day="until")


def row(key: str = "", **values: Any) -> Record:
    return Record("papers", "sha", "a.xlsx", "表1", 5, key, {**values, **({"boat_no": key} if key else {})}, {})


def number(
    numbered: Numbered,
    *rows: Record,
    standing: Mapping[str, RecordState] | None = None,
    serials: dict[str, int] | None = None,
) -> list[str]:
    register = replace(BOATS, numbered=numbered)
    number_records(register, rows, lambda: standing or {}, {} if serials is None else serials, TODAY)
    assert all(each.values.get("boat_no") == (each.key or None) for each in rows)
    return [each.key for each in rows]


def test_a_series_goes_on_within_the_month_of_its_day_and_begins_anew_in_the_next() -> None:
    serials: dict[str, int] = {}
    october = [row(boat_name=name, until="2026-10-05") for name in "甲乙"]
    assert number(SERIES, *october, row(boat_name="甲", until="2025-01-31"), serials=serials) == [
        "2610-01",
        "2610-02",
        "2501-01",
    ]
    assert number(SERIES, row(boat_name="丙", until="2026-10-31"), serials=serials) == ["2610-03"]


def test_without_a_day_of_its_own_a_row_is_of_the_runs_month() -> None:
    assert number(SERIES, row(boat_name="甲")) == ["2611-01"]
    assert number(Numbered("{year}/{serial}", same=("boat_name",)), row(boat_name="甲")) == ["2026/1"]


def test_a_row_that_says_what_a_record_says_is_that_record() -> None:
    known = {"X7": RecordState("boats", "X7", {"boat_name": "甲", "until": "2026-10-05"})}
    again = row(boat_name="甲", until="2026-10-05")
    other = row(boat_name="甲", until="2026-10-06")
    twin = row(boat_name="甲", until="2026-10-06")
    assert number(SERIES, again, other, twin, standing=known) == ["X7", "2610-01", "2610-01"]


def test_a_number_that_somebody_wrote_by_hand_is_left_out() -> None:
    standing = {"2610-01": RecordState("boats", "2610-01", {"boat_name": "手写"})}
    written = row("2610-02", boat_name="乙", until="2026-10-05")
    assert number(SERIES, written, row(boat_name="甲", until="2026-10-05"), standing=standing) == ["2610-02", "2610-03"]


def test_the_prefix_is_of_what_the_row_holds() -> None:
    by_hull = replace(SERIES, prefix=lambda values: "S" if values.get("hull") == "steel" else "W")
    rows = [row(boat_name=name, hull=hull, until="2026-10-05") for name, hull in (("甲", "steel"), ("乙", "wood"))]
    assert number(by_hull, *rows) == ["S2610-01", "W2610-01"]


def test_a_composed_number_asks_for_no_register_and_counts_nothing() -> None:
    def unasked() -> Mapping[str, RecordState]:
        pytest.fail("the register was asked")

    composed = Numbered("{boat_name}-{until}-{year}{month}")
    rows = [row(boat_name="甲", until="2026-10-05"), row("自编", boat_name="乙")]
    number_records(replace(BOATS, numbered=composed), rows, unasked, {}, date(2026, 3, 1))
    assert [each.key for each in rows] == ["甲-2026-10-05-202603", "自编"]


def test_a_register_that_gives_no_numbers_leaves_rows_as_they_are() -> None:
    rows = [row(boat_name="甲")]
    number_records(BOATS, rows, dict, {}, TODAY)
    assert rows[0].key == ""
