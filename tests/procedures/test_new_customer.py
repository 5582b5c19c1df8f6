"""新入网户: who may review. Registration to archive is played through in tests/commands/test_demo.py."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from schemas.language import Layout
from schemas.roster.samples import AREAS
from tests.render.reports.test_master_on_paper import PEOPLE as THEM
from tests.render.reports.test_master_on_paper import registered
from tests.tools.customers import SHOP
from tests.tools.office import Office

PEOPLE = [("S01", "赵敏", "市场经理"), ("K01", "王建国", "客户经理")]
KEY = str(SHOP["licence_no"])
SECOND = "131123100026"
FOUND = {
    "verdict": "属实", "market_type": "乡村", "trade_type": "超市", "trading_district": "居民区", "shop_scale": "小",
    "order_way": "网上订货", "pay_way": "现金", "order_day": "周一", "delivery_route": "03线", "customer_grade": 12,
    "policy_told": "已完成", "supply_told": "已完成", "ordering_told": "已完成", "verified_on": "2026-11-03", "verified_by": "王建国",
}  # fmt: skip
AREA = {"area_code": "131123102", "area_name": "周窝镇", "account_manager_no": "K01", "market_manager_no": "S01"}
PASSED = {"conclusion": "通过", "reviewed_on": "2026-11-03"}


def register(office: Office) -> None:
    """惠民超市 is registered in 周窝镇 on November 2."""
    office.drop("area_list", AREA)
    office.drop("registration", SHOP)
    office.run("2026-11-02 09:00")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path, ["new_customer"], PEOPLE)
    register(office)
    office.answer("K01", {KEY: {"verdict": "查无此户", "verified_on": "2026-11-03", "verified_by": "王建国"}})
    office.run("2026-11-03 09:00")
    return office


def test_only_a_market_manager_reviews(office: Office) -> None:
    said = {
        "王建国": "“惠民超市”的“核实人”就是王建国，不能由本人办理“审核”",
        "周婷": "“惠民超市”的“审核”应由“市场经理”办理，“周婷”不是该岗位的在岗人员",
    }
    for by, sentence in said.items():
        office.drop("review_sheet", {"licence_no": KEY, **PASSED, "reviewed_by": by})
        office.run("2026-11-03 10:00")
        assert sentence in office.exceptions()
    assert office.record("客户", KEY)["当前状态"] == "待审核"


def test_the_market_manager_sends_back_with_a_reason(office: Office) -> None:
    office.answer("S01", {KEY: {**PASSED, "conclusion": "退回", "opinion": "请再找", "reviewed_by": "赵敏"}})
    office.run("2026-11-03 10:00")

    assert office.record("客户", KEY)["当前状态"] == "待核实"
    (row,) = office.worklist("K01", "核实")
    assert row["退回原因"] == "请再找"


def test_a_review_before_the_visit_is_refused(office: Office) -> None:
    office.answer(
        "S01", {KEY: {"conclusion": "退回", "opinion": "请再找", "reviewed_on": "2026-11-01", "reviewed_by": "赵敏"}}
    )
    office.run("2026-11-03 10:00")
    assert office.exceptions() == ["审核日期“2026-11-01”早于核实日期“2026-11-03”，先后不对"]
    assert office.record("客户", KEY)["当前状态"] == "待审核"

    office.answer(
        "S01", {KEY: {"conclusion": "退回", "opinion": "请再找", "reviewed_on": "2026-11-03", "reviewed_by": "赵敏"}}
    )
    office.run("2026-11-03 11:00")
    assert office.record("客户", KEY)["当前状态"] == "待核实"
    assert office.exceptions() == []


def test_a_visit_before_the_registration_is_refused(office: Office) -> None:
    office.drop(
        "registration", {**SHOP, "licence_no": SECOND, "contact_phone": "13932820026", "registered_on": "2026-11-03"}
    )
    office.run("2026-11-03 10:00")
    office.answer("K01", {SECOND: {"verdict": "查无此户", "verified_on": "2026-01-03", "verified_by": "王建国"}})
    office.run("2026-11-03 11:00")
    assert "核实日期“2026-01-03”早于登记日期“2026-11-03”，先后不对" in office.exceptions()
    assert office.record("客户", SECOND)["当前状态"] == "待核实"


def test_the_fault_stays_when_the_same_answer_comes_again(office: Office) -> None:
    answer = {"conclusion": "退回", "opinion": "请再找", "reviewed_on": "2026-11-01", "reviewed_by": "赵敏"}
    office.drop("review_sheet", {"licence_no": KEY, **answer})
    office.run("2026-11-03 10:00")
    office.drop("review_sheet", {"licence_no": KEY, **answer}, layout=Layout.CARD)
    office.run("2026-11-03 11:00")
    assert office.exceptions() == ["审核日期“2026-11-01”早于核实日期“2026-11-03”，先后不对"]


def test_what_one_answer_makes_required_is_said_above_the_rows_and_on_the_visit_sheet(tmp_path: Path) -> None:
    """核实结果 is the only star among the cells of a shop's trade: whoever found it true has to fill ten more."""
    office = Office(tmp_path, ["new_customer"], THEM)
    office.drop("area_list", *AREAS.records)
    office.drop("registration", registered(12))
    office.run("2026-11-02 09:00")
    for folder in ("worklists", "visits"):
        (path,) = (office.settings.outbox / folder).glob("K*.xlsx")
        texts = [
            str(cell.value)
            for sheet in openpyxl.load_workbook(path)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value
        ]
        (said,) = [text for text in texts if "核实结果为属实" in text and "商圈、" in text]
        assert "订货程序" in said and "都要填" in said


