"""Events: all that was ever done to a record. None is changed or removed; one may be taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from functools import partial
from operator import itemgetter

from sqlalchemy import ColumnElement, Connection, RowMapping, case, func, insert, select, update

from pipeline.domain.json_values import JsonRead
from pipeline.domain.position import Position
from pipeline.domain.record import Event
from pipeline.outside.ledger import tables
from pipeline.outside.ledger.statements import SqlStatements, in_parts

_BODY = {"values": "values", "cells": "cells", "before": "before", "notes": "notes", "action": "deed"}
"""Attributes of an event by the name under which the ledger has kept them since its first version."""


class Events(SqlStatements):
    """Events by their numbers, which ascend."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._opened: set[str] | None = None
        """The registers of which a record may have been opened: of all that are declared an office uses few."""

    def last_number(self) -> int:
        """Return the number of the newest event, 0 when there is none."""
        return self._next(tables.EVENTS) - 1

    def add(self, events: Iterable[Event]) -> None:
        """Enter numbered events."""
        rows = [_event_row(each) for each in events]
        if rows:
            self._opened = None
        if rows and not self._driven("INSERT INTO", tables.EVENTS, rows):
            self._connection.execute(insert(tables.EVENTS), rows)

    def find(
        self,
        *,
        register: str = "",
        key: str = "",
        since: date | None = None,
        changes: bool = False,
        run: int = 0,
        submission: str = "",
        forms: Collection[str] | None = None,
        undone: bool = False,
    ) -> list[Event]:
        """Return events in order: of one register, of one record, since a day, of a run, of a submission, of rows of some
        *forms*, or only those by which sheets changed what was known. Those that were taken back are left out unless *undone*.
        """
        table = tables.EVENTS
        query = select(table)
        if not undone:
            query = query.where(table.c.undone.is_(None))
        if run:
            query = query.where(table.c.run == run)
        if submission:
            query = query.where(table.c.submission == submission)
        if register:
            query = query.where(table.c.register == register)
        if key:
            query = query.where(table.c.key == key)
        if since:
            query = query.where(table.c.day >= since)
        if forms is not None:
            query = query.where(table.c.form.in_(forms))
        if changes:
            query = query.where(tables.CHANGES)
        # put in order here: SQLite would rather go through all in their order than sort the few that are asked for
        rows = sorted(self._connection.execute(query).mappings(), key=itemgetter("number"))
        return [_event(row) for row in rows]

    def changed_hands(self, since: date) -> list[Event]:
        """Return the events since a day by which the program gave somebody what waited as it was before."""
        table = tables.EVENTS
        query = select(table).where(table.c.day >= since, tables.HANDED_ON)
        return [_event(row) for row in sorted(self._connection.execute(query).mappings(), key=itemgetter("number"))]

    def undone_by_run(self, run: int) -> list[Event]:
        """Return the events that *run* took back."""
        query = select(tables.EVENTS).where(tables.EVENTS.c.undone == run)
        return [_event(row) for row in sorted(self._connection.execute(query).mappings(), key=itemgetter("number"))]

    def exist_for_run(self, run: int) -> bool:
        """Tell whether *run* left any event, taken back or not."""
        return (
            self._connection.scalar(select(tables.EVENTS.c.number).where(tables.EVENTS.c.run == run).limit(1))
            is not None
        )

    def keys_changed(self, register: str, after: int, undone_after: int) -> set[str]:
        """Return the keys of records of *register* with events later than number *after*, or that a run later than
        *undone_after* took back.
        """
        events = tables.EVENTS.c
        moved = partial(keys_of, self._connection, register)
        return moved(events.number > after) | moved(events.undone > undone_after)

    def submissions_of(self, register: str, keys: Iterable[str]) -> set[str]:
        """Return the submissions that left an event of one of the records *keys*; those taken back left out."""
        events = tables.EVENTS.c
        found: set[str] = set()
        for part in in_parts(keys):
            query = select(events.submission).where(
                events.register == register, events.key.in_(part), events.undone.is_(None), events.submission != ""
            )
            found.update(self._connection.scalars(query.distinct()))
        return found

    def count_openings(self, register: str, at: Position | None = None) -> tuple[int, int]:
        """Return how many records of *register* sheets have opened, and how many of those were taken back; *at* a
        position, how many had been by then.
        """
        if self._opened is None:
            self._opened = self._registers_in(tables.EVENTS, tables.OPENINGS)
        if register not in self._opened:
            return 0, 0
        events = tables.EVENTS.c
        undone = events.undone if at is None else case((events.undone <= at.undone, events.undone))
        query = select(func.count(), func.count(undone)).where(events.register == register, tables.OPENINGS)
        if at is not None:
            query = query.where(events.number <= at.event)
        opened, taken_back = self._connection.execute(query).one()
        return int(opened), int(taken_back)

    def count_steps(self, since: date) -> dict[str, int]:
        """Return by actor's name how many steps led records from state to state since a day."""
        table = tables.EVENTS.c
        query = (
            select(table.actor, func.count())
            .where(tables.CHANGES, table.day >= since, table.state != "", table.actor != "")
            .group_by(table.actor)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def position(self, run: int | None = None) -> Position:
        """Return how the books stand, or stood when *run* had ended: after which event, and the last run that took any
        back.
        """
        events = tables.EVENTS.c
        taken_back = select(func.max(events.undone)).where(tables.TAKEN_BACK)
        if run is None:
            return Position(self.last_number(), self._connection.scalar(taken_back) or 0)
        last = select(func.max(events.number)).where(events.run <= run)
        taken_back = taken_back.where(events.undone <= run)
        return Position(self._connection.scalar(last) or 0, self._connection.scalar(taken_back) or 0)

    def take_back(self, numbers: Iterable[int], run: int) -> None:
        """Mark events as taken back by *run*: they count no more and stay for the history."""
        table = tables.EVENTS
        for part in in_parts(numbers):
            self._connection.execute(update(table).where(table.c.number.in_(part)).values(undone=run))


def keys_of(connection: Connection, register: str, condition: ColumnElement[bool]) -> set[str]:
    """Return the keys of records of *register* with an event that meets *condition*, which few do.

    Told to look for those of *register*, SQLite would go through all of it.
    """
    query = select(tables.EVENTS.c.register, tables.EVENTS.c.key).where(condition)
    return {key for of, key in connection.execute(query) if of == register}


def _event_row(each: Event) -> JsonRead:
    return {
        "number": each.number,
        "run": each.run,
        "register": each.register,
        "key": each.key,
        "form": each.form,
        "body": {kept: dict(held) for name, kept in _BODY.items() if (held := getattr(each, name))},
        "state": each.state,
        "owner": each.owner,
        "area": each.area,
        "due": each.due,
        "why": each.why,
        "reason": each.reason,
        "submission": each.submission,
        "file": each.file,
        "sheet": each.sheet,
        "actor": each.actor,
        "day": each.on,
        "opens": int(each.opens),
        "undone": each.undone,
    }


def _event(row: RowMapping) -> Event:
    plain = {name: row[name] for name in Event.__slots__ if name not in {*_BODY, "on", "opens"}}
    body = {name: row["body"].get(kept, {}) for name, kept in _BODY.items()}
    return Event(on=row["day"], opens=bool(row["opens"]), **body, **plain)
