"""Records that a form accepts, drawn from what its fields declare, and the ways in which people write each value."""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from schemas.language import Field, FieldRole, Form, Kind, Language
from schemas.language.pandera_model import schema_of

TODAY = date(2026, 11, 4)
_ENDS = {FieldRole.EXPIRES, FieldRole.ENDS}
_FULL_WIDTH = str.maketrans({chr(sign): chr(sign + 0xFEE0) for sign in (*range(48, 58), *range(65, 91))})


@dataclass(frozen=True)
class Typed:
    """A value as it is stored, and as somebody wrote it into a cell."""

    stored: str | int | float
    written: Any


Drawn = Mapping[str, Typed]
"""One record by field code, without its blanks."""


@st.composite
def records(draw: st.DrawFn, form: Form, most: int, language: Language | None = None) -> list[Drawn]:
    """Return up to *most* records with keys of their own; written plainly in *language*, or anyhow."""
    count = draw(st.integers(1, most))
    keys = draw(st.lists(_stored(form, form.key), min_size=count, max_size=count, unique=True))
    return [draw(_record(form, key, language)) for key in keys]


@st.composite
def _record(draw: st.DrawFn, form: Form, key: str, language: Language | None) -> Drawn:
    found = {}
    for field in form:
        value: Any = key if field.key else draw(_stored(form, field)) if _is_filled(draw, field) else None
        if value is not None:
            found[field.code] = Typed(value, draw(written(field, value, language)))
    return found


def _is_filled(draw: st.DrawFn, field: Field) -> bool:
    return field.required or bool(field.required_when) or draw(st.booleans())


# What is stored

_NAMES = st.text("东西南北春夏秋冬李王张刘陈杨赵黄周吴福禄寿喜平安顺和瑞祥聚源兴隆", min_size=2, max_size=6)
_ODD_NAMES = st.sampled_from(
    [
        "超市",
        "合计超市",
        "总统酒店",
        "例记烟酒",
        "注册商行",
        "No.1便利店",
        "3号店",
        "同上海商店",
        "无名小店",
        "A-1店",
        "示范街便利店",
        "天天/日日百货",
        "如意商店",
        "2025年会超市",
        "O'Neil's",
        "@家",
        "阿依古丽·买买提",
        "𠮷野家",
    ]
)
_TEXT = _NAMES | _ODD_NAMES
_PHONES = st.from_regex(r"139[0-9]{8}|0318-3[0-9]{6}", fullmatch=True)


def _id(day: date, serial: int) -> str:
    body = f"131123{day:%Y%m%d}{serial:03}"
    return body + ric.calc_check_digit(body + "0")


def _credit(serial: str) -> str:
    body = f"92131123MA{serial}"
    return body + uscc.calc_check_digit(body)


_BY_RULE: Mapping[str, st.SearchStrategy[str]] = {
    "resident_id.checksum": st.builds(_id, st.dates(date(1950, 1, 1), date(2005, 1, 1)), st.integers(0, 999)),
    "credit_code.checksum": st.builds(_credit, st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=7, max_size=7)),
    "phone.format": _PHONES,
    "email.format": st.from_regex(r"[a-z]{1,8}@example\.com", fullmatch=True),
}
_MOST_BACK = 700
"""Days that a moment lies back at the most."""
_APART = 20
"""Days between the first ones that two fields may hold of which a rule wants an order."""
_DATE_RULES = {"date.future", "date.expired"}


@cache
def _stored(form: Form, field: Field) -> st.SearchStrategy[Any]:
    """Return the values that *field* accepts. One with a rule not known here always holds its example."""
    rules = {rule.code for rule in field.rules}
    if known := rules & _BY_RULE.keys():
        return _BY_RULE[known.pop()]
    if rules - _DATE_RULES and field.example and not field.key:
        if field.kind in {Kind.NUMBER, Kind.INTEGER}:
            return st.just(float(field.example) if field.kind is Kind.NUMBER else int(field.example))
        return st.just(field.example.replace(" ", "T") if field.kind is Kind.MOMENT else field.example)
    return _OF_KIND[field.kind](form, field)


def _days(form: Form, field: Field) -> st.SearchStrategy[str]:
    first, last = (1, 700) if field.means in _ENDS else (-1000, 0)
    if _follows(form, field):  # several may have to follow each other
        first = 1 + _APART * [each.code for each in form].index(field.code)
        last = first + _APART - 1
    if "date.ahead" in {
        rule.code for rule in form.rules
    }:  # what is planned lies ahead of the day on which it is asked for
        last = -_MOST_BACK - 2
    return st.integers(first, last).map(lambda days: (TODAY + timedelta(days)).isoformat())


def _follows(form: Form, field: Field) -> bool:
    """Whether a rule over the row wants this day after another one of the form."""
    if "date.order" not in {rule.code for rule in form.rules} or field.rules:
        return False
    return field is not next(each for each in form if each.kind is Kind.DATE)


def _moments(form: Form, field: Field) -> st.SearchStrategy[str]:
    """Moments up to today; where a rule over the row wants an order, each after those before it in the form."""
    if "date.order" not in {rule.code for rule in form.rules}:
        return st.builds(_moment, st.integers(0, _MOST_BACK), st.integers(1, 24 * 60 - 1))
    moments = [each for each in form if each.kind is Kind.MOMENT]
    band = _MOST_BACK // len(moments)
    later = len(moments) - 1 - moments.index(field)
    first, last = (later * band, later * band + band - 1) if later else (0, 0)
    return st.builds(_moment, st.integers(first, last), st.integers(1, 24 * 60 - 1))


