"""客户关系维护费, played through October's expenses: requests, lines, three signatures, payment, what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.tools.office import Office

PEOPLE = [("FY01", "何敏", "费用专员"), ("FY02", "孙强", "销售主管"), ("FY03", "许会计", "财务")]


def request(**more: Any) -> dict[str, Any]:
    return {
        "expense_kind": "新客户特殊费用",
        "expense_customer": "惠民超市",
        "requested_amount": 800,
        "expense_use": "开业赞助",
        "requested_on": "2026-11-02",
        "requested_by": "何敏",
    } | more


def line(customer: str, expense: float, received: str) -> dict[str, Any]:
    return {
        "expense_month": "2026年10月",
        "line_customer": customer,
        "purchases": 5000,
        "payment_received": received,
        "line_expense": expense,
        "line_by": "何敏",
    }


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, ["relationship_expenses"], PEOPLE)


def october(office: Office) -> None:
    office.drop("expense_line", line("惠民超市", 300, "是"), line("平安街烟酒店", 200, "否"))
    office.run("2026-11-02 09:00")
    office.answer("FY01", {"2026-10": {"customers_counted": 2, "month_total": 500, "summed_by": "何敏"}})
    office.run("2026-11-03 09:00")


def signed(who: str, name: str) -> dict[str, str]:
    return {f"{who}_check": "同意", f"{who}_signed": name}


def test_a_month_is_summed_up_signed_three_times_and_paid_from_the_ninth_working_day(office: Office) -> None:
    # working days of November 2026: 2 3 4 5 6, 9 10 11 12: the 3rd is 11-04, the 8th 11-11, the 9th 11-12
    office.drop("expense_line", line("惠民超市", 300, "是"), line("平安街烟酒店", 200, "否"))
    office.run("2026-11-02 09:00")
    month = office.record("费用月报", "2026-10")
    assert (month["当前状态"], month["应办结日"], month["可付金额"]) == ("待汇总", "2026-11-04", 300)

    office.answer("FY01", {"2026-10": {"customers_counted": 2, "month_total": 500, "summed_by": "何敏"}})
    office.run("2026-11-03 09:00")
    assert office.record("费用月报", "2026-10")["应办结日"] == "2026-11-11"
    for person, who, name in (("FY01", "clerk", "何敏"), ("FY02", "sales", "孙强"), ("FY03", "finance", "许会计")):
        office.answer(person, {"2026-10": signed(who, name)})
        office.run("2026-11-04 09:00")
    assert office.record("费用月报", "2026-10")["当前状态"] == "待付款"

    payment = {"paid_amount": 300, "paid_on": "2026-11-05", "paid_by": "许会计"}
    office.answer("FY03", {"2026-10": payment})
    office.run("2026-11-05 09:00")
    assert office.record("费用月报", "2026-10")["当前状态"] == "待付款"
    assert office.exceptions() == ["次月第 9 个工作日才开始付款"]

    office.answer("FY03", {"2026-10": payment | {"paid_on": "2026-11-12"}})
    office.run("2026-11-12 09:00")  # the first run since the 5th
    assert office.record("费用月报", "2026-10")["当前状态"] == "已付款"
    assert office.figures("统计", "费用按月") == [["2026-10", 500, 300, 300]]
    assert office.exceptions() == []


def test_a_month_that_may_be_paid_and_is_not_becomes_overdue(office: Office) -> None:
    """第三条 2: paid out from the 9th working day on, 11-12. Five working days after it, ours, is 11-19; on the 23rd it is four late."""
    october(office)
    for person, who, name in (("FY01", "clerk", "何敏"), ("FY02", "sales", "孙强"), ("FY03", "finance", "许会计")):
        office.answer(person, {"2026-10": signed(who, name)})
        office.run("2026-11-04 09:00")
    (row,) = office.worklist("FY03", "费用付款")
    assert (row["应办结日"], row["可付金额"]) == ("2026-11-19", 300)
    office.run("2026-11-19 09:00")
    assert "逾期情况" not in office.tasks("FY02")
    office.run("2026-11-23 09:00")
    (row,) = office.worklist("FY03", "费用付款")
    assert row["时限提醒"] == "逾期 4 天"
    assert "逾期情况" in office.tasks("FY02")


def test_a_month_of_which_nothing_may_be_paid_yet_has_time_from_the_day_on_which_the_money_comes(
    office: Office,
) -> None:
    """Signed by 11-04, and no customer has paid; the money of one is there on 11-25: five working days later is 12-02."""
    office.drop("expense_line", line("惠民超市", 300, "否"))
    office.run("2026-11-02 09:00")
    office.answer("FY01", {"2026-10": {"customers_counted": 1, "month_total": 300, "summed_by": "何敏"}})
    office.run("2026-11-03 09:00")
    for person, who, name in (("FY01", "clerk", "何敏"), ("FY02", "sales", "孙强"), ("FY03", "finance", "许会计")):
        office.answer(person, {"2026-10": signed(who, name)})
        office.run("2026-11-04 09:00")
    office.run("2026-11-24 09:00")
    assert office.record("费用月报", "2026-10")["应办结日"] is None
    assert "逾期情况" not in office.tasks("FY02")
    office.drop("expense_line", line("惠民超市", 300, "是"))
    office.run("2026-11-25 09:00")
    month = office.record("费用月报", "2026-10")
    assert (month["当前状态"], month["可付金额"], month["应办结日"]) == ("待付款", 300, "2026-12-02")


def test_the_working_days_of_a_month_after_holidays_are_its_own(office: Office) -> None:
    # October 2026: holidays to the 7th; worked 8 9 10 (a Saturday), 12 13 14 15 16, 19: the 3rd, the 8th, the 9th
    office.drop("expense_line", line("惠民超市", 300, "是") | {"expense_month": "2026-09"})
    office.run("2026-10-08 09:00")
    assert office.record("费用月报", "2026-09")["应办结日"] == "2026-10-10"
    office.answer("FY01", {"2026-09": {"customers_counted": 1, "month_total": 300, "summed_by": "何敏"}})
    office.run("2026-10-09 09:00")
    assert office.record("费用月报", "2026-09")["应办结日"] == "2026-10-16"
    for person, who, name in (("FY01", "clerk", "何敏"), ("FY02", "sales", "孙强"), ("FY03", "finance", "许会计")):
        office.answer(person, {"2026-09": signed(who, name)})
        office.run("2026-10-12 09:00")
    payment = {"paid_amount": 300, "paid_by": "许会计"}
    office.answer("FY03", {"2026-09": payment | {"paid_on": "2026-10-16"}})
    office.run("2026-10-16 09:00")
    assert office.exceptions() == ["次月第 9 个工作日才开始付款"]
    office.answer("FY03", {"2026-09": payment | {"paid_on": "2026-10-19"}})
    office.run("2026-10-19 09:00")
    assert office.record("费用月报", "2026-09")["当前状态"] == "已付款"


def test_no_more_is_paid_than_may_be(office: Office) -> None:
    october(office)  # 300 yuan of a customer that has paid, 200 of one that has not
    for person, who, name in (("FY01", "clerk", "何敏"), ("FY02", "sales", "孙强"), ("FY03", "finance", "许会计")):
        office.answer(person, {"2026-10": signed(who, name)})
        office.run("2026-11-04 09:00")
    office.run("2026-11-12 09:00")
    payment = {"paid_on": "2026-11-12", "paid_by": "许会计"}
    office.answer("FY03", {"2026-10": payment | {"paid_amount": 300.01}})
    office.run("2026-11-12 10:00")
    assert office.record("费用月报", "2026-10")["当前状态"] == "待付款"
    assert "付款金额“300.01”超过了可付金额“300”" in office.exceptions()
    office.answer("FY03", {"2026-10": payment | {"paid_amount": 300}})
    office.run("2026-11-12 11:00")
    assert office.record("费用月报", "2026-10")["当前状态"] == "已付款"


def test_a_late_signature_is_the_sales_heads_to_see_and_voids_no_month(office: Office) -> None:
    october(office)
    office.answer("FY01", {"2026-10": signed("clerk", "何敏")})
    office.run("2026-11-04 09:00")
    office.run("2026-11-12 09:00")
    assert office.record("费用月报", "2026-10")["时限提醒"] == "逾期 1 天"
    office.answer("FY02", {"2026-10": signed("sales", "孙强")})
    office.run("2026-11-12 10:00")
    assert office.record("费用月报", "2026-10")["当前状态"] == "待财务审核"
    assert "次月第 9 个工作日才开始付款" not in office.exceptions()


def test_special_fees_and_gifts_enter_a_month_and_are_paid_when_the_customer_has_paid(office: Office) -> None:
    gift = request(
        expense_kind="礼品", requested_amount=150, expense_customer="平安街烟酒店", requested_on="2026-10-20"
    )
    office.drop("expense_request", request(requested_on="2026-10-20"), gift)
    office.run("2026-10-20 09:00")
    decided = {"expense_answer": "同意", "granted_by": "孙强", "granted_on": "2026-10-21"}
    office.answer("FY02", {"FY261001": decided, "FY261002": decided})
    office.run("2026-10-21 09:00")
    office.run("2026-11-02 09:00")
    month = office.record("费用月报", "2026-10")  # 800 + 150 were granted; 惠民超市 has not paid yet
    assert (month["特殊费用及礼品"], month["可付金额"]) == (950, 150)
    office.drop("expense_line", line("惠民超市", 300, "是"))
    office.run("2026-11-02 10:00")
    month = office.record("费用月报", "2026-10")  # 150 + 800 + 300
    assert (month["各行合计"], month["特殊费用及礼品"], month["可付金额"]) == (300, 950, 1250)


def test_a_month_in_which_nothing_was_used_is_not_opened(office: Office) -> None:
    office.drop("expense_request", request())  # asked for in November, not granted yet
    office.run("2026-11-02 09:00")
    office.run("2026-12-01 09:00")
    assert "费用月报" not in office.pages() or office.master("费用月报") == []


def test_a_gift_that_the_head_of_sales_asks_for_is_his_superior_s_to_approve(tmp_path: Path) -> None:
    """公司客户服务管理办法 第六条: 报主管上级审批."""
    office = Office(tmp_path, ["relationship_expenses"], [*PEOPLE, ("FY04", "孙经", "经理")])
    office.drop("expense_request", request(expense_kind="赠送礼品", requested_by="孙强"))
    office.run("2026-11-02 09:00")
    record = office.record("费用申请", "FY261101")
    said = "按岗位（费用审批）；孙强不能办自己经手的，交上级岗位“经理”办理"
    assert (record["当前办理人"], record["分配依据"]) == ("孙经", said)
    office.answer("FY04", {"FY261101": {"expense_answer": "同意", "granted_by": "孙经", "granted_on": "2026-11-03"}})
    office.run("2026-11-03 09:00")
    assert office.record("费用申请", "FY261101")["当前状态"] == "已批"
    assert office.exceptions() == []


def test_no_more_is_settled_than_was_advanced(office: Office) -> None:
    office.drop("expense_request", request(expense_kind="预支", requested_amount=1000, expense_use="兑付"))
    office.run("2026-11-02 09:00")
    office.answer("FY02", {"FY261101": {"expense_answer": "同意", "granted_by": "孙强", "granted_on": "2026-11-02"}})
    office.run("2026-11-02 10:00")
    settled = {"settled_on": "2026-11-12", "settled_by": "许会计"}
    office.answer("FY03", {"FY261101": settled | {"settled_amount": 1200}})
    office.run("2026-11-12 09:00")
    assert office.exceptions() == ["核销金额“1200”超过了申请金额“1000”"]
    office.answer("FY03", {"FY261101": settled | {"settled_amount": 1000}})
    office.run("2026-11-12 10:00")
    assert (office.record("费用申请", "FY261101")["当前状态"], office.exceptions()) == ("已核销", [])


def test_what_is_returned_is_summed_up_anew_and_only_the_role_may_sign(office: Office) -> None:
    october(office)
    office.drop("expense_clerk_check", {"expense_month": "2026-10", **signed("clerk", "孙强")})
    office.run("2026-11-04 09:00")
    assert "“2026-10”的“经办核对”应由“费用专员”办理，“孙强”不是该岗位的在岗人员" in office.exceptions()
    office.answer("FY01", {"2026-10": {"clerk_check": "退回", "clerk_reason": "少一户", "clerk_signed": "何敏"}})
    office.run("2026-11-04 10:00")
    (row,) = office.worklist("FY01", "费用汇总")
    assert row["退回原因"] == "少一户"


def test_sums_that_differ_and_payments_that_exceed_are_told(office: Office) -> None:
    office.drop("expense_line", line("惠民超市", 300, "是"))
    office.run("2026-11-02 09:00")
    office.answer("FY01", {"2026-10": {"customers_counted": 1, "month_total": 310, "summed_by": "何敏"}})
    office.run("2026-11-03 09:00")
    assert "汇总 310 元，各行合计 300 元，不相等" in office.exceptions()
    office.answer("FY01", {"2026-10": {"clerk_check": "退回", "clerk_reason": "核对", "clerk_signed": "何敏"}})
    office.run("2026-11-03 10:00")
    office.answer("FY01", {"2026-10": {"customers_counted": 2, "month_total": 300, "summed_by": "何敏"}})
    office.run("2026-11-03 11:00")
    assert office.exceptions() == ["汇总 2 户，各行合计 1 户，不相等"]


def test_special_fees_come_before_the_contract_and_nobody_approves_his_own(office: Office) -> None:
    office.drop(
        "expense_request",
        request(),
        request(expense_customer="乙", contract_on="2026-11-01"),
        request(expense_customer="丙", expense_kind="礼品", requested_by="孙强"),
    )
    office.run("2026-11-02 09:00")
    assert [row["费用客户"] for row in office.master("费用申请")] == ["惠民超市", "丙"]
    assert "合同签订以后才申请的特殊费用不予受理" in office.exceptions()

    decided = {"expense_answer": "同意", "granted_by": "孙强", "granted_on": "2026-11-03"}
    office.drop("expense_grant", {"request_no": "FY261101", **decided}, {"request_no": "FY261102", **decided})
    office.run("2026-11-03 09:00")
    assert office.record("费用申请", "FY261101")["当前状态"] == "已批"
    assert "“丙”的“费用申请人”就是孙强，不能由本人办理“费用审批”" in office.exceptions()


def test_one_special_fee_asked_for_by_two_is_told_to_who_decides_and_who_asked_later(office: Office) -> None:
    """何敏 asks for 800 on 11-02, 丁玲 for the same customer on 11-04, for another use; of another amount nothing is said."""
    office.drop("staff_list", {"staff_no": "FY04", "staff_name": "丁玲", "staff_role": "费用专员"})
    office.drop("expense_request", request())
    office.run("2026-11-02 09:00")
    again = request(requested_on="2026-11-04", requested_by="丁玲", expense_use="开户费用")
    office.drop("expense_request", again, again | {"requested_amount": 300, "expense_use": "招牌"})
    office.run("2026-11-04 09:00")
    told = "“惠民超市”和 FY261101 的客户和特殊费用金额相同，可能是同一件"
    assert set(office.exceptions()) == {told}
    rows = {(row["编号"], row["由谁处理"]) for row in office.open_exceptions()}
    assert rows == {("FY261102", "孙强"), ("FY261102", "丁玲")}
    office.answer(
        "FY02",
        {
            "FY261102": {
                "expense_answer": "退回",
                "grant_reason": "何敏已申请",
                "granted_by": "孙强",
                "granted_on": "2026-11-05",
            }
        },
    )
    office.run("2026-11-05 09:00")
    assert told not in office.exceptions()


def test_advances_stay_within_three_thousand_a_person(office: Office) -> None:
    advance = request(expense_kind="预支", requested_amount=2000)
    office.drop(
        "expense_request",
        advance,
        advance | {"expense_use": "招待", "requested_amount": 1500},
        advance | {"expense_use": "差旅", "requested_amount": 3500},
    )
    office.run("2026-11-02 09:00")
    said = office.exceptions()
    assert "“何敏”预支合计 3500 元，超过 3000 元" in said
    assert "预支“3500”元超过每人 3000 元的上限" in said

    decided = {"expense_answer": "同意", "granted_by": "孙强", "granted_on": "2026-11-03"}
    office.answer("FY02", {"FY261101": decided, "FY261102": decided})  # 2000, and 1500 more: above 3000
    office.run("2026-11-03 09:00")
    states = [row["当前状态"] for row in office.master("费用申请")]
    assert states == ["待核销", "待批"]
    settled = {"settled_amount": 2000, "settled_on": "2026-11-04", "settled_by": "许会计"}
    office.answer("FY03", {"FY261101": settled})
    office.run("2026-11-04 09:00")
    assert office.record("费用申请", "FY261101")["当前状态"] == "已核销"
    assert "“何敏”预支合计 3500 元，超过 3000 元" not in office.exceptions()


def test_who_approves_does_not_change_whose_request_it_is(office: Office) -> None:
    office.drop("expense_request", request(requested_by="孙强"))
    office.drop("staff_list", {"staff_no": "FY04", "staff_name": "陆明", "staff_role": "销售主管"})
    office.run("2026-11-02 09:00")
    decided = {"expense_answer": "同意", "granted_by": "孙强", "granted_on": "2026-11-03"}
    office.answer("FY04", {"FY261101": {"requested_by": "何敏", **decided}})
    office.run("2026-11-03 09:00")

    record = office.record("费用申请", "FY261101")
    assert (record["费用申请人"], record["当前状态"]) == ("孙强", "待批")
    assert "“费用申请人”决定谁不能办理“费用审批”，不能在此改成“何敏”" in office.exceptions()


def test_the_name_that_bars_somebody_is_locked_on_the_worklist(office: Office) -> None:
    office.drop("expense_request", request())
    office.run("2026-11-02 09:00")
    sheet = openpyxl.load_workbook(next((office.settings.outbox / "worklists").glob("FY02-*.xlsx")))["费用审批"]
    (header,) = [row for row in sheet.iter_rows() if any(cell.value == "费用申请人" for cell in row)]
    column = next(cell.column for cell in header if cell.value == "费用申请人")
    below = header[0].row + 1
    assert sheet.cell(below, column).value == "何敏"
    assert sheet.cell(below, column).protection.locked
    use = next(cell.column for cell in header if cell.value == "费用用途")
    assert not sheet.cell(below, use).protection.locked


def test_who_is_called_by_his_number_is_the_same_person(office: Office) -> None:
    """2,000 of 何敏 and 2,000 of FY01, who is she, are 4,000; and the number is told to be read as her name."""
    advance = request(expense_kind="预支", requested_amount=2000)
    office.drop("expense_request", advance, advance | {"expense_use": "招待", "requested_by": "fy01"}, name="预支.xlsx")
    office.run("2026-11-02 09:00")
    assert "“何敏”预支合计 4000 元，超过 3000 元" in office.exceptions()
    assert {row["费用申请人"] for row in office.master("费用申请")} == {"何敏"}
    assert "费用申请人“fy01”就是“人员表”中的“何敏”，按此录入" in office.repairs()


def test_what_is_left_of_an_advance_stays_owed_until_it_is_given_back(office: Office) -> None:
    """2,000 advanced and 500 settled leave 1,500: with 1,600 more that is 3,100, above 3,000. 1,500 given back leave nothing."""
    advance = request(expense_kind="预支", requested_amount=2000, expense_use="兑付")
    office.drop("expense_request", advance)
    office.run("2026-11-02 09:00")
    decided = {"expense_answer": "同意", "granted_by": "孙强", "granted_on": "2026-11-02"}
    office.answer("FY02", {"FY261101": decided})
    office.run("2026-11-02 10:00")
    settled = {"settled_amount": 500, "settled_on": "2026-11-03", "settled_by": "许会计"}
    office.answer("FY03", {"FY261101": settled})
    office.run("2026-11-03 09:00")
    record = office.record("费用申请", "FY261101")
    assert (record["当前状态"], record["预支余款（元）"], record["当前办理人"]) == ("待核销", 1500, "许会计")

    office.drop("expense_request", {**advance, "requested_amount": 1600, "expense_use": "差旅"})
    office.run("2026-11-03 10:00")
    assert "“何敏”预支合计 3100 元，超过 3000 元" in office.exceptions()
    office.answer("FY02", {"FY261102": decided | {"granted_on": "2026-11-03"}})
    office.run("2026-11-03 11:00")
    assert office.record("费用申请", "FY261102")["当前状态"] == "待批"

    back = {"given_back": 1500, "settled_on": "2026-11-04", "settled_by": "许会计"}
    office.answer("FY03", {"FY261101": {"settled_amount": 500, **back}})
    office.run("2026-11-04 09:00")
    assert office.record("费用申请", "FY261101")["当前状态"] == "已核销"
    assert "“何敏”预支合计 3100 元，超过 3000 元" not in office.exceptions()


def test_who_had_an_advance_reads_what_is_settled_of_it_and_what_is_left(office: Office) -> None:
    """1,500 settled and 200 given back of 2,000 leave 300; nothing has lapsed, and nothing is to be approved again."""
    office.drop("expense_request", request(expense_kind="预支", requested_amount=2000, expense_use="兑付"))
    office.run("2026-11-02 09:00")
    granted(office, "FY261101", "2026-11-03")
    settled(office, "2026-11-10 09:00", settled_amount=1500, given_back=200)
    letter = office.mails("FY01")[-1]
    assert "预支核销：已登记，还没有办完，核销金额 1500，还回金额 200，预支余款（元） 300" in letter
    assert "原来的已作废" not in letter
    settled(office, "2026-11-11 09:00", settled_amount=1800, given_back=300)  # 100 too much: sent back
    assert "预支核销：原来的已作废" in office.mails("FY01")[-1]


def test_a_part_that_is_settled_in_place_of_the_whole_is_told_to_finance_and_the_head_of_sales(office: Office) -> None:
    """Of 2,000 yuan 1,000 are settled, then 800 more: 1,800 all in all. 800 alone would leave more owed than before."""
    office.drop("expense_request", request(expense_kind="预支", requested_amount=2000, expense_use="兑付"))
    office.run("2026-11-02 09:00")
    granted(office, "FY261101", "2026-11-03")
    settled(office, "2026-11-10 09:00", settled_amount=1000)
    assert not any("此前登记过" in line for line in office.exceptions())
    settled(office, "2026-11-11 09:00", settled_amount=800)
    said = "核销加还回共 800 元，此前登记过 1000 元"
    rows = [(row["由谁处理"], row["问题"]) for row in office.exceptions() and office.open_exceptions()]
    assert sorted(rows) == [("孙强", said), ("许会计", said)]
    settled(office, "2026-11-12 09:00", settled_amount=1800, given_back=200)
    assert (office.record("费用申请", "FY261101")["当前状态"], office.exceptions()) == ("已核销", [])


def test_an_expense_without_anything_sold_is_told_and_not_payable(office: Office) -> None:
    office.drop("expense_line", line("惠民超市", 300, "是"), line("平安街烟酒店", 200, "是") | {"purchases": 0})
    office.run("2026-11-02 09:00")
    assert "没有采购却列了费用 200 元，不计入可付金额" in office.exceptions()
    month = office.record("费用月报", "2026-10")
    assert (month["各行合计"], month["可付金额"]) == (500, 300)


def test_who_signs_next_is_told_that_the_first_check_was_by_who_had_summed_up(office: Office) -> None:
    october(office)
    office.answer("FY01", {"2026-10": signed("clerk", "何敏")})
    office.run("2026-11-04 09:00")
    said = "汇总和经办核对都是何敏一人签的"
    assert said in office.exceptions()
    assert any(said in mail for mail in office.mails("FY02"))
    office.answer("FY02", {"2026-10": signed("sales", "孙强")})
    office.run("2026-11-04 10:00")
    assert said not in office.exceptions()


@pytest.mark.parametrize(
    ("day", "paid", "told"), [("2026-11-11", False, False), ("2026-11-12", False, True), ("2026-11-13", True, True)]
)
def test_a_last_signature_after_the_eighth_working_day_is_told_though_no_run_lay_between(
    office: Office, day: str, *, paid: bool, told: bool
) -> None:
    """第二条 2: the checks are complete by the end of the 8th working day, 11-11; a signature bears no day, so that what comes with
    the run of the next morning was handed in late. What is paid in the same run was signed late, too.
    """
    october(office)
    for person, who, name in (("FY01", "clerk", "何敏"), ("FY02", "sales", "孙强")):
        office.answer(person, {"2026-10": signed(who, name)})
        office.run("2026-11-04 09:00")
    office.answer("FY03", {"2026-10": signed("finance", "许会计")})
    if paid:
        payment = {"expense_month": "2026年10月", "paid_amount": 300, "paid_on": day, "paid_by": "许会计"}
        office.drop("expense_payment", payment)
    office.run(f"{day} 09:00")
    said = f"“2026-10”的“财务审核”应在 2026-11-11 以前办，{day} 才交来"
    rows = [row["由谁处理"] for row in office.exceptions() and office.open_exceptions() if row["问题"] == said]
    assert rows == (["孙强"] if told else [])


def test_a_special_fee_is_held_against_the_contract_itself(tmp_path: Path) -> None:
    office = Office(tmp_path, ["relationship_expenses", "installation"], [*PEOPLE, ("AZ01", "施贝贝", "市场部")])
    office.drop(
        "install_contract",
        {
            "contract_no": "AZ2026001", "install_site": "惠民超市", "site_place": "周窝镇周窝村12号", "notice_no": "TZ1",
            "contract_signed": "2026-10-30", "market_by": "施贝贝",
        },
    )  # fmt: skip
    office.drop("expense_request", request(), request(expense_customer="新星副食"))
    office.run("2026-11-02 09:00")
    assert [each for each in office.exceptions() if "特殊费用" in each] == [
        "“惠民超市”的安装合同 2026-10-30 已签订，特殊费用在其后才申请"
    ]


def test_who_has_bought_before_is_no_new_customer_and_a_sheet_dated_back_is_told(office: Office) -> None:
    """October's purchases are before November's fee. A contract of Tuesday 11-03, its request written on 11-02, comes on 11-09."""
    office.drop(
        "expense_line",
        line("平安街烟酒店", 200, "是"),
        line("惠民超市", 300, "否") | {"expense_month": "2026-11", "purchases": 10},
    )
    office.run("2026-11-02 09:00")
    office.drop(
        "expense_request",
        request(expense_customer="平安街烟酒店"),
        request(),
        request(expense_customer="新星副食", contract_on="2026-11-03"),
    )
    office.run("2026-11-09 09:00")
    told = {
        "“平安街烟酒店”2026-10 已有采购，不是新客户",
        "“新星副食”的合同 2026-11-03 已签订，申请 2026-11-09 才交来",
    }
    assert {each for each in office.exceptions() if "店”" in each or "食”" in each} == told
    office.exceptions()
    assert {row["由谁处理"] for row in office.open_exceptions() if row["问题"] in told} == {"孙强"}
    granted(office, "FY261103", "2026-11-09")
    office.exceptions()
    assert told <= {row["问题"] for row in office.open_exceptions()}  # until he has noted it


def test_the_day_of_a_contract_is_not_asked_for_while_the_fee_waits_for_goods_of_its_own_month(office: Office) -> None:
    """第三条 1: paid once the money is back. Granted in November; October's goods, bought and paid before, make nothing payable."""
    office.drop("expense_request", request(expense_customer="新星副食"))
    office.run("2026-11-02 09:00")
    granted(office, "FY261101", "2026-11-03")
    office.drop("expense_line", line("新星副食", 10, "是"))
    office.run("2026-11-04 09:00")
    assert not any("还没有写合同签订日期" in each for each in office.exceptions())


