"""Submissions: every sheet that came, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from sqlalchemy import RowMapping, or_, select, update

from pipeline.domain.submission import TAKEN_BACK, Submission
from pipeline.outside.ledger import tables
from pipeline.outside.ledger.statements import SqlStatements, in_parts


class Submissions(SqlStatements):
    """Sheets by the hash of their bytes."""

    def known(self, hashes: Iterable[str]) -> dict[str, Submission]:
        """Return those of *hashes* that were handled before."""
        table = tables.SUBMISSIONS
        return {
            row["sha256"]: _submission(row)
            for part in in_parts(hashes)
            for row in self._connection.execute(select(table).where(table.c.sha256.in_(part))).mappings()
        }

    def with_ignored_rows(self, since: date) -> list[Submission]:
        """Return the files since a day in which rows were left out as no data, newest first."""
        table = tables.SUBMISSIONS
        query = select(table).where(table.c.day >= since).order_by(table.c.run.desc(), table.c.name)
        return [_submission(row) for row in self._connection.execute(query).mappings() if row["ignored"]]

    def add(self, submissions: Iterable[Submission]) -> None:
        """Enter submissions; one that is known already is entered anew."""
        self._upsert(tables.SUBMISSIONS, [asdict(submission) for submission in submissions])

    def forget(self, hashes: Iterable[str]) -> None:
        """Have sheets that were taken back be read again when they are dropped again."""
        table = tables.SUBMISSIONS
        for part in in_parts(hashes):
            self._connection.execute(update(table).where(table.c.sha256.in_(part)).values(fate=TAKEN_BACK))

    def names(self) -> set[str]:
        """Return the names of all that came."""
        return set(self._connection.scalars(select(tables.SUBMISSIONS.c.name).distinct()))

    def find(self, *, run: int = 0, name: str = "", prefix: str = "") -> list[Submission]:
        """Return the submissions of a run, those of a file name, with or without the folder in which the file lay, or those
        whose hash begins with *prefix*.
        """
        table = tables.SUBMISSIONS
        query = select(table).order_by(table.c.run, table.c.name)
        if run:
            query = query.where(table.c.run == run)
        if name:
            query = query.where(or_(table.c.name == name, table.c.name.endswith(f"/{name}", autoescape=True)))
        if prefix:
            query = query.where(table.c.sha256.startswith(prefix, autoescape=True))
        return [_submission(row) for row in self._connection.execute(query).mappings()]

    def restating(self, since: int, but: Iterable[str]) -> dict[str, Submission]:
        """Return by ``register/key`` the newest sheet, from the run *since* on, that said again what stood of that
        record; sheets whose hash is in *but* are left out.
        """
        table = tables.SUBMISSIONS
        query = (
            select(table).where(table.c.run >= since, table.c.fate != TAKEN_BACK).order_by(table.c.run, table.c.name)
        )
        query = query.where(table.c.sha256.not_in(list(but)))
        return {
            record: _submission(row) for row in self._connection.execute(query).mappings() for record in row["restated"]
        }


def _submission(row: RowMapping) -> Submission:
    return Submission(**{name: row[name] for name in Submission.__slots__})
