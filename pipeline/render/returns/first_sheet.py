"""The explaining page and the hidden sheet, as sheet parts of a package."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from lxml import etree

from pipeline.domain.embedded_metadata import SHEET
from pipeline.domain.place import cell_name, pack
from pipeline.render.returns.marking import ExplanationPage, long_lists
from pipeline.render.returns.package import MAIN, main_tag, serialise
from pipeline.render.returns.styles import Styles
from pipeline.render.xlsx.measure import lines_needed
from pipeline.render.xlsx.safe_text import cell_text, looks_live

_Element = etree._Element

WIDTHS = (9, 16, 10, 24, 52, 52)
_ANSWER_WIDTH = 16
LINE_HEIGHT = 15.0
_LONGEST_TARGET = 2_000
_FIRST_LIST = 3
"""Column of the hidden sheet, from 0."""


def explaining_sheet(page: ExplanationPage, titles: Mapping[str, str], styles: Styles) -> bytes:
    """Return the sheet part of *page*; *titles* gives the title in this workbook of each sheet that a line names."""
    sheet = etree.Element(main_tag("worksheet"), nsmap={None: MAIN})  # type: ignore[dict-item]
    setup = etree.SubElement(sheet, main_tag("sheetPr"))
    etree.SubElement(setup, main_tag("pageSetUpPr"), fitToPage="1")
    top = 2 + len(page.hints)
    views = etree.SubElement(sheet, main_tag("sheetViews"))
    view = etree.SubElement(views, main_tag("sheetView"), showGridLines="0", tabSelected="1", workbookViewId="0")
    etree.SubElement(
        view, main_tag("pane"), ySplit=str(top), topLeftCell=f"A{top + 1}", activePane="bottomLeft", state="frozen"
    )
    columns = etree.SubElement(sheet, main_tag("cols"))
    for at, width in enumerate(WIDTHS, 1):
        etree.SubElement(columns, main_tag("col"), min=str(at), max=str(at), width=str(width), customWidth="1")
    asked = [at for at, line in enumerate(page.lines, top + 1) if line.token]
    caption, token = page.answer
    for at, hidden in enumerate((False, True) if asked else (), len(WIDTHS) + 1):
        column = etree.SubElement(
            columns, main_tag("col"), min=str(at), max=str(at), width=str(_ANSWER_WIDTH), customWidth="1"
        )
        if hidden:
            column.set("hidden", "1")
    data = etree.SubElement(sheet, main_tag("sheetData"))
    links = etree.Element(main_tag("hyperlinks"))
    title = styles.plain(size=16, bold=True, color="FF1F4E79", box=False)
    _row(data, 1, [page.heading], styles.quoted(title) if looks_live(page.heading) else title, 27)
    hint = styles.plain(color="FF595959", box=False)
    for at, words in enumerate(page.hints, 2):
        _row(data, at, [words], hint, 18)
    if page.lines:
        _row(
            data,
            top,
            [*page.header, *((caption, token) if asked else ())],
            styles.plain(bold=True, color="FFFFFFFF", fill="FF2F5D8A"),
            24,
        )
    body, linked = styles.plain(), styles.plain(color="FF0B57D0")
    for at, line in enumerate(page.lines, top + 1):
        cells = [line.severity, line.sheet, line.cell, line.value, line.wrong, line.fix]
        beside = ["", line.token] if asked else []
        target = titles.get(line.sheet, "") if line.cell else ""
        row = _row(data, at, [*cells, *beside], body, LINE_HEIGHT * lines_needed(cells, WIDTHS) + 4)
        for cell, text in zip(row, cells, strict=False):
            if looks_live(text):
                cell.set("s", str(styles.quoted(body)))
        row[0].set("s", str(styles.plain(bold=True, fill=line.tint)))
        location = f"'{target.replace(chr(39), chr(39) * 2)}'!{line.cell}"
        if target and len(location) < _LONGEST_TARGET:
            row[2].set("s", str(linked))
            etree.SubElement(links, main_tag("hyperlink"), ref=f"C{at}", location=location, display=line.cell)
    if page.lines:
        last = chr(64 + len(WIDTHS) + (2 if asked else 0))  # what is sorted keeps its answers
        etree.SubElement(sheet, main_tag("autoFilter"), ref=f"A{top}:{last}{top + len(page.lines)}")
    if asked:
        _offer(sheet, page, top + 1)
    if len(links):
        sheet.append(links)
    etree.SubElement(
        sheet, main_tag("pageMargins"), left="0.4", right="0.4", top="0.5", bottom="0.5", header="0.3", footer="0.3"
    )
    etree.SubElement(
        sheet, main_tag("pageSetup"), paperSize="9", orientation="landscape", fitToWidth="1", fitToHeight="0"
    )
    return serialise(sheet)


def _offer(sheet: _Element, page: ExplanationPage, first: int) -> None:
    """Let one of its choices be picked in the column beside each line that has some; the lines begin at row *first*."""
    rows: dict[tuple[str, ...], list[int]] = {}
    for at, line in enumerate(page.lines, first):
        if line.token:
            rows.setdefault(line.choices, []).append(at)
    lists = long_lists(page)
    rules = etree.SubElement(sheet, main_tag("dataValidations"), count=str(len(rows)))
    column = chr(65 + len(WIDTHS))
    for choices, places in rows.items():
        rule = etree.SubElement(
            rules,
            main_tag("dataValidation"),
            type="list",
            allowBlank="1",
            showErrorMessage="1",
            sqref=" ".join(f"{column}{row}" for row in places),
        )
        source = f'"{",".join(choices)}"'
        if choices in lists:
            letters = _list_column(lists.index(choices))
            source = f"{SHEET}!${letters}$1:${letters}${len(choices)}"
        etree.SubElement(rule, main_tag("formula1")).text = source


def _list_column(number: int) -> str:
    """Return the letters of the column of the hidden sheet that holds the list of that *number*: behind the pairs."""
    return cell_name(pack(0, _FIRST_LIST + number)).rstrip("1")


def hidden_sheet(pairs: Mapping[str, str], lists: Sequence[tuple[str, ...]] = ()) -> bytes:
    """Return the sheet part that carries *pairs*, and beside them the *lists* from which answers are chosen."""
    sheet = etree.Element(main_tag("worksheet"), nsmap={None: MAIN})  # type: ignore[dict-item]
    data = etree.SubElement(sheet, main_tag("sheetData"))
    beside = itertools.zip_longest(*lists, fillvalue="")
    for at, (pair, choices) in enumerate(itertools.zip_longest(pairs.items(), beside, fillvalue=("", "")), 1):
        _row(data, at, [*pair, "", *choices] if lists else list(pair), 0, 0)
    return serialise(sheet)


def _row(data: _Element, number: int, texts: tuple[str, ...] | list[str], style: int, height: float) -> _Element:
    row = etree.SubElement(data, main_tag("row"), r=str(number))
    if height:
        row.set("ht", str(min(height, 400.0)))
        row.set("customHeight", "1")
    for at, text in enumerate(texts):
        cell = etree.SubElement(row, main_tag("c"), r=cell_name(pack(number - 1, at)), s=str(style))
        if text:
            cell.set("t", "inlineStr")
            shown = etree.SubElement(etree.SubElement(cell, main_tag("is")), main_tag("t"))
            shown.text = cell_text(text)
            shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return row
