"""What our workbooks look like: one font, calm colours, one place for them."""

from __future__ import annotations

from typing import Any

from pipeline.render.xlsx.workbook import Access, LineStyle, Mark, TableColumn
from schemas.language import Kind

FONT = "Microsoft YaHei"  # on every Windows with Chinese, and WPS and LibreOffice know a stand-in for it
FONT_SIZE = 10
DATE_FORMAT = "yyyy-mm-dd"
TEXT_FORMAT = "@"
PERCENT_FORMAT = "0.0%"
COUNT_FORMAT = "#,##0"

ROW_HEIGHT = 18.75  # points; a whole number of pixels, as all heights are kept
LINE_HEIGHT = 15.0
HEADER_HEIGHT = 24.0

_INK = "#262626"
_QUIET = "#7F7F7F"
_RULE = "#D0D7DE"
_ACCENT = "#1F4E79"
_LINK = "#0B57D0"

# Header and cell fill by what the reader may do.
_HEADER = {
    Access.READ: "#2F5D8A",
    Access.LOCKED: "#7F8C99",
    Access.CORRECT: "#B58A1B",
    Access.FILL: "#2E7D5B",
}
_FILL = {Access.LOCKED: "#F0F0F0", Access.CORRECT: "#FFF9E3", Access.FILL: "#FFFFFF"}
_MARK: dict[Mark, dict[str, Any]] = {
    Mark.LATE: {"bg_color": "#F8D7DA", "font_color": "#A3161F", "bold": True},
    Mark.WARN: {"bg_color": "#FFE8CC", "font_color": "#8A4B08"},
    Mark.EXAMPLE: {"bg_color": "#F5F5F5", "font_color": _QUIET, "italic": True},
}

_WRONG: dict[str, Any] = {"bg_color": "#FFC8CD", "font_color": "#A3161F", "bold": True}

Properties = dict[str, Any]
"""XlsxWriter's names of what a format can set."""


def cell_style(
    column: TableColumn,
    mark: Mark | None = None,
    *,
    wrap: bool = False,
    quoted: bool = False,
    linked: bool = False,
    wrong: bool = False,
) -> Properties:
    """Return how a cell of *column* looks; *quoted* text keeps a leading apostrophe so that it is never a formula."""
    style: Properties = {
        "valign": "vcenter",
        "border": 1,
        "border_color": _RULE,
        "font_color": _INK,
        "locked": column.access in (Access.READ, Access.LOCKED),
    }
    if fill := _FILL.get(column.access):
        style["bg_color"] = fill
    match column.kind:
        case Kind.DATE:
            style |= {"num_format": DATE_FORMAT, "align": "center"}
        case Kind.INTEGER | Kind.NUMBER:
            style |= {"align": "right", "indent": 1}
        case Kind.CODE | Kind.PHONE | Kind.MOMENT | Kind.MONTH:
            style |= {"num_format": TEXT_FORMAT, "align": "left", "indent": 1}
        case _:
            style |= {"align": "left", "indent": 1}
    if column.number_format:
        style["num_format"] = column.number_format
    if column.kind in (Kind.TEXT, Kind.LIST) and wrap:
        style["text_wrap"] = True
    if mark is not None and (column.marked or mark is Mark.EXAMPLE):
        style |= _MARK[mark]
    if wrong:
        style |= _WRONG
    if quoted:
        style["quote_prefix"] = True
    if linked:
        style |= {"font_color": _LINK, "underline": 1}
    return style


def undrawn_style(column: TableColumn) -> Properties:
    """Return how a cell of *column* below its table takes what is typed: nothing of it is seen, or printed."""
    drawn = cell_style(column, wrap=True)
    return {name: drawn[name] for name in drawn.keys() - {"border", "border_color", "bg_color", "font_color"}}


def header_style(column: TableColumn) -> Properties:
    """Return how the header of *column* looks."""
    return {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": _HEADER[column.access],
        "border": 1,
        "border_color": _RULE,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
    }


def label_style() -> Properties:
    """Return how the label of a card's cell looks."""
    return {
        "bold": True,
        "font_color": _ACCENT,
        "bg_color": "#E8EEF4",
        "border": 1,
        "border_color": _RULE,
        "align": "left",
        "indent": 1,
        "valign": "vcenter",
        "text_wrap": True,
    }


HEADING_STYLE: Properties = {"bold": True, "font_size": 16, "font_color": _ACCENT, "valign": "vcenter"}
SUBHEADING_STYLE: Properties = {"font_color": _QUIET, "valign": "vcenter"}

LINE_STYLE: dict[LineStyle, Properties] = {
    LineStyle.HEADING: {"bold": True, "font_size": 12, "font_color": _ACCENT, "valign": "vcenter"},
    LineStyle.TEXT: {"font_color": _INK, "valign": "vcenter"},
    LineStyle.HINT: {"font_color": _QUIET, "valign": "vcenter"},
    LineStyle.LOCKED: {"font_color": _INK, "bg_color": _FILL[Access.LOCKED], "border": 1, "border_color": _RULE},
    LineStyle.CORRECT: {"font_color": _INK, "bg_color": _FILL[Access.CORRECT], "border": 1, "border_color": _RULE},
    LineStyle.FILL: {"font_color": _INK, "bg_color": _FILL[Access.FILL], "border": 1, "border_color": _RULE},
    LineStyle.WRONG: {"font_color": _INK, "bg_color": _WRONG["bg_color"], "border": 1, "border_color": _RULE},
    LineStyle.LATE: {"font_color": "#A3161F", "bold": True, "valign": "vcenter"},
}
CHART_COLOURS = ("#5B8DB8", "#D9757D", "#E0B354")
TABLE_STYLE = "Table Style Light 1"
