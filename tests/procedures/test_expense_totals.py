"""What is signed and paid is what the lines come to: sums that differ, changes that come with a signature, money that comes late."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.procedures.test_relationship_expenses import PEOPLE, line, october, request, signed
from tests.tools.office import Office

MONTHS = "费用月报"
SIGNERS = (("FY01", "clerk", "何敏"), ("FY02", "sales", "孙强"), ("FY03", "finance", "许会计"))
PAYMENT = {"paid_amount": 300, "paid_on": "2026-11-12", "paid_by": "许会计"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """October's 300 and 200 yuan are summed up; the 200 wait for the customer's money."""
    office = Office(tmp_path, ["relationship_expenses"], PEOPLE)
    october(office)
    return office


def _with_a_fee(tmp_path: Path) -> Office:
    """800 yuan of special fees were asked for, and granted, in October."""
    office = Office(tmp_path, ["relationship_expenses"], PEOPLE)
    office.drop("expense_request", request(requested_on="2026-10-20"))
    office.run("2026-10-20 09:00")
    granted = {"expense_answer": "同意", "granted_by": "孙强", "granted_on": "2026-10-21"}
    office.answer("FY02", {"FY261001": granted})
    office.run("2026-10-21 09:00")
    return office


def _sign(office: Office, day: str, month: str = "2026-10") -> None:
    for person, who, name in SIGNERS:
        office.answer(person, {month: signed(who, name)})
        office.run(f"{day} 09:00")


def _state(office: Office, month: str = "2026-10") -> object:
    return office.record(MONTHS, month)["当前状态"]


def _is_to(office: Office, about: str) -> list[str]:
    return sorted(str(row["由谁处理"]) for row in office.open_exceptions() if about in str(row["问题"]))


def test_money_that_comes_after_the_month_was_paid_counts_in_the_next(office: Office) -> None:
    """October: 300 of 500 paid. The 200 become payable afterwards: November's own 100 and these are 300."""
    _sign(office, "2026-11-04")
    office.answer("FY03", {"2026-10": PAYMENT})
    office.run("2026-11-12 09:00")
    assert _state(office) == "已付款"

    office.drop("expense_line", line("平安街烟酒店", 200, "是"))
    office.run("2026-11-13 09:00")
    assert office.record(MONTHS, "2026-10")["可付金额"] == 300
    said = "已付月份还有 200 元没有付（货款在付款后才到，或没有付足），计入 2026-11 的可付金额"
    assert _is_to(office, said) == ["何敏", "许会计"]

    office.drop("expense_line", line("惠民超市", 100, "是") | {"expense_month": "2026年11月"})
    office.run("2026-12-01 09:00")
    month = office.record(MONTHS, "2026-11")
    assert (month["各行合计"], month["其中货款已收"], month["已付月份转入"], month["可付金额"]) == (100, 100, 200, 300)
    office.answer("FY01", {"2026-11": {"customers_counted": 1, "month_total": 100, "summed_by": "何敏"}})
    office.run("2026-12-02 09:00")
    _sign(office, "2026-12-02", "2026-11")
    office.answer("FY03", {"2026-11": {"paid_amount": 300, "paid_on": "2026-12-11", "paid_by": "许会计"}})
    office.run("2026-12-11 09:00")
    assert (_state(office, "2026-11"), office.exceptions()) == ("已付款", [])
    # 平安街烟酒店 was paid with November's money, and is asked with that month's
    drawn = {(row["费用月份"], row["抽查客户"]) for row in office.master("费用抽查")}
    assert drawn == {("2026-10", "惠民超市"), ("2026-11", "惠民超市"), ("2026-11", "平安街烟酒店")}


def test_nobody_signs_a_total_that_is_not_what_the_lines_come_to(tmp_path: Path) -> None:
    office = Office(tmp_path, ["relationship_expenses"], PEOPLE)
    office.drop("expense_line", line("惠民超市", 300, "是"))
    office.run("2026-11-02 09:00")
    office.answer("FY01", {"2026-10": {"customers_counted": 1, "month_total": 310, "summed_by": "何敏"}})
    office.run("2026-11-03 09:00")
    office.answer("FY01", {"2026-10": signed("clerk", "何敏")})
    office.run("2026-11-03 10:00")
    assert _state(office) == "待经办核对"
    said = "费用合计 310 元，各行合计 300 元（特殊费用及礼品 0 元），不相等，退回重新汇总"
    assert said in [row["怎样改"] for row in office.open_exceptions()]
    office.answer("FY01", {"2026-10": {"clerk_check": "退回", "clerk_reason": "数错", "clerk_signed": "何敏"}})
    office.run("2026-11-03 11:00")
    assert _state(office) == "待汇总"


def test_a_total_with_special_fees_is_right_and_says_what_it_is_of(tmp_path: Path) -> None:
    office = _with_a_fee(tmp_path)
    office.drop("expense_line", line("平安街烟酒店", 200, "是"))
    office.run("2026-11-02 09:00")
    office.answer("FY01", {"2026-10": {"customers_counted": 2, "month_total": 1000, "summed_by": "何敏"}})
    office.run("2026-11-03 09:00")
    (row,) = office.worklist("FY01", "经办核对")
    assert (row["费用合计"], row["费用合计是"], row["各行合计"], row["特殊费用及礼品"]) == (
        1000,
        "各行加特殊费用及礼品",
        200,
        800,
    )
    assert office.exceptions() == []
    office.answer("FY01", {"2026-10": signed("clerk", "何敏")})
    office.run("2026-11-03 10:00")
    assert _state(office) == "待销售主管审核"


