"""What is to be said of the lines of a text file once its header is known: unclear, too long, too short, mended."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from pipeline.read.formats.column_shapes import ColumnShapes
from pipeline.read.formats.grid import as_text, is_blank
from pipeline.read.formats.written_line import Mending, WrittenLine
from pipeline.read.layouts.classify_rows import NOTE, reason_of_text
from pipeline.read.layouts.sheet import SheetReading
from pipeline.read.recognise.headers import Header
from pipeline.read.recognise.locate_fields import Columns
from schemas.language import Form, Localized

TORN = frozenset({"line.unclear", "line.garbled"})
"""Rules by which a line stays out."""
_QUOTED = 120
_LISTED = 30
_FEW_TRIMMED = 5
"""Where one row in so many is short, leaving out blank cells is how the file is written."""

_CLOSING = re.compile(r"[。:：]|以上|本表|此表|特此|完$|以下空白|^\W+$")
"""What closes a list and is no cell of it."""

_HOW: Mapping[Mending, Localized] = {
    Mending.LITERAL: Localized("有不成对的引号，当普通字看", "has a stray quote, taken as a sign like others"),
    Mending.SPACED: Localized("引号外有空格", "has blanks around its quotes"),
    Mending.ESCAPED: Localized("引号前有反斜杠", "has backslashes before its quotes"),
    Mending.APOSTROPHES: Localized("用了单引号括起内容", "uses apostrophes for quotes"),
    Mending.INSIDE: Localized("引号写在格子中间", "has quotes within a cell"),
    Mending.SEPARATOR: Localized("用了另一种分隔符", "uses another separator"),
    Mending.NESTED: Localized("整行又加了一层引号", "was quoted as a whole once more"),
    Mending.TRAILING: Localized("末尾多了分隔符", "has separators too many at its end"),
    Mending.JOINED: Localized("有一格内容里带分隔符而没加引号", "has a separator within a cell that is not quoted"),
}


def report_torn(sheet: SheetReading, rows: Iterable[int]) -> frozenset[int]:
    """Say which of *rows* cannot be told into cells, and return them; notes below a table need not be."""
    torn: set[int] = set()
    for row in rows:
        line = _line(sheet, row)
        if (line.unclear or line.garbled) and not reason_of_text(line.text.strip()):
            _say(sheet, "line.garbled" if line.garbled else "line.unclear", row)
            torn.add(row)
    return frozenset(torn)


def even_rows(
    sheet: SheetReading, header: Header, columns: Columns, form: Form, rows: Sequence[int], torn: Collection[int]
) -> list[int]:
    """Return those of *rows*, the records under *header*, whose cells stand below their labels, and tell of the others.

    A row with more cells than the header has one of them parted, and what follows moved. One with fewer has blanks left
    out at its end, or lacks a separator, or is the first part of a row: it stays out where what it holds does not look
    like its columns, or where what follows does not (*torn* are rows that were told already).
    """
    if not rows:
        return []
    label = max(range(header.top, header.bottom + 1), key=lambda row: _line(sheet, row).width)
    labelled = _line(sheet, label).width
    expected = max(head.column for head in header.heads) + 1
    cells = sheet.grid.rows
    needed = {head.column for code, head in columns.fields.items() if form.field(code).required}
    full = [row for row in rows if _line(sheet, row).width >= expected and not _line(sheet, row).mending]
    shapes = ColumnShapes([[as_text(value) for value in cells[row][:expected]] for row in full])
    out = _loose_cells(sheet, rows, expected)
    short: set[int] = set()
    for row in rows:
        line = _line(sheet, row)
        if any(not is_blank(value) for value in cells[row][labelled:]):
            out.add(row)
        elif line.width < expected:
            held = [as_text(value) for value in cells[row][: line.width]]
            needs = not needed.isdisjoint(range(line.width, expected))
            (out if line.doubtful or needs or shapes.moved(held, expected) else short).add(row)
    cut = {row for row in short if row + 1 in out or row + 1 in torn}
    short -= cut
    for row in sorted(out | cut):
        _say(sheet, "line.unclear", row)
    even = [row for row in rows if row not in out and row not in cut]
    for row in even:
        mending = _line(sheet, row).mending
        if mending:
            _say_mended(sheet, row, mending)
    ends_blank = any(is_blank(cells[row][expected - 1]) for row in full)
    if len(short) > 1 and len(short) * _FEW_TRIMMED >= len(rows) and not ends_blank:
        _say_trimmed(sheet, sorted(short))
    else:
        for row in sorted(short):
            _say(sheet, "line.short", row, expected=expected)
    return even


def _loose_cells(sheet: SheetReading, rows: Sequence[int], expected: int) -> set[int]:
    """Return lines of one cell between records, or right below the last: the end of a row that a line break cut off.

    Nothing about them says that they are notes.
    """
    below = rows[-1] + 1
    candidates = set(range(rows[0], rows[-1])).difference(rows)
    if below < sheet.grid.height and not _CLOSING.search(_line(sheet, below).text):
        candidates.add(below)
    loose = {row for row in candidates if _line(sheet, row).width == 1 < expected and not _line(sheet, row).unclear}
    numbers = {sheet.grid.row_number(row): row for row in loose}
    noted = [each for each in sheet.ignored if each.row in numbers and each.reason == NOTE]
    found = {numbers[each.row] for each in noted if not reason_of_text(each.text)}
    sheet.ignored = [each for each in sheet.ignored if numbers.get(each.row) not in found]
    return found


def hold_to_lines(sheet: SheetReading) -> SheetReading:
    """Return *sheet*, of cards or turned lists, without records when a line of it cannot be told into cells."""
    lines = sheet.grid.lines
    if not lines:
        return sheet
    if not sheet.known:
        first = next((row for row, line in enumerate(lines) if line.unclear), None)
        if first is not None:
            _say(sheet, "line.unclear", first)
        return sheet
    if report_torn(sheet, range(len(lines))):
        sheet.extracts.clear()
    for row, line in enumerate(lines):
        if line.mending:
            _say_mended(sheet, row, line.mending)
    return sheet


def _line(sheet: SheetReading, row: int) -> WrittenLine:
    lines = sheet.grid.lines
    if lines is None:
        raise ValueError("no text file")
    return lines[row]


def _say(sheet: SheetReading, rule: str, row: int, **details: object) -> None:
    line = _line(sheet, row)
    text = _short(line.text)
    sheet.find(rule, sheet.grid.cell(row, 0), value=text, line=line.number, text=text, cells=line.width, **details)


def _say_mended(sheet: SheetReading, row: int, mending: Mending) -> None:
    line = _line(sheet, row)
    after = "｜".join(as_text(value) for value in sheet.grid.rows[row][: line.width])
    how = _HOW[mending]
    sheet.find(
        "line.mended", sheet.grid.cell(row, 0), value=_short(line.text), line=line.number, how=how, after=_short(after)
    )


def _say_trimmed(sheet: SheetReading, rows: Sequence[int]) -> None:
    numbers = [str(_line(sheet, row).number) for row in rows]
    listed = "、".join(numbers[:_LISTED]) + ("…" if len(numbers) > _LISTED else "")
    sheet.find("line.trimmed", sheet.grid.cell(rows[0], 0), count=len(rows), lines=listed)


def _short(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= _QUOTED else shown[: _QUOTED - 1] + "…"
