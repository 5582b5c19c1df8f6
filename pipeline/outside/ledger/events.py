"""Events: all that was ever done to a record. None is changed or removed; one may be taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from functools import partial
from operator import itemgetter

from sqlalchemy import ColumnElement, Connection, case, func, insert, select, update

from pipeline.domain.json_values import JsonRead
from pipeline.domain.position import Position
from pipeline.domain.record import Event
from pipeline.outside.ledger import tables
from pipeline.outside.ledger.origins import Origins
from pipeline.outside.ledger.statements import SqlStatements, in_parts


class Events(SqlStatements):
    """Events by their numbers, which ascend."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._opened: set[str] | None = None
        """The registers of which a record may have been opened: of all that are declared an office uses few."""
        self._none = False
        """No event was entered when it was last looked: a first load."""

    def last_number(self) -> int:
        """Return the number of the newest event, 0 when there is none."""
        return self._next(tables.EVENTS) - 1

    def add(self, events: Iterable[Event]) -> None:
        """Enter numbered events."""
        every = list(events)
        kept = Origins(self._connection).keep(every)
        if every:
            self._opened, self._none = None, False
        rows = (_event_row(each, *origin) for each, origin in zip(every, kept, strict=True))
        if every and not self._driven("INSERT INTO", tables.EVENTS, rows):
            self._connection.execute(insert(tables.EVENTS), list(rows))

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
        events, origins = tables.EVENTS.c, tables.ORIGINS.c
        asked: list[ColumnElement[bool]] = []
        if not undone:
            asked.append(events.undone.is_(None))
        if run:
            asked.append(events.run == run)
        if register:
            asked.append(events.register == register)
        if key:
            asked.append(events.key == key)
        if changes:
            asked.append(tables.LATER)
        of: list[ColumnElement[bool]] = []
        if submission:
            of.append(origins.submission == submission)
        if since:
            of.append(origins.day >= since)
        if forms is not None:
            of.append(origins.form.in_(forms))
        if changes:
            of.append(origins.form != "")
        if of:
            asked.append(_from(*of))
        return self._find(*asked)

    def _find(self, *asked: ColumnElement[bool]) -> list[Event]:
        # put in order here: SQLite would rather go through all in their order than sort the few that are asked for
        found = self._connection.execute(select(tables.EVENTS).where(*asked)).mappings()
        rows = sorted(found, key=itemgetter("number"))
        origins = Origins(self._connection).get(row["origin"] for row in rows)
        return [origins[row["origin"]].event(row) for row in rows]

    def openings(self, register: str, since: date) -> list[Event]:
        """Return the events since a day that opened records of *register*, by sheets or by the program."""
        events, origins = tables.EVENTS.c, tables.ORIGINS.c
        return self._find(
            tables.OPENINGS, events.register == register, events.undone.is_(None), _from(origins.day >= since)
        )

    def changed_hands(self, since: date) -> list[Event]:
        """Return the events since a day by which the program gave somebody what waited as it was before."""
        events, origins = tables.EVENTS.c, tables.ORIGINS.c
        by_program = _from(origins.day >= since, origins.form == "")
        return self._find(tables.LATER, by_program, events.owner != "", events.state == "")

    def undone_by_run(self, run: int) -> list[Event]:
        """Return the events that *run* took back."""
        return self._find(tables.EVENTS.c.undone == run)

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
        events, origins = tables.EVENTS.c, tables.ORIGINS.c
        found: set[str] = set()
        self._none = self._none or not self.last_number()
        for part in () if self._none else in_parts(keys):
            query = select(origins.submission).join(tables.EVENTS, events.origin == origins.number)
            query = query.where(
                events.register == register, events.key.in_(part), events.undone.is_(None), origins.submission != ""
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
        events, origins = tables.EVENTS.c, tables.ORIGINS.c
        query = (
            select(origins.actor, func.count())
            .join(tables.EVENTS, events.origin == origins.number)
            .where(tables.LATER, origins.day >= since, origins.form != "", events.state != "", origins.actor != "")
            .group_by(origins.actor)
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


def _from(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that an event is of an origin that meets all *conditions*."""
    return tables.EVENTS.c.origin.in_(select(tables.ORIGINS.c.number).where(*conditions))


def _event_row(each: Event, origin: int, at: int) -> JsonRead:
    return {
        "number": each.number,
        "run": each.run,
        "register": each.register,
        "key": each.key,
        "state": each.state,
        "owner": each.owner,
        "origin": origin,
        "at": at,
        "opens": int(each.opens),
        "undone": each.undone,
    }
