"""物业管理处, played through: five points a day, duties of the week, quarter and year, what is found is mended by a day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.tools.office import Office

PEOPLE = [
    ("WY01", "温主任", "管理处主任"),
    ("WY02", "岳站长", "物业站站长"),
    ("WY03", "费姐", "收费员"),
    ("WY04", "周维修", "管理处主任"),
]
DUTIES, MATTERS = "管理处事项", "整改事项"
DONE = {"duty_done_on": "2026-11-03", "duty_done_by": "温主任"}
PATROL, LOG = "XS2026-11-03-WY01", "RZ2026-11-03-WY01"


def patrol(**points: Any) -> dict[str, Any]:
    codes = ("unlawful_use", "dangers", "cleanliness", "public_works", "outdoor_drains")
    return dict.fromkeys(codes, "正常") | DONE | points


def check(result: str, **more: Any) -> dict[str, Any]:
    return {"check_text": "2 单元照明不亮", "check_result": result, **DONE, **more}


def matter(what: str, **more: Any) -> dict[str, Any]:
    """A matter to mend that 温主任 has found on 11-03."""
    said = {"mend_what": what, "mend_found_on": "2026-11-03", "mend_found_by": "温主任", "mend_goes_to": "待整改"}
    return said | more


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Tuesday 3 November 2026: the duties of the day, of its week, of the quarter and of the year stand."""
    office = Office(tmp_path, ["property_office", "matters_to_mend"], PEOPLE)
    office.run("2026-11-03 08:00")
    return office


def test_the_duties_of_day_week_quarter_and_year_stand_by_their_days(office: Office) -> None:
    mine = {row["管理处事项编号"]: row["事项期限"] for row in office.master(DUTIES) if row["事项责任人"] == "温主任"}
    # Friday ends the week; 31 December is a Thursday and ends quarter and year; the plan of the year is about the next
    assert mine == {
        PATROL: "2026-11-03",
        LOG: "2026-11-03",
        **{f"{letters}2026-11-02-WY01": "2026-11-06" for letters in ("LD", "FW", "ZF", "LX")},
        **{f"{letters}2026-Q4-WY01": "2026-12-31" for letters in ("FY", "BY", "FC", "LH")},
        "NB2027-WY01": "2026-12-31",
    }
    assert office.tasks("WY01") == ["小区巡视", "当日工作", "检查走访", "报表计划"]
    assert {row["事项责任人"] for row in office.master(DUTIES)} == {"温主任", "周维修"}  # each has his own
    assert "管理处事项" in office.page()


def test_an_office_that_was_not_kept_is_told_to_the_head_of_the_station(office: Office) -> None:
    """一、2–5: each day the office is kept in order, as the points of a patrol are looked at."""
    log = {"fees_helped": 0, "received": 0, "advised": 0, "office_kept": "否", **DONE}
    office.answer("WY01", {LOG: log})
    office.run("2026-11-03 17:00")
    told = "温主任 2026-11-03 没有做内务整理"
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == told] == ["岳站长"]
    assert told in office.mails("WY02")[-1]


def test_what_is_reported_to_the_head_of_the_station_reaches_him_where_an_office_names_the_office_alone(
    tmp_path: Path,
) -> None:
    """一 1: what is grave goes to the head of the station at once, whatever procedures the settings name beside."""
    office = Office(tmp_path, ["property_office"], PEOPLE)
    office.run("2026-11-03 08:00")
    found = patrol(dangers="上报站长", patrol_found="消防栓坏")
    office.answer("WY01", {PATROL: found})
    office.run("2026-11-03 17:00")
    assert office.tasks("WY02") == ["站长处置"]
    assert office.mails("WY02")


@pytest.mark.parametrize(("came", "judged"), [("2026-11-04 08:40", "是"), ("2026-11-05 08:40", "补录")])
def test_a_patrol_of_its_day_is_in_time_where_its_sheet_comes_with_the_next_mornings_run(
    office: Office, came: str, judged: str
) -> None:
    """An office that runs in the morning only can take the sheet of the 3rd on the 4th at the earliest."""
    office.answer("WY01", {PATROL: patrol()})
    office.run(came)
    assert office.record(DUTIES, PATROL)["是否按期"] == judged


def test_a_patrol_and_a_log_of_the_day_after_are_told_to_the_head_of_the_station(office: Office) -> None:
    """一 1–5: both are of each day; that of the 3rd was done on the 4th, before any run could list it as overdue."""
    office.run("2026-11-03 17:00")
    log = {"fees_helped": 0, "received": 0, "advised": 0, "office_kept": "是"}
    next_day = {"duty_done_on": "2026-11-04", "duty_done_by": "温主任"}
    office.answer("WY01", {PATROL: patrol() | next_day, LOG: log | next_day})
    office.run("2026-11-04 09:00")
    told = "期限 2026-11-03，2026-11-04 才办"
    found = [(row["编号"], row["由谁处理"]) for row in office.open_exceptions() if row["问题"] == told]
    assert found == [(f"{LOG}、{PATROL}", "岳站长")]
    assert told in office.mails("WY02")[-1]
    office.run("2026-11-12 09:00")
    assert told not in office.exceptions()  # told for a week