def test_special_fees_that_are_in_no_signed_total_are_told_to_whoever_signs_next_and_to_who_pays(
    tmp_path: Path,
) -> None:
    """第二条 2: what lacks a signature is invalid. 800 yuan of special fees were granted, the total is of the lines' 200 alone."""
    office = _with_a_fee(tmp_path)
    office.drop("expense_line", line("惠民超市", 200, "是"))
    office.run("2026-11-02 09:00")
    summed = {"customers_counted": 1, "month_total": 200, "summed_by": "何敏"}
    office.answer("FY01", {"2026-10": summed})
    office.run("2026-11-03 09:00")
    said = "费用合计 200 元只是各行合计，特殊费用及礼品 800 元没有汇总进去，等于没有签字"
    read_by = [_is_to(office, said)]
    for person, who, name in SIGNERS:
        office.answer(person, {"2026-10": signed(who, name)})
        office.run("2026-11-04 09:00")
        read_by.append(_is_to(office, said))
    assert read_by == [["何敏"], ["孙强"], ["许会计"], ["许会计"]]
    office.answer("FY03", {"2026-10": PAYMENT | {"paid_amount": 1000}})
    office.run("2026-11-12 09:00")
    paid = "已付款，费用合计 200 元只是各行合计，特殊费用及礼品 800 元没有人签字"  # it cannot be returned any more
    assert (_state(office), _is_to(office, said), _is_to(office, paid)) == ("已付款", [], ["孙强"])


@pytest.mark.parametrize(("customer", "told"), [("平安街烟酒店", True), ("惠民超市", False)])
def test_an_advance_for_a_customer_who_has_not_paid_is_told_to_who_grants_and_who_settles_it(
    office: Office, customer: str, *, told: bool
) -> None:
    """第一条 2: paid out once the money is there. October's 200 yuan of 平安街烟酒店 wait for it, the 300 of 惠民超市 do not."""
    _sign(office, "2026-11-04")
    asked = request(expense_kind="预支", expense_use="兑付", requested_on="2026-11-12", requested_amount=200)
    office.drop("expense_request", asked | {"expense_customer": customer})
    office.run("2026-11-12 09:00")
    said = f"“{customer}”2026-10 的货款还没有收到，却以其名义预支"
    assert (_is_to(office, said) if told else office.exceptions()) == (["孙强"] if told else [])
    office.answer("FY02", {"FY261101": {"expense_answer": "同意", "granted_by": "孙强", "granted_on": "2026-11-12"}})
    office.run("2026-11-12 10:00")
    assert (_is_to(office, said) if told else office.exceptions()) == (["许会计"] if told else [])


@pytest.mark.parametrize("changed", [line("惠民超市", 9000, "是"), line("惠民超市", 250, "是")])
def test_a_line_that_changes_in_the_run_of_the_payment_is_not_paid_unsigned(
    office: Office, changed: dict[str, Any]
) -> None:
    _sign(office, "2026-11-04")
    assert _state(office) == "待付款"
    office.run("2026-11-12 09:00")
    office.drop("expense_line", changed)
    office.answer("FY03", {"2026-10": PAYMENT | {"paid_amount": 250}})
    office.run("2026-11-12 10:00")
    assert (_state(office), office.record(MONTHS, "2026-10")["付款金额"]) == ("待汇总", None)
    assert any("现为“待汇总”，不能办理“费用付款”" in each for each in office.exceptions())


def test_a_line_that_comes_with_the_payment_counts_in_the_next_month(office: Office) -> None:
    _sign(office, "2026-11-04")
    office.run("2026-11-12 09:00")
    office.drop("expense_line", line("大客户", 9999, "是"))
    office.answer("FY03", {"2026-10": PAYMENT | {"paid_amount": 10299}})
    office.run("2026-11-12 10:00")
    assert _state(office) == "待付款"
    assert "付款金额“10299”超过了可付金额“300”" in office.exceptions()
    assert office.record("月采购及费用", "2026-10-大客户")["计入月份"] == "2026-11"


def test_three_customers_of_each_representative_are_asked(tmp_path: Path) -> None:
    office = Office(tmp_path, ["relationship_expenses"], PEOPLE)
    lines = [
        line(f"{person}的{at}号店", 100, "是") | {"line_by": person} for person in ("李敏", "王建国") for at in range(4)
    ]
    office.drop("expense_line", *lines)
    office.run("2026-11-02 09:00")
    office.answer("FY01", {"2026-10": {"customers_counted": 8, "month_total": 800, "summed_by": "何敏"}})
    office.run("2026-11-03 09:00")
    _sign(office, "2026-11-04")
    office.answer("FY03", {"2026-10": PAYMENT | {"paid_amount": 800}})
    office.run("2026-11-12 09:00")
    of = [(row["经手代表"], str(row["抽查客户"])[:2]) for row in office.master("费用抽查")]
    assert sorted(of) == [("李敏", "李敏")] * 3 + [("王建国", "王建")] * 3


