"""Who signs has seen what he signs: on an old worklist he has not, and what is changed together with a later step he has not either."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.commands.demo import answered
from tests.procedures import test_activity_budgets as budgets
from tests.procedures import test_complaints as complaints
from tests.procedures import test_deliverables as deliverables
from tests.procedures import test_installation as installation
from tests.procedures import test_planning_department as planning
from tests.procedures import test_property_site as site
from tests.procedures import test_relationship_expenses as expenses
from tests.procedures import test_satisfaction as satisfaction
from tests.procedures.test_activity_budgets import KEY, SHEET, decided
from tests.tools.office import Office

BUDGET = {
    "promoted_activity": "开业促销",
    "promoted_on": "2026-11-04",
    "budget_amount": 1000,
    "budget_made_on": "2026-11-02",
    "budget_by": "花策",
}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A budget of 1,000 yuan lies with the general manager."""
    office = Office(tmp_path, ["activity_budgets"], budgets.PEOPLE)
    office.drop("activity_budget", BUDGET)
    office.run("2026-11-02 09:00")
    return office


def worklist_of(office: Office, person: str) -> bytes:
    (path,) = (office.settings.outbox / "worklists").glob(f"{person}-*.xlsx")
    return path.read_bytes()


@pytest.mark.parametrize("together", [False, True])
def test_a_signature_on_a_worklist_that_shows_another_amount_is_not_taken(office: Office, together: bool) -> None:
    old = worklist_of(office, "QH03")
    office.drop("activity_budget", BUDGET | {"budget_amount": 9000}, name="改预算.xlsx")
    if not together:
        office.run("2026-11-02 10:00")
    office.put("总经理签.xlsx", answered(old, office.catalogue, {KEY: decided()}))
    office.run("2026-11-02 11:00")
    record = office.record(SHEET, KEY)
    assert (record["当前状态"], record["预算费用（元）"], record["预算审批结论"]) == ("待审批", 9000, None)
    told = "任务表写出以后，“开业促销”的预算费用（元）由“1000”改为“9000”，“预算审批”没有采用"
    assert told in office.exceptions() and any(told in mail for mail in office.mails("QH03"))

    office.answer("QH03", {KEY: decided()})  # the new one shows 9,000
    office.run("2026-11-02 12:00")
    assert (office.record(SHEET, KEY)["当前状态"], office.exceptions()) == ("待登记费用", [])


def test_what_nobody_decides_on_may_have_changed_meanwhile_and_so_may_what_he_has_changed_himself(
    office: Office,
) -> None:
    old = worklist_of(office, "QH03")
    office.drop("activity_budget", BUDGET | {"budget_made_on": "2026-11-01"}, name="改日期.xlsx")
    office.run("2026-11-02 10:00")
    office.put("总经理签.xlsx", answered(old, office.catalogue, {KEY: decided() | {"budget_amount": 900}}))
    office.run("2026-11-02 11:00")
    record = office.record(SHEET, KEY)
    assert (record["当前状态"], record["预算费用（元）"]) == ("待登记费用", 900)


def test_an_approved_amount_that_is_changed_in_the_row_that_tells_the_cost_is_decided_on_again(office: Office) -> None:
    office.answer("QH03", {KEY: decided()})
    office.run("2026-11-03 09:00")
    office.answer(
        "QH01", {KEY: {"cost_amount": 1900, "cost_on": "2026-11-04", "cost_by": "花策", "budget_amount": 1900}}
    )
    office.run("2026-11-04 17:00")
    assert office.record(SHEET, KEY)["当前状态"] == "待审批"
    (row,) = office.worklist("QH03", "预算审批")
    assert row["退回原因"] == "签字后有改动：预算费用（元） 1000→1900，请重新签字"


def test_what_the_second_to_sign_changes_the_first_signs_anew(tmp_path: Path) -> None:
    office = Office(tmp_path, ["deliverables"], deliverables.PEOPLE)
    office.drop("deliverable", deliverables.deliverable())
    office.run("2026-11-02 09:00")
    office.drop("deliverable_check", {"deliverable_no": deliverables.KEY, **deliverables.check("同意")})
    office.run("2026-11-03 08:00")
    assert office.record(deliverables.SHEET, deliverables.KEY)["当前状态"] == "待会审"
    changed = deliverables.review("同意") | {"deliverable_client": "乙方公司"}
    office.answer("CG03", {deliverables.KEY: changed})
    office.run("2026-11-03 11:00")
    record = office.record(deliverables.SHEET, deliverables.KEY)
    assert record["当前状态"] == "待复核"
    assert record["退回原因"] == "签字后有改动：委托方 城投公司→乙方公司，请重新签字"


