"""What was done before the step it follows: told, but not of records that were there before the day of their coming was kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from schemas.language.ordering import done_before_step
from schemas.language.words import Localized
from schemas.language.work import RecordView

TODAY = date(2026, 11, 13)


class Held(dict[str, Mapping[str, RecordView]]):
    """Registers as a watch sees them."""


@pytest.mark.parametrize(
    ("done", "came", "since", "told"),
    [
        ("2026-11-09", "2026-11-12", date(2026, 11, 12), True),  # paid on Monday, signed on Thursday
        ("2026-11-11", "2026-11-12", date(2026, 11, 12), False),  # the signature may come with the next day's sheets
        ("2026-11-09", "2026-11-13", date(2026, 11, 12), False),  # paid before anybody kept the day of the signature
        ("2026-10-09", "2026-11-02", date(2026, 11, 3), False),  # ten days ago
    ],
)
def test_what_follows_a_step_is_not_done_before_it(done: str, came: str, since: date, told: bool) -> None:
    signed = Localized("签字", "Signature")
    _, watch = done_before_step("x.before", "months", "paid_on", ("signed_by", signed), ("signed_came", signed), "head")
    record = RecordView("2026-10", {"paid_on": done, "signed_came": came}, since=since)
    assert bool(list(watch.look(Held({"months": {"2026-10": record}}), TODAY))) is told  # type: ignore[arg-type]
