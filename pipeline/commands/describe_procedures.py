"""What the procedures are, read off their declarations: plain objects, and chapters with diagrams for the documentation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.commands.describe_sources import source_chapters
from pipeline.domain.json_values import JsonRead
from pipeline.domain.office_tables import plain_text
from pipeline.intake.triggers import first_state
from schemas.language import (
    Catalogue,
    Every,
    FieldRole,
    Kind,
    Language,
    Localized,
    Option,
    Procedure,
    Recurring,
    Register,
    Stage,
    Transition,
)

_FROM, _TO = "<!-- make docs: from here -->", "<!-- make docs: to here -->"

_NONE_SET: Mapping[str, int] = {}

_EVERY = {Every.DAY: "每天", Every.WEEK: "每周", Every.MONTH: "每月", Every.QUARTER: "每季", Every.YEAR: "每年"}


def describe_procedures(
    catalogue: Catalogue, language: Language, deadlines: Mapping[str, int] = _NONE_SET
) -> list[JsonRead]:
    """Return every procedure with its stages, as plain objects; *deadlines* are the office's own, by stage."""
    roles = catalogue.role_words
    return [
        {
            "procedure": procedure.code,
            "title": procedure.title.to(language),
            "about": procedure.about.to(language),
            "registers": [
                {
                    "register": register.code,
                    "title": register.title.to(language),
                    "forms": [form.code for form in register.forms],
                    "stages": [
                        {
                            "stage": stage.code,
                            "title": stage.title.to(language),
                            "role": roles.get(stage.role, Localized(stage.role, stage.role)).to(language),
                            "form": stage.form,
                            "deadline": _in_force(register, stage, deadlines).to(language),
                        }
                        for stage in register.stages
                    ],
                }
                for register in procedure.registers
            ],
            "parameters": [
                {"parameter": each.code, "title": each.words.to(language), "value": plain_text(each.value)}
                for each in procedure.parameters
            ],
        }
        for procedure in catalogue.procedures
    ]


def _in_force(register: Register, stage: Stage, deadlines: Mapping[str, int]) -> Localized:
    """The deadline that the office has set, and says so; else the procedure's own."""
    if stage.code not in deadlines:
        return _deadline(register, stage)
    days = deadlines[stage.code]
    if not days:
        return Localized("没有时限（本单位设置）", "none (set here)")
    return Localized(f"{days} 个工作日（本单位设置）", f"{days} working day{'s' if days > 1 else ''} (set here)")


def procedures_page(catalogue: Catalogue, page: str) -> str:
    """Return *page*, the text of ``docs/procedures.md``, with its chapters as the declarations say."""
    roles = catalogue.role_words
    chapters = "\n".join(line for each in catalogue.procedures if not each.roster for line in _chapter(each, roles))
    sources = "\n".join(source_chapters(catalogue))
    before, _, rest = page.partition(_FROM)
    return f"{before}{_FROM}\n\n{chapters}\n{sources}\n{_TO}{rest.partition(_TO)[2]}"


