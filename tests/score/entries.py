"""The records of one table, as they are meant and as they are typed, each with at most one fault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from schemas.language import Form, Kind
from tests.score.cells import Typed
from tests.score.dice import Dice
from tests.score.faults import Plan, plans
from tests.score.labels import Column
from tests.score.people import records, thin_out
from tests.score.writings import Medium, checkboxes, write, write_range

_DITTO = ("同上", "同上", "〃", '"')


@dataclass(slots=True)
class Entry:
    """One record: ``typed`` by column."""

    meant: dict[str, Any]
    typed: list[Typed]
    plan: Plan | None = None


def make_entries(
    dice: Dice,
    form: Form,
    columns: Sequence[Column],
    count: int,
    medium: Medium,
    *,
    batch: int = 0,
    faulty: float = 0.3,
    ticks: float = 0.0,
    ditto: bool = False,
) -> list[Entry]:
    """Return *count* entries, a share of them *faulty*, no kind of fault twice; *ticks* is how often boxes are ticked."""
    found: list[Entry] = []
    used: set[str] = set()
    for whole in records(dice, form, count, batch):
        plan = None
        if dice.often(faulty):
            free = [each for each in plans(dice, form, columns, whole, medium) if each.kind not in used]
            plan = dice.choice(_by_kind(dice, free)) if free else None
        if plan:
            used.add(plan.kind)
        meant = _meant(dice, form, columns, whole, plan)
        found.append(Entry(meant, _typed(dice, form, columns, meant, plan, medium, ticks), plan))
    if ditto:
        _repeat(dice, form, columns, found)
    return found


def _meant(
    dice: Dice, form: Form, columns: Sequence[Column], whole: dict[str, Any], plan: Plan | None
) -> dict[str, Any]:
    """Return what of the *whole* record stands on the sheet, with what *plan* changes."""
    changed = whole | dict(plan.meant) if plan else whole
    held = thin_out(dice, form, changed)
    for column in columns:
        if len(column.codes) > 1:
            held |= {code: changed[code] for code in column.codes}  # a range of one end says less than nothing
    codes = {code for column in columns for code in column.codes}
    touched = dict(plan.meant) if plan else {}
    return {code: value for code, value in {**held, **touched}.items() if code in codes}


def _by_kind(dice: Dice, free: Sequence[Plan]) -> list[Plan]:
    """Return one plan of each kind: a form with many choices has not mostly faults of choices."""
    shuffled = dice.sample(list(free), len(free))
    return list({plan.kind: plan for plan in shuffled}.values())


def _typed(
    dice: Dice,
    form: Form,
    columns: Sequence[Column],
    meant: dict[str, Any],
    plan: Plan | None,
    medium: Medium,
    ticks: float,
) -> list[Typed]:
    typed: list[Typed] = []
    for column in columns:
        values = [meant.get(code) for code in column.codes]
        if plan and plan.typed and plan.field in column.codes:
            typed.append(plan.typed[0])
        elif len(values) == 2:
            typed.append(write_range(dice, (values[0], values[1])))
        else:
            each = form.field(column.codes[0])
            if each.kind is Kind.CHOICE and values[0] is not None and dice.often(ticks):
                typed.append(checkboxes(dice, each, values[0]))
            else:
                typed.append(write(dice, each, values[0], medium))
    return typed


def _repeat(dice: Dice, form: Form, columns: Sequence[Column], entries: Sequence[Entry]) -> None:
    """Let some cells say 同上: the cell above must be right, and nothing else of the record hang on the value."""
    triggers = {name for each in form.fields for name, _ in each.required_when}
    plain = [
        (at, column.codes[0])
        for at, column in enumerate(columns)
        if len(column.codes) == 1
        and form.field(column.codes[0]).kind in {Kind.TEXT, Kind.CHOICE}
        and column.codes[0] not in triggers
    ]
    for above, entry in pairwise(entries):
        for at, code in plain:
            touched = [plan for plan in (above.plan, entry.plan) if plan and (plan.field == code or code in plan.meant)]
            if touched or above.meant.get(code) is None or entry.meant.get(code) is None or not dice.often(0.12):
                continue
            entry.meant[code] = above.meant[code]
            entry.typed[at] = dice.choice(_DITTO)