@pytest.mark.parametrize("first", [True, False])
def test_who_has_verified_and_who_reviews_read_that_it_is_another_shop_now(tmp_path: Path, first: bool) -> None:
    # verified as 惠民超市 of 张三喜; the clerk hands in the same licence once more, as another shop of another man
    office = Office(tmp_path, ["new_customer"], [*PEOPLE, ("A01", "李敏", "系统管理员")])
    office.drop(
        "area_list",
        {"area_code": "131123102", "area_name": "周窝镇", "account_manager_no": "K01", "market_manager_no": "S01"},
    )
    listed = SHOP | {"filled_by": "李敏"}
    office.drop("registration", listed)
    office.run("2026-11-02 09:00")

    def verify() -> None:
        office.answer("K01", {KEY: FOUND})

    anew = listed | {"customer_name": "惠民超市改", "principal": "李四"}
    for step in (
        (lambda: office.drop("registration", anew), verify)
        if first
        else (verify, lambda: office.drop("registration", anew))
    ):
        step()
    office.run("2026-11-03 09:00")
    assert office.record("客户", KEY)["当前状态"] == "待审核"
    for person in ("K01", "S01"):
        mail = office.mails(person)[-1]
        assert "客户名称“惠民超市”改为“惠民超市改”" in mail and "负责人“张三喜”改为“李四”" in mail, (person, mail)


@pytest.fixture
def verified(tmp_path: Path) -> Office:
    """Two areas, each with an account manager; the shop is verified, its ordering was not explained."""
    office = Office(tmp_path, ["new_customer"], [*PEOPLE, ("K02", "刘二", "客户经理"), ("A01", "李敏", "系统管理员")])
    areas = [("131123102", "周窝镇", "K01"), ("131123100", "武强镇", "K02")]
    office.drop(
        "area_list",
        *(
            {"area_code": code, "area_name": name, "account_manager_no": manager, "market_manager_no": "S01"}
            for code, name, manager in areas
        ),
    )
    office.drop("registration", SHOP)
    office.run("2026-11-02 09:00")
    office.answer("K01", {KEY: {**FOUND, "ordering_told": "未完成"}})
    office.run("2026-11-03 09:00")
    return office


