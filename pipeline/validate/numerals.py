"""Numbers in Chinese numerals, everyday and those of banks: 十一, 一千二, 壹仟贰佰."""

from __future__ import annotations

_ZERO = "〇零○"
_DIGITS = {sign: value for value, signs in enumerate(["〇零○", "一壹弌", "二贰貳两兩", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"]) for sign in signs}  # fmt: skip
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SHORT_TENS = {"廿": "二十", "卅": "三十"}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}

NUMERALS = "".join((*_DIGITS, *_TENS, *_MYRIADS))
"""All signs of which a number is written."""


def numeral(text: str) -> int | None:
    """Return the value of a whole number in numerals, None when *text* is none or may be two (三五, 十几).

    What stands last without its unit is of the next smaller one: 一千二 is 1200.
    """
    if text and all(sign in _ZERO for sign in text):
        return 0 if len(text) == 1 else None
    head, myriad, rest = _parted(text)
    if not myriad:
        return _below_myriad(rest)
    high = numeral(head)
    if not high or not rest:
        return high * _MYRIADS[myriad] if high else None
    if rest in _DIGITS and rest not in _ZERO:
        return high * _MYRIADS[myriad] + _DIGITS[rest] * _MYRIADS[myriad] // 10
    low = numeral(rest.lstrip(_ZERO))
    return None if low is None or low >= _MYRIADS[myriad] else high * _MYRIADS[myriad] + low


def year_in_numerals(text: str) -> int | None:
    """Return a year written digit by digit (二〇二六), None when *text* is none."""
    digits = [_DIGITS.get(sign, int(sign) if sign in "0123456789" else -1) for sign in text]
    return None if len(digits) != 4 or min(digits) < 0 else int("".join(map(str, digits)))


def short_tens(text: str) -> str:
    """Return *text* with the short signs of calendars written out: 廿三 is 二十三."""
    return "".join(_SHORT_TENS.get(sign, sign) for sign in text)


def _parted(text: str) -> tuple[str, str, str]:
    """Return what stands before the largest unit of ten thousands, that unit, and what stands behind it."""
    for signs in ("亿億", "万萬"):
        for sign in signs:
            head, found, rest = text.rpartition(sign)
            if found:
                return head, found, rest
    return "", "", text


def _below_myriad(text: str) -> int | None:
    total, unit, digit, gap = 0, 10**4, None, False
    for sign in text:
        if sign in _ZERO:
            if digit is not None or gap:
                return None
            gap = True
        elif sign in _DIGITS:
            if digit is not None:
                return None
            digit = _DIGITS[sign]
        elif sign in _TENS and _TENS[sign] < unit:
            if digit is None and (sign not in "十拾" or (total and not gap)):
                return None
            unit = _TENS[sign]
            total, digit, gap = total + (1 if digit is None else digit) * unit, None, False
        else:
            return None
    if digit is None:
        return total if total and not gap else None
    return total + digit * (1 if gap or unit in (10, 10**4) else unit // 10)
