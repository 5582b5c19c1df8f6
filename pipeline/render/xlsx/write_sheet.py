"""One described sheet → a worksheet: its heading, its parts from top to bottom, how it scrolls and prints."""

from __future__ import annotations

from datetime import date
from math import ceil
from typing import Any, Protocol

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.render.xlsx.alike_pages import CARD_WIDTHS, lines_of
from pipeline.render.xlsx.apply_filters import Filtered
from pipeline.render.xlsx.cell_values import storable
from pipeline.render.xlsx.column_groups import group_of, is_seen
from pipeline.render.xlsx.input_rules import input_rule
from pipeline.render.xlsx.link_target import link_target
from pipeline.render.xlsx.measure import column_widths, lines_needed
from pipeline.render.xlsx.paper import CHART_WIDTH, POINTS_PER_PIXEL, blocks_of, holds_chart, lay_out
from pipeline.render.xlsx.safe_text import cell_text, header_labels, label_text, looks_live, shorten
from pipeline.render.xlsx.splice_rows import Splice, variants
from pipeline.render.xlsx.workbook import (
    Access,
    Card,
    Cell,
    CellLink,
    Chart,
    LineStyle,
    Mark,
    RowBatch,
    Table,
    TableColumn,
    TextLine,
    WorkbookSheet,
)
from pipeline.render.xlsx.workbook_style import (
    CHART_COLOURS,
    HEADER_HEIGHT,
    HEADING_STYLE,
    LINE_HEIGHT,
    LINE_STYLE,
    ROW_HEIGHT,
    SUBHEADING_STYLE,
    TABLE_STYLE,
    Properties,
    cell_style,
    header_style,
    label_style,
    undrawn_style,
)

WRAPPED_UP_TO = 500
"""Rows: text wraps in a table that somebody reads row by row; a longer one is filtered and stays one line a row."""
_MAX_MESSAGE = 255
_MAX_MESSAGE_TITLE = 32
_MAX_COMMENT = 2_000
_FREEZE_WITHIN = 70.0
_CARD_HEIGHT = 26.0
_MOST_LINES = 8
_CHART_HEIGHTS = (160, 330)
_AROUND_BARS, _BAR = 80, 22
"""Pixels: of a chart's title and legend together, and of a bar."""
_UNSET_HEIGHT = 15.0
"""Of a row of which nothing is said."""
_SWATCHES = (LineStyle.WRONG, LineStyle.LOCKED, LineStyle.CORRECT, LineStyle.FILL)


class SharedFormats(Protocol):
    """What the sheets of one workbook have in common."""

    workbook: Any
    splices: list[Splice]
    filtered: list[Filtered]
    spliced_above: int
    tables: int
    """Tables of more rows are prepared here and get their rows from ``splice_rows``."""

    def format(self, style: Properties) -> Any:
        """Return the format of *style*."""

    def table_name(self, wanted: str) -> str:
        """Return a free name for a table."""

    def list_source(self, options: tuple[str, ...]) -> str | list[str]:
        """Return the source of a dropdown."""


def _chart_height(bars: int) -> int:
    least, most = _CHART_HEIGHTS
    return min(max(least, _AROUND_BARS + _BAR * bars), most)


