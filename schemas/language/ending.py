"""Ending a record with a reason: void, empty, entered by mistake. A form of its own, a state of its own, at any time."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.language import fields
from schemas.language.field import FieldRole
from schemas.language.flow import Against, Stage, State, Transition
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
    register: str,
    form: str,
    role: str,
    *,
    not_by: tuple[str, ...] = (),
    tells: tuple[str, ...] = (),
    begins: str = "",
    owed: bool = False,
    against: tuple[Against, ...] = (),
) -> tuple[State, Stage]:
    """Return the state in which records of *register* are ended, and the ad-hoc stage that leads there by *form*.

    Whoever has the record may do it, and who has *role*, but nobody whom a field of *not_by* names: a duty that comes again is
    not ended by the one whose duty it is. Once the day in field *begins* is past only *role* may: it has
    taken place; and so it is with what is *owed*. What was decided, or waits to be, only who decides it may end (``deciding_stage``). Nothing is asked of an ended record any more; who
    had it, who has worked on it, who watches over it and whom *tells* names are told who ended it, and why.
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
        ends=True,
        begins=begins,
        owed=owed,
        against=against,
        transitions=(Transition(state.code),),
    )
    return state, stage


def deciding_stage(stages: Sequence[Stage], state: str) -> Stage | None:
    """Return the stage that has decided on a record in *state*, or is to decide there; None where nobody has.

    A stage decides where only its role may do it, and nobody his own, or where it says so. It has decided wherever no way leads but through its
    answer; of several, the last one has.
    """
    deciding = [
        each for each in stages if each.strict and (each.not_by or each.decides) and each.form and not each.ad_hoc
    ]
    waiting = next((each for each in deciding if each.state == state), None)
    every = _reached(stages, None)
    after = {each.code: every - _reached(stages, each) for each in deciding}
    passed = [each for each in deciding if state in after[each.code]]
    return waiting or min(passed, key=lambda each: len(after[each.code]), default=None)


def _reached(stages: Sequence[Stage], without: Stage | None) -> set[str]:
    """Return the states to which a way leads, but for those by an answer of the stage *without* that sends nothing back."""
    ways = [
        (stage.state, way.to)
        for stage in stages
        if not stage.ends
        for way in stage.transitions
        if way.to and (stage is not without or way.back)
    ]
    reached = {to for state, to in ways if not state} | {stages[0].state}  # opened by a sheet, or by the calendar
    while more := {to for state, to in ways if state in reached} - reached:
        reached |= more
    return reached
