"""Rows → the workbook that people draw in: a table a sheet, lists to choose from, a page of help."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from pipeline.definitions.sheets import HELP_TITLES, SHEETS, DefinitionColumn, DefinitionSheet
from pipeline.render.xlsx.workbook import (
    Access,
    Book,
    LineStyle,
    Mark,
    SheetElement,
    Table,
    TableColumn,
    TextLine,
    WorkbookSheet,
)
from pipeline.render.xlsx.write_workbook import write
from schemas.language import Kind, Language, Localized

RowCells = Mapping[str, str]
"""The cells of a row, by the codes of its sheet's columns."""
PlainRows = Mapping[str, Sequence[RowCells]]
"""The rows of a workbook, by the codes of its sheets."""
Doubts = Collection[tuple[str, int]]
"""Rows (sheet, number from 0) of which the program was unsure: they stand out, to be looked at."""

_FREE = 30
_HEADING = Localized("怎样画一个流程", "How to draw a procedure")
_STEPS = (
    Localized("一、在“流程”页写名称和岗位；在“台账”页写记录存在哪里。", "1. Write title and roles on “Procedure”, where records stand on “Registers”."),
    Localized("二、在“栏目”页一栏一行写出每张表单；登记用的表单写在最前，要有一个主编号。", "2. Write each form on “Fields”, a row a field; the form that opens a record first, with one key."),
    Localized("三、在“环节”页写谁接着谁办；一种答复一行，环节名称只写在第一行。", "3. Write on “Stages” who does what after whom; a row an answer, the stage's name in the first row alone."),
    Localized("四、用 pipeline check 核对；没有问题的，放进流程文件夹（procedures_folder），下一次运行就生效。", "4. Try it with pipeline check; when it is right put it into the folder of procedures: the next run takes it."),
    Localized("绿色表头的页要写；其余的页和代码一栏可以空着。名称可以改：代码不变，记录就不变。", "Codes and spare sheets may be left blank. Labels may be changed: as long as the code stays, so do the records."),
)  # fmt: skip
_ASKED = Localized("黄色的行程序没有把握，请核对。", "Yellow rows are a guess: look at them.")


def definition_workbook(rows: PlainRows, language: Language, doubts: Doubts = ()) -> bytes:
    """Return the workbook with *rows*."""
    sheets = [_help(language, asked=bool(doubts)), *(_sheet(sheet, rows, language, doubts) for sheet in SHEETS)]
    return write(Book(tuple(sheets), {}))


def _help(language: Language, *, asked: bool) -> WorkbookSheet:
    parts: list[SheetElement] = [TextLine(each.to(language)) for each in _STEPS]
    if asked:
        parts.append(TextLine(_ASKED.to(language), LineStyle.CORRECT))
    rows = [
        (sheet.title.to(language) if not at else "", column.title.to(language), _about(column, sheet, at, language))
        for sheet in SHEETS
        for at, column in enumerate(sheet.columns)
    ]
    labels = ("工作表", "栏", "写什么") if language == "zh" else ("Sheet", "Column", "What is written there")
    columns = tuple(TableColumn(label, access=Access.READ) for label in labels)
    parts.append(Table("help", columns, rows))
    return WorkbookSheet(HELP_TITLES[language != "zh"], tuple(parts), heading=_HEADING.to(language))


def _about(column: DefinitionColumn, sheet: DefinitionSheet, at: int, language: Language) -> str:
    said = [] if at else [sheet.help.to(language)]
    said += [column.help.to(language)] if column.help.to(language) else []
    said += ["、".join(column.choices)] if column.choices and language == "zh" else []
    return "；".join(said) if language == "zh" else "; ".join(said)


def _sheet(sheet: DefinitionSheet, rows: PlainRows, language: Language, doubts: Doubts) -> WorkbookSheet:
    own = rows.get(sheet.code, ())
    columns = tuple(_column(sheet, column, rows, language) for column in sheet.columns)
    cells = [tuple(row.get(column.code) or None for column in sheet.columns) for row in own]
    marks = {at: Mark.WARN for at in range(len(own)) if (sheet.code, at) in doubts}
    table = Table(sheet.code, columns, cells or [(None,) * len(columns)], marks=marks, freeze=2, prepared=_FREE)
    return WorkbookSheet(sheet.title.to(language), (table,))


def _column(sheet: DefinitionSheet, column: DefinitionColumn, rows: PlainRows, language: Language) -> TableColumn:
    options = column.choices or tuple(dict.fromkeys(_offered(sheet, column.code, rows)))
    return TableColumn(
        column.title.to(language),
        Kind.TEXT,
        Access.LOCKED if column.code in ("en", "code") or sheet.spare else Access.FILL,
        options,
        column.help.to(language),
        lenient=True,
        marked=True,
    )


def _offered(sheet: DefinitionSheet, column: str, rows: PlainRows) -> Iterator[str]:
    """Yield what is written elsewhere in the workbook and may be meant here."""
    if column == "role" or (sheet.code, column) in {("registers", "manager"), ("stages", "superior")}:
        yield from (row["content"] for row in rows.get("procedure", ()) if row.get("item") == "岗位")
    elif column == "form":
        yield from (row["form"] for row in rows.get("fields", ()) if row.get("form"))
    elif column == "register" and sheet.code != "registers":
        yield from (row["register"] for row in rows.get("registers", ()))
    elif (sheet.code, column) in {("stages", "from"), ("stages", "to")}:
        yield from (row[name] for row in rows.get("stages", ()) for name in ("from", "to") if row.get(name))