def _moment(back: int, minutes: int) -> str:
    return (datetime(2026, 11, 3) - timedelta(back) + timedelta(minutes=minutes)).isoformat("T", "minutes")


_MONTHS = st.builds("{:04}-{:02}".format, st.integers(2025, 2026), st.integers(1, 10))


def _like(example: str) -> st.SearchStrategy[str]:
    """Return codes of the shape of *example*: the same beginning, then other digits."""
    kept = len(example) * 3 // 5
    rest = [st.sampled_from("0123456789") if sign.isdigit() else st.just(sign) for sign in example[kept:]]
    return st.tuples(st.just(example[:kept]), *rest).map("".join)


def _bounds(form: Form, field: Field) -> tuple[int, int]:
    module, _, name = form.model.partition(":")
    checks = schema_of(getattr(importlib.import_module(module), name)).columns[field.code].checks
    least, most = 0, 9999
    for check in checks:
        said = check.statistics or {}
        if "min_value" in said:  # a whole number above it
            least = math.floor(said["min_value"]) + 1 if check.name == "greater_than" else math.ceil(said["min_value"])
        most = said.get("max_value", most)
    return least, most


_OF_KIND: Mapping[Kind, Callable[[Form, Field], st.SearchStrategy[Any]]] = {
    Kind.TEXT: lambda form, field: _like(field.example) if field.key else _TEXT,
    Kind.CODE: lambda form, field: _like(field.example or "A001"),
    Kind.PHONE: lambda form, field: _PHONES,
    Kind.DATE: _days,
    Kind.MOMENT: _moments,
    Kind.MONTH: lambda form, field: _MONTHS,
    Kind.CHOICE: lambda form, field: st.sampled_from([option.code for option in field.options]),
    Kind.INTEGER: lambda form, field: st.integers(*_bounds(form, field)),
    Kind.NUMBER: lambda form, field: st.integers(*_bounds(form, field)).map(float),
    Kind.LIST: lambda form, field: st.lists(_NAMES, min_size=1, max_size=4, unique=True).map("、".join),
}


# What is written


@cache
def written(field: Field, value: Any, language: Language | None) -> st.SearchStrategy[Any]:
    """Return the ways to write *value*: the plain one in *language*, or any that a clerk calls correct."""
    ways = _WAYS[field.kind]
    if language is None:
        return st.sampled_from(ways(field, value))
    if field.kind is Kind.DATE:
        return st.sampled_from((date.fromisoformat(value), value))
    return st.just(field.show(value, language))


def _text_ways(field: Field, value: str) -> list[Any]:
    return [value, f" {value}", f"{value}\u00a0", f"{value}\n"]


def _code_ways(field: Field, value: str) -> list[Any]:
    ways: list[Any] = [value, f" {value} ", value.translate(_FULL_WIDTH), f"{value[:3]} {value[3:]}", f"\u200b{value}"]
    if value.isdigit() and len(value) <= 15 and value[0] != "0":
        ways += [int(value), float(value)]
    return ways


def _phone_ways(field: Field, value: str) -> list[Any]:
    ways: list[Any] = [value, value.translate(_FULL_WIDTH)]
    if "-" in value:
        return [*ways, value.replace("-", "－"), value.replace("-", " "), f"({value.replace('-', ')')}"]
    return [
        *ways,
        int(value),
        f"{value[:3]} {value[3:7]} {value[7:]}",
        f"{value[:3]}-{value[3:7]}-{value[7:]}",
        f"+86 {value}",
    ]


def _date_ways(field: Field, value: str) -> list[Any]:
    day = date.fromisoformat(value)
    year, month, number = day.year, day.month, day.day
    ways = [f"{year}{dot}{month}{dot}{number}" for dot in "./-"]
    ways += [f"{year}年{month}月{number}日", f"{year}年{month:02}月{number:02}日", f"{day:%Y%m%d}", f"{day:%y-%m-%d}"]
    return [value, day, datetime(year, month, number), (day - date(1899, 12, 30)).days, *ways]


def _moment_ways(field: Field, value: str) -> list[Any]:
    at = datetime.fromisoformat(value)
    day = f"{at.year}年{at.month}月{at.day}日"
    return [value.replace("T", " "), at, f"{at:%Y/%m/%d %H:%M}", f"{day} {at:%H:%M}", f"{day}{at.hour}时{at.minute}分"]


def _month_ways(field: Field, value: str) -> list[Any]:
    year, month = map(int, value.split("-"))
    return [value, f"{year}年{month}月", f"{year}年{month:02}月"]


def _choice_ways(field: Field, value: str) -> list[Any]:
    option = field.option(value)
    assert option is not None
    words = option.words
    return [words.zh, words.en, f"{words.zh} ", words.en.upper(), *option.aliases]


def _number_ways(field: Field, value: float) -> list[Any]:
    return [value, float(value), f"{value:g}", f"{value:g}".translate(_FULL_WIDTH), f" {value:g} "]


def _list_ways(field: Field, value: str) -> list[Any]:
    return [value, *(value.replace("、", mark) for mark in ("，", ",", "；", " ", "\n"))]


_WAYS: Mapping[Kind, Callable[[Field, Any], list[Any]]] = {
    Kind.TEXT: _text_ways,
    Kind.CODE: _code_ways,
    Kind.PHONE: _phone_ways,
    Kind.DATE: _date_ways,
    Kind.MOMENT: _moment_ways,
    Kind.MONTH: _month_ways,
    Kind.CHOICE: _choice_ways,
    Kind.INTEGER: _number_ways,
    Kind.NUMBER: _number_ways,
    Kind.LIST: _list_ways,
}
