"""The pages for those who declare procedures in Python: whole, in both languages, with examples that run as they stand."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import schemas.language
from pipeline.cli.main import main
from pipeline.commands.describe_language import _read, chapters, example_source, explained, language_page, said_of
from pipeline.render.reports.template import template
from schemas.language import Kind, Language, Layout, Procedure
from schemas.language.catalogue import assemble, load_catalogue
from schemas.language.declaration_faults import faults

DOCS = Path(__file__).parents[2] / "docs"
PAGES: list[tuple[Path, Language]] = [(DOCS / "declarations.md", "en"), (DOCS / "zh" / "写流程.md", "zh")]
TABLES = [table for chapter in chapters() for table in chapter["tables"]]
EXAMPLES = [chapter["example"] for chapter in chapters() if "example" in chapter]
PLAIN = {
    "NO_TEXT", "Catalogue", "Language", "Localized", "Stored", "StoredValues", "Values", "Severity", "Layout",  # of values
    "Form", "Option", "Rule", "Span",  # made by form() and field(), explained there
    "Pairs", "Side",  # the program's own register of suspected pairs
}  # fmt: skip
"""Names of the language without a table."""


def whole(name: str) -> Procedure:
    found = importlib.import_module(f"schemas.language.examples.{name}").PROCEDURE
    assert isinstance(found, Procedure)
    return found


@pytest.mark.parametrize(("page", "language"), PAGES, ids=["en", "zh"])
def test_the_page_is_what_the_language_says(page: Path, language: Language) -> None:
    assert page.read_text(encoding="utf-8") == language_page(load_catalogue(), language), "run: make docs"


def test_the_command_writes_it(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["procedures", "--language-page", str(tmp_path / "页.md"), "--language", "en"])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "页.md").read_text(encoding="utf-8") == PAGES[0][0].read_text(encoding="utf-8")


@pytest.mark.parametrize("table", TABLES)
def test_each_thing_is_told_in_both_languages_and_nothing_that_there_is_not(table: str) -> None:
    there = explained(table)
    assert len(there) > 0
    for name, docstring in there.items():
        said = said_of(table, name, docstring)
        assert re.search("[一-鿿]", said.zh), (table, name)
        assert not re.search("[一-鿿]{8}", said.en), (table, name)
    assert set(_read("words.toml")[table]) == set(there)


def test_every_name_of_the_language_has_a_table() -> None:
    of_workbooks = {
        "Bound",
        "FieldBound",
        "Order",
        "PlainModel",
        "RowOrder",
    }  # what a drawn form says: nobody writes it in Python
    assert set(schemas.language.__all__) - set(TABLES) - PLAIN - of_workbooks - {"StoredValues"} == set()


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_a_whole_procedure_without_a_fault(name: str) -> None:
    roster = next(each for each in load_catalogue().procedures if each.roster)
    catalogue = assemble((roster, whole(name)))
    assert [(each.where, each.what.en) for each in faults(catalogue)] == []
    for register in whole(name).registers:
        for form in register.forms:
            assert template(form, Layout.LIST, "zh", "办公室")


def test_every_example_that_there_is_stands_on_the_page() -> None:
    folder = Path(schemas.language.__path__[0]) / "examples"
    assert sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__") == sorted(EXAMPLES)


def test_the_example_of_kinds_has_every_kind() -> None:
    assert {field.kind for form in whole("kinds").registers[0].forms for field in form} == set(Kind)


@pytest.mark.parametrize(
    ("table", "untold"),
    [
        # an ending says its four by itself (``ending``)
        (
            "Stage",
            {
                "between",
                "decides",
                "ends",
                "begins",
                "owed",
                "by_workday",
                "whom",
                "role_set_by",
                "ad_hoc",
                "on_site",
                "expects_role",
                "also_of",
                "keeps_days",
                "open_in",
                "code",
                "title",
                "role",
                "form",
                "state",
            },
        ),
        ("Refers", {"states", "always", "field", "register"}),
        ("Draw", {"field", "state"}),
    ],
)
def test_examples_show_what_the_tables_tell(table: str, untold: set[str]) -> None:
    shown = "\n".join(map(example_source, EXAMPLES))
    assert {name for name in explained(table) if f"{name}=" not in shown} <= untold