def test_two_who_ask_for_the_same_and_two_things_asked_for_are_requests_of_their_own(tmp_path: Path) -> None:
    office = Office(tmp_path, ["relationship_expenses"], PEOPLE)
    advance = request(expense_kind="预支", expense_use="兑付")
    office.drop(
        "expense_request",
        advance | {"requested_by": "李敏"},
        advance | {"requested_by": "王建国"},
        advance | {"requested_by": "王建国", "expense_kind": "礼品"},
    )
    office.run("2026-11-02 09:00")
    found = [(row["申请编号"], row["费用申请人"], row["费用类别"]) for row in office.master("费用申请")]
    assert found == [
        ("FY261101", "李敏", "预支"),
        ("FY261102", "王建国", "预支"),
        ("FY261103", "王建国", "赠送礼品"),
    ]


def test_each_account_manager_is_asked_for_the_months_lines_and_who_was_late_is_named(tmp_path: Path) -> None:
    """The first three working days of November 2026 are 2, 3 and 4."""
    people = [*PEOPLE, ("K01", "王建国", "客户经理"), ("K02", "李敏", "客户经理")]
    office = Office(tmp_path, ["relationship_expenses"], people)
    office.drop("expense_line", line("甲店", 100, "是") | {"expense_month": "2026年9月", "line_by": "王建国"})
    office.run("2026-10-20 09:00")
    office.run("2026-11-02 09:00")
    (row,) = [row for row in office.worklist("K02", "费用统计任务") if row["统计月份"] == "2026-10"]
    assert str(row["应办结日"])[:10] == "2026-11-04"
    office.drop("expense_line", line("乙店", 100, "是") | {"line_by": "王建国"})
    office.run("2026-11-03 09:00")
    assert office.record("费用统计任务", "TJ2026-10-K01")["当前状态"] == "已交统计"
    office.run("2026-11-05 09:00")
    assert office.record("费用统计任务", "TJ2026-10-K02")["时限提醒"] == "逾期 1 天"
    office.drop("expense_line", line("丙店", 100, "是") | {"line_by": "李敏"})
    office.run("2026-11-06 09:00")
    late = "李敏 2026-10 的费用统计表 2026-11-06 才交来，应于 2026-11-04 以前"
    assert _is_to(office, late) == ["孙强"]


def test_a_month_that_is_summed_up_while_somebody_may_still_list_is_told_until_he_has_or_his_day_is_over(
    tmp_path: Path,
) -> None:
    """第二条 1: the lines come until the third working day, November 4; 何敏 sums up on the 2nd what one of two has listed."""
    people = [*PEOPLE, ("K01", "王建国", "客户经理"), ("K02", "李敏", "客户经理")]
    office = Office(tmp_path, ["relationship_expenses"], people)
    office.drop("expense_line", line("甲店", 100, "是") | {"expense_month": "2026年9月", "line_by": "王建国"})
    office.run("2026-10-20 09:00")
    office.drop("expense_line", line("乙店", 100, "是") | {"line_by": "王建国"})
    office.run("2026-11-02 09:00")
    row = next(row for row in office.worklist("FY01", "费用汇总") if row["费用月份"] == "2026-10")
    assert row["还没有交统计的人"] == "李敏"
    office.answer("FY01", {"2026-10": {"customers_counted": 1, "month_total": 100, "summed_by": "何敏"}})
    office.run("2026-11-02 10:00")
    told = "李敏 的费用统计还没有交，2026-11-04 以前都算及时，本月已先汇总"
    assert _is_to(office, told) == ["何敏"]
    office.answer("FY01", {"2026-10": signed("clerk", "何敏")})
    office.run("2026-11-03 09:00")
    assert _is_to(office, told) == ["何敏", "孙强"]
    office.run("2026-11-05 09:00")
    assert not any("已先汇总" in said for said in office.exceptions())


def test_a_further_line_after_the_day_is_told_as_well_as_a_first_one(tmp_path: Path) -> None:
    """Due on Wednesday, November 4: 王建国's first line comes on the 3rd, two more on the 16th; told for a week."""
    office = Office(tmp_path, ["relationship_expenses"], [*PEOPLE, ("K01", "王建国", "客户经理")])
    office.drop("expense_line", line("甲店", 100, "是") | {"expense_month": "2026年9月", "line_by": "王建国"})
    office.run("2026-10-20 09:00")
    office.run("2026-11-02 09:00")
    office.drop("expense_line", line("乙店", 100, "是") | {"line_by": "王建国"})
    office.run("2026-11-03 09:00")
    assert office.exceptions() == []
    office.drop("expense_line", *(line(shop, 700, "是") | {"line_by": "王建国"} for shop in ("己店", "庚店")))
    office.run("2026-11-16 09:00")
    late = "王建国 2026-10 的费用统计表又有 2 行 2026-11-16 才交来，应于 2026-11-04 以前"
    assert _is_to(office, late) == ["孙强"]
    assert late in office.mails("FY02")[-1]
    office.run("2026-11-24 09:00")
    assert not any("才交来" in said for said in office.exceptions())


