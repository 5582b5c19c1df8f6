"""A signature fixes the lines that stood when it was given: what comes later is of the next period, or asks for it anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.language.catalogue import load_catalogue
from schemas.language.field import OF_THE_PAPER, FieldRole
from tests.procedures import test_activity_budgets as budgets
from tests.procedures import test_deliverables as deliverables
from tests.procedures import test_it_service as service
from tests.procedures import test_relationship_expenses as expenses
from tests.procedures import test_tiers as tiers
from tests.procedures import test_visiting as visiting
from tests.procedures.test_relationship_expenses import line, october, signed
from tests.tools.office import Office

MONTHS, LINES = "费用月报", "月采购及费用"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """October's 300 and 200 yuan are summed up and signed by the clerk, the sales head and finance."""
    office = Office(tmp_path, ["relationship_expenses"], expenses.PEOPLE)
    october(office)
    for person, who, name in (("FY01", "clerk", "何敏"), ("FY02", "sales", "孙强"), ("FY03", "finance", "许会计")):
        office.answer(person, {"2026-10": signed(who, name)})
        office.run("2026-11-04 09:00")
    return office


def test_a_line_after_the_signatures_counts_in_the_next_month_and_says_so(office: Office) -> None:
    office.drop("expense_line", line("大客户", 9999, "是"))
    office.run("2026-11-05 09:00")
    record = office.record(MONTHS, "2026-10")
    assert (record["当前状态"], record["可付金额"], record["各行合计"]) == ("待付款", 300, 500)  # not 10,299
    assert office.record(LINES, "2026-10-大客户")["计入月份"] == "2026-11"
    about = "“大客户”的费用月份是 2026-10，该期已签字，本行计入 2026-11"
    (row,) = [row for row in office.open_exceptions() if row["问题"] == about]
    assert (row["由谁处理"], row["怎样改"]) == ("孙强", "不用改，也不要再列一行：到 2026-11 一起汇总签字")

    office.run("2026-12-01 09:00")
    assert office.record(MONTHS, "2026-11")["可付金额"] == 9999


def test_a_line_that_changes_asks_for_all_signatures_anew(office: Office) -> None:
    office.drop("expense_line", line("惠民超市", 400, "是"))
    office.run("2026-11-05 09:00")
    record = office.record(MONTHS, "2026-10")
    assert (record["当前状态"], record["经办签字"], record["财务签字"]) == ("待汇总", None, None)
    (row,) = office.worklist("FY01", "费用汇总")  # what was summed up is no longer so either
    assert row["退回原因"] == "签字后有改动：惠民超市，请重新签字"
    assert (row["各行合计"], row["费用合计"]) == (600, None)
    assert row["应办结日"] == "2026-11-06"  # the third working day, 11-04, was over when it came back


def test_a_line_that_comes_with_what_opens_its_month_again_counts_in_it(office: Office) -> None:
    office.drop("expense_line", line("惠民超市", 400, "是"), line("大客户", 700, "是"))
    office.run("2026-11-05 09:00")
    month = office.record(MONTHS, "2026-10")
    assert (month["当前状态"], month["各行合计"]) == ("待汇总", 1300)  # 400 + 200 + 700
    assert office.record(LINES, "2026-10-大客户")["计入月份"] == "2026-10"
    assert not [each for each in office.exceptions() if "本行计入" in each]
    (row,) = office.worklist("FY01", "费用汇总")  # whoever signs again reads of both
    assert row["退回原因"] == "签字后有改动：惠民超市、大客户，请重新签字"


def test_that_the_customer_has_paid_is_no_change_of_what_was_signed(office: Office) -> None:
    office.drop("expense_line", line("平安街烟酒店", 200, "是"))
    office.run("2026-11-05 09:00")
    record = office.record(MONTHS, "2026-10")
    assert (record["当前状态"], record["可付金额"]) == ("待付款", 500)


