"""Rows of a workbook → the procedure that they draw, in the very same values as a declaration in Python.

Every mistake is told at its cell, all at once; of a definition with one no procedure is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.definitions.codebook import CodeBook, LabelCode, Renamed, Scope
from pipeline.definitions.compile_fields import FieldCompiler, FieldsOfForm
from pipeline.definitions.compile_registers import RegisterCompiler
from pipeline.definitions.compile_rules import FieldRules, StandsTo
from pipeline.definitions.compile_stages import StageCompiler, StageRows
from pipeline.definitions.compile_states import StateCompiler
from pipeline.definitions.deadlines import TimeReader
from pipeline.definitions.judge_options import judge_option_rows
from pipeline.definitions.lookup import (
    STATE,
    CalledOtherwise,
    Lookup,
    called_otherwise,
    field_lookup,
    register_lookup,
    role_lookup,
    roles_of,
)
from pipeline.definitions.mistakes import DefinitionCell, Mistake, Mistakes
from pipeline.definitions.naming import wording
from pipeline.definitions.outline import FormDraft, Outline, outline_of
from pipeline.definitions.read_definition import Definition, DefinitionRow, bare_name
from pipeline.definitions.sheets import DUTIES, OPTIONS, STAGES, STATES, STATISTICS
from pipeline.definitions.told_faults import tell_faults
from pipeline.definitions.words import LAYOUTS, meant, parts
from schemas.language import (
    NO_TEXT,
    Catalogue,
    Field,
    Form,
    Layout,
    Localized,
    PlainModel,
    Procedure,
    Register,
    State,
)

_BOTH = (Layout.LIST, Layout.CARD)


@dataclass(frozen=True, slots=True)
class Compiled:
    """What became of a definition: a procedure, or mistakes. ``codes`` are what its labels were given, for the next version."""

    procedure: Procedure | None
    mistakes: tuple[Mistake, ...]
    codes: Mapping[Scope, Sequence[LabelCode]] = field(default_factory=dict)
    renamed: tuple[Renamed, ...] = ()
    code: str = ""
    """Of the procedure, also where it is wrong."""
    submitter: str = ""
    """Who hands it in, as the workbook says."""
    replaced: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """By register and name of a state that is gone: the code of the state that takes its place."""
    otherwise: tuple[CalledOtherwise, ...] = ()
    """Roles that are there already, by another of their names."""


def compile_definition(
    definition: Definition,
    office: Catalogue,
    mistakes: Mistakes,
    before: Mapping[Scope, Sequence[LabelCode]] | None = None,
) -> Compiled:
    """Return the procedure that *definition* draws, for an office that has the procedures *office* beside it.

    *mistakes* holds what was wrong in reading it, *before* the codes that an earlier version was given.
    """
    codes = CodeBook(mistakes, before or {})
    outline = outline_of(definition, office, mistakes, codes)
    compiler = _Compiler(definition, office, mistakes, codes, outline)
    procedure = compiler.procedure()
    if not mistakes.found:
        tell_faults(procedure, office, compiler.cells, mistakes)
    if mistakes.found:
        return Compiled(None, tuple(mistakes.found), codes.given, (), outline.code, outline.submitter)
    return Compiled(
        procedure,
        (),
        codes.given,
        tuple(codes.renamed),
        outline.code,
        outline.submitter,
        compiler.replaced,
        compiler.called_otherwise(),
    )


@dataclass(slots=True)
class _Compiler:
    definition: Definition
    office: Catalogue
    mistakes: Mistakes
    codes: CodeBook
    outline: Outline
    cells: dict[str, DefinitionCell] = field(default_factory=dict)
    """Where what has a code is declared."""
    states: dict[str, tuple[tuple[State, ...], Lookup]] = field(default_factory=dict)
    """By register, with their names."""
    replaced: dict[tuple[str, str], str] = field(default_factory=dict)

    def procedure(self) -> Procedure:
        outline = self.outline
        self.cells |= outline.cells
        states = StateCompiler(self.mistakes, self.codes, self.replaced)
        for row in outline.registers:
            code = outline.register_code(row)
            self.states[code] = states.of_register(code, self._of(STATES.code, code), outline.stages_of(code))
        judge_option_rows(self.definition.of(OPTIONS), outline, self.mistakes)
        return Procedure(
            outline.code,
            outline.title,
            tuple(self._register(row) for row in outline.registers),
            number=outline.number,
            about=outline.about,
            roles=outline.roles,
            parameters=outline.parameters,
        )

    def called_otherwise(self) -> tuple[CalledOtherwise, ...]:
        """Return the roles that are there already and that the definition calls by another of their names."""
        listed, standing = self.outline.otherwise, roles_of(self.office)
        own = [name for each in self.outline.roles if each.code not in standing for name in each.names]
        rows = self.definition.of(STAGES)
        cells = (row.cell(column) for column in ("role", "superior") for row in rows)
        said = (*own, *(each.cell.text for each in listed))
        return (*listed, *called_otherwise(cells, standing.values(), said))

    def _register(self, row: DefinitionRow) -> Register:
        outline, mistakes = self.outline, self.mistakes
        code, title = outline.register_code(row), wording(row.text("register"), row.text("en"))
        forms, against = self._forms(code, numbered=bool(row.text("numbering")))
        if not forms:
            mistakes.at(
                row.cell("register"),
                Localized(f"台账“{title.zh}”没有表单", f"the register “{title.en}” has no form"),
                Localized("在栏目页写上它的表单", "write its form on the sheet of fields"),
            )
            return Register(code, title, ())
        computed = outline.computed(code, mistakes)
        fields = [*(each for form in forms for each in form), *(each.field for each in computed)]
        known, by_code = field_lookup(fields), {each.code: each for each in reversed(fields)}
        parameters = {each.code: each for each in outline.parameters}
        roles = role_lookup([*outline.roles, *roles_of(self.office).values()])
        times = TimeReader(mistakes, known, by_code, parameters)
        states, names = self.states[code]
        stages = StageCompiler(
            mistakes, self.codes, code, outline.code, roles, forms, known, by_code, times, against, names
        )  # fmt: skip
        groups = outline.stages_of(code)
        made = stages.make_stages(groups)
        self._locate(groups, [each.code for each in made], states)
        more = RegisterCompiler(
            mistakes, self.codes, code, outline.code, known, by_code, names, roles,
            self._registers(), self._states_of_all(), parameters,
        )  # fmt: skip
        return Register(
            code,
            title,
            forms,
            states,
            made,
            derived=(*computed, *times.derived.values()),
            count_by=more.several(row, "count_by", known),
            manager=more.one(row, "manager", roles),
            kept=more.yes(row, "kept"),
            numbered=more.numbered(row, forms[0]),
            looks_at=more.several(row, "looks_at", more.registers),
            recurs=more.duties(self._of(DUTIES.code, code)),
            refers=more.refers(row),
            named_by=more.several(row, "named_by", known),
            told=more.several(row, "told", known),
            told_to=more.several(row, "told_to", known),
            statistics=more.statistics(self._of(STATISTICS.code, code)),
        )

    def _states_of_all(self) -> dict[str, Lookup]:
        found = {code: names for code, (_, names) in self.states.items()}
        for register in self.office.registers:
            found[register.code] = Lookup(STATE)
            for state in register.states:
                found[register.code].add(state.code, state.words)
        return found

    def _of(self, sheet: str, register: str) -> list[DefinitionRow]:
        return [row for row in self.definition.rows.get(sheet, ()) if self.outline.register_of(row) == register]

    def _registers(self) -> Lookup:
        lookup = register_lookup(self.office.registers)
        for row in self.outline.registers:
            lookup.add(self.outline.register_code(row), wording(row.text("register"), row.text("en")))
        return lookup

    def _locate(self, groups: Sequence[StageRows], codes: Iterable[str], states: Iterable[object]) -> None:
        for group, code in zip(groups, codes, strict=True):
            self.cells.setdefault(code, group.first.cell("stage"))
        named = [*self.definition.of(STATES), *(row for group in groups for row in group.ways)]
        for state in states:
            words: Localized = state.words  # type: ignore[attr-defined]
            for row in named:
                for column in ("state", "to", "from"):
                    if column in row.cells and bare_name(row.text(column)) == bare_name(words.zh):
                        self.cells.setdefault(state.code, row.cell(column))  # type: ignore[attr-defined]

    def _forms(self, register: str, *, numbered: bool) -> tuple[tuple[Form, ...], Mapping[str, list[StandsTo]]]:
        drafts = self.outline.forms_of(register)
        compiler = FieldCompiler(self.mistakes, self.codes, self.definition.of(OPTIONS), self._registers())
        made: list[FieldsOfForm] = []
        for at, draft in enumerate(drafts):
            fields = compiler.form(draft.code, draft.title.zh, draft.rows, numbered=numbered and not at)
            made.append(self._with_key(fields, made[0] if made else None, draft.cell))
            for each, row in zip(fields.fields, fields.rows, strict=True):
                self.cells.setdefault(f"{draft.code}.{each.code}", row.cell("field") if row else draft.cell)
        self._judge_shared(drafts, made)
        every = field_lookup(each for one in made for each in one.fields)
        by_code = {each.code: each for one in reversed(made) for each in one.fields}
        forms, against = [], {}
        for draft, fields in zip(drafts, made, strict=True):
            here = field_lookup(fields.fields)
            own = {each.code: each for each in fields.fields}
            rules = FieldRules(draft.code, self.mistakes, _finder(here, own), _finder(every, by_code))
            judged = tuple(
                rules.take(each, row.cell("rules")) if row else each
                for each, row in zip(fields.fields, fields.rows, strict=True)
            )
            model = PlainModel(judged, (*fields.bounds, *rules.bounds), tuple(rules.orders))
            forms.append(
                Form(
                    draft.code,
                    draft.title,
                    judged,
                    model,
                    number=draft.row.text("number") if draft.row else "",
                    titles=tuple(parts(draft.row.text("titles"))) if draft.row else (),
                    layouts=self._layouts(draft.row),
                    rules=tuple(each.rule for each in rules.orders),
                )
            )
            against[draft.code] = rules.against
        return tuple(forms), against

    def _layouts(self, row: DefinitionRow | None) -> tuple[Layout, ...]:
        if row is None or not row.text("layouts"):
            return _BOTH
        found = []
        for word in parts(row.text("layouts")):
            layout = meant(word, {each.value: words for each, words in LAYOUTS.items()})
            if layout is None:
                known = [each.zh for each in LAYOUTS.values()]
                self.mistakes.unknown(row.cell("layouts"), word, Localized("版式", "layout"), known)
            else:
                found.append(Layout(layout))
        return tuple(found) or _BOTH

    def _with_key(self, fields: FieldsOfForm, base: FieldsOfForm | None, cell: DefinitionCell) -> FieldsOfForm:
        """Each form names the record: one that does not is given the key of the first."""
        keys = [each for each in fields.fields if each.key]
        if len(keys) > 1:
            row = fields.rows[fields.fields.index(keys[1])]
            self.mistakes.at(
                row.cell("key") if row else cell,
                Localized("这张表单有两个主编号", "this form has two keys"),
                Localized("只留一个“是”", "leave one"),
            )
        if keys:
            return fields
        if base is None:
            self.mistakes.at(
                cell,
                Localized("登记新记录的表单没有主编号", "the form that opens a record has no key"),
                Localized("加一行，如 用车单号，“主编号”写“是”", "add a row for its number and write yes under key"),
            )
            return fields
        key = next((each for each in base.fields if each.key), None)
        if key is None:
            return fields
        own = replace(key, given=False, required=True, help=NO_TEXT)
        return FieldsOfForm((own, *fields.fields), (None, *fields.rows), fields.bounds)

    def _judge_shared(self, drafts: Sequence[FormDraft], made: Sequence[FieldsOfForm]) -> None:
        """One label on two forms of a register is one field only where both say so: the second would write over the first."""
        seen: dict[str, str] = {}
        for draft, fields in zip(drafts, made, strict=True):
            for each, row in zip(fields.fields, fields.rows, strict=True):
                if each.key or row is None:
                    continue
                if seen.setdefault(each.code, draft.code) != draft.code and not row.text("code"):
                    self.mistakes.at(
                        row.cell("field"),
                        Localized(f"前面的表单已有“{each.label.zh}”", f"an earlier form has a field “{each.label.en}”"),
                        Localized(
                            f"改个名，如“还车{each.label.zh}”；确是同一栏、重新填写的，两行写同一个代码",
                            "call it otherwise; where it is the very field, to be filled anew, write one code in both rows",
                        ),
                    )


def _finder(lookup: Lookup, fields: Mapping[str, Field]) -> Callable[[str], Field | None]:
    return lambda name: fields.get(lookup.find(name))
