"""What the values of a column look like, held against what a field holds: it confirms, or speaks against a label."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from pipeline.domain.cell import Raw
from pipeline.read.formats.grid import as_text, is_blank
from pipeline.read.recognise.labels import normalise
from schemas.language import Field, Kind
from schemas.language.letters import plain_label

SAMPLED = 50
"""So many rows are looked at."""
_ENOUGH = 0.5
_TELLING = 6
"""A shorter code may look like anything."""
_PHONE = re.compile(
    r"\D{0,8}(?:(?:\+?86)?1[3-9]\d{9}|0\d{2,3}\d{7,8}(?:转?\d{1,6})?|[2-8]\d{6,7}|[48]00\d{7})(?:\D.*)?"
)
_DAY = re.compile(
    r"\D{0,4}(?:(?:19|20)\d\d\D{0,3}[01]?\d(?:\D{0,3}[0-3]?\d)?|\d{1,2}[-/.月]\d{1,2}(?:[-/.日](?:\d\d){0,2})?)(?!\d).{0,24}",
    re.DOTALL,
)
_NUMBER = re.compile(r"[¥￥约]?-?[\d,]+(?:\.\d+)?\D{0,4}")
_LONG_DIGITS = re.compile(r"\d[\d\s\-.]{4,}[\dXx]?")
_SIGNS = re.compile(r"[\s\-—–_.()（）·]")
_IDENTITY_LENGTH = 18
_SAYS_NOTHING = re.compile(
    r"[-‐-―－_＿/／\\|.。…·\"″〃＂”\s]+|同[上前]|上同|无|没有|暂[无缺]|空白?|不适用|n[/.]?a\.?|null|none", re.IGNORECASE
)
"""What stands for no value, or for the one above: it looks like nothing."""


def first_filled(values: Iterable[Raw]) -> list[Raw]:
    """Return the first values that are no blank, as many as are looked at."""
    found: list[Raw] = []
    for value in values:
        if not is_blank(value):
            found.append(value)
            if len(found) == SAMPLED:
                break
    return found


def speaks_for(field: Field, values: Sequence[Raw]) -> bool:
    """Tell whether *values* look like those of *field* and of hardly another kind: the column is very likely its own."""
    values = _telling(field, values)
    if not values:
        return False
    if field.kind is Kind.CODE:
        return _share(values, _like(field)) >= _ENOUGH and len(field.example) >= _TELLING
    return field.kind in _LOOKS and _share(values, _LOOKS[field.kind]) > 0.8


def speaks_against(field: Field, values: Sequence[Raw]) -> bool:
    """Tell whether most of *values* can't be of *field*."""
    values = _telling(field, values)
    if not values:
        return False
    if field.options:
        return _share(values, lambda value: _may_be_answer(field, value)) == 0 and len(values) > 2
    if (
        field.kind is Kind.CODE
        and len(field.example) >= _TELLING
        and field.example.isascii()
        and field.example.isalnum()
    ):
        return (_share(values, _like(field)) == 0 and _share(values, _digits) < _ENOUGH) or _other_paper(field, values)
    if field.kind in _LOOKS:
        return _share(values, _LOOKS[field.kind]) < _ENOUGH
    return (
        field.kind is Kind.TEXT
        and not field.options
        and _share(values, _digits) > 0.8
        and not any(map(str.isdigit, field.example))
    )


def _telling(field: Field, values: Sequence[Raw]) -> Sequence[Raw]:
    """Return those of *values* that look like something; among answers to choose from every one does."""
    if field.options:
        return values
    return [value for value in values if not (isinstance(value, str) and _SAYS_NOTHING.fullmatch(value))]


def _text(value: Raw) -> str:
    return plain_label(as_text(value))


def _share(values: Sequence[Raw], holds: Callable[[Raw], bool]) -> float:
    return sum(map(holds, values)) / len(values)


def _like(field: Field) -> Callable[[Raw], bool]:
    """Return whether a value has the length and the signs of the field's example."""
    digits, length = field.example.isdigit(), len(field.example)

    def holds(value: Raw) -> bool:
        text = _SIGNS.sub("", _text(value)).upper()
        if len(text) != length or not text.isalnum() or not text.isascii():
            return False
        return length != _IDENTITY_LENGTH or _is_identity(text) == _is_identity(field.example)

    def counts(value: Raw) -> bool:
        return holds(value) and (not digits or _SIGNS.sub("", _text(value))[:-1].isdigit())

    return counts


def _other_paper(field: Field, values: Sequence[Raw]) -> bool:
    """Tell whether *values* are identity numbers where another number is asked."""
    return (
        not _is_identity(field.example)
        and _share(values, lambda value: _is_identity(_SIGNS.sub("", _text(value)).upper())) > _ENOUGH
    )


def _is_identity(text: str) -> bool:
    if len(text) != _IDENTITY_LENGTH or not text[:17].isdigit():
        return False
    from stdnum.cn import ric  # loads what it needs to ask servers, and many sheets hold no such number

    return bool(ric.calc_check_digit(text) == text[-1])


def _digits(value: Raw) -> bool:
    return _LONG_DIGITS.fullmatch(_text(value)) is not None


def _phone(value: Raw) -> bool:
    return _PHONE.fullmatch(_SIGNS.sub("", _text(value))) is not None and not _day(value)


def _day(value: Raw) -> bool:
    return isinstance(value, date) or _DAY.fullmatch(as_text(value)) is not None or _is_serial(value)


def _is_serial(value: Raw) -> bool:
    """Tell whether a number may be a day as Excel counts them: between 1982 and 2064."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 30000 < value < 60000


def _number(value: Raw) -> bool:
    return isinstance(value, int | float) or _NUMBER.fullmatch(_text(value)) is not None


def _may_be_answer(field: Field, value: Raw) -> bool:
    text = normalise(_text(value))
    names = [normalise(name) for each in field.options for name in each.names]
    return any(text in name or name in text for name in names)


_LOOKS: dict[Kind, Callable[[Raw], bool]] = {
    Kind.PHONE: _phone,
    Kind.DATE: _day,
    Kind.MOMENT: _day,
    Kind.MONTH: _day,
    Kind.INTEGER: _number,
    Kind.NUMBER: _number,
}
