"""Working days as declarations count them: holidays of 2026, and a year that is not given out yet."""

from __future__ import annotations

from datetime import date

import pytest

from schemas.language.workdays import next_workday, workday_after, workdays_of


@pytest.mark.parametrize(("count", "day"), [(1, "2026-10-08"), (3, "2026-10-10"), (8, "2026-10-16"), (9, "2026-10-19")])
def test_a_working_day_of_the_next_month_leaves_holidays_out_and_counts_the_saturday_that_is_worked(
    count: int, day: str
) -> None:
    assert workday_after("2026-09", count) == date.fromisoformat(day)


def test_december_is_followed_by_january_and_an_unknown_year_counts_monday_to_friday() -> None:
    assert workday_after("2039-12", 1) == date(2040, 1, 2)  # 2040-01-01 is a Sunday
    assert len(workdays_of("2040-01")) == 22


@pytest.mark.parametrize(
    ("day", "following"), [("2026-10-30", "2026-11-02"), ("2026-11-02", "2026-11-03"), ("2026-09-30", "2026-10-08")]
)
def test_the_next_working_day(day: str, following: str) -> None:
    assert next_workday(date.fromisoformat(day)) == date.fromisoformat(following)
