"""Python and SQL call the same records overdue, over a year of days and hours, in SQLite and on a server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from pipeline.domain.due import OverdueRule
from pipeline.domain.record import RecordState
from pipeline.domain.record_set import InMemoryRecords, by_key
from pipeline.outside.ledger import open_ledger

FIRST = date(2026, 1, 1)
DAYS = 365
FIELDS = {"hour": "by", "other": "until"}


def due_at() -> Iterator[tuple[RecordState, datetime | None]]:
    """A year of records, each with the last minute in which it is in time."""
    for number in range(DAYS):
        day = FIRST + timedelta(number)
        end = datetime.combine(day, time(23, 59))
        yield RecordState("r", f"{day} day", {}, state="day", due=day), end
        yield RecordState("r", f"{day} a day named", {"by": day.isoformat()}, state="hour", due=day), end
        overtaken = {"by": f"{day - timedelta(number % 3 + 1)}T09:00"}
        yield RecordState("r", f"{day} overtaken", overtaken, state="hour", due=day), end
        elsewhere = {"by": f"{day}T09:00"}
        yield RecordState("r", f"{day} of another stage", elsewhere, state="other", due=day), end
        yield RecordState("r", f"{day} none", elsewhere, state="hour"), None
        for hour in range(24):
            moment = datetime.combine(day, time(hour, number * 7 % 60))
            state, code = ("hour", "by") if hour % 2 else ("other", "until")
            held = {code: moment.isoformat(timespec="minutes")}
            yield RecordState("r", f"{day} {hour:02}", held, state=state, due=day), moment


def moments() -> Iterator[datetime]:
    """Moments of a year: every hour of the day comes, each minute that is named, the one after it, midnight."""
    for number in range(0, DAYS + 2, 13):
        day = FIRST + timedelta(number)
        minute = number * 7 % 60
        yield datetime.combine(day, time.min)
        yield datetime.combine(day, time(number % 24, minute, 59))
        yield datetime.combine(day, time(number % 24, minute)) + timedelta(minutes=1)
        yield datetime.combine(day, time(23, 59, 59, 999_999))


def test_the_ledger_counts_as_overdue_what_is_over_its_last_minute(ledger_url: str) -> None:
    records = list(due_at())
    held = InMemoryRecords(by_key(record for record, _ in records))
    ledger = open_ledger(ledger_url)
    with ledger.transaction() as uow:
        uow.records.put(held.each())
    with ledger.transaction() as uow:
        kept = uow.records.of_register("r")
        for now in moments():
            rule = OverdueRule(now, FIELDS)
            expected = dict.fromkeys(("day", "hour", "other"), 0)
            for record, last in records:
                expected[record.state] += last is not None and last + timedelta(minutes=1) <= now
            for counted in (kept.count("state", overdue=rule), held.count("state", overdue=rule)):
                assert {state: count.late for state, count in counted.items()} == expected, now
    ledger.close()