def test_a_patrol_that_was_left_is_overdue_and_the_next_day_has_its_own(office: Office) -> None:
    office.answer(
        "WY01", {PATROL: patrol(), LOG: {"fees_helped": 3, "received": 2, "advised": 4, "office_kept": "是", **DONE}}
    )
    office.run("2026-11-03 17:00")
    office.run("2026-11-05 09:00")  # Thursday; nobody ran on Wednesday
    late = {
        row["管理处事项编号"]: row["时限提醒"] for row in office.master(DUTIES) if row["管理处事项编号"][:2] == "XS"
    }
    assert late[PATROL] is None
    assert (late["XS2026-11-04-WY01"], late["XS2026-11-05-WY01"]) == ("逾期 1 天", "今天到期")
    assert "逾期情况" in office.tasks("WY02")
    # of the two days that are past, two sheets a day for each of two people: two of eight were done, both in time; the other
    # person's two of Tuesday are over, as those of Wednesday are past their day, too; those of today have their day still
    assert office.figures("统计", "管理处事项按月") == [["2026-11", 8, 2, 2, 0.25]]


def test_tomorrows_patrol_is_not_done_today(office: Office) -> None:
    office.run("2026-11-05 09:00")
    ahead = {"duty_no": "XS2026-11-05-WY01", **patrol(), "duty_done_on": "2026-11-04"}
    office.drop("property_patrol", ahead)
    office.run("2026-11-05 10:00")
    assert office.record(DUTIES, "XS2026-11-05-WY01")["当前状态"] != "已完成"
    told = "事项办理日期“2026-11-04”太早：“巡视小区：违章、隐患、卫生、设施、管道”这一期从 2026-11-05 才开始"
    assert told in office.exceptions()


@pytest.mark.parametrize(("done", "taken"), [("2026-11-01", False), ("2026-11-02", True), ("2026-11-03", True)])
def test_a_weeks_walk_is_not_one_of_the_week_before(office: Office, done: str, taken: bool) -> None:
    office.drop("property_check", {"duty_no": "LD2026-11-02-WY01", **check("正常"), "duty_done_on": done})
    office.run("2026-11-03 10:00")
    assert (office.record(DUTIES, "LD2026-11-02-WY01")["当前状态"] == "已完成") is taken
    assert any("这一期从 2026-11-02 才开始" in each for each in office.exceptions()) is not taken


def test_what_is_due_today_may_come_in_the_days_first_run(office: Office) -> None:
    office.drop("property_patrol", {"duty_no": "XS2026-11-04-WY01", **patrol(), "duty_done_on": "2026-11-04"})
    office.run("2026-11-04 17:00")
    assert office.exceptions() == []
    assert office.record(DUTIES, "XS2026-11-04-WY01")["当前状态"] == "已完成"


def test_nobody_ends_a_duty_of_his_own(office: Office) -> None:
    said = {"duty_no": PATROL, "end_reason": "下雨", "ended_on": "2026-11-03"}
    office.drop("property_duty_ended", {**said, "ended_by": "温主任"})
    office.run("2026-11-03 10:00")
    assert office.record(DUTIES, PATROL)["当前状态"] == "待巡视"
    assert ["就是温主任，不能由本人办理“作废”" in each for each in office.exceptions()] == [True]
    office.drop("property_duty_ended", {**said, "ended_by": "岳站长"})
    office.run("2026-11-03 11:00")
    assert office.record(DUTIES, PATROL)["当前状态"] == "已作废"


def test_what_a_patrol_finds_is_mended_by_its_day(office: Office) -> None:
    office.answer(
        "WY01",
        {
            PATROL: patrol(
                dangers="待整改",
                cleanliness="已当场处理",
                patrol_found="消防通道被堵",
                mend_before="2026-11-05",
                mender="周维修",
            )
        },
    )
    office.run("2026-11-03 17:00")
    (row,) = office.master(MATTERS)
    assert (row["整改编号"], row["整改内容"]) == (f"{PATROL}-2", "安全隐患：消防通道被堵")
    assert (row["应整改日期"], row["当前办理人"], row["发现人"]) == ("2026-11-05", "周维修", "温主任")

    office.run("2026-11-06 09:00")
    assert office.record(MATTERS, f"{PATROL}-2")["时限提醒"] == "逾期 1 天"
    mended = {"mend_result": "已整改", "mend_text": "已清走", "mended_on": "2026-11-06", "mended_by": "周维修"}
    office.answer("WY04", {f"{PATROL}-2": mended})
    office.run("2026-11-06 10:00")
    assert office.record(MATTERS, f"{PATROL}-2")["当前状态"] == "已整改"
    assert office.figures("统计 整改事项", "整改事项按项目") == [["安全隐患", 1, 0]]


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ({"patrol_found": "消防通道被堵"}, False),
        ({"mend_before": "2026-11-05"}, False),
        ({"mender": "周维修"}, False),
        ({"patrol_found": "无"}, True),
        ({"patrol_found": "垃圾已清", "cleanliness": "已当场处理"}, True),
    ],
)
def test_a_patrol_on_which_all_is_in_order_has_found_nothing(office: Office, said: dict[str, str], taken: bool) -> None:
    """What is written of five points in order would be nobody's to mend: no matter is opened for it."""
    office.answer("WY01", {PATROL: patrol(**said)})
    office.run("2026-11-03 17:00")
    assert (office.record(DUTIES, PATROL)["当前状态"] == "已完成") is taken
    told = ["同一行的结论却是没有或正常" in each for each in office.exceptions()]
    assert told == ([] if taken else [True])


