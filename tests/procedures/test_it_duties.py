"""What IT people do again and again: patrols by day, backups by week, reports by month and year, each with its record."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.procedures.test_it_service import CHANGE, ticket
from tests.tools.office import Office

PEOPLE = [("IT01", "马工", "运维工程师"), ("IT02", "齐主管", "运维主管")]
NORMAL = {
    "patrol_result": "正常",
    **dict.fromkeys(("patrol_devices", "patrol_links", "patrol_security"), "正常"),
    "patrolled_at": "2026-11-02 09:30",
    "patrolled_by": "马工",
}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, ["it_service"], PEOPLE)


def test_the_network_is_patrolled_each_working_day(office: Office) -> None:
    office.run("2026-11-02 09:00")  # a Monday
    (row,) = office.worklist("IT01", "巡检")
    assert row["巡检编号"] == "网络设备-2026-11-02"
    office.answer("IT01", {"网络设备-2026-11-02": NORMAL})
    office.run("2026-11-02 17:00")
    assert office.record("巡检", "网络设备-2026-11-02")["当前状态"] == "已巡检"

    office.run("2026-11-04 09:00")
    told = {row["巡检编号"]: row["时限提醒"] for row in office.master("巡检") if row["当前状态"] == "待巡检"}
    assert told == {"网络设备-2026-11-03": "逾期 1 天", "网络设备-2026-11-04": "今天到期"}
    assert "逾期情况" in office.tasks("IT02")
    office.run("2026-11-07 09:00")  # a Saturday
    assert [row["巡检编号"] for row in office.master("巡检")][-1] == "网络设备-2026-11-06"


def test_a_point_of_a_patrol_that_is_wrong_opens_a_ticket_even_where_all_is_said_to_be_well(office: Office) -> None:
    office.run("2026-11-02 09:00")
    office.answer("IT01", {"网络设备-2026-11-02": NORMAL | {"patrol_security": "异常"}})
    office.run("2026-11-02 10:00")
    (opened,) = office.master("运维单")
    assert (opened["申报部门"], opened["故障或请求描述"]) == ("巡检", "安全设备运行和配置异常")
    # the two answers contradict each other: told at the result, until it is put right
    (told,) = office.open_exceptions()
    assert (told["栏目"], told["问题"]) == ("巡检结果", "巡检结果填了“正常”，同一行却有项目是异常")
    office.edit_master("巡检", "网络设备-2026-11-02", {"巡检结果": "异常"})
    office.run("2026-11-02 11:00")
    assert office.exceptions() == []


def test_backups_and_other_routine_work_come_by_week_month_quarter_and_year(office: Office) -> None:
    office.run("2026-11-30 09:00")  # Monday, the last day of the month; the year ends in 31 days
    due = {row["例行工作编号"]: row["例行工作期限"] for row in office.master("例行工作")}
    assert due == {
        "数据备份-2026-11-30": "2026-12-04",  # Friday of that week
        "安全日志检查-2026-11-30": "2026-12-04",
        "备份检查-2026-11": "2026-11-30",
        "性能监测-2026-11": "2026-11-30",
        "软件和特征库更新-2026-11": "2026-11-30",
        "漏洞扫描和风险评估-2026-Q4": "2026-12-31",
        "设备清洁和连接检查-2026-Q4": "2026-12-31",
        "安全策略审查-2026": "2026-12-31",
    }
    found = {"routine_result": "异常", "routine_found": "备份文件读不出"}
    office.answer("IT01", {"备份检查-2026-11": {**found, "routine_at": "2026-11-30 15:00", "routine_by": "马工"}})
    office.run("2026-11-30 16:00")
    assert office.record("例行工作", "备份检查-2026-11")["当前状态"] == "已办理"
    assert [(row["申报部门"], row["故障或请求描述"]) for row in office.master("运维单")] == [
        ("例行工作", "备份文件读不出")
    ]


def test_the_office_sets_how_often(office: Office) -> None:
    names = {"网络设备每几个工作日一次（0 为不做）": "2", "数据备份每几周一次（0 为不做）": "0"}
    of = {"parameter_of": "运维服务", "parameter_from": "2026-11-01"}
    office.drop(
        "parameter_table",
        *({**of, "parameter_name": name, "parameter_value": value} for name, value in names.items()),
    )
    for day in range(2, 7):  # Monday to Friday
        office.run(f"2026-11-{day:02d} 09:00")
    days = [row["计划巡检日期"] for row in office.master("巡检")]
    assert days in (["2026-11-02", "2026-11-04", "2026-11-06"], ["2026-11-03", "2026-11-05"])
    assert not [row for row in office.master("例行工作") if row["例行工作名称"] == "数据备份"]


def test_the_monthly_report_is_due_on_the_third_working_day_and_counts_its_month(office: Office) -> None:
    office.drop("it_ticket", ticket("2026-11-02 09:00"))
    office.run("2026-11-02 09:30")
    said = {"diagnosis": "停", "responded_by": "马工"}
    # within the hour, and an hour and a half after: one of two in time
    office.answer("IT01", {"YW2611001": said | {"responded_at": "2026-11-02 10:00"}})
    office.run("2026-11-02 10:10")
    office.drop("it_ticket", ticket("2026-11-03 09:00", ticket_text="打印机坏"))
    office.drop("it_change", CHANGE)
    office.run("2026-11-03 09:40")
    office.answer("IT01", {"YW2611002": said | {"responded_at": "2026-11-03 10:30"}})
    office.run("2026-11-03 11:00")
    assert not [row for row in office.master("运维报告") if row["运维报告编号"] == "服务月报-2026-11"]

    office.run("2026-12-01 09:00")
    report = office.record("运维报告", "服务月报-2026-11")
    assert report["运维报告期限"] == "2026-12-03"  # Tuesday, Wednesday, Thursday
    assert (report["期间运维单数"], report["期间变更数"], report["期间响应及时率（%）"]) == (2, 1, 50)
    mail = "".join(office.mails("IT01"))
    assert "服务月报 服务月报-2026-11" in mail
    assert "it_month_report" not in mail
    written = {"month_served": "两单", "month_problems": "无", "month_by": "马工"}
    office.answer("IT01", {"服务月报-2026-11": written | {"month_sent_on": "2026-12-01"}})
    office.run("2026-12-01 10:00")
    assert office.record("运维报告", "服务月报-2026-11")["当前状态"] == "已提交"
    office.drop("it_ticket", ticket("2026-11-30 09:00", ticket_text="网络断"))
    office.run("2026-12-01 11:00")
    assert office.record("运维报告", "服务月报-2026-11")["期间运维单数"] == 2  # what was handed in stands


def test_a_yearly_report_stands_beside_the_monthly_one_and_a_plan_before_the_year(office: Office) -> None:
    office.drop("it_ticket", ticket("2026-11-02 09:00"))
    office.run("2026-12-01 09:00")
    (plan,) = office.worklist("IT02", "年度计划")
    assert plan["运维报告编号"] == "信息化年度计划-2027"
    assert office.record("运维报告", "信息化年度计划-2027")["运维报告期限"] == "2026-12-31"

    office.run("2027-01-04 09:00")
    kinds = {row["运维报告编号"]: row["运维报告种类"] for row in office.master("运维报告")}
    assert kinds["服务月报-2026-12"] == "服务月报"
    assert office.record("运维报告", "服务年报-2026")["期间运维单数"] == 1
    yearly = {"year_served": "一单", "year_improve": "换交换机", "year_by": "马工", "year_sent_on": "2027-01-04"}
    office.answer("IT01", {"服务年报-2026": yearly})
    office.run("2027-01-04 10:00")
    record = office.record("运维报告", "服务年报-2026")
    assert (record["当前状态"], record["改进计划"]) == ("已提交", "换交换机")


def test_what_is_not_to_be_done_is_ended_with_a_reason(office: Office) -> None:
    office.run("2026-11-02 09:00")
    ended = {"ended_on": "2026-11-02", "ended_by": "齐主管"}
    office.drop("patrol_ended", {"patrol_no": "网络设备-2026-11-02", "end_reason": "停电", **ended})
    office.drop("it_routine_ended", {"routine_no": "数据备份-2026-11-02", "end_reason": "停电", **ended})
    office.run("2026-11-02 10:00")
    assert office.record("巡检", "网络设备-2026-11-02")["当前状态"] == "已作废"
    assert office.record("例行工作", "数据备份-2026-11-02")["当前状态"] == "已作废"
    office.run("2026-11-12 09:00")
    assert office.record("巡检", "网络设备-2026-11-02")["时限提醒"] is None


def test_a_patrol_of_the_network_says_of_each_point_that_it_was_looked_at(office: Office) -> None:
    """二 1: devices, links and traffic, security devices; a patrol of another place has its own."""
    plan = {"patrol_place": "机房", "patrol_on": "2026-11-02", "patrol_person": "马工"}
    office.drop("patrol_plan", plan)
    office.run("2026-11-02 09:00")
    bare = {code: value for code, value in NORMAL.items() if code not in ("patrol_links", "patrol_security")}
    office.answer("IT01", {"网络设备-2026-11-02": bare, "机房-2026-11-02": bare})
    office.run("2026-11-02 10:00")
    told = "“网络设备-2026-11-02”还没有写：网络连接和流量、安全设备运行和配置"
    assert [(row["问题"], row["由谁处理"]) for row in office.open_exceptions()] == [(told, "马工")]
    office.edit_master("巡检", "网络设备-2026-11-02", {"网络连接和流量": "正常", "安全设备运行和配置": "正常"})
    office.run("2026-11-02 11:00")
    assert office.exceptions() == []


def test_what_was_measured_and_what_a_scan_proposes_are_asked_for(office: Office) -> None:
    """3.1.2 性能指标; 二 4 改进建议. Of a backup nothing more is asked."""
    office.run("2026-11-30 09:00")
    said = {"routine_result": "正常", "routine_at": "2026-11-30 10:00", "routine_by": "马工"}
    keys = ("性能监测-2026-11", "漏洞扫描和风险评估-2026-Q4", "备份检查-2026-11")
    office.answer("IT01", dict.fromkeys(keys, said))
    office.run("2026-11-30 11:00")
    told = [(row["问题"], row["由谁处理"]) for row in office.open_exceptions()]
    assert sorted(told) == sorted((f"“{key}”还没有写：例行工作情况", "马工") for key in keys[:2])
    office.edit_master("例行工作", keys[0], {"例行工作情况": "CPU 30%，带宽 40%"})
    office.run("2026-11-30 12:00")
    assert office.exceptions() == [f"“{keys[1]}”还没有写：例行工作情况"]


def test_a_monthly_report_says_how_problems_were_dealt_with_where_there_were_tickets(office: Office) -> None:
    """服务报告 1: 汇报服务情况和问题处理情况. One ticket in November, none in December."""
    office.drop("it_ticket", ticket("2026-11-30 09:00"))
    office.run("2026-11-30 10:00")
    office.run("2026-12-01 09:00")
    written = {"month_served": "好", "month_by": "马工", "month_sent_on": "2026-12-01"}
    office.answer("IT01", {"服务月报-2026-11": written})
    office.run("2026-12-01 10:00")
    told = "“服务月报-2026-11”还没有写：本月问题处理情况"
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == told] == ["齐主管"]
    office.run("2027-01-04 09:00")
    office.answer("IT01", {"服务月报-2026-12": written | {"month_sent_on": "2027-01-04"}})
    office.run("2027-01-04 10:00")
    assert office.record("运维报告", "服务月报-2026-12")["当前状态"] == "已提交"
    assert not any("本月问题处理情况" in each for each in office.exceptions())


def test_reports_are_read_by_the_head_and_those_of_a_year_by_the_general_manager(tmp_path: Path) -> None:
    """服务报告 1、2, 000 信息管理作业指导书 四 5 向公司领导汇报信息化的运行状况: each once, as it comes; none to who wrote it."""
    office = Office(tmp_path, ["it_service"], [*PEOPLE, ("GM1", "高总", "总经理")])
    office.drop("it_ticket", ticket("2026-11-30 09:00"))
    office.run("2026-12-01 09:00")
    month = {"month_served": "响应 3 次", "month_problems": "换电源", "month_by": "马工", "month_sent_on": "2026-12-01"}
    plan = {"it_plan": "升级防火墙", "it_budget": "5000", "it_planned_by": "齐主管", "it_planned_on": "2026-12-01"}
    office.answer("IT01", {"服务月报-2026-11": month})
    office.answer("IT02", {"信息化年度计划-2027": plan})
    office.run("2026-12-01 10:00")
    office.run("2027-01-04 09:00")
    year = {"year_served": "一单", "year_improve": "换交换机", "year_by": "马工", "year_sent_on": "2027-01-04"}
    office.answer("IT01", {"服务年报-2026": year})
    office.run("2027-01-04 10:00")
    said = (
        "本月服务情况 响应 3 次，本月问题处理情况 换电源",
        "年度信息化工作 升级防火墙",
        "全年服务情况 一单，改进计划 换交换机",
    )
    letters = {number: "\n".join(office.mails(number)) for number in ("IT01", "IT02", "GM1")}
    told = {number: [letter.count(each) for each in said] for number, letter in letters.items()}
    assert told == {"IT01": [0, 0, 0], "IT02": [1, 0, 1], "GM1": [0, 1, 1]}
