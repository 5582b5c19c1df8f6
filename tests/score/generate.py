"""Makes one file and the truth about it from a seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import compress
from typing import Any

from pipeline.domain.place import cell_name, pack
from schemas.language import Form
from schemas.language.catalogue import load_catalogue
from tests.score import files
from tests.score.cells import Book, Canvas
from tests.score.dice import Dice
from tests.score.draw_cards import STYLES, draw_cards
from tests.score.draw_list import Decor, draw_list, draw_turned, some_decor
from tests.score.drawn import tell_truth
from tests.score.entries import Entry, make_entries
from tests.score.labels import UNCLEAR, Column, chosen_fields, columns_of, grouped, unclear_pair
from tests.score.truth import Case, Fault, Table, Told
from tests.score.writings import Medium

FORMS = ("registration", "registration", "registration", "registration", "verification", "staff_list", "area_list")
KINDS = (
    *("xlsx",) * 41,
    *("xlsm",) * 3,
    *("1904",) * 4,
    "stray",
    "declared",
    *("csv", "csv-bom", "csv-gbk", "csv-semicolon", "csv-tab") * 2,
    *("ods",) * 4,
    *("html.xls",) * 3,
    *("xml.xls",) * 3,
    *("wrong extension",) * 4,
    *("zip",) * 3,
    *("xls",) * 3,
    *("et",) * 1,
    "encrypted",
    "encrypted zip",
)
CONVERTED = {"xls": "xls", "et": "xls"}
"""Kinds that no Python library writes: made as .xlsx, then converted by LibreOffice."""
_FLAT = {"csv", "csv-bom", "csv-gbk", "csv-semicolon", "csv-tab", "html.xls"}
"""Kinds that hold one sheet of text."""
_NO_FORMULAS = {*_FLAT, "ods", "xml.xls", *CONVERTED}
_SHAPES = (
    *("one",) * 14,
    "two sheets",
    "two sheets",
    "stacked",
    "side by side",
    "empty sheet",
    "hidden sheet",
    "foreign sheet",
)


@dataclass(slots=True)
class _Maker:
    dice: Dice
    kind: str
    medium: Medium
    tags: list[str]
    tables: list[Table]

    def form(self, code: str) -> Form:
        return load_catalogue().form(code)


def make(seed: int) -> Case:
    """Return the file of *seed*. Those of kinds in ``CONVERTED`` are still .xlsx."""
    dice = Dice(seed)
    kind = dice.choice(KINDS)
    medium = Medium(
        text=kind in _FLAT,
        from_1904=kind == "1904",
        formulas=kind not in _NO_FORMULAS,
        dressed=kind not in _NO_FORMULAS,
    )
    maker = _Maker(dice, kind, medium, [], [])
    shape = "one" if kind in _FLAT and dice.often(0.8) else dice.choice(_SHAPES)
    if kind in _FLAT and shape not in {"one", "stacked", "side by side"}:
        shape = "one"
    maker.tags.append(shape)
    sheets = _sheets(maker, shape)
    book = Book(sheets, from_1904=kind == "1904", macros=kind == "xlsm")
    sheets[0].stray = kind == "stray"
    sheets[0].declared = kind == "declared"
    name, content, members = _stored(maker, book, seed)
    return Case(seed, name, content, kind, maker.tables, maker.tags, book, members)


def _sheets(maker: _Maker, shape: str) -> list[Canvas]:
    dice = maker.dice
    first = Canvas(dice.choice(("Sheet1", "登记", "11月", "汇总 表")))
    code = dice.choice(FORMS)
    if shape == "stacked":
        below = _draw(maker, first, code, 0, 0, only="list", small=True)
        _draw(maker, first, dice.choice(FORMS), below + dice.randint(1, 3), 0, only="list", small=True)
        _end_first(maker.tables, below - 1)
    elif shape == "side by side":
        _draw(maker, first, code, 0, 0, only="list", bare=True)
        other = dice.choice((code, code, dice.choice(FORMS)))
        _draw(maker, first, other, 0, first.width + dice.randint(1, 2), only="list", bare=True)
    elif shape == "one":
        _draw(maker, first, code, dice.choice((0, 0, 0, 1, 3)), dice.choice((0, 0, 0, 0, 1, 2)))
    else:
        _draw(maker, first, code, 0, 0)
    return [first, *_further(maker, shape, code)]


def _further(maker: _Maker, shape: str, code: str) -> list[Canvas]:
    """Return the sheets after the first."""
    if shape == "two sheets":
        second = Canvas("第二张")
        _draw(maker, second, maker.dice.choice([other for other in FORMS if other != code]), 0, 0)
        return [second]
    if shape == "hidden sheet":
        hidden = Canvas("上月", hidden=True)
        _draw(maker, hidden, code, 0, 0)
        return [hidden]
    if shape == "foreign sheet":
        return [_foreign(maker)]
    return [Canvas("Sheet2"), Canvas("Sheet3")] if shape == "empty sheet" else []


def _foreign(maker: _Maker) -> Canvas:
    """Draw a sheet of no form: nothing is to be taken from it."""
    canvas = Canvas("领用")
    for row, line in enumerate((("品名", "数量", "领用人"), ("复印纸", 5, "老赵"), ("签字笔", 12, "小李"))):
        for column, typed in enumerate(line):
            canvas.put(row, column, typed)
    maker.tables.append(Table(canvas.name, "", "foreign"))
    return canvas


def _end_first(tables: list[Table], last: int) -> None:
    told = tables[0].told
    if told:
        tables[0].told = Told(told.header, told.first_column, told.columns, last)


def _draw(
    maker: _Maker, canvas: Canvas, code: str, top: int, left: int, *, only: str = "", small: bool = False,
    bare: bool = False,
) -> int:  # fmt: skip
    """Draw one table; return the first row below it. *bare* is one without decoration, *small* one of few rows."""
    dice, form = maker.dice, maker.form(code)
    layout = only or dice.choice(("list", "list", "list", "list", "turned", "card"))
    fields = chosen_fields(dice, form)
    if layout == "card":
        return _draw_cards(maker, canvas, form, top, left)
    if layout == "list" and not only:
        fields = [each for each in fields if not each.once or dice.often(0.5)]
    columns = columns_of(dice, form, fields)
    free = [each.code for each in form.fields if each.once and each not in fields]
    decor = Decor() if bare else some_decor(dice, form, free if not only else ())
    if layout == "list":
        dice.shuffle(columns)
        if decor.groups:
            columns = grouped(dice, form, columns)
    count = dice.randint(2, 4 if small or layout == "turned" else 9)
    short = layout == "list" and dice.often(0.03)
    unclear = layout == "list" and not short and dice.often(0.04) and unclear_pair(code, columns)
    entries = make_entries(
        dice,
        form,
        columns,
        count,
        maker.medium,
        batch=len(maker.tables),
        faulty=0 if short or unclear else 0.3,
        ditto=layout == "list" and dice.often(0.3),
    )
    draw = draw_list if layout == "list" else draw_turned
    if short:
        return _draw_short(maker, canvas, form, columns, entries, decor, top, left)
    if unclear:
        return _draw_unclear(maker, canvas, form, columns, entries, decor, top, left)
    drawn, below = draw(dice, canvas, form, columns, entries, decor, top, left)
    if layout == "list":
        marks = (
            "groups",
            "repeat",
            "example",
            "subtotal",
            "hidden_rows",
            "hidden_columns",
            "filtered",
            "note_above",
            "gaps",
            "numbered",
        )
        maker.tags += [mark for mark in marks if getattr(decor, mark)]
    maker.tables.append(tell_truth(canvas, code, layout, columns, entries, drawn))
    return below


def _draw_short(
    maker: _Maker, canvas: Canvas, form: Form, columns: list[Column], entries: list[Entry], decor: Decor,
    top: int, left: int,
) -> int:  # fmt: skip
    """Draw a list that lacks a column which must be there: told once, and no record is right."""
    needed = [
        at
        for at, column in enumerate(columns)
        if not column.group and any(_needed(form, code) for code in column.codes)
    ]
    gone = maker.dice.choice(needed)
    kept = [column for at, column in enumerate(columns) if at != gone]
    for entry in entries:
        entry.typed = [typed for at, typed in enumerate(entry.typed) if at != gone]
    drawn, below = draw_list(maker.dice, canvas, form, kept, entries, decor, top, left)
    table = tell_truth(canvas, form.code, "list", kept, entries, drawn)
    above = range(top, drawn.places[0][0][0])
    header = {cell_name(pack(row, column)) for row in above for column in range(left, canvas.width)}
    cells = frozenset({"", *header})
    lacking = next(code for code in columns[gone].codes if _needed(form, code))
    table.right, table.rows, table.faults = [], [], [Fault("no column", lacking, cells, cells)]
    maker.tables.append(table)
    maker.tags.append("no column")
    return below


def _draw_unclear(
    maker: _Maker, canvas: Canvas, form: Form, columns: list[Column], entries: list[Entry], decor: Decor,
    top: int, left: int,
) -> int:  # fmt: skip
    """Draw a list with one label that may mean two fields: told once, and its values are nobody's."""
    label, pair = UNCLEAR[form.code]
    gone = next(at for at, column in enumerate(columns) if column.codes == pair[:1])
    kept = [
        Column(label, ()) if column.codes == pair[1:] else column for at, column in enumerate(columns) if at != gone
    ]
    for entry in entries:
        entry.typed = [typed for at, typed in enumerate(entry.typed) if at != gone]
        entry.meant = {code: value for code, value in entry.meant.items() if code not in pair}
    drawn, below = draw_list(maker.dice, canvas, form, kept, entries, decor, top, left)
    table = tell_truth(canvas, form.code, "list", kept, entries, drawn)
    cells = frozenset(cell_name(pack(*spot)) for spot, typed in canvas.cells.items() if typed == label)
    table.faults = [Fault("ambiguous label", pair[1], cells, cells, label)]
    whole = [not any(_is_asked(form, code, entry.meant) for code in pair) for entry in entries]
    table.right = list(compress(table.right, whole))
    table.rows = list(compress(table.rows, whole))
    maker.tables.append(table)
    maker.tags.append("ambiguous label")
    return below


