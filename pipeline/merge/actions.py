"""What a row of changes (an ad-hoc action) is told by: its day, its kind, and whether it was taken before."""

from __future__ import annotations

from datetime import date

from pipeline.domain.record import Event, Record
from schemas.language import FieldRole, Form, Localized, Stage, StoredValues

_BESIDE = {FieldRole.ACTOR, FieldRole.REASON}
"""What may be written in later without making another action of it."""


def starts_on(form: Form, record: Record) -> date:
    """The day from which an action is in force; the earliest when its sheet names none."""
    return day_in_force(form, record.action)


def day_in_force(form: Form, action: StoredValues) -> date:
    """The day from which an *action* of *form*, of a row or an event, is in force; the earliest when it names none."""
    starts = form.meaning(FieldRole.STARTS)
    named = action.get(starts.code) if starts else None
    return date.fromisoformat(str(named)) if named else date.min


def same_action(form: Form, record: Record, event: Event) -> bool:
    """Tell whether *event* did what *record* asks, on the same day: sheets of changes grow, and come again.

    Why it was done and by whom may be written in later.
    """
    decisive = [field.code for field in form if field.means not in _BESIDE and not field.key]
    return event.form == form.code and all(event.action.get(code) == record.action.get(code) for code in decisive)


def kind_of_action(form: Form, stage: Stage, record: Record) -> Localized | None:
    """What the action is called: the answer by which its stage chooses the way."""
    deciding = next((code for transition in stage.transitions for code, _ in transition.when), "")
    asked = form.get(deciding)
    option = asked.option(record.action.get(deciding)) if asked else None
    return option.words if option else None