def test_what_is_grave_or_cannot_be_mended_is_decided_by_the_head_of_the_station(office: Office) -> None:
    office.answer("WY01", {PATROL: patrol(public_works="上报站长", patrol_found="北门塌陷")})
    office.run("2026-11-03 17:00")
    key = f"{PATROL}-4"
    assert [row["整改内容"] for row in office.worklist("WY02", "站长处置")] == ["基础设施：北门塌陷"]

    word = {"station_word": "请施工单位", "mend_by": "2026-11-10", "mend_person": "温主任", "word_by": "岳站长"}
    office.answer("WY02", {key: word})
    office.run("2026-11-04 09:00")
    failed = {"mend_result": "无法整改", "mend_text": "已围挡", "mend_reason": "须市政处理", "mended_on": "2026-11-05"}
    office.answer("WY01", {key: failed | {"mended_by": "温主任"}})
    office.run("2026-11-05 09:00")
    (row,) = office.worklist("WY02", "站长处置")
    assert row["退回原因"] == "须市政处理"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"dangers": "待整改", "mend_before": "2026-11-05"}, "有项目不正常，没有写明发现了什么"),
        ({"dangers": "待整改", "patrol_found": "通道被堵"}, "有项目待整改，没有写明整改期限"),
        (
            {"dangers": "待整改", "patrol_found": "通道被堵", "mend_before": "2026-11-02"},
            "整改期限“2026-11-02”早于同一行应在它前面的日期",
        ),
        ({"dangers": ""}, "安全隐患没有填写"),
    ],
)
def test_a_patrol_leaves_nothing_unsaid(office: Office, said: dict[str, str], sentence: str) -> None:
    office.answer("WY01", {PATROL: patrol(**said)})
    office.run("2026-11-03 17:00")
    assert office.record(DUTIES, PATROL)["当前状态"] == "待巡视"
    assert any(sentence in each for each in office.exceptions()), office.exceptions()


def test_a_check_is_mended_told_to_the_collector_or_reported_in_writing(office: Office) -> None:
    said = {
        "LD2026-11-02-WY01": check("待整改", mend_before="2026-11-04"),
        "FW2026-11-02-WY01": check("转收费员", check_text="501 室新住户"),
        "LX2026-11-02-WY01": check("上报站长"),
        "FC2026-Q4-WY01": check("正常"),
    }
    office.answer("WY01", said)
    office.run("2026-11-03 17:00")
    assert any("书面报告编号" in each for each in office.exceptions())
    assert {row["整改内容"] for row in office.master(MATTERS)} == {
        "检查每栋楼房公共设施：2 单元照明不亮",
        "了解房屋使用：空房户、新住户：501 室新住户",
    }
    assert office.tasks("WY03") == ["收费员知悉"]
    assert office.record(DUTIES, "FC2026-Q4-WY01")["是否按期"] == "是"
    told = {row["问题"] for row in office.open_exceptions() if row["由谁处理"] == "岳站长"}
    assert told == {  # 二 1 and 二 2: the head of the station is told of both
        "“检查每栋楼房公共设施”发现：2 单元照明不亮（待整改）",
        "“了解房屋使用：空房户、新住户”发现：501 室新住户（转收费员）",
    }


def test_a_report_is_registered_with_its_number(office: Office) -> None:
    office.answer("WY01", {"NB2027-WY01": {"report_no": "JH2027", "report_text": "屋面防水", **DONE}})
    office.run("2026-11-03 17:00")
    record = office.record(DUTIES, "NB2027-WY01")
    assert (record["报表计划编号"], record["当前状态"]) == ("JH2027", "已完成")
    office.run("2026-11-03 17:30")
    told = "NB2027-WY01 编制下一年维修保养计划：事项责任人 温主任，报表计划编号 JH2027，报表计划要点 屋面防水"
    assert "\n".join(office.mails("WY02")).count(told) == 1  # the head of the station reads what it says


def test_a_look_of_the_day_is_no_report_that_the_head_of_the_station_reads(office: Office) -> None:
    office.answer("WY01", {PATROL: patrol()})
    office.run("2026-11-03 17:00")
    assert office.record(DUTIES, PATROL)["当前状态"] == "已完成"
    assert not any(PATROL in each for each in office.mails("WY02"))


