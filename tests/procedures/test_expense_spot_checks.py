"""费用抽查: customers whose expense was paid out are asked for it; what a denial turns out to be; advances meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.procedures.test_relationship_expenses import line
from tests.tools.office import Office

PEOPLE = [
    ("FY01", "何敏", "费用专员"),
    ("FY02", "孙强", "销售主管"),
    ("FY03", "许会计", "财务"),
    ("FY04", "钱明", "费用专员"),
]
DENIED = {"spot_answer": "不符", "spot_note": "只收到 100 元", "spot_on": "2026-11-13", "spot_by": "孙强"}
CLEARED = {
    "spot_outcome": "已补付",
    "spot_amount": 200,
    "spot_found": "少付 200 元",
    "cleared_on": "2026-11-16",
    "cleared_by": "孙强",
}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, ["relationship_expenses"], PEOPLE)


def to_pay(office: Office, *lines: dict[str, Any]) -> None:
    """October's *lines*, listed, summed up and signed three times by 11-04."""
    office.drop("expense_line", *lines)
    office.run("2026-11-02 09:00")
    total = sum(each["line_expense"] for each in lines)
    office.answer("FY01", {"2026-10": {"customers_counted": len(lines), "month_total": total, "summed_by": "何敏"}})
    office.run("2026-11-03 09:00")
    for person, who, name in (("FY04", "clerk", "钱明"), ("FY02", "sales", "孙强"), ("FY03", "finance", "许会计")):
        office.answer(person, {"2026-10": {f"{who}_check": "同意", f"{who}_signed": name}})
        office.run("2026-11-04 09:00")


def pay(office: Office, amount: float) -> None:
    office.answer("FY03", {"2026-10": {"paid_amount": amount, "paid_on": "2026-11-12", "paid_by": "许会计"}})


def denied(office: Office) -> None:
    """300 of 500 are payable and paid on 11-12; on 11-13 惠民超市 says that it has got 100."""
    to_pay(office, line("惠民超市", 300, "是"), line("平安街烟酒店", 200, "否"))
    pay(office, 300)
    office.run("2026-11-12 09:00")
    office.answer("FY02", {"2026-10-惠民超市": DENIED})
    office.run("2026-11-13 09:00")


def advance(office: Office, name: str = "何敏") -> None:
    """1,000 are advanced to him on 11-12, once October is signed."""
    asked = {"expense_kind": "预支", "expense_customer": "惠民超市", "requested_amount": 1000, "expense_use": "兑付"}
    office.drop("expense_request", asked | {"requested_on": "2026-11-12", "requested_by": name})
    office.run("2026-11-12 10:00")
    office.answer("FY02", {"FY261101": {"expense_answer": "同意", "granted_by": "孙强", "granted_on": "2026-11-12"}})
    office.run("2026-11-12 11:00")


def test_three_customers_of_a_paid_month_are_asked_by_the_sales_head(office: Office) -> None:
    names = ("甲店", "乙店", "丙店", "丁店", "戊店")
    to_pay(office, *(line(name, 100, "否" if name == "戊店" else "是") for name in names))
    pay(office, 400)
    office.run("2026-11-12 09:00")
    drawn = [row["抽查客户"] for row in office.master("费用抽查")]
    assert len(drawn) == 3
    assert set(drawn) <= set(names) - {"戊店"}

    office.drop("expense_line", line("己店", 50, "是"))  # a line that comes later draws nobody anew
    keys = [row["抽查编号"] for row in office.worklist("FY02", "费用抽查")]
    asked = {"spot_answer": "属实", "spot_on": "2026-11-13", "spot_by": "孙强"}
    office.answer("FY02", dict.fromkeys(keys, asked))
    office.run("2026-11-13 09:00")
    assert [row["抽查客户"] for row in office.master("费用抽查")] == drawn
    assert {row["当前状态"] for row in office.master("费用抽查")} == {"已抽查"}


def test_nobody_is_asked_of_money_that_had_not_come_when_the_month_was_paid(office: Office) -> None:
    """300 of 500 are payable and paid on 11-12; on 11-13 the payment comes in beside the news that 平安街烟酒店, too, has paid."""
    to_pay(office, line("惠民超市", 300, "是"), line("平安街烟酒店", 200, "否"))
    pay(office, 300)
    office.drop("expense_line", line("平安街烟酒店", 200, "是"))
    office.run("2026-11-13 09:00")
    assert office.record("费用月报", "2026-10")["当前状态"] == "已付款"
    assert [row["抽查客户"] for row in office.master("费用抽查")] == ["惠民超市"]


