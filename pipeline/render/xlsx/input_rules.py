"""What a cell takes as it is typed: a column → the data validation of its cells. What a program cannot judge it lets pass."""

from __future__ import annotations

from datetime import date
from typing import Any

from pipeline.render.xlsx.workbook import TableColumn
from schemas.language import Kind

_EARLIEST, _LATEST = date(1920, 1, 1), date(2199, 12, 31)
"""Days: 11.24 is a number that would else be a day of January 1900."""
_LARGEST = 10**12


def input_rule(column: TableColumn, cell: str) -> dict[str, Any]:
    """Return the rule for *column*, as XlsxWriter takes it, without its messages; *cell* is the name of the topmost cell to
    which it is given, without dollar signs. What is already there is not judged, nor is a blank.
    """
    until = "=TODAY()" if column.until_today else _LATEST
    day = f"IF(ISNUMBER({cell}),{cell},DATEVALUE(LEFT({cell},10)))"
    last = "TODAY()+1" if column.until_today else "73000"
    of_kind: dict[Kind, dict[str, Any]] = {
        Kind.DATE: _between("date", _EARLIEST, until),
        Kind.INTEGER: _between("integer", -_LARGEST, _LARGEST),
        Kind.NUMBER: _between("decimal", -_LARGEST, _LARGEST),
        # kept as text where the cell is text; a day without an hour is taken
        Kind.MOMENT: _custom(f"=IF(ISERROR({day}),FALSE,AND({day}>=7306,{day}<{last}))"),
        # several are joined by 、, and an extension follows 转: the last four are figures at any rate
        Kind.PHONE: _custom(f"=AND(LEN({cell})>=7,ISNUMBER(VALUE(RIGHT({cell},4))))"),
    }
    if column.kind is Kind.CODE and column.lengths:
        return _custom("=OR({})".format(",".join(f"LEN({cell})={length}" for length in column.lengths)))
    return of_kind.get(column.kind, {"validate": "any"})


def _between(what: str, least: object, most: object) -> dict[str, Any]:
    return {"validate": what, "criteria": "between", "minimum": least, "maximum": most}


def _custom(formula: str) -> dict[str, Any]:
    return {"validate": "custom", "value": formula}