def test_anybody_of_the_office_lists_a_matter_of_his_own(office: Office) -> None:
    matter = {"mend_what": "花坛缺株", "mend_found_on": "2026-11-03", "mend_found_by": "温主任"}
    office.drop("matter_to_mend", matter | {"mend_goes_to": "待整改", "mend_by": "2026-11-06", "mend_person": "周维修"})
    office.run("2026-11-03 17:00")
    assert office.record(MATTERS, "ZG2611001")["当前办理人"] == "周维修"


def test_one_thing_found_at_two_places_on_a_day_is_two_matters(office: Office) -> None:
    for place in ("1 号楼", "2 号楼"):
        office.drop(
            "matter_to_mend", matter("楼道灯不亮", mend_found_at=place, mend_by="2026-11-05", mend_person="周维修")
        )
        office.run("2026-11-03 10:00")
    assert [row["发现项目"] for row in office.master(MATTERS)] == ["1 号楼", "2 号楼"]


def test_what_somebody_else_finds_is_told_to_the_director_and_his_own_is_not(office: Office) -> None:
    """二 1、2: the estate is the directors'; 费姐 found the one, 温主任, the other."""
    office.drop("matter_to_mend", matter("楼道堆物") | {"mend_by": "2026-11-05", "mend_found_by": "费姐"})
    office.drop("matter_to_mend", matter("花坛缺株") | {"mend_by": "2026-11-05", "mend_person": "周维修"})
    office.run("2026-11-03 10:00")
    assert set(office.exceptions()) == {"费姐 发现：楼道堆物"}
    assert "费姐 发现：楼道堆物" in office.mails("WY01")[-1]


def _starred(office: Office, person: str, page: str) -> set[str]:
    """The labels with a star on a page of somebody's worklist."""
    (path,) = (office.settings.outbox / "worklists").glob(f"{person}-*.xlsx")
    cells = (str(cell.value) for row in openpyxl.load_workbook(path)[page].iter_rows() for cell in row)
    return {text for text in cells if text.endswith("*")}


def test_a_day_that_nobody_has_set_yet_is_starred_on_the_worklist_as_on_the_sheet(office: Office) -> None:
    """What goes to the head of the station bears no day until he sets it; once one stands there it is only to be corrected."""
    office.drop("matter_to_mend", matter("围墙裂缝", mend_goes_to="上报站长"))
    office.run("2026-11-03 10:00")
    assert {"处置意见*", "应整改日期*"} <= _starred(office, "WY02", "站长处置")
    (key,) = [row["整改编号"] for row in office.worklist("WY02", "站长处置")]
    word = {"station_word": "修补", "mend_by": "2026-11-05", "mend_person": "周维修", "word_by": "岳站长"}
    office.answer("WY02", {str(key): word})
    office.run("2026-11-03 11:00")
    cannot = {"mend_result": "无法整改", "mend_text": "已围挡", "mend_reason": "要换件", "mended_on": "2026-11-03"}
    office.answer("WY04", {str(key): cannot | {"mended_by": "周维修"}})
    office.run("2026-11-03 15:00")
    assert "应整改日期*" not in _starred(office, "WY02", "站长处置") >= {"处置意见*"}


def test_a_matter_is_not_mended_before_it_was_found_nor_ended_by_whoever_should_mend_it(office: Office) -> None:
    found = matter("花坛缺株")
    office.drop("matter_to_mend", found | {"mend_by": "2026-11-02", "mend_person": "周维修"}, name="整改.xlsx")
    office.run("2026-11-03 10:00")
    assert office.exceptions() == ["应整改日期“2026-11-02”早于同一行应在它前面的日期"]
    office.drop("matter_to_mend", found | {"mend_by": "2026-11-03", "mend_person": "周维修"}, name="整改.xlsx")
    office.run("2026-11-03 11:00")
    ended = {"mend_no": "ZG2611001", "end_reason": "不修", "ended_on": "2026-11-03"}
    for by, state in (("周维修", "待整改"), ("温主任", "待整改"), ("岳站长", "已作废")):
        office.drop("mend_ended", {**ended, "ended_by": by})
        office.run("2026-11-03 12:00")
        assert office.record(MATTERS, "ZG2611001")["当前状态"] == state


def test_the_station_head_sets_day_and_mender_anew_on_his_worklist_and_on_a_sheet_of_his_own(office: Office) -> None:
    matter = {
        "mend_found_on": "2026-11-03",
        "mend_found_by": "温主任",
        "mend_goes_to": "待整改",
        "mend_person": "周维修",
    }
    office.drop(
        "matter_to_mend", *({**matter, "mend_what": what, "mend_by": "2026-11-03"} for what in ("路灯", "井盖"))
    )
    office.run("2026-11-03 09:00")
    numbers = {row["整改内容"]: row["整改编号"] for row in office.master(MATTERS)}
    cannot = {"mend_result": "无法整改", "mend_text": "已围挡", "mend_reason": "要换件", "mended_on": "2026-11-03"}
    office.answer("WY04", {number: cannot | {"mended_by": "周维修"} for number in numbers.values()})
    office.run("2026-11-03 15:00")

    word = {"station_word": "请厂家换件", "mend_by": "2026-11-06", "mend_person": "温主任", "word_by": "岳站长"}
    office.answer("WY02", {numbers["路灯"]: word})
    office.drop("station_word", word | {"mend_no": numbers["井盖"]})
    office.run("2026-11-03 17:00")
    for row in office.master(MATTERS):
        assert (row["应整改日期"], row["当前办理人"], row["当前状态"]) == ("2026-11-06", "温主任", "待整改")