def test_a_request_is_use_enough_for_each_account_manager_to_be_asked_for_his_lines(tmp_path: Path) -> None:
    people = [*PEOPLE, ("K01", "王建国", "客户经理"), ("K02", "李敏", "客户经理")]
    office = Office(tmp_path, ["relationship_expenses"], people)
    office.run("2026-10-09 09:00")
    office.drop("expense_request", request(requested_on="2026-10-12"))
    office.run("2026-10-12 09:00")
    office.run("2026-11-02 09:00")
    asked = {row["费用统计编号"]: row["应办结日"] for row in office.master("费用统计任务")}
    assert asked == {"TJ2026-10-K01": "2026-11-04", "TJ2026-10-K02": "2026-11-04"}
    office.run("2026-11-05 09:00")
    assert office.record("费用统计任务", "TJ2026-10-K01")["时限提醒"] == "逾期 1 天"


def test_nobody_is_asked_for_a_month_before_the_first_request_or_line(tmp_path: Path) -> None:
    """In use from 2 November on: October, due on the 4th, was none of this office's; November, due on 3 December, is."""
    office = Office(tmp_path, ["relationship_expenses"], [*PEOPLE, ("K01", "王建国", "客户经理")])
    office.drop("expense_request", request(requested_on="2026-11-02"))
    office.run("2026-11-02 09:00")
    office.run("2026-11-03 09:00")
    assert "费用统计任务" not in office.pages() or office.master("费用统计任务") == []
    office.run("2026-12-01 09:00")
    assert [row["费用统计编号"] for row in office.master("费用统计任务")] == ["TJ2026-11-K01"]


def test_lines_from_within_the_month_are_no_statement_of_it_until_that_is_said(tmp_path: Path) -> None:
    """第二条 1: last month is listed by the third working day. A line of October from October 10 leaves November's task open; that it
    was all is said there.
    """
    office = Office(tmp_path, ["relationship_expenses"], [*PEOPLE, ("K01", "王建国", "客户经理")])
    office.drop("expense_line", line("甲店", 100, "是") | {"line_by": "王建国"})
    office.run("2026-10-12 09:00")
    office.run("2026-11-02 09:00")
    (row,) = [row for row in office.worklist("K01", "费用统计任务") if row["统计月份"] == "2026-10"]
    assert (row.get("统计表交来日期"), str(row["应办结日"])[:10]) == (None, "2026-11-04")
    said = {"nothing_why": "当月已交齐", "nothing_on": "2026-11-02", "nothing_by": "王建国"}
    office.answer("K01", {"TJ2026-10-K01": said})
    office.run("2026-11-02 10:00")
    assert office.record("费用统计任务", "TJ2026-10-K01")["当前状态"] == "无须再列"
    told = "王建国 2026-10 写的是“当月已交齐”，他的统计表已有 1 行，共 100 元"
    assert _is_to(office, told) == ["孙强"]


def test_where_the_first_lines_of_all_come_late_that_is_told_and_the_others_are_asked_for_theirs(
    tmp_path: Path,
) -> None:
    """第二条 1: October by 11-04. Nothing of the procedure was used before 王建国 lists on the 10th; 离职 left in September."""
    people = [*PEOPLE, ("K01", "王建国", "客户经理"), ("K02", "李敏", "客户经理"), ("K03", "离职", "客户经理")]
    office = Office(tmp_path, ["relationship_expenses"], people)
    office.drop(
        "staff_list", {"staff_no": "K03", "staff_name": "离职", "staff_role": "客户经理", "serves_to": "2026-09-30"}
    )
    office.run("2026-10-09 09:00")
    office.drop("expense_line", line("甲店", 100, "是") | {"line_by": "王建国"})
    office.run("2026-11-10 09:00")
    standing = {row["费用统计编号"]: (row["当前状态"], row["应办结日"]) for row in office.master("费用统计任务")}
    assert standing == {"TJ2026-10-K01": ("已交统计", None), "TJ2026-10-K02": ("待统计", "2026-11-04")}
    assert _is_to(office, "王建国 2026-10 的费用统计表 2026-11-10 才交来，应于 2026-11-04 以前") == ["孙强"]
    assert "费用统计任务" in office.tasks("K02")
    office.run("2026-12-01 09:00")  # and it goes on as a duty of each month
    asked = {row["费用统计编号"] for row in office.master("费用统计任务")}
    assert asked == {"TJ2026-10-K01", "TJ2026-10-K02", "TJ2026-11-K01", "TJ2026-11-K02"}


def test_who_came_after_the_day_is_asked_for_no_month_of_before(tmp_path: Path) -> None:
    """新人 begins on 11-09: October, due on 11-04, was none of his, though its first lines of all come on the 10th."""
    office = Office(tmp_path, ["relationship_expenses"], [*PEOPLE, ("K01", "王建国", "客户经理")])
    newcomer = {"staff_no": "K04", "staff_name": "新人", "staff_role": "客户经理", "serves_from": "2026-11-09"}
    office.drop("staff_list", newcomer)
    office.drop("expense_line", line("甲店", 100, "是") | {"line_by": "王建国"})
    office.run("2026-11-10 09:00")
    assert [row["费用统计编号"] for row in office.master("费用统计任务")] == ["TJ2026-10-K01"]