def test_what_the_customer_was_not_told_is_told_before_he_is_archived(verified: Office) -> None:
    verified.answer("S01", {KEY: {**PASSED, "reviewed_by": "赵敏"}})
    verified.run("2026-11-03 10:00")
    assert any("订货程序未完成" in f"{row}" for row in verified.open_exceptions())
    assert verified.record("客户", KEY)["当前状态"] == "待审核"
    sent_back = {**PASSED, "conclusion": "退回", "opinion": "讲订货程序", "reviewed_by": "赵敏"}
    verified.answer("S01", {KEY: sent_back})  # the advice is followed
    verified.run("2026-11-03 11:00")
    verified.answer("K01", {KEY: FOUND})
    verified.run("2026-11-03 12:00")
    verified.answer("S01", {KEY: {**PASSED, "reviewed_by": "赵敏"}})
    verified.run("2026-11-03 13:00")
    assert (verified.record("客户", KEY)["当前状态"], verified.exceptions()) == ("已归档", [])

    moved = {"licence_no": KEY, "change_kind": "变更", "change_item": "所属区域", "changed_to": "武强镇"}
    moved |= {"effective_on": "2026-11-04", "change_reason": "搬迁", "handled_by": "李敏"}
    verified.drop("change_sheet", moved)
    verified.run("2026-11-04 09:00")
    record = verified.record("客户", KEY)  # whoever serves it looks after him now
    assert (record["所在辖区"], record["分配依据"]) == ("武强镇", "武强镇（所属区域）")


@pytest.mark.parametrize(
    ("area", "address", "told"),
    [
        (
            "周窝镇",
            "武强县武强镇平安街1号",
            "“惠民超市”的所属区域“周窝镇”与经营地址“武强县武强镇平安街1号”不符，现按所属区域归入周窝镇",
        ),
        (
            "火星",
            "武强县武强镇平安街1号",
            "“惠民超市”的所属区域“火星”与经营地址“武强县武强镇平安街1号”不符，现按经营地址归入武强镇",
        ),
        ("周窝镇", "武强县周窝镇周窝村12号", ""),
        ("周窝镇", "武强县平安街1号", ""),
        ("", "武强县武强镇平安街1号", ""),
    ],
)
def test_an_area_that_does_not_go_with_the_address_is_told(tmp_path: Path, area: str, address: str, told: str) -> None:
    office = Office(tmp_path, ["new_customer"], PEOPLE)
    serves = {"account_manager_no": "K01", "market_manager_no": "S01"}
    office.drop(
        "area_list",
        {"area_code": "131123102", "area_name": "周窝镇", **serves},
        {"area_code": "131123100", "area_name": "武强镇", **serves},
    )
    office.drop("registration", SHOP | {"shop_address": address, "area_of_shop": area})
    office.run("2026-11-02 09:00")
    assert office.exceptions() == ([told] if told else [])


def test_a_market_manager_who_signs_a_visit_on_a_worklist_is_told_to_whose_it_was(tmp_path: Path) -> None:
    """He serves the area, too, but its visits are the account manager's: it was taken for his own work."""
    office = Office(tmp_path, ["new_customer"], PEOPLE)
    register(office)
    office.answer("K01", {KEY: {**FOUND, "verified_by": "赵敏"}})
    office.run("2026-11-03 09:00")
    read = {row["由谁处理"]: row["问题"] for row in office.open_exceptions() if "任务表" in row["问题"]}
    assert read == {
        "王建国": "王建国的任务表由赵敏填写交回（“核实”页 1 行），已按赵敏办理登记",
        "赵敏": "您填写交回的是王建国的任务表（“核实”页 1 行），已按您办理登记",
    }


@pytest.mark.parametrize("other", ["孙强", ""])
def test_whoever_has_verified_a_customer_does_not_review_him_nor_as_a_stand_in(tmp_path: Path, other: str) -> None:
    """“市场经理……负责审核客户经理上报新入网户业务信息”: not what he has reported himself, whosever place he takes."""
    office = Office(tmp_path, ["new_customer"], [*PEOPLE, *([("S02", other, "市场经理")] if other else [])])
    away = {"staff_no": "S01", "staff_name": "赵敏", "staff_role": "市场经理", "staff_email": "S01@example.com"}
    away |= {"staff_away_from": "2026-11-03", "staff_away_to": "2026-11-30", "staff_stand_in": "王建国"}
    office.drop("staff_list", away)
    register(office)
    office.answer("K01", {KEY: FOUND})
    office.run("2026-11-03 09:00")
    record = office.record("客户", KEY)
    assert (record["当前状态"], record["当前办理人"]) == ("待审核", None)
    why = "赵敏（2026-11-03至2026-11-30）不在岗，代办人王建国也不能办自己经手的"
    assert f"“惠民超市”没有人可办“审核”：{why}" in office.exceptions()
    office.drop("review_sheet", {"licence_no": KEY, **PASSED, "reviewed_by": "王建国"})
    office.run("2026-11-03 10:00")
    assert office.record("客户", KEY)["当前状态"] == "待审核"
    if other:
        office.drop("review_sheet", {"licence_no": KEY, **PASSED, "reviewed_by": other})
        office.run("2026-11-03 11:00")
        assert office.record("客户", KEY)["当前状态"] == "已归档"