def test_a_patrol_that_is_handed_in_days_later_as_done_in_time_is_told_for_a_week(office: Office) -> None:
    office.run("2026-11-09 08:00")
    assert office.record(DUTIES, PATROL)["当前状态"] == "未做"
    office.drop("property_patrol", {"duty_no": PATROL, **patrol()})  # of 3 November, dated so
    office.run("2026-11-09 09:00")
    told = "写的是 2026-11-03 办的（期限 2026-11-03），2026-11-09 才交来"
    assert told in office.exceptions()
    assert told in office.mails("WY02")[-1]
    assert office.record(DUTIES, PATROL)["当前状态"] == "已完成"
    office.run("2026-11-17 09:00")
    assert told not in office.exceptions()


def test_a_day_before_it_was_found_is_no_day_to_mend_it_by(office: Office) -> None:
    matter = {
        "mend_what": "煤气味",
        "mend_found_on": "2026-11-03",
        "mend_found_by": "温主任",
        "mend_goes_to": "上报站长",
    }
    office.drop("matter_to_mend", matter)
    office.run("2026-11-03 09:00")
    (record,) = office.master(MATTERS)
    word = {"station_word": "停气", "mend_by": "2026-10-10", "mend_person": "温主任", "word_by": "岳站长"}
    office.answer("WY02", {record["整改编号"]: word})
    office.run("2026-11-03 17:00")
    assert "应整改日期“2026-10-10”早于发现日期“2026-11-03”" in office.exceptions()
    assert office.master(MATTERS)[0]["当前状态"] == "待站长处置"


def test_more_than_thirty_days_to_mend_something_is_told_to_the_head_of_the_station(office: Office) -> None:
    """From 3 November to 3 December are 30 days, to the 4th 31."""
    matter = {
        "mend_found_at": "安全隐患",
        "mend_found_on": "2026-11-03",
        "mend_found_by": "温主任",
        "mend_goes_to": "待整改",
    }
    matter["mend_person"] = "周维修"
    office.drop(
        "matter_to_mend",
        {**matter, "mend_what": "路灯", "mend_by": "2026-12-03"},
        {**matter, "mend_what": "井盖", "mend_by": "2026-12-04"},
    )
    office.run("2026-11-03 10:00")
    told = "2026-11-03 发现的问题限 2026-12-04 整改，长达 31 天"
    assert office.exceptions() == [told]
    assert told in office.mails("WY02")[-1]


def test_an_office_may_have_its_daily_duties_on_days_off_too(tmp_path: Path) -> None:
    office = Office(tmp_path, ["property_office", "matters_to_mend"], PEOPLE, **{"parameters.property_days_off": 1})
    office.run("2026-11-06 08:00")  # a Friday
    office.run("2026-11-09 08:00")
    days = {row["事项期限"] for row in office.master(DUTIES) if row["管理处事项编号"].startswith("XS")}
    assert days == {"2026-11-06", "2026-11-07", "2026-11-08", "2026-11-09"}


def test_whoever_takes_an_estate_over_has_its_weeks_duties_once(tmp_path: Path) -> None:
    """温主任 leaves on Tuesday, 魏主任 begins on Wednesday: what the week, the quarter and the year ask stands already, one of it done."""
    office = Office(tmp_path, ["property_office"], PEOPLE[:2])
    office.run("2026-11-03 08:00")
    office.answer("WY01", {"LD2026-11-02-WY01": check("正常")})
    leaves = {"staff_no": "WY01", "staff_name": "温主任", "staff_role": "管理处主任", "serves_from": "2025-01-01"}
    follows = {"staff_no": "WY05", "staff_name": "魏主任", "staff_role": "管理处主任", "serves_from": "2026-11-04"}
    office.drop("staff_list", leaves | {"serves_to": "2026-11-03"}, follows)
    office.run("2026-11-03 17:00")
    office.run("2026-11-04 09:00")
    his = sorted(row["管理处事项编号"] for row in office.master(DUTIES) if row["管理处事项编号"].endswith("WY05"))
    assert his == ["RZ2026-11-04-WY05", "XS2026-11-04-WY05"]
    assert office.record(DUTIES, "FW2026-11-02-WY01")["当前办理人"] == "魏主任"
    office.run("2026-11-09 09:00")  # the next week is his own
    keys = {row["管理处事项编号"] for row in office.master(DUTIES)}
    assert {f"{letters}2026-11-09-WY05" for letters in ("LD", "FW", "ZF", "LX")} <= keys
    assert not {key for key in keys if key.startswith("NB") and key.endswith("WY05")}


