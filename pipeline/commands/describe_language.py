"""The page for those who declare procedures in Python: everything that the language says, read off ``schemas.language`` itself.

English is taken from its docstrings and comments, Chinese, and what no docstring says, from ``language_words/words.toml``; the
examples are the modules of ``schemas/language/examples``, which a test loads and checks.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.commands.rows_in_excel import in_excel
from schemas.language import Catalogue, Language, Localized

_CLASSES_IN = (
    "field",
    "flow",
    "register",
    "lead_times",
    "work",
    "recurring",
    "outlook",
    "sealing",
    "parameters",
    "duplicates",
)
_UNTOLD = {
    "Field": {"code"},
    "Register": {"fields", "definitions"},
    "Procedure": {"introduces", "of_definitions", "roster"},
}
"""What nobody writes who declares a procedure."""
_NAME, _FOR = Localized("名称", "name"), Localized("作什么", "what it is for")


@cache
def _tree(module: str) -> tuple[ast.Module, list[str]]:
    text = (files("schemas.language") / f"{module}.py").read_text("utf-8")
    return ast.parse(text), text.splitlines()


@cache
def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads((files("pipeline.commands") / "language_words" / name).read_text("utf-8"))


def chapters() -> list[Mapping[str, Any]]:
    """Return the chapters as they are laid out: headings, tables, the name of the example."""
    found: list[Mapping[str, Any]] = _read("chapters.toml")["chapter"]
    return found


def explained(table: str) -> dict[str, str]:
    """Return what *table* explains, with the English that its declaration says ("" for none): the members of a class of the
    language, or the functions of a module whose name begins small.
    """
    if table[0].islower():
        body, _ = _tree(table)
        functions = [each for each in body.body if isinstance(each, ast.FunctionDef) and not each.name.startswith("_")]
        return {each.name: " ".join((ast.get_docstring(each) or "").split("\n\n")[0].split()) for each in functions}
    for module in _CLASSES_IN:
        body, lines = _tree(module)
        for node in body.body:
            if isinstance(node, ast.ClassDef) and node.name == table:
                return {
                    name: said
                    for name, said in _attributes(node, lines)
                    if not name.startswith("_") and name not in _UNTOLD.get(table, ())
                }
    raise KeyError(table)


def _attributes(node: ast.ClassDef, lines: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each attribute of a class with its docstring, or the comment behind it."""
    for at, each in enumerate(node.body):
        target = each.target if isinstance(each, ast.AnnAssign) else None
        if isinstance(each, ast.Assign):
            target = each.targets[0]  # type: ignore[assignment]
        if not isinstance(target, ast.Name):
            continue
        after = node.body[at + 1] if at + 1 < len(node.body) else None
        said = ""
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            said = str(after.value.value)
        yield target.id, " ".join((said or lines[(each.end_lineno or 1) - 1].partition("  # ")[2]).split())


def said_of(table: str, name: str, docstring: str) -> Localized:
    """Return what *name* of *table* is for. Raise KeyError where nobody says it in one of the languages."""
    words = _read("words.toml")[table][name]
    zh, en = (words, docstring) if isinstance(words, str) else words
    if not (zh and en):
        raise KeyError(f"{table}.{name}")
    return Localized(zh, en)


def example_source(name: str) -> str:
    """Return the source of an example."""
    return (files("schemas.language") / "examples" / f"{name}.py").read_text("utf-8")


def language_page(catalogue: Catalogue, language: Language) -> str:
    """Return the page in Markdown: ``docs/declarations.md``, ``docs/zh/写流程.md``."""
    lines = [f"# {_TITLE.to(language)}", "", *(each.to(language) for each in _OPENING), ""]
    for chapter in chapters():
        lines += [f"## {chapter[language]}", "", chapter["says"][language == "en"], ""]
        for table in chapter["tables"]:
            lines += list(_table(table, language))
        if "example" in chapter:
            lines += ["```python", example_source(chapter["example"]).rstrip(), "```", ""]
            lines += in_excel(chapter["example"], language)
    lines += list(_codes(catalogue, language))
    return "\n".join(lines).rstrip() + "\n"


def _table(table: str, language: Language) -> Iterator[str]:
    if table[0].islower():
        yield f"`schemas.language.{table}`"
    else:
        yield f"`{table}`"
    yield ""
    yield f"| {_NAME.to(language)} | {_FOR.to(language)} |"
    yield "|---|---|"
    for name, docstring in explained(table).items():
        yield f"| `{name}` | {_cell(said_of(table, name, docstring).to(language))} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("``", "`").replace("|", "\\|").rstrip(".")


def _codes(catalogue: Catalogue, language: Language) -> Iterator[str]:
    """Yield every code that a declaration may refer to: roles, registers with their states, fields by form."""
    yield f"## {_CODES.to(language)}"
    yield ""
    yield f"### {_ROLES.to(language)}"
    yield ""
    roles = {role.code: role for procedure in catalogue.procedures for role in procedure.roles}
    yield from (f"- `{code}` {role.words.to(language)}" for code, role in sorted(roles.items()))
    yield ""
    yield f"### {_REGISTERS.to(language)}"
    yield ""
    for register in catalogue.registers:
        states = "、".join(f"`{state.code}` {state.words.to(language)}" for state in register.states)
        yield f"- `{register.code}` {register.title.to(language)}" + (f": {states}" if states else "")
    yield ""
    yield f"### {_FIELDS.to(language)}"
    yield ""
    for form in catalogue.forms:
        held = "、".join(f"`{field.code}` {field.label.to(language)}" for field in form)
        yield f"- `{form.code}` {form.title.to(language)}: {held}"


_TITLE = Localized("写流程（给会 Python 的人）", "Declaring a procedure in Python")
_CODES = Localized("可用的代码", "All codes that one may refer to")
_ROLES, _REGISTERS = Localized("各岗位", "Roles"), Localized("台账和状态", "Registers and their states")
_FIELDS = Localized("各表的栏目", "Fields by form")
_OPENING = (
    Localized(
        "本页由 `make docs` 从 `schemas/language` 写出。起步：`pipeline procedures --new 代码` 写出一个能用的流程，含样例和测试；",
        "Written by `make docs` from `schemas/language`. Begin with `pipeline procedures --new CODE`: a procedure that works, with samples and its test;",
    ),
    Localized(
        "`pipeline procedures --check` 核对；`pipeline procedures --try 代码` 把样例从登记办到头，一步一行地告诉您。",
        "`pipeline procedures --check` looks it over; `pipeline procedures --try CODE` plays its samples to the end and tells what happens, a line a step.",
    ),
    Localized(
        "下面的例子各是一个完整的流程（`schemas/language/examples`），测试逐个装载、核对；后面是它在 Excel 里的几行（见[画流程](画流程.md)），也核对。",
        "Each example below is a whole procedure (`schemas/language/examples`) that a test loads and checks; then come its rows in Excel, in the "
        "words that a workbook knows ([画流程](zh/画流程.md)), held against it by a test, and what stays Python.",
    ),
)
