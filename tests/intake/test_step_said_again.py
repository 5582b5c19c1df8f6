"""A step that is asked anew and comes again in the very words of the round before: nobody knows whether it was done again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.office import Office

MONTH = "2026-10"
SUMMED = {"customers_counted": 1, "month_total": 300, "summed_by": "何敏"}
SIGNED = {"expense_month": MONTH, "clerk_check": "同意", "clerk_signed": "何敏"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """October is summed up, signed by the clerk on a sheet of his own, and returned by the sales head."""
    people = [("FY01", "何敏", "费用专员"), ("FY02", "孙强", "销售主管"), ("FY03", "许会计", "财务")]
    office = Office(tmp_path, ["relationship_expenses"], people)
    line = {
        "expense_month": "2026年10月",
        "line_customer": "惠民超市",
        "purchases": 5000,
        "payment_received": "是",
        "line_expense": 300,
        "line_by": "何敏",
    }
    office.drop("expense_line", line)
    office.run("2026-11-02 09:00")
    office.answer("FY01", {MONTH: SUMMED})
    office.run("2026-11-03 09:00")
    office.drop("expense_clerk_check", SIGNED, name="核对.xlsx")
    office.run("2026-11-03 10:00")
    assert _state(office) == "待销售主管审核"
    office.answer("FY02", {MONTH: {"sales_check": "退回", "sales_reason": "少一户", "sales_signed": "孙强"}})
    office.run("2026-11-04 09:00")
    return office


def _state(office: Office) -> str:
    return str(office.record("费用月报", MONTH)["当前状态"])


def _due_again(office: Office) -> None:
    while _state(office) != "待经办核对":
        office.answer("FY01", {MONTH: {**SUMMED, "customers_counted": 2}})
        office.run("2026-11-04 10:00")


@pytest.mark.parametrize("name", ["核对.xlsx", "再次核对.xlsx"])
def test_it_is_told_at_its_cell_and_the_worklist_takes_it(office: Office, name: str) -> None:
    _due_again(office)
    office.drop_anew("expense_clerk_check", SIGNED, name=name)  # the very same bytes say nothing
    office.run("2026-11-04 11:00")
    assert _state(office) == "待经办核对"
    (told,) = [row for row in office.master("未解决的异常") if "一字不差" in str(row["问题"])]
    assert "“2026-10”又要办理“经办核对”" in str(told["问题"])
    assert (told["文件"], told["单元格"], told["程度"]) == (name, "B6", "提醒")

    office.answer("FY01", {MONTH: {"clerk_check": "同意", "clerk_signed": "何敏"}})
    office.run("2026-11-04 12:00")
    assert _state(office) == "待销售主管审核"
    assert not any("一字不差" in line for line in office.exceptions())


@pytest.mark.parametrize("on_worklist", [False, True])
def test_what_was_answered_otherwise_in_between_is_taken(office: Office, on_worklist: bool) -> None:
    """Agreed to, returned the next time, and agreed to again: the last answer was another one."""
    _due_again(office)
    returned = {"clerk_check": "退回", "clerk_reason": "少一户", "clerk_signed": "何敏"}
    if on_worklist:
        office.answer("FY01", {MONTH: returned})
    else:
        office.drop("expense_clerk_check", {"expense_month": MONTH, **returned}, name="核对二.xlsx")
    office.run("2026-11-04 10:30")
    assert _state(office) == "待汇总"
    _due_again(office)
    office.drop_anew("expense_clerk_check", SIGNED, name="核对三.xlsx")
    office.run("2026-11-04 11:00")
    assert _state(office) == "待销售主管审核"
    assert not any("一字不差" in line for line in office.exceptions())


def test_in_other_words_it_is_taken(office: Office) -> None:
    _due_again(office)
    office.drop("expense_clerk_check", {**SIGNED, "clerk_reason": "补齐后核对无误"}, name="核对.xlsx")
    office.run("2026-11-04 11:00")
    assert _state(office) == "待销售主管审核"
    assert not any("一字不差" in line for line in office.exceptions())


def test_where_it_is_not_asked_the_old_paper_says_nothing(office: Office) -> None:
    office.drop_anew("expense_clerk_check", SIGNED, name="核对.xlsx")  # it is to be summed up first
    office.run("2026-11-04 09:30")
    _due_again(office)
    office.answer("FY01", {MONTH: {"clerk_check": "同意", "clerk_signed": "何敏"}})
    office.run("2026-11-04 12:00")
    office.drop_anew("expense_clerk_check", SIGNED, name="副本 核对.xlsx")
    office.run("2026-11-05 09:00")
    assert _state(office) == "待销售主管审核"
    assert not any("一字不差" in line for line in office.exceptions())


@pytest.mark.parametrize("name", ["核对.xlsx", "再次核对.xlsx"])
def test_what_was_refused_as_too_early_is_taken_once_it_is_time_though_another_answer_was_refused_meanwhile(
    office: Office, name: str
) -> None:
    """It was said to hand it in when its time has come: to keep it out as a sheet that says nothing new would be silent."""
    early = {**SIGNED, "clerk_reason": "见附表"}
    office.drop("expense_clerk_check", early, name="核对.xlsx")  # it is to be summed up first
    office.run("2026-11-04 09:30")
    assert any("不能办理“经办核对”" in line for line in office.exceptions())
    _due_again(office)
    office.drop("expense_clerk_check", {**SIGNED, "clerk_check": "退回"}, name="核对二.xlsx")
    office.run("2026-11-04 10:30")
    assert (_state(office), any("经办核对意见没有填写" in line for line in office.exceptions())) == ("待经办核对", True)
    office.drop_anew("expense_clerk_check", early, name=name)
    office.run("2026-11-04 11:00")
    assert _state(office) == "待销售主管审核"
    assert not any("一字不差" in line or "经办核对意见" in line for line in office.exceptions())


def test_a_step_handed_in_again_is_told_until_the_cell_is_mended_in_the_master_as_it_says(office: Office) -> None:
    """Signed once more with a remark; what is to be mended of a step that was taken is mended in the master, and then it is over."""
    _due_again(office)
    office.drop("expense_clerk_check", {**SIGNED, "clerk_reason": "已补一户"}, name="核对二.xlsx")
    office.run("2026-11-04 11:00")
    assert _state(office) == "待销售主管审核"
    office.drop("expense_clerk_check", {**SIGNED, "clerk_reason": "已补两户"}, name="核对三.xlsx")
    office.run("2026-11-04 12:00")
    refused = "不能办理“经办核对”"
    assert any(refused in line for line in office.exceptions())
    office.run("2026-11-05 09:00")
    assert any(refused in line for line in office.exceptions())
    office.edit_master("费用月报", MONTH, {"经办核对意见": "已补两户"})
    office.run("2026-11-05 10:00")
    assert not any(refused in line for line in office.exceptions())
    assert office.record("费用月报", MONTH)["经办核对意见"] == "已补两户"


def test_a_sheet_that_comes_too_early_is_told_to_who_handed_it_in_not_to_a_colleague_who_has_the_record(
    tmp_path: Path,
) -> None:
    """Two of one role: the one has the matter to dispatch, the other hands in his handling of it already."""
    office = Office(tmp_path, ["first_contact"], [("KF01", "周婷", "客户中心"), ("KF02", "吴刚", "客户中心")])
    received = {"matter_source": "来电", "received_at": "2026-11-02 09:30", "matter_customer": "惠民超市"}
    received |= {"matter_text": "冰柜不制冷", "solved_at_once": "是", "first_receiver": "周婷"}
    office.drop("matter", received)
    office.run("2026-11-02 10:00")
    assert office.record("客户信息登记", "SJ2611001")["当前办理人"] == "周婷"
    said = {"handling_result": "已处理", "handling": "上门", "handled_on": "2026-11-02", "matter_handled_by": "吴刚"}
    office.drop("matter_handling", {"matter_no": "SJ2611001", **said})
    office.run("2026-11-02 11:00")
    refused = [row for row in office.exceptions() and office.open_exceptions() if "不能办理“处理”" in str(row["问题"])]
    assert [row["由谁处理"] for row in refused] == ["吴刚"]
    assert "不能办理“处理”" in office.mails("KF02")[-1]
    assert not any("不能办理“处理”" in text for text in office.mails("KF01"))


def test_a_faulty_sheet_is_told_to_who_handed_it_in_not_to_a_colleague_who_has_the_record(tmp_path: Path) -> None:
    """Two engineers: the ticket is the one's, the other answers it, before it was reported; the one has never seen the sheet."""
    people = [("IT01", "马工", "运维工程师"), ("IT02", "牛工", "运维工程师"), ("IT03", "齐主管", "运维主管")]
    office = Office(tmp_path, ["it_service"], people)
    ticket = {
        "ticket_kind": "事件",
        "ticket_priority": "中",
        "reported_at": "2026-11-02 08:40",
        "reported_from": "营销部",
    }
    for text in ("卡纸", "断网"):
        office.drop("it_ticket", {**ticket, "ticket_text": text, "ticket_by": "马工"})
    office.run("2026-11-02 09:00")
    owner = {row["运维单号"]: row["当前办理人"] for row in office.master("运维单")}
    key = next(number for number, name in owner.items() if name == "牛工")
    office.drop(
        "it_response",
        {"ticket_no": key, "diagnosis": "看看", "responded_at": "2026-11-02 08:00", "responded_by": "马工"},
    )
    office.run("2026-11-02 10:00")
    told = [row for row in office.exceptions() and office.open_exceptions() if "2026-11-02 08:00" in str(row["问题"])]
    assert [row["由谁处理"] for row in told] == ["马工"]
