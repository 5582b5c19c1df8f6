"""A duty that comes again, held against its period: what looks at a week, or reports on one, is not done before it."""

from __future__ import annotations

from datetime import date

from pipeline.domain.finding import Finding
from pipeline.domain.finding_at import finding_at
from pipeline.domain.record import Record, RecordState
from pipeline.domain.record_title import title_or_key
from pipeline.merge.judge_days import is_before
from schemas.language import FieldRole, Form, Register, Stored


def judge_period(register: Register, form: Form, record: Record, entry: RecordState | None) -> Finding | None:
    """Return a finding where *record*, a row of *form*, says that the duty *entry* was done before its period has begun; None
    where it was not, or the register has no such duties.
    """
    field = form.meaning(FieldRole.DONE_ON)
    done = record.values.get(field.code) if field else None
    begins = _begins(register, entry) if entry and done else None
    if field is None or entry is None or begins is None or not is_before(done, begins.isoformat()):
        return None
    title = title_or_key(register, entry)
    return finding_at("step.too_early", form, record, field.code, title=title, day=begins.isoformat())


def _begins(register: Register, entry: RecordState) -> date | None:
    for each in register.recurs:
        due: Stored = entry.values.get(each.due)
        if due and all(entry.values.get(code) == value for code, value in each.values):
            return each.earliest(date.fromisoformat(str(due)[:10]))
    return None
