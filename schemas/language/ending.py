"""Ending a record with a reason: void, empty, entered by mistake. A form of its own, a state of its own, at any time."""

from __future__ import annotations

from schemas.language import fields
from schemas.language.field import FieldRole
from schemas.language.flow import Stage, State, Transition
from schemas.language.model import Date, FormModel, Text
from schemas.language.words import Localized


class Ended(FormModel):
    """What every form that ends records asks beside the key, which the form itself declares."""

    end_reason: Text = fields.text("作废原因", "Why it ends", "重复登记", means=FieldRole.REASON)
    ended_on: Date = fields.done_on("作废日期", "Ended on")
    ended_by: Text = fields.done_by("作废经办人", "Ended by")


def ended(register: str) -> str:
    """Return the code of the state in which records of *register* are ended."""
    return f"{register}_ended"


def ending(
    register: str, form: str, role: str, *, not_by: tuple[str, ...] = (), tells: tuple[str, ...] = ()
) -> tuple[State, Stage]:
    """Return the state in which records of *register* are ended, and the ad-hoc stage that leads there by *form*.

    Whoever has the record may do it, and who has *role*, but nobody whom a field of *not_by* names: a duty that comes again is
    not ended by the one whose duty it is. Whom *tells* names is told of it. Nothing is asked of an ended record any more, nor told about it.
    """
    state = State(ended(register), Localized("已作废", "Ended"), final=True, closed=True)
    stage = Stage(
        f"end_{register}",
        Localized("作废", "End"),
        role,
        form,
        ad_hoc=True,
        strict=True,
        not_by=not_by,
        tells=tells,
        transitions=(Transition(state.code),),
    )
    return state, stage