def test_a_statement_of_the_months_last_three_working_days_is_handed_in(tmp_path: Path) -> None:
    """The last three working days of October 2026 are the 28th, 29th and 30th: 王建国's lines of the 28th are his statement, 李敏's of
    the 27th are not.
    """
    people = [*PEOPLE, ("K01", "王建国", "客户经理"), ("K02", "李敏", "客户经理")]
    office = Office(tmp_path, ["relationship_expenses"], people)
    office.drop("expense_line", line("甲店", 100, "是") | {"line_by": "李敏"})
    office.run("2026-10-27 17:00")
    office.drop("expense_line", line("乙店", 100, "是") | {"line_by": "王建国"})
    office.run("2026-10-28 17:00")
    office.run("2026-11-02 09:00")
    handed_in = office.record("费用统计任务", "TJ2026-10-K01")
    assert (handed_in["当前状态"], str(handed_in["统计表交来日期"])[:10]) == ("已交统计", "2026-10-28")
    office.run("2026-11-05 09:00")
    assert office.record("费用统计任务", "TJ2026-10-K02")["时限提醒"] == "逾期 1 天"
    assert office.record("费用统计任务", "TJ2026-10-K01")["时限提醒"] is None


def test_who_is_asked_was_paid_something_and_is_asked_after_that(office: Office) -> None:
    """甲店 has an expense of 0: of whoever was paid three are drawn, and asked from the day of the payment on."""
    office.drop("expense_line", line("零店", 0, "是"))
    office.run("2026-11-02 08:00")
    _sign(office, "2026-11-04")
    office.run("2026-11-12 09:00")
    office.answer("FY03", {"2026-10": {"paid_amount": 300, "paid_on": "2026-11-12", "paid_by": "许会计"}})
    office.run("2026-11-12 10:00")
    drawn = {row["抽查客户"]: row for row in office.master("费用抽查")}
    assert drawn and "零店" not in drawn
    key = next(iter(drawn.values()))["抽查编号"]
    asked = {"spot_answer": "属实", "spot_on": "2026-11-11", "spot_by": "孙强"}
    office.answer("FY02", {key: asked})
    office.run("2026-11-13 09:00")
    assert any("早于兑付日期“2026-11-12”" in sentence for sentence in office.exceptions())


def test_a_line_of_a_month_that_is_paid_is_put_right_in_the_next_as_the_refusal_says(office: Office) -> None:
    _sign(office, "2026-11-04")
    office.run("2026-11-12 09:00")
    office.answer("FY03", {"2026-10": {"paid_amount": 300, "paid_on": "2026-11-12", "paid_by": "许会计"}})
    office.run("2026-11-12 10:00")
    office.drop("expense_line", line("惠民超市", 200, "是"))
    office.run("2026-11-13 09:00")
    (row,) = [each for each in office.open_exceptions() if "已签字办结" in str(each["问题"])]
    assert row["怎样改"] == "这一行不动；差额在 2026-11 的那一行里加减，写明更正的是哪个月"
    office.drop("expense_line", line("惠民超市", 400 - 100, "是") | {"expense_month": "2026年11月"})
    office.run("2026-11-13 10:00")
    assert office.record("月采购及费用", "2026-11-惠民超市")["维护费用"] == 300


def test_an_advance_before_its_day_by_nobody_known_or_of_nothing_is_told(tmp_path: Path) -> None:
    """The ninth working day of November 2026 is the 12th; October's expenses are not signed."""
    office = Office(tmp_path, ["relationship_expenses"], PEOPLE)
    advance = request(expense_kind="预支", expense_use="兑付")
    office.drop(
        "expense_request",
        advance,
        advance | {"requested_by": "路人甲", "expense_kind": "礼品"},
        advance | {"expense_customer": "乙店", "requested_amount": 0},
    )
    office.run("2026-11-02 09:00")
    said = office.exceptions()
    assert "“何敏”2026-11-02 申请预支：第 9 个工作日（2026-11-12）起、2026-10 的费用统计签完后才借支" in said
    assert "费用申请人“路人甲”不在人员表在岗人员中" in said
    assert [row["费用客户"] for row in office.master("费用申请")] == ["惠民超市", "惠民超市"]


def _told_of_early_grants(office: Office) -> set[tuple[str, str]]:
    rows = office.open_exceptions() if office.exceptions() else []
    return {(str(row["由谁处理"]), str(row["问题"])) for row in rows if "就批了" in str(row["问题"])}


def test_an_advance_that_is_granted_before_its_day_is_told_to_who_pays_and_who_granted_it(tmp_path: Path) -> None:
    """Asked and granted in one run on the second working day of November 2026; its ninth is the 12th."""
    office = Office(tmp_path, ["relationship_expenses"], PEOPLE)
    office.drop("expense_request", request(expense_kind="预支", requested_amount=900))
    granted = {"expense_answer": "同意", "granted_by": "孙强", "granted_on": "2026-11-03"}
    office.drop("expense_grant", {"request_no": "FY261101", **granted})
    office.run("2026-11-03 09:00")
    said = "“何敏”的预支 2026-11-03 就批了：第 9 个工作日（2026-11-12）起、2026-10 的费用统计签完后才借支"
    assert _told_of_early_grants(office) == {("许会计", said), ("孙强", said)}
    office.run("2026-11-04 09:00")
    assert _told_of_early_grants(office) == {("许会计", said), ("孙强", said)}


