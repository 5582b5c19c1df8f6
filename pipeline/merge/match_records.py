"""Accepted records meet their register: what is new, what changes, what is already known, what cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from pipeline.domain.carried import parse_token
from pipeline.domain.checked import RowId
from pipeline.domain.finding import Finding
from pipeline.domain.life import advance
from pipeline.domain.place import cell_name
from pipeline.domain.record import Entry, Event, Record
from pipeline.domain.rulebook import found
from pipeline.merge.settle_conflicts import AsOf, conflicts, only_corrections
from pipeline.merge.take_steps import step
from schemas.form import Form, Means, Move, Register, Words


class Fate(StrEnum):
    """What became of a row."""

    ACCEPTED = "accepted"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(slots=True)
class Merged:
    """What one form's records do to their register in one run. ``entries`` are those that changed."""

    events: list[Event] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    fates: dict[RowId, Fate] = field(default_factory=dict)


@dataclass(slots=True)
class Merge:
    """Merges one form's records after another into one register.

    ``entries`` are the register's records of the keys at hand and are led forward; ``serials`` the last running
    numbers by stem, likewise; ``numbers`` gives each event its number.
    """

    register: Register
    entries: dict[str, Entry]
    serials: dict[str, int]
    numbers: Iterator[int]
    day: date
    run: int
    actors: Mapping[str, str] = field(default_factory=dict)
    """By submission: whose worklist it is, for what the sheet itself names nobody for."""
    as_of: AsOf = lambda key, version: None
    """Records as they stood when a worklist was written."""

    def take(self, form: Form, records: Sequence[Record]) -> Merged:
        """Return what *records* of *form*, in their order, do."""
        merged = Merged()
        sound = [record for record in records if not self._foreign(form, record, merged)]
        merged.findings += only_corrections(form, sound, self.entries, self.as_of)
        clashing, findings = conflicts(form, sound)
        merged.findings += findings
        for at, record in enumerate(sound):
            if at in clashing:
                merged.fates[_row(record)] = Fate.REJECTED
                continue
            event, refused = self._event(form, record)
            if refused is not None:
                merged.findings.append(refused)
                merged.fates[_row(record)] = Fate.REJECTED
            elif event is None:
                merged.fates[_row(record)] = Fate.UNCHANGED
            else:
                entry = advance(self.entries.get(record.key), event)
                self.entries[record.key] = merged.entries[record.key] = entry
                merged.events.append(event)
                merged.fates[_row(record)] = Fate.ACCEPTED
        return merged

    def _foreign(self, form: Form, record: Record, merged: Merged) -> bool:
        """Tell whether a worklist's row no longer bears the key it was written with; then it is a finding."""
        carried = parse_token(record.token)
        if carried is None or carried[0] == record.key:
            return False
        if not record.partial:  # the same row comes twice, as correction and as stage: told once
            told = _told("copy.key_changed", form, record, form.key.code, original=carried[0])
            merged.findings.append(replace(told, key=carried[0]))  # mended when that record's row comes back right
        merged.fates[_row(record)] = Fate.REJECTED
        return True

    def _event(self, form: Form, record: Record) -> tuple[Event | None, Finding | None]:
        entry = self.entries.get(record.key)
        opening = form.code == self.register.base.code
        if entry is None and (record.partial or not opening):
            return None, _told("key.unknown", form, record, form.key.code, register=self.register.title)
        stage = None if record.partial else self.register.stage_of(form.code)
        held: Mapping[str, Any] = entry.values if entry else {}
        changed = {code: value for code, value in record.values.items() if held.get(code) != value}
        move: Move | None = None
        if stage is not None and (entry is None or not opening):
            if entry is not None and not changed and entry.state != stage.state:
                return None, None  # the step was taken before, with the very same answers
            way = step(self.register, stage, entry, record.values)
            if isinstance(way, Words):
                return None, self._refused(form, record, entry, stage.title, way)
            move = way
        elif not changed and not self._new_notes(entry, record):
            return None, None
        return self._make(form, record, entry, changed, move), None

    def _make(
        self, form: Form, record: Record, entry: Entry | None, changed: dict[str, Any], move: Move | None
    ) -> Event:
        held: Mapping[str, Any] = entry.values if entry else {}
        values = dict(changed)
        after = {**held, **values}
        if move is not None and move.to:
            for running in self.register.running:
                if running.state == move.to and running.field.code not in held:
                    values[running.field.code] = self._running_number(running.pattern)
        for derived in self.register.derived:
            value = derived.compute(after)
            if value != held.get(derived.field.code):
                values[derived.field.code] = value
        reason = form.meaning(Means.REASON) if move is not None and move.back else None
        named = None if record.partial else form.meaning(Means.ACTOR) or form.meaning(Means.SUBMITTER)
        actor = record.values.get(named.code) if named else None
        return Event(
            register=self.register.code,
            key=record.key,
            form=form.code,
            values=values,
            cells={code: cell_name(cell) for code, cell in record.cells.items() if code in changed},
            before={code: held[code] for code in values if code in held},
            state=move.to if move else "",
            reason=str(record.values.get(reason.code, "")) if reason else None,
            submission=record.submission,
            file=record.file,
            sheet=record.sheet,
            actor=str(actor or self.actors.get(record.submission, "")),
            on=self.day,
            opens=entry is None,
            number=next(self.numbers),
            run=self.run,
            notes=record.notes,
        )

    def _running_number(self, pattern: str) -> str:
        stem = pattern.format(year=self.day.year, month=self.day.month, serial=0)
        self.serials[stem] = self.serials.get(stem, 0) + 1
        return pattern.format(year=self.day.year, month=self.day.month, serial=self.serials[stem])

    def _new_notes(self, entry: Entry | None, record: Record) -> bool:
        return entry is not None and any(entry.notes.get(name) != text for name, text in record.notes.items())

    def _refused(self, form: Form, record: Record, entry: Entry | None, stage: Words, why: Words) -> Finding:
        state = self.register.state(entry.state) if entry else None
        title = self.register.meaning(Means.TITLE)
        name = entry.values.get(title.code) if entry and title else None
        return _told(
            "step.refused",
            form,
            record,
            form.key.code,
            title=name or record.key,
            state=state.words if state else Words("", ""),
            stage=stage,
            why=why,
        )


def _row(record: Record) -> RowId:
    return record.submission, record.sheet, record.row


def _told(rule: str, form: Form, record: Record, code: str, **details: object) -> Finding:
    place = record.place(code)
    return found(
        rule,
        submission=record.submission,
        file=place.file,
        sheet=place.sheet,
        cell=place.cell,
        form=form.code,
        field=code,
        value=str(form.field(code).show(record.values.get(code, ""), "zh")),
        key=record.key,
        **details,
    )
