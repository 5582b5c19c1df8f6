"""Leaves that were granted when they had begun, perhaps so, or never: for who decides, who asked and the superior."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from schemas.language import Localized, State, fields, work
from schemas.language.durations import is_whole_day, parse_moment
from schemas.language.parameters import DAY_BEGINS_AT
from schemas.language.work import RecordView, RegisterView, Watch
from schemas.roster.roles import GENERAL_MANAGER, PLANNING_HEAD

IN_WRITING, BY_TELEPHONE = fields.options(
    ("leave_in_writing", "书面", "In writing"), ("leave_by_telephone", "电话报备", "By telephone")
)
TO_DECIDE = State("leave_to_decide", Localized("待审批", "To decide"))
ALLOWED = State("leave_allowed", Localized("已批准", "Allowed"))
TO_HAND_IN = State("leave_to_hand_in", Localized("待补假条", "Slip to hand in"))
GRANTED = State("leave_granted", Localized("准假", "Granted"), final=True)
NOT_GRANTED = State("leave_not_granted", Localized("不准", "Not granted"), final=True)
_WEEK = timedelta(days=7)


def _begins(each: RecordView, held: RegisterView) -> datetime | None:
    """When the leave begins; one of whole days begins with the day's work."""
    begins = parse_moment(each.get("leave_from"))
    if begins is None or not is_whole_day(each.get("leave_from")):
        return begins
    return datetime.combine(begins, time()) + timedelta(hours=held.parameter(DAY_BEGINS_AT.code))


def _in_writing(held: RegisterView, today: date) -> Iterator[tuple[RecordView, datetime, date, datetime | None]]:
    """Leaves in writing granted within a week: when each begins, the day on which the decision came, the moment that it bears."""
    for each in held["leaves"].values():
        granted = each.state in (GRANTED.code, ALLOWED.code) and each.get("leave_way") == IN_WRITING.code
        begins = _begins(each, held)
        if granted and begins is not None and each.since is not None and today - each.since <= _WEEK:
            said = each.get("leave_decided_at")
            yield each, begins, each.since, None if is_whole_day(said) else parse_moment(said)


def _told(each: RecordView, **said: str) -> Iterator[work.Seen]:
    begins = str(each.values["leave_from"]).replace("T", " ")
    yield work.Seen(each.key, "leave_from", begins, GENERAL_MANAGER.code, said)
    yield work.Seen(each.key, "leave_from", begins, details=said, person=str(each.values["leave_person"]))


def _granted_late(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Leaves granted when they had begun: by the hour that the decision says, else on a later day."""
    for each, begins, came, at in _in_writing(held, today):
        on = date.fromisoformat(str(each.get("leave_decided_at") or came)[:10])
        if at > begins if at is not None else on > begins.date():
            yield from _told(each, granted=f"{at:%Y-%m-%d %H:%M}" if at is not None else on.isoformat())


def _granted_that_day(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Leaves granted on the day on which they begin, at an hour that nobody has written down."""
    for each, begins, came, at in _in_writing(held, today):
        if at is None and str(each.get("leave_decided_at") or came)[:10] == f"{begins:%Y-%m-%d}":
            said = str(each.values["leave_from"]).replace("T", " ")
            yield work.Seen(each.key, "leave_decided_at", said, PLANNING_HEAD.code)


def _told_of_late(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Leaves whose decision bears a moment before their beginning, and came on a later day, when they had begun."""
    for each, begins, came, at in _in_writing(held, today):
        if at is not None and at <= begins and at.date() < came >= begins.date():
            yield from _told(each, granted=f"{at:%Y-%m-%d %H:%M}", came=came.isoformat())


def _undecided(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Leaves in writing that wait for a decision since a day before their own, which has come, or since that day, which is past."""
    for each in held["leaves"].values():
        day, since = str(each.get("leave_from") or "9999")[:10], str(each.since or "9999")
        waits = each.state == TO_DECIDE.code and each.get("leave_way") == IN_WRITING.code
        if waits and (since < day <= today.isoformat() or since == day < today.isoformat()):
            yield work.Seen(each.key, "leave_from", day, GENERAL_MANAGER.code)


GRANTED_BADLY: tuple[Watch, ...] = (
    work.warning(
        "leave.granted_late",
        Localized(
            "请假 {value} 开始，{granted} 才批准", "Leave from {value} was granted on {granted}, when it had begun"
        ),
        Localized("请假先批后休；看过选“知道了”", "Leave is granted before it is taken; note it"),
        _granted_late,
        of_due=("leave_decide_by",),
    ),
    work.warning(
        "leave.granted_that_day",
        Localized(
            "请假 {value} 开始，当天才批准，没有写几点批的",
            "Leave from {value} was granted on the very day, at an hour that is not written down",
        ),
        Localized(
            "在总表补写“请假审批时间”，把总表放进收件夹：不写分不清是不是先批后休",
            "Put the hour into the master, and drop that in the inbox: else nobody knows whether it was granted before it began",
        ),
        _granted_that_day,
    ),
    work.warning(
        "leave.decision_came_late",
        Localized(
            "请假 {value} 开始，审批 {came} 才交来（写的审批时间是 {granted}）",
            "Leave from {value} had begun when its decision came on {came}; it says {granted}",
        ),
        Localized("核实是不是先批后休；看过选“知道了”", "See whether it was granted before it was taken; note it"),
        _told_of_late,
    ),
    work.warning(
        "leave.undecided",
        Localized("请假 {value} 已到，还没有批", "The leave of {value} has come, and nobody has decided on it"),
        Localized("在您待办里的请审批，否则请催；没有休的作废", "Decide, or have it decided; end what was not taken"),
        _undecided,
    ),
)
