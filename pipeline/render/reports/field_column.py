"""A declared field as a column of a workbook, and its stored values as cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from operator import attrgetter
from types import NoneType
from typing import cast

from pipeline.domain.record import RecordState
from pipeline.render.wording import caption
from pipeline.render.xlsx.workbook import Access, Cell, TableColumn
from schemas.language import Field, Form, Kind, Language, Stored, checks

_GETTER = attrgetter("values.get")
REQUIRED_MARK = "*"
_LENGTHS = {checks.RESIDENT_ID_FORMAT.code: (18,), checks.CREDIT_CODE_FORMAT.code: (18,), checks.AREA_CODE.code: (9,)}
"""How long a code is, by the rule that judges it."""


def shown(field: Field, language: Language) -> TableColumn:
    """Return the column that shows *field* in a report."""
    return TableColumn(field.label.to(language), field.kind, shows=field.code)


def locked(field: Field, language: Language) -> TableColumn:
    """Return the column that shows *field* on a sheet to fill."""
    return TableColumn(field.label.to(language), field.kind, Access.LOCKED)


def asked(
    field: Field,
    form: Form,
    language: Language,
    access: Access = Access.FILL,
    people: Sequence[str] = (),
    *,
    lacks: bool = False,
) -> TableColumn:
    """Return the column in which somebody writes *field* of *form*: dropdown, input message, * when required and to be filled, or
    where one of the cells to be corrected *lacks* what it should hold. One that asks for somebody of the roster offers *people*.
    """
    is_person = any(rule.code == checks.NOBODY.code for rule in field.rules)
    mark = REQUIRED_MARK if field.required and (access is Access.FILL or lacks) else ""
    return TableColumn(
        field.label.to(language) + mark,
        field.kind,
        access,
        options=tuple(people) if is_person else tuple(option.words.to(language) for option in field.options),
        message="\n".join(advice(field, form, language)),
        until_today=any(rule.code == checks.FUTURE.code for rule in field.rules),
        lenient=is_person,
        lengths=_LENGTHS.get(next((rule.code for rule in field.rules if rule.code in _LENGTHS), ""), ()),
    )


def advice(field: Field, form: Form, language: Language) -> list[str]:
    """Return what somebody who fills *field* has to know, in short lines."""
    lines = [field.help.to(language) or caption(f"kind_{_shown_kind(field)}", language)]
    lines += [
        caption("required_when", language, label=other.label.to(language), options=_options(other, codes, language))
        for name, codes in field.required_when
        if (other := form.get(name))
    ]
    if field.example and not field.options:
        lines.append(f"{caption('sample', language)}: {example(field, language)}")
    return lines


def said_of_conditions(form: Form, language: Language) -> list[str]:
    """Return what else has to be filled on *form* where something is answered so and so: no star can say it."""
    fields: dict[tuple[tuple[str, tuple[str, ...]], ...], list[str]] = {}
    for field in form:
        if field.required_when:
            fields.setdefault(field.required_when, []).append(field.label.to(language))
    return [
        caption(
            "all_required_when",
            language,
            label=other.label.to(language),
            options=_options(other, codes, language),
            fields=caption("and", language).join(labels),
        )
        for ((name, codes), *more), labels in fields.items()
        if not more and (other := form.get(name))
    ]


def _shown_kind(field: Field) -> Kind:
    """A code of letters alone, such as a name, is nothing that could be taken for a number."""
    is_word = field.kind is Kind.CODE and bool(field.example) and not any(sign.isdigit() for sign in field.example)
    return Kind.TEXT if is_word else field.kind


def _options(field: Field, codes: tuple[str, ...], language: Language) -> str:
    return "、".join(str(field.show(code, language)) for code in codes)


def example(field: Field, language: Language) -> Cell:
    """Return the example of *field* as somebody would type it."""
    option = next((option for option in field.options if field.example in (option.code, option.words.zh)), None)
    return option.words.to(language) if option else to_cell(field, field.example, language)


def to_cell(field: Field, value: Stored, language: Language) -> Cell:
    """Return a stored *value* of *field* as a cell: true dates and numbers, an option's wording, else text."""
    if value is None or value == "":
        return None
    with suppress(ValueError, TypeError):
        match field.kind:
            case Kind.DATE:
                return date.fromisoformat(str(value))
            case Kind.INTEGER:
                return int(value)
            case Kind.NUMBER:
                return float(value)
            case Kind.MOMENT:
                return str(value).replace("T", " ")
    return str(field.show(value, language))


def to_cells(field: Field, entries: Iterable[RecordState], language: Language) -> list[Cell]:
    """Return the values of *field* of all *entries* as cells: what ``to_cell`` gives, at a register's size."""
    code = field.code
    values: list[Stored] = [get(code) for get in map(_GETTER, entries)]
    if field.kind in (Kind.DATE, Kind.MOMENT, Kind.INTEGER, Kind.NUMBER) or field.options:
        known = _Known(field, language)
        return list(map(known.__getitem__, values))
    if set(map(type, values)) <= {str, NoneType}:
        return cast("list[Cell]", values)
    return [to_cell(field, value, language) for value in values]


class _Known(dict[Stored, Cell]):
    """Cells by stored value: a field of options, days or counts has few."""

    def __init__(self, field: Field, language: Language) -> None:
        super().__init__()
        self._field = field
        self._language = language

    def __missing__(self, value: Stored) -> Cell:
        self[value] = cell = to_cell(self._field, value, self._language)
        return cell


def in_words(field: Field, value: Stored, language: Language) -> str:
    """Return a stored *value* of *field* as text, for columns that hold values of many fields."""
    if field.kind is Kind.MOMENT:
        return str(value or "").replace("T", " ")
    return "" if value is None else str(field.show(value, language))
