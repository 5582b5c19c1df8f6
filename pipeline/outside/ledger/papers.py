"""Papers: what each sheet of a sender's own said, column by column, so that what a later one repeats is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, or_, select

from pipeline.domain.paper import OF_WORKLISTS, Paper, PaperRows
from pipeline.outside.ledger import tables
from pipeline.outside.ledger.statements import SqlStatements, in_parts, unpacked

MOST = 40
"""Earlier papers that one is held against, the newest: a list dropped each week for most of a year."""


class Papers(SqlStatements):
    """What submissions said, by submission and form."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._none = False
        """No paper was kept when it was last looked: in a first load each sheet would ask for those before it, of which there are none."""

    def put(self, papers: Iterable[Paper]) -> None:
        """Keep what *papers* said, in place of what was kept of them before."""
        self._none = False
        self._upsert(
            tables.PAPERS,
            [
                {
                    "submission": each.submission,
                    "form": each.form,
                    "made": each.made,
                    "lineage": each.lineage,
                    "author": each.author,
                    "stem": each.stem,
                    "content": self._packed(_plain(each.sheets)),
                }
                for each in papers
            ],
        )

    def related(self, paper: Paper, submissions: Collection[str]) -> list[Paper]:
        """Return the newest papers of the same form that may be *paper* in an earlier state, the oldest first: of its
        lineage, author or name, and those of *submissions*. *paper* itself is among them when it came before.
        """
        if self._is_empty():
            return []
        table = tables.PAPERS.c
        alike = [table.lineage == paper.lineage]
        if paper.author or paper.first_author:
            alike.append(table.author.in_({paper.author, paper.first_author} - {""}))
        if paper.stem:
            alike.append(table.stem == paper.stem)
        queries = [or_(*alike), *(table.submission.in_(part) for part in in_parts(sorted(submissions)))]
        found: dict[str, Paper] = {}
        for condition in queries:
            query = select(tables.PAPERS).where(table.form == paper.form, condition)
            query = query.order_by(table.made.desc(), table.submission).limit(MOST)
            found |= {row["submission"]: _paper(row) for row in self._connection.execute(query).mappings()}
        return sorted(found.values(), key=lambda each: (each.made, each.submission))[-MOST:]

    def _is_empty(self) -> bool:
        self._none = self._none or self._connection.scalar(select(tables.PAPERS.c.submission).limit(1)) is None
        return self._none

    def lineage_of(self, submission: str) -> str:
        """Return the submission of which *submission* is a later copy, itself where it is none: the first of the line."""
        table = tables.PAPERS.c
        query = select(table.lineage).where(table.submission == submission).limit(1)
        return self._connection.scalar(query) or submission

    def made(self, submission: str) -> datetime | None:
        """Return when *submission* was saved by its author; None where nothing is kept of it."""
        table = tables.PAPERS.c
        return self._connection.scalar(select(table.made).where(table.submission == submission).limit(1))

    def of(self, submission: str) -> list[Paper]:
        """Return what *submission* said, form by form."""
        table = tables.PAPERS
        query = select(table).where(table.c.submission == submission).order_by(table.c.form)
        return [_paper(row) for row in self._connection.execute(query).mappings()]

    def forms(self, submissions: Iterable[str]) -> dict[str, set[str]]:
        """Return by which forms those of *submissions* have spoken of which something is kept."""
        table = tables.PAPERS.c
        found: dict[str, set[str]] = defaultdict(set)
        for part in in_parts(submissions):
            query = select(table.submission, table.form).where(table.submission.in_(part))
            for row in self._connection.execute(query):
                found[row.submission].add(row.form)
        return found

    def worklists(self, submissions: Iterable[str]) -> set[str]:
        """Return those of *submissions* that are worklists."""
        return self._kept(submissions, tables.PAPERS.c.form.startswith(OF_WORKLISTS))

    def own_lists(self, submissions: Iterable[str]) -> set[str]:
        """Return those of *submissions* that are lists of their senders' own."""
        return self._kept(submissions, ~tables.PAPERS.c.form.startswith(OF_WORKLISTS))

    def _kept(self, submissions: Iterable[str], condition: ColumnElement[bool]) -> set[str]:
        table = tables.PAPERS.c
        return {
            submission
            for part in in_parts(submissions)
            for submission in self._connection.scalars(
                select(table.submission).where(table.submission.in_(part), condition)
            )
        }

    def authors(self, submissions: Iterable[str]) -> dict[str, str]:
        """Return who filled those of *submissions* that name one person, by submission."""
        return self._authors(submissions, ~tables.PAPERS.c.form.startswith(OF_WORKLISTS))

    def carriers(self, submissions: Iterable[str]) -> dict[str, str]:
        """Return the staff number of whose worklist it is, for those of *submissions* that are worklists."""
        return self._authors(submissions, tables.PAPERS.c.form.startswith(OF_WORKLISTS))

    def _authors(self, submissions: Iterable[str], condition: ColumnElement[bool]) -> dict[str, str]:
        table = tables.PAPERS.c
        return {
            row.submission: row.author
            for part in in_parts(submissions)
            for row in self._connection.execute(
                select(table.submission, table.author).where(table.submission.in_(part), table.author != "", condition)
            )
        }

    def forget(self, submissions: Iterable[str]) -> None:
        """Strike the papers of submissions that were taken back: what they said was never said."""
        for part in in_parts(submissions):
            self._connection.execute(delete(tables.PAPERS).where(tables.PAPERS.c.submission.in_(part)))


def _plain(sheets: Iterable[PaperRows]) -> list[dict[str, Any]]:
    return [
        {
            "sheet": each.sheet,
            "keys": list(each.keys),
            "rows": list(each.rows),
            "taken": "".join("01"[taken] for taken in each.taken),
            "columns": {code: list(texts) for code, texts in each.columns.items()},
        }
        for each in sheets
    ]


def _paper(row: RowMapping) -> Paper:
    plain: list[dict[str, Any]] = unpacked(row["content"])
    return Paper(
        submission=row["submission"],
        form=row["form"],
        made=row["made"],
        lineage=row["lineage"],
        author=row["author"],
        stem=row["stem"],
        sheets=tuple(
            PaperRows(
                each["sheet"], each["keys"], each["rows"], each["columns"], tuple(sign == "1" for sign in each["taken"])
            )
            for each in plain
        ),
    )
