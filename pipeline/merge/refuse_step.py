"""Why a row's step is not taken, told at the last answer that led nowhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.domain.finding import Finding
from pipeline.domain.finding_at import finding_at
from pipeline.domain.record import Event, Record, RecordState
from pipeline.domain.record_title import title_or_key
from pipeline.domain.routing import with_values
from pipeline.domain.rulebook.merging import STEP_REFUSED
from pipeline.merge.earlier_round import since_taken
from pipeline.merge.take_steps import TAKEN, of_taken_step
from pipeline.merge.turn_back import how_to_turn_back
from schemas.language import Form, Localized, Register, Stage

_GONE_ON = Localized(
    "这一步的结论已经办过，不能直接改：{how}；若号码写错，请改正",
    "It has gone on by the answer of this step, which cannot be changed: {how}; or check the number",
)
_REGISTER = Localized(
    "先交登记表，或核对号码后重填本单元格", "Hand in its registration first, or correct the number in this cell"
)
_IT_COMES = Localized(
    "核对号码后重填本单元格；这类编号由程序到时列出，还没有列出的，列在任务表上以后再交",
    "Correct the number in this cell; the program opens these when their time comes: hand it in once it is on a worklist",
)


def how_to_open(register: Register) -> Localized:
    """Say what to do where a step names a record that *register* does not hold."""
    return _IT_COMES if register.kept else _REGISTER


def refuse_step(
    register: Register,
    form: Form,
    record: Record,
    entry: RecordState | None,
    stage: Stage,
    why: Localized,
    life: Callable[[str], Sequence[Event]],
    called: Localized | None = None,
) -> Finding:
    """Return the finding that *stage*, or what it is *called*, is not to be taken now by *record*, a row of *form*; or that it is,
    and not so. *life* gives the events of a record by its key, *entry* is how it stands.
    """
    state = register.state(entry.state) if entry else None
    due = entry is not None and bool(stage.state) and entry.state == stage.state
    if not due and since_taken(form, life(record.key)):
        why = of_taken_step(stage, state, why)
        if why is TAKEN and entry is not None and _turned(stage, record, entry):
            why = _GONE_ON.filled(how=how_to_turn_back(register, entry, stage))
    is_answered = any(transition.why is why and not transition.when for transition in stage.transitions)
    leading = (
        {code for transition in stage.transitions for code, _ in transition.when} if due and not is_answered else set()
    )
    answers = [field.code for field in form if field.code in leading and field.code in record.values]
    return finding_at(
        "step.not_so" if due else STEP_REFUSED,
        form,
        record,
        answers[-1] if answers else form.key.code,
        title=title_or_key(register, entry) if entry else record.key,
        state=state.words if state else Localized("", ""),
        stage=called or stage.title,
        why=with_values(why, register, entry.values if entry else {}),
    )


def _turned(stage: Stage, record: Record, entry: RecordState) -> bool:
    """Tell whether *record* gives another answer than that by which *stage* has led *entry* on."""
    return any(
        code in record.values and entry.values.get(code) not in (None, record.values[code])
        for transition in stage.transitions
        for code, _ in transition.when
    )
