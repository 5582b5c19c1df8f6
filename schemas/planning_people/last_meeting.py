"""What the planning department has resolved in its last meeting, and whether the next one has looked back at it (四 2 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from schemas.language import Field, Localized, Values, work
from schemas.language.work import Derived, RecordView, RegisterView, Seen
from schemas.roster.roles import PLANNING_HEAD

_NOT_ACHIEVED = re.compile("(?:未|没有?|尚未)(?:全部|能)?(?:达成|完成|落实|办|做)")
_CAUSE = re.compile("因|由于|原因|受|缺|等待|所以|问题")
_NOTHING = re.compile(
    "(?:本次|上次|上周)?(?:暂|尚)?(?:没有?|无)(?:形成|作出)?(?:重要)?(?:决议|会议)?[。.]?|首次(?:例会|会议)[。.]?"
)
_TOLD_DAYS = 7


def _before(held: RegisterView, values: Values) -> RecordView | None:
    """The last meeting before this one that was held."""
    day = str(values.get("planning_meets_on") or "")
    held_before = (each for each in held["planning_meetings"].values() if each.get("planning_met_on"))
    earlier = [each for each in held_before if str(each.get("planning_meets_on")) < day]
    return max(earlier, key=lambda each: str(each.values["planning_meets_on"]), default=None)


def _resolved(values: Values, held: RegisterView, today: date) -> str | None:
    last = _before(held, values)
    said = str(last.get("planning_resolved") or "") if last is not None else ""
    return None if _NOTHING.fullmatch(said) else said or None


def _looked_back(held: RegisterView, today: date) -> Iterator[tuple[RecordView, str]]:
    """Meetings of the last week, each with what it says of the last resolutions."""
    for each in held["planning_meetings"].values():
        on = str(each.get("planning_met_on") or "")
        if on and (today - date.fromisoformat(on)).days <= _TOLD_DAYS:
            yield each, str(each.get("looked_back") or "")


def _told(each: RecordView, value: str, **said: str) -> Iterator[Seen]:
    """To the head and to whoever wrote the minutes."""
    yield Seen(each.key, "looked_back", value, PLANNING_HEAD.code, said)
    yield Seen(each.key, "looked_back", value, details=said, person=str(each.get("planning_minutes_by") or ""))


def _no_cause(held: RegisterView, today: date) -> Iterator[Seen]:
    for each, said in _looked_back(held, today):
        if _NOT_ACHIEVED.search(said) and not _CAUSE.search(said):
            yield from _told(each, said)


def _passed_over(held: RegisterView, today: date) -> Iterator[Seen]:
    for each, said in _looked_back(held, today):
        if _NOTHING.fullmatch(said) and (resolved := each.get("planning_last_resolved")):
            yield from _told(each, said, resolved=str(resolved))


LAST_RESOLVED = Derived(Field("planning_last_resolved", Localized("上次例会决议", "Resolved last")), look=_resolved)
LOOKING_BACK = (
    work.warning(
        "planning.no_cause",
        Localized("上次决议回顾写的是“{value}”，没有写原因", "Of the last resolutions it says “{value}”, and not why"),
        Localized("未达成的写明原因：补在总表这一格", "Say why: put it into this cell of the master"),
        _no_cause,
    ),
    work.warning(
        "planning.not_looked_back",
        Localized(
            "上次例会有决议“{resolved}”，回顾写的是“{value}”",
            "The last meeting resolved “{resolved}”, and of that it says “{value}”",
        ),
        Localized(
            "逐项写明是否达成：改总表这一格", "Say of each whether it was achieved: correct this cell of the master"
        ),
        _passed_over,
    ),
)
