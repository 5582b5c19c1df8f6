"""What a registration tells beside its fields: that it renews an older record, or that a record has another owner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.domain.event_factory import EventFactory
from pipeline.domain.finding import Finding
from pipeline.domain.finding_at import finding_at
from pipeline.domain.record import Event, Record, RecordState
from pipeline.domain.record_title import title_or_key
from pipeline.merge.recognise_renewal import Predecessor, predecessor
from schemas.language import Form, Localized, Register, Renewal, Stored, StoredValues, Transfer


@dataclass(slots=True)
class Relations:
    """The records of one register by what tells one person from another.

    ``entries`` are the merge's own and are led forward by it; each one that changes must be told here (``know``).
    """

    register: Register
    entries: Mapping[str, RecordState]
    numbers: Iterator[int]
    day: date
    _relatives: dict[tuple[str, object], dict[str, None]] = field(default_factory=dict)
    """Keys by identifying field and value."""

    def know(self, entry: RecordState) -> None:
        """Remember what identifies *entry*."""
        for code in self.register.renewal.same if self.register.renewal else ():
            if entry.values.get(code):
                self._relatives.setdefault((code, entry.values[code]), {})[entry.key] = None

    def recognise(self, record: Record, entry: RecordState | None, changed: StoredValues) -> dict[str, Stored]:
        """Return the fields that *record*, a registration, gives to its record (*entry*, None when it is new)."""
        renewal, transfer = self.register.renewal, self.register.transfer
        if entry is None:
            older = self._older(record)
            return {renewal.previous.code: older.entry.key} if renewal and older else {}
        if transfer and all(code in changed and code in entry.values for code in transfer.fields):
            return {transfer.day.code: self.day.isoformat()}
        return {}

    def follow_up(self, form: Form, record: Record, event: Event) -> tuple[list[Event], list[Finding]]:
        """Return what *event* brings with it: the end of the older record, a word to whoever should look."""
        renewal, transfer = self.register.renewal, self.register.transfer
        findings = []
        if transfer and transfer.day.code in event.values:
            findings.append(self._transferred(form, record, event, transfer))
        older = self._older(record) if renewal and event.opens else None
        if renewal is None or older is None:
            return [], findings
        return [self._ended(older, event, renewal)], [*findings, self._renewed(form, record, older, renewal)]

    def _older(self, record: Record) -> Predecessor | None:
        codes = self.register.renewal.same if self.register.renewal else ()
        related = {key: None for code in codes for key in self._relatives.get((code, record.values.get(code)), ())}
        candidates = [self.entries[key] for key in related if key != record.key]
        return predecessor(self.register, record.values, candidates, self.day)

    def _ended(self, older: Predecessor, event: Event, renewal: Renewal) -> Event:
        """The older record goes to its end by the very row that opened the newer one, and comes back with its undoing."""
        code = renewal.following.code
        return EventFactory(self.register.code, self.day, event.run).by_row(
            older.entry.key,
            older.entry,
            {code: event.key},
            form=event.form,
            cells={code: event.cells.get(self.register.key.code, "")},
            submission=event.submission,
            file=event.file,
            sheet=event.sheet,
            actor=event.actor,
            number=next(self.numbers),
            state=renewal.state,
        )

    def _renewed(self, form: Form, record: Record, older: Predecessor, renewal: Renewal) -> Finding:
        state = self.register.state(renewal.state)
        return finding_at(
            "record.renewed",
            form,
            record,
            form.key.code,
            title=title_or_key(self.register, self.entries[record.key]),
            previous=older.entry.key,
            because=older.because,
            state=state.words if state else Localized("", ""),
        )

    def _transferred(self, form: Form, record: Record, event: Event, transfer: Transfer) -> Finding:
        shown = [code for code in transfer.fields if not form.field(code).private]
        return finding_at(
            "record.transferred",
            form,
            record,
            transfer.fields[0],
            title=title_or_key(self.register, self.entries[record.key]),
            owners="、".join(f"{event.before[code]} → {event.values[code]}" for code in shown),
            what=transfer.day.label,
        )