def test_an_advance_that_waits_for_its_day_is_not_late_meanwhile(office: Office) -> None:
    """Asked on 2 November, due on the ninth working day, the 12th; October is signed by then, and nobody reads anything."""
    office.drop("expense_request", request(expense_kind="预支", requested_amount=300), request(expense_kind="礼品"))
    office.run("2026-11-02 10:00")
    _sign(office, "2026-11-04")
    office.run("2026-11-10 09:00")
    by_kind = {row["费用类别"]: row for row in office.worklist("FY02", "费用审批")}
    assert (by_kind["预支"]["应办结日"], by_kind["预支"]["时限提醒"]) == ("2026-11-12", None)
    assert (by_kind["赠送礼品"]["应办结日"], by_kind["赠送礼品"]["时限提醒"]) == ("2026-11-04", "逾期 6 天")
    assert any("第 9 个工作日（2026-11-12）起" in line for line in office.exceptions())
    office.run("2026-11-12 09:00")
    assert office.exceptions() == []
    key = str(by_kind["预支"]["申请编号"])
    office.answer("FY02", {key: {"expense_answer": "同意", "granted_by": "孙强", "granted_on": "2026-11-12"}})
    office.run("2026-11-12 10:00")
    assert office.record("费用申请", key)["当前状态"] == "待核销"
    assert _told_of_early_grants(office) == set()


def test_what_is_advanced_stands_beside_the_payment(office: Office) -> None:
    office.drop("expense_request", request(expense_kind="预支", requested_amount=1000, requested_by="何敏"))
    office.run("2026-11-03 10:00")
    office.answer("FY02", {"FY261101": {"expense_answer": "同意", "granted_by": "孙强", "granted_on": "2026-11-03"}})
    office.run("2026-11-03 11:00")
    _sign(office, "2026-11-04")
    (row,) = office.worklist("FY03", "费用付款")
    assert (row["未核销的预支"], row["其中货款已收"], row["可付金额"]) == ("何敏 1000 元", 300, 300)


def test_more_spent_than_was_bought_is_told(tmp_path: Path) -> None:
    office = Office(tmp_path, ["relationship_expenses"], PEOPLE)
    office.drop(
        "expense_line", line("甲店", 200, "是") | {"purchases": 100}, line("乙店", 100, "是") | {"purchases": 100}
    )
    office.run("2026-11-02 09:00")
    assert [each for each in office.exceptions() if "采购金额还多" in each] == ["维护费用 200 元比采购金额还多"]


def paid_october(office: Office) -> None:
    """October's lines of 甲店…: 300 payable, and paid on 11-12."""
    _sign(office, "2026-11-04")
    office.run("2026-11-12 09:00")
    office.answer("FY03", {"2026-10": {"paid_amount": 300, "paid_on": "2026-11-12", "paid_by": "许会计"}})
    office.run("2026-11-12 10:00")


def test_the_difference_of_a_paid_month_is_paid_or_taken_back_where_nothing_was_bought_since(office: Office) -> None:
    """300 were paid for 惠民超市 in October. 50 too little: November pays 50 though nothing was bought. 80 too much: it takes 80."""
    paid_october(office)
    mends = line("惠民超市", 50, "是") | {"expense_month": "2026年11月", "purchases": 0, "line_mends": "2026年10月"}
    office.drop("expense_line", mends)
    office.run("2026-12-01 09:00")
    month = office.record("费用月报", "2026-11")
    assert (month["各行合计"], month["可付金额"], office.exceptions()) == (50, 50, [])
    office.drop(
        "expense_line", mends | {"line_expense": -80}, line("平安街烟酒店", 200, "是") | {"expense_month": "2026年11月"}
    )
    office.run("2026-12-01 10:00")
    month = office.record("费用月报", "2026-11")
    assert (month["各行合计"], month["可付金额"], office.exceptions()) == (120, 120, [])


def test_only_what_mends_an_earlier_month_is_below_zero(office: Office) -> None:
    paid_october(office)
    november = {"expense_month": "2026年11月"}
    office.drop(
        "expense_line",
        line("甲店", -80, "是") | november,
        line("乙店", -80, "是") | november | {"line_mends": "2026年11月"},
    )
    office.run("2026-12-01 09:00")
    said = {row["问题"]: row["怎样改"] for row in office.open_exceptions()}
    assert said["维护费用“-80”是负数，没有写更正哪个月"] == "冲减已付月份多付的，填更正月份；否则改正金额"
    assert said["更正月份“2026年11月”不早于费用月份"].startswith("更正的是以前已付的月份")
    assert not {"甲店", "乙店"} & {str(row["采购客户"]) for row in office.master("月采购及费用")}


