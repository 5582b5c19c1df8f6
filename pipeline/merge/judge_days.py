"""Days of steps held against each other: no step is done before the one that it answers, to the day or to the minute."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pipeline.domain.finding import Finding
from pipeline.domain.finding_at import finding_at
from pipeline.domain.record import Event, Record, RecordState
from pipeline.merge.earlier_round import since_taken
from schemas.language import Field, FieldRole, Form, Localized, Register

LAST_TIME = Localized("上次的{label}", "the last {label}")
_A_DAY = len("2026-11-02")
_OF_A_STEP = (FieldRole.CAME_ON, FieldRole.DONE_ON)
_OF_A_DEED = (*_OF_A_STEP, FieldRole.STARTS)


def judge_days(
    register: Register, form: Form, record: Record, entry: RecordState | None, life: Callable[[str], Sequence[Event]]
) -> Finding | None:
    """Return a finding when a day of *record*, a row of *form*, contradicts another step's of its record (*entry*), whose
    events *life* gives; None when all is in order, or the other day is not known.
    """
    if entry is None:
        return None
    said = record.action or record.values
    stage = register.stage_of(form.code)
    asked = _OF_A_DEED if stage is not None and stage.ad_hoc else _OF_A_STEP
    for field in (each for each in form if each.means in asked):
        day = said.get(field.code)
        if not day or (form is register.base and entry.values.get(field.code) == day):
            continue
        before = form is not register.base
        others = _days_before(register, form, life(record.key)) if before else _days_after(register, entry)
        wrong = [
            other
            for other in others
            if (known := entry.values.get(other.code)) and (is_before(day, known) if before else is_before(known, day))
        ]
        if is_before(day, entry.values.get(field.code) or day) and _goes_round(register, form, entry, life(record.key)):
            wrong.append(field)
        if wrong:
            worst = (max if before else min)(wrong, key=lambda each: str(entry.values[each.code]))
            return finding_at(
                "step.day_before" if before else "step.day_after",
                form,
                record,
                field.code,
                other=LAST_TIME.filled(label=worst.label) if worst is field else worst.label,
                day=str(worst.show(entry.values[worst.code], "zh")),
            )
    return None


def _goes_round(register: Register, form: Form, entry: RecordState, life: Sequence[Event]) -> bool:
    """Tell whether the step of *form* was done before and is due again: nobody else has sent it back since, and said so that it was
    not done. Where the step itself led back (what could not be mended, an answer that did not content), it was done.
    """
    stage = register.stage_of(form.code)
    if stage is None or not stage.state or entry.state != stage.state:
        return False
    since = since_taken(form, life)
    return bool(since) and not any(event.reason for event in since[1:])


def is_before(one: object, other: object) -> bool:
    """Tell whether the day or moment *one* lies before *other*: where either is a day alone, by the day."""
    left, right = str(one), str(other)
    if min(len(left), len(right)) == _A_DAY:
        left, right = left[:_A_DAY], right[:_A_DAY]
    return left < right


def _days_before(register: Register, form: Form, life: Sequence[Event]) -> Iterator[Field]:
    """The days of the steps that lead to that of *form*: those that stand before it, and the one that has sent it back."""
    stage = register.stage_of(form.code)
    if stage is not None and stage.ad_hoc:  # at any time, but not before what it is about came up, or was entered
        yield from (each for each in register.base if each.means in _OF_A_STEP)
        return
    codes = [stage.form for stage in register.stages if stage.form and not stage.ad_hoc]
    before = codes[: codes.index(form.code)] if form.code in codes else []
    last = next((event.form for event in reversed(life) if event.state and event.form in codes), "")
    if last and last != form.code:
        before.append(last)
    for code in dict.fromkeys(before):
        yield from _days_of(register, code)


def _days_after(register: Register, entry: RecordState) -> Iterator[Field]:
    """The days of the steps that follow; none where those are over (``Numbered.over``): what is asked for again begins anew."""
    if register.numbered is not None and entry.state in register.numbered.over:
        return
    for stage in register.stages:
        if stage.form and stage.form != register.base.code and not stage.ad_hoc:
            yield from _days_of(register, stage.form)


def _days_of(register: Register, code: str) -> Iterator[Field]:
    form = next(each for each in register.forms if each.code == code)
    yield from (each for each in form if each.means in _OF_A_STEP)
