"""Text with separators: .csv and .txt in the encodings that offices use.

One stray quote makes an ordinary reader take many rows for one cell, and one comma too many moves all that stands behind
it. So each row keeps its line and its width: what has one reading only is mended and told, what has none stays whole.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.domain.cell import Raw
from pipeline.domain.place import MAX_ROWS
from pipeline.read.formats import limits
from pipeline.read.formats.column_shapes import ColumnShapes
from pipeline.read.formats.grid import Grid
from pipeline.read.formats.line_readings import QUOTE, UnclosedQuoteError, mended, strict, tolerant
from pipeline.read.formats.refusal import bomb, unreadable
from pipeline.read.formats.separator import choose_separator
from pipeline.read.formats.written_line import Mending, WrittenLine

_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)  # how Excel is told to keep digits: ="0123"
_HINT = re.compile(r"sep=([^\w\"'])", re.IGNORECASE)  # a first line for Excel alone, which does not show it
_ENDS = re.compile("(\r\n|\r|\n)")  # no other sign ends a line: U+2028 and the like stand within cells
_MOST_LINES = 200
"""Lines over which one cell may reach."""
_SURELY_ROWS = 4
"""From this width on, lines of the usual width are rows, though a quote before and one behind them would make a cell of
them all.
"""
_MOST_OF_ONE = 4
"""Lines of a cell that has its row for itself. Of more, or where each has a label, nothing tells whether they are rows."""
_COLON = re.compile("[:：]")
_MOST_JOINED = 3
_MOST_MISFITS = 2
"""Cells unlike their columns in a row that has moved; one may only be seldom."""
_MOST_WAYS = 5_000
_SWAPPED = str.maketrans("\"'", "'\"")
_ENCODINGS = ("utf-8-sig", "gb18030")
_SOUND_FOR_ONE_LOST = 20
_LOST = "\N{REPLACEMENT CHARACTER}"


def open_delimited(content: bytes, title: str) -> list[Grid]:
    """Return the one sheet of a text file. Raises ``Refusal`` when its encoding is none that is known."""
    lines = _ENDS.split(decode(content))
    ends = [*lines[1::2], ""]
    lines = lines[::2]
    if len(lines) > 1 and not lines[-1]:
        lines.pop()
    lines = [line.removeprefix("\ufeff") for line in lines]  # where files were put one behind the other
    apostrophes = _quotes_with_apostrophes(lines)
    if apostrophes:
        lines = [line.translate(_SWAPPED) for line in lines]
    hint = _HINT.fullmatch(lines[0])
    separator = hint[1] if hint else choose_separator(lines)
    if len(lines) > MAX_ROWS:
        raise bomb(f"有 {len(lines)} 行", f"it has {len(lines)} rows")
    rows = _RowsOfText(lines, ends, 1 if hint else 0, separator).read()
    if apostrophes:
        for line, cells in rows:
            line.text = line.text.translate(_SWAPPED)
            cells[:] = [cell.translate(_SWAPPED) for cell in cells]
    width = max((len(cells) for _, cells in rows), default=0)
    if len(rows) * width > limits.MOST_CELLS:
        raise bomb(f"有 {len(rows)} 行", f"it has {len(rows)} rows")
    grid = Grid(title, [[*map(_plain, cells), *[""] * (width - len(cells))] for _, cells in rows])
    grid.lines = [line for line, _ in rows]
    return [grid]


def decode(content: bytes) -> str:
    """Return *content* as text: by its byte order mark, else UTF-8, else GB 18030 (which holds GBK and GB 2312).

    Single bytes that are damaged become U+FFFD: their rows are told, the others need not wait for them.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            text = content.decode(encoding, "replace")
        lost, others = text.count(_LOST), sum(char > "\x7f" for char in text)
        if lost * _SOUND_FOR_ONE_LOST < others:
            return text
    raise unreadable(
        "不是表格文件，或文字编码无法识别；照片不用放，表格请另存为 .xlsx",
        "it is no table, or its text encoding is unknown; no pictures are needed, save a table as .xlsx",
    )


def _quotes_with_apostrophes(lines: Sequence[str]) -> bool:
    """Tell whether apostrophes enclose the cells of this file as quotes do in others: those of its header, each of them."""
    header = next((line for line in lines if line.count("'") > 1), "")
    separator = choose_separator([header])
    cells = header.split(separator)
    enclosed = [len(cell) > 1 and cell.startswith("'") and cell.endswith("'") for cell in cells]
    return len(cells) > 1 and all(enclosed) and not any(cell[1:2].isdigit() for cell in cells)


def _plain(text: str) -> Raw:
    quoted = _AS_TEXT.fullmatch(text)
    return quoted[1] if quoted else text


_Written = tuple[WrittenLine, list[str]]