def test_what_is_paid_is_not_changed_any_more(office: Office) -> None:
    office.run("2026-11-13 09:00")
    office.answer("FY03", {"2026-10": {"paid_amount": 300, "paid_on": "2026-11-13", "paid_by": "许会计"}})
    office.run("2026-11-13 10:00")
    assert office.record(MONTHS, "2026-10")["当前状态"] == "已付款"
    office.drop("expense_line", line("惠民超市", 400, "是"))
    summary = office.run("2026-11-13 11:00")
    assert summary.rows.rejected == 1
    assert any("不能再改：“2026-10”已签字办结" in each for each in office.exceptions())
    assert office.record(MONTHS, "2026-10")["各行合计"] == 500


@pytest.mark.parametrize(
    ("said", "visits"),
    [
        ({"plan_customer": "惠民超市", "planned_visits": 8}, 10),  # 8, 1 and 1, where it was 2, 1 and 1
        ({"plan_customer": "新客户", "planned_visits": 3}, 7),  # a line more
    ],
)
def test_an_approved_plan_that_changes_is_decided_on_again(
    tmp_path: Path, said: dict[str, object], visits: int
) -> None:
    office = visiting.begin(tmp_path)
    office.answer("BF01", {visiting.PLAN_NO: visiting.APPROVED})
    office.run("2026-11-03 09:00")
    assert office.record("巡访计划", visiting.PLAN_NO)["当前状态"] == "已批准"

    office.drop("visit_plan", {"plan_month": "2026年11月", "plan_visitor": "王建国", **said})
    office.run("2026-11-04 09:00")
    (row,) = office.worklist("BF01", "计划审批")
    assert (row["计划总次数"], str(row["退回原因"])[:6]) == (visits, "签字后有改动")


def test_an_approved_request_that_changes_is_decided_on_again(tmp_path: Path) -> None:
    office = Office(tmp_path, ["relationship_expenses"], expenses.PEOPLE)
    asked = {**expenses.request(requested_amount=700), "request_no": "FY261101"}
    granted = {"request_no": "FY261101", "expense_answer": "同意", "granted_by": "孙强", "granted_on": "2026-11-02"}
    office.drop("expense_request", asked)
    office.run("2026-11-02 09:00")
    office.drop("expense_grant", granted)
    office.run("2026-11-02 10:00")
    assert office.record("费用申请", "FY261101")["当前状态"] == "已批"

    office.drop("expense_request", {**asked, "requested_amount": 7000})
    office.run("2026-11-03 09:00")
    record = office.record("费用申请", "FY261101")
    assert (record["当前状态"], record["申请金额"], record["费用审批结论"]) == ("待批", 7000, None)
    (row,) = office.worklist("FY02", "费用审批")
    assert row["退回原因"] == "签字后有改动：申请金额 700→7000，请重新签字"


def test_a_claim_that_is_registered_to_one_unit_does_not_become_anothers_unseen(tmp_path: Path) -> None:
    office = Office(tmp_path, ["tiers"], tiers.PEOPLE)
    claim = {
        "claim_no": "ZD01",
        "claim_customer": "惠民超市",
        "claim_unit": "销售一部",
        "claim_ground": "年采购 300 万元",
        "claim_by": "孙强",
    }
    decided = {"claim_answer": "同意", "claim_decided_by": "马经理", "claim_decided_on": "2026-11-03"}
    office.drop("key_account_claim", claim)
    office.run("2026-11-02 09:00")
    office.answer("FJ02", {"ZD01": decided})
    office.run("2026-11-03 09:00")
    assert office.record("重点客户申报", "ZD01")["当前状态"] == "已注册"

    office.drop("key_account_claim", {**claim, "claim_unit": "销售二部"})
    office.run("2026-11-04 09:00")
    record = office.record("重点客户申报", "ZD01")
    assert (record["当前状态"], record["申报单位"], record["申报审批人"]) == ("待审批", "销售二部", None)


