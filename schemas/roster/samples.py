"""The people and areas of a real county, 武强县, for samples: names of people are made up."""

from __future__ import annotations

from schemas.language.sample import Filled

PEOPLE = Filled(
    "人员表.xlsx",
    "staff_list",
    tuple(
        {
            "staff_no": number,
            "staff_name": name,
            "staff_role": role,
            "staff_email": f"{number.lower()}@example.com",
            "staff_mobile": mobile,
            "serves_from": "2025-01-01",
        }
        for number, name, role, mobile in (
            ("S01", "赵敏", "市场经理", "13932810001"),
            ("K01", "王建国", "客户经理", "13932810002"),
            ("K02", "李秀英", "客户经理", "13932810003"),
            ("K03", "刘洋", "客户经理", "13932810004"),
            ("A01", "李敏", "系统管理员", "13932810005"),
        )
    ),
)


def staff(name: str, *people: tuple[str, str, str]) -> Filled:
    """Return the sheet *name* of a procedure's own people: number, name and role of each."""
    return Filled(
        name,
        "staff_list",
        tuple(
            {"staff_no": number, "staff_name": who, "staff_role": role, "staff_email": f"{number.lower()}@example.com"}
            for number, who, role in people
        ),
    )


AREAS = Filled(
    "辖区表.xlsx",
    "area_list",
    tuple(
        {
            "area_code": code,
            "area_name": name,
            "area_aliases": aliases,
            "account_manager_no": manager,
            "market_manager_no": "S01",
            "in_force_from": "2025-01-01",
        }
        for code, name, aliases, manager in (
            ("131123100", "武强镇", "城关、平安街、新开街", "K01"),
            ("131123101", "街关镇", "街关村、堤南村", "K01"),
            ("131123102", "周窝镇", "周窝村、音乐小镇", "K02"),
            ("131123103", "东孙庄镇", "东孙庄村、吉家屯", "K02"),
            ("131123104", "豆村镇", "豆村、刘厂", "K03"),
            ("131123105", "北代镇", "北代村、皇甫", "K03"),
        )
    ),
)
