"""What an example of declarations is in a workbook that draws it: its rows as Markdown, under the headings of the workbook, and what no
workbook can say.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence

from pipeline.definitions.definition_workbook import PlainRows, RowCells
from pipeline.definitions.sheets import CODE_PARTS, SHEETS, STAGES, DefinitionSheet
from pipeline.definitions.write_definition import write_definition
from schemas.language import Language, Localized, Procedure
from schemas.language.catalogue import assemble, load_catalogue

_IN_EXCEL = Localized("在 Excel 里：", "In Excel:")
_STAYS = Localized(
    "只能用 Python 写（“程序部分”页列出名称）：{names}", "Stays Python (named on the sheet “Code”): {names}"
)
_SHEET = Localized("“{title}”页", "Sheet “{title}”")


def example_procedure(name: str) -> Procedure:
    """Return the procedure that the example *name* declares."""
    found: Procedure = importlib.import_module(f"schemas.language.examples.{name}").PROCEDURE
    return found


def example_rows(name: str) -> PlainRows:
    """Return the rows of the workbook that draws the example *name*."""
    procedure = example_procedure(name)
    roster = next(each for each in load_catalogue().procedures if each.roster)
    rows = dict(write_definition(procedure, assemble((roster, procedure))))
    if not any(register.stages for register in procedure.registers):  # a workbook says at least who enters the records
        first = procedure.registers[0]
        entered = {"stage": "登记", "en": "Enter", "form": first.base.title.zh, "role": "系统管理员", "to": "已登记"}
        rows[STAGES.code] = [{**entered, "register": first.title.zh}]
    return rows


def in_excel(name: str, language: Language) -> Iterator[str]:
    """Yield the lines that show the example *name* as it is drawn."""
    rows = example_rows(name)
    yield _IN_EXCEL.to(language)
    yield ""
    for sheet in SHEETS:
        if any(any(row.values()) for row in rows.get(sheet.code, ())):
            yield from _table(sheet, rows[sheet.code], language)
    if stays := [row["name"] for row in rows.get(CODE_PARTS.code, ())]:
        names = ("、" if language == "zh" else ", ").join(f"`{each}`" for each in stays)
        yield _STAYS.filled(names=names).to(language)
        yield ""


def _table(sheet: DefinitionSheet, rows: Sequence[RowCells], language: Language) -> Iterator[str]:
    columns = [each for each in sheet.columns if any(row.get(each.code) for row in rows)]
    yield _SHEET.filled(title=sheet.title).to(language)
    yield ""
    yield f"| {' | '.join(each.title.to(language) for each in columns)} |"
    yield "|---" * len(columns) + "|"
    for row in rows:
        yield f"| {' | '.join(_cell(row.get(each.code, '')) for each in columns)} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")
