"""Rows that bear no number get one: composed of what they hold, or the next of a series."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from datetime import date

from pipeline.domain.checked import Checked
from pipeline.domain.entering import Slots, running_number
from pipeline.domain.place import cell_name
from pipeline.domain.record import Event, Record, RecordState
from pipeline.domain.rulebook import found
from schemas.language import Form, Register, StoredValues
from schemas.language.guarding import NUMBER, GuardedPart, attempt
from schemas.language.identifier import identifier
from schemas.language.work import Numbered


def number_records(
    register: Register,
    records: Iterable[Record],
    standing: Callable[[], Mapping[str, RecordState]],
    serials: MutableMapping[str, int],
    day: date,
    life: Callable[[str], Sequence[Event]],
) -> list[Record]:
    """Give each of *records* of the register's base form its key where the sheet gave none; return those that got none, since the
    declaration failed.

    A row that says what a record says already (``Numbered.same``) is that record: a sheet that comes again opens nothing.
    Where that record is over, a row that asks for another time (``Numbered.again``) opens one of its own.
    *standing* returns the whole register, and is asked only where a series goes on; *life* the events of a record.
    """
    numbered = register.numbered
    without = [record for record in records if not record.key]
    if numbered is None or not without:
        return []
    place = GuardedPart(NUMBER, register.title, register.code)
    if not numbered.serial:
        for record in without:
            composed = attempt(place, _composed, register, numbered, record.values, day, otherwise=_no_key)
            if composed:
                _name(register, record, composed)
        return [record for record in without if not record.key]
    taken = standing()
    known: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
    for key, entry in sorted(taken.items(), key=lambda each: each[1].version):
        known[_same(numbered, entry.values)].append(key)
    keys = set(taken) | {record.key for record in records}
    for record in without:
        same = known[_same(numbered, record.values)]
        key = _meant(register, record.values, same, taken, life)
        if not key:
            key = attempt(place, _next, register, numbered, record.values, keys, serials, day, otherwise=_no_key)
            if not key:
                continue
            keys.add(key)
            same.append(key)
        _name(register, record, key)
    return [record for record in without if not record.key]


def keep_out(checked: Checked, records: Sequence[Record], form: Form) -> None:
    """Keep *records* that got no number out of what was *checked* of *form*, and say so."""
    if not records:
        return
    out = {(each.submission, each.sheet, each.row) for each in records}
    checked.records = [each for each in checked.records if (each.submission, each.sheet, each.row) not in out]
    checked.rejected |= out
    checked.findings += [
        found(
            "row.unnumbered",
            submission=each.submission,
            file=each.file,
            sheet=each.sheet,
            cell=cell_name(each.row),
            form=form.code,
            field=form.key.code,
        )
        for each in records
    ]


def _no_key(*_: object) -> str:
    return ""


def _composed(register: Register, numbered: Numbered, values: StoredValues, day: date) -> str:
    return numbered.pattern.format_map(_slots(register, numbered, values, day))


def _meant(
    register: Register,
    values: StoredValues,
    same: Sequence[str],
    taken: Mapping[str, RecordState],
    life: Callable[[str], Sequence[Event]],
) -> str:
    """Return which of the records *same*, oldest first, a row with *values* is; "" when it is none of them."""
    under_way = [key for key in same if key not in taken or not _is_over(register, taken[key])]
    if not same or len(under_way) == len(same):
        return same[-1] if same else ""
    said = {key: [event.values for event in life(key) if event.form == register.base.code] for key in same}
    repeated = [key for key in same if _is_repeated(values, said[key])]
    if repeated or under_way:
        return (repeated or under_way)[-1]
    return "" if _asks_again(register, values, taken[same[-1]], said[same[-1]]) else same[-1]


def _is_over(register: Register, entry: RecordState) -> bool:
    state = register.state(entry.state)
    over = register.numbered.over if register.numbered else ()
    return state is not None and (state.closed or state.code in over)


def _is_repeated(values: StoredValues, said: Sequence[StoredValues]) -> bool:
    """Tell whether each of *values* was *said* before: an older copy of a list, not another time."""
    return bool(said) and all(any(each.get(code) == value for each in said) for code, value in values.items())


def _asks_again(register: Register, values: StoredValues, entry: RecordState, said: Sequence[StoredValues]) -> bool:
    """Tell whether *values*, which were not *said* so before, are of another time: of a day after the record was over, or
    later than was ever said of it; of a void one anything else.
    """
    again = register.numbered.again if register.numbered else ""
    state = register.state(entry.state)
    if state is not None and state.closed:
        return True
    day = str(values.get(again) or "")
    over_since = entry.since.isoformat() if entry.since else ""
    return day > max((str(each.get(again) or "") for each in said), default="") or day > over_since > ""


def _next(
    register: Register,
    numbered: Numbered,
    values: StoredValues,
    keys: set[str],
    serials: MutableMapping[str, int],
    day: date,
) -> str:
    slots = _slots(register, numbered, values, day)
    while True:
        key = running_number(numbered.pattern, slots, serials, _day(numbered, values, day))
        if key not in keys:  # somebody may have written that number by hand
            return key


def _slots(register: Register, numbered: Numbered, values: StoredValues, day: date) -> Slots:
    """What fills the pattern: an option by its wording, as a key is read by people, in one language since it must never change."""
    options = {field.code: field.option(values.get(field.code)) for field in register.base if field.options}
    worded = {code: option.words.zh for code, option in options.items() if option is not None}
    on = _day(numbered, values, day)
    prefix = numbered.prefix(values) if numbered.prefix else ""
    return Slots({**values, **worded}, prefix=prefix, year=on.year, yy=f"{on.year % 100:02d}", month=f"{on.month:02d}")


def _day(numbered: Numbered, values: StoredValues, day: date) -> date:
    named = values.get(numbered.day) if numbered.day else None
    return date.fromisoformat(str(named)[:10]) if named else day


def _same(numbered: Numbered, values: StoredValues) -> tuple[object, ...]:
    said = (values.get(code) for code in numbered.same)
    return tuple(identifier(value) if isinstance(value, str) else value for value in said)


def _name(register: Register, record: Record, key: str) -> None:
    record.key = record.values[register.key.code] = identifier(key)
