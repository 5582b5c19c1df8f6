"""Which area a record belongs to: the area that is written, else the one its address names."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.domain.roster import Area, Roster
from schemas.language import Field, FieldRole, Form, StoredValues


@dataclass(frozen=True, slots=True)
class Located:
    """The areas that fit (exactly one is an answer) and the field and text by which they were sought."""

    areas: tuple[Area, ...]
    field: Field | None
    text: str
    by: str = ""
    """The name or alias that was met."""

    @property
    def area(self) -> Area | None:
        """The one area that fits, or None."""
        return self.areas[0] if len(self.areas) == 1 else None


def find_area(form: Form, values: StoredValues, roster: Roster) -> Located:
    """Return the area of a record of *form*.

    What stands in the area's own field decides: a code, a name, an alias. When it is blank, or names
    no area, the address does: of the
    names in it the earliest counts (a town stands before its villages), of those that begin there the longest.
    """
    written, address = form.meaning(FieldRole.AREA), form.meaning(FieldRole.ADDRESS)
    if written is not None and values.get(written.code):
        text = str(values[written.code])
        areas = roster.by_name.get(text) or _begun(text, roster)
        located = Located(areas, written, text, text) if areas else _within(written, text, roster)
        if located.areas or address is None or not values.get(address.code):
            return located
    if address is not None and values.get(address.code):
        return _within(address, str(values[address.code]), roster)
    return Located((), address or written, "")


def address_otherwise(form: Form, values: StoredValues, located: Located, roster: Roster) -> Field | None:
    """Return the field of the address where it does not go with the area that is written: that is none of the roster's, and the
    record *located* by its address, or the address names another area by its full name. Of a blank there is nothing to tell.
    """
    written, address = form.meaning(FieldRole.AREA), form.meaning(FieldRole.ADDRESS)
    if written is None or address is None or located.area is None or not values.get(written.code):
        return None
    text = str(values.get(address.code) or "")
    named = {area.name for area in roster.areas.values() if area.name and area.name in text}
    return address if located.field is address or (named and located.area.name not in named) else None


def _begun(text: str, roster: Roster) -> tuple[Area, ...]:
    """The areas whose name is *text* and one sign more: 周窝 for 周窝镇."""
    return tuple(area for _, area in sorted(roster.areas.items()) if area.name[:-1] == text)


def _within(field: Field, text: str, roster: Roster) -> Located:
    """A town's own name goes before village names, which other towns may share."""
    for names in (_names, _aliases):
        met = [
            (text.find(name), -len(name), name, area)
            for _, area in sorted(roster.areas.items())
            for name in names(area)
            if name in text
        ]
        if met:
            first = min((at, length) for at, length, _, _ in met)
            best = [(name, area) for at, length, name, area in met if (at, length) == first]
            return Located(tuple(area for _, area in best), field, text, best[0][0])
    return Located((), field, text)


def _names(area: Area) -> tuple[str, ...]:
    return (area.name,)


def _aliases(area: Area) -> tuple[str, ...]:
    return area.aliases
