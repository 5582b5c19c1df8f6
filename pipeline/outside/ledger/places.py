"""Places: each file and sheet once, under a number by which all that stood there refers to it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import insert, select

from pipeline.outside.ledger import tables
from pipeline.outside.ledger.postgres import without_sign_nul
from pipeline.outside.ledger.statements import SqlStatements, in_parts


class Places(SqlStatements):
    """Numbers by file and sheet."""

    def numbers(self, named: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """Return the number of each file and sheet; those that are new are given one."""
        table = tables.PLACES.c
        found: dict[tuple[str, str], int] = {}
        for part in in_parts(sorted({file for file, _ in named})):
            query = select(table.file, table.sheet, table.number).where(table.file.in_(part))
            found |= {(file, sheet): number for file, sheet, number in self._connection.execute(query)}
        kept = {each: self._as_kept(each) for each in named}
        lacking = sorted(set(kept.values()) - found.keys())
        if lacking:
            first = self._next(tables.PLACES)
            new = {each: number for number, each in enumerate(lacking, first)}
            rows = [{"number": number, "file": file, "sheet": sheet} for (file, sheet), number in new.items()]
            self._connection.execute(insert(tables.PLACES), rows)
            found |= new
        return {each: found[as_kept] for each, as_kept in kept.items()}

    def _as_kept(self, named: tuple[str, str]) -> tuple[str, str]:
        file, sheet = named
        return (without_sign_nul(file), without_sign_nul(sheet)) if self._connection.dialect.name != "sqlite" else named