def test_a_registration_filled_by_a_manager_is_told_once_a_sheet(tmp_path: Path) -> None:
    """000, 4.3.6.4 2): the system administrator fills it; where the office has none, nobody is told."""
    office = Office(tmp_path, ["new_customer"], [*PEOPLE, ("C01", "李敏", "系统管理员")])
    serves = {"account_manager_no": "K01", "market_manager_no": "S01"}
    office.drop("area_list", {"area_code": "131123102", "area_name": "周窝镇", **serves})
    others = (
        {"licence_no": f"13112310003{n}", "contact_phone": f"1393282003{n}", "customer_name": f"{name}店"}
        for n, name in ((2, "甲"), (4, "乙"))
    )
    office.drop("registration", *(SHOP | {"filled_by": "王建国"} | other for other in ({}, *others)))
    office.drop("registration", SHOP | {"licence_no": SECOND, "contact_phone": "13932820026", "filled_by": "李敏"})
    office.run("2026-11-02 09:00")
    told = "“惠民超市等 3 件”的“登记”应由系统管理员办理，表上填的是“王建国”"
    rows = [(row["由谁处理"], row["问题"]) for row in office.open_exceptions() if "登记" in row["问题"]]
    assert sorted(rows) == [("王建国", told), ("赵敏", told)]
    assert len(office.master("客户")) == 4


@pytest.mark.parametrize(("by", "told"), [("王建国", True), ("李敏", False)])
def test_that_a_customer_ends_on_the_word_of_somebody_else_than_the_administrator_is_told(
    tmp_path: Path, by: str, *, told: bool
) -> None:
    """4.3.6.4: the system administrator keeps what is registered; a telephone may come from whoever serves the customer."""
    office = Office(tmp_path, ["new_customer"], [*PEOPLE, ("A01", "李敏", "系统管理员")])
    office.drop("area_list", AREA)
    office.drop("registration", SHOP | {"filled_by": "李敏"})
    office.run("2026-11-02 09:00")
    change = {"licence_no": KEY, "effective_on": "2026-11-03", "handled_by": by}
    office.drop(
        "change_sheet", change | {"change_kind": "变更", "change_item": "联系电话", "changed_to": "13932810077"}
    )
    office.run("2026-11-03 09:00")
    assert not any("应由系统管理员办理" in each for each in office.exceptions())
    office.drop("change_sheet", change | {"change_kind": "注销", "change_reason": "不做了"})
    office.run("2026-11-03 10:00")
    assert office.record("客户", KEY)["当前状态"] == "已注销"
    said = (
        [(row["由谁处理"], row["问题"]) for row in office.open_exceptions() if "变更" in str(row["问题"])]
        if told
        else []
    )
    sentence = f"“惠民超市”的“变更”应由系统管理员办理，表上填的是“{by}”"
    assert sorted(set(said)) == ([("王建国", sentence), ("赵敏", sentence)] if told else [])
    assert any(sentence in each for each in office.exceptions()) is told


@pytest.mark.parametrize("said", [{"opinion": "信息有误"}, {"conclusion": "信息有误"}, {"opinion": "店名与执照不符。"}])
def test_a_review_that_says_that_something_is_wrong_lets_nobody_pass(tmp_path: Path, said: dict[str, str]) -> None:
    office = Office(tmp_path, ["new_customer"], PEOPLE)
    register(office)
    office.answer("K01", {KEY: FOUND})
    office.run("2026-11-03 09:00")
    office.answer("S01", {KEY: {**PASSED, "reviewed_by": "赵敏", **said}})
    office.run("2026-11-03 10:00")
    assert office.record("客户", KEY)["当前状态"] == "待审核"
    assert any(str(row["问题"]).startswith("审核") for row in office.open_exceptions())
    office.answer("S01", {KEY: {**PASSED, "reviewed_by": "赵敏", "opinion": "核对无误"}})
    office.run("2026-11-03 11:00")
    assert office.record("客户", KEY)["当前状态"] == "已归档"


