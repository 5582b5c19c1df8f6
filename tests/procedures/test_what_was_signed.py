"""Who signs has seen what he signs: on an old worklist he has not, and what is changed together with a later step he has not either."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.commands.demo import answered
from tests.procedures import test_activity_budgets as budgets
from tests.procedures import test_deliverables as deliverables
from tests.procedures import test_installation as installation
from tests.procedures import test_property_site as site
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
