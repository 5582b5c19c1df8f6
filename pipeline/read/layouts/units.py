"""Units that stand once, in a label or above the table (万元, ％, 箱): each number gets its own, or it is told.

A number under 采购金额（万元） means ten thousand times what it shows. With its unit behind it the cell says what it means,
and is converted and told as if it had been typed so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.domain.cell import Raw
from pipeline.domain.extract import Extract
from pipeline.read.formats.grid import Grid, as_text, is_blank
from pipeline.read.layouts.sheet import SheetReading
from pipeline.read.recognise.headers import Head, Header
from pipeline.read.recognise.locate_fields import Columns
from schemas.language import Field, Form, Kind

_SCALE = "[十百千]?[万亿]|[百千]"
_YUAN = "元"
_SHARES = frozenset("%‰")
_PLAIN = "户|个|人|名|次|家|台|份|张|项|起|件|天|日|岁|分"
"""Units in which such things are counted anyway: they change nothing."""
_OTHERS = "美元|港元|欧元|角|条|箱|包|盒|支|袋|瓶|桶|捆|打|吨|公斤|千克|kg|斤|克|公里|千米|km|米|亩|平方米|小时|分钟|工作日|周|月|年"
_UNIT = rf"(?P<scale>{_SCALE})?(?P<base>[%‰]|{_YUAN}|{_OTHERS}|{_PLAIN})?(?:/[^()/]{{1,4}})?"
_LEAD = "(?:金额|计量|数量)?(?:单位[:为是]?)?(?:人民币)?"
_IN_LABEL = (
    re.compile(rf"[(\[【〔<]{_LEAD}{_UNIT}[)\]】〕>]"),
    re.compile(rf"[:_,、/-]{_LEAD}{_UNIT}$"),
    re.compile(rf"(?P<scale>{_SCALE})?(?P<base>(?<=[万亿百千]){_YUAN}|[%‰])$"),
)
_ABOVE = (
    re.compile(rf"(?:单位|unit)(?:均|[为是]|[:,])*(?:人民币)?{_UNIT}(?!\w)"),
    re.compile(rf"以(?:人民币)?{_UNIT}为单位"),
    re.compile(rf"[(\[【]{_LEAD}{_UNIT}[)\]】]"),
)
_MONEY = re.compile("(?:[金费价款额钱]|费用|收入|成本|产值|利润|支出)(?:[(（].*)?$")
_MEASURED = (Kind.NUMBER, Kind.INTEGER, Kind.TEXT)
_NUMBER = re.compile(r"[-+]?[\d,]*\.?\d+")
_TRADITIONAL = str.maketrans("萬億", "万亿")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written: how many of what. Either may be blank (万, ％)."""

    scale: str
    base: str

    @property
    def text(self) -> str:
        """As it is written behind a number."""
        return f"{self.scale}{self.base}"


def apply_units(
    sheet: SheetReading,
    extract: Extract,
    form: Form,
    labels: Mapping[str, tuple[Sequence[str], int]],
    above: Iterable[str],
) -> None:
    """Give the numbers of *extract* the units of their *labels* (texts, the lowest first, and packed cell), else of *above*.

    A column whose unit is none of its field's is left out and told; one that may be right is told.
    """
    general: Unit | None = None
    looked = False
    for code, (texts, cell) in labels.items():
        field = form.field(code)
        if field.kind not in _MEASURED or code not in extract.values:
            continue
        unit = next(filter(None, map(unit_of_label, texts)), None)
        if unit is None and field.kind is not Kind.TEXT and _MONEY.search(field.label.zh):
            if not looked:
                looked, general = True, next(filter(None, map(_unit_above, above)), None)
            unit = general if general and general.base in {"", _YUAN} else None
        if unit is None:
            continue
        own = unit_of_label(field.label.zh)
        if own == unit:
            continue
        if _is_other(unit, own, field):
            sheet.find("header.unit_wrong", cell, form=form.code, field=code, value=texts[0], unit=unit.text)
            extract.values[code] = [None] * len(extract)
            extract.doubtful |= {code}
        elif unit.scale:
            extract.values[code] = [_with_unit(raw, unit) for raw in extract.values[code]]
        elif own is None and unit.base in _OTHERS.split("|") and unit.base not in field.label.zh:
            sheet.find("header.unit", cell, form=form.code, field=code, value=texts[0], unit=unit.text)


def labels_of_columns(grid: Grid, header: Header, columns: Columns) -> dict[str, tuple[Sequence[str], int]]:
    """Return what stands over each field's column, its own label first, and the label's packed cell."""
    return {
        code: (list(_over(grid, header, head)), grid.cell(head.row, head.column))
        for code, head in columns.fields.items()
    }


def _over(grid: Grid, header: Header, head: Head) -> Iterable[str]:
    yield head.text
    for row in range(header.bottom, header.top - 1, -1):
        column = head.column
        while column > header.first and row < head.row and is_blank(grid.at(row, column)):
            column -= 1  # a label over several columns stands in the first of them
        yield as_text(grid.at(row, column))


def unit_of_label(text: str) -> Unit | None:
    """Return the unit that a label names, or None."""
    return _found(_IN_LABEL, text)


def _unit_above(text: str) -> Unit | None:
    return _found(_ABOVE, text)


def _found(patterns: Iterable[re.Pattern[str]], text: str) -> Unit | None:
    plain = "".join(unicodedata.normalize("NFKC", text).casefold().translate(_TRADITIONAL).split()).rstrip("*:")
    for pattern in patterns:
        for match in pattern.finditer(plain):
            if match["scale"] or match["base"]:
                return Unit(match["scale"] or "", match["base"] or "")
    return None


def _is_other(unit: Unit, own: Unit | None, field: Field) -> bool:
    """Tell whether *field* cannot hold numbers in *unit* whatever they are multiplied by."""
    if own is not None:
        return bool(own.scale) or bool(unit.base and own.base and unit.base != own.base)
    if unit.base in _SHARES:
        return True
    money = field.kind is not Kind.TEXT and _MONEY.search(field.label.zh) is not None
    return money and unit.base in {"美元", "港元", "欧元", "角", "分"}


def _with_unit(raw: Raw, unit: Unit) -> Raw:
    """Return a number with *unit* behind it; what is no bare number says by itself what it means."""
    if isinstance(raw, bool) or raw == 0:
        return raw
    if isinstance(raw, int | float):
        return f"{as_text(raw)}{unit.text}"
    if isinstance(raw, str):
        plain = "".join(unicodedata.normalize("NFKC", raw).split())
        if _NUMBER.fullmatch(plain) and plain.strip("0.,+-"):
            return f"{plain}{unit.text}"
    return raw
