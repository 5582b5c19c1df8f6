"""What an office sets in tables that it drops like any other sheet: days off, numbers of procedures, who approves."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.commands.doctor import examine
from pipeline.outside.calendar import known_until
from tests.tools.office import Office

PEOPLE = [("C1", "钱客服", "客户中心"), ("C2", "孙主管", "主管"), ("A01", "李敏", "系统管理员")]
NEXT = known_until() + 1
"""The first year whose holidays the program does not know by itself."""
UNKNOWN = f"还不知道 {NEXT} 年的节假日，{NEXT} 年的期限只按周一至周五计算"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, ["first_contact"], PEOPLE)


def doctors_word(office: Office, at: str) -> str:
    checks = examine(office.settings, office.catalogue, date.fromisoformat(at))
    return next(str((each.problem or each.note).zh) for each in checks if each.what.en == "holidays")


def test_from_december_on_the_next_years_holidays_are_asked_for(office: Office) -> None:
    assert not office.run(f"{NEXT - 1}-11-30 09:00").unknown_holidays
    assert UNKNOWN not in office.exceptions()
    assert doctors_word(office, f"{NEXT - 1}-11-30") == f"已知到 {NEXT - 1} 年"

    assert office.run(f"{NEXT - 1}-12-01 09:00").unknown_holidays == NEXT
    assert UNKNOWN in office.exceptions()
    assert f"不知道 {NEXT} 年的节假日" in doctors_word(office, f"{NEXT - 1}-12-01")


def test_the_administrator_is_told_by_mail(tmp_path: Path) -> None:
    office = Office(tmp_path, ["first_contact"], PEOPLE, clerk="clerk@example.com")
    office.run(f"{NEXT - 1}-12-01 09:00")
    assert any(UNKNOWN in text for text in office.mails("clerk"))


def test_the_offices_own_table_supplies_them_and_deadlines_go_by_it(office: Office) -> None:
    days = [(1, "放假"), (2, "放假"), (3, "放假"), (4, "放假"), (9, "补班")]
    office.drop("holiday_table", *({"holiday_on": f"{NEXT}-01-{day:02d}", "holiday_kind": kind} for day, kind in days))
    office.run(f"{NEXT - 1}-12-30 09:00")
    assert UNKNOWN not in office.exceptions()
    assert doctors_word(office, f"{NEXT - 1}-12-30") == f"已知到 {NEXT - 1} 年，另有“节假日表”中的 5 天"

    # Thursday 31 December; off up to Monday 4 January: the next working day is Tuesday, where Friday would be without
    office.drop("matter", matter(f"{NEXT - 1}-12-31 09:00"))
    office.run(f"{NEXT - 1}-12-31 10:00")
    assert [row["应办结日"] for row in office.master("客户信息登记")] == [f"{NEXT}-01-05"]


def matter(at: str) -> dict[str, str]:
    return {
        "matter_source": "来电",
        "received_at": at,
        "matter_customer": "惠民超市",
        "matter_text": "冰柜不制冷",
        "first_receiver": "钱客服",
    }