def test_one_number_for_two_reports_is_told_and_a_number_mended_is_not(office: Office) -> None:
    report = {"report_text": "屋面防水", **DONE}
    office.answer(
        "WY01", {"NB2027-WY01": report | {"report_no": "JH2027"}, "FY2026-Q4-WY01": report | {"report_no": "JH2027"}}
    )
    office.run("2026-11-03 17:00")
    told = [(row["由谁处理"], row["问题"]) for row in office.open_exceptions() if "相同" in row["问题"]]
    sentence = "“JH2027”和 FY2026-Q4-WY01 的报表计划编号相同，可能是同一件"
    assert sorted(told) == [("岳站长", sentence), ("温主任", sentence)]
    office.edit_master(DUTIES, "FY2026-Q4-WY01", {"报表计划编号": "FY2026-4"})
    office.run("2026-11-04 09:00")
    assert not any("报表计划编号相同" in each for each in office.exceptions())


def test_a_repairer_of_the_roster_gets_what_he_is_named_for(tmp_path: Path) -> None:
    people = [*PEOPLE[:3], ("WY05", "牛师傅", "维修人员")]
    office = Office(tmp_path, ["property_office", "matters_to_mend"], people)
    office.run("2026-11-03 08:00")
    found = patrol(dangers="待整改", cleanliness="待整改", patrol_found="堵", mend_before="2026-11-05", mender="牛师傅")
    office.answer("WY01", {PATROL: found})
    office.run("2026-11-03 17:00")
    assert {row["当前办理人"] for row in office.master(MATTERS)} == {"牛师傅"}
    assert len(office.worklist("WY05", "整改")) == 2
    mended = {"mend_result": "已整改", "mend_text": "已清走", "mended_on": "2026-11-04", "mended_by": "牛师傅"}
    office.answer("WY05", {f"{PATROL}-2": mended})
    office.run("2026-11-04 09:00")
    assert office.record(MATTERS, f"{PATROL}-2")["当前状态"] == "已整改"
    assert office.exceptions() == []


def test_a_patrol_written_as_in_order_by_mistake_is_put_right_in_the_master_and_opens_its_matter(
    office: Office,
) -> None:
    """一 1: what is grave goes to the head of the station; the second sheet is refused, and sends whoever tries to the master."""
    office.answer("WY01", {PATROL: patrol()})
    office.run("2026-11-03 17:00")
    office.edit_master(DUTIES, PATROL, {"安全隐患": "上报站长", "巡视发现的问题": "消防栓坏"})
    office.run("2026-11-04 09:00")
    assert office.record(DUTIES, PATROL)["安全隐患"] == "上报站长"
    assert [row["整改内容"] for row in office.master(MATTERS)] == ["安全隐患：消防栓坏"]
    assert "站长处置" in office.tasks("WY02")


def test_one_cell_of_a_patrol_that_does_not_go_with_the_others_is_told_and_not_taken(office: Office) -> None:
    office.answer("WY01", {PATROL: patrol()})
    office.run("2026-11-03 17:00")
    office.edit_master(DUTIES, PATROL, {"安全隐患": "上报站长"})
    office.run("2026-11-04 09:00")
    assert office.record(DUTIES, PATROL)["安全隐患"] == "正常"
    assert "有项目不正常，没有写明发现了什么" in office.exceptions()


def test_a_check_written_as_in_order_by_mistake_is_put_right_in_the_master_with_its_day(office: Office) -> None:
    key = "LD2026-11-02-WY01"
    office.answer("WY01", {key: check("正常")})
    office.run("2026-11-03 17:00")
    office.edit_master(DUTIES, key, {"检查走访结论": "待整改", "整改期限": "2026-11-06"})
    office.run("2026-11-04 09:00")
    (matter,) = office.master(MATTERS)
    assert (matter["应整改日期"], matter["当前状态"]) == ("2026-11-06", "待整改")


def test_what_was_mended_after_its_day_is_told_to_the_head_of_the_station(office: Office) -> None:
    """一 1: dealt with in time. To be mended by the 5th, mended on the 6th, by a sheet that came with that day's first run."""
    office.answer("WY01", {PATROL: patrol(dangers="待整改", patrol_found="楼道堆物", mend_before="2026-11-05")})
    office.run("2026-11-03 17:00")
    key = office.master(MATTERS)[0]["整改编号"]
    mended = {"mend_result": "已整改", "mend_text": "已清走", "mended_on": "2026-11-06", "mended_by": "温主任"}
    office.answer("WY01", {key: mended})
    office.run("2026-11-06 09:00")
    told = "应于 2026-11-05 办，2026-11-06 才办"
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == told] == ["岳站长"]


def test_what_a_director_finds_is_mended_on_his_own_estate(tmp_path: Path) -> None:
    office = Office(tmp_path, ["property_office", "matters_to_mend"], PEOPLE)
    matter = {"mend_what": "楼道灯坏", "mend_found_on": "2026-11-03", "mend_goes_to": "待整改", "mend_by": "2026-11-05"}
    office.drop("matter_to_mend", *({**matter, "mend_what": f"灯坏 {at}", "mend_found_by": "周维修"} for at in (1, 2)))
    office.drop("matter_to_mend", {**matter, "mend_what": "门坏", "mend_found_by": "周维修", "mend_person": "温主任"})
    office.run("2026-11-03 09:00")
    assert [row["当前办理人"] for row in office.master(MATTERS)] == ["周维修", "周维修", "温主任"]


