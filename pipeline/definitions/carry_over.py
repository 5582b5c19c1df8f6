"""A version of a drawn procedure, with what records on their way still need of earlier ones.

A state that is gone stays as long as records stand in it. What it waits for is done as it began: by the stage of the earlier
version, with its form. Where that stage still is there and begins elsewhere, or the workbook says which state takes the place of
the old one, the records are led there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.definitions.drawn_workbook import GoneState
from pipeline.definitions.read_definition import bare_name
from schemas.language import Form, Localized, Procedure, Register, Stage, State, Transition
from schemas.language.parameters import Parameter

_LED_ON = Localized("状态改并", "State taken over")

Replaced = Mapping[tuple[str, str], str]
"""By register and the old state's name as ``bare_name`` has it: the code of the state that takes its place."""


def carried_over(
    procedure: Procedure, earlier: Iterable[Procedure], replaced: Replaced
) -> tuple[Procedure, Sequence[GoneState]]:
    """Return *procedure* with what is carried over from its *earlier* versions, the newest first, and the states that are gone."""
    registers, gone = list(procedure.registers), list[GoneState]()
    roles, parameters = (
        {each.code: each for each in procedure.roles},
        {each.code: each for each in procedure.parameters},
    )
    for before in earlier:
        for old in before.registers:
            at = next((at for at, each in enumerate(registers) if each.code == old.code), None)
            if at is None:
                continue
            carry = _Carry(registers[at], old, replaced)
            registers[at] = carry.register()
            gone += carry.gone
            if carry.stages:
                roles |= {each.code: each for each in before.roles if each.code not in roles}
                parameters |= _lacking(before.parameters, parameters)
    if not gone:
        return procedure, ()
    return (
        replace(
            procedure, registers=tuple(registers), roles=tuple(roles.values()), parameters=tuple(parameters.values())
        ),
        tuple(gone),
    )


def _lacking(before: Iterable[Parameter], now: Mapping[str, Parameter]) -> dict[str, Parameter]:
    return {each.code: each for each in before if each.code not in now}


@dataclass(slots=True)
class _Carry:
    """Carries from ``old`` what ``now`` lacks."""

    now: Register
    old: Register
    replaced: Replaced
    gone: list[GoneState] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    """As they were, to be done by people."""

    def register(self) -> Register:
        known = {each.code for each in self.now.states}
        states = [each for each in self.old.states if each.code not in known]
        if not states:
            return self.now
        led = [stage for state in states if (stage := self._of(state)) is not None]
        forms, fields = self._forms(), {each.code for each in self.now.fields}
        derived = [each for each in self.old.derived if each.field.code not in fields] if self.stages else []
        return replace(
            self.now,
            states=(*self.now.states, *states),
            stages=(*self.now.stages, *led),
            forms=(*self.now.forms, *forms),
            derived=(*self.now.derived, *derived),
        )

    def _of(self, state: State) -> Stage | None:
        """Return the stage in which records in *state* wait now, and note what becomes of them."""
        before = self.old.waiting_for(state.code)
        there = next((each for each in self.now.stages if before is not None and each.code == before.code), None)
        to = self.replaced.get((self.now.code, bare_name(state.words.zh))) or (there.state if there else "")
        goes_on: Stage | None = None
        if to:
            title = _LED_ON
            goes_on = Stage(
                f"{state.code}_taken_over", title, self.now.manager, "", state.code, transitions=(Transition(to),)
            )
        elif before is not None and self._can_stay(before):
            self.stages.append(before)
            goes_on = before
        target = self.now.state(to)
        self.gone.append(
            GoneState(
                self.now.code,
                self.now.title,
                state.code,
                state.words,
                to=target.words if target else None,
                stays=before.title if goes_on is before and before is not None else None,
                over=before is None,
            )
        )
        return goes_on

    def _can_stay(self, stage: Stage) -> bool:
        """Tell whether *stage* can go on as it was: its form is nobody else's by now."""
        forms = {each.form for each in self.now.stages if each.form} | {self.now.base.code}
        return not stage.form or stage.form not in forms

    def _forms(self) -> list[Form]:
        known = {each.code for each in self.now.forms}
        wanted = {each.form for each in self.stages if each.form}
        return [each for each in self.old.forms if each.code in wanted and each.code not in known]
