"""Who a planning department is, as its roster says: who comes to its meeting, and whether a clerk writes the minutes.

``schemas/planning_department/manual.toml`` says what the manuals give.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from schemas.holders import has_one_of
from schemas.language import Field, Kind, Localized, Option, Values, work
from schemas.language.telling import TOLD_FOR, done_before_day, done_on_its_day, is_recent
from schemas.language.work import NO, YES, Derived, RecordView, RegisterView, Seen
from schemas.roster.roles import PLANNER, PLANNING_HEAD


def _people(held: RegisterView, today: date, *roles: Option) -> list[str]:
    there = [
        each
        for each in held["people"].values()
        if str(each.get("serves_from") or "") <= today.isoformat() <= str(each.get("serves_to") or "9999")
    ]
    return sorted(str(each.get("staff_name")) for each in there if has_one_of(each, *roles))


def _department(values: Values, held: RegisterView, today: date) -> str | None:
    return "、".join(_people(held, today, PLANNER, PLANNING_HEAD)) or None


def _clerk(values: Values, held: RegisterView, today: date) -> str:
    return (YES if _people(held, today, PLANNER) else NO).code


def _counted(each: RecordView) -> list[str]:
    """Who was in force in the department when it met."""
    return [name for name in str(each.get("planning_people") or "").split("、") if name]


def _more_came(held: RegisterView, today: date) -> Iterator[Seen]:
    for key, each in held["planning_meetings"].items():
        named = _counted(each)
        came, by = each.get("planning_came"), str(each.get("planning_minutes_by") or "")
        if named and came is not None and came > len(named) and is_recent(each, today, _ASKED_FOR):
            about = {"count": str(len(named))}
            yield Seen(key, "planning_came", str(came), PLANNING_HEAD.code, about, by)


def _met_alone(held: RegisterView, today: date) -> Iterator[Seen]:
    """Meetings of the last week to which one came, of a department of several: told to the head and to who wrote the minutes."""
    for key, each in held["planning_meetings"].items():
        named = _counted(each)
        on = str(each.get("planning_met_on") or "")
        if each.get("planning_came") == 1 and len(named) > 1 and on and today - date.fromisoformat(on) <= TOLD_FOR:
            about = {"count": str(len(named))}
            yield Seen(key, "planning_came", "1", PLANNING_HEAD.code, about)
            yield Seen(key, "planning_came", "1", details=about, person=str(each.get("planning_minutes_by") or ""))


_ASKED_FOR = timedelta(days=30)
DERIVED = (
    Derived(Field("planning_people", Localized("部门人员", "The department"), Kind.LIST), look=_department),
    Derived(
        Field(
            "planning_has_clerk", Localized("有无企划专员", "Has a planning officer"), Kind.CHOICE, options=(YES, NO)
        ),
        look=_clerk,
    ),
)
MORE_CAME = work.warning(
    "planning.more_came",
    Localized("例会实到 {value} 人，企划部在岗只有 {count} 人", "{value} came, but the department has {count} people"),
    Localized("核对实到人数；有外部门参加的选“知道了”", "Check how many came; note it where others took part"),
    _more_came,
)
MEETING_DAY = (
    *done_on_its_day("planning.met", "planning_meetings", "planning_meets_on", "planning_met_on", PLANNING_HEAD.code),
    done_before_day(
        "planning.met_before", "planning_meetings", "planning_meets_on", "planning_met_on", PLANNING_HEAD.code
    ),
    work.warning(
        "planning.met_alone",
        Localized(
            "例会实到 1 人，企划部在岗 {count} 人：一个人开不成会",
            "One came, of a department of {count}: that is no meeting",
        ),
        Localized("核对实到人数；没有开成的取消", "Check how many came; call off what was not held"),
        _met_alone,
    ),
)
"""四 2 1): each Monday; "特殊情况另行通知", so that another day is told and not refused."""