def test_a_reply_that_is_changed_after_the_manager_has_passed_it_goes_back_to_him(tmp_path: Path) -> None:
    office = Office(tmp_path, ["property_site"], site.PEOPLE)
    office.drop("site_post", site.post())
    office.run("2026-11-05 09:00")
    office.answer("XZ02", {site.KEY: {"draft_result": "已拟回复", "draft_text": "周五前", "drafted_by": "杜部长"}})
    office.run("2026-11-05 10:00")
    office.answer("XZ04", {site.KEY: {"review_answer": "同意", "reply_reviewed_by": "管经理"}})
    office.run("2026-11-06 10:00")
    office.edit_master(site.SHEET, site.KEY, {"拟复内容": "下周五前"})
    office.run("2026-11-06 11:00")
    record = office.record(site.SHEET, site.KEY)
    assert (record["当前状态"], record["当前办理人"], record["拟复内容"]) == ("待审阅", "管经理", "下周五前")
    (row,) = office.worklist("XZ04", "审阅")
    assert row["退回原因"] == "签字后有改动：拟复内容 周五前→下周五前，请重新签字"


def test_a_drawing_that_gets_another_number_is_compared_anew(tmp_path: Path) -> None:
    office = Office(tmp_path, ["installation"], installation.PEOPLE)
    office.drop("install_contract", installation.CONTRACT)
    office.run("2026-11-02 09:00")
    installation.prepared(office)
    installation.to_install(office, 12)
    drawing = office.record("图纸", installation.KEY)
    assert drawing["监控核对结论"] == "同意"
    office.edit_master("图纸", installation.KEY, {"图纸编号": "T9"})
    office.run("2026-11-05 09:00")
    record = office.record("图纸", installation.KEY)
    assert (record["监控核对结论"], record["退回原因"]) == (
        None,
        f"签字后有改动：图纸编号 {drawing['图纸编号']}→T9，请重新签字",
    )
    assert [row["图纸编号"] for row in office.worklist("AZ05", "监控核对")] == ["T9"]


@pytest.mark.parametrize("answered_by_customer", [False, True])
def test_a_solution_that_is_changed_after_it_was_approved_is_approved_anew(
    tmp_path: Path, answered_by_customer: bool
) -> None:
    office = Office(tmp_path, ["complaints"], complaints.PEOPLE)
    complaints.to_tell(office)
    if answered_by_customer:
        office.answer("TS01", {"261101": {"reply_content": "满意", "told_on": "2026-11-03", "told_by": "陈静"}})
        office.run("2026-11-03 11:00")
    office.edit_master(complaints.SHEET, "261101", {"处理方案": "赔 9000 元"})
    office.run("2026-11-04 09:00")
    record = office.record(complaints.SHEET, "261101")
    assert (record["当前状态"], record["处理方案"], record["方案审批结论"]) == ("待审批", "赔 9000 元", None)
    (row,) = office.worklist("TS03", "方案审批")
    assert row["退回原因"] == "签字后有改动：处理方案 致歉→赔 9000 元，请重新签字"
    assert "方案审批" in office.mails("TS03")[-1]


def test_measures_that_are_changed_after_they_were_approved_are_approved_anew_and_not_the_solution(
    tmp_path: Path,
) -> None:
    office = Office(tmp_path, ["complaints"], complaints.PEOPLE)
    complaints.to_tell(office)
    steps = (
        ("TS01", {"reply_content": "满意", "told_on": "2026-11-03", "told_by": "陈静"}),
        ("TS01", complaints.MEASURES),
        ("TS03", complaints.ALLOWED),
    )
    for hour, (person, said) in enumerate(steps, 11):
        office.answer(person, {"261101": said})
        office.run(f"2026-11-03 {hour}:00")
    assert office.record(complaints.SHEET, "261101")["当前状态"] == "措施落实中"
    office.edit_master(complaints.SHEET, "261101", {"预防措施": "口头提醒"})
    office.run("2026-11-04 09:00")
    record = office.record(complaints.SHEET, "261101")
    assert (record["当前状态"], record["方案审批结论"], record["措施审批结论"]) == ("措施待审批", "同意", None)
    (row,) = office.worklist("TS03", "措施审批")
    assert row["退回原因"] == "签字后有改动：预防措施 装车后拍照→口头提醒，请重新签字"


def test_a_budget_of_the_year_that_is_changed_after_it_was_approved_is_approved_anew(tmp_path: Path) -> None:
    office = Office(tmp_path, ["planning_department"], planning.PEOPLE)
    office.run("2026-11-02 08:00")
    written = {"scheme_text": "四次", "scheme_budget": 50000, "scheme_on": "2026-11-02", "scheme_by": "齐经理"}
    office.answer("QH02", {"ND2027": written})
    office.run("2026-11-02 12:00")
    office.answer("QH03", {"ND2027": {"scheme_decision": "同意", "scheme_approved_by": "高总"}})
    office.run("2026-11-03 09:00")
    assert office.record("策划方案及预算", "ND2027")["当前状态"] == "已批准"
    office.edit_master("策划方案及预算", "ND2027", {"方案费用预算（元）": 900000})
    office.run("2026-11-04 09:00")
    assert office.record("策划方案及预算", "ND2027")["当前状态"] == "待审批"
    (row,) = office.worklist("QH03", "方案审批")
    assert row["退回原因"] == "签字后有改动：方案费用预算（元） 50000→900000，请重新签字"
    assert row["方案费用预算（元）"] == 900000