class SheetWriter:
    """Writes one sheet; rows and columns count from 0."""

    def __init__(self, sheet: Any, shared: SharedFormats, footer: str) -> None:
        self._sheet = sheet
        self._shared = shared
        self._footer = footer
        self._row = 0
        self._widths: list[float] = []
        self._heights: dict[int, float] = {}
        self._starts: list[int] = [0]
        """The rows in which something begins that is better not torn apart."""
        self._repeated = 0
        self.varying: list[str] = []
        """The cells that differ on pages alike (``alike_pages``)."""

    def write(self, sheet: WorkbookSheet) -> None:
        """Write *sheet*."""
        tables = [part for part in sheet.parts if isinstance(part, Table)]
        self._set_widths(sheet, tables)
        self._headings(sheet)
        only = tables[0] if len(tables) == 1 and tables[0] is sheet.parts[-1] else None
        for part in sheet.parts:
            match part:
                case TextLine():
                    self._line(part)
                case Table():
                    if part is not tables[0]:  # which stays with what stands above it
                        self._starts.append(self._row)
                    if only:
                        self._keep_in_sight(part)
                    self._table(part)
                case Card():
                    self._card(part)
        if not only:
            self._sheet.hide_gridlines(2)
        if any(column.folded or column.opened for table in tables for column in table.columns):
            self._sheet.outline_settings(symbols_right=False)
        self._page(sheet, tables)
        if sheet.protected:
            self._sheet.protect(
                "", {"sort": True, "autofilter": True, "format_columns": True, "format_rows": True, "objects": True}
            )

    def _set_widths(self, sheet: WorkbookSheet, tables: list[Table]) -> None:
        for table in tables:
            widths = column_widths(table)
            self._widths += [0.0] * (len(widths) - len(self._widths))
            self._widths = [max(pair) for pair in zip(widths, self._widths, strict=False)] + self._widths[len(widths) :]
        if not tables and any(isinstance(part, Card) for part in sheet.parts):
            self._widths = list(CARD_WIDTHS)
        for column, width in enumerate(self._widths):
            self._sheet.set_column(column, column, width)

    def _set_height(self, row: int, height: float) -> None:
        self._sheet.set_row(row, height)
        self._heights[row] = height

    def _headings(self, sheet: WorkbookSheet) -> None:
        for text, style, height in (
            (sheet.heading, HEADING_STYLE, 30.0),
            (sheet.subheading, SUBHEADING_STYLE, ROW_HEIGHT),
        ):
            if text:
                if text is sheet.subheading:
                    self.varying.append(xl_rowcol_to_cell(self._row, 0))
                self._text(self._row, 0, text, style)
                self._set_height(self._row, height)
                self._row += 1

    def _line(self, line: TextLine) -> None:
        style = LINE_STYLE[line.look]
        height = ROW_HEIGHT
        if line.look in _SWATCHES:
            self._sheet.write_blank(self._row, 0, None, self._shared.format(style))
            self._text(self._row, 1, line.text, LINE_STYLE[LineStyle.TEXT])
        else:
            room = sum(self._widths)
            lines = lines_needed([line.text], [room]) if room else 1
            if lines > 1 and len(self._widths) > 1:
                style = style | {"text_wrap": True}
                self._sheet.merge_range(self._row, 0, self._row, len(self._widths) - 1, "", self._shared.format(style))
                height = LINE_HEIGHT * lines + 4
            self._text(self._row, 0, line.text, style)
        self._set_height(self._row, height + (8 if line.look is LineStyle.HEADING else 0))
        self._row += 1

    def _table(self, table: Table) -> None:
        if table.heading:
            self._line(TextLine(table.heading, LineStyle.HEADING))
        header = self._row
        widths = self._widths[: len(table.columns)]
        labels = header_labels(column.label for column in table.columns)
        open_labels = [label if is_seen(column) else "" for label, column in zip(labels, table.columns, strict=True)]
        height = HEADER_HEIGHT * max(1.0, lines_needed(open_labels, widths) * 0.8)
        self._set_height(header, height)
        first, last = header + 1, header + max(table.height, 1)
        for column, spec in enumerate(table.columns):
            setting = group_of(table.columns, column)
            if setting or table.prepared:
                style = self._shared.format(undrawn_style(spec)) if table.prepared else None
                self._sheet.set_column(column, column, widths[column], style, setting)
            self._help(first, column, last + table.prepared, column, spec)
        name = self._shared.table_name(table.name)
        if table.height > self._shared.spliced_above and not (table.chart or table.links or table.wrong):
            held = self._samples(table, first)
        else:
            held = last
            self._cells(table, first, widths)
        self._sheet.add_table(
            header,
            0,
            held,
            len(table.columns) - 1,
            {
                "name": name,
                "style": TABLE_STYLE,
                "columns": [
                    {"header": label, "header_format": self._shared.format(header_style(column))}
                    for label, column in zip(labels, table.columns, strict=True)
                ],
            },
        )
        if table.filters:
            self._shared.filtered.append(Filtered(table, self._sheet.index + 1, self._shared.tables, first + 1))
        for (row, column), link in table.links.items():
            self._link(first + row, column, table.rows[row][column], table.columns[column], link)
        for (row, column), text in table.comments.items():
            self._comment(first + row, column, text)
        self._row = last + 2
        if table.chart and table.rows:
            self._chart(table.chart, labels, [each.number_format for each in table.columns], first, last)
            beside = holds_chart(self._widths) * sum(self._heights[row] for row in range(header, last + 1))
            below = _chart_height(table.height) * POINTS_PER_PIXEL - beside
            self._row += max(0, ceil(below / _UNSET_HEIGHT))

    def _comment(self, row: int, column: int, text: str) -> None:
        self._sheet.write_comment(row, column, shorten(cell_text(text), _MAX_COMMENT), {"x_scale": 2, "author": ""})

    def _samples(self, table: Table, first: int) -> int:
        """Prepare *table* for its rows to be put in: return the last row that holds a sample."""
        looks = variants(table)
        for row, (mark, quoted) in enumerate(looks, first):
            for column, spec in enumerate(table.columns):
                style = cell_style(spec, mark, wrap=table.height <= WRAPPED_UP_TO, quoted=quoted)
                self._sheet.write_blank(row, column, None, self._shared.format(style))
        self._shared.splices.append(Splice(table, self._sheet.index + 1, self._shared.tables, first + 1, ROW_HEIGHT))
        return first + len(looks) - 1

    def _cells(self, table: Table, first: int, widths: list[float]) -> None:
        wrap = table.height <= WRAPPED_UP_TO
        seen = [is_seen(column) for column in table.columns]
        batches = table.batches() if table.height else iter([RowBatch([[None] * len(table.columns)], {})])
        marked = ((cells, batch.marks.get(at)) for batch in batches for at, cells in enumerate(batch.rows))
        wrong = {(first + row, column) for row, column in table.wrong}
        for row, (cells, mark) in enumerate(marked, first):
            for column, (spec, cell) in enumerate(zip(table.columns, cells, strict=True)):
                self._cell(row, column, cell, spec, mark, wrap=wrap, wrong=(row, column) in wrong)
            open_cells = [cell if each else None for cell, each in zip(cells, seen, strict=True)]
            lines = min(lines_needed(open_cells, widths), _MOST_LINES) if wrap else 1
            self._set_height(row, max(ROW_HEIGHT, LINE_HEIGHT * lines + 4))

    def _cell(
        self,
        row: int,
        column: int,
        cell: Cell,
        spec: TableColumn,
        mark: Mark | None = None,
        *,
        wrap: bool = True,
        wrong: bool = False,
    ) -> None:
        cell = storable(cell)
        quoted = isinstance(cell, str) and looks_live(cell)
        if cell is None and mark is not Mark.EXAMPLE:
            mark = None  # nothing there to notice
        style = self._shared.format(cell_style(spec, mark, wrap=wrap, quoted=quoted, wrong=wrong))
        match cell:
            case None:
                self._sheet.write_blank(row, column, None, style)
            case str():
                self._string(row, column, cell, style)
            case date():
                self._sheet.write_datetime(row, column, cell, style)
            case _:
                self._sheet.write_number(row, column, cell, style)

    def _link(self, row: int, column: int, cell: Cell, spec: TableColumn, link: CellLink) -> None:
        target = link_target(link)
        text = storable(cell)
        if target and isinstance(text, str) and not looks_live(text):
            self._sheet.write_url(
                row, column, target, self._shared.format(cell_style(spec, wrap=True, linked=True)), text
            )

    def _text(self, row: int, column: int, text: str, style: Properties) -> None:
        text = cell_text(text)
        self._string(
            row, column, text, self._shared.format(style | ({"quote_prefix": True} if looks_live(text) else {}))
        )

    def _string(self, row: int, column: int, text: str, style: Any) -> None:
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes this for its own rich text and would put it into the file as it is.
            plain = self._shared.format({})
            self._sheet.write_rich_string(row, column, plain, text[:1], plain, text[1:], style)
        else:
            self._sheet.write_string(row, column, text, style)

    def _help(self, top: int, left: int, bottom: int, right: int, spec: TableColumn) -> None:
        """Attach dropdown and input message to cells that take something."""
        if spec.access not in (Access.FILL, Access.CORRECT):
            return
        help = input_rule(spec, xl_rowcol_to_cell(top, left))
        if spec.options:
            help = {"validate": "list", "source": self._shared.list_source(spec.options)}
        if help["validate"] == "any" and not spec.message:
            return
        if help["validate"] != "any":
            help["show_error"] = not spec.lenient
            help["error_type"] = "stop"
            help["error_title"] = shorten(label_text(spec.label), _MAX_MESSAGE_TITLE)
            help["error_message"] = shorten(cell_text(spec.message), _MAX_MESSAGE) if spec.message else ""
        if spec.message:
            help["input_title"] = shorten(label_text(spec.label), _MAX_MESSAGE_TITLE)
            help["input_message"] = shorten(cell_text(spec.message), _MAX_MESSAGE)
        self._sheet.data_validation(top, left, bottom, right, help)

    def _card(self, card: Card) -> None:
        column, height = 0, _CARD_HEIGHT
        for box in card.boxes:
            if column and (box.wide or column > 2):
                self._end_card_row(column, height)
                column, height = 0, _CARD_HEIGHT
            self._string(self._row, column, label_text(box.column.label), self._shared.format(label_style()))
            self._cell(self._row, column + 1, box.value, box.column, wrong=bool(box.wrong))
            last = column + 1
            if box.wide:
                last = 3
                style = self._shared.format(cell_style(box.column, wrap=True, wrong=bool(box.wrong)))
                self._sheet.merge_range(self._row, 1, self._row, last, "", style)
                self._cell(self._row, 1, box.value, box.column, wrong=bool(box.wrong))
            if box.wrong:
                self._comment(self._row, column + 1, box.wrong)
            if storable(box.value) is not None:
                self.varying.append(xl_rowcol_to_cell(self._row, column + 1))
            height = max(height, LINE_HEIGHT * lines_of(box) + 8, _CARD_HEIGHT * 2 if box.high else 0.0)
            self._help(self._row, column + 1, self._row, last, box.column)
            column = 4 if box.wide else column + 2
        self._end_card_row(column, height)

    def _end_card_row(self, column: int, height: float) -> None:
        for empty in range(column, 4):
            self._sheet.write_blank(self._row, empty, None, self._shared.format(label_style()))
        self._set_height(self._row, height)
        self._row += 1

    def _chart(self, described: Chart, labels: list[str], formats: list[str], first: int, last: int) -> None:
        chart = self._shared.workbook.add_chart({"type": "bar"})
        name = self._sheet.get_name()
        for series, colour in zip(described.values, CHART_COLOURS, strict=False):
            chart.add_series(
                {
                    "name": labels[series],
                    "categories": [name, first, 0, last, 0],
                    "values": [name, first, series, last, series],
                    "fill": {"color": colour},
                    "gap": 60,
                    "data_labels": {"value": True, "num_format": f"{formats[series] or '0'};;"},
                }
            )
        chart.set_title({"name": described.title, "name_font": {"size": 11}, "overlay": False})
        chart.set_legend({"position": "bottom"} if len(described.values) > 1 else {"none": True})
        chart.set_y_axis({"reverse": True, "num_font": {"size": 10}})
        chart.set_x_axis({"major_gridlines": {"visible": False}, "visible": False, "min": 0})
        chart.set_size({"width": CHART_WIDTH, "height": _chart_height(last - first + 1)})
        row, column = (first - 1, len(self._widths) + 1) if holds_chart(self._widths) else (last + 1, 0)
        self._sheet.insert_chart(row, column, chart, {"description": described.title})

    def _keep_in_sight(self, table: Table) -> None:
        header = self._row + bool(table.heading)
        columns = table.freeze
        while columns and sum(self._widths[:columns]) > _FREEZE_WITHIN:
            columns -= 1
        self._sheet.freeze_panes(header + 1, columns)
        self._sheet.repeat_rows(header)
        if columns:
            self._sheet.repeat_columns(0, columns - 1)
            self._repeated = columns

    def _page(self, sheet: WorkbookSheet, tables: list[Table]) -> None:
        unseen = {at for table in tables for at, column in enumerate(table.columns) if not is_seen(column)}
        lay_out(
            self._sheet,
            [width for at, width in enumerate(self._widths) if at not in unseen],
            sum(at not in unseen for at in range(self._repeated)),
            blocks_of(self._starts, self._row, self._heights, _UNSET_HEIGHT),
            portrait=sheet.profile,
            one_page=sheet.one_page,
            charts=any(table.chart and table.rows for table in tables),
        )
        self._sheet.set_footer(f"&C{self._footer}")