def test_a_matter_called_the_station_heads_once_it_is_given_out_is_told_to_him(office: Office) -> None:
    found = matter("花坛缺株")
    office.drop("matter_to_mend", found | {"mend_by": "2026-11-06", "mend_person": "周维修"})
    office.run("2026-11-03 10:00")
    office.edit_master(MATTERS, "ZG2611001", {"处置去向": "上报站长"})
    office.run("2026-11-03 11:00")
    said = "“花坛缺株”派出以后才改为“上报站长”，站长没有看过"
    assert [row["由谁处理"] for row in office.open_exceptions()] == ["岳站长"]
    assert said in office.mails("WY02")[-1]


def test_a_matter_that_turns_out_to_be_grave_goes_to_the_head_of_the_station(office: Office) -> None:
    """“重大问题和不能处理的问题应立即向站长汇报”: also where that is seen a day later, or when it was done already."""
    matter = {"mend_found_on": "2026-11-03", "mend_found_by": "温主任", "mend_goes_to": "待整改"}
    matter |= {"mend_by": "2026-11-05", "mend_person": "周维修"}
    office.drop("matter_to_mend", *({**matter, "mend_what": what} for what in ("路灯", "井盖")), name="整改.xlsx")
    office.run("2026-11-03 10:00")
    numbers = {row["整改内容"]: row["整改编号"] for row in office.master(MATTERS)}
    mended = {"mend_result": "已整改", "mend_text": "盖好", "mended_on": "2026-11-03", "mended_by": "周维修"}
    office.answer("WY04", {numbers["井盖"]: mended})
    office.run("2026-11-03 15:00")
    assert office.record(MATTERS, numbers["井盖"])["当前状态"] == "已整改"

    graver = {"mend_found_on": "2026-11-03", "mend_found_by": "温主任", "mend_goes_to": "上报站长"}
    rows = ({**graver, "mend_what": what, "mend_no": number} for what, number in numbers.items())
    office.drop("matter_to_mend", *rows, name="整改.xlsx")
    office.run("2026-11-04 10:00")
    assert {row["当前状态"] for row in office.master(MATTERS)} == {"待站长处置"}
    assert {row["整改内容"] for row in office.worklist("WY02", "站长处置")} == {"路灯", "井盖"}
    assert "整改" not in office.tasks("WY04")


def test_a_matter_that_was_only_noted_and_is_to_be_mended_after_all_is_given_to_its_mender(office: Office) -> None:
    matter = {"mend_what": "空房漏水", "mend_found_on": "2026-11-03", "mend_found_by": "温主任"}
    office.drop("matter_to_mend", {**matter, "mend_goes_to": "转收费员"}, name="整改.xlsx")
    office.run("2026-11-03 10:00")
    noted = {"noted_text": "已登记", "noted_on": "2026-11-03", "noted_by": "费姐"}
    office.answer("WY03", {"ZG2611001": noted})
    office.run("2026-11-03 11:00")
    assert office.record(MATTERS, "ZG2611001")["当前状态"] == "已知悉"
    to_mend = {"mend_no": "ZG2611001", "mend_goes_to": "待整改", "mend_by": "2026-11-05", "mend_person": "周维修"}
    office.drop("matter_to_mend", matter | to_mend, name="整改.xlsx")
    office.run("2026-11-04 10:00")
    record = office.record(MATTERS, "ZG2611001")
    assert [record[each] for each in ("当前状态", "当前办理人", "应办结日")] == ["待整改", "周维修", "2026-11-05"]


def test_what_is_to_be_mended_after_all_when_its_day_is_past_is_not_late_before_anybody_could(office: Office) -> None:
    """Noted on Tuesday the 3rd, by the 5th; that it is to be mended comes on Friday the 6th: by Monday the 9th."""
    matter = {
        "mend_what": "空房漏水",
        "mend_found_on": "2026-11-03",
        "mend_found_by": "温主任",
        "mend_by": "2026-11-05",
    }
    office.drop("matter_to_mend", {**matter, "mend_goes_to": "转收费员"}, name="整改.xlsx")
    office.run("2026-11-03 10:00")
    to_mend = {"mend_no": "ZG2611001", "mend_goes_to": "待整改", "mend_person": "周维修"}
    office.drop("matter_to_mend", matter | to_mend, name="整改.xlsx")
    office.run("2026-11-06 10:00")
    record = office.record(MATTERS, "ZG2611001")
    assert [record[each] for each in ("当前办理人", "应办结日", "时限提醒")] == ["周维修", "2026-11-09", None]


