"""Working days: in 2026 the National Day week is 1-7 October, and Saturday 10 October is worked for it."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.outside.calendar import WorkCalendar, known_until

OF_THE_STATE = WorkCalendar()


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-11-23", 3, "2026-11-26"),  # Monday
        ("2026-11-27", 1, "2026-11-30"),  # over a weekend
        ("2026-09-30", 1, "2026-10-08"),  # over the National Day week
        ("2026-10-08", 2, "2026-10-10"),  # a Saturday that is worked
        ("2026-11-28", 0, "2026-11-30"),  # a Saturday that is not
        ("2026-11-27", 0, "2026-11-27"),
    ],
)
def test_days_are_added_as_the_office_works(start: str, count: int, end: str) -> None:
    assert OF_THE_STATE.after(date.fromisoformat(start), count) == (date.fromisoformat(end), True)


def test_a_year_that_is_not_known_counts_monday_to_friday_and_says_so() -> None:
    friday = date(known_until() + 3, 1, 1)
    while friday.weekday() != 4:
        friday = friday.replace(day=friday.day + 1)
    end, known = OF_THE_STATE.after(friday, 1)
    assert ((end - friday).days, known) == (3, False)


def test_days_between_are_what_adding_takes() -> None:
    start = date(2026, 9, 25)
    for count in range(1, 20):
        assert OF_THE_STATE.between(start, OF_THE_STATE.after(start, count)[0]) == count
    assert OF_THE_STATE.between(date(2026, 10, 8), date(2026, 9, 30)) == -1
    assert OF_THE_STATE.between(start, start) == 0
