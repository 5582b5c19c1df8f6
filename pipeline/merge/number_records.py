"""Rows that bear no number get one: composed of what they hold, or the next of a series."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from datetime import date

from pipeline.domain.entering import Slots, running_number
from pipeline.domain.record import Record, RecordState
from schemas.language import Register, StoredValues
from schemas.language.identifier import identifier
from schemas.language.work import Numbered


def number_records(
    register: Register,
    records: Iterable[Record],
    standing: Callable[[], Mapping[str, RecordState]],
    serials: MutableMapping[str, int],
    day: date,
) -> None:
    """Give each of *records* of the register's base form its key where the sheet gave none.

    A row that says what a record says already (``Numbered.same``) is that record: a sheet that comes again opens nothing.
    *standing* returns the whole register, and is asked only where a series goes on.
    """
    numbered = register.numbered
    without = [record for record in records if not record.key]
    if numbered is None or not without:
        return
    if not numbered.serial:
        for record in without:
            _name(register, record, numbered.pattern.format_map(_slots(numbered, record.values, day)))
        return
    taken = standing()
    known = {_same(numbered, entry.values): key for key, entry in taken.items()}
    keys = set(taken) | {record.key for record in records}
    for record in without:
        same = _same(numbered, record.values)
        if same not in known:
            known[same] = _next(numbered, record.values, keys, serials, day)
            keys.add(known[same])
        _name(register, record, known[same])


def _next(
    numbered: Numbered, values: StoredValues, keys: set[str], serials: MutableMapping[str, int], day: date
) -> str:
    slots = _slots(numbered, values, day)
    while True:
        key = running_number(numbered.pattern, slots, serials, _day(numbered, values, day))
        if key not in keys:  # somebody may have written that number by hand
            return key


def _slots(numbered: Numbered, values: StoredValues, day: date) -> Slots:
    on = _day(numbered, values, day)
    prefix = numbered.prefix(values) if numbered.prefix else ""
    return Slots(values, prefix=prefix, year=on.year, yy=f"{on.year % 100:02d}", month=f"{on.month:02d}")


def _day(numbered: Numbered, values: StoredValues, day: date) -> date:
    named = values.get(numbered.day) if numbered.day else None
    return date.fromisoformat(str(named)[:10]) if named else day


def _same(numbered: Numbered, values: StoredValues) -> tuple[object, ...]:
    said = (values.get(code) for code in numbered.same)
    return tuple(identifier(value) if isinstance(value, str) else value for value in said)


def _name(register: Register, record: Record, key: str) -> None:
    record.key = record.values[register.key.code] = identifier(key)
