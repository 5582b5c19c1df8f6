"""Findings: what is wrong, whose it is, since when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, RowMapping, case, insert, or_, select, type_coerce, update

from pipeline.domain.finding import Finding, OpenFinding, identity
from pipeline.domain.json_values import JsonRead
from pipeline.domain.submission import Submission
from pipeline.domain.trends import FindingSeen
from pipeline.outside.ledger import tables
from pipeline.outside.ledger.statements import SqlStatements, in_parts
from schemas.language import Severity

_NOTED = "noted"
_RENEWED = (*Finding.__slots__, "owner")
"""What of a finding a run may find to be otherwise."""


class Findings(SqlStatements):
    """Findings by their numbers; an open one has no day on which it was closed."""

    def open(self) -> list[OpenFinding]:
        """Return what waits to be mended, oldest first."""
        table = tables.FINDINGS
        query = select(table).where(table.c.closed.is_(None)).order_by(table.c.number)
        return [_open_finding(row) for row in self._connection.execute(query).mappings()]

    def about(self, submissions: Iterable[str]) -> list[tuple[Finding, bool]]:
        """Return what was ever found on *submissions*, and whether it still waits to be mended."""
        table = tables.FINDINGS
        return [
            (_open_finding(row).finding, row["closed"] is None)
            for part in in_parts(submissions)
            for row in self._connection.execute(select(table).where(table.c.submission.in_(part))).mappings()
        ]

    def add(self, findings: Iterable[tuple[Finding, str]], day: date, run: int) -> list[OpenFinding]:
        """Enter findings, each with its owner, and return them numbered."""
        first = self._next(tables.FINDINGS)
        entered = [OpenFinding(first + at, finding, owner, day) for at, (finding, owner) in enumerate(findings)]
        rows = [
            {**_finding_row(each.finding), "number": each.number, "owner": each.owner, "opened": day, "opened_run": run}
            for each in entered
        ]
        if rows:
            self._connection.execute(insert(tables.FINDINGS), rows)
        return entered

    def renew(self, findings: Iterable[OpenFinding], run: int) -> None:
        """Write open findings whose words, place or owner has changed; their age stays, and how they stood before *run*."""
        renewed = list(findings)
        self._keep_past({each.number for each in renewed}, run)
        for each in renewed:
            table = tables.FINDINGS
            self._connection.execute(
                update(table)
                .where(table.c.number == each.number)
                .values(**_finding_row(each.finding), owner=each.owner)
            )

    def close(self, numbers: Iterable[int], day: date, run: int) -> None:
        """Close findings that were mended or have lapsed."""
        table = tables.FINDINGS
        for part in in_parts(numbers):
            self._connection.execute(update(table).where(table.c.number.in_(part)).values(closed=day, closed_run=run))

    def note(self, numbers: Iterable[int], day: date, run: int) -> None:
        """Close findings whose owner wants to hear no more of them: raised again as they are, they stay closed."""
        table = tables.FINDINGS
        for part in in_parts(numbers):
            closing = update(table).where(table.c.number.in_(part), table.c.closed.is_(None))
            self._connection.execute(closing.values(closed=day, closed_run=run, answer=_NOTED))

    def noted(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return those of *findings*, by identity, to which their owner has said so, as they were then."""
        table = tables.FINDINGS
        return [
            _open_finding(row).finding
            for part in in_parts({identity(each) for each in findings})
            for row in self._connection.execute(
                select(table).where(table.c.identity.in_(part), table.c.answer == _NOTED)
            ).mappings()
        ]

    def closed(self, about: Iterable[tuple[str, ...]]) -> list[Finding]:
        """Return what was told and is over, by rule, form and key: of each of those triples in *about*."""
        table, wanted = tables.FINDINGS, set(about)
        found = [
            _open_finding(row).finding
            for part in in_parts({key for _, _, key in wanted})
            for row in self._connection.execute(
                select(table).where(
                    table.c.closed.is_not(None),
                    table.c.key.in_(part),
                    table.c.rule.in_({rule for rule, _, _ in wanted}),
                )
            ).mappings()
        ]
        return [each for each in found if (each.rule, each.form, each.key) in wanted]

    def take_back(
        self, submissions: Sequence[Submission], keys: Iterable[str], undone: int, day: date, run: int
    ) -> None:
        """Close what was told of *submissions* or first in the run *undone* (0: of no run), and open again what that
        run had closed, or what *submissions* had: findings about the records of these *keys*, or about their file.
        """
        table = tables.FINDINGS
        hashes = [each.sha256 for each in submissions]
        told = select(table.c.number).where(
            table.c.closed.is_(None), or_(table.c.submission.in_(hashes), table.c.opened_run == undone)
        )
        self.close(self._connection.scalars(told).all(), day, run)
        again = update(table).values(closed=None, closed_run=None, answer="")
        self._connection.execute(again.where(table.c.closed_run == undone))
        if undone:
            return
        mended = again.where(
            table.c.closed_run.in_({each.run for each in submissions}), table.c.submission.not_in(hashes)
        )
        self._connection.execute(mended.where(table.c.file.in_({each.name for each in submissions})))
        for part in in_parts(keys):
            self._connection.execute(mended.where(table.c.key.in_(part)))

    def open_after(self, run: int) -> list[OpenFinding]:
        """Return what waited to be mended when *run* had ended, oldest first."""
        table = tables.FINDINGS
        closed_later = or_(table.c.closed.is_(None), table.c.closed_run > run)
        query = select(table).where(table.c.opened_run <= run, closed_later).order_by(table.c.number)
        past = self._past_after(run)
        return [
            _open_finding({**row, **past.get(row["number"], {})}) for row in self._connection.execute(query).mappings()
        ]

    def _keep_past(self, numbers: Iterable[int], run: int) -> None:
        table, past = tables.FINDINGS, tables.PAST_FINDINGS
        for part in in_parts(numbers):
            kept = set(
                self._connection.scalars(
                    select(past.c.number).where(past.c.number.in_(part), past.c.renewed_run == run)
                )
            )
            rows = self._connection.execute(select(table).where(table.c.number.in_(set(part) - kept))).mappings()
            before = [
                {"number": row["number"], "renewed_run": run, "finding": {name: row[name] for name in _RENEWED}}
                for row in rows
            ]
            if before:
                self._connection.execute(insert(past), before)

    def _past_after(self, run: int) -> dict[int, JsonRead]:
        """Return by number what findings said when *run* had ended and do not say any more."""
        past = tables.PAST_FINDINGS
        later = select(past).where(past.c.renewed_run > run).order_by(past.c.renewed_run.desc())
        return {row["number"]: row["finding"] for row in self._connection.execute(later).mappings()}

    def seen(self, since: date, run: int | None = None) -> list[FindingSeen]:
        """Return the errors and warnings opened or closed since a day, and those still open; as of the end of *run*."""
        table = tables.FINDINGS.c
        closed: ColumnElement[date | None] = (
            table.closed if run is None else case((table.closed_run <= run, table.closed))
        )
        query = select(table.rule, table.owner, table.opened, type_coerce(closed, Date)).where(
            table.severity != Severity.REPAIR.value,
            or_(closed.is_(None), closed >= since, table.opened >= since),
        )
        if run is not None:
            query = query.where(table.opened_run <= run)
        return [FindingSeen(*row) for row in self._connection.execute(query)]


def _finding_row(finding: Finding) -> JsonRead:
    return {
        **{name: getattr(finding, name) for name in Finding.__slots__ if name != "details"},
        "details": [list(pair) for pair in finding.details],
        "identity": identity(finding),
    }


def _open_finding(row: Mapping[str, Any] | RowMapping) -> OpenFinding:
    plain = {name: row[name] for name in Finding.__slots__ if name not in {"details", "severity"}}
    details = tuple((name, text) for name, text in row["details"])
    finding = Finding(severity=Severity(row["severity"]), details=details, **plain)
    return OpenFinding(row["number"], finding, row["owner"], row["opened"])
