"""What a name in a definition means: one of the things that are called so, by label in either language, by code or by another name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.definitions.mistakes import DefinitionCell, Mistakes
from pipeline.definitions.read_definition import bare_name
from schemas.language import Catalogue, Field, FieldRole, Localized, Option, Register

ROLE = Localized("岗位", "role")
STATE = Localized("状态", "state")
FIELD = Localized("栏目", "field")
REGISTER = Localized("台账", "register")
FORM = Localized("表单", "form")
PARAMETER = Localized("参数", "parameter")


@dataclass(frozen=True, slots=True)
class CalledOtherwise:
    """A cell that names a role that is there already by another of its names; ``title`` is how it is shown everywhere."""

    cell: DefinitionCell
    title: Localized


@dataclass(slots=True)
class Lookup:
    """Codes by name. A name that means two things means none; a code means itself."""

    what: Localized
    titles: dict[str, str] = field(default_factory=dict)
    """Labels by code, as they are told."""
    codes: dict[str, set[str]] = field(default_factory=dict)

    def add(self, code: str, words: Localized, others: Iterable[str] = ()) -> None:
        """Add what is called *words*, or one of *others*."""
        self.titles.setdefault(code, words.zh)
        for name in (words.zh, words.en, *others):
            if name:
                self.codes.setdefault(bare_name(name), set()).add(code)

    def find(self, name: str) -> str:
        """Return the code of what is called *name*, "" where nothing is, or several things are."""
        if name in self.titles:
            return name
        found = self.codes.get(bare_name(name), set())
        return next(iter(found)) if len(found) == 1 else ""

    def named(self, cell: DefinitionCell, name: str, mistakes: Mistakes) -> str:
        """Return the code of what *cell* calls *name*; note a mistake where that is nothing, or several."""
        found = self.find(name)
        several = self.codes.get(bare_name(name), set())
        if not found and len(several) > 1:
            mistakes.at(
                cell,
                Localized(
                    f"有 {len(several)} 个{self.what.zh}都叫“{name}”", f"{len(several)} things are called “{name}”"
                ),
                Localized(f"改写代码：{'、'.join(sorted(several))}", f"write its code: {', '.join(sorted(several))}"),
            )
        elif not found:
            mistakes.unknown(cell, name, self.what, list(dict.fromkeys(self.titles.values())))
        return found

    def name_of(self, code: str) -> str:
        """Return how *code* is written so that it is found again: its label, or the code where the label means more."""
        title = self.titles.get(code, code)
        return title if title and self.find(title) == code else code


def roles_of(catalogue: Catalogue) -> dict[str, Option]:
    """Return every role that is declared, by code."""
    found: dict[str, Option] = {}
    for procedure in catalogue.procedures:
        for role in procedure.roles:
            found.setdefault(role.code, role)
    for form in catalogue.forms:
        for each in form:
            if each.means is FieldRole.PERSON_ROLE:
                found = {option.code: option for option in each.options} | found
    return found


def called_otherwise(
    cells: Iterable[DefinitionCell], standing: Iterable[Option], own: Iterable[str] = ()
) -> list[CalledOtherwise]:
    """Return those *cells* that name one of the *standing* roles by another of its names, a name once; what the definition itself
    calls its roles (*own*) says what it means.
    """
    titles = {bare_name(name) for each in standing for name in (each.code, each.words.zh, each.words.en)}
    known = {bare_name(name): each.words for each in standing for name in each.aliases}
    told = {*titles, *map(bare_name, own)}
    found: list[CalledOtherwise] = []
    for cell in cells:
        name = bare_name(cell.text)
        if name in known and name not in told:
            told.add(name)
            found.append(CalledOtherwise(cell, known[name]))
    return found


def role_lookup(roles: Iterable[Option]) -> Lookup:
    """Return the lookup of *roles*."""
    lookup = Lookup(ROLE)
    for each in roles:
        lookup.add(each.code, each.words, each.aliases)
    return lookup


def field_lookup(fields: Iterable[Field]) -> Lookup:
    """Return the lookup of *fields*; of those with one code the first gives the label."""
    lookup = Lookup(FIELD)
    for each in fields:
        lookup.add(each.code, each.label, each.aliases)
    return lookup


def fields_of(register: Register) -> list[Field]:
    """Return all fields of *register*: of its forms, deeds among them, then those that the program fills."""
    return [*(each for form in register.forms for each in form), *register.computed]


def register_lookup(registers: Iterable[Register]) -> Lookup:
    """Return the lookup of *registers*."""
    lookup = Lookup(REGISTER)
    for each in registers:
        lookup.add(each.code, each.title)
    return lookup


def option_named(options: Mapping[str, Option], name: str) -> str:
    """Return the code of the option that is called *name*, "" where none is."""
    said = bare_name(name)
    exact = (code for code, each in options.items() if said == bare_name(code) or said in map(bare_name, each.names))
    return next(exact, "")