def test_a_further_fee_of_a_customer_who_has_signed_is_told_and_the_day_asked_for_once_it_may_be_paid(
    office: Office,
) -> None:
    """新星副食 signs on 11-03 by the first request. A second one of 11-09 names no day, and is granted; he pays in November."""
    office.drop("expense_request", request(expense_customer="新星副食", contract_on="2026-11-03"))
    office.run("2026-11-02 09:00")
    later = request(expense_customer="新星副食", requested_on="2026-11-09", requested_amount=900, expense_use="陈列")
    office.drop("expense_request", later)
    office.run("2026-11-09 09:00")
    told = "“新星副食”另一份申请写明合同 2026-11-03 已签订，这笔在其后才申请"
    assert office.exceptions() == [told]
    granted(office, "FY261102", "2026-11-09")
    asked = "“新星副食”的特殊费用已可兑付，还没有写合同签订日期"
    assert asked not in office.exceptions()
    office.drop("expense_line", line("新星副食", 0, "是") | {"expense_month": "2026-11"})
    office.run("2026-11-27 09:00")
    assert {row["由谁处理"] for row in office.open_exceptions() if row["问题"] == asked} == {"许会计", "何敏"}
    office.edit_master("费用申请", "FY261102", {"合同签订日期": "2026-11-10"})
    office.run("2026-11-27 10:00")
    assert (asked in office.exceptions(), office.record("费用申请", "FY261102")["当前状态"]) == (False, "已批")


