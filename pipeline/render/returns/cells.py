"""The cells of one sheet part: found, made where a blank one is to be marked, and given a style."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from lxml import etree

from pipeline.domain.place import cell_name, pack, parse_cell, unpack
from pipeline.render.returns.marking import UnmarkableError
from pipeline.render.returns.package import main_tag

_Element = etree._Element


class SheetCells:
    """The rows and cells of a sheet, by their numbers from 0."""

    def __init__(self, sheet: _Element) -> None:
        data = sheet.find(main_tag("sheetData"))
        if sheet.tag != main_tag("worksheet") or data is None:
            raise UnmarkableError("no sheet of the usual kind")
        self._sheet, self._data = sheet, data
        self._rows = _numbered_rows(data)
        self._numbers = sorted(self._rows)
        self._anchors = list(self._merges())

    def anchor(self, cell: int) -> int:
        """Return the first cell of the merged range that *cell* lies in; else the cell itself."""
        row, column = unpack(cell)
        for (top, left), (bottom, right) in self._anchors:
            if top <= row <= bottom and left <= column <= right:
                return pack(top, left)
        return cell

    def style(self, cell: int) -> int:
        """Return the number of the style in which *cell* shows: its own, else its row's, else its column's."""
        row, column = unpack(cell)
        line = self._rows.get(row)
        found = None if line is None else _cell_in(line, column)
        if found is not None:
            return int(found.get("s") or 0)
        if line is not None and line.get("customFormat") in ("1", "true"):
            return int(line.get("s") or 0)
        for each in self._sheet.iterfind(f"{main_tag('cols')}/{main_tag('col')}"):
            if int(each.get("min") or 0) <= column + 1 <= int(each.get("max") or 0):
                return int(each.get("style") or 0)
        return 0

    def styled(self) -> Iterator[tuple[int, int]]:
        """Yield every written cell, packed, with the number of its style."""
        for line in self._rows.values():
            _cell_in(line, -1)  # numbers those that are not
            for each in line.iterfind(main_tag("c")):
                if each.get("s"):
                    yield parse_cell(each.get("r") or ""), int(each.get("s") or 0)

    def put_style(self, cell: int, style: int) -> None:
        """Give *cell* a style, making it where it is not written."""
        row, column = unpack(cell)
        line = self._row(row)
        found = _cell_in(line, column)
        if found is None:
            found = etree.Element(main_tag("c"), r=cell_name(cell))
            cells = list(line.iterfind(main_tag("c")))
            columns = [unpack(parse_cell(each.get("r") or ""))[1] for each in cells]
            at = bisect_left(columns, column)
            if at < len(cells):
                cells[at].addprevious(found)
            elif cells:
                cells[-1].addnext(found)
            else:
                line.insert(0, found)
            line.attrib.pop("spans", "")  # only a hint, and no longer true
        found.set("s", str(style))

    def _row(self, row: int) -> _Element:
        if row not in self._rows:
            line = etree.Element(main_tag("row"), r=str(row + 1))
            at = bisect_left(self._numbers, row)
            if at < len(self._numbers):
                self._rows[self._numbers[at]].addprevious(line)
            else:
                self._data.append(line)
            self._numbers.insert(at, row)
            self._rows[row] = line
        return self._rows[row]

    def _merges(self) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        for each in self._sheet.iterfind(f"{main_tag('mergeCells')}/{main_tag('mergeCell')}"):
            first, _, last = (each.get("ref") or "").replace("$", "").partition(":")
            try:
                yield unpack(parse_cell(first)), unpack(parse_cell(last or first))
            except ValueError as error:
                raise UnmarkableError("a merged range without a name") from error


def _numbered_rows(data: _Element) -> dict[int, _Element]:
    """Return the rows by number; some programs leave rows and cells unnumbered, which is told from their order."""
    rows: dict[int, _Element] = {}
    number = -1
    for line in data.iterfind(main_tag("row")):
        number = int(line.get("r") or number + 2) - 1
        line.set("r", str(number + 1))
        rows[number] = line
    return rows


def _cell_in(line: _Element, column: int) -> _Element | None:
    at = -1
    row = int(line.get("r") or 0) - 1
    wanted = None
    for each in line.iterfind(main_tag("c")):
        name = each.get("r")
        try:
            at = unpack(parse_cell(name))[1] if name else at + 1
        except ValueError as error:
            raise UnmarkableError("a cell without a name") from error
        if not name:
            each.set("r", cell_name(pack(row, at)))
        if at == column:
            wanted = each
    return wanted
