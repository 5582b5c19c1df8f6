"""Made-up but plausible shops, people, areas and visits, as converted values by field code."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from stdnum.cn import ric, uscc

from schemas.language import Form, Kind
from tests.score.dice import Dice

TODAY = date(2026, 11, 23)
COUNTY = "131123"
TOWNS = {
    "武强镇": ("平安街", "新开街", "城关北街"),
    "街关镇": ("街关村", "堤南村"),
    "周窝镇": ("周窝村", "音乐小镇"),
    "东孙庄镇": ("东孙庄村", "吉家屯"),
    "豆村镇": ("豆村", "刘厂村"),
    "北代镇": ("北代村", "皇甫村"),
}
AREAS = frozenset(f"{COUNTY}10{number}" for number in range(len(TOWNS)))

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "国建小春秀志文海玉永桂立新红丽军平强芳英霞明华涛"
_STEMS = ("惠民", "平安", "聚福", "老城", "红旗", "新开", "河东", "兴旺", "鑫源", "好邻居", "美宜佳", "四季青")
_SHOPS = ("超市", "便利店", "商店", "烟酒店", "食杂店", "小卖部", "百货")
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def person(dice: Dice) -> str:
    """Return a name."""
    return dice.choice(_SURNAMES) + "".join(dice.choice(_GIVEN) for _ in range(dice.choice((1, 2, 2))))


def day(dice: Dice, first: date, last: date) -> date:
    """Return a day from *first* to *last*."""
    return first + timedelta(days=dice.randint(0, (last - first).days))


def resident_id(dice: Dice, birth: str = "") -> str:
    """Return a resident ID with its checksum."""
    born = birth or day(dice, date(1955, 1, 1), date(2003, 12, 31)).strftime("%Y%m%d")
    stem = f"{COUNTY}{born}{dice.randint(1, 999):03}"
    return stem + str(ric.calc_check_digit(stem + "0"))


def credit_code(dice: Dice) -> str:
    """Return a unified social credit code with its checksum."""
    stem = f"92{COUNTY}MA0" + "".join(dice.choice(_CREDIT) for _ in range(6))
    return stem + str(uscc.calc_check_digit(stem))


def mobile(dice: Dice) -> str:
    """Return a mobile number."""
    return f"1{dice.choice(('39', '38', '50', '86', '77'))}{dice.randint(10_000_000, 99_999_999)}"


def phone(dice: Dice) -> str:
    """Return a phone number as it is stored."""
    if dice.often(0.75):
        return mobile(dice)
    number = f"0318-38{dice.randint(10_000, 99_999)}"
    if dice.often(0.3):
        return f"{number}转{dice.randint(1, 99)}"
    return f"{mobile(dice)}、{number}" if dice.often(0.3) else number


def years_after(start: date, years: int) -> date:
    """Return the last day of *years* years that begin with *start* (never 29 February)."""
    return start.replace(year=start.year + years) - timedelta(days=1)


def _licences(dice: Dice, count: int, first: int) -> list[str]:
    serials = dice.sample(range(first * 10_000 + 1, (first + 1) * 10_000), count)
    return [f"{COUNTY}{dice.choice('1112')}{serial:05}" for serial in serials]


def _start(dice: Dice) -> date:
    found = day(dice, date(2022, 3, 1), date(2026, 10, 31))
    return found - timedelta(days=1) if (found.month, found.day) == (2, 29) else found


def _shop(dice: Dice, form: Form, licence: str) -> dict[str, Any]:
    town = dice.choice(list(TOWNS))
    start = _start(dice)
    until = years_after(start, 5)
    return {
        "licence_no": licence,
        "customer_name": dice.choice(_STEMS) + dice.choice(_SHOPS) + ("（个体工商户）" if dice.often(0.1) else ""),
        "principal": person(dice),
        "resident_id": resident_id(dice),
        "credit_code": credit_code(dice),
        "contact_phone": phone(dice),
        "shop_address": f"武强县{town}{dice.choice(TOWNS[town])}{dice.randint(1, 300)}号",
        "area_of_shop": town,
        "market_type": _answer(dice, form, "market_type"),
        "trade_type": _answer(dice, form, "trade_type"),
        "valid_from": start.isoformat(),
        "valid_until": max(until, TODAY + timedelta(days=dice.randint(0, 90))).isoformat(),
        "registered_on": day(dice, date(2026, 9, 1), TODAY).isoformat(),
        "filled_by": person(dice),
        "remarks": dice.choice(("新办", "变更地址", "已现场拍照", "①类户", "3月3日补证")),
    }


def _visit(dice: Dice, form: Form, licence: str) -> dict[str, Any]:
    visit: dict[str, Any] = {"licence_no": licence}
    for each in form.fields:
        if each.options:
            visit[each.code] = dice.choice(each.options).code
    visit |= {
        "delivery_route": f"{dice.randint(1, 12):02}线",
        "customer_grade": dice.randint(1, 30),
        "verified_on": day(dice, date(2026, 9, 1), TODAY).isoformat(),
        "verified_by": person(dice),
        "verification_note": dice.choice(("店主在场", "电话已换", "门头已更换")),
    }
    return visit


def _staff(dice: Dice, form: Form, number: int) -> dict[str, Any]:
    start = day(dice, date(2015, 1, 1), date(2026, 10, 1))
    return {
        "staff_no": f"{dice.choice('KSA')}{number:02}",
        "staff_name": person(dice),
        "staff_role": _answer(dice, form, "staff_role"),
        "staff_email": f"{dice.choice(('wang', 'li', 'zhao'))}.{number}@example.com",
        "staff_mobile": mobile(dice),
        "serves_from": start.isoformat(),
        "serves_to": (start + timedelta(days=dice.randint(1, 2000))).isoformat(),
    }


def _area(dice: Dice, number: int) -> dict[str, Any]:
    start = day(dice, date(2015, 1, 1), date(2026, 10, 1))
    town = list(TOWNS)[number % len(TOWNS)]
    return {
        "area_code": f"{COUNTY}{100 + number}",
        "area_name": town if number < len(TOWNS) else f"{town}{number}片",
        "area_aliases": "、".join(dice.some(TOWNS[town], least=1)),
        "account_manager_no": f"K{dice.randint(1, 30):02}",
        "market_manager_no": f"S{dice.randint(1, 9):02}",
        "in_force_from": start.isoformat(),
        "in_force_to": (start + timedelta(days=dice.randint(1, 2000))).isoformat(),
    }


def _answer(dice: Dice, form: Form, code: str) -> str:
    return dice.choice(form.field(code).options).code


def records(dice: Dice, form: Form, count: int, batch: int = 0) -> list[dict[str, Any]]:
    """Return *count* (below 20) whole records of *form*, every field filled; no key comes twice, nor in another *batch*."""
    match form.code:
        case "registration":
            return [_shop(dice, form, licence) for licence in _licences(dice, count, batch)]
        case "verification":
            return [_visit(dice, form, licence) for licence in _licences(dice, count, batch)]
        case "staff_list":
            return [_staff(dice, form, 20 * batch + number) for number in dice.sample(range(1, 20), count)]
        case "area_list":
            return [_area(dice, 20 * batch + number) for number in dice.sample(range(20), count)]
    raise LookupError(form.code)


def thin_out(dice: Dice, form: Form, record: dict[str, Any]) -> dict[str, Any]:
    """Return *record* with some of what may be blank left blank."""
    needed = {each.code for each in form.fields if each.required}
    for each in form.fields:
        if any(record.get(name) in values for name, values in each.required_when):
            needed.add(each.code)
        if each.kind is Kind.DATE and each.means == "starts":
            needed.add(each.code)  # an end without a start would be odd
    return {code: value for code, value in record.items() if code in needed or dice.often(0.7)}
