"""What is told of leaves that stand badly: too late, at once, whose stand-in is away, of which the roster knows nothing.

``schemas/leave/manual.toml`` says what the manual gives.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from schemas.holders import has_one_of
from schemas.language import Localized, Option, work
from schemas.language.clashes import TimeSpan, clashing
from schemas.language.durations import is_whole_day, parse_moment
from schemas.language.identifier import identifier
from schemas.language.lead_times import hours_before
from schemas.language.parameters import DAY_BEGINS_AT, DAY_ENDS_AT
from schemas.language.work import NO, RecordView, RegisterView, Watch
from schemas.leave_notes.granting import (
    ALLOWED,
    BY_TELEPHONE,
    GRANTED,
    GRANTED_BADLY,
    IN_WRITING,
    NOT_GRANTED,
    TO_DECIDE,
    TO_HAND_IN,
)
from schemas.roster.roles import PLANNING_HEAD

__all__ = [
    "ALLOWED",
    "BY_TELEPHONE",
    "GRANTED",
    "IN_WRITING",
    "NOT_GRANTED",
    "TO_DECIDE",
    "TO_HAND_IN",
    "WATCHES",
    "away_meanwhile",
    "people_by_name",
]

_RUNNING = (TO_DECIDE.code, ALLOWED.code, GRANTED.code, TO_HAND_IN.code)
_IN_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
HALF_A_DAY = timedelta(hours=4)
_DAY = timedelta(days=1)
_NOON = "12:00"
_NOBODY = Localized("不在人员表上", "is on no roster")
_ALSO_ON_LEAVE = Localized("那几天也请假", "is on leave in those days, too")


def person_named(name: object) -> str:
    """Return who is named: 花 策 and 花策（本人） are 花策."""
    return identifier(_IN_BRACKETS.sub("", str(name or "")))


def people_by_name(held: RegisterView) -> dict[str, RecordView]:
    """The people of the roster, by name and by number."""
    people = {person_named(each.get("staff_name")): each for each in held["people"].values()}
    return people | {identifier(key): each for key, each in held["people"].items()}


def has_role(held: RegisterView, name: object, role: Option) -> bool:
    """Tell whether the person of that *name*, of the roster, has *role*, as his first or a further one."""
    person = people_by_name(held).get(person_named(name))
    return person is not None and has_one_of(person, role)


def _same(people: Mapping[str, RecordView], name: object) -> str:
    """Return what tells a person named in any way from all others."""
    found = people.get(person_named(name))
    return found.key if found else person_named(name)


def _span(each: RecordView) -> TimeSpan | None:
    begins, ends = parse_moment(each.get("leave_from")), parse_moment(each.get("leave_to"))
    if begins is None or ends is None:
        return None
    return begins, ends + _DAY if is_whole_day(each.get("leave_to")) else ends


def away_meanwhile(held: RegisterView, today: date) -> dict[str, Localized]:
    """Why, by key, the stand-in of a leave that is not over, asked or granted, cannot stand in: he is on leave himself in those
    days, or nobody of the roster.
    """
    people = people_by_name(held)
    running = [each for each in held["leaves"].values() if each.state in _RUNNING]
    of_person: dict[str, list[TimeSpan]] = defaultdict(list)
    for each in running:
        if (span := _span(each)) is not None:
            of_person[_same(people, each.get("leave_person"))].append(span)
    found: dict[str, Localized] = {}
    for each in running:
        name, span = each.get("leave_stand_in"), _span(each)
        if not name or span is None or span[1].date() < today:
            continue
        if any(begins < span[1] and span[0] < ends for begins, ends in of_person.get(_same(people, name), ())):
            found[each.key] = _ALSO_ON_LEAVE
        elif people and person_named(name) not in people:
            found[each.key] = _NOBODY
    return found


def _not_on_roster(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Leaves that run, or are to come, of people who do not stand as away: nobody gets their work. Where the stand-in is away
    himself another one comes first.
    """
    people, away = people_by_name(held), away_meanwhile(held, today)
    for key, each in held["leaves"].items():
        begins, ends = str(each.get("leave_from", ""))[:10], str(each.get("leave_to", ""))[:10]
        person = people.get(person_named(each.get("leave_person")))
        if each.state not in (GRANTED.code, TO_HAND_IN.code) or not each.get("leave_stand_in") or person is None:
            continue
        known = str(person.get("staff_away_from", "9999")) <= begins and ends <= str(person.get("staff_away_to", ""))
        if today.isoformat() <= ends and not known and key not in away:
            said = {"from": begins, "to": ends, "other": str(each.values["leave_stand_in"])}
            yield work.Seen(key, "leave_stand_in", str(each.values["leave_person"]), PLANNING_HEAD.code, said)


