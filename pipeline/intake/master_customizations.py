"""What staff added to a master, gathered from one that came back: kept until they take it away themselves."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace
from datetime import date, datetime

from pipeline.domain.cell import Raw
from pipeline.domain.customizations import AddedColumn, Additions, PageSetup, Value
from pipeline.domain.edited_master import EditedMaster, EditedPage, WrittenPage
from pipeline.render.xlsx.safe_text import sheet_titles
from pipeline.validate.as_written import as_written

_WIDER = 1.0
"""Digits by which a width has to differ before somebody has set it: programs round each in their own way."""
_NAMELESS = "-"


def gather_page(
    page: EditedPage, written: WrittenPage, widths: Mapping[str, float], key: str, kept: PageSetup
) -> PageSetup:
    """Return how *page* is to be set up from now on.

    *written* is how it was set up when it was written, *widths* those of our columns by label then, *key* is the label
    of the key; *kept* is what was known before. A page may be older than that, or show some records alone: what it does
    not say otherwise than it was written stays as it is kept.
    """
    theirs = [label for label in page.columns if label not in widths]
    at_key = list(page.columns).index(key)
    records = {as_written(row[at_key]).strip() for row in page.cells}
    others = [each for each in kept.columns if each.label not in theirs]
    others = [_without(each, records) if each.label in written.added else each for each in others]
    others = [each for each in others if each.values or each.label not in written.added]
    columns = [_column(page, label, set(widths), key, kept) for label in theirs]
    known = {*widths, *theirs}
    closed, opened = page.hidden - written.hidden, written.hidden - page.hidden
    return PageSetup(
        columns=(*columns, *others),
        widths={
            **{label: width for label, width in kept.widths.items() if label not in page.widths and label in known},
            **{label: width for label, width in page.widths.items() if _is_set(label, width, widths, kept)},
        },
        hidden=(kept.hidden | (closed - kept.opened)) - opened,  # one that was opened is folded again
        opened=(kept.opened | (opened - kept.hidden)) - closed,
        filters={
            label: shown
            for label in {**kept.filters, **page.filters}
            if (shown := (kept if page.filters.get(label) == written.filters.get(label) else page).filters.get(label))
        },
    )


def _without(column: AddedColumn, records: Set[str]) -> AddedColumn:
    """Return *column* as it is left when somebody takes it away from a page that shows *records*."""
    return replace(column, values={key: value for key, value in column.values.items() if key not in records})


def with_pages(kept: Additions, pages: Mapping[str, PageSetup]) -> Additions:
    """Return *kept* with *pages* by register."""
    every = {**kept.pages, **pages}
    return replace(kept, pages={code: page for code, page in every.items() if page != PageSetup()})


def with_sheets(kept: Additions, master: EditedMaster) -> Additions:
    """Return *kept* with the sheets that staff added to *master*, and without those that they took away.

    A sheet that it was not written with takes the place of no other: it gets a number behind its name.
    """
    sheets = {title: content for title, content in kept.sheets.items() if title not in master.written.sheets}
    for title, content in master.sheets.items():
        if content not in sheets.values():
            *_, free = sheet_titles([*sheets, title])
            sheets[free] = content
    return replace(kept, sheets=sheets)


def _column(page: EditedPage, label: str, ours: set[str], key: str, kept: PageSetup) -> AddedColumn:
    known = next((each for each in kept.columns if each.label == label), AddedColumn(label))
    values = dict(known.values)
    labels = list(page.columns)
    at, at_key = labels.index(label), labels.index(key)
    for row in page.cells:
        record, value = as_written(row[at_key]).strip(), _value(row[at])
        if record and value is not None:
            values[record] = value
        elif record:
            values.pop(record, None)
    left = [other for other in labels if other in ours and page.columns[other] < page.columns[label]]
    return AddedColumn(label, max(left, key=page.columns.__getitem__, default=""), values)


def _is_set(label: str, width: float, widths: Mapping[str, float], kept: PageSetup) -> bool:
    written = kept.widths.get(label, widths.get(label))
    return written is None or label in kept.widths or abs(width - written) > _WIDER


def _value(raw: Raw) -> Value | None:
    """A number or a day as it is, all else as text."""
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return raw
    if isinstance(raw, date):
        day = raw.date() if isinstance(raw, datetime) else raw
        return day if as_written(raw) == day.isoformat() else as_written(raw)
    return as_written(raw) or None
