"""What somebody types who does a step as its form asks: the answers that lead on, examples, today, his own name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.domain.record import RecordState
from pipeline.domain.routing import holds
from schemas.language import Comparison, Field, FieldRole, Form, Kind, Language, Register, Stage, Transition, checks
from schemas.language.sample import Cells

_AHEAD = timedelta(days=7)
_PLAIN: Mapping[Kind, str] = {Kind.PHONE: "13932810018", Kind.INTEGER: "1", Kind.NUMBER: "1"}


@dataclass(frozen=True, slots=True)
class Desk:
    """Who fills it, on which day, in which language, and whom he names for a role ("" when nobody has it)."""

    name: str
    day: date
    language: Language
    holder: Callable[[str], str]


def opening_cells(register: Register, desk: Desk) -> Cells:
    """Return a row of the form that opens records of *register*, filled by its examples."""
    return {
        field.code: _typed(field, register, desk)
        for field in register.base
        if field.required or field.means in (FieldRole.SUBMITTER, FieldRole.TITLE)
    }


def step_cells(register: Register, stage: Stage, record: RecordState, desk: Desk, said: Cells) -> Cells:
    """Return the answers to *stage* for *record* that lead on, and not back: what is *said* for its form goes before."""
    form = next(each for each in register.forms if each.code == stage.form)
    way = way_onward(stage, record)
    chosen = {code: values[0] for code, values in way.when} if way else {}
    cells: dict[str, str | int | float | date] = {}
    for field in form:
        if field.key:
            continue
        if field.code in chosen:
            cells[field.code] = str(field.show(chosen[field.code], desk.language))
        elif _is_asked(field, form, stage, cells, desk.language):
            held = _held_against(field, stage, record, desk)
            cells[field.code] = held or _typed(field, register, desk)
    return cells | {code: value for code, value in said.items() if form.get(code)}


def way_onward(stage: Stage, record: RecordState) -> Transition | None:
    """Return the move that somebody makes who has nothing against it."""
    open_to_him = [way for way in stage.transitions if way.to and holds(way.known, record.values)]
    return next((way for way in open_to_him if not way.back), next(iter(open_to_him), None))


def _is_asked(field: Field, form: Form, stage: Stage, cells: Cells, language: Language) -> bool:
    if field.required or field.means in (FieldRole.ACTOR, FieldRole.DONE_ON) or field.code in stage.renews:
        return True
    return bool(field.required_when) and all(
        cells.get(code) in {str(form.field(code).show(each, language)) for each in answers}
        for code, answers in field.required_when
        if form.get(code)
    )


def _held_against(field: Field, stage: Stage, record: RecordState, desk: Desk) -> str:
    """Return what stands to the record as it should (``Stage.against``), "" where nothing is held against the field."""
    for each in stage.against:
        held = record.values.get(each.other)
        if each.field == field.code and held is not None and each.by in (Comparison.AT_MOST, Comparison.SAME):
            return field.text(held, desk.language)
    return ""


def _typed(field: Field, register: Register, desk: Desk) -> str:
    if field.means in (FieldRole.ACTOR, FieldRole.SUBMITTER):
        return desk.name
    named = next((stage for stage in register.stages if field.code == stage.whom), None)
    if named is not None and (someone := desk.holder(named.role)):
        return someone
    if field.options:
        option = next((each for each in field.options if field.example in each.names), field.options[0])
        return option.words.to(desk.language)
    past = field.means in (FieldRole.DONE_ON, FieldRole.CAME_ON) or any(
        rule.code == checks.FUTURE.code for rule in field.rules
    )
    day = (desk.day if past else desk.day + _AHEAD).isoformat()
    days = {Kind.DATE: day, Kind.MOMENT: f"{day} 10:00", Kind.MONTH: day[:7]}
    return days.get(field.kind) or field.example or _PLAIN.get(field.kind, field.label.to(desk.language))
