"""Where the records of a drawn table stand, and the truth about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.domain.place import cell_name, pack
from tests.score.cells import Canvas, Spot, plain
from tests.score.entries import Entry
from tests.score.labels import Column
from tests.score.truth import Fault, Table, Told


@dataclass(slots=True)
class Drawn:
    """``places`` by entry and column."""

    places: list[list[Spot]]
    once: Mapping[str, Any] = field(default_factory=dict)
    """Values that stand once for the whole sheet."""
    told: Told | None = None


def tell_truth(
    canvas: Canvas, form: str, layout: str, columns: Sequence[Column], entries: Sequence[Entry], drawn: Drawn
) -> Table:
    """Return what is right and what is wrong about a drawn table."""
    table = Table(canvas.name, form, layout, told=drawn.told)
    for entry, places in zip(entries, drawn.places, strict=True):
        cells = {code: spot for column, spot in zip(columns, places, strict=True) for code in column.codes}
        table.cells |= {_name(spot) for spot in cells.values()}
        if entry.plan is None:
            values = {code: value for code, value in entry.meant.items() if value is not None}
            table.right.append({**drawn.once, **values})
            table.rows.append(places[0][0])
            continue
        told_at = [cells[code] for code in (entry.plan.field, *entry.plan.also) if code in cells]
        if layout == "card inside" and not _follows(canvas, told_at[0]):
            told_at += [(row, column + 1) for row, column in told_at]  # a blank may as well be filled beside its label
        written = repr(plain(canvas.cells.get(told_at[0])))
        table.faults.append(
            Fault(
                entry.plan.kind,
                entry.plan.field,
                frozenset(map(_name, told_at)),
                frozenset(map(_name, [*places, *told_at])),
                written,
            )
        )
    return table


def _follows(canvas: Canvas, spot: Spot) -> bool:
    """Tell whether something follows the label in its own cell."""
    return bool(str(canvas.cells.get(spot, "")).partition("：")[2].strip())


def _name(spot: Spot) -> str:
    return cell_name(pack(*spot))
