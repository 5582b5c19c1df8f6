"""What the rules column says → what judges the cell: named rules, bounds, patterns, and how it stands to another field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from pipeline.definitions.mistakes import DefinitionCell, Mistakes
from pipeline.definitions.read_definition import bare_name
from pipeline.definitions.words import RULE_WORDS, RULE_WORDS_EN, clauses
from schemas.language import Bound, Comparison, Field, FieldBound, Kind, Localized, Order, RowOrder, Rule, Severity

_DAYS = frozenset({Kind.DATE, Kind.MOMENT, Kind.MONTH})
_NUMBERS = frozenset({Kind.NUMBER, Kind.INTEGER})
_TEXTS = frozenset({Kind.TEXT, Kind.CODE, Kind.LIST, Kind.PHONE})
_SIGN = re.compile(
    r"(不晚于|不早于|晚于|早于|不小于|不大于|大于|小于|>=|<=|≥|≤|>|<|＞|＜|not after|not before|after|before|at least|at most|above|below)\s*(.+)",
    re.IGNORECASE,
)
_ORDERS: Mapping[str, Order] = {
    **dict.fromkeys(("晚于", "大于", ">", "＞", "after", "above"), Order.AFTER),
    **dict.fromkeys(("不早于", "不小于", ">=", "≥", "not before", "at least"), Order.NOT_BEFORE),
    **dict.fromkeys(("早于", "小于", "<", "＜", "before", "below"), Order.BEFORE),
    **dict.fromkeys(("不晚于", "不大于", "<=", "≤", "not after", "at most"), Order.NOT_AFTER),
}
ORDER_WORDS: Mapping[Order, Localized] = {
    Order.AFTER: Localized("晚于", "after"),
    Order.NOT_BEFORE: Localized("不早于", "not before"),
    Order.BEFORE: Localized("早于", "before"),
    Order.NOT_AFTER: Localized("不晚于", "not after"),
}
_NUMBER_WORDS: Mapping[Order, Localized] = {
    Order.AFTER: Localized("大于", "above"),
    Order.NOT_BEFORE: Localized("不小于", "at least"),
    Order.BEFORE: Localized("小于", "below"),
    Order.NOT_AFTER: Localized("不大于", "at most"),
}
_BOUNDS = {Order.NOT_BEFORE: Bound.LEAST, Order.NOT_AFTER: Bound.MOST}
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_LENGTH = re.compile(r"(?:长度|length)\s*([0-9]{1,4})(?:\s*[-–—~～至到]\s*([0-9]{1,4}))?", re.IGNORECASE)
_PATTERN = re.compile(r"(?:形式|pattern)\s*(\S.*)", re.IGNORECASE)
_FIX = Localized(
    "写：不晚于今天；晚于 某栏；不早于 某栏；≥ 0；≤ 100；长度 18；长度 2-20；形式 AB###（# 数字，@ 字母，? 任意）",
    "write: not after today; after a field; not before a field; ≥ 0; ≤ 100; length 18; length 2-20; pattern AB### (# a digit, @ a letter, ? anything)",
)


@dataclass(frozen=True, slots=True)
class StandsTo:
    """A field's order to another one that its own form does not ask: held against the record."""

    field: str
    by: Comparison
    other: str


