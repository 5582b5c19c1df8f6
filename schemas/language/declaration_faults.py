"""What is wrong with a declaration: names that lead nowhere, words that are missing, states that nothing leads to.

Nothing is run with a fault: a record in a state that does not exist stands in no count, an answer without words is
given by every blank cell, a bar against a field that does not exist bars nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from schemas.language.field import Field, Form, Kind
from schemas.language.flow import Against, Comparison, Stage
from schemas.language.register import Catalogue, Procedure, Register
from schemas.language.words import Localized


@dataclass(frozen=True, slots=True)
class DeclarationFault:
    """``said`` in ``where`` (codes, from the procedure down) is wrong because of ``what``; ``fix`` says what to write."""

    procedure: str
    where: tuple[str, ...]
    said: str
    what: Localized
    fix: Localized


def faults(catalogue: Catalogue) -> list[DeclarationFault]:
    """Return every fault of the procedures of *catalogue*, in their order."""
    return [
        *_twice(catalogue),
        *(each for procedure in catalogue.procedures for each in _Check(catalogue, procedure).all()),
    ]


def _twice(catalogue: Catalogue) -> Iterator[DeclarationFault]:
    """Codes and titles by which the whole office finds something: two of one name are one for whoever asks by it."""
    of = {
        form.code: procedure.code
        for procedure in catalogue.procedures
        for register in procedure.registers
        for form in register.forms
    }
    of |= {register.code: procedure.code for procedure in catalogue.procedures for register in procedure.registers}
    procedures = [(each.code, each.code) for each in catalogue.procedures]
    registers = [(each.code, of[each.code]) for each in catalogue.registers]
    forms = [(each.code, of[each.code]) for each in catalogue.forms]
    stages = [(stage.code, of[register.code]) for register in catalogue.registers for stage in register.stages]
    titles = [(title, of[each.code]) for each in catalogue.forms for title in {each.title.zh: 1, each.title.en: 1}]
    kinds = (
        (procedures, Localized("流程代码", "code of a procedure")),
        (registers, Localized("台账代码", "code of a register")),
        (forms, Localized("表单代码", "code of a form")),
        (stages, Localized("环节代码", "code of a stage")),
        (titles, Localized("表名", "title of a form")),
    )
    for named, what in kinds:
        for name, times in Counter(name for name, _ in named).items():
            if name and times > 1:
                owner = [procedure for other, procedure in named if other == name][-1]
                yield DeclarationFault(
                    owner, (), name,
                    Localized(f"{what.zh}“{name}”用了 {times} 次", f"the {what.en} “{name}” is used {times} times"),
                    Localized("换一个没有用过的", "take one that is not used"),
                )  # fmt: skip


class _Check:
    """The checks of one procedure: each finds faults of one kind."""

    def __init__(self, catalogue: Catalogue, procedure: Procedure) -> None:
        self.catalogue = catalogue
        self.procedure = procedure
        self.registers = {each.code for each in catalogue.registers}
        self.roles = {role.code for each in catalogue.procedures for role in each.roles} | {
            option.code for form in catalogue.forms for field in form for option in field.options
        }

    def all(self) -> Iterator[DeclarationFault]:
        yield from self._words(self.procedure.title, self.procedure.code)
        procedures = {each.code for each in self.catalogue.procedures}
        yield from self._known(self.procedure.goes_on_in, procedures, Localized("流程", "procedure"))
        for role in self.procedure.roles:
            yield from self._words(role.words, role.code)
        for register in self.procedure.registers:
            yield from self._words(register.title, register.code)
            for state in register.states:
                yield from self._words(state.words, register.code, state.code)
            for form in register.forms:
                yield from self._form(register, form)
            for stage in register.stages:
                yield from self._stage(register, stage)
            yield from self._register(register)
            yield from self._ways(register)

    def _fault(self, where: Iterable[str], said: str, what: Localized, fix: Localized) -> DeclarationFault:
        return DeclarationFault(self.procedure.code, tuple(where), said, what, fix)

    def _words(self, words: Localized, *where: str) -> Iterator[DeclarationFault]:
        """A wording that is blank in a language: whoever reads that language reads nothing, and a blank cell answers it."""
        for said, language in ((words.zh, Localized("中文", "Chinese")), (words.en, Localized("英文", "English"))):
            if not said.strip():
                yield self._fault(
                    where, where[-1],
                    Localized(f"“{where[-1]}”没有写{language.zh}", f"“{where[-1]}” has no {language.en} wording"),
                    Localized(f"补上{language.zh}", f"write it in {language.en}"),
                )  # fmt: skip

    def _known(
        self, said: Iterable[str], known: Collection[str], what: Localized, *where: str
    ) -> Iterator[DeclarationFault]:
        for name in said:
            if name and name not in known:
                yield self._fault(
                    (*where, name), name,
                    Localized(f"没有{what.zh}“{name}”", f"there is no {what.en} “{name}”"),
                    Localized(f"改为：{'、'.join(sorted(known)) or '（先声明）'}", f"write one of: {', '.join(sorted(known)) or 'none is declared'}"),
                )  # fmt: skip

    def _form(self, register: Register, form: Form) -> Iterator[DeclarationFault]:
        where = (register.code, form.code)
        yield from self._words(form.title, *where)
        if _key(form) != _key(register.base) or not _key(form):
            yield self._fault(
                where, form.code,
                Localized(f"表单“{form.code}”没有台账“{register.code}”的编号栏", f"the form “{form.code}” lacks the key of “{register.code}”"),
                Localized("加上编号栏", "declare the key, the same field in each form of a register"),
            )  # fmt: skip
        labels = Counter(label for field in form for label in {field.label.zh, field.label.en, *field.aliases})
        for label, times in labels.items():
            if times > 1 and label:
                yield self._fault(
                    where, label,
                    Localized(f"表单“{form.code}”有 {times} 栏都叫“{label}”", f"{times} fields of “{form.code}” are called “{label}”"),
                    Localized("各栏名称要不同", "call each field otherwise"),
                )  # fmt: skip
        for field in form:
            yield from self._field(form, field, where)

    def _field(self, form: Form, field: Field, where: tuple[str, ...]) -> Iterator[DeclarationFault]:
        yield from self._words(field.label, *where, field.code)
        for option in field.options:
            yield from self._words(option.words, *where, field.code, option.code)
        said = Counter(name.casefold() for option in field.options for name in {*option.names} if name.strip())
        for name, times in said.items():
            if times > 1:
                yield self._fault(
                    (*where, field.code), name,
                    Localized(f"“{field.code}”有 {times} 个选项都叫“{name}”", f"{times} answers to “{field.code}” are called “{name}”"),
                    Localized("各选项的名称要不同", "call each answer otherwise"),
                )  # fmt: skip
        for code, answers in field.required_when:
            yield from self._known([code], form.codes, Localized("栏目", "field"), *where, field.code)
            other = form.get(code)
            yield from self._known(
                answers, _answers(other), Localized(f"“{code}”的选项", f"answer of “{code}”"), *where, field.code
            )
        if field.names:
            yield from self._known([field.names], self.registers, Localized("台账", "register"), *where, field.code)

    def _stage(self, register: Register, stage: Stage) -> Iterator[DeclarationFault]:
        where = (register.code, stage.code)
        states = {state.code for state in register.states}
        fields = _fields(register)
        forms = {form.code: form for form in register.forms}
        a_field = Localized(f"台账“{register.code}”的栏目", f"field of the register “{register.code}”")
        yield from self._words(stage.title, *where)
        yield from self._known(
            [stage.role, stage.superior, *(each.role for each in stage.routes)],
            self.roles,
            Localized("岗位", "role"),
            *where,
        )
        yield from self._known([stage.form], forms, Localized("表单", "form"), *where)
        yield from self._known(
            [stage.state, *stage.open_in, *(way.to for way in stage.transitions)],
            states,
            Localized("状态", "state"),
            *where,
        )
        named = (
            stage.whom,
            stage.due_by,
            stage.open_until,
            stage.keeps_days,
            *stage.not_by,
            *stage.rather_not_by,
            *stage.tells,
            *stage.renews,
        )
        named += tuple(code for one in stage.against for code in (one.field, one.other))
        yield from self._known(named, fields, a_field, *where)
        for one in stage.against:
            yield from self._measured(register, one, where)
        form = forms.get(stage.form)
        for way in stage.transitions:
            for code, answers in way.when:
                if form is None:
                    continue
                yield from self._known(
                    [code],
                    form.codes,
                    Localized(f"表单“{form.code}”的栏目", f"field of the form “{form.code}”"),
                    *where,
                )
                yield from self._known(
                    answers, _answers(form.get(code)), Localized(f"“{code}”的选项", f"answer of “{code}”"), *where
                )
            for code, answers in way.known:
                yield from self._known([code], fields, a_field, *where)
                yield from self._known(
                    answers, _answers(register.get(code)), Localized(f"“{code}”的选项", f"answer of “{code}”"), *where
                )
        if stage.state and form is not None and form is register.base:
            yield self._fault(
                where, stage.form,
                Localized(f"环节“{stage.code}”用了登记新记录的表单", f"the stage “{stage.code}” is filled on the form that opens records"),
                Localized("给这一环节另设表单", "declare a form of its own"),
            )  # fmt: skip

    def _measured(self, register: Register, against: Against, where: tuple[str, ...]) -> Iterator[DeclarationFault]:
        """Fields that are held against each other by size and are no numbers, by time and are no days: a run would break."""
        kinds = _MEASURED.get(against.by)
        for code in dict.fromkeys((against.field, against.other)) if kinds else ():
            field = register.get(code)
            if field is not None and kinds and field.kind not in kinds:
                wanted = "、".join(sorted(kinds))
                yield self._fault(
                    where, code,
                    Localized(f"“{code}”不能这样比（{against.by}）", f"“{code}” cannot be compared so ({against.by})"),
                    Localized(f"kind 应为 {wanted}", f"its kind has to be {wanted}"),
                )  # fmt: skip

    def _register(self, register: Register) -> Iterator[DeclarationFault]:
        where = (register.code,)
        states = {state.code for state in register.states}
        fields = _fields(register)
        a_field = Localized(f"台账“{register.code}”的栏目", f"field of the register “{register.code}”")
        a_state, a_register = Localized("状态", "state"), Localized("台账", "register")
        yield from self._known([register.manager], self.roles, Localized("岗位", "role"), *where)
        yield from self._known([each.register for each in register.refers], self.registers, a_register, *where)
        named = [*register.count_by, *register.named_by, *register.told, *(each.field for each in register.refers)]
        named += [register.called] if register.called else []
        if (numbered := register.numbered) is not None:
            named += [*numbered.same, numbered.day, numbered.again]
            yield from self._known(numbered.over, states, a_state, *where)
        for sealed in register.seals:
            named += [*sealed.fixed, sealed.period]
            yield from self._known([sealed.register], self.registers, a_register, *where)
            if sealed.register in self.registers:
                signed = {state.code for state in self.catalogue.register(sealed.register).states}
                yield from self._known([*sealed.states, *sealed.final, sealed.reopens], signed, a_state, *where)
        named += [register.led_anew.raised] if register.led_anew and register.led_anew.raised else []
        yield from self._known(named, fields, a_field, *where)
        yield from self._known([each.missed for each in register.recurs], states, a_state, *where)
        for handover in register.handovers:
            yield from self._known(handover.states, states, a_state, *where, handover.code)
        for running in register.running:
            yield from self._known([running.state], states, a_state, *where)

    def _ways(self, register: Register) -> Iterator[DeclarationFault]:
        """States that nothing leads to, and states out of which nothing leads to an end or to rest."""
        ways: dict[str, set[str]] = {state.code: set() for state in register.states}
        reached = {way.to for stage in register.stages if not stage.state or stage.ad_hoc for way in stage.transitions}
        for stage in register.stages:
            if stage.state in ways:
                ways[stage.state] |= {way.to for way in stage.transitions if way.to}
        if register.kept or register.opens:
            return  # the program may lead to any of them
        opening = next((each for each in register.stages if each.form == register.base.code), None)
        if register.recurs:  # where records begin that the program opens by the calendar, and where they end unasked
            reached |= {opening.state} if opening and opening.state else set()
            reached |= {each.missed for each in register.recurs if each.missed}
        reached |= {register.renewal.state} if register.renewal else set()
        while more := {to for state in reached for to in ways.get(state, ())} - reached:
            reached |= more
        for state in register.states:
            if register.stages and state.code not in reached:
                yield self._fault(
                    (register.code, state.code), state.code,
                    Localized(f"没有环节通到状态“{state.code}”", f"nothing leads to the state “{state.code}”"),
                    Localized("在某个环节写明怎样到这里，或删去这个状态", "let a stage lead there, or take the state out"),
                )  # fmt: skip
        asked = {
            stage.state for stage in register.stages if stage.form
        }  # where the program waits, it rests till the day comes
        resting = {state.code for state in register.states if state.final or state.closed or state.code not in asked}
        while more := {state for state, to in ways.items() if to & resting} - resting:
            resting |= more
        for state in register.states:
            if state.code in reached and state.code not in resting:
                yield self._fault(
                    (register.code, state.code), state.code,
                    Localized(f"从状态“{state.code}”出发办不完", f"out of the state “{state.code}” nothing ever ends"),
                    Localized("让某个答复通到办结的状态", "let some answer lead to a final state"),
                )  # fmt: skip


_NUMBERS, _DAYS = (Kind.INTEGER, Kind.NUMBER), (Kind.DATE, Kind.MOMENT, Kind.MONTH)
_MEASURED = {
    Comparison.AT_MOST: _NUMBERS,
    Comparison.AT_LEAST: _NUMBERS,
    Comparison.NOT_BEFORE: _DAYS,
    Comparison.AFTER: _DAYS,
}


def _key(form: Form) -> str:
    """The code of the key of *form*, "" where none is declared: ``Form.key`` takes it for granted."""
    return next((field.code for field in form if field.key), "")


def _fields(register: Register) -> Collection[str]:
    """The codes of all that a record of *register*, or a deed, may hold."""
    return {each.code for each in register.fields} | {each.code for form in register.forms for each in form}


def _answers(field: Field | None) -> Collection[str]:
    return {option.code for option in field.options} if field is not None else ()
