"""One customer in all procedures, by whatever name, number or telephone a paper calls him, and his life in one answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.main import main
from schemas.roster.samples import AREAS
from tests.tools.customers import SHOP, drop
from tests.tools.office import Office

PEOPLE = [
    ("S01", "赵敏", "市场经理"),
    ("K01", "王建国", "客户经理"),
    ("K02", "李秀英", "客户经理"),
    ("K03", "刘洋", "客户经理"),
    ("D01", "李敏", "录入员"),
    ("TS01", "陈静", "投诉专员"),
    ("TS03", "高建军", "总经理"),
]
OTHER = {"licence_no": "131123100026", "customer_name": "平安街烟酒店", "contact_phone": "13932820026"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path, ["new_customer", "visiting", "complaints"], PEOPLE)
    drop(office.settings, AREAS)
    office.drop("registration", {**SHOP, "filled_by": "李敏"}, {**SHOP, **OTHER, "filled_by": "李敏"})
    office.run("2026-11-02 09:00")
    return office


def listed(office: Office, *names: str) -> None:
    office.drop(
        "visit_customer_list",
        *({"visit_customer": name, "visit_class": "老客户", "visit_owner": "王建国"} for name in names),
    )


def complaint(customer: str) -> dict[str, str]:
    said = {"complained_on": "2026-11-02", "complainant": customer, "complaint_cause": "其他", "taken_by": "陈静"}
    return said | {"complaint_text": "送货晚到一天", "demand": "道歉"}


@pytest.mark.parametrize("written", ["131123100018", "13932820018", "惠民 超市", "惠民超市　"])
def test_a_number_a_telephone_and_blanks_in_a_name_lead_to_the_one_customer(office: Office, written: str) -> None:
    listed(office, written)
    office.drop("complaint", complaint(written))
    office.run("2026-11-02 10:00")
    assert [row["巡访客户"] for row in office.master("巡访客户")] == ["惠民超市"]
    assert [row["投诉客户"] for row in office.master("客户投诉")] == ["惠民超市"]
    told = f"巡访客户“{written.strip()}”就是“客户”中的“惠民超市”，按此录入"
    assert (told in office.repairs()) == (written.strip() != "惠民超市")
    assert office.exceptions() == []


def test_a_list_that_names_him_otherwise_changes_nothing_that_a_colleague_has_corrected(office: Office) -> None:
    listed(office, "惠民超市")
    office.run("2026-11-02 10:00")
    office.edit_master("巡访客户", "惠民超市", {"巡访类别": "重点客户"})
    office.run("2026-11-03 09:00")
    assert office.record("巡访客户", "惠民超市")["巡访类别"] == "重点客户"
    listed(office, "131123100018")
    office.run("2026-11-04 09:00")
    assert len(office.master("巡访客户")) == 1
    assert office.record("巡访客户", "惠民超市")["巡访类别"] == "重点客户"


def test_two_of_one_name_are_asked_and_parted_by_their_numbers(office: Office) -> None:
    office.drop("registration", {**SHOP, **OTHER, "licence_no": "131123100034", "contact_phone": "13932820034",
                                 "shop_address": "武强县街关镇南街3号", "principal": "周海", "filled_by": "李敏"})  # fmt: skip
    office.run("2026-11-02 10:00")
    listed(office, "平安街烟酒店")
    office.run("2026-11-02 11:00")
    those = "平安街烟酒店 131123100026、平安街烟酒店 131123100034"
    assert "巡访客户" not in office.pages()
    assert f"巡访客户“平安街烟酒店”在“客户”中有 2 户：{those}，不知是哪一户" in office.exceptions()
    listed(office, "131123100034")
    office.run("2026-11-02 12:00")
    assert "131123100034" in [row["巡访客户"] for row in office.master("巡访客户")]


def test_what_is_nearly_a_name_is_asked_and_enters(office: Office) -> None:
    listed(office, "惠民超巿", "新星副食", "131123199999")
    office.run("2026-11-02 10:00")
    assert office.exceptions() == [
        "巡访客户“惠民超巿”不在“客户”中，名称相近的有：惠民超市 131123100018",
        "巡访客户“131123199999”：“客户”中没有这个号码",
    ]
    assert len(office.master("巡访客户")) == 3


def test_where_no_customer_is_registered_every_name_is_taken_as_it_is_written(tmp_path: Path) -> None:
    office = Office(tmp_path, ["new_customer", "visiting"], PEOPLE)
    listed(office, "惠民超市", "131123100018")
    office.run("2026-11-02 10:00")
    assert [row["巡访客户"] for row in office.master("巡访客户")] == ["131123100018", "惠民超市"]
    assert not [said for said in office.exceptions() if "巡访客户" in said]


@pytest.mark.parametrize("called", ["惠民超市", "13932820018", "131123100018", "惠民百货"])
def test_history_tells_a_customers_life_across_all_procedures(office: Office, called: str) -> None:
    """He is renamed on the third day: what was said of him by the old name is his life, too."""
    listed(office, "惠民超市", "平安街烟酒店")
    office.drop("complaint", complaint("惠民超市"))
    office.run("2026-11-02 10:00")
    office.drop("registration", {**SHOP, "customer_name": "惠民百货", "filled_by": "李敏"})
    office.run("2026-11-03 09:00")
    told = CliRunner().invoke(main, ["history", called, "--ledger", str(office.settings.ledger)])
    assert (told.exit_code, told.stderr) == (0, "")
    assert [part in told.stdout for part in ("经营地址", "巡访类别: 老客户", "投诉内容: 送货晚到一天", "惠民百货")] == [
        True
    ] * 4
    assert "平安街烟酒店" not in told.stdout
    assert told.stdout.index("经营地址") < told.stdout.index("投诉内容") < told.stdout.index("惠民百货")
    assert [
        f"{register} {key}" in told.stdout for register, key in (("客户", SHOP["licence_no"]), ("巡访客户", "惠民超市"))
    ] == [True] * 2


@pytest.mark.parametrize(("leave", "told"), [("是", ["惠民超市 张三喜生日"]), ("否", []), (None, [])])
def test_birthdays_come_from_the_id_with_the_offices_leave(tmp_path: Path, leave: str | None, told: list[str]) -> None:
    """Born on 8 November: on the 2nd it is six days ahead. Whoever is on the list of care already is not told twice."""
    office = Office(tmp_path, ["new_customer", "customer_care"], PEOPLE)
    drop(office.settings, AREAS)
    if leave:
        row = {"parameter_of": "客户关怀", "parameter_name": "按登记的身份证号提醒生日", "parameter_value": leave}
        office.drop("parameter_table", {**row, "parameter_from": "2026-11-01"})
    office.drop(
        "registration",
        {**SHOP, "resident_id": "131123198011080015", "filled_by": "李敏"},
        {**SHOP, **OTHER, "resident_id": "131123198011080031", "principal": "周海", "filled_by": "李敏"},
    )
    contact = {
        "care_customer": "平安街烟酒店",
        "contact_name": "周海",
        "born_on": "1980-03-12",
        "care_person": "王建国",
    }
    office.drop("care_contact", contact)
    office.run("2026-11-02 09:00")
    assert [row["关怀事由"] for row in office.master("关怀提醒") if row["关怀事由"]] == told
