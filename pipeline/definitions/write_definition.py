"""A declared procedure → the rows of a workbook that draws it. What is code is named as such, and stays where it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.definitions.definition_workbook import PlainRows, RowCells
from pipeline.definitions.drawn_functions import CountBy, drawn_function
from pipeline.definitions.lookup import Lookup, field_lookup, fields_of, register_lookup, role_lookup, roles_of
from pipeline.definitions.outline import DERIVED_PART, OTHER_PART
from pipeline.definitions.sheets import ITEMS
from pipeline.definitions.words import EVERY, LAYOUTS, MUST_BE_THERE, PERIODS
from pipeline.definitions.write_fields import cell_of, field_rows, kind_word, option_rows
from pipeline.definitions.write_stages import StageWriter
from schemas.language import Catalogue, Field, Localized, Procedure, Recurring, Register
from schemas.language.parameters import Parameter
from schemas.language.work import Refers

_SLOT = re.compile(r"\{([a-z_0-9]+)(?::0?(\d)?d)?\}")
_TIMES = {"year": "{年}", "yy": "{年2}", "month": "{月}"}
_DUTY = {"period": "{期间}", "holder": "{人员}", "due": "{期限}"}


def write_definition(procedure: Procedure, catalogue: Catalogue) -> PlainRows:
    """Return the rows that draw *procedure*, which is one of *catalogue*."""
    rows: dict[str, list[RowCells]] = {"procedure": list(_items(procedure)), "parameters": list(_parameters(procedure))}
    for register in procedure.registers:
        writer = _RegisterWriter(procedure, catalogue, register)
        for sheet, more in writer.rows():
            rows.setdefault(sheet, []).extend(more)
    chosen = [each.code for each in procedure.parameters if each.options]
    first = procedure.registers[0].title.zh
    chosen += ["goes_on_in"] if procedure.goes_on_in else []
    rows.setdefault("code", []).extend({"part": OTHER_PART, "register": first, "name": code} for code in chosen)
    return rows


def _items(procedure: Procedure) -> Iterator[RowCells]:
    yield {
        "item": ITEMS["title"].zh,
        "content": procedure.title.zh,
        "en": procedure.title.en,
        "code": procedure.code,
    }
    if procedure.about.zh:
        yield {"item": ITEMS["about"].zh, "content": procedure.about.zh, "en": procedure.about.en}
    if procedure.number:
        yield {"item": ITEMS["number"].zh, "content": procedure.number}
    for role in procedure.roles:
        yield {"item": ITEMS["role"].zh, **_named("content", role.words, role.code), "aliases": cell_of(role.aliases)}


def _parameters(procedure: Procedure) -> Iterator[RowCells]:
    for each in procedure.parameters:
        if not each.options:
            yield {
                **_named("parameter", each.words, each.code),
                "value": f"{each.number:.15g}",
                "least": f"{each.least:.15g}",
                "most": f"{each.most:.15g}",
            }


@dataclass(frozen=True, slots=True)
class _RegisterWriter:
    procedure: Procedure
    catalogue: Catalogue
    register: Register

    def rows(self) -> Iterator[tuple[str, list[RowCells]]]:
        register, title = self.register, self.register.title.zh
        stages = StageWriter(register, self.known, role_lookup(roles_of(self.catalogue).values()))
        yield "registers", [self._register()]
        for form in register.forms:
            yield (
                "forms",
                [
                    {
                        **_named("form", form.title, form.code),
                        "register": title,
                        "number": form.number,
                        "titles": cell_of(form.titles),
                        "layouts": cell_of(LAYOUTS[each].zh for each in form.layouts),
                    }
                ],
            )
            numbered = register.numbered is not None and form is register.base
            yield "fields", list(field_rows(form, self._registers(), numbered=numbered))
            yield "options", list(option_rows(form))
        yield (
            "states",
            [
                {
                    **_named("state", each.words, each.code),
                    "register": title,
                    "nature": stages.nature(each),
                }
                for each in register.states
            ],
        )
        yield "stages", [{"register": title, **row} if row.get("stage") else row for row in stages.rows()]
        yield "duties", [self._duty(each) for each in register.recurs]
        yield (
            "statistics",
            [
                {
                    **_named("statistic", each.title, each.code),
                    "register": title,
                    "by": self.known.name_of(counted.by) if counted.by else "",
                    "period": PERIODS[counted.period].zh,
                    "day": self.known.name_of(counted.day) if counted.day else "",
                    "chart": "" if each.chart else "否",
                    "on_page": "" if each.on_page else "否",
                }
                for each in register.statistics
                if isinstance(counted := drawn_function(each.rows), CountBy)
            ],
        )
        yield "code", [{"register": title, **each} for each in self._code(stages.drawn)]

    @property
    def known(self) -> Lookup:
        """The fields of the register, as a definition calls them."""
        return field_lookup(fields_of(self.register))

    def _registers(self) -> Lookup:
        return register_lookup(self.catalogue.registers)

    def _register(self) -> RowCells:
        register, known = self.register, self.known
        states = Lookup(Localized("", ""))
        for each in register.states:
            states.add(each.code, each.words)
        numbered = register.numbered
        return {
            **_named("register", register.title, register.code),
            "numbering": self._pattern(numbered.pattern) if numbered else "",
            "same": cell_of(map(known.name_of, numbered.same)) if numbered else "",
            "day": known.name_of(numbered.day) if numbered and numbered.day else "",
            "over": cell_of(map(states.name_of, numbered.over)) if numbered else "",
            "again": known.name_of(numbered.again) if numbered and numbered.again else "",
            "manager": role_lookup(roles_of(self.catalogue).values()).name_of(register.manager),
            "refers": "\n".join(self._reference(each) for each in register.refers),
            "count_by": cell_of(map(known.name_of, register.count_by)),
            "named_by": cell_of(map(known.name_of, register.named_by)),
            "told": cell_of(map(known.name_of, register.told)),
            "told_to": cell_of(map(known.name_of, register.told_to)),
            "looks_at": cell_of(map(self._registers().name_of, register.looks_at)),
            "kept": "是" if register.kept else "",
        }

    def _pattern(self, pattern: str) -> str:
        def slot(match: re.Match[str]) -> str:
            if match[1] == "serial":
                return f"{{序号{match[2] or 3}}}"
            return _TIMES.get(match[1]) or f"{{{self.known.name_of(match[1])}}}"

        return _SLOT.sub(slot, pattern)

    def _reference(self, each: Refers) -> str:
        there = next((one for one in self.catalogue.registers if one.code == each.register), None)
        states = {one.code: one.words.zh for one in there.states} if there else {}
        said = [*([MUST_BE_THERE.zh] if each.strict else []), *(states.get(code, code) for code in each.states)]
        more = f"（{cell_of(said)}）" if said else ""
        always = "！" if each.always else ""
        return f"{self.known.name_of(each.field)}→{self._registers().name_of(each.register)}{always}{more}"

    def _duty(self, duty: Recurring) -> RowCells:
        known, register = self.known, self.register
        roles = role_lookup(roles_of(self.catalogue).values())
        states = {state.code: state.words.zh for state in register.states}
        by_code = {each.code: each for each in reversed(fields_of(register))}

        def slot(match: re.Match[str]) -> str:
            return _DUTY.get(match[1]) or f"{{{known.name_of(match[1])}}}"

        numbers = {
            "workday": (duty.workday, -1),
            "ahead": (duty.ahead, 0),
            "month": (duty.month, 0),
            "shift": (duty.shift, 0),
        }
        return {
            "every": EVERY[duty.every].zh,
            "register": register.title.zh,
            "role": roles.name_of(duty.role),
            "due": known.name_of(duty.due),
            "key": _SLOT.sub(slot, duty.key),
            "values": "\n".join(f"{known.name_of(code)}={_shown(by_code[code], value)}" for code, value in duty.values),
            "step": duty.step.words.zh if isinstance(duty.step, Parameter) else str(duty.step),
            **{name: str(value) for name, (value, usual) in numbers.items() if value != usual},
            "period": known.name_of(duty.period) if duty.period else "",
            "each": "是" if duty.each else "",
            "person": known.name_of(duty.person) if duty.person else "",
            "all_days": duty.all_days.words.zh
            if isinstance(duty.all_days, Parameter)
            else "是"
            if duty.all_days
            else "",
            "once_used": cell_of(map(self._registers().name_of, duty.once_used)),
            "missed": states.get(duty.missed, duty.missed),
            "why": duty.why.zh if duty.why else "",
            "why_en": duty.why.en if duty.why else "",
        }

    def _code(self, drawn: Iterable[str]) -> Iterator[RowCells]:
        """Name what is code: fields that it works out, whose answers stages may go by, and all else that is not drawn."""
        gone = set(drawn)
        for each in self.register.computed:
            if each.code not in gone:
                yield {
                    "part": DERIVED_PART,
                    **_named("name", each.label, each.code),
                    "kind": kind_word(Field(each.code, each.label, each.kind)).zh,
                    "options": "\n".join(f"{option.words.zh}={option.code}" for option in each.options),
                }
        for code in _undrawn(self.register):
            yield {"part": OTHER_PART, "name": code}


def _undrawn(register: Register) -> Iterator[str]:
    """Yield the codes of what a register has that no workbook draws."""
    named = {rule.code for form in register.forms for rule in form.rules if isinstance(form.model, str)}
    named |= {each.rule.code for each in register.watches}
    named |= {each.code for each in register.statistics if not isinstance(drawn_function(each.rows), CountBy)}
    named |= {each.code for each in register.outlooks} | {each.code for each in register.handovers}
    parts: Mapping[str, object] = {
        "opens": register.opens,
        "draws": register.draws,
        "called": register.called,
        "told_new": register.told_new,
        "led_anew": register.led_anew,
        "running": register.running,
        "sealed": register.seals,
        "care": register.care,
        "pairs": register.pairs,
        "transfer": register.transfer,
        "renewal": register.renewal,
        "duplicate_rule": register.duplicate_rule,
        "prefix": register.numbered and register.numbered.prefix,
        "routes": [each for stage in register.stages for each in stage.routes],
        "open_in": [each for stage in register.stages for each in stage.open_in],
        "between": [each for stage in register.stages for each in stage.between],
        "role_set_by": [stage.role_set_by for stage in register.stages if stage.role_set_by],
        "calls": [way for stage in register.stages for way in stage.transitions if way.calls],
        "expects_role": [stage.code for stage in register.stages if stage.expects_role],
        "also_of": [stage.code for stage in register.stages if stage.also_of],
        "rather_not_by": [stage.code for stage in register.stages if stage.rather_not_by],
        "keeps_days": [stage.code for stage in register.stages if stage.keeps_days],
        "early": [each for each in register.recurs if each.early],
        "days_off_count": [each for each in register.recurs if each.days_off_count],
        "weekday": [each for each in register.recurs if each.weekday],
        "span": [each for form in register.forms for each in form if each.span],
        "head": [each for form in register.forms for each in form if each.head],
    }
    yield from sorted(named)
    yield from (name for name, part in parts.items() if part)


def _named(column: str, words: Localized, code: str) -> dict[str, str]:
    return {column: words.zh, "en": words.en, "code": code}


def _shown(field: Field, value: object) -> str:
    option = field.option(value)
    return option.words.zh if option else str(value)