def _january(tmp_path: Path) -> Office:
    """800 yuan for a new customer, granted in January; of January one line of 100, of February one more, and the new customer buys."""
    office = Office(tmp_path, ["relationship_expenses"], PEOPLE)
    office.drop("expense_request", request(expense_customer="新店", requested_on="2026-01-12"))
    office.run("2026-01-12 09:00")
    office.answer("FY02", {"FY260101": {"expense_answer": "同意", "granted_by": "孙强", "granted_on": "2026-01-13"}})
    office.run("2026-01-13 09:00")
    own = line("惠民超市", 100, "是")
    office.drop(
        "expense_line",
        own | {"expense_month": "2026-01"},
        own | {"expense_month": "2026-02"},
        line("新店", 0, "是") | {"expense_month": "2026-02"},
    )
    office.run("2026-03-02 09:00")
    return office


def test_a_special_fee_of_a_month_that_lacks_signatures_is_paid_with_no_later_one(tmp_path: Path) -> None:
    """February: its own 100, and not January's 800 while January is not signed; once it is, 900 in all are payable."""
    office = _january(tmp_path)
    assert office.record(MONTHS, "2026-02")["可付金额"] == 100
    said = "2026-01 的汇总没有签完，其中特殊费用 800 元不随以后的月份兑付"
    assert _is_to(office, said) == ["孙强", "许会计"]

    office.answer("FY01", {"2026-01": {"customers_counted": 1, "month_total": 100, "summed_by": "何敏"}})
    office.run("2026-03-03 09:00")
    _sign(office, "2026-03-03", "2026-01")
    assert _state(office, "2026-01") == "待付款"
    month = office.record(MONTHS, "2026-02")
    assert (month["可付的特殊费用及礼品"], month["可付金额"]) == (800, 900)
    assert said not in office.exceptions()


def test_a_special_fee_whose_month_is_signed_after_the_later_one_was_paid_is_carried_on(tmp_path: Path) -> None:
    """February is paid with 100; January, signed and paid 100 afterwards, still owes the 800: they count in March."""
    office = _january(tmp_path)
    office.answer("FY01", {"2026-02": {"customers_counted": 2, "month_total": 100, "summed_by": "何敏"}})
    office.run("2026-03-03 09:00")
    _sign(office, "2026-03-03", "2026-02")
    payment = {"paid_amount": 100, "paid_on": "2026-03-12", "paid_by": "许会计"}
    office.answer("FY03", {"2026-02": payment})
    office.run("2026-03-12 09:00")
    assert _state(office, "2026-02") == "已付款"
    office.answer("FY01", {"2026-01": {"customers_counted": 1, "month_total": 100, "summed_by": "何敏"}})
    office.run("2026-03-13 09:00")
    _sign(office, "2026-03-13", "2026-01")
    office.answer("FY03", {"2026-01": payment | {"paid_on": "2026-03-13"}})
    office.run("2026-03-13 10:00")
    office.run("2026-04-01 09:00")
    assert office.record(MONTHS, "2026-03")["已付月份转入"] == 800


def test_who_signs_for_lines_that_are_his_own_is_told_to_who_signs_next(tmp_path: Path) -> None:
    """One line is 孙强's, one 许会计's, who are no representatives: the head of sales signs, then finance."""
    office = Office(tmp_path, ["relationship_expenses"], PEOPLE)
    lines = [line(f"{person}的店", 100, "是") | {"line_by": person} for person in ("李敏", "孙强", "许会计")]
    office.drop("expense_line", *lines)
    office.run("2026-11-02 09:00")
    office.answer("FY01", {"2026-10": {"customers_counted": 3, "month_total": 300, "summed_by": "何敏"}})
    office.run("2026-11-03 09:00")
    told = {}
    for person, who, name in SIGNERS:
        office.answer(person, {"2026-10": signed(who, name)})
        office.run("2026-11-04 09:00")
        told[name] = _is_to(office, f"{name}核对签字，其中 1 行是其本人统计的：{name}的店")
    assert told == {"何敏": [], "孙强": ["许会计"], "许会计": ["孙强"]}


def test_an_advance_beyond_what_is_its_holders_to_pay_out_is_told_when_it_is_granted_and_settled(
    office: Office,
) -> None:
    """Of October's 500 yuan 300 are payable. An advance of 200 stays within them, one of 900 more makes 1,100; 300 settled do again."""
    _sign(office, "2026-11-04")
    asked = request(expense_kind="预支", expense_use="兑付", requested_on="2026-11-12")
    office.drop("expense_request", asked | {"requested_amount": 200})
    office.run("2026-11-12 09:00")
    said = "，2026-10 签完的统计里其名下可付的只有 300 元"
    assert office.exceptions() == []
    office.drop("expense_request", asked | {"requested_amount": 900, "expense_use": "再兑付"})
    office.run("2026-11-12 10:00")
    assert _is_to(office, f"“何敏”预支合计 1100 元{said}") == ["孙强"]

    granted = {"expense_answer": "同意", "granted_by": "孙强", "granted_on": "2026-11-12"}
    office.answer("FY02", {"FY261101": granted, "FY261102": granted})
    office.run("2026-11-12 11:00")
    assert _is_to(office, f"“何敏”预支合计 1100 元{said}") == ["许会计"]
    settled = {"settled_on": "2026-11-13", "settled_by": "许会计"}
    office.answer(
        "FY03",
        {
            "FY261101": settled | {"settled_amount": 200},
            "FY261102": settled | {"settled_amount": 100, "given_back": 800},
        },
    )
    office.run("2026-11-13 09:00")
    assert office.exceptions() == []  # 300 settled, 800 given back


