"""A field of each kind goes the whole way, typed on a blank sheet, read, checked, kept, shown; and all that a new kind must pass."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.domain.rulebook import _EXAMPLES
from pipeline.read.recognise.shapes import speaks_against
from pipeline.render.reports.field_column import to_cell
from pipeline.render.wording import CAPTIONS
from pipeline.render.xlsx.workbook import TableColumn
from pipeline.render.xlsx.workbook_style import cell_style
from pipeline.validate.check_columns import _series
from pipeline.validate.convert_cells import convert_apart
from schemas.language import Field, Form, Kind, Localized, Option
from tests.tools.command import ROOT
from tests.tools.office import Office

TODAY = date(2026, 11, 3)


@dataclass(frozen=True)
class Traits:
    """One row of the table of kinds."""

    typed: Any
    stored: Any
    cell: Any
    """In the master."""
    dtype: str
    """As checks see its column."""
    format: str = ""
    """Of its cells."""
    wrong: str = ""
    """What cannot be one, if anything."""
    strange: tuple[str, ...] = ()
    """A column of such things is none of this kind."""


KINDS: Mapping[Kind, Traits] = {
    Kind.TEXT: Traits("打印纸", "打印纸", "打印纸", "str"),
    Kind.CODE: Traits("007", "007", "007", "str", "@"),
    Kind.PHONE: Traits("139 3281 0018", "13932810018", "13932810018", "str", "@", strange=("打印纸", "墨盒", "信封")),
    Kind.DATE: Traits("2026.11.2", "2026-11-02", date(2026, 11, 2), "datetime64[ns]", "yyyy-mm-dd", "下周", ("甲", "乙", "丙")),
    Kind.MOMENT: Traits("2026-11-02 14:30", "2026-11-02T14:30", "2026-11-02 14:30", "str", "@", "下午", ("甲", "乙", "丙")),
    Kind.MONTH: Traits("2026年11月", "2026-11", "2026-11", "str", "@", "下月", ("甲", "乙", "丙")),
    Kind.INTEGER: Traits("3", 3, 3, "Int64", wrong="三点五个", strange=("甲", "乙", "丙")),
    Kind.NUMBER: Traits("1.5", 1.5, 1.5, "float64", wrong="一些", strange=("甲", "乙", "丙")),
    Kind.CHOICE: Traits("邮寄", "by_post", "邮寄", "str", wrong="飞鸽", strange=("甲", "乙", "丙")),
    Kind.LIST: Traits("王建国，李敏", "王建国、李敏", "王建国、李敏", "str"),
}  # fmt: skip

PLACES = {
    "schemas/language/field.py": "its name and what it stores",
    "pipeline/validate/convert_cells.py": "how its cells are converted",
    "pipeline/validate/check_columns.py": "the dtype of its column",
    "pipeline/render/reports/field_column.py": "its value as a cell",
    "pipeline/render/xlsx/workbook_style.py": "how its cells look",
    "pipeline/render/xlsx/input_rules.py": "what its cells take as it is typed",
    "pipeline/render/wording.py": "how to fill it: kind_<kind>",
    "pipeline/read/recognise/shapes.py": "what its column looks like",
    "pipeline/domain/rulebook/__init__.py": "what a sentence shows as an example",
    "pipeline/definitions/words.py": "what it is called where a procedure is drawn",
    "pipeline/definitions/compile_fields.py": "what may be said of it there",
    "pipeline/definitions/compile_rules.py": "what it may be held against there",
    "pipeline/definitions/compile_registers.py": "what may number or date a record there",
    "pipeline/domain/register_views.py": "which field of its sheet dates a record",
    "pipeline/commands/typed_answers.py": "what is typed where a procedure is tried",
}
"""Where a new kind has to be looked at: the table above sees what is missing."""
OTHERWISE = {
    "pipeline/read/layouts/left_over.py", "pipeline/read/layouts/units.py", "pipeline/read/recognise/labels.py",  # of sheets
    "pipeline/render/reports/visit_sheet.py", "pipeline/render/xlsx/measure.py", "pipeline/render/reports/template.py",  # of room on paper
    "pipeline/render/reports/exceptions.py", "pipeline/render/reports/master.py", "pipeline/render/reports/reading_pages.py",  # of the
    "pipeline/render/reports/set_up_page.py", "pipeline/render/reports/task_table.py",
    "pipeline/render/reports/stuck_pages.py", "pipeline/render/reports/incomplete_page.py",  # program's own columns
}  # fmt: skip
"""Modules that name several kinds and need not know of a new one."""


def field_of(kind: Kind) -> Field:
    options = (Option("by_post", Localized("邮寄", "Post")), Option("by_hand", Localized("自取", "By hand")))
    return Field("it", Localized("栏", "It"), kind, options=options if kind is Kind.CHOICE else ())


def test_the_table_has_every_kind() -> None:
    assert set(KINDS) == set(Kind), f"go through {sorted(PLACES)}"


@pytest.mark.parametrize("kind", Kind)
def test_a_cell_is_converted_and_written_back(kind: Kind) -> None:
    field, traits = field_of(kind), KINDS[kind]
    form = Form("f", Localized("表", "F"), (field,), "")
    assert convert_apart(form, field, [traits.typed, None], TODAY) == [traits.stored, None]
    assert to_cell(field, traits.stored, "zh") == traits.cell
    if traits.wrong:
        assert convert_apart(form, field, [traits.wrong], TODAY) == [None]


@pytest.mark.parametrize("kind", Kind)
def test_a_column_is_of_its_type_and_its_cells_of_their_format(kind: Kind) -> None:
    traits = KINDS[kind]
    assert str(_series(field_of(kind), [traits.stored, None]).dtype) == traits.dtype
    assert cell_style(TableColumn("栏", kind)).get("num_format", "") == traits.format


@pytest.mark.parametrize("kind", Kind)
def test_it_is_told_how_to_fill_it_and_what_is_none_of_it(kind: Kind) -> None:
    traits, caption = KINDS[kind], CAPTIONS[f"kind_{kind}"]
    assert caption.zh and caption.en and caption.zh != caption.en
    assert speaks_against(field_of(kind), traits.strange) is bool(traits.strange)
    assert kind in _EXAMPLES or kind in (Kind.TEXT, Kind.CODE, Kind.CHOICE, Kind.LIST)  # shown as their field's example


def test_every_module_that_tells_kinds_apart_is_listed() -> None:
    telling = set()
    for path in (ROOT / "pipeline").rglob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        attributes = [each for each in nodes if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name)]
        named = {each.attr for each in attributes if isinstance(each.value, ast.Name) and each.value.id == "Kind"}
        if len(named & set(Kind.__members__)) >= 3:
            telling.add(path.relative_to(ROOT).as_posix())
    assert telling - set(PLACES) - OTHERWISE == set()
    assert telling >= OTHERWISE
    assert [path for path in PLACES if not (ROOT / path).is_file()] == []


def test_a_row_of_every_kind_goes_the_whole_way(tmp_path: Path) -> None:
    package = tmp_path / "procedures" / "parcels"
    package.mkdir(parents=True)
    source = (ROOT / "schemas" / "language" / "examples" / "kinds.py").read_text(encoding="utf-8")
    (package / "__init__.py").write_text(source, encoding="utf-8")
    office = Office(tmp_path, ["parcels"], [("K01", "王建国", "客户经理")], procedures_folder=str(package.parent))
    (form,) = office.catalogue.procedure_of("parcel").registers[0].forms
    typed = {field.code: KINDS[field.kind].typed for field in form}
    office.drop("parcel", typed)
    office.run("2026-11-03 09:00")

    page = openpyxl.load_workbook(office.settings.outbox / "master.xlsx")["包裹"]
    (header,) = (row[0].row for row in page.iter_rows() if row[0].value == "包裹单号")
    cells = {str(head.value): cell for head, cell in zip(page[header], page[header + 1], strict=True)}
    for field in form:
        value = cells[field.label.zh].value
        shown = value.date() if hasattr(value, "date") else value
        assert shown == KINDS[field.kind].cell, field.code
