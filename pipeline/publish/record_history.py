"""The life of one record, value by value: what each event set, what stood before, and where it came from.

Also what the program makes of the rows (state, who has it, deadline, area): each is told with the event that set it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date

from pipeline.domain.json_values import JsonObject
from pipeline.domain.record import Event, RecordState
from pipeline.domain.record_fold import apply
from pipeline.domain.roster import Roster
from pipeline.render.wording import caption
from schemas.language import Language, Register, Stored

_STANDING = {
    "state": "state",
    "since": "since",
    "owner": "owner",
    "due": "due",
    "area": "area",
    "why": "why",
    "reason": "sent_back_why",
}
"""What stands of a record beside its fields, and the caption of its column in the master."""


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One value of a record that one event changed: when, what, before and after, and where it came from."""

    run: int
    day: date | None
    register: str
    key: str
    actor: str
    submission: str
    """Hash of the file, empty when the program itself did it."""
    file: str
    undone: int | None
    """The run that took it back."""
    field: str
    """Code of the field, or of what stands of the record beside its fields; empty for a column of the sheet's own."""
    label: str
    before: Stored
    """None when it was blank."""
    after: Stored
    place: str
    """File, sheet and cell: ``a.xlsx!表1!B3``."""
    why: str
    """Why this person or area was changes_of_field; empty for what a sheet says."""

    def to_json(self) -> JsonObject:
        """Return the plain object for ``--json``."""
        return {**asdict(self), "day": self.day.isoformat() if self.day else ""}


def record_history(
    register: Register, events: Iterable[Event], roster: Roster, language: Language
) -> Iterator[ValueChange]:
    """Yield each value that one of *events* (of one record, in order, also those taken back) changed."""
    standing: RecordState | None = None
    gone: RecordState | None = None  # as it stood while what was taken back since still counted
    for event in events:
        before = gone if event.undone and gone else standing
        after = apply(before, event)
        if event.undone:
            gone = after
        else:
            standing, gone = after, None
        yield from _fields(register, event, language)
        yield from _standing(register, before, after, event, roster, language)


def changes_of_field(changes: Iterable[ValueChange], field: str, register: Register) -> list[ValueChange]:
    """Return the *changes* of the field, or the master's column, called *field*: by code or by label in either language."""
    named = {code for name, code in names_of_fields(register) if name.lower() == field.lower()}
    return [each for each in changes if not field or each.field in named or each.label.lower() == field.lower()]


def names_of_fields(register: Register) -> Iterator[tuple[str, str]]:
    """Yield every name by which a field, or a column of the master, is asked for, with its code; its label first."""
    for each in register.fields:
        yield from ((name, each.code) for name in (each.label.zh, each.label.en, *each.aliases, each.code))
    for code, column in _STANDING.items():
        yield from ((name, code) for name in (caption(column, "zh"), caption(column, "en"), code))


def _change(
    event: Event, field: str, label: str, before: Stored, after: Stored, place: str, why: str = ""
) -> ValueChange:
    return ValueChange(
        run=event.run,
        day=event.on,
        register=event.register,
        key=event.key,
        actor=event.actor,
        submission=event.submission,
        file=event.file,
        undone=event.undone,
        field=field,
        label=label,
        before=before,
        after=after,
        place=place,
        why=why,
    )


def _fields(register: Register, event: Event, language: Language) -> Iterator[ValueChange]:
    for code, after in {**event.action, **event.values}.items():
        field = register.field(code)
        yield _change(
            event,
            code,
            field.label.to(language),
            before=field.show(event.before.get(code), language),
            after=field.show(after, language),
            place=str(event.place(code)),
        )
    for label, text in event.notes.items():
        yield _change(event, "", label, before=None, after=text, place=str(event.place("")))


def _standing(
    register: Register, before: RecordState | None, after: RecordState, event: Event, roster: Roster, language: Language
) -> Iterator[ValueChange]:
    place = str(event.place(next(iter(event.cells), "")))
    for name, column in _STANDING.items():
        old = _shown(register, name, getattr(before, name) if before else "", roster, language)
        new = _shown(register, name, getattr(after, name), roster, language)
        if old != new:
            yield _change(
                event,
                name,
                caption(column, language),
                before=old or None,
                after=new or None,
                place=place,
                why=event.why if name in {"owner", "area"} else "",
            )


def _shown(register: Register, name: str, value: object, roster: Roster, language: Language) -> str:
    if not value:
        return ""
    said = str(value)
    if name == "state":
        state = register.state(said)
        return state.words.to(language) if state else said
    if name == "owner":
        person = roster.everyone.get(said)
        return f"{said} {person.name}" if person else said
    if name == "area":
        area = roster.areas.get(said)
        return area.name if area else said
    return said
