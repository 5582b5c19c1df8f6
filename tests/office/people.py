"""Who works in the office, which towns they serve, and the shops as they really are."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

CLERK, MANAGER, CHIEF = "system_admin", "account_manager", "market_manager"
ROLES = {
    CLERK: ("系统管理员", "System administrator"),
    MANAGER: ("客户经理", "Account manager"),
    CHIEF: ("市场经理", "Market manager"),
}
COUNTY = "131123"
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜"
_GIVEN = "敏静秀英建国洋丽芳伟娜强磊军艳勇杰娟涛明超霞平刚桂兰红梅志远浩宇晨曦"
_TOWNS = (
    ("武强镇", "平安街"),
    ("街关镇", "堤南村"),
    ("周窝镇", "音乐小镇"),
    ("东孙庄镇", "吉家屯"),
    ("豆村镇", "刘厂"),
)
_SHOPS = "鸿远|锦绣|万家福|瑞丰|聚贤|春晖|天成|永盛|荣发|吉祥|旺角|北极星|金穗|蓝海|松鹤|百合|青山|明珠|龙腾|彩虹|云峰|银杏|星光|玉泉|翠竹|朝阳|长虹|丹枫|雪莲|海棠"
_KINDS = "超市|烟酒店|食杂店|便利店|商店"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


@dataclass(frozen=True)
class Person:
    """Somebody of the staff, in force until *until*."""

    number: str
    name: str
    role: str
    until: date | None = None

    @property
    def email(self) -> str:
        return f"{self.number.lower()}@example.com"

    def there(self, day: date) -> bool:
        return self.until is None or day <= self.until


@dataclass(frozen=True)
class Area:
    """A town, and who serves it."""

    code: str
    name: str
    village: str
    manager: str
    chief: str


@dataclass
class Staff:
    """People and areas as the office means them: what its sheets say when they are written without a slip."""

    people: dict[str, Person] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)

    def there(self, day: date, role: str = "") -> list[Person]:
        return [each for each in self.people.values() if each.there(day) and (not role or each.role == role)]

    def named(self, name: str) -> Person | None:
        return next((each for each in self.people.values() if each.name == name), None)

    def leave(self, number: str, day: date) -> None:
        self.people[number] = replace(self.people[number], until=day)

    def hand_over(self, area: str, to: str) -> None:
        self.areas[area] = replace(self.areas[area], manager=to)


@dataclass(frozen=True)
class Shop:
    """A shop as it really is: what its papers would say if nobody ever made a slip."""

    key: str
    cells: dict[str, str]


def staff(random: Random, size: int) -> Staff:
    """Return an office of *size* people: a market manager, one or two clerks, and account managers."""
    found = Staff()
    names = _names(random, size + 2)
    clerks = 2 if size > 4 else 1
    roles = [("S01", CHIEF), *((f"A0{at + 1}", CLERK) for at in range(clerks))]
    roles += [(f"K0{at + 1}", MANAGER) for at in range(size - 1 - clerks)]
    for number, role in roles:
        found.people[number] = Person(number, names.pop(), role)
    managers = [each.number for each in found.people.values() if each.role == MANAGER]
    for at, (name, village) in enumerate(_TOWNS):
        code = f"{COUNTY}10{at}"
        found.areas[code] = Area(code, name, village, managers[at % len(managers)], "S01")
    return found


def newcomer(random: Random, known: Staff) -> Person:
    """Return another account manager, whose name nobody else bears."""
    taken = {each.name for each in known.people.values()}
    name = next(each for each in _names(random, len(taken) + 1) if each not in taken)
    number = f"K{len(known.people) + 10}"
    return Person(number, name, MANAGER)


def shop(random: Random, number: int, areas: Staff) -> Shop:
    """Return the *number*-th shop of the county: nothing that tells it from another is like another's."""
    area = random.choice(list(areas.areas.values()))
    year, month = random.randrange(2024, 2026), f"0{random.randrange(1, 10)}"
    stem = _SHOPS.split("|")[number % 30] + ("" if number < 30 else "分号")
    return Shop(
        f"{COUNTY}1{number + 1:04d}{random.randrange(10)}",
        {
            "customer_name": stem + random.choice(_KINDS.split("|")),
            "principal": _names(random, 1)[0],
            "resident_id": identity_number(random, number),
            "contact_phone": phone(random),
            "shop_address": f"武强县{area.name}{area.village}{number * 7 + 3}号",
            "area_of_shop": "",
            "market_type": random.choice(("urban", "rural")),
            "trade_type": random.choice(("grocery", "convenience", "supermarket", "tobacco")),
            "valid_from": f"{year}-{month}-12",
            "valid_until": f"{year + 4}-{month}-11",
        },
    )


def phone(random: Random) -> str:
    return f"139{random.randrange(32_000_000, 39_999_999)}"


def identity_number(random: Random, number: int) -> str:
    """Return the number of an identity card with its check digit, of an adult, another one for each *number*."""
    body = (
        f"{COUNTY}19{random.randrange(60, 95)}0{random.randrange(1, 10)}{random.randrange(10, 28)}{number % 1000:03d}"
    )
    return body + _CHECK[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def _names(random: Random, count: int) -> list[str]:
    names: dict[str, None] = {}
    while len(names) < count:
        names[random.choice(_SURNAMES) + random.choice(_GIVEN) + random.choice(_GIVEN)] = None
    return list(names)
