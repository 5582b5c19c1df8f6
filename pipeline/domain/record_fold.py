"""How a record comes to stand as it does: the sum of its events, nothing else; and where two of them differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace

from pipeline.domain.record import Event, RecordState
from schemas.language import StoredValues


def apply(record: RecordState | None, event: Event) -> RecordState:
    """Return *record* as it stands after *event*; a record begins with its first event."""
    if record is None:
        record = RecordState(event.register, event.key, source=event.place(next(iter(event.cells), "")))
    moved = bool(event.state) and event.state != record.state
    return RecordState(  # not replace, which takes twice the time: a first load comes here for every row
        register=record.register,
        key=record.key,
        values=_values_after(record.values, event.values),
        state=event.state or record.state,
        since=event.on if moved else record.since,
        due=event.due if moved or event.due else record.due,
        owner=event.owner if event.owner is not None else "" if moved else record.owner,
        area=event.area if event.area is not None else record.area,
        why=event.why or record.why,
        reason=event.reason if event.reason is not None else "" if moved and event.form else record.reason,
        source=record.source,
        notes={**record.notes, **event.notes} if event.notes and not event.action else record.notes,
        version=event.number,
    )


def _values_after(held: StoredValues, said: StoredValues) -> StoredValues:
    """What is held, and what is said upon it; where one of the two is all, it is not copied: of a first load each row is."""
    values = {**held, **said} if held and said else said or held
    return {code: value for code, value in values.items() if value is not None} if None in values.values() else values


def fold(events: Iterable[Event], record: RecordState | None = None) -> RecordState | None:
    """Return the record that *events* (of one key, in order) make of *record*; None when there is neither."""
    for event in events:
        record = apply(record, event)
    return record


def fold_by_key(events: Iterable[Event]) -> dict[str, RecordState]:
    """Return by key, in key order, the records that *events* of one register make; those taken back do not count."""
    lives: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.undone is None:
            lives[event.key].append(event)
    folded = {key: fold(lives[key]) for key in sorted(lives)}
    return {key: record for key, record in folded.items() if record is not None}


def combine(record: RecordState | None, first: Event, second: Event) -> Event | None:
    """Return the one event, with the number of *first*, that does to *record* what *first* and then *second* of the program
    do; None where no single event does: the record was led out of a state and back, or was given two reasons.
    """
    one = replace(
        first,
        values={**first.values, **second.values},
        before={**{code: held for code, held in second.before.items() if code not in first.values}, **first.before},
        state=second.state or first.state,
        owner=first.owner if second.owner is None else second.owner,
        area=first.area if second.area is None else second.area,
        due=second.due or first.due,
        why=second.why or first.why,
        reason=first.reason if second.reason is None else second.reason,
    )
    told_twice = bool(first.why and second.why) and first.why != second.why
    same = not set(differing_fields(apply(record, one), fold((first, second), record))) - {"version"}
    return one if same and not told_twice else None


_FIELDS = tuple(each.name for each in fields(RecordState))


def differing_fields(one: RecordState | None, other: RecordState | None) -> tuple[str, ...]:
    """Return the names of the fields in which *one* and *other* differ: all when only one of them is there."""
    if one == other:
        return ()
    if one is None or other is None:
        return _FIELDS
    return tuple(name for name in _FIELDS if getattr(one, name) != getattr(other, name))


def differences(some: Mapping[str, RecordState], others: Mapping[str, RecordState]) -> dict[str, tuple[str, ...]]:
    """Return by key, in key order, in which fields the records of a register differ; those that agree are left out."""
    found = {key: differing_fields(some.get(key), others.get(key)) for key in sorted({*some, *others})}
    return {key: names for key, names in found.items() if names}