def test_whoever_has_reported_a_matter_does_not_decide_on_it_as_a_stand_in(tmp_path: Path) -> None:
    """What is grave goes to the head of the station: he is away, and who stands in has reported it himself."""
    office = Office(tmp_path, ["property_office", "matters_to_mend"], PEOPLE)
    said = {"staff_no": "WY02", "staff_name": "岳站长", "staff_role": "物业站站长", "staff_email": "WY02@example.com"}
    away = {"staff_stand_in": "温主任", "staff_away_from": "2026-11-03", "staff_away_to": "2026-11-10"}
    office.drop("staff_list", said | away)
    matter = {
        "mend_what": "外墙脱落",
        "mend_found_on": "2026-11-03",
        "mend_goes_to": "上报站长",
        "mend_found_by": "温主任",
    }
    office.drop("matter_to_mend", matter)
    office.run("2026-11-03 09:00")
    (row,) = office.master("整改事项")
    assert (row["当前状态"], row["当前办理人"]) == ("待站长处置", None)
    assert any("代办人温主任也不能办自己经手的" in each for each in office.exceptions())


def test_a_matter_that_is_reported_days_later_is_told_to_the_head_of_the_station(office: Office) -> None:
    """“立即向站长汇报”: found on Tuesday, 27 October, it comes on Monday, 2 November."""
    matter = {
        "mend_what": "外墙脱落",
        "mend_found_on": "2026-10-27",
        "mend_goes_to": "上报站长",
        "mend_found_by": "温主任",
    }
    office.drop("matter_to_mend", matter)
    office.run("2026-11-02 09:00")
    told = [(row["由谁处理"], row["问题"]) for row in office.open_exceptions() if "才交来" in row["问题"]]
    assert told == [("岳站长", "温主任 2026-11-02 才交来 1 条，最早的是 2026-10-27 的")]


def test_a_matter_whose_day_was_past_when_it_came_is_mended_by_the_next_working_day(office: Office) -> None:
    """Found on Tuesday, 27 October, to be mended by Friday; it comes on Monday, 2 November: until Tuesday. What is given more
    time has it.
    """
    matter = {
        "mend_found_on": "2026-10-27",
        "mend_goes_to": "待整改",
        "mend_person": "周维修",
        "mend_found_by": "温主任",
    }
    late = {"mend_what": "消防通道被堵", "mend_by": "2026-10-30", **matter}
    office.drop("matter_to_mend", late, {"mend_what": "路灯不亮", "mend_by": "2026-11-06", **matter})
    office.run("2026-11-02 09:00")
    held = {row["整改内容"]: (row["应整改日期"], row["应办结日"], row["时限提醒"]) for row in office.master("整改事项")}
    assert held == {
        "消防通道被堵": ("2026-10-30", "2026-11-03", None),
        "路灯不亮": ("2026-11-06", "2026-11-06", None),
    }
    told = [(row["由谁处理"], row["问题"]) for row in office.open_exceptions() if "才交来" in row["问题"]]
    assert told == [("岳站长", "温主任 2026-11-02 才交来 2 条，最早的是 2026-10-27 的")]


def test_a_matter_of_a_mender_nobody_knows_stays_with_who_has_found_it(office: Office) -> None:
    """温主任's own estate: the other director has less to do, and is not asked."""
    found = matter("花坛缺株")
    office.drop("matter_to_mend", found | {"mend_by": "2026-11-06", "mend_person": "外人"})
    office.run("2026-11-03 17:00")
    assert office.record(MATTERS, "ZG2611001")["当前办理人"] == "温主任"
    said = "ZG2611001 的整改人员“外人”不在人员表在岗人员中"
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == said] == ["温主任"]


def test_what_could_not_be_mended_is_not_tried_again_before_that(office: Office) -> None:
    """Tried on Wednesday 11-04, decided anew, then 11-03 is written: before the first attempt."""
    found = matter("外墙脱落", mend_found_on="2026-11-02")
    office.drop("matter_to_mend", found | {"mend_by": "2026-11-06", "mend_person": "周维修"})
    office.run("2026-11-03 09:00")
    tried = {"mend_result": "无法整改", "mend_text": "够不着", "mend_reason": "要吊车", "mended_by": "周维修"}
    office.answer("WY04", {"ZG2611001": tried | {"mended_on": "2026-11-04"}})
    office.run("2026-11-04 09:00")
    office.answer("WY02", {"ZG2611001": {"station_word": "租吊车", "mend_by": "2026-11-12", "word_by": "岳站长"}})
    office.run("2026-11-05 09:00")
    office.answer("WY04", {"ZG2611001": tried | {"mended_on": "2026-11-03"}})
    office.run("2026-11-06 09:00")
    assert office.record(MATTERS, "ZG2611001")["当前状态"] == "待整改"
    assert any("整改完成日期“2026-11-03”" in each and "上次的整改完成日期" in each for each in office.exceptions())


def test_one_matter_under_two_numbers_is_told_to_who_found_it_and_to_the_head(office: Office) -> None:
    rows = (
        {**matter("井盖缺失", mend_by="2026-11-05", mend_person="周维修"), "mend_no": number} for number in ("A1", "A2")
    )
    office.drop("matter_to_mend", *rows)
    office.run("2026-11-03 10:00")
    told = {row["由谁处理"] for row in office.open_exceptions() if "和 A1 的内容和发现日期相同" in str(row["问题"])}
    assert told == {"温主任", "岳站长"}
