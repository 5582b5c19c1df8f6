"""Pages beside the table that was meant: instructions, lists of options for dropdowns, statistics."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from pipeline.domain.cell import Raw
from pipeline.domain.extract import Extract
from pipeline.read.formats.grid import Grid, as_text, is_blank
from pipeline.read.layouts.classify_rows import has_key
from pipeline.read.layouts.sheet import SheetReading
from pipeline.read.recognise.labels import Labels
from schemas.language import FieldRole, Form, Kind

_EXPLAINS = re.compile(
    r".{0,12}(?:说明|须知|指南|帮助|注意事项|填[写报表]要求|填法)(?:页|表|书)?|.{0,12}(?:readme|instruction|guide|help).{0,4}",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"字典|选项|下拉|数据源|有效性|参数|码表|代码表|枚举|基础(?:数据|资料|信息)|配置|dict|list|option|lookup|enum|valid|config|param|hidden",
    re.IGNORECASE,
)
_SUMS = re.compile(
    r"统计|汇总|小计|合计|透视|图表|分析|目录|封面|修订|版本|pivot|summary|chart|cover|index", re.IGNORECASE
)
_COUNTS = re.compile(
    r"户数|家数|数量合计|合计|小计|总计|占比|(?:计数|求和|平均值)项.*|行标签|列标签|row labels|grand total",
    re.IGNORECASE,
)
_TOP = 3
_SIGNS = re.compile(r"[\s\-.,'()—–]")
_DAY = 0
_TELLING = (
    re.compile(r"(?:19|20)\d\d(?:[/年]?(?:1[0-2]|0?[1-9])[/月]?(?:3[01]|[12]\d|0?[1-9])日?)(?:T?\d\d?:.*)?"),
    re.compile(r"(?:\+?86)?1[3-9]\d{9}|0\d{2,3}[2-8]\d{6,7}(?:转\d{1,6})?"),
    re.compile(r"[1-9]\d{16}[\dX]|9[0-9A-HJ-NP-RT-UW-Y]{17}"),
)
"""What tells by itself what it is, without signs between: a day (the first of them), a telephone, a number of a paper."""
_DIGITS_WRONG = 2


def is_side_page(sheet: SheetReading) -> bool:
    """Tell whether *sheet*, beside a table that was read, is no data, so that nothing of it is wrong.

    A page with a record's key is data, whatever it is called. One that was read as a form is none only where its keys
    have a known shape that no row has, and its name or first line explains, or it is hidden. Unless it explains, a page is
    data, too, where a number nearly is a key, or a record shows what no list of options and no statistic holds.
    """
    grid = sheet.grid
    explains = any(_EXPLAINS.fullmatch(text) for text in (grid.title.rpartition("/")[2], _first_text(grid)))
    named = bool(_LISTS.search(grid.title) or _SUMS.search(grid.title))
    return _lacks_data(sheet, explains=explains or grid.hidden, named=named) and (explains or not _holds_record(sheet))


def _lacks_data(sheet: SheetReading, *, explains: bool, named: bool) -> bool:
    grid = sheet.grid
    if sheet.known:
        filled = [extract for extract in sheet.extracts if len(extract)]
        keyless = named and all(not _keys(each, sheet.labels) for each in filled)
        return (explains or keyless) and bool(filled) and all(_lacks_keys(each, sheet.labels) for each in filled)
    if not explains and not named:
        return (_counts(grid) or _lists(grid, sheet.labels)) and not _mentions_key(grid, sheet.labels)
    return not _mentions_key(grid, sheet.labels)


def _holds_record(sheet: SheetReading) -> bool:
    """Tell whether *sheet* holds a number that nearly is a key, or a record with two things of different kinds that tell
    by themselves what they are: a day, a telephone, a number of a paper.
    """
    for extract in sheet.extracts:
        form = sheet.labels.forms[sheet.labels.number(extract.form)]
        if any(_is_nearly_key(value, form) for value in _keys(extract, sheet.labels)):
            return True
        if any(map(_shows_itself, _records(extract, form))):
            return True
    return not sheet.known and any(map(_shows_itself, sheet.grid.rows))


def _records(extract: Extract, form: Form) -> Iterator[tuple[Raw, ...]]:
    """Return what each record of *extract* says itself: not what stands once, and no example that was printed."""
    columns = [
        [None if value == field.example else value for value in extract.values[field.code]]
        for field in form.fields
        if field.code in extract.values and not field.once
    ]
    return zip(*columns, *extract.notes.values(), strict=True)


def _is_nearly_key(value: Raw, form: Form) -> bool:
    """Tell whether *value* is a key of *form* with a few digits too many or too few."""
    text = _SIGNS.sub("", unicodedata.normalize("NFKC", as_text(value)))
    example = form.key.example
    return (
        example.isdigit() and text.isascii() and text.isdigit() and text != example
        and abs(len(text) - len(example)) <= _DIGITS_WRONG
    )  # fmt: skip


def _shows_itself(record: Iterable[Raw]) -> bool:
    kinds: set[int] = set()
    for value in record:
        if isinstance(value, date):
            kinds.add(_DAY)
        elif not is_blank(value):
            text = _SIGNS.sub("", unicodedata.normalize("NFKC", as_text(value)).upper())
            kinds.update(kind for kind, shape in enumerate(_TELLING) if shape.fullmatch(text))
    return len(kinds) > 1


def _lacks_keys(extract: Extract, labels: Labels) -> bool:
    form = labels.forms[labels.number(extract.form)]
    shaped = form.key.kind is Kind.CODE and len(form.key.example) >= _LONG and not form.key.given
    return shaped and not any(_is_key(value, form) for value in _keys(extract, labels))


def _keys(extract: Extract, labels: Labels) -> Sequence[Raw]:
    return extract.values.get(labels.forms[labels.number(extract.form)].key.code, ())


def _mentions_key(grid: Grid, labels: Labels) -> bool:
    """Tell whether a key of any form stands in a cell of its own: a table whose labels were not understood."""
    return any(_is_key(value, form) for form in _keyed(labels) for row in grid.rows for value in row)


def _keyed(labels: Labels) -> Iterator[Form]:
    """Yield one form of each length of key."""
    lengths: set[int] = set()
    for form in labels.forms:
        length = len(form.key.example)
        if length >= _LONG and length not in lengths:
            lengths.add(length)
            yield form


def _is_key(value: Raw, form: Form) -> bool:
    return has_key(as_text(value), form)


def _first_text(grid: Grid) -> str:
    return next((as_text(value) for row in grid.rows for value in row if not is_blank(value)), "")


def _counts(grid: Grid) -> bool:
    """Tell whether one of the first rows is the header of a statistic."""
    return any(_COUNTS.fullmatch(as_text(value)) for row in grid.rows[:_TOP] for value in row if not is_blank(value))


def _lists(grid: Grid, labels: Labels) -> bool:
    """Tell whether the page holds nothing but options, each column those of the field above it."""
    columns = [[as_text(value) for value in column if not is_blank(value)] for column in zip(*grid.rows, strict=True)]
    named = [_options(column[0], labels) for column in columns if column]
    if not any(named):
        return False
    listed = [
        (options, column[1:])
        for column, options in zip(filter(None, columns), named, strict=True)
        if options is not None
    ]
    return len(listed) == len(named) and all(options is _ANY or set(values) <= options for options, values in listed)


_ANY: frozenset[str] = frozenset({""})
"""Of an area any name may stand in a list."""
_LONG = 9


def _options(label: str, labels: Labels) -> frozenset[str] | None:
    """Return the answers to the field that *label* means, None when it is none that chooses among answers."""
    found: set[str] = set()
    for number, codes in (labels.lookup(label) or {}).items():
        for field in (labels.forms[number].field(code) for code in codes):
            if field.means is FieldRole.AREA:
                return _ANY
            if not field.options:
                return None
            found |= set(itertools.chain(*(each.names for each in field.options)))
    return frozenset(found) or None
