"""No step is done before the one that it answers: in every procedure, by the day and by the minute."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.merge.judge_days import is_before
from schemas.language import FieldRole, Kind
from schemas.language.catalogue import load_catalogue
from schemas.language.durations import days_taken, hours_taken
from tests.procedures import test_complaints, test_it_service
from tests.tools.office import Office

QUESTION = {
    "question_source": "论坛", "question_project": "金色家园", "question_topic": "其他", "question_dispute": "明确",
    "asked_at": "2026-11-03 14:30", "asker": "业主", "question_text": "何时交房", "collected_by": "陶静",
}  # fmt: skip


def reply(at: str) -> dict[str, Any]:
    return {"reply_result": "已回复", "reply_text": "答", "reply_name": "公司", "replied_at": at, "replied_by": "陶静"}


@pytest.fixture
def questions(tmp_path: Path) -> Office:
    office = Office(tmp_path, ["online_questions"], [("WS02", "陶静", "客户中心"), ("WS03", "郝主管", "主管")])
    office.drop("online_question", QUESTION)
    office.run("2026-11-03 15:00")
    return office


@pytest.mark.parametrize(
    ("at", "shown"), [("2026-11-03 14:29", "2026-11-03 14:29"), ("2026-11-02 16:00", "2026-11-02 16:00")]
)
def test_an_answer_before_its_question_is_refused_in_the_words_of_both(questions: Office, at: str, shown: str) -> None:
    questions.answer("WS02", {"WS2611001": reply(at)})
    questions.run("2026-11-03 16:00")

    (sentence,) = questions.exceptions()
    assert sentence == f"回复时间“{shown}”早于提问时间“2026-11-03 14:30”，先后不对"
    row = questions.record("网上问题", "WS2611001")
    assert (row["当前状态"], row["回复时间"]) == ("待回复", None)

    questions.answer("WS02", {"WS2611001": reply("2026-11-03 15:30")})
    questions.run("2026-11-03 17:00")
    assert questions.exceptions() == []
    assert questions.record("网上问题", "WS2611001")["当前状态"] == "已回复"


@pytest.mark.parametrize("at", ["2026-11-03 14:30", "2026-11-03"])
def test_in_the_same_minute_or_on_the_same_day_is_in_order(questions: Office, at: str) -> None:
    questions.answer("WS02", {"WS2611001": reply(at)})
    questions.run("2026-11-03 16:00")
    assert questions.exceptions() == []
    assert questions.record("网上问题", "WS2611001")["当前状态"] == "已回复"
    (month,) = questions.figures("统计", "网上问题按月")
    assert all(not isinstance(figure, int | float) or figure >= 0 for figure in month)


def test_a_question_is_not_moved_behind_its_answer(questions: Office) -> None:
    questions.answer("WS02", {"WS2611001": reply("2026-11-03 15:30")})
    questions.run("2026-11-03 16:00")
    questions.edit_master("网上问题", "WS2611001", {"提问时间": "2026-11-03 15:45"})
    questions.run("2026-11-03 17:00")
    assert questions.exceptions() == ["提问时间“2026-11-03 15:45”晚于已办的回复时间“2026-11-03 15:30”，先后不对"]
    assert questions.record("网上问题", "WS2611001")["提问时间"] == "2026-11-03 14:30"


def test_a_solution_before_its_complaint_is_refused(tmp_path: Path) -> None:
    office = Office(tmp_path, ["complaints"], test_complaints.PEOPLE)
    office.drop("complaint", test_complaints.complaint())
    office.run("2026-11-03 09:00")
    office.answer("TS01", {"261101": test_complaints.solution(proposed_on="2026-09-30")})
    office.run("2026-11-03 10:00")
    assert office.exceptions() == ["提出日期“2026-09-30”早于投诉日期“2026-11-02”，先后不对"]
    assert office.record("客户投诉", "261101")["当前状态"] == "待提方案"


def test_a_response_before_the_report_is_refused(tmp_path: Path) -> None:
    office = Office(tmp_path, ["it_service"], test_it_service.PEOPLE)
    office.drop("it_ticket", test_it_service.ticket("2026-11-02 09:30"))
    office.run("2026-11-02 10:00")
    early = {"diagnosis": "服务停了", "responded_at": "2026-11-02 09:00", "responded_by": "马工"}
    office.answer("IT01", {test_it_service.KEY: early})
    office.run("2026-11-02 11:00")
    assert office.exceptions() == ["响应时间“2026-11-02 09:00”早于申报时间“2026-11-02 09:30”，先后不对"]


def test_a_second_round_is_not_before_the_word_that_sent_it_back(tmp_path: Path) -> None:
    office = Office(tmp_path, ["complaints"], test_complaints.PEOPLE)
    office.drop("complaint", test_complaints.complaint())
    office.run("2026-11-02 09:00")
    office.answer("TS01", {"261101": test_complaints.solution()})
    office.run("2026-11-03 10:00")
    back = test_complaints.approval("高建军", "退回", "再查") | {"approved_on": "2026-11-05"}
    office.answer("TS03", {"261101": back})
    office.run("2026-11-05 10:00")
    office.answer("TS01", {"261101": test_complaints.solution(solution="换货", proposed_on="2026-11-04")})
    office.run("2026-11-06 10:00")
    late = "“惠民超市”的“方案审批”应在 2026-11-04 以前办，2026-11-05 才办"
    assert set(office.exceptions()) == {"提出日期“2026-11-04”早于方案审批日期“2026-11-05”，先后不对", late}
    office.answer("TS01", {"261101": test_complaints.solution(solution="换货", proposed_on="2026-11-05")})
    office.run("2026-11-06 11:00")
    assert office.exceptions() == [late]
    assert office.record("客户投诉", "261101")["当前状态"] == "待审批"


OF_NO_STEP = {
    "expected_on": "a plan", "refill_on": "a plan", "pick_on": "a plan", "plan_day": "a plan", "patrol_on": "a plan", "planned_at": "a plan",
    "measures_due": "a plan", "next_contact": "a plan", "campaign_on": "a plan", "survey_due": "a plan",
    "lent_until": "a plan", "warranty_end": "it lapses", "valid_from": "of the document", "valid_until": "it lapses",
    "effective_on": "a change may tell of any day", "born_on": "of a person", "opened_on": "of a shop",
    "delivered_on": "before the complaint", "contract_on": "a rule of the row", "bought_on": "of a thing",
    "filed_on": "no step with a day follows", "called_at": "nothing follows", "published_on": "nothing follows",
    "logged_at": "nothing follows", "visit_began": "nothing follows", "meeting_on": "at once, before the solution is written",
    "promoted_on": "a plan", "care_day": "comes each year", "in_use_from": "of a thing", "leave_from": "a plan", "leave_to": "a plan",
    "asked_supervisor_at": "a rule of the row", "answered_after_asking": "a rule of the row", "meeting_at": "a plan", "mend_by": "a plan",
    "mend_before": "a plan", "resolution_by": "a plan", "upstream_on": "of the company above", "upstream_until": "it lapses",
    "authorised_from": "of the document", "authorised_to": "it lapses", "last_check": "before it was entered",
}  # fmt: skip
"""Days that tell nothing of the order of steps, and why."""


def test_every_day_of_every_stage_is_held_against_the_steps_before_it_or_says_why_not() -> None:
    catalogue = load_catalogue()
    loose = {
        field.code
        for register in catalogue.registers
        for stage in register.stages
        if stage.form
        for field in catalogue.form(stage.form)
        if field.kind in (Kind.DATE, Kind.MOMENT) and field.means not in (FieldRole.CAME_ON, FieldRole.DONE_ON)
    }
    assert loose - set(OF_NO_STEP) == set()


def test_a_day_alone_is_compared_by_the_day() -> None:
    assert is_before("2026-11-02", "2026-11-03T09:00")
    assert not is_before("2026-11-03", "2026-11-03T09:00")
    assert not is_before("2026-11-03T08:00", "2026-11-03")
    assert is_before("2026-11-03T08:00", "2026-11-03T09:00")


def test_what_cannot_be_counts_in_no_mean() -> None:
    assert hours_taken("2026-11-03T14:30", "2026-11-03T15:00") == 0.5
    assert hours_taken("2026-11-03T14:30", "2026-11-02T15:00") is None
    assert days_taken("2026-11-03", "2026-11-05") == 2
    assert days_taken("2026-11-05", "2026-10-03") is None
    assert days_taken("2026-11-05", None) is None
