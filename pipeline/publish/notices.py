"""Whose work came, went or was taken back in the last days without his doing: each is told, so that nothing vanishes unseen; and
what came in that is to be read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, timedelta

from pipeline.domain.changing_hands import came_by, stands_in_for
from pipeline.domain.notice import TOLD_FOR, WorkNotice
from pipeline.domain.record import Event, RecordState
from pipeline.domain.record_title import title_or_key
from pipeline.domain.roster import Roster
from pipeline.outside.ledger import UnitOfWork
from pipeline.publish.new_records import new_records
from schemas.language import NO_TEXT, Catalogue, FieldRole, Localized

CLERK = ""
_SHOWN = 5

_CAME = Localized(
    "由{giver}转来 {count} 件（{cause}）{late}：{which}", "{count} came from {giver} ({cause}){late}: {which}"
)
_WENT = Localized(
    "您的 {count} 件转给{receiver}（{cause}）：{which}", "{count} of yours went to {receiver} ({cause}): {which}"
)
_STANDING_IN = Localized(
    "代{giver}办理 {count} 件{late}：{which}", "you stand in for {giver} with {count}{late}: {which}"
)
_STOOD_IN = Localized("您的 {count} 件由{receiver}代办：{which}", "{receiver} stands in for you with {count}: {which}")
_LATE = Localized("，其中逾期 {count} 件", ", {count} of them overdue")
_TAKEN_BACK = Localized(
    "管理员用 pipeline undo {what} 撤销了{of}：{which}，共 {count} 件已恢复到撤销前的样子，任务表随之增减",
    "the administrator took {of} back (pipeline undo {what}): {which}; {count} in all stand as they stood before it, and so do worklists",
)
_OF_RUN = Localized("第 {run} 批", "run {run}")
_OF_FILE = Localized("《{file}》", "{file}")
_AND_MORE = Localized("{which}等", "{which} and others")


def notices(
    catalogue: Catalogue, uow: UnitOfWork, roster: Roster, day: date
) -> tuple[Mapping[str, Sequence[WorkNotice]], frozenset[tuple[str, str]]]:
    """Return by staff number, "" for the clerk, what is told of the days up to *day*; and which records came to whoever has
    them on *day* itself, by register and key.
    """
    found: dict[str, list[WorkNotice]] = defaultdict(list)
    moved = uow.events.changed_hands(since=day - TOLD_FOR)
    in_force = {register.code for register in catalogue.registers}
    moved = [event for event in moved if event.register in in_force]
    states = uow.records.of_events(moved)
    standing = [
        (event, state)
        for event in moved
        if (state := states.get((event.register, event.key))) is not None and state.owner == event.owner
    ]
    _tell_moves(found, catalogue, roster, standing, day)
    _tell_what_began_elsewhere(found, catalogue, uow, roster, day, {(event.register, event.key) for event in moved})
    for number, notice in new_records(catalogue, uow, roster, day):
        found[number].append(notice)
    for run, on, _, did in uow.runs.after(_last_run_before(uow, day - TOLD_FOR)):
        if "undo" in did and on <= day:
            _tell_taken_back(found, catalogue, roster, uow, run, did["undo"])
    return dict(found), frozenset((event.register, event.key) for event, _ in standing if event.on == day)


def _last_run_before(uow: UnitOfWork, since: date) -> int:
    """Return the last run before the day *since*, 0 when there is none."""
    last = uow.runs.last_until(since - timedelta(days=1))
    return last[0] if last else 0


def _tell_moves(
    found: dict[str, list[WorkNotice]],
    catalogue: Catalogue,
    roster: Roster,
    moved: Iterable[tuple[Event, RecordState]],
    day: date,
) -> None:
    came: dict[tuple[str, str, str, bool], list[tuple[Event, RecordState]]] = defaultdict(list)
    for event, state in moved:
        absent = stands_in_for(event.why, event.owner or "", roster)
        by = came_by(event.why)
        if absent is not None:
            came[absent.name, event.owner or "", "", True].append((event, state))
        elif by is not None:
            came[by.giver, event.owner or "", by.cause, False].append((event, state))
    for (giver, owner, cause, standing_in), those in came.items():
        states = [state for _, state in those]
        late = sum(state.due is not None and state.due < day for state in states)
        receiver = roster.everyone.get(owner)
        told = {
            "giver": giver,
            "receiver": receiver.name if receiver else owner,
            "cause": cause,
            "count": str(len(states)),
            "which": _which([title_or_key(catalogue.register(each.register), each) for each in states]),
            "late": _LATE.filled(count=str(late)) if late else NO_TEXT,
        }
        code = f"{those[-1][0].number}"
        found[owner].append(WorkNotice(f"came/{code}", (_STANDING_IN if standing_in else _CAME).filled(**told)))
        before = roster.named(giver)
        if before is not None and before.number != owner:
            found[before.number].append(
                WorkNotice(f"went/{code}", (_STOOD_IN if standing_in else _WENT).filled(**told))
            )


def _tell_what_began_elsewhere(
    found: dict[str, list[WorkNotice]],
    catalogue: Catalogue,
    uow: UnitOfWork,
    roster: Roster,
    day: date,
    moved: Set[tuple[str, str]],
) -> None:
    """Tell each who is away what his stand-in has of his from the start, in one line; what was his and has *moved* is told already."""
    if not any(person.is_away_on(day) for person in roster.everyone.values()):
        return
    his: dict[tuple[str, str], list[RecordState]] = defaultdict(list)
    for register in catalogue.registers:
        for key, state in uow.records.get(register.code, states=register.in_hand).items() if register.in_hand else ():
            absent = stands_in_for(state.why, state.owner, roster)
            fresh = state.since is not None and state.since >= day - TOLD_FOR
            if fresh and absent is not None and absent.is_away_on(day) and (register.code, key) not in moved:
                his[absent.number, state.owner].append(state)
    for (absent_no, owner), states in his.items():
        which = _which([title_or_key(catalogue.register(each.register), each) for each in states])
        says = _STOOD_IN.filled(receiver=roster.everyone[owner].name, count=str(len(states)), which=which)
        newest = max(states, key=lambda each: each.version)
        found[absent_no].append(WorkNotice(f"began/{newest.register}/{newest.key}/{newest.version}", says))


def _tell_taken_back(
    found: dict[str, list[WorkNotice]],
    catalogue: Catalogue,
    roster: Roster,
    uow: UnitOfWork,
    run: int,
    did: Mapping[str, object],
) -> None:
    events = uow.events.undone_by_run(run)
    if not events:
        return
    names = dict.fromkeys(event.file for event in events if event.file)
    undone = str(did.get("run") or "")
    of = _OF_RUN.filled(run=undone) if undone else _joined([_OF_FILE.filled(file=name) for name in names])
    readers: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        author = roster.named(event.actor) if event.actor else None
        for number in {event.owner or CLERK, author.number if author else CLERK, CLERK}:
            readers[number].append(event)
    for number, those in readers.items():
        keys = dict.fromkeys((event.register, event.key) for event in those)
        titles = {at: _title(catalogue, at, events) for at in keys}
        says = _TAKEN_BACK.filled(
            what=undone or next(iter(names), ""), of=of, count=str(len(titles)), which=_which(list(titles.values()))
        )
        found[number].append(WorkNotice(f"undone/{run}", says))


def _title(catalogue: Catalogue, at: tuple[str, str], events: Iterable[Event]) -> str:
    """What the record was called by what was taken back of it, for it may be no more."""
    register = next((each for each in catalogue.registers if each.code == at[0]), None)
    title = register.meaning(FieldRole.TITLE) if register else None
    said = [
        str(event.values[title.code])
        for event in events
        if title is not None and (event.register, event.key) == at and event.values.get(title.code)
    ]
    return f"{said[-1]} {at[1]}" if said and title is not None and not title.private else at[1]


def _which(titles: Sequence[str]) -> Localized:
    shown = _joined([Localized(title, title) for title in titles[:_SHOWN]])
    return _AND_MORE.filled(which=shown) if len(titles) > _SHOWN else shown


def _joined(parts: Sequence[Localized]) -> Localized:
    return Localized("、".join(each.zh for each in parts), ", ".join(each.en for each in parts))
