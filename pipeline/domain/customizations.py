"""What staff added to the master and may keep: columns beside ours, sheets of their own, widths, what they hid or filtered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pipeline.domain.json_values import JsonRead

Value = str | int | float | date
"""One cell of a column that staff added."""


@dataclass(frozen=True, slots=True)
class AddedColumn:
    """A column of a register's sheet that staff added. ``after`` is the label of ours to its left, ``values`` by key."""

    label: str
    after: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PageSetup:
    """How staff want one register's sheet. Columns go by their labels, ours and theirs."""

    columns: tuple[AddedColumn, ...] = ()
    widths: Mapping[str, float] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()
    """Those that the program would fold, and that somebody wants to see."""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By label: the texts of the cells that stay in sight; "" for blank ones."""


@dataclass(frozen=True, slots=True)
class Additions:
    """All of it: pages by the code of their register, whole sheets by title, each as a package of its own."""

    pages: Mapping[str, PageSetup] = field(default_factory=dict)
    sheets: Mapping[str, bytes] = field(default_factory=dict)


def page_to_json(page: PageSetup) -> JsonRead:
    """Return *page* as plain JSON."""
    return {
        "columns": [
            {
                "label": each.label,
                "after": each.after,
                "values": {key: _plain(cell) for key, cell in each.values.items()},
            }
            for each in page.columns
        ],
        "widths": dict(page.widths),
        "hidden": sorted(page.hidden),
        "opened": sorted(page.opened),
        "filters": {label: list(texts) for label, texts in page.filters.items()},
    }


def page_from_json(body: JsonRead) -> PageSetup:
    """Return the page that ``page_to_json`` made *body* of."""
    return PageSetup(
        columns=tuple(
            AddedColumn(each["label"], each["after"], {key: _cell(cell) for key, cell in each["values"].items()})
            for each in body["columns"]
        ),
        widths=body["widths"],
        hidden=frozenset(body["hidden"]),
        opened=frozenset(body.get("opened", ())),  # nothing was folded once
        filters={label: tuple(texts) for label, texts in body["filters"].items()},
    )


def _plain(cell: Value) -> Any:
    return {"date": cell.isoformat()} if isinstance(cell, date) else cell


def _cell(plain: Any) -> Value:
    return date.fromisoformat(plain["date"]) if isinstance(plain, dict) else plain
