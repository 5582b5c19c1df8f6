"""What a setting may hold: each reader takes a value as it was written, in a file, a variable or an option, to what the setting holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from schemas.language.words import Localized

Reader = Callable[[object], Any]
Value = TypeVar("Value")

_YES, _NO = {"true", "t", "yes", "y", "on", "1"}, {"false", "f", "no", "n", "off", "0"}
_A_TEXT = Localized("应为文字，请加引号", "a text in quotation marks is expected")


class ImpossibleValueError(ValueError):
    """A value that its setting cannot hold; ``within`` names it in a table."""

    def __init__(self, expected: Localized, within: str = "") -> None:
        super().__init__(expected.en)
        self.expected = expected
        self.within = within


def text(least: int = 0, pattern: str = "", expected: Localized = _A_TEXT) -> Reader:
    """Return the reader of a text, of *least* signs or of a *pattern*."""

    def read(value: object) -> str:
        if not isinstance(value, str):
            raise ImpossibleValueError(expected)
        if len(value) < least:
            raise ImpossibleValueError(Localized("不能为空", "it must not be empty"))
        if pattern and not re.fullmatch(pattern, value):
            raise ImpossibleValueError(expected)
        return value

    return read


def judged_text(judge: Callable[[str], str]) -> Reader:
    """Return the reader of a text that *judge* returns as it is held, or raises ImpossibleValueError for."""
    return lambda value: judge(text()(value))


def one_of(options: Sequence[str], expected: Localized) -> Reader:
    """Return the reader of one of *options*."""

    def read(value: object) -> str:
        if not isinstance(value, str) or value not in options:
            raise ImpossibleValueError(expected)
        return value

    return read


def whole(least: int, most: int) -> Reader:
    """Return the reader of a whole number from *least* to *most*."""

    def read(value: object) -> int:
        number = _number(value, expected := Localized("应为整数", "a whole number is expected"))
        if not number.is_integer():
            raise ImpossibleValueError(expected)
        return int(_bounded(number, least, most))

    return read


def number(least: float, most: float) -> Reader:
    """Return the reader of a number from *least* to *most*."""
    return lambda value: _bounded(_number(value), least, most)


def above(least: float, most: float) -> Reader:
    """Return the reader of a number above *least*, up to *most*."""

    def read(value: object) -> float:
        found = _bounded(_number(value), least, most)
        if found == least:
            raise ImpossibleValueError(Localized(f"应大于 {least:g}", f"it must be above {least:g}"))
        return found

    return read


def number_or_text(value: object) -> float | str:
    """Read a number, or a text as it is."""
    return value if isinstance(value, str) else float(value) if isinstance(value, bool) else _number(value)


def flag(value: object) -> bool:
    """Read true or false."""
    said = str(value).strip().lower() if isinstance(value, str | bool | int) else ""
    if said not in _YES | _NO:
        raise ImpossibleValueError(Localized("应为 true 或 false", "true or false is expected"))
    return said in _YES


def path(value: object) -> Path:
    """Read a path."""
    if not isinstance(value, str | Path):
        raise ImpossibleValueError(Localized("应为文件夹的路径", "the path of a folder is expected"))
    return Path(value)


def perhaps(read: Callable[[object], Value]) -> Callable[[object], Value | None]:
    """Return the reader of what *read* reads, or of nothing."""
    return lambda value: None if value is None else read(value)


def listed(value: object) -> tuple[str, ...]:
    """Read texts: a list of them, or one text with commas between."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise ImpossibleValueError(
            Localized(
                '应为列表，如 ["a", "b"]，或用逗号隔开', 'a list like ["a", "b"] is expected, or a text with commas'
            )
        )
    return tuple(value)


def table(read: Reader) -> Reader:
    """Return the reader of a table whose every value *read* reads."""

    def each(value: object) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise ImpossibleValueError(Localized("应为一个表", "a table is expected"))
        return {name: _within(name, read, item) for name, item in value.items()}

    return each


def _within(name: str, read: Reader, item: object) -> Any:
    try:
        return read(item)
    except ImpossibleValueError as error:
        raise ImpossibleValueError(error.expected, name) from None


def _number(value: object, expected: Localized = Localized("应为数字", "a number is expected")) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ImpossibleValueError(expected)
    try:
        return float(value)
    except ValueError:
        raise ImpossibleValueError(expected) from None


def _bounded(found: float, least: float, most: float) -> float:
    if not found >= least:  # what is no number at all is not within bounds either
        raise ImpossibleValueError(Localized(f"不能小于 {_shown(least)}", f"{_shown(least)} is the least"))
    if found > most:
        raise ImpossibleValueError(Localized(f"不能大于 {_shown(most)}", f"{_shown(most)} is the most"))
    return found


def _shown(bound: float) -> str:
    return str(bound) if isinstance(bound, int) else f"{bound:g}"
