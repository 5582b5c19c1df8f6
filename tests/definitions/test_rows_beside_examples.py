"""The rows beside each example of the pages for those who declare in Python draw the very procedure that the example declares."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.commands.describe_language import chapters
from pipeline.commands.rows_in_excel import example_procedure
from pipeline.definitions.definition_workbook import PlainRows, RowCells, definition_workbook
from pipeline.definitions.drawn_procedures import judge_content
from pipeline.definitions.sheets import SHEETS
from schemas.language import Form, Language, Procedure
from schemas.language.catalogue import load_catalogue
from tests.definitions.comparing import comparable

DOCS = Path(__file__).parents[2] / "docs"
PAGES: dict[Language, Path] = {"en": DOCS / "declarations.md", "zh": DOCS / "zh" / "写流程.md"}
EXAMPLES = [chapter["example"] for chapter in chapters() if "example" in chapter]
SHOWN: dict[Language, str] = {"en": "In Excel:", "zh": "在 Excel 里："}


def rows_on(page: str, language: Language, at: int) -> PlainRows:
    """The rows shown beside the example of that number on *page*, as a reader would copy them."""
    part = page.split(f"\n{SHOWN[language]}\n")[at + 1].split("\n## ", maxsplit=1)[0].split("\n```", maxsplit=1)[0]
    found: dict[str, list[RowCells]] = {}
    for title, table in re.findall(r"\n(?:Sheet “(?=.)|“)([^”\n]+)”(?:页)?\n\n((?:\|.*\n)+)", "\n" + part):
        sheet = next(each for each in SHEETS if each.title.to(language) == title)
        head, _, *lines = table.splitlines()
        codes = {column.title.to(language): column.code for column in sheet.columns}
        columns = [codes[cell] for cell in cells(head)]
        rows = [dict(zip(columns, cells(line), strict=True)) for line in lines]
        found[sheet.code] = [{code: text for code, text in row.items() if text} for row in rows]
    return found


def cells(line: str) -> list[str]:
    parts = re.split(r"(?<!\\)\|", line.strip()[1:-1])
    return [each.strip().replace("\\|", "|").replace("<br>", "\n") for each in parts]


def without_head(form: Form) -> Form:
    """*form* without what is said to stay Python."""
    return replace(form, fields=tuple(replace(each, head=False) for each in form))


def drawn_from(rows: PlainRows) -> Procedure:
    roster = next(each for each in load_catalogue().procedures if each.roster)
    compiled = judge_content("x.xlsx", definition_workbook(rows, "zh"), (roster,))
    assert compiled is not None
    assert [(each.sheet, each.cell, each.value, each.what.zh) for each in compiled.mistakes] == []
    assert compiled.procedure is not None
    return compiled.procedure


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_rows_that_are_shown_draw_what_the_example_declares(name: str, language: Language) -> None:
    rows = rows_on(PAGES[language].read_text(encoding="utf-8"), language, EXAMPLES.index(name))
    declared, drawn = example_procedure(name), drawn_from(rows)
    entered = not any(register.stages for register in declared.registers)
    for register, other in zip(declared.registers, drawn.registers, strict=True):
        said, read = comparable(register), comparable(other)
        if entered:  # what a workbook says beyond it: who enters the records
            assert len(read["stages"]) <= 1
            read |= {"stages": (), "states": said["states"]}
        said["stages"] = tuple(replace(each, routes=()) for each in said["stages"])
        said["forms"] = tuple(without_head(form) for form in said["forms"])
        assert said == read
    numbers = tuple(each for each in declared.parameters if not each.options)
    assert replace(drawn, registers=()) == replace(declared, registers=(), parameters=numbers)


@pytest.mark.parametrize("name", EXAMPLES)
def test_whatever_the_rows_leave_out_is_said_to_stay_python(name: str) -> None:
    page = PAGES["en"].read_text(encoding="utf-8")
    part = page.split("\nIn Excel:\n")[EXAMPLES.index(name) + 1].split("\n## ")[0]
    said = set(re.findall("`([^`]+)`", part.partition("Stays Python")[2]))
    for register in example_procedure(name).registers:
        left = {each.rule.code for each in register.watches} | {each.code for each in register.outlooks}
        left |= {"routes"} if any(stage.routes for stage in register.stages) else set()
        left |= {"head"} if any(each.head for form in register.forms for each in form) else set()
        left |= {part for part in ("opens", "draws", "running", "sealed", "care", "renewal") if getattr(register, part)}
        assert left <= said
