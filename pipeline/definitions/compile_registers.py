"""The rows about a register: how its records are numbered, what they refer to, what comes again, what is counted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.definitions.codebook import CodeBook
from pipeline.definitions.compile_fields import answers_of
from pipeline.definitions.drawn_functions import CountBy, count_by
from pipeline.definitions.lookup import PARAMETER, Lookup
from pipeline.definitions.mistakes import DefinitionCell, Mistakes
from pipeline.definitions.naming import wording
from pipeline.definitions.read_definition import DefinitionRow, bare_name
from pipeline.definitions.words import EVERY, MUST_BE_THERE, PERIODS, clauses, meant, parts, said
from schemas.language import Every, Field, FieldRole, Form, Kind, Localized, Recurring, Stored
from schemas.language.parameters import Parameter, Settable
from schemas.language.work import Numbered, Refers, Statistic

_SLOT = re.compile(r"\{([^{}]*)\}")
_SERIAL = re.compile(r"(?:序号|serial):?0?([1-6])?d?", re.IGNORECASE)
_TIMES = {"年": "{year}", "year": "{year}", "年2": "{yy}", "yy": "{yy}", "月": "{month}", "month": "{month}"}
_DUTY_SLOTS = {"期间": "period", "人员": "holder", "期限": "due", "period": "period", "holder": "holder", "due": "due"}
_ARROW = re.compile(r"(.+?)\s*(?:→|->|=>)\s*([^（(]+?)\s*(?:[（(](.+)[）)])?")
_DATED = frozenset({Kind.DATE, Kind.MOMENT})
_WHOLE = re.compile(r"-?[0-9]{1,4}")


@dataclass(slots=True)
class RegisterCompiler:
    """Reads what rows say of one register. ``fields`` are all that its records hold."""

    mistakes: Mistakes
    codes: CodeBook
    register: str
    prefix: str
    known: Lookup
    fields: Mapping[str, Field]
    states: Lookup
    roles: Lookup
    registers: Lookup
    elsewhere: Mapping[str, Lookup]
    """The states of every register."""
    parameters: Mapping[str, Parameter]

    def one(self, row: DefinitionRow, column: str, lookup: Lookup) -> str:
        """Return the code of what a cell names, "" for a blank."""
        cell = row.cell(column)
        return lookup.named(cell, cell.text, self.mistakes) if cell.text else ""

    def several(self, row: DefinitionRow, column: str, lookup: Lookup) -> tuple[str, ...]:
        """Return the codes of all that a cell names."""
        cell = row.cell(column)
        found = (lookup.named(cell, name, self.mistakes) for name in parts(cell.text))
        return tuple(code for code in found if code)

    def yes(self, row: DefinitionRow, column: str, *, otherwise: bool = False) -> bool:
        """Return what a cell that asks yes or no says; *otherwise* for a blank."""
        cell = row.cell(column)
        answer = said(cell.text) if cell.text else otherwise
        if answer is None:
            self.mistakes.at(
                cell,
                Localized(f"“{cell.text}”不是“是”或“否”", f"“{cell.text}” is neither yes nor no"),
                Localized("写“是”或“否”", "write yes or no"),
            )
        return bool(answer)

    def numbered(self, row: DefinitionRow, base: Form) -> Numbered | None:
        """Return how the program numbers its records, None where people do."""
        cell = row.cell("numbering")
        if not cell.text:
            return None
        pattern = _SLOT.sub(lambda slot: self._slot(cell, slot[1], base), cell.text)
        if re.search(r"[{}]", _SLOT.sub("", pattern)) or "{" not in pattern:
            self._wrong_pattern(cell)
        same = self.several(row, "same", self.known)
        if not same and "{serial" in pattern:
            same = tuple(
                each.code
                for each in base
                if each.required and not each.key and each.means not in (FieldRole.SUBMITTER, FieldRole.ACTOR)
            )
        return Numbered(
            pattern,
            same,
            self._day(row, "day"),
            over=self.several(row, "over", self.states),
            again=self._day(row, "again"),
        )

    def _slot(self, cell: DefinitionCell, name: str, base: Form) -> str:
        if name.strip() in _TIMES:
            return _TIMES[name.strip()]
        if match := _SERIAL.fullmatch(name.strip()):
            return f"{{serial:0{match[1] or 3}d}}"
        code = self.known.named(cell, name.strip(), self.mistakes)
        if code and base.get(code) is None:
            self.mistakes.at(
                cell,
                Localized(f"“{name}”不在登记表上，编号时还没有", f"“{name}” is not on the form that opens a record"),
                Localized(f"改用“{base.title.zh}”上的栏目", f"take a field of “{base.title.en}”"),
            )
        return f"{{{code}}}" if code else ""

    def _wrong_pattern(self, cell: DefinitionCell) -> None:
        self.mistakes.at(
            cell,
            Localized(f"编号规则“{cell.text}”看不懂", f"the numbering “{cell.text}” is not understood"),
            Localized("写成 YC{年2}{月}{序号3}", "write it like YC{yy}{month}{serial3}"),
        )

    def _day(self, row: DefinitionRow, column: str) -> str:
        code = self.one(row, column, self.known)
        if code and self.fields[code].kind not in _DATED | {Kind.MONTH}:
            cell = row.cell(column)
            self.mistakes.at(
                cell,
                Localized(f"“{cell.text}”不是日期", f"“{cell.text}” is no day"),
                Localized("改为日期或时刻类型的栏目", "name a field that holds a day or a moment"),
            )
            return ""
        return code

    def refers(self, row: DefinitionRow) -> tuple[Refers, ...]:
        """Return the references to other registers that a cell states, ``field→register（state、state）`` each."""
        cell, found = row.cell("refers"), []
        for clause in clauses(cell.text):
            match = _ARROW.fullmatch(clause)
            if match is None:
                self.mistakes.at(
                    cell,
                    Localized(f"看不懂引用“{clause}”", f"the reference “{clause}” is not understood"),
                    Localized("写成 栏目→台账，如 客户编号→零售户", "write field→register"),
                )
                continue
            code = self.known.named(cell, match[1], self.mistakes)
            register = self.registers.named(cell, match[2].strip("!！ "), self.mistakes)
            strict = {bare_name(MUST_BE_THERE.zh), bare_name(MUST_BE_THERE.en)}
            words = parts(match[3] or "")
            states = self._states_there(cell, register, [each for each in words if bare_name(each) not in strict])
            if code and register:
                kept_out = any(bare_name(each) in strict for each in words)
                always = match[2].strip().endswith(("!", "！"))
                found.append(Refers(code, register, states, always=always, strict=kept_out))
        return tuple(found)

    def _states_there(self, cell: DefinitionCell, register: str, names: Sequence[str]) -> tuple[str, ...]:
        if not names or not register:
            return ()
        lookup = self.elsewhere[register]
        found = (lookup.named(cell, name, self.mistakes) for name in names)
        return tuple(code for code in found if code)

    def statistics(self, rows: Sequence[DefinitionRow]) -> tuple[Statistic, ...]:
        """Return what is counted."""
        named = [(row.cell("statistic"), row.cell("code")) for row in rows]
        codes = self.codes.give(("statistic", self.register), named, prefix=self.prefix)
        return tuple(self._statistic(code, row) for code, row in zip(codes, rows, strict=True))

    def _statistic(self, code: str, row: DefinitionRow) -> Statistic:
        period: Any = self._word(row, "period", PERIODS) if row.text("period") else ""
        by, day = self.one(row, "by", self.known), self._day(row, "day")
        if period and not day:
            self.mistakes.at(
                row.cell("day"),
                Localized("分月、分年要写按哪个日期", "by month or year: of which day?"),
                Localized("写上日期栏目", "name a field that holds a day"),
            )
        if not period and not by:
            self.mistakes.at(
                row.cell("by"),
                Localized("不分月、不分年时要写按哪一栏数", "without months or years: counted by what?"),
                Localized("写上栏目，或周期写 每月", "name a field, or count monthly"),
            )
        options = self.fields[by].options if by else ()
        if by and period and not options:
            cell = row.cell("by")
            self.mistakes.at(
                cell,
                Localized(
                    f"“{cell.text}”不是选项，分月时不能按它分栏", f"“{cell.text}” has no answers to make columns of"
                ),
                Localized("改为选项类型的栏目，或周期写 不分", "name a choice, or do not count by month"),
            )
        group = {"month": Localized("月份", "Month"), "year": Localized("年份", "Year")}.get(
            str(period), self.fields[by].label if by else Localized("月份", "Month")
        )
        counted = CountBy(self.register, period or "", day, by, options)
        chart, on_page = self.yes(row, "chart", otherwise=True), self.yes(row, "on_page", otherwise=True)
        title = wording(row.text("statistic"), row.text("en"))
        return count_by(code, title, counted, chart=chart, on_page=on_page, group=group)

    def duties(self, rows: Sequence[DefinitionRow]) -> tuple[Recurring, ...]:
        """Return the duties that come again."""
        return tuple(self._duty(row) for row in rows)

    def _duty(self, row: DefinitionRow) -> Recurring:
        every: Any = self._word(row, "every", EVERY) or Every.MONTH
        for column, what in (("role", "岗位"), ("due", "期限栏目"), ("key", "编号规则")):
            if not row.text(column):
                self.mistakes.at(
                    row.cell(column),
                    Localized(f"定期任务没有写{what}", f"a duty without its {column}"),
                    Localized("写上", "write it"),
                )
        return Recurring(
            every,
            self.one(row, "role", self.roles),
            self._day(row, "due"),
            self._duty_key(row.cell("key")),
            self._values(row.cell("values")),
            step=self._step(row.cell("step")),
            workday=self._whole(row, "workday", -1),
            ahead=self._whole(row, "ahead", 0),
            month=self._whole(row, "month", 0),
            shift=self._whole(row, "shift", 0),
            period=self.one(row, "period", self.known),
            each=self.yes(row, "each"),
            person=self.one(row, "person", self.known),
            all_days=self._all_days(row),
            once_used=self.several(row, "once_used", self.registers),
            missed=self.one(row, "missed", self.states),
            why=wording(row.text("why"), row.text("why_en")) if row.text("why") else None,
        )

    def _duty_key(self, cell: DefinitionCell) -> str:
        def slot(match: re.Match[str]) -> str:
            name = match[1].strip()
            code = _DUTY_SLOTS.get(name) or self.known.named(cell, name, self.mistakes)
            return f"{{{code}}}" if code else ""

        if cell.text and not _SLOT.search(cell.text):
            self.mistakes.at(
                cell,
                Localized(
                    f"“{cell.text}”每期都一样：只会下达一次",
                    f"“{cell.text}” is the same each time: it is given out once",
                ),
                Localized("写上 {期间}，如 XJ{期间}", "write {period} in it, like XJ{period}"),
            )
        key = _SLOT.sub(slot, cell.text)
        if re.search(r"[{}]", _SLOT.sub("", key)):
            self._wrong_pattern(cell)
        return key

    def _values(self, cell: DefinitionCell) -> tuple[tuple[str, Stored], ...]:
        found: list[tuple[str, Stored]] = []
        for clause in clauses(cell.text):
            name, equals, value = clause.replace("＝", "=").partition("=")
            code = self.known.named(cell, name.strip(), self.mistakes) if equals else ""
            if not equals:
                self.mistakes.at(
                    cell,
                    Localized(f"看不懂“{clause}”", f"“{clause}” is not understood"),
                    Localized("写成 栏目=内容", "write field=value"),
                )
            elif code and self.fields[code].options:
                found += [(code, answer) for answer in answers_of(cell, self.fields[code], value, self.mistakes)[:1]]
            elif code:
                found.append((code, value.strip()))
        return tuple(found)

    def _all_days(self, row: DefinitionRow) -> Settable:
        cell = row.cell("all_days")
        known = {word for each in self.parameters.values() for word in (each.code, each.words.zh, each.words.en)}
        return self._parameter(cell) if cell.text.strip("{}") in known else self.yes(row, "all_days")

    def _step(self, cell: DefinitionCell) -> Settable:
        if not cell.text or cell.text.isdigit():
            return int(cell.text[:4] or 1)
        return self._parameter(cell)

    def _parameter(self, cell: DefinitionCell) -> Settable:
        lookup = Lookup(PARAMETER)
        for each in self.parameters.values():
            lookup.add(each.code, each.words)
        code = lookup.named(cell, cell.text.strip("{}"), self.mistakes)
        return self.parameters[code] if code else 1

    def _whole(self, row: DefinitionRow, column: str, otherwise: int) -> int:
        cell = row.cell(column)
        if cell.text and not _WHOLE.fullmatch(cell.text):
            self.mistakes.at(
                cell,
                Localized(f"“{cell.text}”不是整数", f"“{cell.text}” is no whole number"),
                Localized("写整数，或清空", "write a whole number, or clear it"),
            )
            return otherwise
        return int(cell.text) if cell.text else otherwise

    def _word(self, row: DefinitionRow, column: str, words: Mapping[Any, Localized]) -> object:
        cell = row.cell(column)
        found = next((key for key, each in words.items() if meant(cell.text, {str(key): each}) is not None), None)
        if found is None:
            self.mistakes.unknown(cell, cell.text, Localized("写法", "word"), [each.zh for each in words.values()])
        return found


def of_register(row: DefinitionRow, name: str) -> bool:
    """Tell whether *row* says that it belongs to the register called *name*."""
    return bare_name(row.text("register")) == bare_name(name)
