"""The registers without what was ended with a reason: a record that was void counts in no figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schemas.language import Register
from schemas.language.ending import ended
from schemas.language.work import RecordView, RegisterView


class StandingRecords:
    """*held* (``schemas.language.work.RegisterView``), without the records that were ended where one of *registers* lets a record end
    (``schemas.language.ending``).
    """

    def __init__(self, held: RegisterView, registers: Sequence[Register]) -> None:
        self._held = held
        self._ending = {each.code for each in registers if each.state(ended(each.code)) is not None}
        self._standing: dict[str, Mapping[str, RecordView]] = {}

    def __getitem__(self, register: str) -> Mapping[str, RecordView]:
        """Return the records of *register* that stand, by key."""
        if register not in self._ending:
            return self._held[register]
        if register not in self._standing:
            gone = ended(register)
            self._standing[register] = {key: each for key, each in self._held[register].items() if each.state != gone}
        return self._standing[register]

    def holding(self, register: str, code: str, value: object) -> Sequence[RecordView]:
        """Return the records of *register* that stand and hold *value* in field *code*."""
        those = self._held.holding(register, code, value)
        return [each for each in those if each.state != ended(register)] if register in self._ending else those

    def column(self, register: str, code: str) -> Mapping[str, str]:
        """Return as text what each record of *register* holds in field *code*, ended ones with them: their states are not known."""
        return self._held.column(register, code)

    def parameter(self, code: str, on: str = "") -> float:
        """Return the number that the office has set."""
        return self._held.parameter(code, on)

    def chosen(self, code: str, on: str = "") -> str:
        """Return the option that the office has chosen."""
        return self._held.chosen(code, on)