def test_a_shop_is_not_open_again_before_the_day_on_which_it_closed(verified: Office) -> None:
    """Closed from November 5 on; open again from the 4th on is refused, from the 6th on it is taken."""
    verified.answer("S01", {KEY: {**PASSED, "reviewed_by": "赵敏"}})
    verified.run("2026-11-03 10:00")
    change = {"licence_no": KEY, "change_reason": "装修", "handled_by": "李敏"}
    verified.drop("change_sheet", change | {"change_kind": "停业", "effective_on": "2026-11-05"})
    verified.run("2026-11-05 09:00")
    assert verified.record("客户", KEY)["当前状态"] == "停业"
    verified.drop("change_sheet", change | {"change_kind": "恢复营业", "effective_on": "2026-11-04"})
    verified.run("2026-11-06 09:00")
    assert verified.record("客户", KEY)["当前状态"] == "停业"
    assert any("生效日期“2026-11-04”早于上次的生效日期“2026-11-05”" in each for each in verified.exceptions())
    verified.drop("change_sheet", change | {"change_kind": "恢复营业", "effective_on": "2026-11-06"})
    verified.run("2026-11-06 10:00")
    assert verified.record("客户", KEY)["当前状态"] != "停业"


TWO_AREAS = [
    {"area_code": "131123102", "area_name": "周窝镇", "account_manager_no": "K01", "market_manager_no": "S01"},
    {"area_code": "131123100", "area_name": "武强镇", "account_manager_no": "K02", "market_manager_no": "S02"},
]
COUNTY = [*PEOPLE, ("K02", "刘二", "客户经理"), ("S02", "钱市", "市场经理"), ("A01", "李敏", "系统管理员")]


@pytest.fixture
def county(tmp_path: Path) -> Office:
    """惠民超市 of 周窝镇, which K01 and S01 serve, was verified."""
    office = Office(tmp_path, ["new_customer"], COUNTY)
    office.drop("area_list", *TWO_AREAS)
    office.drop("registration", SHOP | {"filled_by": "李敏"})
    office.run("2026-11-02 09:00")
    office.answer("K01", {KEY: FOUND})
    office.run("2026-11-03 09:00")
    return office


def test_a_review_by_the_manager_of_another_area_is_told_to_both(county: Office) -> None:
    passed = {"conclusion": "通过", "opinion": "相符", "reviewed_on": "2026-11-03", "reviewed_by": "钱市"}
    county.drop("review_sheet", {"licence_no": KEY, **passed})
    county.run("2026-11-03 10:00")
    assert county.record("客户", KEY)["当前状态"] == "已归档"
    said = "“惠民超市”的“审核”应由赵敏办理，表上填的是“钱市”"
    assert {row["由谁处理"] for row in county.open_exceptions() if row["问题"] == said} == {"赵敏", "钱市"}


@pytest.mark.parametrize("kind", ["注销", "停业"])
def test_whoever_serves_an_area_reads_that_a_customer_there_closes(county: Office, kind: str) -> None:
    """He lies with 赵敏 to be reviewed: her row is gone. Those of the other area have nothing to do with him."""
    change = {"licence_no": KEY, "change_kind": kind, "effective_on": "2026-11-04", "change_reason": "拆迁"}
    before = {number: len(county.mails(number)) for number in ("K02", "S02")}
    county.drop("change_sheet", change | {"handled_by": "李敏"})
    county.run("2026-11-04 09:00")
    for person in ("K01", "S01"):
        letter = county.mails(person)[-1]
        assert "惠民超市" in letter and f"变更：{kind}（李敏" in letter and "拆迁" in letter, (person, letter)
    for person, count in before.items():
        assert not any("惠民超市" in letter for letter in county.mails(person)[count:])


