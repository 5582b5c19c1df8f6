"""The registers as declarations see them, and the statistics that declarations count in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from pipeline.domain.office_tables import SetParameters, set_parameters
from pipeline.domain.record import RecordState
from pipeline.domain.standing_records import StandingRecords
from schemas.language import Catalogue, Kind, Register
from schemas.language.guarding import NOT_COUNTED
from schemas.language.parameters import ParameterValue
from schemas.language.work import FigureRows, RecordView

_DAYS = (Kind.DATE, Kind.MOMENT, Kind.MONTH)
_OF_MONTH = len("2026-11")
FetchColumn = Callable[[str, str], Mapping[str, str]]
"""Returns as text what each record of a register holds in a field, by its code; by key."""


class Registers:
    """The registers as declarations see them (``schemas.language.work.RegisterView``): fetched by code when they are first asked for.

    *settings* are the parameters that the office's settings name; its own sheet of them goes before, as it holds on *day*.
    *column* fetches one field of a register alone, which may be too large to be held. ``refresh`` must be told of records that
    have changed since.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        fetch: Callable[[str], Mapping[str, RecordState]],
        settings: Mapping[str, ParameterValue],
        day: date = date.max,
        column: FetchColumn | None = None,
    ) -> None:
        self._known = {register.code for register in catalogue.registers}
        self._day_of = {each.code: _day_field(each) for each in catalogue.registers}
        self._fetch = fetch
        self._column = column
        self._set = partial(set_parameters, catalogue, fetch, settings, day)
        self._parameters: SetParameters | None = None
        self._entries: dict[str, dict[str, RecordState]] = {}
        self._changed: dict[str, dict[str, RecordState]] = {}
        """By register, what has changed since of one that is not fetched yet."""
        self._views: dict[str, dict[str, RecordView]] = {}
        self._by_value: dict[str, dict[str, dict[object, list[RecordView]]]] = {}
        """By register, field and value."""

    def __getitem__(self, register: str) -> Mapping[str, RecordView]:
        """Return the records of *register* by key."""
        if register not in self._views:
            self._views[register] = {key: _view(entry) for key, entry in self.entries(register).items()}
        return self._views[register]

    def holding(self, register: str, code: str, value: object) -> Sequence[RecordView]:
        """Return the records of *register* that hold *value* in field *code*; none for a blank."""
        by_field = self._by_value.setdefault(register, {})
        if code not in by_field:
            by_field[code] = {}
            for each in self[register].values():
                if code in each.values:
                    by_field[code].setdefault(each.values[code], []).append(each)
        return by_field[code].get(value, ())

    def column(self, register: str, code: str) -> Mapping[str, str]:
        """Return as text what each record of *register* holds in field *code* by its key, "" for a blank."""
        if self._column is None or register in self._entries or register not in self._known:
            return _texts(self.entries(register), code)
        return {**self._column(register, code), **_texts(self._changed.get(register, {}), code)}

    def first_day(self, register: str) -> date | None:
        """Return the earliest day that records of *register* are of: the first day, moment or month that the sheet which opens one
        asks for, else that on which it came to where it stands; None where there is none.
        """
        code = self._day_of.get(register, "")
        days = [(str(each.values.get(code) or ""), each.since) for each in self.entries(register).values()]
        known = [_day(said) if said else since for said, since in days]
        return min(filter(None, known), default=None)

    def parameter(self, code: str, on: str = "") -> float:
        """Return the number that the office has set, else the procedure's own."""
        return float(self._held(code, on))

    def chosen(self, code: str, on: str = "") -> str:
        """Return the option that the office has chosen, else the procedure's own."""
        return str(self._held(code, on))

    def _held(self, code: str, on: str) -> ParameterValue:
        if self._parameters is None:
            self._parameters = self._set()
        return self._parameters.value(code, on)

    def entries(self, register: str) -> dict[str, RecordState]:
        """Return the records of *register* by key, as the books hold them and as this run has changed them."""
        if register not in self._entries:
            held = self._fetch(register) if register in self._known else {}
            self._entries[register] = {**held, **self._changed.pop(register, {})}
        return self._entries[register]

    def refresh(self, register: str, changed: Mapping[str, RecordState]) -> None:
        """Take *changed* records into account."""
        if changed:
            held = self._entries if register in self._entries else self._changed
            held.setdefault(register, {}).update(changed)
            self._views.pop(register, None)
            self._by_value.pop(register, None)


def figures(catalogue: Catalogue, held: Registers, day: date) -> dict[str, FigureRows]:
    """Return the rows of each statistic by its code, without what was ended; one that has none, or nothing but zeros and blanks, is
    left out. One that failed says so.
    """
    standing = StandingRecords(held, catalogue.registers)
    counted = {
        statistic.code: statistic.rows(held if statistic.with_ended else standing, day)
        for register in catalogue.registers
        for statistic in register.statistics
    }
    return {code: rows for code, rows in counted.items() if _says_something(rows)}


def _says_something(rows: FigureRows) -> bool:
    return any(value for row in rows for value in row[1:]) or any(row[0] is NOT_COUNTED for row in rows)


def _view(entry: RecordState) -> RecordView:
    return RecordView(entry.key, entry.values, entry.state, entry.owner, entry.area, entry.since, entry.due)


def _day_field(register: Register) -> str:
    return next((field.code for field in register.base if field.kind in _DAYS), "")


def _day(said: str) -> date:
    """Return the stored day, that of a moment, or the first one of a month."""
    return date.fromisoformat(f"{said}-01" if len(said) == _OF_MONTH else said[:10])


def _texts(entries: Mapping[str, RecordState], code: str) -> dict[str, str]:
    return {key: str(each.values.get(code, "")) for key, each in entries.items()}
