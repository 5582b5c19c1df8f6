"""Runs: when they were, and what each did."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import insert, select, update

from pipeline.domain.json_values import JsonRead
from pipeline.domain.trends import RunSeen
from pipeline.outside.ledger import tables
from pipeline.outside.ledger.statements import SqlStatements


class Runs(SqlStatements):
    """Every run, with its tally."""

    def start(self, day: date, started: datetime, number: int = 0) -> int:
        """Enter a run and return its number: the next one, or the one that is given."""
        number = number or self._next(tables.RUNS)
        self._connection.execute(insert(tables.RUNS).values(number=number, day=day, started=started))
        return number

    def finish(self, number: int, tally: JsonRead) -> None:
        """Keep what the run did; what was kept of it before under other names stays."""
        runs = tables.RUNS
        kept = self._connection.scalar(select(runs.c.tally).where(runs.c.number == number)) or {}
        self._connection.execute(update(runs).where(runs.c.number == number).values(tally={**kept, **tally}))

    def after(self, after: int) -> Iterator[tuple[int, date, datetime, JsonRead]]:
        """Return number, day, start and what was done of the runs *after* that number, oldest first."""
        runs = tables.RUNS.c
        query = select(tables.RUNS).where(runs.number > after).order_by(runs.number)
        for row in self._connection.execute(query):
            yield row.number, row.day, row.started, row.tally or {}

    def summaries(self) -> Iterator[tuple[int, JsonRead]]:
        """Return number and tally of the runs that have one, newest first."""
        runs = tables.RUNS.c
        for row in self._connection.execute(select(runs.number, runs.tally).order_by(runs.number.desc())):
            if row.tally:
                yield row.number, row.tally

    def with_news(self, most: int, until: int | None = None) -> list[RunSeen]:
        """Return the last runs that read or refused a file, newest first: *most*, or as many as there were that day;
        those *until* a run alone.
        """
        runs = tables.RUNS.c
        query = select(runs.number, runs.day, runs.tally).order_by(runs.number.desc())
        found: list[RunSeen] = []
        for row in self._connection.execute(query if until is None else query.where(runs.number <= until)):
            if len(found) >= most and row.day != found[0].day:
                break
            files = (row.tally or {}).get("files", {})
            if files.get("read", 0) + files.get("refused", 0):
                found.append(RunSeen(row.number, row.day, row.tally))
        return found

    def last(self) -> tuple[int, date] | None:
        """Return number and day of the last run, or None."""
        runs = tables.RUNS.c
        row = self._connection.execute(select(runs.number, runs.day).order_by(runs.number.desc()).limit(1)).first()
        return (row.number, row.day) if row else None

    def last_until(self, day: date) -> tuple[int, date, datetime] | None:
        """Return number, day and start of the last run up to the end of *day*, None when there was none."""
        query = select(tables.RUNS).where(tables.RUNS.c.day <= day).order_by(tables.RUNS.c.number.desc()).limit(1)
        row = self._connection.execute(query).first()
        return (row.number, row.day, row.started) if row else None

    def days(self) -> dict[int, date]:
        """Return the day of every run by its number."""
        return {
            row.number: row.day for row in self._connection.execute(select(tables.RUNS.c.number, tables.RUNS.c.day))
        }
