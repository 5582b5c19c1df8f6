"""入网安装, played through: departments prepare side by side, what blocks is visible, every point must be equal."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.commands.rebuild import rebuild
from pipeline.commands.undo import CannotUndoError, undo
from tests.tools.office import Office

PEOPLE = [
    ("AZ01", "冯市", "市场部"),
    ("AZ02", "严主任", "主任"),
    ("AZ03", "蒋工", "工程部"),
    ("AZ04", "沈技", "技术部"),
    ("AZ05", "韩监", "监控中心"),
]
KEY = "A1"
CONTRACT = {
    "contract_no": KEY,
    "install_site": "惠民超市",
    "site_place": "周窝村12号",
    "notice_no": "T1",
    "contract_signed": "2026-11-02",
    "market_by": "冯市",
}
PAPERS = ("paper_licence", "paper_identity", "paper_premises", "paper_plan", "paper_fire")


def say(office: Office, at: str, person: str, **answers: Any) -> None:
    office.answer(person, {KEY: answers})
    office.run(at)


def state(office: Office) -> Any:
    return office.record("入网安装", KEY)["当前状态"]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path, ["installation"], PEOPLE)
    office.drop("install_contract", CONTRACT)
    office.run("2026-11-02 09:00")
    return office


def prepared(office: Office) -> None:
    say(office, "2026-11-03 09:00", "AZ02", install_answer="同意", director_signed="严主任")
    say(office, "2026-11-03 10:00", "AZ01", **dict.fromkeys(PAPERS, "是"), papers_by="冯市")


def test_an_installation_from_contract_to_the_year_of_visits(office: Office) -> None:
    prepared(office)
    assert state(office) == "准备中"
    assert office.record("入网安装", KEY)["受阻于"] == "线路、材料、勘查、图纸"
    assert office.tasks("AZ03") == ["材料清单", "现场勘查", "图纸录入"]

    say(office, "2026-11-04 09:00", "AZ04", line_kind="无线", line_analysis="好", line_by="沈技")
    drawn = {"materials": "主机 1", "material_points": 12, "materials_by": "蒋工", "survey_found": "可装"}
    drawn |= {"surveyed_on": "2026-11-04", "surveyed_by": "蒋工", "drawing_no": "D1", "drawn_by": "蒋工"}
    say(office, "2026-11-04 10:00", "AZ03", **drawn)
    assert office.record("入网安装", KEY)["受阻于"] == "图纸"
    say(office, "2026-11-04 11:00", "AZ04", technical_answer="同意", technical_by="沈技")
    say(office, "2026-11-04 12:00", "AZ05", monitoring_answer="同意", monitoring_by="韩监")
    assert (state(office), office.record("入网安装", KEY)["受阻于"]) == ("待安装", None)

    say(office, "2026-11-05 09:00", "AZ03", installed_on="2026-11-05", installed_by="蒋工")
    tested = {"points_total": 12, "test_answer": "合格", "tested_by": "韩监"}
    say(office, "2026-11-05 10:00", "AZ05", **tested, points_equal=11)
    assert state(office) == "待联测"
    assert "信号一致的点位与点位总数不等，不能填“合格”" in office.exceptions()
    say(office, "2026-11-05 11:00", "AZ05", **tested, points_equal=12)
    say(office, "2026-11-06 09:00", "AZ01", handed_on="2026-11-06", written_notice="S1", handed_by="冯市")
    assert state(office) == "已交付"
    assert [row["应回访日期"] for row in office.master("售后回访")] == [
        "2027-02-06",
        "2027-05-06",
        "2027-08-06",
        "2027-11-06",
    ]
    assert ["已交付", 1] in office.figures("统计", "安装进度")

    office.answer("AZ01", {"A1-1": {"service_found": "正常", "served_on": "2027-02-05", "service_by": "冯市"}})
    office.run("2027-02-05 09:00")
    assert office.record("售后回访", "A1-1")["当前状态"] == "已回访"


def test_what_was_opened_upon_a_sheet_goes_with_it_when_it_is_taken_back(office: Office) -> None:
    prepared(office)
    papers = sorted((office.settings.outbox / "archive").rglob("*AZ01.xlsx"))[-1].name
    office.run("2026-11-04 09:00")
    assert office.tasks("AZ03") == ["材料清单", "现场勘查", "图纸录入"]

    undone = undo(office.settings, papers, today=date(2026, 11, 4))

    assert undone.records == 5
    assert state(office) == "待收资料"
    assert (office.tasks("AZ03"), office.tasks("AZ04")) == ([], [])
    assert "线路" not in office.pages() or office.master("线路") == []
    say(office, "2026-11-04 11:00", "AZ01", **dict.fromkeys(PAPERS, "是"), papers_by="冯市")
    assert office.tasks("AZ03") == ["材料清单", "现场勘查", "图纸录入"]
    assert office.record("线路", KEY)["当前状态"] == "待准备"
    rebuilt = rebuild(office.settings)
    assert (rebuilt.compared, rebuilt.differing) == (True, {})


def test_what_somebody_has_worked_on_since_holds_the_sheet_upon_which_it_was_opened(office: Office) -> None:
    prepared(office)
    papers = sorted((office.settings.outbox / "archive").rglob("*AZ01.xlsx"))[-1].name
    say(office, "2026-11-04 09:00", "AZ04", line_kind="无线", line_analysis="好", line_by="沈技")

    with pytest.raises(CannotUndoError, match="AZ04"):
        undo(office.settings, papers, today=date(2026, 11, 4))
    assert (state(office), office.record("线路", KEY)["当前状态"]) == ("准备中", "已完成")


def test_a_missing_document_holds_it_and_is_named(office: Office) -> None:
    say(office, "2026-11-03 09:00", "AZ02", install_answer="同意", director_signed="严主任")
    say(office, "2026-11-03 10:00", "AZ01", **dict.fromkeys(PAPERS, "是") | {"paper_fire": "否"}, papers_by="冯市")
    assert (state(office), office.record("入网安装", KEY)["受阻于"]) == ("待收资料", "资料：消防审核意见")


def test_what_is_sent_back_comes_with_its_reason(office: Office) -> None:
    say(
        office, "2026-11-03 09:00", "AZ02", install_answer="退回", install_reason="缺付款条款", director_signed="严主任"
    )
    (row,) = office.worklist("AZ01", "合同补正")
    assert row["退回原因"] == "缺付款条款"
    say(office, "2026-11-03 10:00", "AZ01", amendment="补充条款", amended_by="冯市")
    assert state(office) == "待审批"


def test_a_failed_test_goes_back_to_engineering(office: Office) -> None:
    prepared(office)
    say(office, "2026-11-04 09:00", "AZ04", line_kind="无线", line_analysis="好", line_by="沈技")
    drawn = {"materials": "主机 1", "material_points": 2, "materials_by": "蒋工", "survey_found": "可装"}
    drawn |= {"surveyed_on": "2026-11-04", "surveyed_by": "蒋工", "drawing_no": "D1", "drawn_by": "蒋工"}
    say(office, "2026-11-04 10:00", "AZ03", **drawn)
    say(office, "2026-11-04 11:00", "AZ04", technical_answer="同意", technical_by="沈技")
    say(office, "2026-11-04 12:00", "AZ05", monitoring_answer="同意", monitoring_by="韩监")
    say(office, "2026-11-05 09:00", "AZ03", installed_on="2026-11-05", installed_by="蒋工")
    failed = {"points_total": 2, "points_equal": 1, "test_answer": "不合格", "test_reason": "2 号点位"}
    say(office, "2026-11-05 10:00", "AZ05", **failed, tested_by="韩监")
    (row,) = office.worklist("AZ03", "安装施工")
    assert row["退回原因"] == "2 号点位"


def test_each_step_is_its_departments_and_what_is_late_is_the_directors_to_see(office: Office) -> None:
    prepared(office)
    office.drop("line_order", {"contract_no": KEY, "line_kind": "无线", "line_analysis": "好", "line_by": "蒋工"})
    office.run("2026-11-12 09:00")
    assert "“惠民超市”的“线路分析”应由“技术部”办理，“蒋工”不是该岗位的在岗人员" in office.exceptions()
    assert office.record("线路", KEY)["时限提醒"].startswith("逾期")
    assert "逾期情况" in office.tasks("AZ02")
