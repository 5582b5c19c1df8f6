"""The machinery knows no procedure, form or field by name: whatever is theirs is declared in ``schemas/``."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline
from pipeline.commands.demo import scenes
from pipeline.definitions.sheets import HELP_TITLES, NOTE_TITLES, SHEETS
from pipeline.definitions.words import RULE_WORDS
from schemas.language import Catalogue, Language
from schemas.language.catalogue import load_catalogue
from schemas.language.sample import Filled

PIPELINE = Path(pipeline.__path__[0])
SHORTEST_TELLING_LABEL = 4
"""Labels below this length (电话) are also ordinary words: they are only looked for as whole strings."""

ORDINARY = {"原因"}
"""Labels that the program's own captions say too: a finding has a reason as well as a change."""

DRAWN_IN = {
    *(each.title.zh for each in SHEETS),
    *(column.title.zh for each in SHEETS for column in each.columns),
    *(choice for each in SHEETS for column in each.columns for choice in column.choices),
    *RULE_WORDS,
    *HELP_TITLES,
    *NOTE_TITLES,
}
"""The words in which a procedure is drawn in Excel (kinds, meanings, headings): they name what any field may be, and no field."""


def declared(catalogue: Catalogue) -> tuple[set[str], set[str]]:
    """Codes and labels of all procedures, forms and fields but the word roster itself."""
    codes = {procedure.code for procedure in catalogue.procedures if not procedure.roster}
    labels = {procedure.title.zh for procedure in catalogue.procedures if not procedure.roster}
    for form in catalogue.forms:
        codes.add(form.code)
        labels |= {form.title.zh, form.title.en, *form.titles}
        for field in form.fields:
            codes.add(field.code)
            labels |= {field.label.zh, *field.aliases, *(field.span.labels if field.span else ())}
    for register in catalogue.registers:
        for extra in register.computed:
            codes.add(extra.code)
            labels.add(extra.label.zh)
        codes |= {handover.code for handover in register.handovers}
    return codes, labels - ORDINARY


def spoken(source: str) -> Iterator[tuple[int, str]]:
    """Every string, name, attribute and keyword of a module, without its docstrings."""
    tree = ast.parse(source)
    docs = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield line, node.value
        elif isinstance(node, ast.Name):
            yield line, node.id
        elif isinstance(node, ast.Attribute):
            yield line, node.attr
        elif isinstance(node, ast.keyword | ast.arg) and node.arg:
            yield line, node.arg


def named(text: str, codes: set[str], labels: set[str]) -> str | None:
    if text in codes or text in labels:
        return text
    return next((label for label in labels if len(label) >= SHORTEST_TELLING_LABEL and label in text), None)


@pytest.mark.parametrize("path", sorted(PIPELINE.rglob("*.py")), ids=lambda path: str(path.relative_to(PIPELINE)))
def test_no_module_of_the_pipeline_names_a_form_or_field(path: Path) -> None:
    codes, labels = declared(load_catalogue())
    if path.parent.name == "definitions":
        labels -= DRAWN_IN
    found = [
        f"line {line}: {name}"
        for line, text in spoken(path.read_text(encoding="utf-8"))
        if (name := named(text, codes, labels))
    ]
    assert found == []


def test_no_page_template_of_the_pipeline_names_a_form_or_field() -> None:
    codes, labels = declared(load_catalogue())
    telling = {word for word in codes | labels if len(word) >= SHORTEST_TELLING_LABEL}
    found = [
        (path.name, word)
        for path in PIPELINE.rglob("*.j2")
        for word in telling
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []


def test_the_search_would_find_one() -> None:
    codes, labels = declared(load_catalogue())
    guilty = 'def f(row):\n    "docstring 许可证号"\n    return row["licence_no"], row.contact_phone, "请填许可证号"\n'
    assert sorted(filter(None, (named(text, codes, labels) for _, text in spoken(guilty)))) == [
        "contact_phone",
        "licence_no",
        "许可证号",
    ]


def test_every_code_is_declared_once_and_every_label_means_one_field_of_its_form() -> None:
    catalogue = load_catalogue()
    codes = [form.code for form in catalogue.forms]
    assert len(codes) == len(set(codes))
    for form in catalogue.forms:
        labels = [label for field in form.fields for label in (field.label.zh, *field.aliases)]
        assert len(labels) == len(set(labels)), form.code


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_form_has_a_title_of_its_own_in_each_language(language: Language) -> None:
    titles = [form.title.to(language) for form in load_catalogue().forms]
    assert sorted(titles) == sorted(set(titles))


def test_numbers_that_are_called_otherwise_in_chinese_are_in_english_too() -> None:
    """Else a sheet headed in English is that of two procedures."""
    called = {(form.key.label.zh, form.key.label.en) for form in load_catalogue().forms if form.key}
    assert sorted(english for _, english in called) == sorted({english for _, english in called})


def test_every_answer_to_a_choice_has_words_of_its_own() -> None:
    for form in load_catalogue().forms:
        for field in form.fields:
            names = [name.casefold() for option in field.options for name in set(option.names)]
            assert sorted(names) == sorted(set(names)), (form.code, field.code)


def test_every_stage_leads_to_states_that_exist_and_names_a_role_of_the_roster() -> None:
    catalogue = load_catalogue()
    roles = {option.code for form in catalogue.forms for field in form.fields for option in field.options}
    for register in catalogue.registers:
        states = {state.code for state in register.states} | {""}
        for stage in register.stages:
            assert {stage.state, *(move.to for move in stage.transitions)} <= states
            assert stage.role in roles
            assert not (stage.state and stage.form == register.base.code), f"{stage.code}: a base form opens records"
            assert not stage.form or catalogue.form(stage.form).key.code == register.key.code
            assert all(register.base.get(code) and catalogue.form(stage.form).get(code) for code in stage.renews)
            assert all(register.get(code) is not None for code in (*stage.not_by, *stage.tells))


def test_a_role_is_one_role_in_every_procedure_that_names_it() -> None:
    named: dict[str, set[str]] = {}
    for procedure in load_catalogue().procedures:
        for role in procedure.roles:
            named.setdefault(role.code, set()).add(role.words.zh)
            named.setdefault(role.words.zh, set()).add(role.code)
    assert len(named) > 20
    assert {name: those for name, those in named.items() if len(those) > 1} == {}


def test_the_people_of_all_samples_are_one_office() -> None:
    """Played together they must not be two of a name, nor two where a stage wants the one holder of a role."""
    drops = [drop for scene in scenes(load_catalogue(), every=True) for drop in scene.drops if isinstance(drop, Filled)]
    people = {
        (str(row["staff_no"]), str(row["staff_name"]))
        for drop in drops
        if drop.form == load_catalogue().register("people").base.code
        for row in drop.records
    }
    assert len(people) > 20
    assert len({number for number, _ in people}) == len({name for _, name in people}) == len(people)
