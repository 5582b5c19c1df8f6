"""What a definition is made of, before its parts are: its name, roles and parameters, its registers, and which form and stage is whose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.definitions.codebook import CodeBook
from pipeline.definitions.compile_stages import StageRows, by_stage
from pipeline.definitions.lookup import CalledOtherwise, Lookup, called_otherwise, role_lookup, roles_of
from pipeline.definitions.mistakes import DefinitionCell, Mistakes
from pipeline.definitions.naming import CODE, wording
from pipeline.definitions.read_definition import Definition, DefinitionRow, bare_name
from pipeline.definitions.sheets import (
    CODE_PARTS,
    DUTIES,
    FIELDS,
    FORMS,
    ITEMS,
    PARAMETERS,
    PROCEDURE,
    REGISTERS,
    STAGES,
    STATES,
    STATISTICS,
)
from pipeline.definitions.words import KINDS, STAGE_FLAGS, STANDARD_OPTIONS, meant, parts
from schemas.language import NO_TEXT, Catalogue, Field, Kind, Localized, Option
from schemas.language.parameters import Parameter
from schemas.language.work import Derived

DERIVED_PART, OTHER_PART = "派生栏", "其他"
"""What a row of the sheet of code names: a field that code works out, or what no workbook draws at all."""


@dataclass(slots=True)
class FormDraft:
    """A form with the rows of its fields; ``row`` is its own on the sheet of forms, where it has one."""

    code: str
    title: Localized
    cell: DefinitionCell
    rows: list[DefinitionRow]
    row: DefinitionRow | None
    register: str = ""


@dataclass(slots=True)
class Outline:
    """The parts of a definition. ``cells`` say where what has a code is declared."""

    code: str = ""
    title: Localized = NO_TEXT
    about: Localized = NO_TEXT
    number: str = ""
    submitter: str = ""
    """Who hands it in, as it says itself."""
    roles: tuple[Option, ...] = ()
    otherwise: Sequence[CalledOtherwise] = ()
    """Roles that are there already, by another of their names."""
    parameters: tuple[Parameter, ...] = ()
    registers: list[DefinitionRow] = field(default_factory=list)
    forms: list[FormDraft] = field(default_factory=list)
    stages: list[StageRows] = field(default_factory=list)
    cells: dict[str, DefinitionCell] = field(default_factory=dict)
    code_parts: list[DefinitionRow] = field(default_factory=list)
    _codes: dict[int, str] = field(default_factory=dict)
    """Codes of registers, by their rows."""
    _whose: dict[int, str] = field(default_factory=dict)
    """The register of each other row."""

    def register_code(self, row: DefinitionRow) -> str:
        """Return the code of the register that *row* declares."""
        return self._codes[id(row)]

    def register_of(self, row: DefinitionRow) -> str:
        """Return the code of the register that *row* belongs to."""
        return self._whose.get(id(row), "")

    def forms_of(self, register: str) -> list[FormDraft]:
        """Return the forms of *register*: the one that opens a record first."""
        own = [each for each in self.forms if each.register == register]
        ad_hoc = {bare_name(STAGE_FLAGS["ad_hoc"].zh), bare_name(STAGE_FLAGS["ad_hoc"].en)}
        begins = (
            each.first.text("form")
            for each in self.stages_of(register)
            if not each.first.text("from") and not ad_hoc.intersection(map(bare_name, parts(each.first.text("more"))))
        )
        opening = next(begins, "")
        opens = [
            each
            for each in own
            if bare_name(opening) in (bare_name(each.title.zh), bare_name(each.title.en), each.code)
        ]
        return [*opens[:1], *(each for each in own if each not in opens[:1])]

    def stages_of(self, register: str) -> list[StageRows]:
        """Return the stages of *register*."""
        return [each for each in self.stages if self.register_of(each.first) == register]

    def computed(self, register: str, mistakes: Mistakes) -> list[Derived]:
        """Return the fields of *register* that code works out: they are named, and stay blank as long as no code does."""
        found = []
        for row in self.code_parts:
            if self.register_of(row) != register or row.text("part") != DERIVED_PART:
                continue
            said = bare_name(row.text("kind"))
            kind = next((each.kind for each in KINDS if said in (bare_name(each.zh), bare_name(each.en))), None)
            if kind is None and said:
                known = [each.zh for each in KINDS]
                mistakes.unknown(row.cell("kind"), row.text("kind"), Localized("类型", "kind"), known)
            if row.text("code") and not CODE.fullmatch(row.text("code")):
                mistakes.at(
                    row.cell("code"),
                    Localized(f"代码“{row.text('code')}”写得不对", f"“{row.text('code')}” is no code"),
                    Localized("只用小写字母、数字和下划线，字母开头", "small letters, digits and _, a letter first"),
                )
            if not row.text("code"):
                mistakes.at(
                    row.cell("code"),
                    Localized("由程序算的栏目要写代码", "what is code has a code"),
                    Localized("写上程序里的代码", "write the code that it has there"),
                )
            options = [_computed_option(each) for each in parts(row.text("options"))]
            found.append(
                Derived(
                    Field(
                        row.text("code"),
                        wording(row.text("name"), row.text("en")),
                        kind or Kind.TEXT,
                        options=tuple(options),
                    )
                )
            )
        return found


def _computed_option(text: str) -> Option:
    """Return the option that is written as ``words=code``."""
    name, _, code = text.partition("=")
    standard = STANDARD_OPTIONS.get(name)
    return standard if standard and standard.code == code else Option(code or name, wording(name, ""))


def outline_of(definition: Definition, office: Catalogue, mistakes: Mistakes, codes: CodeBook) -> Outline:
    """Return the outline of *definition*."""
    found = Outline(code_parts=list(definition.of(CODE_PARTS)))
    for row in found.code_parts:
        if row.text("part") not in (DERIVED_PART, OTHER_PART):
            mistakes.unknown(row.cell("part"), row.text("part"), Localized("部分", "part"), [DERIVED_PART, OTHER_PART])
    _take_items(found, definition.of(PROCEDURE), office, mistakes, codes)
    _take_parameters(found, definition.of(PARAMETERS), mistakes, codes)
    found.registers = _named(definition.of(REGISTERS), "register", mistakes)
    if not found.registers:
        sheet = REGISTERS.title
        mistakes.at(
            DefinitionCell("", sheet.zh, ""),
            Localized("没有台账：记录不知道存在哪里", "there is no register for its records"),
            Localized(
                "在“台账”页写一行：台账名称、编号规则、负责岗位", "write one on its sheet: title, numbering, manager"
            ),
        )
    named = [(row.cell("register"), row.cell("code")) for row in found.registers]
    for row, code in zip(found.registers, codes.give(("register", ""), named, prefix=found.code), strict=True):
        found._codes[id(row)] = code
        found.cells[code] = row.cell("register")
    found.stages = by_stage(definition.of(STAGES), mistakes)
    if not found.stages:
        mistakes.at(
            DefinitionCell("", STAGES.title.zh, ""),
            Localized("没有环节", "there is no stage"),
            Localized("在“环节”页一行一个写上", "write them on their sheet, a row each"),
        )
    _take_forms(found, definition, mistakes, codes)
    _Owners(found, mistakes).settle(definition)
    return found


def _take_items(
    found: Outline, rows: Sequence[DefinitionRow], office: Catalogue, mistakes: Mistakes, codes: CodeBook
) -> None:
    roles: list[DefinitionRow] = []
    by_item: dict[str, DefinitionRow] = {}
    for row in rows:
        item = meant(row.text("item"), ITEMS)
        if item is None:
            mistakes.unknown(
                row.cell("item"), row.text("item"), Localized("项目", "item"), [each.zh for each in ITEMS.values()]
            )
        elif item == "role":
            if row.text("content"):
                roles.append(row)
        elif row.text("content"):
            by_item[item] = row
    title = by_item.get("title")
    if title is None:
        first = rows[0].cell("content") if rows else DefinitionCell("", PROCEDURE.title.zh, "")
        mistakes.at(
            first,
            Localized("流程没有名称", "the procedure has no title"),
            Localized("在“流程”页写一行 名称", "write a row with its title"),
        )
    else:
        (found.code,) = codes.give(("procedure", ""), [(title.cell("content"), title.cell("code"))])
        found.title = wording(title.text("content"), title.text("en"))
        found.cells[found.code] = title.cell("content")
    if about := by_item.get("about"):
        found.about = wording(about.text("content"), about.text("en"))
    if number := by_item.get("number"):
        found.number = number.text("content")
    if submitter := by_item.get("submitter"):
        found.submitter = submitter.text("content")
    known = roles_of(office)
    lookup = role_lookup(known.values())
    standing = {row.text("content"): lookup.find(row.text("content")) for row in roles}
    named = [(row.cell("content"), row.cell("code")) for row in roles]
    given = codes.give(("role", ""), named, standard={name: code for name, code in standing.items() if code})
    made = []
    for row, code in zip(roles, given, strict=True):
        found.cells.setdefault(code, row.cell("content"))
        own = Option(code, wording(row.text("content"), row.text("en")), tuple(parts(row.text("aliases"))))
        made.append(known.get(code, own))
    found.roles = tuple(made)
    found.otherwise = called_otherwise((row.cell("content") for row in roles if not row.text("code")), known.values())


def _take_parameters(found: Outline, rows: Sequence[DefinitionRow], mistakes: Mistakes, codes: CodeBook) -> None:
    rows = _named(rows, "parameter", mistakes)
    named = [(row.cell("parameter"), row.cell("code")) for row in rows]
    given = codes.give(("parameter", ""), named, prefix=found.code)
    made = []
    for row, code in zip(rows, given, strict=True):
        numbers = {}
        for column, otherwise in (("value", None), ("least", 0.0), ("most", 1e9)):
            cell = row.cell(column)
            parsed = Parameter(code, NO_TEXT, 0, -1e12, 1e12).parse(cell.text) if cell.text else otherwise
            if not isinstance(parsed, int | float):
                mistakes.at(
                    cell,
                    Localized(f"“{cell.text}”不是数", f"“{cell.text}” is no number"),
                    Localized("写一个数，如 60", "write a number"),
                )
                parsed = 0.0
            numbers[column] = float(parsed)
        if not numbers["least"] <= numbers["value"] <= numbers["most"]:
            mistakes.at(
                row.cell("value"),
                Localized("值不在最小和最大之间", "the value is not within its bounds"),
                Localized("改值，或改最小、最大", "mend the value, or its bounds"),
            )
        words = wording(row.text("parameter"), row.text("en"))
        made.append(Parameter(code, words, numbers["value"], numbers["least"], numbers["most"]))
        found.cells.setdefault(code, row.cell("parameter"))
    found.parameters = tuple(made)


def _named(rows: Sequence[DefinitionRow], column: str, mistakes: Mistakes) -> list[DefinitionRow]:
    """Return the *rows* that have a name; two of one name, and none at all, are mistakes."""
    found: dict[str, DefinitionRow] = {}
    for row in rows:
        cell = row.cell(column)
        if not cell.text:
            mistakes.at(
                cell,
                Localized("没有写名称", "it has no name"),
                Localized("写上名称，或删去这一行", "name it, or delete the row"),
            )
        elif bare_name(cell.text) in found:
            mistakes.at(
                cell,
                Localized(f"“{cell.text}”写了两次", f"“{cell.text}” is written twice"),
                Localized("改名，或删去一行", "call it otherwise, or delete a row"),
            )
        else:
            found[bare_name(cell.text)] = row
    return list(found.values())


def _take_forms(found: Outline, definition: Definition, mistakes: Mistakes, codes: CodeBook) -> None:
    declared = _named(definition.of(FORMS), "form", mistakes)
    own = {
        bare_name(name): row
        for row in declared
        for name in (row.text("form"), row.text("code"), row.text("en"))
        if name
    }
    groups: dict[str, list[DefinitionRow]] = {}
    current = ""
    for row in definition.of(FIELDS):
        cell = row.cell("form")
        if cell.text:
            standing = own.get(bare_name(cell.text))
            current = standing.text("form") if standing else cell.text
        elif not current:
            mistakes.at(
                cell,
                Localized("没有写是哪张表单的栏目", "of which form is it?"),
                Localized("写上表单名称", "name its form"),
            )
        if not row.text("field"):
            mistakes.at(
                row.cell("field"),
                Localized("没有写栏目名称", "it has no label"),
                Localized("写上表上印的字", "write its label"),
            )
        elif current:
            groups.setdefault(current, []).append(row)
    for row in declared:
        if row.text("form") not in groups:
            mistakes.at(
                row.cell("form"),
                Localized(f"表单“{row.text('form')}”没有栏目", f"the form “{row.text('form')}” has no fields"),
                Localized("在栏目页写上它的栏目，或删去这一行", "write its fields on their sheet, or delete the row"),
            )
    cells = [
        (DefinitionCell(title, rows[0].first.sheet, rows[0].cell("form").cell), own.get(bare_name(title)))
        for title, rows in groups.items()
    ]
    named = [
        (row.cell("form") if row else cell, row.cell("code") if row else DefinitionCell("", cell.sheet, cell.cell))
        for cell, row in cells
    ]
    given = codes.give(("form", ""), named, prefix=found.code)
    for (cell, own_row), (title, rows), code in zip(cells, groups.items(), given, strict=True):
        en = own_row.text("en") if own_row else ""
        found.forms.append(FormDraft(code, wording(title, en), cell, rows, own_row))
        found.cells.setdefault(code, own_row.cell("form") if own_row else cell)


@dataclass(slots=True)
class _Owners:
    """Settles which register each form and row belongs to: the one that it names, the only one, or that of its form."""

    outline: Outline
    mistakes: Mistakes

    def settle(self, definition: Definition) -> None:
        lookup = Lookup(Localized("台账", "register"))
        for row in self.outline.registers:
            lookup.add(self.outline.register_code(row), wording(row.text("register"), row.text("en")))
        only = next(iter(lookup.titles)) if len(lookup.titles) == 1 else ""
        by_form: dict[str, str] = {}
        for each in self.outline.forms:
            each.register = self._said(each.row, lookup) or only
            if each.register:
                by_form |= dict.fromkeys((bare_name(each.title.zh), bare_name(each.title.en), each.code), each.register)
        for group in self.outline.stages:
            code = self._said(group.first, lookup) or only or by_form.get(bare_name(group.first.text("form")), "")
            self._belongs(group.first, code)
            self._give(bare_name(group.first.text("form")), code)
        for each in self.outline.forms:
            if not each.register and self.outline.registers:
                self._lost(each.cell, each.title.zh)
        for sheet in (STATES, STATISTICS, DUTIES, CODE_PARTS):
            for row in definition.of(sheet):
                self._belongs(row, self._said(row, lookup) or only)

    def _said(self, row: DefinitionRow | None, lookup: Lookup) -> str:
        if row is None or not row.text("register"):
            return ""
        return lookup.named(row.cell("register"), row.text("register"), self.mistakes)

    def _belongs(self, row: DefinitionRow, register: str) -> None:
        self.outline._whose[id(row)] = register
        if not register and self.outline.registers and not row.text("register"):
            self._lost(row.cell("register"), row.first.text)

    def _give(self, form: str, register: str) -> None:
        for each in self.outline.forms:
            if (
                register
                and not each.register
                and form in (bare_name(each.title.zh), bare_name(each.title.en), each.code)
            ):
                each.register = register

    def _lost(self, cell: DefinitionCell, name: str) -> None:
        self.mistakes.at(
            cell,
            Localized(f"有几个台账，“{name}”是哪个台账的？", f"of which register is “{name}”?"),
            Localized("写上所属台账", "name its register"),
        )
