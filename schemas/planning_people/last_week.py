"""What somebody has left over of his last week, beside the plan of this one, and told to the head who urges (四 3 1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schemas.language import Field, Localized, Values, durations, work
from schemas.language.work import Derived, RecordView, RegisterView, Seen, Watch
from schemas.roster.roles import PLANNING_HEAD

_TOLD_DAYS = 7


def _before(held: RegisterView, values: Values) -> RecordView | None:
    """The last plan before this one that the same person has handed in."""
    day = str(values.get("week_due") or "")
    his = held.holding("planning_weeks", "week_person", values.get("week_person"))
    earlier = [each for each in his if each.get("this_week") and str(each.get("week_due")) < day]
    return max(earlier, key=lambda each: str(each.values["week_due"]), default=None)


def _planned_last(values: Values, held: RegisterView, today: date) -> str | None:
    last = _before(held, values)
    return str(last.get("this_week")) if last is not None else None


def _open_before(values: Values, held: RegisterView, today: date) -> str | None:
    last = _before(held, values)
    return str(last.get("left_over_why") or "") or None if last is not None else None


def _left_over(held: RegisterView, today: date) -> Iterator[Seen]:
    for key, each in held["planning_weeks"].items():
        came = str(each.get("week_in_time_said_on") or "")
        if each.get("left_over_why") and came and (today - date.fromisoformat(came)).days <= _TOLD_DAYS:
            said = {"what": str(each.get("week_planned_last") or "没有登记"), "why": str(each.values["left_over_why"])}
            yield Seen(key, "last_week", str(each.get("week_person")), PLANNING_HEAD.code, said)


LAST_WEEK = (
    Derived(Field("week_planned_last", Localized("上周计划内容", "Planned last week")), look=_planned_last),
    Derived(
        Field("week_open_before", Localized("上周报的未完成原因", "Left over when last week began")), look=_open_before
    ),
)
WEEK_WATCHES: tuple[Watch, ...] = (
    *durations.not_in_time(
        "planning.", "planning_weeks", {"week_in_time": ("week_handed_at", "week_meets_at")}, PLANNING_HEAD.code
    ),
    work.warning(
        "planning.left_over",
        Localized(
            "{value}上周有未完成（原因：{why}），上周计划是“{what}”",
            "{value} has left something over of “{what}”, for: {why}",
        ),
        Localized("例会上问清，督促尽快完成；看过选“知道了”", "Ask in the meeting, and urge; note it"),
        _left_over,
    ),
)