class _RowsOfText:
    """The rows of a text: first which lines make a row, then which cells it has."""

    def __init__(self, lines: Sequence[str], ends: Sequence[str], first: int, separator: str) -> None:
        self._lines, self._ends, self._first, self._separator = lines, ends, first, separator

    def read(self) -> list[_Written]:
        """Return the rows, mended where one reading is possible; one without any is a single cell."""
        rows = list(self._grouped(None))
        usual = _usual(rows)
        if any(QUOTE in line.text and (line.unclear or "\n" in line.text or "\r" in line.text) for line, _ in rows):
            rows = list(self._grouped(usual))
        if all(line.width == usual and not line.unclear for line, _ in rows):
            return rows
        widths = _widths(rows, usual)
        self._mend(rows, widths)
        self._join(rows, widths)
        for line, cells in rows:
            if line.unclear:
                cells[:] = [line.text]
        return rows

    def _grouped(self, usual: int | None) -> Iterator[_Written]:
        """Yield the rows, those that break the rules as unclear.

        When it is not known yet how many cells are *usual*, any number of lines that quotes hold together is one row.
        """
        at = self._first
        before = 1
        while at < len(self._lines):
            last, text = at, self._lines[at]
            doubtful = False
            try:
                cells = strict(text, self._separator)
            except UnclosedQuoteError:
                last, text, cells, doubtful = self._over_lines(at, usual, before)
            width = len(cells) if cells else 0
            before = width or before
            line = WrittenLine(at + 1, text, width, unclear=cells is None, doubtful=doubtful, garbled=_LOST in text)
            yield line, cells or tolerant(text, self._separator)
            at = last + 1

    def _over_lines(self, at: int, usual: int | None, before: int) -> tuple[int, str, list[str] | None, bool]:
        """Return last line, text and cells of the row that begins at a line whose quote is not closed there.

        Also whether the lines may be a row each as well.
        """
        text = self._lines[at]
        alone = at, text, None, False
        for last in range(at + 1, min(at + _MOST_LINES, len(self._lines))):
            text += self._ends[last - 1] + self._lines[last]
            if QUOTE not in self._lines[last]:
                continue
            try:
                cells = strict(text, self._separator)
            except UnclosedQuoteError:
                continue
            if cells is None or (usual is not None and len(cells) not in {usual, before}):
                return alone
            if usual is None or not self._look_like_rows(at, last, cells):
                return last, text, cells, False
            return alone if len(cells) >= _SURELY_ROWS or last > at + 1 else (last, text, None, True)
        return alone

    def _look_like_rows(self, first: int, last: int, cells: Sequence[str]) -> bool:
        """Tell whether the lines from *first* to *last* may be a row each, though quotes make one row of *cells* of them.

        What a line has within a cell holds few separators; a line that ends one cell and begins the next has its others
        between them. A row that two stray quotes have swallowed stands within their cell with all its separators.
        """
        width = len(cells)
        if width == 1:
            lines = self._lines[first : last + 1]
            return len(lines) > _MOST_OF_ONE or all(_COLON.search(line) for line in lines)
        within = [line for cell in cells if "\n" in cell or "\r" in cell for line in _ENDS.split(cell)[::2]][1:-1]
        apart = [line.count(self._separator) + 1 for line in within]
        ends = (len(tolerant(self._lines[at], self._separator)) for at in (first, last))
        return any(2 * each > width and each > 1 for each in apart) or min(ends) >= width

    def _mend(self, rows: Sequence[_Written], widths: Sequence[int]) -> None:
        for (line, cells), width in zip(rows, widths, strict=True):
            odd = line.unclear or line.width > width or line.width == 1 < width
            short = 1 < line.width < width and QUOTE in line.text
            if not (odd or short) or line.doubtful or not line.text.strip():
                continue
            reading = mended(line.text, self._separator, width)
            if reading and short and not line.unclear:
                line.doubtful = True  # its last cells may be blank, or two quotes too many have made one cell of some
            elif reading:
                line.mending, cells[:] = reading
                line.unclear, line.width = False, width

    def _join(self, rows: Sequence[_Written], widths: Sequence[int]) -> None:
        """Put together again what an unquoted separator has parted, where only one way fits what the columns hold."""
        learned: dict[int, ColumnShapes] = {}
        for (line, cells), width in zip(rows, widths, strict=True):
            if line.unclear or line.mending or not 1 < width < line.width:
                continue
            if width not in learned:
                sound = [own for other, own in rows if other.width == width and not (other.unclear or other.mending)]
                learned[width] = ColumnShapes(sound[1:])  # the first of them is the header
            shapes = learned[width]
            trailing = not any(cell.strip() for cell in cells[width:])
            if trailing and shapes.learned and shapes.misfits(cells[:width]) < _MOST_MISFITS:
                line.mending, line.width, cells[:] = Mending.TRAILING, width, cells[:width]
            elif joined := _only_join(cells, width, self._separator, shapes):
                line.mending, line.width, cells[:] = Mending.JOINED, width, joined
            else:
                line.unclear = True


def _usual(rows: Sequence[_Written]) -> int:
    """Return how many cells most rows have; the more there are, the more rows they count for."""
    widths = Counter(line.width for line, _ in rows if line.width > 1)
    return max(widths, key=lambda width: widths[width] * (width - 1), default=1)


def _widths(rows: Sequence[_Written], usual: int) -> list[int]:
    """Return how many cells each row should have: as most between the blank lines and titles around it."""
    widths: list[int] = []
    for apart, block in itertools.groupby(rows, lambda row: row[0].width == 1 and not row[0].unclear):
        lines = [line for line, _ in block]
        counts = Counter() if apart else Counter(line.width for line in lines if line.width > 1)
        width, count = max(counts.items(), key=lambda each: each[1], default=(usual, 0))
        widths += [width if count > 1 else usual] * len(lines)
    return widths


def _only_join(cells: Sequence[str], width: int, separator: str, shapes: ColumnShapes) -> list[str] | None:
    """Return *cells* as *width* of them; None when no way fits *shapes*, or several do."""
    if not shapes.learned or len(cells) - width > _MOST_JOINED:
        return None
    found: list[list[str]] = []
    ways = itertools.combinations(range(1, len(cells)), width - 1)
    for tried, cuts in enumerate(ways):
        bounds = [0, *cuts, len(cells)]
        parts = [cells[start:stop] for start, stop in itertools.pairwise(bounds)]
        # what is put together must look like its column without the separator in it: 东街,1号 like 西街2号
        if all(shapes.fits(column, "".join(part)) for column, part in enumerate(parts)):
            found.append([separator.join(part).rstrip(separator) for part in parts])
        if len(found) > 1 or tried > _MOST_WAYS:
            return None
    return found[0] if found else None
