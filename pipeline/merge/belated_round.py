"""A round that was made before the last one and is written down only now: its day counts, and the last round stands."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.domain.record import Record, RecordState
from pipeline.merge.judge_days import is_before
from pipeline.merge.take_steps import step
from schemas.language import FieldRole, Form, Localized, Register, Stage


def belated_round(
    register: Register, stage: Stage | None, form: Form, record: Record, entry: RecordState | None
) -> Mapping[str, str]:
    """Return what *record*, a row of *form* that would lead *entry* back to where it stands, adds to the days that the record keeps
    (``Stage.keeps_days``): that of a round before the last one, which it does not have yet. Nothing else.
    """
    done = form.meaning(FieldRole.DONE_ON)
    if stage is None or entry is None or not stage.keeps_days or done is None:
        return {}
    way = step(register, stage, entry, record.values)
    if isinstance(way, Localized) or way.to != entry.state:
        return {}
    day, last = str(record.values.get(done.code) or ""), str(entry.values.get(done.code) or "")
    kept = [each for each in str(entry.values.get(stage.keeps_days) or "").split("、") if each]
    if not day or not last or not is_before(day, last) or day in kept:
        return {}
    return {stage.keeps_days: "、".join(sorted([*kept, day]))}
