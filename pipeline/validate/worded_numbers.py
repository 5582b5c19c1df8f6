"""Numbers with words around them, or in words: 1200元整, 人民币1200元, 壹仟贰佰元整, 三条."""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.validate.numerals import NUMERALS, numeral

_LONGEST = 40
_BEFORE = re.compile(r"(?:(?:共计|合计|总计|金额|数量|共|计)\s*:?\s*)?(?:(?:人民币|RMB|CNY)\s*:?\s*)?", re.IGNORECASE)
_YUAN = re.compile(r"(?:元人民币|元整|元正|圆整|圆正|块整|块钱|元钱|块|圆|人民币|RMB|CNY)$", re.IGNORECASE)
_CENTS = re.compile(
    rf"(?P<yuan>[0-9,]+|[{NUMERALS}]+)[元圆块](?P<zero>[零〇])?(?:(?P<tenth>[0-9]|[{NUMERALS}])[角毛])?(?:(?P<cent>[0-9]|[{NUMERALS}])分)?[整正]?"
)
_NUMERAL = re.compile(rf"([{NUMERALS}]+)(.*)", re.DOTALL)
_HALF_SAID = re.compile(r"([0-9]+)([万千百])([1-9])")
_SMALLER = {"万": 1000, "千": 100, "百": 10}
_BRACKETED = re.compile(r"([^()]+)\(([^()]+)\)")
_UNIT = re.compile(r"[\u4e00-\u9fffA-Za-z]{1,3}")


def plain_number(text: str) -> str | None:
    """Return *text* (half width) as a number with at most a unit behind it; None when it may mean another number."""
    if len(text) > _LONGEST:
        return None
    text = text.strip(" 。.;,、")
    text = text[_BEFORE.match(text).end() :].removeprefix("¥").strip()  # type: ignore[union-attr]
    if bracketed := _BRACKETED.fullmatch(text):
        return _with_note(bracketed[1].strip(), bracketed[2].strip())
    if (cents := _CENTS.fullmatch(text)) and (cents["tenth"] or cents["cent"]):
        return _with_cents(cents)
    if said := _HALF_SAID.fullmatch(text):
        return str(int(said[1]) * _SMALLER[said[2]] * 10 + int(said[3]) * _SMALLER[said[2]])
    text = _YUAN.sub("元", text)
    if not (match := _NUMERAL.match(text)):
        return text or None
    value = numeral(match[1])
    return None if value is None else f"{value}{match[2]}"


def _with_note(number: str, note: str) -> str | None:
    """A note in brackets is the unit, or the same amount in the numerals of banks; any other may change what is meant."""
    plain = plain_number(number)
    if plain is None:
        return None
    written_out = plain_number(note)
    if written_out is not None and _value(written_out) is not None and _value(written_out) == _value(plain):
        return plain
    return f"{plain}{note}" if plain[-1:].isdigit() and _UNIT.fullmatch(note) else None


def _value(plain: str) -> Decimal | None:
    digits = plain.removesuffix("元").replace(",", "")
    return Decimal(digits) if re.fullmatch(r"[0-9]+(\.[0-9]+)?", digits) else None


def _with_cents(match: re.Match[str]) -> str | None:
    parts = [_digits(match[name] or "0") for name in ("yuan", "tenth", "cent")]
    if None in parts or any(part > 9 for part in parts[1:] if part is not None):
        return None
    return f"{parts[0]}.{parts[1]}{parts[2]}元"


def _digits(text: str) -> int | None:
    plain = text.replace(",", "")
    return int(plain) if plain.isdecimal() else numeral(text)
