"""The one place where events are made: who, when, in which run, and what the record held before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from pipeline.domain.record import Event, RecordState
from schemas.language import StoredValues

_NOTHING: StoredValues = {}
_NO_TEXTS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class EventFactory:
    """Makes the events of one *register* (its code) in one run.

    An event opens its record exactly where there was none before it, and always tells what the changed fields held. Its
    number is 0 where the ledger is to give it later.
    """

    register: str
    day: date
    run: int

    def by_program(
        self,
        key: str,
        before: RecordState | None,
        values: StoredValues,
        *,
        state: str = "",
        owner: str | None = None,
        area: str | None = None,
        due: date | None = None,
        why: str = "",
        reason: str | None = None,
        number: int = 0,
    ) -> Event:
        """Return what the program itself does to the record *key*, which stood as *before* (None when it is new)."""
        held = before.values if before else _NOTHING
        return Event(
            register=self.register,
            key=key,
            form="",
            values=values,
            cells={},
            before={code: held[code] for code in values if code in held},
            state=state,
            owner=owner,
            area=area,
            due=due,
            why=why,
            reason=reason,
            on=self.day,
            opens=before is None,
            number=number,
            run=self.run,
        )

    def by_row(
        self,
        key: str,
        before: RecordState | None,
        values: StoredValues,
        *,
        form: str,
        cells: Mapping[str, str],
        submission: str,
        file: str,
        sheet: str,
        actor: str,
        number: int,
        state: str = "",
        reason: str | None = None,
        notes: Mapping[str, str] = _NO_TEXTS,
        action: StoredValues = _NOTHING,
    ) -> Event:
        """Return what a row of *form* does to the record *key*: by whom, and where on which sheet it stood."""
        return replace(
            self.by_program(key, before, values, state=state, reason=reason, number=number),
            form=form,
            cells=cells,
            submission=submission,
            file=file,
            sheet=sheet,
            actor=actor,
            notes=notes,
            action=action,
        )
