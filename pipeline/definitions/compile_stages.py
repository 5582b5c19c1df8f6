"""The rows of stages → states and stages of one register, and what the program has to work out for them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.definitions.codebook import CodeBook
from pipeline.definitions.compile_fields import answers_of, conditions
from pipeline.definitions.compile_rules import StandsTo
from pipeline.definitions.deadlines import TimeReader
from pipeline.definitions.lookup import FORM, Lookup
from pipeline.definitions.mistakes import DefinitionCell, Mistakes
from pipeline.definitions.naming import wording
from pipeline.definitions.read_definition import DefinitionRow, bare_name
from pipeline.definitions.sheets import STAGES
from pipeline.definitions.words import STAGE_FLAGS, WAY_FLAGS, clauses, flags, parts, said
from schemas.language import NO_TEXT, Against, Comparison, Field, Form, Kind, Localized, Stage, Transition

AGAINST_WORDS: Mapping[Comparison, Localized] = {
    Comparison.NOT_BEFORE: Localized("不早于", "not before"),
    Comparison.AFTER: Localized("晚于", "after"),
    Comparison.AT_MOST: Localized("不大于", "at most"),
    Comparison.AT_LEAST: Localized("不小于", "at least"),
    Comparison.ANOTHER: Localized("不同于", "other than"),
    Comparison.SAME: Localized("等同于", "same as"),
}
_COMPARED = "|".join(word for words in AGAINST_WORDS.values() for word in (words.zh, words.en))
_AGAINST = re.compile(
    rf"(.+?)\s*(?<!不)(?<!not\s)({_COMPARED})\s*(.+?)(?:\s*(?:当|when)\s*(.+))?",  # 不晚于 is no 晚于
    re.IGNORECASE,
)
_OF_A_WAY = frozenset({"stage", "answer", "known", "to", "back", "why", "why_en", "more", "register"})


@dataclass(slots=True)
class StageRows:
    """The rows of one stage: the first says all, the others give further ways out of it."""

    first: DefinitionRow
    ways: list[DefinitionRow] = field(default_factory=list)


def by_stage(rows: Sequence[DefinitionRow], mistakes: Mistakes) -> list[StageRows]:
    """Return *rows* by stage: one without a name, or with that of the row above, is another way of it."""
    found: list[StageRows] = []
    for row in rows:
        name = row.cell("stage")
        if found and (not name.text or bare_name(name.text) == bare_name(found[-1].first.text("stage"))):
            found[-1].ways.append(row)
            for column in STAGES.columns:
                cell = row.cell(column.code)
                if column.code not in _OF_A_WAY and cell.text not in ("", found[-1].first.text(column.code)):
                    mistakes.at(
                        cell,
                        Localized(
                            f"这一行是“{found[-1].first.text('stage')}”的另一种答复，“{column.title.zh}”和上面不同",
                            f"this row is another answer of “{found[-1].first.text('stage')}”; its “{column.title.en}” differs",
                        ),
                        Localized(
                            "清空；是另一个环节的，写上环节名称", "clear it; where it is another stage, name that"
                        ),
                    )
        elif not name.text:
            mistakes.at(
                name, Localized("没有写环节名称", "a stage without a name"), Localized("写上，如 审批", "name it")
            )
        else:
            found.append(StageRows(row, [row]))
    return found


@dataclass(slots=True)
class StageCompiler:
    """Makes the stages of one register. ``fields`` are all that its records hold, ``against`` what rules of forms ask of the record."""

    mistakes: Mistakes
    codes: CodeBook
    register: str
    prefix: str
    roles: Lookup
    forms: Sequence[Form]
    known: Lookup
    fields: Mapping[str, Field]
    times: TimeReader
    against: Mapping[str, Sequence[StandsTo]]
    states: Lookup

    def make_stages(self, groups: Sequence[StageRows]) -> tuple[Stage, ...]:
        """Return the stages."""
        named = [(each.first.cell("stage"), each.first.cell("code")) for each in groups]
        codes = self.codes.give(("stage", self.register), named, prefix=self.prefix)
        return tuple(self._stage(code, each) for code, each in zip(codes, groups, strict=True))

    def _stage(self, code: str, rows: StageRows) -> Stage:
        row = rows.first
        form = self._form(row.cell("form"))
        words = [word for way in rows.ways for word in self._words(way.cell("more"))]
        stage_flags: dict[str, Any] = {flag: flag in words for flag in STAGE_FLAGS}
        if not row.text("role"):
            self.mistakes.at(
                row.cell("role"),
                Localized(f"“{row.text('stage')}”没有写岗位", f"the stage “{row.text('stage')}” has no role"),
                Localized(
                    "写上谁办；程序自己办的写谁照看", "write who does it; of the program's own who watches over it"
                ),
            )
        begins = not row.text("from") and not stage_flags["ad_hoc"]
        if begins and (form is None or form is not self.forms[0]):
            self.mistakes.at(
                row.cell("from"),
                Localized(
                    f"“{row.text('stage')}”没有写从哪个状态接着办",
                    f"nothing says from which state “{row.text('stage')}” goes on",
                ),
                Localized(
                    "写上一环节的“到状态”；登记新记录的环节才空着", "write the state that the stage before leads to"
                ),
            )
        due = self.times.deadline(row.cell("deadline"))
        return Stage(
            code,
            wording(row.text("stage"), row.text("en")),
            self._one(row.cell("role"), self.roles),
            form.code if form else "",
            self._one(row.cell("from"), self.states),
            days=due.days,
            transitions=self._ways(rows, form),
            task=wording(row.text("task"), row.text("task_en")) if row.text("task") else NO_TEXT,
            due_by=due.due_by,
            by_workday=due.by_workday,
            whom=self._one(row.cell("whom"), self.known),
            superior=self._one(row.cell("superior"), self.roles),
            not_by=self._several(row.cell("not_by")),
            renews=self._several(row.cell("renews")),
            tells=self._several(row.cell("tells")),
            begins=self._one(row.cell("begins"), self.known),
            open_until=self._one(row.cell("open_until"), self.known),
            against=self._against(row.cell("against"), form),
            **stage_flags,
        )

    def _form(self, cell: DefinitionCell) -> Form | None:
        if not cell.text:
            return None
        lookup = Lookup(FORM)
        for each in self.forms:
            lookup.add(each.code, each.title, each.titles)
        code = lookup.named(cell, cell.text, self.mistakes)
        return next((each for each in self.forms if each.code == code), None)

    def _one(self, cell: DefinitionCell, lookup: Lookup) -> str:
        return lookup.named(cell, cell.text, self.mistakes) if cell.text else ""

    def _several(self, cell: DefinitionCell) -> tuple[str, ...]:
        found = (self.known.named(cell, name, self.mistakes) for name in parts(cell.text))
        return tuple(code for code in found if code)

    def _words(self, cell: DefinitionCell) -> list[str]:
        found = []
        for word, flag in flags(cell.text, STAGE_FLAGS | WAY_FLAGS):
            if flag is None:
                known = [each.zh for each in (STAGE_FLAGS | WAY_FLAGS).values()]
                self.mistakes.unknown(cell, word, Localized("说法", "word"), known)
            else:
                found.append(flag)
        return found

    def _ways(self, rows: StageRows, form: Form | None) -> tuple[Transition, ...]:
        found: list[Transition] = []
        for row in rows.ways:
            way = self._way(row, form)
            taken = found and not found[-1].when and not found[-1].known
            if taken and not way.by_itself:  # which the program takes before anybody fills the form
                self.mistakes.at(
                    row.cell("answer"),
                    Localized(
                        "上一行没有写答复，永远走不到这一行",
                        "the row above asks for no answer: this one is never taken",
                    ),
                    Localized(
                        "每一行都写上答复，如 审批意见=同意", "write the answer of each row, like Opinion=Approved"
                    ),
                )
            found.append(way)
        self._judge_answers(rows, found, form)
        return tuple(found)

    def _way(self, row: DefinitionRow, form: Form | None) -> Transition:
        words = {flag for word, flag in flags(row.text("more"), WAY_FLAGS) if flag}
        back = said(row.text("back"))
        if back is None:
            self.mistakes.at(
                row.cell("back"),
                Localized(f"“{row.text('back')}”不是“是”或“否”", f"“{row.text('back')}” is neither yes nor no"),
                Localized("退回的写“是”，其余清空", "write yes where it goes back, else clear it"),
            )
        if not row.text("to") and not row.text("why") and not words & {"stays", "resumes"}:
            self.mistakes.at(
                row.cell("to"),
                Localized("没有写到哪个状态", "nothing says which state it leads to"),
                Localized("写上办完以后的状态，如 待审批、已办结", "write the state that it is in then"),
            )
        known = self._known(row.cell("known"))
        if form is None and not known and not row.text("form"):
            self.mistakes.at(
                row.cell("form"),
                Localized("没有表单，也没有写程序等什么", "there is neither a form nor what the program waits for"),
                Localized(
                    "写上填哪张表；由程序办的在“已有”写等什么：到期日前 60 天",
                    "name its form, or write what is waited for",
                ),
            )
        return Transition(
            self._one(row.cell("to"), self.states),
            when=self._when(row.cell("answer"), form),
            known=known,
            back=bool(back),
            why=wording(row.text("why"), row.text("why_en")) if row.text("why") else NO_TEXT,
            **{flag: flag in words for flag in WAY_FLAGS},
        )

    def _when(self, cell: DefinitionCell, form: Form | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
        if not cell.text or form is None:
            return ()
        lookup, fields = Lookup(self.known.what), {each.code: each for each in form}
        for each in form:
            lookup.add(each.code, each.label, each.aliases)
        if "=" in cell.text or "＝" in cell.text:
            return conditions(cell, cell.text, lookup, fields, self.mistakes)
        choices = [each for each in form if each.kind is Kind.CHOICE]
        fitting = [each for each in choices if self._offers(each, parts(cell.text))]
        if len(fitting) == 1 or (not fitting and len(choices) == 1):
            (asked,) = fitting or choices
            return ((asked.code, answers_of(cell, asked, cell.text, self.mistakes)),)
        self.mistakes.at(
            cell,
            Localized(f"“{cell.text}”是哪一栏的答复？", f"“{cell.text}” is an answer to which field?"),
            Localized("写成 栏目=选项，如 审批意见=同意", "write field=answer, like Opinion=Approved"),
        )
        return ()

    def _offers(self, choice: Field, names: Sequence[str]) -> bool:
        offered = {bare_name(name) for option in choice.options for name in (option.code, *option.names)}
        return all(bare_name(name) in offered for name in names)

    def _known(self, cell: DefinitionCell) -> tuple[tuple[str, tuple[str, ...]], ...]:
        found: list[tuple[str, tuple[str, ...]]] = []
        for clause in clauses(cell.text):
            reached = self.times.reached(cell, clause)
            if reached is None:
                found += conditions(cell, clause, self.known, self.fields, self.mistakes)
            elif reached[0]:
                found.append(reached)
        return tuple(found)

    def _judge_answers(self, rows: StageRows, ways: Sequence[Transition], form: Form | None) -> None:
        """An answer of which nothing says where it leads would leave the record where it is."""
        if form is None or any(not way.when or way.known or len(way.when) > 1 for way in ways):
            return
        asked = {way.when[0][0] for way in ways}
        if len(asked) != 1:
            return
        (field,) = (each for each in form if each.code in asked)
        led = {code for way in ways for code in way.when[0][1]}
        lost = [option.words for option in field.options if option.code not in led]
        if lost and led:
            self.mistakes.at(
                rows.first.cell("answer"),
                Localized(f"答“{lost[0].zh}”时没有写走到哪里", f"nothing says where the answer “{lost[0].en}” leads"),
                Localized(
                    f"加一行：答复写 {lost[0].zh}，到状态写办完的状态", "add a row with that answer and its state"
                ),
            )

    def _against(self, cell: DefinitionCell, form: Form | None) -> tuple[Against, ...]:
        found = [Against(each.field, each.by, each.other) for each in self.against.get(form.code if form else "", ())]
        for clause in clauses(cell.text):
            match = _AGAINST.fullmatch(clause)
            if match is None:
                self.mistakes.at(
                    cell,
                    Localized(f"看不懂“{clause}”", f"“{clause}” is not understood"),
                    Localized(
                        "写成 这张表的栏目 不早于 台账的栏目；也可用 晚于、不大于、不小于、不同于、等同于",
                        "write X not before Y, or after, at most, at least, other than, same as",
                    ),
                )
                continue
            comparison = next(by for by, words in AGAINST_WORDS.items() if match[2].casefold() in (words.zh, words.en))
            one = self.known.named(cell, match[1].strip(), self.mistakes)
            two = self.known.named(cell, match[3].strip(), self.mistakes)
            when = conditions(cell, (match[4] or "").replace(" 且 ", "\n"), self.known, self.fields, self.mistakes)
            if one and two:
                found.append(Against(one, comparison, two, when))
        return tuple(found)