def test_a_request_that_comes_on_the_next_working_day_is_in_time(office: Office) -> None:
    """Written and signed on Friday 11-06, read by the run of Monday."""
    office.drop("expense_request", request(requested_on="2026-11-06", contract_on="2026-11-06"))
    office.run("2026-11-09 09:00")
    assert office.exceptions() == []


def advanced(office: Office, *amounts: float) -> None:
    for at, amount in enumerate(amounts):
        office.drop("expense_request", request(expense_kind="预支", requested_amount=amount, expense_use=f"兑付{at}"))
    office.run("2026-11-02 09:00")


def granted(office: Office, key: str, on: str) -> None:
    office.answer("FY02", {key: {"expense_answer": "同意", "granted_by": "孙强", "granted_on": on}})
    office.run(f"{on} 09:00")


def settled(office: Office, at: str, **cells: Any) -> None:
    office.answer("FY03", {"FY261101": {"settled_on": at[:10], "settled_by": "许会计"} | cells})
    office.run(at)


def test_what_is_settled_and_given_back_is_not_more_than_was_advanced(office: Office) -> None:
    """1500 settled and 200 given back of 1500 advanced: 200 too much, it is to be settled anew."""
    advanced(office, 1500)
    granted(office, "FY261101", "2026-11-03")
    settled(office, "2026-11-04 09:00", settled_amount=1500, given_back=200)
    assert office.record("费用申请", "FY261101")["当前状态"] == "待核销"
    (row,) = office.worklist("FY03", "预支核销")
    assert row["退回原因"] == "核销加还回比申请金额还多，重新核销"
    settled(office, "2026-11-04 10:00", settled_amount=1300, given_back=200)
    assert office.record("费用申请", "FY261101")["当前状态"] == "已核销"


