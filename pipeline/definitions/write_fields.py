"""Forms → the rows of their fields and options, with the rules that can be said in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.definitions.compile_rules import ORDER_WORDS
from pipeline.definitions.definition_workbook import RowCells
from pipeline.definitions.lookup import Lookup, field_lookup
from pipeline.definitions.words import FIELD_FLAGS, KINDS, MEANINGS, RULE_WORDS, STANDARD_OPTIONS, KindWord
from schemas.language import Bound, Field, FieldBound, Form, Option, PlainModel

_SEPARATORS = re.compile(r"[、；;=＝\n]")


def field_rows(form: Form, registers: Lookup, *, numbered: bool) -> Iterator[RowCells]:
    """Yield the rows of the fields of *form*; the program gives its key where it is *numbered*."""
    known, bounds = field_lookup(form.fields), list(bounds_of(form))
    for at, each in enumerate(form):
        own = {bound.bound: bound.value for bound in bounds if bound.field == each.code}
        kind = kind_word(each, own.get(Bound.LEAST))
        given = each.given and not (numbered and each.key)
        flags = [words.zh for name, words in FIELD_FLAGS.items() if (given if name == "given" else getattr(each, name))]
        yield {
            "form": form.title.zh if not at else "",
            "field": each.label.zh,
            "en": each.label.en,
            "code": each.code,
            "kind": kind.zh,
            "key": "是" if each.key else "",
            "required": "是" if each.required and not each.key else "",
            "required_when": conditions_text(each.required_when, known, form.fields),
            "options": cell_of(option.words.zh for option in each.options),
            "aliases": cell_of(each.aliases),
            "example": each.example,
            "help": each.help.zh,
            "help_en": each.help.en if each.help.en != each.help.zh else "",
            "rules": "；".join(_rules(form, each, kind, own)),
            "means": MEANINGS[each.means].zh if each.means and each.means in MEANINGS else "",
            "names": registers.name_of(each.names) if each.names else "",
            "private": ("是" if each.private else "否") if each.private != kind.private else "",
            "more": "、".join(flags),
        }


def option_rows(form: Form) -> Iterator[RowCells]:
    """Yield the rows of the answers of *form*, but for those that every office writes alike."""
    for each in form:
        for option in each.options:
            if not is_standard(option):
                yield {
                    "form": form.title.zh,
                    "field": each.label.zh,
                    "option": option.words.zh,
                    "en": option.words.en,
                    "code": option.code,
                    "aliases": cell_of(option.aliases),
                }


def is_standard(option: Option) -> bool:
    """Tell whether *option* is one that is known without being declared."""
    return STANDARD_OPTIONS.get(option.words.zh) == option


def kind_word(field: Field, least: float | str | None = None) -> KindWord:
    """Return the word for the kind of *field*: the one that says most of its rules."""
    codes = [rule.code for rule in field.rules]
    fitting = [
        each
        for each in KINDS
        if each.kind is field.kind
        and all(rule.code in codes for rule in each.rules)
        and (each.least is None or each.least == least)
    ]
    said = [each for each in fitting if each.rules or each.least is not None]
    return (said or fitting or [next(each for each in KINDS if each.kind is field.kind)])[0]


def bounds_of(form: Form) -> Iterable[FieldBound]:
    """Return the bounds of the fields of *form*, also of one that is declared in Python, as far as they can be said in words."""
    if isinstance(form.model, PlainModel):
        return form.model.bounds
    return list(_of_pandera(form.model))


def _of_pandera(model: str) -> Iterator[FieldBound]:
    from pipeline.validate.check_columns import pandera_schema

    for code, column in pandera_schema(model).columns.items():
        for check in column.checks:
            said = check.statistics or {}
            if check.name in ("greater_than_or_equal_to", "in_range"):
                yield FieldBound(code, Bound.LEAST, said["min_value"])
            if check.name in ("less_than_or_equal_to", "in_range"):
                yield FieldBound(code, Bound.MOST, said["max_value"])
            if check.name == "str_length":
                least, most = said.get("min_value"), said.get("max_value")
                exact = said.get("exact_value")
                yield FieldBound(code, Bound.SHORTEST, exact if exact is not None else least or 0)
                yield FieldBound(
                    code, Bound.LONGEST, exact if exact is not None else most if most is not None else 9999
                )


def _rules(form: Form, field: Field, kind: KindWord, bounds: dict[Bound, float | str]) -> Iterator[str]:
    left = {rule.code for rule in field.rules} - {rule.code for rule in kind.rules}
    for word, rules in RULE_WORDS.items():
        codes = {rule.code for rule in rules}
        if codes <= left:
            left -= codes
            yield word
    if Bound.LEAST in bounds and bounds[Bound.LEAST] != kind.least:
        yield f"≥ {bounds[Bound.LEAST]:.15g}"
    if Bound.MOST in bounds:
        yield f"≤ {bounds[Bound.MOST]:.15g}"
    if Bound.SHORTEST in bounds:
        yield f"长度 {bounds[Bound.SHORTEST]}-{bounds[Bound.LONGEST]}"
    if Bound.PATTERN in bounds:
        yield f"形式 {bounds[Bound.PATTERN]}"
    if isinstance(form.model, PlainModel):
        known = field_lookup(form.fields)
        for each in form.model.orders:
            if each.field == field.code:
                yield f"{ORDER_WORDS[each.order].zh} {known.name_of(each.other)}"


def conditions_text(when: Iterable[tuple[str, tuple[str, ...]]], known: Lookup, fields: Iterable[Field]) -> str:
    """Return conditions as a cell states them."""
    by_code = {each.code: each for each in fields}
    return "；".join(
        f"{known.name_of(code)}={'、'.join(_answer(by_code.get(code), answer) for answer in answers)}"
        for code, answers in when
    )


def _answer(field: Field | None, code: str) -> str:
    option = field.option(code) if field else None
    return code if option is None or _SEPARATORS.search(option.words.zh) else option.words.zh


def cell_of(names: Iterable[str]) -> str:
    """Return *names* as one cell lists them: line by line where a name has a separator in it."""
    every = list(names)
    return "\n".join(every) if any(_SEPARATORS.search(each) for each in every) else "、".join(every)