def test_more_settled_than_was_to_be_paid_out_is_told_to_the_head_of_sales(office: Office) -> None:
    _sign(office, "2026-11-04")
    asked = request(expense_kind="预支", expense_use="兑付", requested_on="2026-11-12", requested_amount=1000)
    office.drop("expense_request", asked)
    office.run("2026-11-12 09:00")
    office.answer("FY02", {"FY261101": {"expense_answer": "同意", "granted_by": "孙强", "granted_on": "2026-11-12"}})
    office.run("2026-11-12 10:00")
    office.answer("FY03", {"FY261101": {"settled_amount": 1000, "settled_on": "2026-11-13", "settled_by": "许会计"}})
    office.run("2026-11-13 09:00")
    assert _is_to(office, "“何敏”核销合计 1000 元，2026-10 签完的统计里其名下可付的只有 300 元") == ["孙强"]


def test_a_payment_dated_before_the_last_signature_came_is_told_to_the_head_of_sales(office: Office) -> None:
    """Finance's sheet comes on 11-26; the payment bears 11-12, the ninth working day."""
    for person, who, name in SIGNERS:
        office.answer(person, {"2026-10": signed(who, name)})
        office.run("2026-11-26 09:00" if who == "finance" else "2026-11-04 09:00")
    office.answer("FY03", {"2026-10": PAYMENT})
    office.run("2026-11-27 09:00")
    assert _state(office) == "已付款"
    assert _is_to(office, "2026-10 的付款日期是 2026-11-12，“财务审核”2026-11-26 才办") == ["孙强"]


def test_a_payment_of_the_day_before_the_signature_came_is_in_order(office: Office) -> None:
    """Signed on paper on 11-12, and read by the run of the next working day."""
    for person, who, name in SIGNERS:
        office.answer(person, {"2026-10": signed(who, name)})
        office.run("2026-11-13 09:00" if who == "finance" else "2026-11-04 09:00")
    office.answer("FY03", {"2026-10": PAYMENT})
    office.run("2026-11-13 10:00")
    late = "“2026-10”的“财务审核”应在 2026-11-11 以前办，2026-11-13 才交来"
    assert (_state(office), office.exceptions()) == ("已付款", [late])


def test_lines_listed_by_somebody_who_is_no_representative_are_told_to_him_and_to_the_head_of_sales(
    tmp_path: Path,
) -> None:
    """第二条 1: representatives list. Where the office has some, a sheet of the clerk's is told once, however many rows it has."""
    office = Office(tmp_path, ["relationship_expenses"], [*PEOPLE, ("K01", "王代", "客户经理")])
    own = line("丙店", 100, "是") | {"line_by": "王代"}
    office.drop("expense_line", line("甲店", 100, "是"), line("乙店", 100, "是"), own)
    office.run("2026-11-02 09:00")
    said = {(row["问题"], row["由谁处理"]) for row in office.open_exceptions() if "客户经理" in str(row["问题"])}
    assert {who for _, who in said} == {"何敏", "孙强"}
    assert len(said) == 2


def test_of_two_clerks_the_one_who_has_not_summed_up_checks(tmp_path: Path) -> None:
    """Both have nothing else to do: by load and number it would be FY01's, who has summed up."""
    office = Office(tmp_path, ["relationship_expenses"], [*PEOPLE, ("FY04", "钱明", "费用专员")])
    october(office)
    assert [office.tasks(who) for who in ("FY01", "FY04")] == [[], ["经办核对"]]
    office.answer("FY04", {"2026-10": signed("clerk", "钱明")})
    office.run("2026-11-04 09:00")
    assert (_state(office), office.exceptions()) == ("待销售主管审核", [])


def test_a_month_that_takes_back_more_than_it_pays_is_summed_up_and_pays_nothing(office: Office) -> None:
    """November takes 80 back of October's and pays nothing: −80 in all, nothing payable."""
    paid_october(office)
    mends = line("惠民超市", -80, "是") | {"expense_month": "2026年11月", "purchases": 0, "line_mends": "2026年10月"}
    office.drop("expense_line", mends)
    office.run("2026-12-01 09:00")
    office.answer("FY01", {"2026-11": {"customers_counted": 1, "month_total": -80, "summed_by": "何敏"}})
    office.run("2026-12-02 09:00")
    month = office.record("费用月报", "2026-11")
    assert (month["当前状态"], month["费用合计"], month["可付金额"]) == ("待经办核对", -80, 0)


def test_what_mends_a_month_without_such_a_line_or_takes_more_than_was_paid_is_told(office: Office) -> None:
    """300 were paid for 惠民超市 in October, nothing for 净店."""
    paid_october(office)
    november = {"expense_month": "2026年11月", "purchases": 0, "line_mends": "2026年10月"}
    office.drop("expense_line", line("惠民超市", -500, "是") | november, line("净店", -10, "是") | november)
    office.run("2026-12-01 09:00")
    office.exceptions()
    told = {row["问题"] for row in office.open_exceptions() if row["由谁处理"] == "孙强"}
    assert "“惠民超市”更正 2026-10，冲减 500 元，那个月列的只有 300 元" in told
    assert "“净店”更正 2026-10，那个月没有这一户的费用" in told