def test_a_part_that_is_settled_does_not_put_off_the_rest_nor_a_later_advance_change_an_earlier_one(
    office: Office,
) -> None:
    """Granted on 11-03; 20 working days on: 4 5 6, 9-13, 16-20, 23-27, 30 and December 1 (3+5+5+5+2)."""
    advanced(office, 2000)
    granted(office, "FY261101", "2026-11-03")
    settled(office, "2026-11-20 09:00", settled_amount=1)
    assert office.record("费用申请", "FY261101")["应办结日"] == "2026-12-01"
    settled(office, "2026-11-23 09:00", settled_amount=2000)
    office.drop(
        "expense_request",
        request(expense_kind="预支", requested_amount=1500, expense_use="招待", requested_on="2026-11-23"),
    )
    office.run("2026-11-23 10:00")
    granted(office, "FY261102", "2026-11-24")
    record = office.record("费用申请", "FY261101")
    assert (record["当前状态"], record["是否超预支限额"]) == ("已核销", "否")


def test_a_settlement_that_is_void_makes_no_room_for_further_advances(office: Office) -> None:
    """2,000 settled and given back of 1,000: void, and the 1,000 are owed still; 2,500 more are 3,500, above 3,000."""
    advanced(office, 1000)
    granted(office, "FY261101", "2026-11-03")
    settled(office, "2026-11-04 09:00", settled_amount=1000, given_back=1000)
    record = office.record("费用申请", "FY261101")
    assert (record["当前状态"], record["预支余款（元）"]) == ("待核销", 1000)
    office.drop(
        "expense_request",
        request(expense_kind="预支", requested_amount=2500, expense_use="招待", requested_on="2026-11-04"),
    )
    office.run("2026-11-04 10:00")
    assert "“何敏”预支合计 3500 元，超过 3000 元" in office.exceptions()
    granted(office, "FY261102", "2026-11-05")
    states = {key: office.record("费用申请", key) for key in ("FY261101", "FY261102")}
    assert [(each["当前状态"], each["是否超预支限额"]) for each in states.values()] == [
        ("待核销", "否"),
        ("待批", "是"),
    ]


def test_of_an_advance_that_is_denied_nothing_is_owed(office: Office) -> None:
    advanced(office, 1000)
    denied = {"expense_answer": "退回", "grant_reason": "先核销", "granted_by": "孙强", "granted_on": "2026-11-03"}
    office.answer("FY02", {"FY261101": denied})
    office.run("2026-11-03 09:00")
    record = office.record("费用申请", "FY261101")
    owed = [record.get(each) for each in ("预支余款（元）", "余款是否未清", "是否超预支限额", "最迟核销日期")]
    assert (record["当前状态"], owed) == ("未批", [None, None, None, None])