def _needed(form: Form, code: str) -> bool:
    return form.field(code).required


def _is_asked(form: Form, code: str, meant: Mapping[str, Any]) -> bool:
    """Tell whether a record must have the field *code*."""
    each = form.field(code)
    return each.required or bool(
        each.required_when and all(meant.get(name) in answers for name, answers in each.required_when)
    )


def _draw_cards(maker: _Maker, canvas: Canvas, form: Form, top: int, left: int) -> int:
    dice = maker.dice
    style = dice.choice(STYLES)
    columns = columns_of(dice, form, chosen_fields(dice, form))
    medium = Medium(text=True, formulas=False, dressed=False) if style == "inside" else maker.medium
    entries = make_entries(
        dice, form, columns, dice.choice((1, 1, 1, 2, 3)), medium, batch=len(maker.tables), ticks=0.4
    )
    drawn, below = draw_cards(dice, canvas, form, columns, entries, style, top, left)
    maker.tables.append(tell_truth(canvas, form.code, f"card {style}", columns, entries, drawn))
    return below


_STORED: dict[str, tuple[str, Callable[[Book], bytes]]] = {
    "xlsm": ("xlsm", files.xlsx),
    "csv": ("csv", lambda book: files.comma_separated(book, "utf-8")),
    "csv-bom": ("csv", lambda book: files.comma_separated(book, "utf-8-sig")),
    "csv-gbk": ("csv", lambda book: files.comma_separated(book, "gb18030")),
    "csv-semicolon": ("csv", lambda book: files.comma_separated(book, "utf-8", ";")),
    "csv-tab": ("csv", lambda book: files.comma_separated(book, "gb18030", "\t")),
    "ods": ("ods", files.ods),
    "html.xls": ("xls", files.html_table),
    "xml.xls": ("xls", files.xml_2003),
}
"""How a kind of file is named and made; those that are not here are .xlsx."""


