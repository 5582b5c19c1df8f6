"""What an office has set in tables that it hands in as any other sheet: days off, numbers of procedures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.domain.record import RecordState
from schemas.language import NO_TEXT, Catalogue, FieldRole, Localized, Register
from schemas.language.parameters import Parameter, ParameterValue, Settable
from schemas.language.work import WORKED_DAY

Fetch = Callable[[str], Mapping[str, RecordState]]
"""Returns the records of a register, by its code."""


def own_days(catalogue: Catalogue, fetch: Fetch) -> dict[date, bool]:
    """Return the days of which the office has said whether they are worked."""
    days: dict[date, bool] = {}
    for register in _holding(catalogue, FieldRole.CALENDAR_DAY):
        day, kind = register.meaning(FieldRole.CALENDAR_DAY), register.meaning(FieldRole.DAY_KIND)
        if day is None or kind is None:
            continue
        for entry in fetch(register.code).values():
            days[date.fromisoformat(str(entry.values[day.code]))] = entry.values.get(kind.code) == WORKED_DAY.code
    return days


def calendar_title(catalogue: Catalogue) -> Localized:
    """Return what the sheet of days off is called; no words where there is none."""
    return next((each.base.title for each in _holding(catalogue, FieldRole.CALENDAR_DAY)), NO_TEXT)


@dataclass(frozen=True, slots=True)
class SetParameters:
    """What the parameters of procedures hold: as the office's own sheet says by day, else its settings, else the declaration."""

    declared: Mapping[str, Parameter]
    settings: Mapping[str, ParameterValue]
    dated: Mapping[str, Sequence[tuple[str, ParameterValue]]]
    """By code: since when it holds what, the latest first."""
    today: date

    def value(self, code: str, on: str = "") -> ParameterValue:
        """Return what the parameter *code* holds today, or held on the stored day or moment *on*.

        KeyError for one that no procedure in force declares.
        """
        day = on[:10] or self.today.isoformat()
        for start, value in self.dated.get(code, ()):
            if start <= day:
                return value
        return self.settings.get(code, self.declared[code].value)


def set_parameters(
    catalogue: Catalogue, fetch: Fetch, settings: Mapping[str, ParameterValue], today: date
) -> SetParameters:
    """Return what the parameters hold by the office's *settings*, and above them by its own sheet."""
    declared = {each.code: each for procedure in catalogue.procedures for each in procedure.parameters}
    dated: dict[str, list[tuple[str, ParameterValue]]] = {}
    for register in _holding(catalogue, FieldRole.PARAMETER):
        codes = {means: field.code for means in _OF_A_PARAMETER if (field := register.meaning(means))}
        for entry in fetch(register.code).values():
            name, text, start = (str(entry.values.get(codes[means], "")) for means in _OF_A_PARAMETER)
            value = declared[name].parse(text) if name in declared else None
            if value is not None:
                dated.setdefault(name, []).append((start, value))
    given = {
        code: value
        for code, text in settings.items()
        if code in declared and (value := declared[code].parse(plain_text(text))) is not None
    }
    return SetParameters(declared, given, {code: sorted(held, reverse=True) for code, held in dated.items()}, today)


def plain_text(value: ParameterValue) -> str:
    """Return a parameter's *value* as somebody writes it."""
    return value if isinstance(value, str) else f"{value:.15g}"


_OF_A_PARAMETER = (FieldRole.PARAMETER, FieldRole.PARAMETER_VALUE, FieldRole.PARAMETER_FROM)


def with_parameters(catalogue: Catalogue, parameters: SetParameters) -> Catalogue:
    """Return *catalogue* as the office has set its parameters: shares of samples, hours, how often a duty comes
    again, who does a stage.
    """
    procedures = (
        replace(each, registers=tuple(_with(register, parameters) for register in each.registers))
        for each in catalogue.procedures
    )
    return Catalogue(tuple(procedures))


def _with(register: Register, parameters: SetParameters) -> Register:
    hangs = (
        any(each.set_by for each in register.derived)
        or register.draws
        or any(isinstance(each.step, Parameter) or isinstance(each.all_days, Parameter) for each in register.recurs)
        or any(stage.role_set_by or any(route.set_by for route in stage.routes) for stage in register.stages)
    )
    if not hangs:
        return register

    def number(settable: Settable) -> int:
        held = parameters.value(settable.code) if isinstance(settable, Parameter) else settable
        return round(float(held))

    def role(code: str, otherwise: str) -> str:
        return str(parameters.value(code)) if code else otherwise

    return replace(
        register,
        derived=tuple(
            replace(each, compute=each.set_by(parameters.value)) if each.set_by else each for each in register.derived
        ),
        draws=tuple(
            replace(each, shares=tuple((value, number(share)) for value, share in each.shares), rest=number(each.rest))
            for each in register.draws
        ),
        recurs=tuple(replace(each, step=number(each.step), all_days=number(each.all_days)) for each in register.recurs),
        stages=tuple(
            replace(
                stage,
                role=role(stage.role_set_by, stage.role),
                routes=tuple(replace(each, role=role(each.set_by, each.role)) for each in stage.routes),
            )
            for stage in register.stages
        ),
    )


def _holding(catalogue: Catalogue, means: FieldRole) -> list[Register]:
    """Return the roster's registers that have a field used as *means*: what is set goes by it, as by people and areas."""
    every = [register for each in catalogue.procedures if each.roster for register in each.registers]
    return [register for register in every if register.meaning(means)]
