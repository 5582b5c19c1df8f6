"""What a record is given when it enters a state: running numbers, and whether it is in a sample."""

from __future__ import annotations

from collections.abc import MutableMapping
from datetime import date

from schemas.language import Register, Stored, StoredValues
from schemas.language.work import NO, YES, Draw, lot


def given_on_entering(
    register: Register, state: str, key: str, values: StoredValues, serials: MutableMapping[str, int], day: date
) -> dict[str, Stored]:
    """Return the fields that the record *key*, holding *values*, gets in *state*; *serials* are led forward.

    A number is given once; a record that comes again stays in the sample that it was drawn for.
    """
    given: dict[str, Stored] = {}
    for running in register.running:
        if running.state == state and running.field.code not in values:
            given[running.field.code] = running_number(running.pattern, values, serials, day)
    for draw in register.draws:
        if draw.state == state and values.get(draw.field.code) != YES.code:
            given[draw.field.code] = (YES if _is_drawn(draw, key, values.get(draw.by), serials) else NO).code
    return given


def derived_changes(register: Register, held: StoredValues, after: MutableMapping[str, Stored]) -> dict[str, Stored]:
    """Return the derived fields that change when a record that held *held* holds *after*, which they are added to."""
    changed: dict[str, Stored] = {}
    for derived in register.derived:
        if derived.look is None:
            code = derived.field.code
            value = after[code] = derived.compute(after)
            if value != held.get(code):
                changed[code] = value
    return changed


def running_number(pattern: str, values: StoredValues, serials: MutableMapping[str, int], day: date) -> str:
    """Return the next number of *pattern*: the serial goes on from the last one with the same rest."""
    slots = Slots({"year": day.year, "month": day.month, **values})
    stem = pattern.format_map(slots | {"serial": 0})
    serials[stem] = serials.get(stem, 0) + 1
    return pattern.format_map(slots | {"serial": serials[stem]})


class Slots(dict[str, Stored]):
    """What fills the pattern of a number: a field that holds nothing leaves nothing."""

    def __missing__(self, key: str) -> str:
        return ""

    def __or__(self, other: StoredValues) -> Slots:  # type: ignore[override]
        return Slots({**self, **other})


def _is_drawn(draw: Draw, key: str, value: object, serials: MutableMapping[str, int]) -> bool:
    """Draw by lot, and whenever less than the share has been drawn of all so far: so it is reached at any time."""
    share = draw.share(value)
    every, drawn = (f"draw {draw.field.code} {value or ''} {what}" for what in ("of", "drawn"))
    serials[every] = serials.get(every, 0) + 1
    lacking = serials.get(drawn, 0) * 100 < share * serials[every]
    if not lacking and lot(key, draw.field.code) % 100 >= share:
        return False
    serials[drawn] = serials.get(drawn, 0) + 1
    return True