@dataclass(slots=True)
class FieldRules:
    """What the rules of the fields of one form come to."""

    form: str
    mistakes: Mistakes
    here: Callable[[str], Field | None]
    """The field of the form of that name."""
    elsewhere: Callable[[str], Field | None]
    """The field of the register of that name."""
    bounds: list[FieldBound] = field(default_factory=list)
    orders: list[RowOrder] = field(default_factory=list)
    against: list[StandsTo] = field(default_factory=list)

    def take(self, made: Field, cell: DefinitionCell) -> Field:
        """Return *made* with the rules that *cell* gives it."""
        rules = list(made.rules)
        for clause in clauses(cell.text):
            more = self._clause(made, cell, clause)
            if more is None:
                self.mistakes.at(
                    cell, Localized(f"看不懂规则“{clause}”", f"the rule “{clause}” is not understood"), _FIX
                )
            else:
                rules += [each for each in more if each not in rules]
        return replace(made, rules=tuple(rules))

    def _clause(self, made: Field, cell: DefinitionCell, clause: str) -> tuple[Rule, ...] | None:
        word = bare_name(clause)
        for zh in RULE_WORDS:
            if word == bare_name(zh) or bare_name(next(en for en, each in RULE_WORDS_EN.items() if each == zh)) == word:
                return self._named(made, cell, zh)
        if found := _LENGTH.fullmatch(clause):
            return self._length(made, cell, int(found[1]), int(found[2] or found[1]))
        if found := _PATTERN.fullmatch(clause):
            return self._pattern(made, cell, found[1])
        if found := _SIGN.fullmatch(clause):
            order, operand = _ORDERS[found[1].casefold()], found[2].strip()
            if _NUMBER.fullmatch(operand):
                return self._bound(made, cell, clause, order, float(operand))
            return self._order(made, cell, order, operand)
        return None

    def _named(self, made: Field, cell: DefinitionCell, word: str) -> tuple[Rule, ...]:
        wanted = {"不晚于今天": _DAYS, "未过期": frozenset({Kind.DATE})}.get(word, _TEXTS)
        if made.kind not in wanted:
            self._unfit(cell, word)
        return RULE_WORDS[word]

    def _length(self, made: Field, cell: DefinitionCell, least: int, most: int) -> tuple[Rule, ...]:
        if made.kind not in _TEXTS:
            self._unfit(cell, "长度")
        elif least > most:
            self.mistakes.at(cell, Localized("长度的下限比上限大", "it is longer at the least than at the most"), _FIX)
        else:
            self.bounds += [FieldBound(made.code, Bound.SHORTEST, least), FieldBound(made.code, Bound.LONGEST, most)]
        return ()

    def _pattern(self, made: Field, cell: DefinitionCell, pattern: str) -> tuple[Rule, ...]:
        if made.kind not in _TEXTS:
            self._unfit(cell, "形式")
            return ()
        shown = _slotless(pattern)
        rule = Rule(
            f"{self.form}.{made.code}.pattern",
            Severity.ERROR,
            Localized(f"{{label}}“{{value}}”不合形式 {shown}", f"{{label}} “{{value}}” is not written as {shown}"),
            Localized(
                f"照 {shown} 填写（# 是数字，@ 是字母，? 任意）",
                f"write it as {shown}: # is a digit, @ a letter, ? anything",
            ),
        )
        self.bounds.append(FieldBound(made.code, Bound.PATTERN, pattern, rule.code))
        return (rule,)

    def _bound(
        self, made: Field, cell: DefinitionCell, clause: str, order: Order, value: float
    ) -> tuple[Rule, ...] | None:
        if made.kind not in _NUMBERS:
            self._unfit(cell, clause)
        elif order not in _BOUNDS:
            return None
        else:
            self.bounds.append(FieldBound(made.code, _BOUNDS[order], value))
        return ()

    def _order(self, made: Field, cell: DefinitionCell, order: Order, operand: str) -> tuple[Rule, ...] | None:
        other, beside = self.here(operand), True
        if other is None:
            other, beside = self.elsewhere(operand), False
        if other is None:
            self.mistakes.at(
                cell,
                Localized(
                    f"规则里的“{operand}”不是这张表或这个台账的栏目",
                    f"“{operand}” is no field of this form or register",
                ),
                Localized("改为栏目页上的栏目名称", "write a field as it is called on the sheet of fields"),
            )
            return ()
        if not any({made.kind, other.kind} <= kinds for kinds in (_DAYS, _NUMBERS)) or made.code == other.code:
            self._unfit(cell, f"{operand}")
            return ()
        if beside:
            rule = self._order_rule(made, order, other)
            self.orders.append(RowOrder(made.code, order, other.code, rule))
            return ()
        comparison = _AGAINST.get((order, made.kind in _NUMBERS))
        if comparison is None:
            self.mistakes.at(
                cell,
                Localized(
                    f"“{operand}”不在这张表上：和台账里的数只能比 ≤、≥，日期只能比 不早于、晚于",
                    f"“{operand}” is not on this form: against the record only ≤ and ≥ of numbers and not before and after of days are judged",
                ),
                Localized(
                    "在这张表上也设这一栏，或改用 ≤、≥、不早于、晚于",
                    "ask it on this form, too, or use ≤, ≥, not before or after",
                ),
            )
        else:
            self.against.append(StandsTo(made.code, comparison, other.code))
        return ()

    def _order_rule(self, made: Field, order: Order, other: Field) -> Rule:
        words = (_NUMBER_WORDS if made.kind in _NUMBERS else ORDER_WORDS)[order]
        zh, en = _slotless(other.label.zh), _slotless(other.label.en)
        return Rule(
            f"{self.form}.{made.code}.{order}.{other.code}",
            Severity.ERROR,
            Localized(f"{{label}}“{{value}}”应{words.zh}“{zh}”", f"{{label}} “{{value}}” should be {words.en} “{en}”"),
            Localized(f"核对{{label}}和{zh}，填错的改正", f"compare {{label}} and {en}, and mend the wrong one"),
        )

    def _unfit(self, cell: DefinitionCell, word: str) -> None:
        self.mistakes.at(
            cell,
            Localized(f"这种类型的栏目不能用“{word}”这条规则", f"a field of this kind cannot have the rule “{word}”"),
            Localized(
                "改类型，或删去这条规则；比较的两栏要都是日期或都是数",
                "change the kind, or take the rule out; both fields have to be days, or numbers",
            ),
        )


_AGAINST = {
    (Order.NOT_BEFORE, False): Comparison.NOT_BEFORE,
    (Order.AFTER, False): Comparison.AFTER,
    (Order.NOT_AFTER, True): Comparison.AT_MOST,
    (Order.NOT_BEFORE, True): Comparison.AT_LEAST,
}


def _slotless(text: str) -> str:
    """Return *text* as it stands in a template of a sentence."""
    return text.replace("{", "{{").replace("}", "}}")
