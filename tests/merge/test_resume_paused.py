from __future__ import annotations

from datetime import date
from typing import Any

from pipeline.domain.record import Event
from pipeline.merge.resume_paused import last_pause
from schemas.language.catalogue import load_catalogue
from tests.merge.boats import BOATS

CUSTOMERS = load_catalogue().register("customers")


def event(number: int, day: int, state: str = "", **more: Any) -> Event:
    form = "change_sheet" if "action" in more else "registration"
    return Event("customers", "7", form, {}, {}, {}, state=state, on=date(2026, 11, day), number=number, **more)


def paused(day: int, number: int = 2, named: str = "") -> Event:
    return event(number, day, "paused", action={"effective_on": named} if named else {"change_kind": "suspended"})


OPENED = event(1, 2, "to_verify", owner="K02", due=date(2026, 11, 5))


def test_a_record_that_never_paused_has_no_pause() -> None:
    assert last_pause(CUSTOMERS, [OPENED]) is None


def test_the_pause_remembers_state_owner_and_deadline() -> None:
    found = last_pause(CUSTOMERS, [OPENED, paused(4)])

    assert found is not None
    assert (found.before.state, found.before.owner, found.before.due) == ("to_verify", "K02", date(2026, 11, 5))
    assert found.since == date(2026, 11, 4)


def test_time_stands_still_from_the_day_that_the_sheet_names_but_not_before_the_stage_began() -> None:
    late = last_pause(CUSTOMERS, [OPENED, paused(6, named="2026-11-03")])
    much_too_late = last_pause(CUSTOMERS, [OPENED, paused(6, named="2026-10-01")])

    assert late is not None and late.since == date(2026, 11, 3)
    assert much_too_late is not None and much_too_late.since == date(2026, 11, 2)


def test_of_several_pauses_the_last_counts() -> None:
    again = event(3, 10, "to_verify", owner="K03", due=date(2026, 11, 12), action={"change_kind": "resumed"})

    found = last_pause(CUSTOMERS, [OPENED, paused(4), again, paused(11, number=4)])

    assert found is not None
    assert (found.before.owner, found.since) == ("K03", date(2026, 11, 11))


def test_a_pause_that_no_sheet_or_one_without_a_day_tells_of_begins_on_its_own_day() -> None:
    opened = event(1, 2, "to_survey")
    for form in ("", "survey"):
        stopped = Event("boats", "7", form, {}, {}, {}, state="laid_up", on=date(2026, 11, 6), number=2)
        found = last_pause(BOATS, [opened, stopped])
        assert found is not None
        assert (found.before.state, found.since) == ("to_survey", date(2026, 11, 6))
