"""Days of steps held against each other: no step is done before the one that it builds on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.domain.finding import Finding
from pipeline.domain.record import Record, RecordState
from pipeline.merge.finding_at import finding_at
from schemas.language import Field, FieldRole, Form, Register


def judge_days(
    register: Register, form: Form, records: Iterable[Record], entries: Mapping[str, RecordState]
) -> list[Finding]:
    """Return a finding for each of *records* whose day (``FieldRole.DONE_ON`` of *form*) lies before that of an earlier step
    of its *register*. *entries* are its records as they stand now; ISO days compare as text.
    """
    done_on, earlier = form.meaning(FieldRole.DONE_ON), _days_before(register, form)
    findings: list[Finding] = []
    if done_on is None or not earlier:
        return findings
    for record in records:
        entry, day = entries.get(record.key), str(record.values.get(done_on.code) or "")
        if entry is None or not day:
            continue
        later = [field for field in earlier if str(entry.values.get(field.code) or "") > day]
        if later:
            last = later[-1]
            findings.append(
                finding_at("step.day_before", form, record, done_on.code, other=last.label, day=entry.values[last.code])
            )
    return findings


def _days_before(register: Register, form: Form) -> list[Field]:
    """The days of the steps that lead to that of *form*, in their order."""
    codes = [stage.form for stage in register.stages if not stage.ad_hoc]
    before = codes[: codes.index(form.code)] if form.code in codes else []
    days = [each.meaning(FieldRole.DONE_ON) for code in before for each in register.forms if each.code == code]
    return [day for day in days if day is not None]