_LOCKED: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "encrypted": ("xlsx", files.locked),
    "encrypted zip": ("zip", lambda content: files.locked_archive({"登记.xlsx": content})),
}
"""Kinds with a password: nothing can be taken from them."""


def _stored(maker: _Maker, book: Book, seed: int) -> tuple[str, bytes, dict[str, bytes]]:
    """Return the file's name, its content and, of an archive, its members."""
    stem = f"登记-{seed}"
    if maker.kind == "zip":
        members = {f"{stem}.xlsx": files.xlsx(book)}
        return f"{stem}.zip", files.archive({**members, "说明.txt": "请查收".encode()}), members
    if maker.kind in _LOCKED:
        del maker.tables[1:]  # told once for the file
        (table,), whole = maker.tables, frozenset({""})
        table.right, table.rows, table.cells = [], [], set()
        table.faults = [Fault("encrypted", "", whole, whole)]
        ending, lock = _LOCKED[maker.kind]
        return f"{stem}.{ending}", lock(files.xlsx(book)), {}
    ending, store = _STORED.get(maker.kind, ("xlsx", files.xlsx))
    if maker.kind == "wrong extension":
        ending = maker.dice.choice(("xls", "csv", "et", "ods"))
    if maker.kind in CONVERTED:
        ending = maker.kind
    return f"{stem}.{ending}", store(book), {}
