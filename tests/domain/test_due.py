"""The day that is named is in time to its end, and so is the minute, where one is."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from pipeline.domain.due import OverdueRule, due_moment
from pipeline.domain.record import RecordState
from schemas.online_questions import PROCEDURE

TUESDAY = date(2026, 11, 3)


@pytest.mark.parametrize(
    ("named", "last"),
    [
        ("2026-11-03T08:30", datetime(2026, 11, 3, 8, 30)),
        ("2026-11-03T00:00", datetime(2026, 11, 3, 0, 0)),
        ("2026-11-03T08:30:45", datetime(2026, 11, 3, 8, 30)),
        ("2026-11-03", datetime(2026, 11, 3, 23, 59)),
        ("", datetime(2026, 11, 3, 23, 59)),
        ("2026-11-02T08:30", datetime(2026, 11, 3, 23, 59)),  # a pause has led on from it
        ("2026-11-04T08:30", datetime(2026, 11, 3, 23, 59)),  # the office has a deadline of its own
    ],
)
def test_the_last_minute_in_time(named: str, last: datetime) -> None:
    assert due_moment(TUESDAY, named) == last


def test_a_register_names_the_field_of_each_stage_that_holds_a_moment() -> None:
    (register,) = (each for each in PROCEDURE.registers if each.code == "online_questions")
    named = {"reply_by": "2026-11-03T08:30"}
    waiting = RecordState("online_questions", "1", named, state="to_answer", due=TUESDAY)
    closed = RecordState("online_questions", "2", named, state="answered", due=TUESDAY)

    for minute, late in ((29, False), (30, False), (31, True)):
        rule = OverdueRule.of(register, datetime(2026, 11, 3, 8, minute, 59))
        assert rule.is_overdue(waiting) is late
        assert not rule.is_overdue(closed)
    assert rule.named_moment(waiting) == datetime(2026, 11, 3, 8, 30)
    assert rule.named_moment(closed) is None
