from __future__ import annotations

from datetime import date

import pytest

from pipeline.domain.cell import Raw
from pipeline.validate.dates import date_converter
from pipeline.validate.days_by_column import days_by_column
from pipeline.validate.outcome import Repaired

TODAY = date(2026, 11, 23)


def column(*raws: Raw, year: int | None = None, done: bool = False) -> list[object]:
    """The days of a column: what each cell comes to, "?" for a fault."""
    convert = date_converter(TODAY)
    outcomes = days_by_column(raws, [convert(raw) for raw in raws], TODAY, year, done=done)
    return [each.value if isinstance(each, Repaired) else each if isinstance(each, str) else "?" for each in outcomes]


@pytest.mark.parametrize(
    ("raws", "days"),
    [
        (("24/11/2026", "3/4/2026"), ["2026-11-24", "2026-04-03"]),
        (("11/24/2026", "3/4/2026"), ["2026-11-24", "2026-03-04"]),
        (("24.11.2026", "11.24.2026", "3.4.2026"), ["2026-11-24", "2026-11-24", "?"]),
        (("3/4/2026", "5/6/2026"), ["?", "?"]),
        (("5/5/2026",), ["2026-05-05"]),
        (("31/4/2026", "3/4/2026"), ["?", "2026-04-03"]),
        (("24/11/2026 09:30", "2026-11-02"), ["2026-11-24", "2026-11-02"]),
    ],
)
def test_day_and_month_are_told_apart_by_the_column(raws: tuple[str, ...], days: list[str]) -> None:
    assert column(*raws) == days


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("11.23", "2026-11-23"),
        (11.23, "2026-11-23"),
        ("11月3日", "2026-11-03"),
        ("11-3", "2026-11-03"),
        (11.03, "2026-11-03"),
        (11.4, "2026-11-04"),
        (11.2, "?"),  # the 2nd, or the 20th of which a workbook drops the 0
        (11.24, "?"),  # tomorrow
        ("13.3", "?"),
        ("2.30", "?"),
    ],
)
def test_a_day_without_its_year_is_of_the_year_that_the_sheet_is_dated(raw: Raw, day: str) -> None:
    assert column(raw, year=2026, done=True) == [day]
    assert column(raw, "2026-11-02", "2026-11-03", done=True)[0] == day
    assert column(raw, year=2026) == ["?"], "a day to come may lie in any year"


@pytest.mark.parametrize("others", [(), ("2026-11-02",), ("2025-12-30", "2026-11-02")])
def test_without_proof_the_year_is_asked(others: tuple[str, ...]) -> None:
    assert column("11.3", *others, done=True)[0] == "?"


def test_a_sheet_whose_days_lie_in_another_year_proves_nothing() -> None:
    assert column("11.23", "2025-12-30", year=2026, done=True) == ["?", "2025-12-30"]
