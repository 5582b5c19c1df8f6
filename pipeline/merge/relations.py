"""What a registration tells beside its fields: that it renews an older record, or that a record has another owner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pipeline.domain.finding import Finding
from pipeline.domain.record import Entry, Event, Record
from pipeline.merge.recognise_renewal import Predecessor, predecessor
from pipeline.merge.tell import tell, title_of
from schemas.language import Form, Register, Succession, Transfer, Words


@dataclass(slots=True)
class Relations:
    """The records of one register by what tells one person from another.

    ``entries`` are the merge's own and are led forward by it; each one that changes must be told here (``know``).
    """

    register: Register
    entries: Mapping[str, Entry]
    numbers: Iterator[int]
    day: date
    _relatives: dict[tuple[str, Any], dict[str, None]] = field(default_factory=dict)
    """Keys by identifying field and value."""

    def know(self, entry: Entry) -> None:
        """Remember what identifies *entry*."""
        for code in self.register.succession.same if self.register.succession else ():
            if entry.values.get(code):
                self._relatives.setdefault((code, entry.values[code]), {})[entry.key] = None

    def recognise(self, record: Record, entry: Entry | None, changed: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields that *record*, a registration, gives to its record (*entry*, None when it is new)."""
        succession, transfer = self.register.succession, self.register.transfer
        if entry is None:
            older = self._older(record)
            return {succession.previous.code: older.entry.key} if succession and older else {}
        if transfer and all(code in changed and code in entry.values for code in transfer.fields):
            return {transfer.day.code: self.day.isoformat()}
        return {}

    def follow_up(self, form: Form, record: Record, event: Event) -> tuple[list[Event], list[Finding]]:
        """Return what *event* brings with it: the end of the older record, a word to whoever should look."""
        succession, transfer = self.register.succession, self.register.transfer
        findings = []
        if transfer and transfer.day.code in event.values:
            findings.append(self._transferred(form, record, event, transfer))
        older = self._older(record) if succession and event.opens else None
        if succession is None or older is None:
            return [], findings
        return [self._ended(older, event, succession)], [*findings, self._renewed(form, record, older, succession)]

    def _older(self, record: Record) -> Predecessor | None:
        codes = self.register.succession.same if self.register.succession else ()
        related = {key: None for code in codes for key in self._relatives.get((code, record.values.get(code)), ())}
        candidates = [self.entries[key] for key in related if key != record.key]
        return predecessor(self.register, record.values, candidates, self.day)

    def _ended(self, older: Predecessor, event: Event, succession: Succession) -> Event:
        """The older record goes to its end by the very row that opened the newer one, and comes back with its undoing."""
        code = succession.following.code
        return replace(
            event,
            key=older.entry.key,
            values={code: event.key},
            cells={code: event.cells.get(self.register.key.code, "")},
            before={},
            state=succession.state,
            opens=False,
            number=next(self.numbers),
            notes={},
        )

    def _renewed(self, form: Form, record: Record, older: Predecessor, succession: Succession) -> Finding:
        state = self.register.state(succession.state)
        return tell(
            "record.renewed",
            form,
            record,
            form.key.code,
            title=title_of(self.register, self.entries[record.key]),
            previous=older.entry.key,
            because=older.because,
            state=state.words if state else Words("", ""),
        )

    def _transferred(self, form: Form, record: Record, event: Event, transfer: Transfer) -> Finding:
        shown = [code for code in transfer.fields if not form.field(code).private]
        return tell(
            "record.transferred",
            form,
            record,
            transfer.fields[0],
            title=title_of(self.register, self.entries[record.key]),
            owners="、".join(f"{event.before[code]} → {event.values[code]}" for code in shown),
            what=transfer.day.label,
        )
