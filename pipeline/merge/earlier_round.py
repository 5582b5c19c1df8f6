"""A worklist's row tells of the round in which it was written: a step of the round before is not taken again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.domain.embedded_metadata import parse_token
from pipeline.domain.finding import Finding
from pipeline.domain.finding_at import finding_at
from pipeline.domain.record import Event, Record, RecordState
from pipeline.domain.record_title import title_or_key
from schemas.language import FieldRole, Form, Register


def earlier_round(
    register: Register,
    form: Form,
    record: Record,
    entry: RecordState | None,
    life: Callable[[str], Sequence[Event]],
    as_of: Callable[[str, int], RecordState | None],
) -> list[Finding] | None:
    """Return what there is to say of a row whose step was taken since it was written: nothing where it was taken just as
    the row says, a finding where it was taken otherwise and has to be done anew, or was taken by somebody else and may still be
    taken again (``Stage.open_in``): whoever wrote the row has not seen that. None where the row is of this round.
    """
    stage, metadata = register.stage_of(form.code), parse_token(record.token)
    if stage is None or not stage.state or record.partial or metadata is None or entry is None:
        return None
    later = [event for event in life(record.key) if event.number > metadata[1]]
    steps = [event for event in later if event.form == form.code and event.state]
    if any(_is_taken_so(record, step, as_of(*metadata), as_of(record.key, step.number)) for step in steps):
        return []
    title = title_or_key(register, entry)
    if steps and entry.state in stage.open_in and (others := _by_others(form, record, steps)):
        who = others[-1].actor
        return [finding_at("step.by_colleague", form, record, form.key.code, title=title, stage=stage.title, who=who)]
    if not steps or entry.state != stage.state or led_to(steps[0], later) == stage.state:
        return None
    return [finding_at("step.outdated", form, record, form.key.code, title=title, stage=stage.title)]


def _by_others(form: Form, record: Record, steps: Sequence[Event]) -> list[Event]:
    """The *steps* that somebody else than the author of *record* has taken, where both are named."""
    signed = form.meaning(FieldRole.ACTOR)
    author = str(record.values.get(signed.code) or "") if signed is not None else ""
    return [step for step in steps if author and step.actor and step.actor != author]


def since_taken(form: Form, life: Sequence[Event]) -> Sequence[Event]:
    """Return the last event of *life* by which the step of *form* led its record on, and all after it; none without one."""
    steps = [at for at, event in enumerate(life) if event.form == form.code and event.state]
    return life[steps[-1] :] if steps else ()


def _is_taken_so(record: Record, step: Event, seen: RecordState | None, stood: RecordState | None) -> bool:
    """Tell whether *step* is this very row: all that was typed in it stood in the record thereupon."""
    before = seen.values if seen else {}
    values = {**(stood.values if stood else {}), **step.values}
    typed = {code: value for code, value in record.values.items() if before.get(code) != value}
    return bool(typed) and all(values.get(code) == value for code, value in typed.items())


def led_to(step_taken: Event, later: Sequence[Event]) -> str:
    """Return the state to which *step_taken* led, with what the program did thereupon in the same run."""
    state = step_taken.state
    for event in later:
        if event.run == step_taken.run and event.number > step_taken.number and event.state:
            if event.submission:
                break
            state = event.state
    return state
