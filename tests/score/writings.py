"""One value, in the many ways in which people type it into a cell; every way is one that a clerk calls correct."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pypinyin import lazy_pinyin

from schemas.language import Field, FieldRole, Kind
from tests.score.cells import Formula, Link, Rich, Typed
from tests.score.dice import Dice

_SERIAL_ZERO = date(1899, 12, 30)
_NBSP = "\u00a0"
_NOTHING = ("无", "/", "-", "暂无", "—", "  ", "／")
_WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


@dataclass(frozen=True, slots=True)
class Medium:
    """What the file can hold. ``text`` files hold no numbers, dates or formulas; serial numbers need 1900 to begin at."""

    text: bool = False
    from_1904: bool = False
    formulas: bool = True
    dressed: bool = True
    """Rich text and links."""


def write(dice: Dice, field: Field, value: Any, medium: Medium) -> Typed:
    """Return one way of typing *value*; None, or a sign for nothing, when it is blank."""
    if value is None:
        return dice.choice(_NOTHING) if dice.often(0.25) else None
    typed = _WAYS[field.kind](dice, field, value, medium)
    return _dress(dice, typed, medium)


def write_range(dice: Dice, ends: tuple[str | None, str | None]) -> Typed:
    """Return one way of typing both ends of a range of dates into one cell."""
    if ends == (None, None):
        return None
    first, last = (date.fromisoformat(end) if end else None for end in ends)
    if first is None or last is None:
        return f"至{_dotted(last, '-')}" if last else f"{_dotted(first, '-')}起" if first else None
    pattern: Callable[[date], str]
    pattern, joints = dice.choice(
        (
            (lambda day: day.isoformat(), ("至", "~", " 至 ", "–", "～", "到")),
            (lambda day: _dotted(day, "."), ("-", "至", "—", "~", "–")),
            (lambda day: _dotted(day, "/"), ("-", "至", "~", "–")),
            (lambda day: f"{day.year}年{day.month}月{day.day}日", ("至", "-", "—", "~")),
            (lambda day: day.strftime("%Y%m%d"), ("-", "至")),
        )
    )
    text = pattern(first) + dice.choice(joints) + pattern(last)
    return f"自{text}止" if dice.often(0.05) and "至" in text else text


def checkboxes(dice: Dice, field: Field, value: str | None) -> str:
    """Return all options with the meant one ticked."""
    before = dice.choice(
        (("☑", "□"), ("√", "□"), ("■", "□"), ("☑", "☐"), ("●", "○"), ("[√]", "[ ]"), ("（√）", "（ ）"))
    )
    joint = dice.choice((" ", "  ", "、", "\n"))
    if dice.often(0.1):
        return joint.join(f"{each.words.zh}{before[each.code != value]}" for each in field.options)
    return joint.join(f"{before[each.code != value]}{each.words.zh}" for each in field.options)


def _dress(dice: Dice, typed: Typed, medium: Medium) -> Typed:
    if not isinstance(typed, str) or len(typed.strip()) < 2:
        return typed
    if medium.dressed and dice.often(0.04):
        return dice.choice((Rich, Link))(typed.strip())
    if medium.formulas and dice.often(0.02) and '"' not in typed and "\n" not in typed:
        return Formula(f'=CONCATENATE("{typed}","")', typed)
    return typed


def _text(dice: Dice, field: Field, value: str, medium: Medium) -> Typed:
    wrapped = value
    if len(value) > 8 and value.isalnum():
        cut = dice.randint(3, len(value) - 3)
        if not value[cut - 1 : cut + 1].isascii():  # nobody wraps inside a number
            wrapped = f"{value[:cut]}\n{value[cut:]}"
    return dice.choice((value, value, value, f"{value} ", f" {value}", value + _NBSP, f"{value}\u3000", wrapped))


def _code(dice: Dice, field: Field, value: str, medium: Medium) -> Typed:
    ways: list[Typed] = [value, value, value, f"{value} ", f"'{value}", value.translate(_WIDE), value.lower()]
    ways += [value + _NBSP, f"{value}\n"]
    if len(value) > 8:
        ways.append(" ".join(value[at : at + 4] for at in range(0, len(value), 4)))
    if value.isdigit() and len(value) <= 15 and value[0] != "0" and not medium.text:
        ways += [int(value), float(value)]
    return dice.choice(ways)


def _phone(dice: Dice, field: Field, value: str, medium: Medium) -> Typed:
    numbers = [_one_phone(dice, number) for number in value.split("、")]
    text = dice.choice(("、", "/", "；", "\n", ",", " / ")).join(numbers)
    if value.isdigit() and not medium.text and dice.often(0.3):
        return dice.choice((int(value), float(value)))
    if value.isdigit() and dice.often(0.05):
        return f"{value}.0"
    return dice.choice(
        (text, text, text.translate(_WIDE) if " " not in text and "\n" not in text else text, f"{text} ")
    )


def _one_phone(dice: Dice, number: str) -> str:
    if number.isdigit():
        head, middle, tail = number[:3], number[3:7], number[7:]
        return dice.choice(
            (
                number,
                number,
                f"{head} {middle} {tail}",
                f"{head}-{middle}-{tail}",
                f"+86{number}",
                f"+86 {number}",
                f"86-{number}",
                f"0086{number}",
                f"(+86){number}",
                f"{head}－{middle}－{tail}",
            )
        )
    whole, _, extension = number.partition("转")
    area, _, local = whole.partition("-")
    text = dice.choice(
        (f"{area}-{local}", f"{area}{local}", f"（{area}）{local}", f"({area}){local}", f"{area} {local}")
    )
    return text + (dice.choice(("转", "-", "转 ")) + extension if extension else "")


def _date(dice: Dice, field: Field, value: str, medium: Medium) -> Typed:
    day = date.fromisoformat(value)
    ways: list[Typed] = [
        value,
        value,
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}年{day.month:02}月{day.day:02}日",
        _dotted(day, "."),
        _dotted(day, "/"),
        _dotted(day, "-"),
        f"{day:%Y/%m/%d}",
        f"{day:%Y%m%d}",
        f"{day.year % 100:02}-{day.month}-{day.day}",
        f"{day.year % 100:02}.{day.month}.{day.day}",
        value.translate(_WIDE),
        f" {value} ",
        f"{value} 00:00:00",
        f"{day.year} 年 {day.month} 月 {day.day} 日",
        f"{day.year}年{day.month}月{day.day}号",
        f"{value}T00:00:00",
        f"{day:%Y/%m/%d} 9:30",
        f"{day:%Y.%m.%d}",
        f"'{value}",
    ]
    if not medium.text:
        ways += [day] * 6 + [datetime(day.year, day.month, day.day, 9, 30), int(f"{day:%Y%m%d}")]
        if not medium.from_1904:
            ways.append((day - _SERIAL_ZERO).days)
    return dice.choice(ways)


def _dotted(day: date | None, mark: str) -> str:
    return f"{day.year}{mark}{day.month}{mark}{day.day}" if day else ""


def _integer(dice: Dice, field: Field, value: int, medium: Medium) -> Typed:
    if not medium.text and dice.often(0.6):
        return dice.choice((value, float(value)))
    return dice.choice((str(value), f"{value} ", str(value).translate(_WIDE), f"{value}档"))


def _choice(dice: Dice, field: Field, value: str, medium: Medium) -> Typed:
    option = field.option(value)
    assert option is not None
    word = option.words.zh
    ways = [word] * 8 + [f"{word} ", f"{word}\u3000", f" {word}", *option.aliases]
    if len(word) == 2:
        ways.append(f"{word[0]} {word[1]}")
    if len(word) > 1 and word.isalpha():
        ways.append("".join(lazy_pinyin(word)).upper())
    others = [each for each in field.options if each is not option]
    # the half of a word means it only where no other option begins, or goes, alike
    # a post is no part of another one
    halved = len(word) > 2 and field.means is not FieldRole.PERSON_ROLE
    if halved and not any(word[:2] in name for each in others for name in (each.words.zh, *each.aliases)):
        ways.append(word[:2])
    ways += [checkboxes(dice, field, value), f"{word}√", f"√{word}"]
    return dice.choice(ways)


def _list(dice: Dice, field: Field, value: str, medium: Medium) -> Typed:
    return value.replace("、", dice.choice(("、", "、", "，", ",", "；", "\n", " ")))


_WAYS: dict[Kind, Callable[[Dice, Field, Any, Medium], Typed]] = {
    Kind.TEXT: _text,
    Kind.CODE: _code,
    Kind.PHONE: _phone,
    Kind.DATE: _date,
    Kind.INTEGER: _integer,
    Kind.CHOICE: _choice,
    Kind.LIST: _list,
}
