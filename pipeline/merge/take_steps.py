"""Which way a filled form leads a record: the first move of its stage whose conditions hold."""

from __future__ import annotations

from pipeline.domain.record import RecordState
from pipeline.domain.routing import holds
from schemas.language import FieldRole, Localized, Register, Stage, State, StoredValues, Transition

_NO_WAY = Localized("请核对本行的结论", "Check the decision on this row")
_DONE = Localized(
    "已经办结，不用再办；以前填错了的，在总表上改那一格",
    "Nothing is left to do for this record; what was filled wrong is corrected in its cell of the master",
)
_NEXT = Localized(
    "现在应办的是“{stage}”，若号码写错，请改正；没到这一步的，到时再交",
    "The next step is “{stage}”: check the number, or wait",
)
TAKEN = Localized(
    "这一步已经办过：写错了要更正的，在总表里改正，把总表放进收件夹；若号码写错，请改正",
    "This step was taken before: to put it right, correct it in the master and drop that in the inbox; or check the number",
)
_NOT_YET = Localized(
    "现为“{state}”，还没到这一步：等前面的事齐全，到时再交；若号码写错，请改正",
    "It is in state “{state}” and waits for what comes before: check the number, or wait",
)
_PAUSED = Localized(
    "现为“{state}”，恢复以后再办；若号码写错，请改正",
    "It stands still in state “{state}”: check the number, or have it go on first",
)
_CLOSED = Localized(
    "已是“{state}”，不用再办；若号码写错，请改正", "It is in state “{state}” and closed for good: check the number"
)
_THERE = Localized(
    "已经是“{state}”，不用再办；若号码写错，请改正", "It is in state “{state}” already: check the number"
)
_RUNNING = Localized(
    "现为“{state}”，没有停下，不用恢复；若号码写错，请改正",
    "It is in state “{state}” and was not paused: check the number",
)


def step(register: Register, stage: Stage, entry: RecordState | None, values: StoredValues) -> Transition | Localized:
    """Return the move that *values* make from where *entry* stands, or in words why none can be made."""
    held: StoredValues = entry.values if entry else {}
    if stage.ad_hoc:
        return _any_time(register, stage, entry, values)
    if (
        stage.state
        and (entry is None or entry.state != stage.state)
        and not _in_between(register, stage, entry, values)
    ):
        return _not_now(register, entry.state if entry else "")
    for transition in stage.transitions:
        if not transition.by_itself and holds(transition.when, values) and holds(transition.known, held):
            return transition if transition.to or transition.stays else transition.why
    return _NO_WAY


def _in_between(register: Register, stage: Stage, entry: RecordState | None, values: StoredValues) -> bool:
    """Tell whether the step was done in between two of its rounds (``Stage.between``): on a day after the last one."""
    if entry is None or entry.state not in stage.between:
        return False
    form = next(each for each in register.forms if each.code == stage.form)
    done = form.meaning(FieldRole.DONE_ON)
    day, last = (str(held.get(done.code) or "") if done else "" for held in (values, entry.values))
    return day > last


def of_taken_step(stage: Stage, state: State | None, why: Localized) -> Localized:
    """Return what is said of a step that its record has taken and a sheet takes once more: how to put it right, where that can
    be, else *why* it is refused.
    """
    return why if stage.ad_hoc or state is None or state.closed or state.paused else TAKEN


def _any_time(
    register: Register, stage: Stage, entry: RecordState | None, values: StoredValues
) -> Transition | Localized:
    """The way of a deed that any state but a closed one allows."""
    state = register.state(entry.state) if entry else None
    if entry is None or state is None:
        return _NO_WAY
    if state.closed:
        return _in(state, _CLOSED)
    for transition in stage.transitions:
        if holds(transition.when, values) and holds(transition.known, entry.values):
            if transition.to == state.code:
                return _in(state, _THERE)
            if transition.resumes and not state.paused:
                return _in(state, _RUNNING)
            return transition
    return _NO_WAY


def _in(state: State, words: Localized) -> Localized:
    return words.filled(state=state.words)


def _not_now(register: Register, code: str) -> Localized:
    state = register.state(code)
    if state is not None and (state.closed or state.paused):
        return _in(state, _CLOSED if state.closed else _PAUSED)
    waiting = register.waiting_for(code)
    if waiting is None:
        return _DONE
    if not waiting.form and state is not None:
        return _in(state, _NOT_YET)
    return _NEXT.filled(stage=waiting.title)