def test_a_change_of_a_system_is_not_rewritten_between_approval_and_work_nor_after_it(tmp_path: Path) -> None:
    office = Office(tmp_path, ["it_service"], service.PEOPLE)
    change = {**service.CHANGE, "change_no": "BG2611001"}
    approved = {"BG2611001": {"change_answer": "同意", "change_approver": "齐主管"}}
    office.drop("it_change", change)
    office.run("2026-11-02 09:00")
    office.answer("IT02", approved)
    office.run("2026-11-02 10:00")
    office.drop("it_change", {**change, "rollback_plan": "无须回退"})
    office.run("2026-11-03 09:00")
    assert office.record("变更", "BG2611001")["当前状态"] == "待审批"

    office.answer("IT02", approved)
    office.run("2026-11-03 10:00")
    done = {
        "change_done_at": "2026-11-05 22:30",
        "change_result": "成功",
        "change_backup": "已备份",
        "change_done_by": "马工",
    }
    office.answer("IT01", {"BG2611001": done})
    office.run("2026-11-06 09:00")
    assert office.record("变更", "BG2611001")["当前状态"] == "已实施"
    office.drop("it_change", {**change, "rollback_plan": "重装"})
    office.run("2026-11-07 09:00")
    record = office.record("变更", "BG2611001")
    assert (record["当前状态"], record["回退方案"]) == ("已实施", "无须回退")
    assert "回退方案“重装”不能再改：“BG2611001”已签字办结" in office.exceptions()


@pytest.mark.parametrize("carried_out", [False, True])
def test_an_answer_does_not_change_unseen_what_was_approved(tmp_path: Path, carried_out: bool) -> None:
    office = Office(tmp_path, ["it_service"], service.PEOPLE)
    change = {**service.CHANGE, "change_no": "BG2611001"}
    approved = {"BG2611001": {"change_answer": "同意", "change_approver": "齐主管"}}
    office.drop("it_change", {**change, "rollback_plan": "留旧机"}, name="变更.xlsx")
    office.run("2026-11-02 09:00")
    office.drop("it_change", change, name="变更.xlsx")
    office.run("2026-11-02 10:00")
    office.answer("IT02", approved)
    office.run("2026-11-02 11:00")
    if carried_out:
        done = {
            "change_done_at": "2026-11-05 22:30",
            "change_result": "成功",
            "change_backup": "已备份",
            "change_done_by": "马工",
        }
        office.answer("IT01", {"BG2611001": done})
        office.run("2026-11-06 09:00")
    old = {**change, "rollback_plan": "留旧机"}  # an old copy, or is it meant?
    office.drop_anew("it_change", old, name="变更.xlsx")
    office.run("2026-11-06 10:00")
    office.choose("以我为准", "留旧机")
    office.run("2026-11-06 11:00")
    record = office.record("变更", "BG2611001")
    if carried_out:
        assert (record["当前状态"], record["回退方案"]) == ("已实施", "恢复旧配置")
        assert "回退方案“留旧机”不能再改：“BG2611001”已签字办结" in office.exceptions()
    else:
        assert (record["当前状态"], record["回退方案"], record["变更审批结论"]) == ("待审批", "留旧机", None)
        (row,) = office.worklist("IT02", "变更审批")
        assert row["变更编号"] == "BG2611001"
        assert row["退回原因"] == "签字后有改动：回退方案 恢复旧配置→留旧机，请重新签字"


_NOTHING_FIXED = {
    "customers": "a customer's data change with him: a change asks for no new visit",
    "inbound_tasks": "what was announced may be corrected until the goods are stored",
    "equipment_faults": "no approval: repairing goes on with what is known",
    "first_contacts": "no approval: the customer is called back",
    "matters_to_mend": "no approval: who mends it is decided",
    "online_questions": "no approval: an expert answers, or returns it",
    "prospects": "giving up is decided, the prospect goes on changing",
    "tiers": "the tier follows from revenues, each change of which is decided on anew",
    "visit_plans": "its lines are what is approved",
}