def _chapter(procedure: Procedure, roles: Mapping[str, Localized]) -> Iterator[str]:
    registers = procedure.registers
    named = "、".join(role.words.zh for role in _used(procedure))
    yield f"## {procedure.title.zh} · {procedure.title.en}"
    yield ""
    yield (
        f"`{procedure.code}`" + (f", manual {procedure.number}" if procedure.number else "") + ". " + procedure.about.en
    )
    yield ""
    if procedure.about.zh:
        yield f"- {procedure.about.zh}"
    further = "、".join(f"`{code}`" for code in procedure.goes_on_in)
    brought = f"; brings 一同启用: {further}" if further else ""
    yield f"- Registers 台账: {'、'.join(each.title.zh for each in registers)}{brought}"
    yield f"- Forms 表单: {'、'.join(form.title.zh for each in registers for form in each.forms)}"
    if named:
        yield f"- Roles 岗位: {named}"
    deadlines = [
        f"{stage.title.zh} {words.zh}"
        for register in registers
        for stage in register.stages
        if (words := _deadline(register, stage)).zh
    ]
    if deadlines:
        yield f"- Deadlines 时限: {'；'.join(deadlines)}"
    recurring = [f"{_duty(each, duty)} {_EVERY[duty.every]}" for each in registers for duty in each.recurs]
    if recurring:
        yield f"- Recurring 定期: {'；'.join(recurring)}"
    if procedure.parameters:
        settings = "；".join(
            f"{each.words.zh} `parameters.{each.code}` = {plain_text(each.value)}" for each in procedure.parameters
        )
        yield f"- May be set 可设: {settings}"
    watched = [f"`{watch.rule.code}`" for register in registers for watch in register.watches]
    if watched:
        yield f"- Watched 监视: {'、'.join(watched)}"
    ahead = [outlook.title.zh for register in registers for outlook in register.outlooks]
    if ahead:
        yield f"- Looking ahead 预告: {'、'.join(ahead)}"
    counted = [statistic.title.zh for register in registers for statistic in register.statistics]
    if counted:
        yield f"- Counted 统计: {'、'.join(counted)}"
    diagram = list(_diagram(procedure, roles))
    if diagram:
        yield ""
        yield from ("```mermaid", "stateDiagram-v2", *diagram, "```")
    yield ""


def _diagram(procedure: Procedure, roles: Mapping[str, Localized]) -> Iterator[str]:
    drawn = [register for register in procedure.registers if register.states]
    for register in drawn:
        indent = "  "
        if len(drawn) > 1:
            yield f'{indent}state "{register.title.zh}" as {register.code} {{'
            indent = "    "
        yield from (indent + line for line in _states(register, roles))
        if len(drawn) > 1:
            yield "  }"


def _states(register: Register, roles: Mapping[str, Localized]) -> Iterator[str]:
    def name(state: str) -> str:
        return f"{register.code}__{state}"

    for state in register.states:
        yield f'state "{state.words.zh}" as {name(state.code)}'
    if register.kept or register.opens or register.recurs:
        yield f"[*] --> {name(first_state(register))}: 程序"
    for stage in register.stages:
        who = roles.get(stage.role, Localized(stage.role, stage.role)).zh if stage.form else "程序"
        for transition in stage.transitions:
            if transition.to and not stage.ad_hoc:
                yield f"{name(stage.state) if stage.state else '[*]'} --> {name(transition.to)}: {stage.title.zh}{_answer(register, transition)}（{who}）"
    for state in register.states:
        if state.final:
            yield f"{name(state.code)} --> [*]"


def _duty(register: Register, duty: Recurring) -> str:
    """Return what *duty* is called: by its title where it is given one, for a register may have several."""
    title = register.meaning(FieldRole.TITLE)
    return str((title and dict(duty.values).get(title.code)) or register.title.zh)


def _answer(register: Register, transition: Transition) -> str:
    """Return by which answer a step leads there, "" when there is but one way."""
    said = []
    for code, values in (*transition.when, *transition.known):
        field = register.get(code)
        said += [str(field.show(value, "zh")) if field else value for value in values]
    return " " + "或".join(said) if said else ""


def _deadline(register: Register, stage: Stage) -> Localized:
    if stage.due_by:
        field = register.get(stage.due_by)
        label = field.label if field else Localized(stage.due_by, stage.due_by)
        at = (
            Localized("", "")
            if field is None or field.kind is not Kind.MOMENT
            else Localized("（到时）", " (to the hour)")
        )
        return Localized(f"按{label.zh}{at.zh}", f"by {label.en}{at.en}")
    if stage.by_workday:
        return Localized(f"次月第 {stage.by_workday} 个工作日", f"working day {stage.by_workday} of the next month")
    if stage.days:
        return Localized(f"{stage.days} 个工作日", f"{stage.days} working day{'s' if stage.days > 1 else ''}")
    return Localized("", "")


def _used(procedure: Procedure) -> list[Option]:
    codes = {
        role
        for register in procedure.registers
        for stage in register.stages
        for role in (stage.role, *(route.role for route in stage.routes))
    }
    return [role for role in procedure.roles if role.code in codes]
