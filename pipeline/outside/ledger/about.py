"""What is said of the ledger as a whole: whose it is, and what the last run was made from when it found nothing new."""

from __future__ import annotations

import json

from sqlalchemy import delete, select

from pipeline.domain.json_values import JsonRead
from pipeline.outside.ledger import tables
from pipeline.outside.ledger.statements import SqlStatements, to_json

_OFFICE = "office"
_UNCHANGED = "unchanged"


class About(SqlStatements):
    """What is said of the ledger as a whole."""

    def office(self) -> str:
        """Return the identity of the office whose books these are, "" where none was given yet."""
        return self._value(_OFFICE)

    def set_office(self, identity: str) -> None:
        """Say whose books these are."""
        self._upsert(tables.ABOUT, [{"name": _OFFICE, "value": identity}])

    def unchanged(self) -> JsonRead | None:
        """Return what the last run left because it found nothing new; None when it did, or another command wrote since."""
        kept = self._value(_UNCHANGED)
        return json.loads(kept) if kept else None

    def set_unchanged(self, kept: JsonRead | None) -> None:
        """Keep what a run leaves that found nothing new; None forgets it."""
        if kept is not None:
            self._upsert(tables.ABOUT, [{"name": _UNCHANGED, "value": to_json(kept)}])
        elif self._value(_UNCHANGED):
            self._connection.execute(delete(tables.ABOUT).where(tables.ABOUT.c.name == _UNCHANGED))

    def _value(self, name: str) -> str:
        table = tables.ABOUT.c
        return str(self._connection.scalar(select(table.value).where(table.name == name)) or "")