def _at_once(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Leaves of one person that lie over each other, while one of the two is to be decided: for who decides on it."""
    people = people_by_name(held)
    running = [each for each in held["leaves"].values() if each.state in _RUNNING]
    of_one = clashing(running, _span, lambda each: [("person", _same(people, each.get("leave_person")))])
    for later, earlier, _ in of_one:
        each, other = (later, earlier) if later.state == TO_DECIDE.code else (earlier, later)
        if each.state == TO_DECIDE.code:
            said = {"other": other.key} | {
                code: str(other.get(f"leave_{code}")).replace("T", " ") for code in ("from", "to")
            }
            who = str(each.get("leave_person"))
            yield work.Seen(each.key, "leave_from", who, PLANNING_HEAD.code, said, each.owner)


def _filed_late(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Requests in writing that came in when the leave had begun, whatever day they bear themselves."""
    for key, each, came in _in_writing(held):
        begins = str(each.get("leave_from", ""))[:10]
        if begins < came:
            said = {"asked": str(each.values["leave_asked_at"]).replace("T", " "), "came": came}
            yield work.Seen(key, "leave_from", begins, PLANNING_HEAD.code, said)


def _filed_on_its_day(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Requests in writing that came in on the day on which the leave begins, before noon: half a day ahead of that was the day
    before. Of what begins later nobody knows the hour at which its paper came.
    """
    for key, each, came in _in_writing(held):
        begins = str(each.get("leave_from") or "")
        if begins[:10] == came and begins[11:] < _NOON:
            asked, begun = (str(said).replace("T", " ") for said in (each.values["leave_asked_at"], begins))
            yield work.Seen(key, "leave_from", begun, PLANNING_HEAD.code, {"asked": asked, "came": came})


def _asked_late(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Requests in writing made four hours ahead by the clock and less by the hours of work: in the evening before, at a weekend."""
    begins, ends = (timedelta(hours=held.parameter(each.code)) for each in (DAY_BEGINS_AT, DAY_ENDS_AT))
    told = {each.key for each in (*_filed_late(held, today), *_filed_on_its_day(held, today))}
    for key, each, _ in _in_writing(held):
        start, asked = parse_moment(each.get("leave_from")), parse_moment(each.get("leave_asked_at"))
        if start is None or asked is None or is_whole_day(each.get("leave_from")) or key in told:
            continue
        latest = hours_before(start, HALF_A_DAY, (begins, ends))
        if asked > latest:
            said = {"latest": f"{latest:%Y-%m-%d %H:%M}"}
            at = str(each.values["leave_asked_at"]).replace("T", " ")
            yield work.Seen(key, "leave_asked_at", at, PLANNING_HEAD.code, said, each.owner)


def _in_writing(held: RegisterView) -> Iterator[tuple[str, RecordView, str]]:
    """Requests in writing that wait for a decision, each with the day on which it first came in."""
    for key, each in held["leaves"].items():
        if each.get("leave_way") == IN_WRITING.code and each.state == TO_DECIDE.code and each.since is not None:
            first = each.since.isoformat()
            yield key, each, min(first, str(each.get("leave_known_on") or first))


def _telephoned_late(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Requests by telephone made when the leave had begun, or that came in when even the slip was overdue: told to both."""
    for key, each in held["leaves"].items():
        begins, asked = (str(each.get(code) or "").replace("T", " ") for code in ("leave_from", "leave_asked_at"))
        if each.get("leave_way") != BY_TELEPHONE.code or each.state != TO_DECIDE.code or each.since is None:
            continue
        said = {"asked": asked, "came": each.since.isoformat()}
        if begins <= asked or str(each.get("slip_due")) < said["came"]:
            yield work.Seen(key, "leave_from", begins, PLANNING_HEAD.code, said, each.owner)
            yield work.Seen(key, "leave_from", begins, details=said, person=str(each.values["leave_person"]))


def _own_activity(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Leaves without anything important on the day of an activity of his own."""
    for key, each in held["leaves"].items():
        begins, ends = (str(each.get(code) or "")[:10] for code in ("leave_from", "leave_to"))
        if each.get("leave_matters") != NO.code or each.state not in (TO_DECIDE.code, ALLOWED.code, GRANTED.code):
            continue
        for one in held.holding("activity_budgets", "budget_by", each.get("leave_person")):
            on = str(one.get("promoted_on") or "")
            if begins <= on <= ends and on >= today.isoformat():
                what = {"activity": str(one.values["promoted_activity"])}
                yield work.Seen(key, "leave_matters", on, PLANNING_HEAD.code, what)


WATCHES: tuple[Watch, ...] = (
    work.warning(
        "leave.at_once",
        Localized(
            "{value}在同一时间已请过假（{other}，{from} 至 {to}）",
            "{value} has asked for leave at the same time already ({other}, {from} to {to})",
        ),
        Localized("核对两张请假单，重复的退回或作废一张", "Compare both; return or end the one that is too many"),
        _at_once,
    ),
    work.warning(
        "leave.filed_late",
        Localized(
            "请假 {value} 已开始，书面请假单 {came} 才交来（写的提出时间是 {asked}）",
            "Leave from {value} had begun when the request came on {came}; it says it was asked at {asked}",
        ),
        Localized("是事后补办的，按电话报备办理", "What is filed afterwards is a leave asked by telephone"),
        _filed_late,
    ),
    work.warning(
        "leave.filed_on_its_day",
        Localized(
            "请假 {value} 开始，书面请假单 {came} 当天才交来（写的提出时间是 {asked}）",
            "Leave begins at {value}, and its request came on that very day, {came}; it says it was asked at {asked}",
        ),
        Localized(
            "没有提前半天交来：核实何时提出，再批；来不及的按电话报备办理",
            "Ask when it was made before it is decided on; what is too late is a leave asked by telephone",
        ),
        _filed_on_its_day,
    ),
    work.warning(
        "leave.asked_late",
        Localized(
            "{value} 才提出，按上班时间不足半天（最迟 {latest}）",
            "Asked at {value}: less than half a day of work ahead, which was {latest} at the latest",
        ),
        Localized("核实来不来得及安排，再批", "See whether the work can still be arranged before it is decided on"),
        _asked_late,
    ),
    *GRANTED_BADLY,
    work.warning(
        "leave.telephoned_late",
        Localized(
            "请假 {value} 开始，{asked} 才电话报备，{came} 交来",
            "Leave from {value} was asked for by telephone at {asked}, and came in on {came}: too late",
        ),
        Localized("迟报的原因由请假人说明，再批", "Have him say why it was late before it is decided on"),
        _telephoned_late,
    ),
    work.warning(
        "leave.own_activity",
        Localized(
            "请假期间没有填重要事项，但 {value} 有他自己的活动“{activity}”",
            "Nothing important is named for the leave, but on {value} there is his own activity “{activity}”",
        ),
        Localized("请假人写明工作交代给谁，再批", "Have him name who stands in before it is decided on"),
        _own_activity,
    ),
    work.warning(
        "leave.not_on_roster",
        Localized(
            "{value} {from}至{to}请假，人员表里没有写不在岗，工作还没有转给{other}",
            "{value} is on leave from {from} to {to}, but not away on the roster: no work goes to {other}",
        ),
        Localized("在人员表写明代办人和代办起止日期", "Give the stand-in and the days on the roster"),
        _not_on_roster,
    ),
)
