"""What can be wrong with one record, each wrong once: in what is meant, or in how it is typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from schemas.language import Field, FieldRole, Form, Kind
from tests.score.cells import Formula, Typed
from tests.score.dice import Dice
from tests.score.labels import Column
from tests.score.people import resident_id
from tests.score.writings import Medium


@dataclass(frozen=True, slots=True)
class Plan:
    """One fault before it is typed. ``also`` are fields whose cells are as good a place to tell of it."""

    kind: str
    field: str
    meant: Mapping[str, Any] = field(default_factory=dict)
    """Values of the record that are replaced before they are typed."""
    typed: tuple[Typed] | None = None
    """What stands in the cell instead of a writing of the value."""
    also: tuple[str, ...] = ()


def plans(dice: Dice, form: Form, columns: Sequence[Column], record: Mapping[str, Any], medium: Medium) -> list[Plan]:
    """Return the faults that *record* could have on a sheet with *columns*."""
    codes = {code for column in columns for code in column.codes}
    shared = {code for column in columns if len(column.codes) > 1 for code in column.codes}
    found = [
        plan
        for each in form.fields
        if each.code in codes
        for plan in (
            *_of_any(dice, each, medium),
            *_of_kind(dice, each, medium, shared=each.code in shared),
            *_of_meaning(dice, each, record, medium),
        )
        if not (plan.meant.get(each.code, "") is None and each.code in shared)
    ]
    return [*found, *_of_rows(form, codes)]


def _of_any(dice: Dice, each: Field, medium: Medium) -> Iterator[Plan]:
    if each.required:
        yield Plan("missing", each.code, {each.code: None}, (dice.choice((None, None, "无", " ")),))
    elif each.required_when:
        condition, values = each.required_when[0]
        yield Plan("missing when", each.code, {condition: values[0], each.code: None}, (None,))
    if medium.formulas:
        error = dice.choice(("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?"))
        yield Plan("error cell", each.code, typed=(Formula("=VLOOKUP(AA1,AB1:AC9,2,FALSE)", error),))
        yield Plan("never calculated", each.code, typed=(Formula("=TRIM(AA1)", None),))


_MONTH_IS_ENOUGH = (FieldRole.STARTS, FieldRole.ENDS)


def _of_kind(dice: Dice, each: Field, medium: Medium, *, shared: bool) -> Iterator[Plan]:
    if each.kind is Kind.DATE and not shared:
        slips: list[Typed] = [
            "2025年2月30日",
            "2025-13-01",
            "2025.2.30",
            "2025年13月" if each.means in _MONTH_IS_ENOUGH else "2025年3月",
            "去年三月",
            "20250230",
            "2025/6/31",
        ]
        if not medium.text:
            slips.append(20250230)
        yield Plan("no such date", each.code, typed=(dice.choice(slips),))
    elif each.kind is Kind.DATE:
        slip = dice.choice(("2025-02-30至2029-03-04", "2025.3.5-2029.2.30", "长期", "2025年3月5日至2029年13月4日"))
        yield Plan("no such date", each.code, typed=(slip,))
    elif each.kind is Kind.CHOICE:
        yield Plan("no such option", each.code, typed=(dice.choice(("地摊", "待定", "？", "甲乙丙")),))
        one, other = dice.sample(list(each.options), 2)
        yield Plan("two options", each.code, typed=(f"☑{one.words.zh} ☑{other.words.zh}",))
    elif each.kind is Kind.INTEGER:
        yield Plan("no number", each.code, typed=(dice.choice(("十几档", "高", "A1")),))
        yield Plan("no whole number", each.code, typed=(dice.choice(("12.5", "3.2")) if medium.text else 12.5,))


def _of_meaning(dice: Dice, each: Field, record: Mapping[str, Any], medium: Medium) -> Iterator[Plan]:
    value = record.get(each.code)
    match each.code:
        case "licence_no":
            yield Plan("length", each.code, {each.code: dice.choice((str(value)[:-1], f"{value}0"))})
        case "resident_id":
            number = resident_id(dice)
            yield Plan("checksum", each.code, {each.code: number[:-1] + _other_digit(dice, number[-1])})
            yield Plan("birth date", each.code, {each.code: resident_id(dice, dice.choice(("19801332", "20900101")))})
            if not medium.text:
                stored = float(number[:-1] + "0")
                yield Plan("digits lost", each.code, typed=(stored,))
        case "credit_code":
            code = str(value or "92131123MA0A1B2C3L")
            yield Plan("checksum", each.code, {each.code: code[:-1] + _other_digit(dice, code[-1])})
        case "contact_phone" | "staff_mobile":
            yield Plan("phone", each.code, {each.code: dice.choice(("1393281001", "139328100188", "12932810018"))})
        case "staff_email":
            yield Plan("e-mail", each.code, typed=(dice.choice(("wangjg@", "微信同号", "wang jg@example.com")),))
        case "area_code":
            yield Plan("length", each.code, {each.code: str(value)[:-1]})
        case "staff_no" if not medium.text:
            yield Plan("became a date", each.code, typed=(date(2026, 1, 2),))
        case "customer_grade":
            yield Plan("range", each.code, {each.code: dice.choice((0, 31, 100))})
        case "registered_on" | "verified_on":
            yield Plan("future", each.code, {each.code: dice.choice(("2027-01-05", "2026-11-24"))})
        case "valid_until":
            start, end = dice.choice((("2020-05-01", "2025-04-30"), ("2021-11-23", "2026-11-22")))
            yield Plan("expired", each.code, {"valid_from": start, each.code: end})


def _of_rows(form: Form, codes: set[str]) -> Iterator[Plan]:
    """Faults between two dates of a record; a person would look at either."""
    for start, end, first, last in (
        ("valid_from", "valid_until", "2027-06-01", "2027-01-31"),
        ("serves_from", "serves_to", "2025-06-01", "2025-01-31"),
        ("in_force_from", "in_force_to", "2025-06-01", "2025-01-31"),
    ):
        if {start, end} <= codes:
            yield Plan("end before start", end, {start: first, end: last}, also=(start,))
    if {"valid_from", "valid_until"} <= codes:
        yield Plan("over five years", "valid_until", {"valid_from": "2024-03-05", "valid_until": "2030-03-04"}, also=("valid_from",))  # fmt: skip


def _other_digit(dice: Dice, digit: str) -> str:
    return dice.choice([each for each in "0123456789" if each != digit])