def test_a_cost_that_is_changed_after_it_was_settled_is_compared_anew(tmp_path: Path) -> None:
    """20,000 were approved and spent; 30,000 are half as much again: that is explained, and decided on."""
    office = budgets.spent(tmp_path, 20000)
    assert office.record(SHEET, KEY)["当前状态"] == "已核销"
    office.edit_master(SHEET, KEY, {"活动实际费用（元）": 20500})  # within a tenth
    office.run("2026-11-05 09:00")
    assert office.record(SHEET, KEY)["当前状态"] == "已核销"
    office.edit_master(SHEET, KEY, {"活动实际费用（元）": 30000})
    office.run("2026-11-05 10:00")
    assert office.record(SHEET, KEY)["当前状态"] == "待说明偏差"


def test_what_was_done_about_a_low_score_is_called_back_anew_when_it_was_changed(tmp_path: Path) -> None:
    office = Office(tmp_path, ["satisfaction", "tiers"], satisfaction.PEOPLE, **{"parameters.survey_gold_share": 100})
    satisfaction.revenues(office, 甲店=300_000)
    office.drop("survey_round", satisfaction.ROUND)
    office.run("2026-11-03 09:00")
    office.answer("MY01", {satisfaction.JIA: satisfaction.scores(1, 4, 4, 4, 4)})
    office.run("2026-11-04 09:00")
    office.answer("MY01", {satisfaction.JIA: {"low_cause": "不熟", "low_action": "培训两天", "low_handled_by": "周婷"}})
    office.run("2026-11-05 09:00")
    office.answer("MY02", {satisfaction.JIA: {"low_answer": "客户认可", "low_confirmed_by": "郝主管"}})
    office.run("2026-11-06 09:00")
    assert office.record("低分跟进", satisfaction.JIA)["当前状态"] == "已改进"
    office.edit_master("低分跟进", satisfaction.JIA, {"改进措施": "没有做什么"})
    office.run("2026-11-09 09:00")
    record = office.record("低分跟进", satisfaction.JIA)
    assert (record["当前状态"], record["低分回访结果"]) == ("待回访", None)
    (row,) = office.worklist("MY02", "低分回访")
    assert row["退回原因"] == "签字后有改动：改进措施 培训两天→没有做什么，请重新签字"


def test_a_total_that_is_changed_after_it_was_signed_is_signed_anew(tmp_path: Path) -> None:
    office = Office(tmp_path, ["relationship_expenses"], expenses.PEOPLE)
    expenses.october(office)
    for person, who, name in (("FY01", "clerk", "何敏"), ("FY02", "sales", "孙强")):
        office.answer(person, {"2026-10": expenses.signed(who, name)})
        office.run("2026-11-04 09:00")
    office.edit_master("费用月报", "2026-10", {"费用合计": 600})
    office.run("2026-11-05 09:00")
    record = office.record("费用月报", "2026-10")
    assert (record["当前状态"], record["费用合计"], record["销售主管签字"]) == ("待经办核对", 600, None)
    (row,) = office.worklist("FY01", "经办核对")
    assert row["退回原因"] == "签字后有改动：费用合计 500→600，请重新签字"


def test_who_has_signed_is_no_cell_to_put_right_in_the_master(tmp_path: Path) -> None:
    """Three have signed October; the names of two are overwritten, one of them by who has summed it up and may not sign."""
    office = Office(tmp_path, ["relationship_expenses"], expenses.PEOPLE)
    expenses.october(office)
    for person, who, name in (("FY01", "clerk", "何敏"), ("FY02", "sales", "孙强"), ("FY03", "finance", "许会计")):
        office.answer(person, {"2026-10": expenses.signed(who, name)})
        office.run("2026-11-04 09:00")
    office.edit_master("费用月报", "2026-10", {"销售主管签字": "何敏", "财务签字": "孙强"})
    office.run("2026-11-04 10:00")
    month = office.record("费用月报", "2026-10")
    assert (month["销售主管签字"], month["财务签字"], month["当前状态"]) == ("孙强", "许会计", "待付款")
    said = office.exceptions()
    for stage, column, wished, now in (
        ("销售审核", "销售主管签字", "何敏", "孙强"),
        ("财务审核", "财务签字", "孙强", "许会计"),
    ):
        told = f"“{stage}”已经签字办过，总表“{column}”一栏的改动未采用"
        assert any(each.startswith(told) and each.endswith(f"您填“{wished}”，台账中是“{now}”") for each in said)


def test_the_day_on_which_a_granted_expense_was_asked_for_is_decided_on_anew(tmp_path: Path) -> None:
    """A special fee is granted by the day on which it was asked for: before the contract or not."""
    office = Office(tmp_path, ["relationship_expenses"], expenses.PEOPLE)
    office.drop("expense_request", expenses.request())
    office.run("2026-11-02 09:00")
    expenses.granted(office, "FY261101", "2026-11-03")
    assert office.record("费用申请", "FY261101")["当前状态"] == "已批"
    office.edit_master("费用申请", "FY261101", {"申请日期": "2026-10-12"})
    office.run("2026-11-04 09:00")
    assert office.record("费用申请", "FY261101")["当前状态"] == "待批"