def test_whoever_served_an_archived_customer_reads_that_he_opens_again(county: Office) -> None:
    passed = {"conclusion": "通过", "opinion": "相符", "reviewed_on": "2026-11-03", "reviewed_by": "赵敏"}
    county.answer("S01", {KEY: passed})
    county.run("2026-11-03 10:00")
    for day, kind in (("2026-11-04", "停业"), ("2026-11-05", "恢复营业")):
        change = {"licence_no": KEY, "change_kind": kind, "effective_on": day, "handled_by": "李敏"}
        county.drop("change_sheet", change)
        county.run(f"{day} 09:00")
        for person in ("K01", "S01"):
            assert f"变更：{kind}（李敏" in county.mails(person)[-1]


def test_who_has_signed_is_replaced_neither_in_the_master_nor_by_a_sheet_of_changes(county: Office) -> None:
    """赵敏 has reviewed it: 钱市, who never saw it, and 王建国, who has verified it himself, do not become its reviewers."""
    passed = {"conclusion": "通过", "opinion": "相符", "reviewed_on": "2026-11-03", "reviewed_by": "赵敏"}
    county.answer("S01", {KEY: passed})
    county.run("2026-11-03 10:00")
    for name in ("钱市", "王建国"):
        county.edit_master("客户", KEY, {"审核人": name})
        county.run("2026-11-03 11:00")
        assert county.record("客户", KEY)["审核人"] == "赵敏"
        told = [each for each in county.exceptions() if "“审核”已经签字办过，总表“审核人”一栏的改动未采用" in each]
        assert len(told) == 1 and f"您填“{name}”，台账中是“赵敏”" in told[0]
    change = {"licence_no": KEY, "change_kind": "变更", "change_item": "审核人", "changed_to": "钱市"}
    county.drop("change_sheet", change | {"effective_on": "2026-11-04", "handled_by": "李敏"})
    county.run("2026-11-04 09:00")
    assert county.record("客户", KEY)["审核人"] == "赵敏"
    assert any("审核人" in each for each in county.exceptions())


def test_an_archived_customer_who_moves_to_another_area_is_told_to_both_market_managers(county: Office) -> None:
    """4.3.6.4 1): customers are given out by area. He is written as of 周窝镇 and lies in 武强镇 by now."""
    county.drop("registration", SHOP | {"filled_by": "李敏", "area_of_shop": "周窝镇"})
    county.run("2026-11-03 09:30")
    county.answer(
        "S01", {KEY: {"conclusion": "通过", "opinion": "相符", "reviewed_on": "2026-11-03", "reviewed_by": "赵敏"}}
    )
    county.run("2026-11-03 10:00")
    change = {"licence_no": KEY, "change_kind": "变更", "handled_by": "李敏"}
    moved = change | {"change_item": "经营地址", "changed_to": "武强县武强镇999号", "effective_on": "2026-11-04"}
    county.drop("change_sheet", moved)
    county.run("2026-11-04 09:00")
    county.run("2026-11-05 09:00")
    told = "“惠民超市”的经营地址是“武强县武强镇999号”，所属区域还是“周窝镇”，仍由该区域的客户经理负责"
    assert county.exceptions()
    rows = {str(row["由谁处理"]): row["怎样改"] for row in county.open_exceptions() if row["问题"] == told}
    assert set(rows) == {"赵敏", "钱市"}
    assert rows["赵敏"] == "搬走了的，交信息变更表改所属区域；地址写错的改正"
    right = change | {"change_item": "所属区域", "changed_to": "武强镇", "effective_on": "2026-11-05"}
    county.drop("change_sheet", right)
    county.run("2026-11-05 10:00")
    assert told not in county.exceptions()
    assert "李敏 2026-11-05 把所属区域“周窝镇”改为“武强镇”" in county.mails("K02")[-1]  # he is whose customer it is now


def test_whoever_has_reviewed_a_customer_reads_that_it_has_another_name_by_now(county: Office) -> None:
    """4.3.6.4 1): 钱市 of the other area has reviewed it; an administrator renames it in the master."""
    passed = {"conclusion": "通过", "opinion": "相符", "reviewed_on": "2026-11-03", "reviewed_by": "钱市"}
    county.drop("review_sheet", {"licence_no": KEY, **passed})
    county.run("2026-11-03 10:00")
    county.edit_master("客户", KEY, {"客户名称": "惠民超市改"})
    county.run("2026-11-04 09:00")
    assert "“惠民超市”改为“惠民超市改”" in county.mails("S02")[-1]