_LEFT_OPEN = {  # how something sent back was put right is a note where what was put right stands elsewhere, and is fixed
    "approve_change": ["change_revision"],
    "approve_install": ["amendment"],
    "confirm_ticket": ["worth_keeping"],  # a hint for the collection of solutions
    # how it was put right is told by its maker, and is no part of the file that is signed
    "sign_file": ["file_mended"],
}


@pytest.mark.parametrize("same_run", [True, False])
@pytest.mark.parametrize("numbered", [True, False])
def test_nobody_approves_what_was_changed_since_his_worklist_was_written(
    tmp_path: Path, same_run: bool, numbered: bool
) -> None:
    # the head of the company reads 20,000 yuan and agrees; it has become 50,000 meanwhile
    office = Office(tmp_path, ["activity_budgets"], budgets.PEOPLE)
    said = {"promoted_activity": "开业促销", "promoted_on": "2026-11-04", "budget_amount": 20000}
    said |= {"budget_made_on": "2026-11-02", "budget_by": "花策"}
    office.drop("activity_budget", said)
    office.run("2026-11-02 09:00")
    office.drop("activity_budget", said | {"budget_amount": 50000} | ({"budget_no": budgets.KEY} if numbered else {}))
    office.answer("QH03", {budgets.KEY: budgets.decided()})  # on the worklist of nine o'clock
    if not same_run:
        approval = next(office.settings.inbox.glob("*任务表*")).read_bytes()
        next(office.settings.inbox.glob("*任务表*")).unlink()
        office.run("2026-11-02 10:00")
        office.put("审批.xlsx", approval)
    office.run("2026-11-02 11:00")
    record = office.record(budgets.SHEET, budgets.KEY)
    assert (record["当前状态"], record["预算费用（元）"]) == ("待审批", 50000)
    (told,) = office.exceptions()
    assert told == "任务表写出以后，“开业促销”的预算费用（元）由“20000”改为“50000”，“预算审批”没有采用"

    (row,) = office.worklist("QH03", "预算审批")  # the advice is followed
    assert row["预算费用（元）"] == 50000
    office.answer("QH03", {budgets.KEY: budgets.decided()})
    office.run("2026-11-02 12:00")
    assert (office.record(budgets.SHEET, budgets.KEY)["当前状态"], office.exceptions()) == ("待登记费用", [])


def test_what_was_changed_since_may_be_sent_back_and_other_changes_keep_nothing_up(tmp_path: Path) -> None:
    office = Office(tmp_path, ["activity_budgets"], budgets.PEOPLE)
    said = {"promoted_on": "2026-11-14", "budget_amount": 20000, "budget_made_on": "2026-11-02", "budget_by": "花策"}
    first, second = ({"promoted_activity": name, **said} for name in ("开业促销", "周年庆"))
    office.drop("activity_budget", first, second)
    office.run("2026-11-02 09:00")
    office.drop("activity_budget", first | {"budget_amount": 50000}, second | {"budget_by": "齐经理"})
    sent_back = budgets.decided("退回", budget_reason="太多")
    office.answer("QH03", {"YS2611001": sent_back, "YS2611002": budgets.decided()})
    office.run("2026-11-02 10:00")
    assert [row["当前状态"] for row in office.master(budgets.SHEET)] == ["待修改", "待登记费用"]


