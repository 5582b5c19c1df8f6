"""Whose ledger it is."""

from __future__ import annotations

from sqlalchemy import select

from pipeline.outside.ledger import tables
from pipeline.outside.ledger.statements import SqlStatements

_OFFICE = "office"


class About(SqlStatements):
    """What is said of the ledger as a whole."""

    def office(self) -> str:
        """Return the identity of the office whose books these are, "" where none was given yet."""
        table = tables.ABOUT.c
        return str(self._connection.scalar(select(table.value).where(table.name == _OFFICE)) or "")

    def set_office(self, identity: str) -> None:
        """Say whose books these are."""
        self._upsert(tables.ABOUT, [{"name": _OFFICE, "value": identity}])
