"""What rows of changes stand upon: what the same row was to change before, when it was refused, and when that was said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache

from pipeline.domain.checked import RowId
from pipeline.domain.paper import Paper, PaperRows
from pipeline.merge.repeated_cells import EarlierRows
from pipeline.merge.statement import StatementBase
from pipeline.validate.check_actions import items_in
from pipeline.validate.name_items import Items
from schemas.language import FieldRole, Form, Register

_Changes = Callable[[str, str], dict[str, str]]


def bases_of_deeds(
    register: Register, form: Form, paper: Paper, rows: PaperRows, earlier: EarlierRows
) -> dict[RowId, StatementBase]:
    """Return what the *rows* of *paper* stand upon; nothing where *form* changes no values, or nobody tells the record."""
    item, new = form.meaning(FieldRole.ITEM), form.meaning(FieldRole.NEW_VALUE)
    if item is None or new is None:
        return {}

    @cache
    def items() -> Items:
        return Items(register)

    @cache
    def changes(named: str, values: str) -> dict[str, str]:
        return items_in(named, values, items())

    return {
        (paper.submission, rows.sheet, row): StatementBase(
            paper.author,
            made=paper.made,
            waiting=_waiting_since(rows, at, form.key.code, (item.code, new.code), earlier, changes),
        )
        for at, row in enumerate(rows.rows)
        if rows.keys[at]
    }


def _waiting_since(
    rows: PaperRows, at: int, key_field: str, cells: tuple[str, str], earlier: EarlierRows, changes: _Changes
) -> dict[str, datetime]:
    """Return the fields that row *at* was to change in the same way when it was refused, with the first time."""
    since: dict[str, datetime] = {}
    said: dict[str, str] | None = None
    for made, texts in earlier.refused(rows, at, key_field):
        if said is None:
            said = changes(*_cells(rows.texts(at), cells))
        before = changes(*_cells(texts, cells))
        for code, text in said.items():
            if before.get(code) == text:
                since[code] = min(made, since.get(code, made))
    return since


def _cells(texts: Mapping[str, str], cells: tuple[str, str]) -> tuple[str, str]:
    return texts.get(cells[0], ""), texts.get(cells[1], "")
