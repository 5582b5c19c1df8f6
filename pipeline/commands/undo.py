"""Takes back what one sheet or one run did, unless later sheets build on it. Nothing is deleted: what was taken back
stays in the history, marked.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from functools import partial

from pipeline.commands.reading import reading
from pipeline.commands.run import alone, publish_reports
from pipeline.domain.record import Event, RecordState
from pipeline.domain.record_fold import fold
from pipeline.domain.register_views import Registers
from pipeline.domain.submission import TAKEN_BACK, Submission
from pipeline.domain.undone import Undone
from pipeline.errors import RuwangError
from pipeline.intake.triggers import openings
from pipeline.outside.ledger import UnitOfWork
from pipeline.outside.ledger.point_in_time import PastRegisters
from pipeline.outside.stage_log import logged
from pipeline.settings import Settings
from pipeline.settings.catalogue import in_force
from pipeline.settings.clock import now_in_office
from schemas.language import Catalogue, Localized
from schemas.language.guarding import watching

_log = logging.getLogger(__name__)

_SHORTEST_PREFIX = 8
_SHOWN = 5


class CannotUndoError(RuwangError):
    """What was named cannot be taken back: it is not known, or later sheets build on it."""

    exit_code = 2


def plan(settings: Settings, what: str, *, today: date | None = None) -> Undone:
    """Return what ``undo`` would take back. Raises as it does; nothing is written."""
    day = today or now_in_office(settings).date()
    with reading(settings) as uow:
        return _plan(uow, settings, what, day)


def undo(settings: Settings, what: str, *, today: date | None = None) -> Undone:
    """Take back *what*: a run by its number, or a sheet by its file name or the first letters of its hash.

    The reports are written anew. Raise CannotUndoError when it is not known or later sheets build on it, BusyError when
    a run is going on. Running numbers that were given are never given again.
    """
    now = now_in_office(settings)
    day = today or now.date()
    with logged(_log, "take back") as counts, alone(settings, create=False) as ledger, ledger.transaction() as uow:
        planned = _plan(uow, settings, what, day)
        number = uow.runs.start(day, now)
        _take_back(uow, planned, day, number)
        counts["events"] = len(planned.events)
    publish_reports(settings, today=day)
    return Undone(number, planned.undone_run, planned.submissions, planned.events)


def undo_again(uow: UnitOfWork, settings: Settings, what: str, day: date, now: datetime, run: int) -> None:
    """Take back *what* in *books* as the *run* of that number did."""
    _take_back(uow, _plan(uow, settings, what, day), day, uow.runs.start(day, now, run))


def _plan(uow: UnitOfWork, settings: Settings, what: str, day: date) -> Undone:
    catalogue = in_force(settings)
    run, submissions = _named(uow, what)
    if run:
        events = uow.events.find(run=run)
    else:
        events = [event for each in submissions for event in uow.events.find(submission=each.sha256)]
    last = uow.runs.last()
    if run and not (last and run <= last[0]):
        latest = last[0] if last else 0
        raise CannotUndoError(
            Localized(f"没有第 {run} 批，最近一批是第 {latest} 批", f"there is no run {run}; the last one is {latest}")
        )
    if not events and not submissions:
        raise CannotUndoError(Localized(f"“{what}”没有可撤销的内容", f"there is nothing to take back of {what}"))
    taken = {event.number: event for event in events}
    first = {(event.register, event.key): event for event in reversed(events)}
    restated = uow.submissions.restating(
        min((event.run for event in events), default=0), [each.sha256 for each in submissions]
    )
    for (register, key), event in first.items():
        again = restated.get(f"{register}/{key}")
        if again is not None and again.run >= event.run:
            raise _built_upon(what, key, again.run, again.name)
        for later in uow.events.find(register=register, key=key):
            if later.number > event.number and later.number not in taken:
                if later.submission:
                    raise _built_upon(what, key, later.run, later.file)
                taken[later.number] = later  # what the program did thereupon goes with it; the next run does it anew
    _add_what_follows(uow, settings, what, day, taken)
    _no_use_of_roster(uow, catalogue, what, list(taken.values()))
    return Undone(0, run, tuple(submissions), tuple(taken[number] for number in sorted(taken)))


def _add_what_follows(uow: UnitOfWork, settings: Settings, what: str, day: date, taken: dict[int, Event]) -> None:
    """Add to *taken* the events of records that the program opened because of what was taken, and of theirs in turn."""
    catalogue = in_force(settings)
    if not any(register.opens for register in catalogue.registers):
        return
    with watching() as seen:
        _add_what_was_opened(uow, settings, catalogue, what, day, taken)
    for failure in seen.failures.values():
        raise CannotUndoError(
            Localized(
                f"流程的声明运行时出错，不知道还要撤销什么，没有撤销“{what}”：{failure.path}:{failure.line}: {failure.said}",
                f"a procedure's declaration failed, so that what follows from {what} is not known; nothing was taken back: "
                f"{failure.path}:{failure.line}: {failure.said}",
            )
        )


def _add_what_was_opened(
    uow: UnitOfWork, settings: Settings, catalogue: Catalogue, what: str, day: date, taken: dict[int, Event]
) -> None:
    before = openings(catalogue, Registers(catalogue, uow.records.get, settings.parameters, day), day)
    while True:
        left = Registers(catalogue, partial(_without, uow, taken), settings.parameters, day)
        new: dict[int, Event] = {}
        for register, key in sorted(before - openings(catalogue, left, day)):
            events = uow.events.find(register=register, key=key)
            if events and not events[0].submission:  # none that somebody has registered
                new |= {event.number: event for event in events if event.number not in taken}
        for event in new.values():
            if event.submission:
                raise _built_upon(what, event.key, event.run, event.file)
        if not new:
            return
        taken |= new


def _without(uow: UnitOfWork, taken: Mapping[int, Event], register: str) -> dict[str, RecordState]:
    """Return the records of *register* as they stand without the events *taken*."""
    touched = {event.key for event in taken.values() if event.register == register}
    left = PastRegisters(uow, uow.events.position(), without=taken).records.get(register, keys=touched)
    untouched = {key: record for key, record in uow.records.get(register).items() if key not in touched}
    return dict(sorted((untouched | left).items()))


def _named(uow: UnitOfWork, what: str) -> tuple[int, Sequence[Submission]]:
    """Return the run of that number with its sheets, or 0 and the one sheet of that name or hash."""
    if what.isdecimal() and len(what) < _SHORTEST_PREFIX:
        return int(what), [each for each in uow.submissions.find(run=int(what)) if each.fate != TAKEN_BACK]
    found = uow.submissions.find(name=what)
    if not found and len(what) >= _SHORTEST_PREFIX:
        found = uow.submissions.find(prefix=what.lower())
    found = [each for each in found if each.fate != TAKEN_BACK]
    if not found:
        near = get_close_matches(what, uow.submissions.names(), n=_SHOWN)
        zh, en = (f"；相近的有：{'、'.join(near)}", f"; near it: {', '.join(near)}") if near else ("", "")
        raise CannotUndoError(
            Localized(
                f"没有“{what}”这个批次或来件（写批次的编号，或来件的文件名）{zh}",
                f"there is no run or sheet {what}: give a run's number, or a file's name{en}",
            )
        )
    if len(found) > 1:
        names = "、".join(f"{each.name} {each.sha256[:12]}（{each.day}）" for each in found[:_SHOWN])
        raise CannotUndoError(
            Localized(
                f"“{what}”有 {len(found)} 份来件，请写要撤销的那一份文件名后面的 12 位指纹：{names}",
                f"{what} is {len(found)} sheets: give the 12 letters behind the one you mean: {names}",
            )
        )
    return 0, found


def _built_upon(what: str, key: str, run: int, name: str) -> CannotUndoError:
    return CannotUndoError(
        Localized(
            f"不能撤销“{what}”：“{key}”后来又由第 {run} 批的“{name}”填报过，请先撤销那一份",
            f"{what} cannot be taken back: {name} (run {run}) has built on {key} since; take that back first",
        )
    )


def _no_use_of_roster(uow: UnitOfWork, catalogue: Catalogue, what: str, events: Iterable[Event]) -> None:
    """People and areas by which work was given out since cannot be taken back as if they had never been."""
    names = catalogue.names  # by what names mean nothing is assigned
    roster = {register.code for register in catalogue.roster.registers if register is not names}
    first = min((event.number for event in events if event.register in roster), default=0)
    gone = {event.number for event in events}
    if not first:
        return
    for register in catalogue.registers:
        for event in uow.events.find(register=register.code) if register.code not in roster else ():
            if event.number > first and event.owner and event.number not in gone:
                raise CannotUndoError(
                    Localized(
                        f"不能撤销“{what}”：第 {event.run} 批已按其中的人员和辖区分配（如“{event.key}”）。人员和辖区有误时请另交一份改正的表",
                        f"{what} cannot be taken back: run {event.run} has assigned by its people and areas ({event.key}). "
                        "Drop a corrected roster instead",
                    )
                )


def _take_back(uow: UnitOfWork, planned: Undone, day: date, number: int) -> None:
    numbers = [event.number for event in planned.events]
    hashes = [each.sha256 for each in planned.submissions]
    uow.events.take_back(numbers, number)
    for register, keys in _by_register(planned.events).items():
        standing = {key: fold(uow.events.find(register=register, key=key)) for key in keys}
        uow.records.put(record for record in standing.values() if record is not None)
        uow.records.remove(register, [key for key, record in standing.items() if record is None])
    uow.blocking_keys.look_again(min(numbers, default=0))
    uow.pending_changes.take_back(numbers, planned.undone_run, number)
    uow.findings.take_back(planned.submissions, _keys(planned), planned.undone_run, day, number)
    uow.submissions.forget(hashes)
    uow.papers.forget(hashes)
    uow.runs.finish(number, {"undo": {"run": planned.undone_run, "submissions": hashes, "events": len(numbers)}})


def _keys(planned: Undone) -> set[str]:
    """Return the keys of the records that the sheets spoke of, changed or only said again."""
    said_again = {record.partition("/")[2] for each in planned.submissions for record in each.restated}
    return said_again | {event.key for event in planned.events}


def _by_register(events: Iterable[Event]) -> Mapping[str, Sequence[str]]:
    touched: dict[str, dict[str, None]] = {}
    for event in events:
        touched.setdefault(event.register, {})[event.key] = None
    return {register: list(keys) for register, keys in touched.items()}
