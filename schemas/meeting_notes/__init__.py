"""What is told of meetings that cannot be as they stand: two at once, another room than was confirmed, more people than were asked.

``schemas/meetings/manual.toml`` says what the manuals give. Ours: a meeting takes an hour; by far more is above twice as many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from schemas.language import Localized, State, fields, naming, work
from schemas.language.clashes import TimeSpan, clashing
from schemas.language.durations import parse_moment
from schemas.language.identifier import identifier
from schemas.language.telling import is_recent
from schemas.language.work import RecordView, RegisterView, Seen, Watch
from schemas.roster.roles import MEETING_STAFF, STAFF_UNTIL, SUPERVISOR

TO_CONFIRM = State("meeting_to_confirm", Localized("待确认", "To confirm"))
TO_BOOK = State("meeting_to_book", Localized("待预约会议室", "Room to book"))
TO_RECHECK = State("meeting_to_recheck", Localized("待会前复核", "To check again"))
TO_WRITE = State("meeting_to_write", Localized("待纪要", "Minutes to write"))
HELD = State("meeting_held", Localized("已召开", "Held"), final=True)
EARLY, IN_WINDOW, LATE = fields.options(
    ("window_early", "过早", "Too early"), ("window_kept", "按时", "In time"), ("window_late", "过晚", "Too late")
)
"""Whether a step was taken in its hours before the meeting."""
_AHEAD = (TO_CONFIRM.code, TO_BOOK.code, TO_RECHECK.code, TO_WRITE.code)
_LASTS = timedelta(hours=1)
_MANY = 2
_ASKED_FOR = timedelta(days=30)
_TOLD_FOR = timedelta(days=7)
_SAME_ROOM = Localized("会议室都是“{name}”", "both in “{name}”")
_SAME_CHAIR = Localized("主持人都是“{name}”", "both led by “{name}”")
_BOTH = Localized("{first}，{second}", "{first}, {second}")
_FLOOR = re.compile(r"([0-9]{1,2}|[一二三四五六七八九十]{1,2})(?:楼|层)")
_DIGITS = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)}
_GROUP = re.compile("全体|全员|各部|各科|所有|部门|负责人|员工|人员|代表|等")


def _place(each: RecordView) -> str:
    return str(each.get("meeting_room") or each.get("meeting_place") or "")


def _ahead(held: RegisterView, today: date) -> list[RecordView]:
    """Meetings that are still to be, or are today."""
    those = held["meetings"].values()
    return [each for each in those if each.state in _AHEAD and each.values["meeting_at"] >= today.isoformat()]


def _prepared_by(each: RecordView) -> str:
    return str(each.get("meeting_organiser") or "")


def _at_once(held: RegisterView, today: date) -> Iterator[Seen]:
    def span(each: RecordView) -> TimeSpan | None:
        begins = parse_moment(each.get("meeting_at"))
        return (begins, begins + _LASTS) if begins else None

    def shared(each: RecordView) -> list[tuple[str, str]]:
        taken = [("room", identifier(_place(each))), ("chair", identifier(str(each.get("meeting_chair") or "")))]
        return [(kind, name) for kind, name in taken if name]

    for later, earlier, both in clashing(_ahead(held, today), span, shared):
        words = {
            "room": _SAME_ROOM.filled(name=_place(later)),
            "chair": _SAME_CHAIR.filled(name=str(later.get("meeting_chair"))),
        }
        said = [words[kind] for kind, _ in both]
        about: dict[str, str | Localized] = {
            "what": said[0] if len(said) == 1 else _BOTH.filled(first=said[0], second=said[1]),
            "other": str(earlier.get("meeting_topic")),
            "since": str(earlier.get("meeting_at")).replace("T", " "),
        }
        at = str(later.get("meeting_at")).replace("T", " ")
        yield Seen(later.key, "meeting_at", at, MEETING_STAFF.code, about, _prepared_by(later))


def same_room(place: str, room: str) -> bool:
    """Tell whether the *room* that is booked may be the confirmed *place*: one is named in the other, or the room lies on the
    floor that the place names.
    """
    first, second = (re.sub("会议室|会议厅|室|号", "", identifier(each)) for each in (place, room))
    if first in second or second in first:
        return True
    floors, number = _FLOOR.search(place), re.search("[0-9]{3,4}", room)
    if floors is None or number is None:
        return False
    return _number(floors[1]) == int(number[0]) // 100


def _number(words: str) -> int:
    """Return the number of a floor: 12, 二, 十二, 二十."""
    if words.isdigit():
        return int(words)
    first, last = _DIGITS[words[0]], _DIGITS[words[-1]]
    return first if len(words) == 1 else 10 + last if first == _DIGITS["十"] else first * 10


def _elsewhere(held: RegisterView, today: date) -> Iterator[Seen]:
    for each in _ahead(held, today):
        place, room = str(each.get("meeting_place") or ""), str(each.get("meeting_room") or "")
        if place and room and not same_room(place, room):
            yield Seen(each.key, "meeting_room", room, MEETING_STAFF.code, {"place": place}, _prepared_by(each))


def _rechecked_early(held: RegisterView, today: date) -> Iterator[Seen]:
    for each in _ahead(held, today):
        if each.get("recheck_timing") == EARLY.code and each.state == TO_WRITE.code:
            at = str(each.values["rechecked_at"]).replace("T", " ")
            yield Seen(each.key, "rechecked_at", at, MEETING_STAFF.code, person=_prepared_by(each))


def _done_early(held: RegisterView, today: date) -> Iterator[Seen]:
    """Meetings still to be that were confirmed, or whose room was booked, before the hours set for it: for who prepares them."""
    for each in _ahead(held, today):
        for what, (done, _, over) in _STEPS.items():
            if what != "recheck" and each.get(f"{what}_timing") == EARLY.code and each.state in over:
                at = str(each.values[done]).replace("T", " ")
                yield Seen(each.key, done, at, MEETING_STAFF.code, person=_prepared_by(each))


def _done_late(held: RegisterView, today: date) -> Iterator[Seen]:
    """Steps before a meeting that were taken after their hours, up to a week after it: for who watches over them."""
    for key, each in held["meetings"].items():
        recent = today - date.fromisoformat(str(each.values["meeting_at"])[:10]) <= _TOLD_FOR
        for what, (done, by, over) in _STEPS.items() if recent else ():
            if each.get(f"{what}_timing") == LATE.code and each.state in (*over, HELD.code):
                said = {"by": str(each.get(by)).replace("T", " ")}
                yield Seen(key, done, str(each.values[done]).replace("T", " "), SUPERVISOR.code, said)


def _done_after(held: RegisterView, today: date) -> Iterator[Seen]:
    """Steps before a meeting that were, as their sheets say, taken when it had begun: for the first of a meeting."""
    for key, each in held["meetings"].items():
        begins = str(each.get("meeting_at"))
        late = [code for code in _DONE if str(each.get(code) or "") > begins]
        if late and each.state in _AHEAD:
            about = {"at": begins.replace("T", " ")}
            said = str(each.get(late[0])).replace("T", " ")
            yield Seen(key, late[0], said, MEETING_STAFF.code, about, _prepared_by(each))


def _steps_missed(held: RegisterView, today: date) -> Iterator[Seen]:
    """Meetings whose day is past with steps before them that nobody has taken, for a week: for who watches over them."""
    for key, each in held["meetings"].items():
        at, missed = str(each.get("meeting_at") or ""), each.get("steps_missed")
        over = missed and each.state in (TO_WRITE.code, HELD.code)
        if over and today - date.fromisoformat(at[:10]) <= _TOLD_FOR:
            said = {"what": str(each.get("meeting_topic")), "steps": str(missed)}
            yield Seen(key, "meeting_at", at.replace("T", " "), SUPERVISOR.code, said)


def _more_came(held: RegisterView, today: date) -> Iterator[Seen]:
    for key, each in held["meetings"].items():
        named = [name for name in re.split("[、,，;；\\s]+", str(each.get("attendees") or "")) if name]
        came = each.get("meeting_came")
        if each.state != HELD.code or came is None or not named or any(map(_GROUP.search, named)):
            continue
        everyone = {*map(identifier, named), *(identifier(str(each.get(code) or "")) for code in _LEADS)} - {""}
        if came > _MANY * len(everyone) and is_recent(each, today, _ASKED_FOR):
            about = {"count": str(len(named))}
            yield Seen(key, "meeting_came", str(came), MEETING_STAFF.code, about, _prepared_by(each))


_STEPS = {
    "confirm": ("confirmed_at", "confirm_by", (TO_BOOK.code, TO_RECHECK.code, TO_WRITE.code)),
    "book": ("booked_at", "book_by", (TO_RECHECK.code, TO_WRITE.code)),
    "recheck": ("rechecked_at", "recheck_by", (TO_WRITE.code,)),
}
"""By step: when it was taken, by when it was to be, and the states of meetings to come that have it behind them."""
_DONE = tuple(done for done, _, _ in _STEPS.values())
_LEADS = ("meeting_chair", "meeting_organiser")

WATCHES: tuple[Watch, ...] = (
    naming.nobody_known(
        "meetings.no_chair",
        "meetings",
        ("meeting_chair",),
        (TO_CONFIRM.code, TO_BOOK.code, TO_RECHECK.code),
        "meeting_organiser",
        MEETING_STAFF.code,
        STAFF_UNTIL,
    ),
    work.warning(
        "meetings.rechecked_early",
        Localized("会前复核在 {value}，早于规定的时段", "It was checked at {value}, earlier than the hours set for it"),
        Localized(
            "临开会前再看一遍，有变更的告知参会人员", "Look once more shortly before it begins, and tell of changes"
        ),
        _rechecked_early,
    ),
    work.warning(
        "meetings.done_early",
        Localized("{label}是 {value}，早于规定的时段", "Done at {value}, earlier than the hours set for it"),
        Localized(
            "到了时段再核对一次，有变更的告知参会人员；看过选“知道了”",
            "Check it once more in its hours, and tell of changes; note it",
        ),
        _done_early,
    ),
    work.warning(
        "meetings.done_late",
        Localized("{label}是 {value}，期限是 {by}", "Done at {value}, due {by}"),
        Localized("问清原因；有时限的按时限办", "Ask why: what has its hours is done within them"),
        _done_late,
        of_due=tuple(by for _, by, _ in _STEPS.values()),
    ),
    work.warning(
        "meetings.done_after",
        Localized("{label}是 {value}，会议 {at} 已经开始", "Done at {value}, when the meeting of {at} had begun"),
        Localized("时间写错的改正；会后补办的选“知道了”", "Correct the hour; note it where it was done afterwards"),
        _done_after,
    ),
    work.warning(
        "meetings.steps_missed",
        Localized("“{what}”（{value}）会前没有做：{steps}", "“{what}”, held at {value}, was prepared without: {steps}"),
        Localized(
            "问清原因；没有开成的取消会议，开了的选“知道了”",
            "Ask why; call off what was not held, and note it where it was",
        ),
        _steps_missed,
    ),
    work.warning(
        "meetings.at_once",
        Localized(
            "{value} 开的会和“{other}”（{since}）同时：{what}",
            "The meeting at {value} is held at the same time as “{other}” ({since}): {what}",
        ),
        Localized(
            "改时间、换会议室或另请主持人，并告知参会人员", "Move one, or change its room or chair; tell who comes"
        ),
        _at_once,
    ),
    work.warning(
        "meetings.elsewhere",
        Localized(
            "预约的是“{value}”，确认的会议地点是“{place}”", "The room is “{value}”, the place confirmed “{place}”"
        ),
        Localized(
            "改正地点或另订会议室，并告知参会人员；本是同一处的选“知道了”",
            "Correct the place or book another room, and tell who comes; note it where both are one",
        ),
        _elsewhere,
    ),
    work.warning(
        "meetings.more_came",
        Localized(
            "实到 {value} 人，参会人员只列了 {count} 人", "{value} came, of whom {count} are named as taking part"
        ),
        Localized("核对实到人数；人数不错的选“知道了”", "Check how many came; note it where that is right"),
        _more_came,
    ),
)
