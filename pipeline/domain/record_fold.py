"""How a record comes to stand as it does: the sum of its events, nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.domain.record import Event, RecordState


def apply_event(entry: RecordState | None, event: Event) -> RecordState:
    """Return *entry* as it stands after *event*; a record begins with its first event."""
    if entry is None:
        entry = RecordState(event.register, event.key, source=event.place(next(iter(event.cells), "")))
    values = {code: value for code, value in {**entry.values, **event.values}.items() if value is not None}
    moved = bool(event.state) and event.state != entry.state
    return RecordState(  # not replace, which takes twice the time: a first load comes here for every row
        register=entry.register,
        key=entry.key,
        values=values,
        state=event.state or entry.state,
        since=event.on if moved else entry.since,
        due=event.due if moved or event.due else entry.due,
        owner=event.owner if event.owner is not None else "" if moved else entry.owner,
        area=event.area if event.area is not None else entry.area,
        why=event.why or entry.why,
        reason=event.reason if event.reason is not None else "" if moved and event.form else entry.reason,
        source=entry.source,
        notes=entry.notes if event.action else {**entry.notes, **event.notes},
        version=event.number,
    )


def fold(events: Iterable[Event]) -> RecordState | None:
    """Return the record that *events* (of one key, in order) make; None when there are none."""
    entry: RecordState | None = None
    for event in events:
        entry = apply_event(entry, event)
    return entry
