"""Which step a column of the master belongs to, and whether a record has come through it."""

from __future__ import annotations

from pipeline.domain.record import RecordState
from schemas.language import FieldRole, Form, Register, Stage


def form_asking(register: Register, code: str, entry: RecordState | None) -> Form | None:
    """Return the form that asks for the field *code*: the one that opens records first, and of several steps that which *entry* has
    come through; None when no sheet may.
    """
    if code in {each.code for each in register.computed}:
        return None
    actions = {stage.form for stage in register.stages if stage.ad_hoc}
    kept = {register.base.code} if register.only_shown else set()
    forms = [form for form in register.forms if form.code not in actions and form.get(code)]
    if not forms or forms[0].code in kept:
        return None
    if forms[0] is register.base:
        return forms[0]
    return next((form for form in forms if _came_through(register, form, entry)), forms[0])


def _came_through(register: Register, form: Form, entry: RecordState | None) -> bool:
    stage = register.stage_of(form.code)
    return stage is not None and not is_ahead(entry, stage, form, was_blank=True)


def is_ahead(entry: RecordState | None, stage: Stage, form: Form, *, was_blank: bool) -> bool:
    """Tell whether the record has not come through *stage* with its *form* yet: a cell that *was_blank* is not for the master to
    fill. Of a step that was taken all that is required is there, and the rest may be filled in afterwards.
    """
    if entry is None or entry.state == stage.state:
        return True
    required = [each.code for each in form.fields if each.required and each is not form.key]
    taken = bool(required) and all(entry.values.get(code) is not None for code in required)
    return was_blank and not taken


def leads_on(stage: Stage, code: str) -> bool:
    """Tell whether the field *code* is an answer by which *stage* leads its records on."""
    return any(code == each for transition in stage.transitions for each, _ in transition.when)


def names_signer(stage: Stage, form: Form, code: str) -> bool:
    """Tell whether the field *code* of the *form* of *stage* names who has taken a step that is not everybody's: whoever stands
    there instead would have signed without being asked.
    """
    signed = form.meaning(FieldRole.ACTOR)
    return signed is not None and signed.code == code and bool(stage.strict or stage.not_by)