def test_a_step_after_the_approval_does_not_change_unseen_what_was_approved(tmp_path: Path) -> None:
    # approved: 20,000 yuan; 32,000 were spent, and the very row that says so makes a budget of 32,000 of it
    office = Office(tmp_path, ["activity_budgets"], budgets.PEOPLE)
    said = {"promoted_activity": "开业促销", "promoted_on": "2026-11-04", "budget_amount": 20000}
    office.drop("activity_budget", said | {"budget_made_on": "2026-11-02", "budget_by": "花策"})
    office.run("2026-11-02 09:00")
    office.answer("QH03", {budgets.KEY: budgets.decided()})
    office.run("2026-11-03 09:00")
    spent = {"cost_amount": 32000, "cost_on": "2026-11-04", "cost_by": "花策", "budget_amount": 32000}
    office.answer("QH01", {budgets.KEY: spent})
    office.run("2026-11-04 17:00")
    record = office.record(budgets.SHEET, budgets.KEY)
    assert (record["当前状态"], record["退回原因"]) == (
        "待审批",
        "签字后有改动：预算费用（元） 20000→32000，请重新签字",
    )
    assert "原来的已作废" in office.mails("QH03")[-1] or office.tasks("QH03") == ["预算审批"]


def test_filing_does_not_change_unseen_what_was_approved(tmp_path: Path) -> None:
    office = Office(tmp_path, ["deliverables"], deliverables.PEOPLE)
    office.drop("deliverable", deliverables.deliverable())
    office.run("2026-11-02 09:00")
    office.drop("deliverable_check", {"deliverable_no": deliverables.KEY, **deliverables.check("同意")})
    office.run("2026-11-03 08:00")
    steps = ("CG03", deliverables.review("同意")), ("CG04", deliverables.approval("同意"))
    assert deliverables.play(office, *steps) == "待归档"
    filed = {"archive_no": "DA1", "filed_on": "2026-11-03", "filed_by": "顾工", "deliverable_title": "另一份"}
    assert deliverables.play(office, ("CG01", filed)) == "待复核"  # signed anew from the first level on
    assert str(office.record(deliverables.SHEET, deliverables.KEY)["退回原因"]).startswith("签字后有改动：成果文件名称")


def test_every_register_with_an_approval_says_what_it_fixes_or_why_nothing() -> None:
    deciding = {
        register.code: register
        for register in load_catalogue().registers
        if any(way.back for stage in register.stages if stage.form for way in stage.transitions)  # a person's answer
    }
    fixed = {code for code, register in deciding.items() if register.seals}
    assert deciding.keys() - fixed == set(_NOTHING_FIXED)
    for code in fixed:
        for sealed in deciding[code].seals:
            forms = deciding[code].forms if sealed.register == code else (deciding[code].base,)  # own steps, or lines
            assert all(any(form.get(each) for form in forms) for each in sealed.fixed), code
            assert sealed.reopens not in sealed.states
            assert set(sealed.final) <= set(sealed.states)


def test_what_was_written_for_an_approval_is_fixed_by_it_or_it_is_said_why_not() -> None:
    """Of each form that is filled right before somebody else decides, some seal fixes all that its writer said."""
    left_open: dict[str, set[str]] = {}
    for register in load_catalogue().registers:
        for stage in register.stages:
            deciding = {each.form for each in register.stages if any(way.back for way in each.transitions)}
            ways = [way.to for way in stage.transitions if way.to and not way.back]
            decides = stage.form and stage.strict and (stage.not_by or stage.decides)
            if not decides or not any(way.back for way in stage.transitions):
                continue
            fixed = {code for seal in register.seals if {*ways} & {*seal.states} for code in seal.fixed}
            before = [
                each for each in register.stages if each.form and stage.state in {way.to for way in each.transitions}
            ]
            forms = [form for form in register.forms if form.code in {each.form for each in before}]
            said = {
                field.code
                for form in forms
                if form is not register.base and form.code not in deciding
                for field in form
                if not field.key and field.means not in OF_THE_PAPER | {FieldRole.REASON}
            }
            if register.code not in _NOTHING_FIXED and said - fixed:
                left_open[stage.code] = said - fixed
    assert {code: sorted(said) for code, said in left_open.items()} == _LEFT_OPEN