def test_a_denial_is_told_to_finance_and_clerk_until_the_sales_head_has_cleared_it_up(office: Office) -> None:
    """Denied on Friday 11-13: five working days to find out where the money went, until 11-20."""
    denied(office)
    told = "抽查不符：“惠民超市”只收到 100 元"
    rows = [row for row in office.open_exceptions() if row["问题"] == told]
    assert sorted(str(row["由谁处理"]) for row in rows) == ["何敏", "许会计", "钱明"]
    assert told in office.mails("FY03")[-1]

    (row,) = office.worklist("FY02", "抽查不符查实")
    assert (row["抽查编号"], row["不符情况"], row["应办结日"]) == ("2026-10-惠民超市", "只收到 100 元", "2026-11-20")
    office.answer("FY02", {"2026-10-惠民超市": CLEARED})
    office.run("2026-11-16 09:00")
    check = office.record("费用抽查", "2026-10-惠民超市")
    assert (check["当前状态"], check["查实结果"], check["补付或追回金额"]) == ("不符已查实", "已补付", 200)
    assert office.exceptions() == []


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"spot_amount": 0}, "已补付或已追回，金额却是“0”"),
        ({"spot_amount": ""}, "补付或追回金额没有填写：查实结果为“已补付”时必填"),
        ({"cleared_on": "2026-11-12"}, "查实日期“2026-11-12”早于抽查日期“2026-11-13”，先后不对"),
        ({"cleared_by": "何敏"}, "“惠民超市”的“抽查不符查实”应由“销售主管”办理，“何敏”不是该岗位的在岗人员"),
    ],
)
def test_money_that_went_either_way_has_an_amount_and_the_sales_head_a_day(
    office: Office, said: dict[str, Any], why: str
) -> None:
    denied(office)
    office.drop("expense_spot_cleared", {"spot_no": "2026-10-惠民超市"} | CLEARED | said)
    office.run("2026-11-16 09:00")
    assert why in office.exceptions()
    assert office.record("费用抽查", "2026-10-惠民超市")["当前状态"] == "不符待查"


def test_what_the_customer_has_after_all_needs_no_amount(office: Office) -> None:
    denied(office)
    office.answer("FY02", {"2026-10-惠民超市": CLEARED | {"spot_outcome": "确已收到", "spot_amount": ""}})
    office.run("2026-11-16 09:00")
    assert office.record("费用抽查", "2026-10-惠民超市")["当前状态"] == "不符已查实"


def test_whoever_settles_an_advance_reads_which_customers_have_not_confirmed(office: Office) -> None:
    to_pay(office, line("惠民超市", 1000, "是"))
    advance(office)
    assert office.exceptions() == []  # nobody is drawn before the month is paid
    pay(office, 1000)
    office.run("2026-11-12 12:00")
    told = "“何敏”兑付的客户还有 1 家没有抽查确认：惠民超市"
    office.exceptions()
    assert [(row["问题"], row["由谁处理"]) for row in office.open_exceptions()] == [(told, "许会计")]

    office.answer("FY02", {"2026-10-惠民超市": DENIED})
    office.run("2026-11-13 09:00")
    assert told in [row["问题"] for row in office.open_exceptions()]
    office.answer("FY02", {"2026-10-惠民超市": CLEARED})
    office.run("2026-11-16 09:00")
    assert office.exceptions() == []


def test_an_advance_settled_before_is_told_to_the_sales_head_and_another_man_s_is_not(office: Office) -> None:
    to_pay(office, line("惠民超市", 1000, "是"))
    advance(office)
    pay(office, 1000)
    office.answer("FY03", {"FY261101": {"settled_amount": 1000, "settled_on": "2026-11-12", "settled_by": "许会计"}})
    office.run("2026-11-12 12:00")
    assert office.record("费用申请", "FY261101")["当前状态"] == "已核销"
    told = "“何敏”兑付的客户还有 1 家没有抽查确认：惠民超市"
    office.exceptions()
    assert [(row["问题"], row["由谁处理"]) for row in office.open_exceptions()] == [(told, "孙强")]


def test_an_advance_settled_before_a_later_month_is_paid_waits_for_no_check_of_that_month(office: Office) -> None:
    """Settled on 11-13; October is paid on 11-16, and its customers are yet to be asked."""
    to_pay(office, line("惠民超市", 1000, "是"))
    advance(office)
    settled = {"settled_amount": 1000, "settled_on": "2026-11-13", "settled_by": "许会计"}
    office.answer("FY03", {"FY261101": settled})
    office.run("2026-11-13 09:00")
    office.answer("FY03", {"2026-10": {"paid_amount": 1000, "paid_on": "2026-11-16", "paid_by": "许会计"}})
    office.run("2026-11-16 09:00")
    assert office.record("费用申请", "FY261101")["当前状态"] == "已核销"
    assert office.record("费用抽查", "2026-10-惠民超市")["当前状态"] == "待抽查"
    assert not [each for each in office.exceptions() if "没有抽查确认" in each]


def test_the_advance_of_somebody_who_has_listed_nobody_waits_for_no_check(office: Office) -> None:
    to_pay(office, line("惠民超市", 1000, "是"))
    advance(office, "钱明")
    pay(office, 1000)
    office.run("2026-11-12 12:00")
    assert office.exceptions() == ["“钱明”预支合计 1000 元，2026-10 签完的统计里其名下可付的只有 0 元"]


def test_a_customer_asked_by_who_has_listed_him_is_told_to_finance(office: Office) -> None:
    """The head of sales has listed a customer himself, draws him and asks him."""
    to_pay(office, line("惠民超市", 300, "是"), line("平安街烟酒店", 200, "是") | {"line_by": "孙强"})
    pay(office, 500)
    office.run("2026-11-12 09:00")
    asked = {"spot_answer": "属实", "spot_on": "2026-11-13", "spot_by": "孙强"}
    office.answer("FY02", {"2026-10-惠民超市": asked, "2026-10-平安街烟酒店": asked})
    office.run("2026-11-13 09:00")
    assert office.exceptions() == ["“平安街烟酒店”是孙强自己统计的，又由其本人抽查"]
    assert [row["由谁处理"] for row in office.open_exceptions()] == ["许会计"]
