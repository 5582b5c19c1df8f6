"""Answers of a step held against what its record holds: an amount above what is due, a day before the one it follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.domain.finding import Finding
from pipeline.domain.finding_at import finding_at
from pipeline.domain.record import Record, RecordState
from pipeline.domain.routing import holds
from pipeline.merge.judge_days import LAST_TIME, is_before
from schemas.language import Comparison, Form, Register, Stage, Stored

_BREAKS: Mapping[Comparison, Callable[[Stored, Stored], bool]] = {
    Comparison.AT_MOST: lambda said, held: float(str(said)) > float(str(held)),
    Comparison.AT_LEAST: lambda said, held: float(str(said)) < float(str(held)),
    Comparison.NOT_BEFORE: is_before,
    Comparison.AFTER: lambda said, held: not is_before(held, said),
    Comparison.ANOTHER: lambda said, held: said == held,
    Comparison.SAME: lambda said, held: said != held,
}


def judge_against(
    register: Register,
    stage: Stage,
    form: Form,
    record: Record,
    entry: RecordState | None,
    now: str = "",
    *,
    again: bool = False,
) -> Finding | None:
    """Return a finding at the first answer of *record*, a row of *form*, that cannot be, given what *entry* holds: what was done
    today, the day alone, comes after a moment of today only once that has come (*now*). What is only put right (*again*) is
    not held against what it said itself.
    """
    known, answers = entry.values if entry else {}, record.action or record.values
    for each in stage.against:
        if again and each.other == each.field:
            continue
        said, held = answers.get(each.field), known.get(each.other)
        if said is None or held is None or not holds(each.when, {**known, **answers} if record.partial else answers):
            continue
        if _BREAKS[each.by](said, held) or (each.by is Comparison.NOT_BEFORE and _is_yet_to_come(said, held, now)):
            other = register.field(each.other)
            theirs = other.text(held, "zh")
            label = LAST_TIME.filled(label=other.label) if each.other == each.field else other.label
            return finding_at(f"step.{each.by}", form, record, each.field, other=label, theirs=theirs)
    return None


def _is_yet_to_come(said: Stored, held: Stored, now: str) -> bool:
    """Tell whether *said* is the day of *now* and *held* a later moment of it."""
    moment = str(held)
    return str(said) == now[: len("2026-11-02")] and moment > now and moment.startswith(f"{said}T")
