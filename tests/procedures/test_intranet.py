"""内部信息维护, played through: Monday's weeks, Tuesday's posting, great news with leave only."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.office import Office

PEOPLE = [
    ("XZ01", "宁秘书", "行政秘书"),
    ("XZ02", "杜部长", "部门负责人"),
    ("XZ03", "覃主管", "行政部主管"),
    ("XZ05", "温主任", "部门负责人"),
]
WEEK, POSTING = "BZ2026-11-02-XZ02", "GW2026-11-02"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Monday 2 November 2026."""
    office = Office(tmp_path, ["intranet"], PEOPLE)
    office.run("2026-11-02 08:00")
    return office


def test_departments_hand_in_on_monday_and_the_secretary_posts_on_tuesday(office: Office) -> None:
    assert {row["安排提交期限"] for row in office.master("部门周安排")} == {"2026-11-02"}
    record = office.record("周安排挂网", POSTING)
    assert (record["挂网期限"], record["未交安排的部门"]) == ("2026-11-03", "杜部长、温主任")

    said = {"department_text": "年检", "department_on": "2026-11-02", "department_by": "杜部长"}
    office.answer("XZ02", {WEEK: said})
    office.run("2026-11-02 17:00")
    office.run("2026-11-03 09:00")
    (row,) = office.worklist("XZ01", "周安排挂网")
    assert row["未交安排的部门"] == "温主任"
    assert row["各部门本周安排"] == "杜部长：年检"
    assert office.record("部门周安排", "BZ2026-11-02-XZ05")["时限提醒"] == "逾期 1 天"
    # two weeks were due, one is there in time
    assert office.figures("统计", "部门周安排按月") == [["2026-11", 2, 0, 0.5]]

    office.answer("XZ01", {POSTING: {"week_posted_on": "2026-11-03", "week_posted_by": "宁秘书"}})
    office.run("2026-11-03 10:00")
    assert office.record("周安排挂网", POSTING)["当前状态"] == "已挂网"


def test_what_was_posted_without_a_department_is_told_and_so_is_what_comes_after_all(office: Office) -> None:
    """温主任 hands in on Wednesday what the secretary posted without on Tuesday: she reads that it is to be added."""
    said = {"department_text": "年检", "department_on": "2026-11-02", "department_by": "杜部长"}
    office.answer("XZ02", {WEEK: said})
    office.run("2026-11-02 17:00")
    office.run("2026-11-03 09:00")
    office.answer("XZ01", {POSTING: {"week_posted_on": "2026-11-03", "week_posted_by": "宁秘书"}})
    office.run("2026-11-03 10:00")
    lacking = "周安排已挂网，温主任 还没有交"
    told = [str(row["由谁处理"]) for row in office.open_exceptions() if row["问题"] == lacking]
    assert sorted(told) == ["宁秘书", "覃主管"]
    late = {"department_text": "消防", "department_on": "2026-11-04", "department_by": "温主任"}
    office.answer("XZ05", {"BZ2026-11-02-XZ05": late})
    office.run("2026-11-04 10:00")
    assert lacking not in office.exceptions()
    added = "温主任 的周安排 2026-11-04 才交来，2026-11-03 已挂网"
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == added] == ["宁秘书"]
    assert added in office.mails("XZ01")[-1]


@pytest.mark.parametrize("on", ["2026-11-02", "2026-11-03"])
def test_what_comes_on_the_day_on_which_the_week_was_posted_without_it_is_to_be_added(office: Office, on: str) -> None:
    """4.2.2: posted on Tuesday morning without 温主任, who hands in that afternoon. 杜部长's was there."""
    said = {"department_text": "年检", "department_on": "2026-11-02", "department_by": "杜部长"}
    office.answer("XZ02", {WEEK: said})
    office.answer("XZ01", {POSTING: {"week_posted_on": "2026-11-03", "week_posted_by": "宁秘书"}})
    office.run("2026-11-03 10:00")  # both came in this run
    assert office.record("周安排挂网", POSTING)["挂网时未交的部门"] == "温主任"
    office.answer("XZ05", {"BZ2026-11-02-XZ05": said | {"department_on": on, "department_by": "温主任"}})
    office.run("2026-11-03 15:00")
    added = "温主任 的周安排 2026-11-03 才交来，2026-11-03 已挂网"
    told = [row["由谁处理"] for row in office.open_exceptions() if "已挂网" in str(row["问题"])]
    assert told == ["宁秘书"]
    assert added in office.mails("XZ01")[-1]
    # it was not there on Tuesday morning: under the date of Monday it is filled in later
    assert office.record("部门周安排", "BZ2026-11-02-XZ05")["安排按时提交"] == ("补录" if on == "2026-11-02" else "否")
    later = "写的是 2026-11-02 办的（期限 2026-11-02），2026-11-03 才登记，按补录计，不算及时"
    assert (later in office.exceptions()) is (on == "2026-11-02")
    office.choose("知道了", added)
    office.run("2026-11-04 09:00")
    assert added not in office.exceptions()


def test_a_week_posted_once_all_are_there_asks_for_nothing(office: Office) -> None:
    said = {"department_text": "年检", "department_on": "2026-11-02"}
    office.answer("XZ02", {WEEK: said | {"department_by": "杜部长"}})
    office.answer("XZ05", {"BZ2026-11-02-XZ05": said | {"department_by": "温主任"}})
    office.answer("XZ01", {POSTING: {"week_posted_on": "2026-11-03", "week_posted_by": "宁秘书"}})
    for at in ("2026-11-03 10:00", "2026-11-04 09:00"):
        office.run(at)
        assert office.exceptions() == []
    assert office.record("周安排挂网", POSTING)["挂网时未交的部门"] == "无"


def test_great_news_need_leave_and_others_do_not(office: Office) -> None:
    news = {"news_on": "2026-11-02", "news_by": "杜部长"}
    office.drop(
        "site_news",
        {"news_title": "获评优秀", "news_weight": "重大新闻", **news},
        {"news_title": "演练", "news_weight": "一般新闻", **news},
    )
    office.run("2026-11-02 09:00")
    assert [row["新闻标题"] for row in office.worklist("XZ01", "新闻挂网")] == ["演练"]
    office.drop("news_posted", {"news_no": "XW2611001", "news_posted_on": "2026-11-02", "news_posted_by": "宁秘书"})
    office.run("2026-11-02 10:00")
    assert office.record("新闻挂网", "XW2611001")["当前状态"] == "待审批"

    office.answer("XZ03", {"XW2611001": {"news_decision": "同意", "news_decided_by": "覃主管"}})
    office.run("2026-11-02 11:00")
    assert [row["新闻标题"] for row in office.worklist("XZ01", "新闻挂网")] == ["获评优秀", "演练"]


def news(weight: str, **more: str) -> dict[str, str]:
    return {"news_title": "获评优秀", "news_weight": weight, "news_on": "2026-11-02", "news_by": "杜部长"} | more


def test_the_day_for_posting_great_news_counts_from_their_approval(office: Office) -> None:
    """Given on Monday, approved on Tuesday: to be posted on Tuesday, not since Monday; ordinary ones on their day."""
    office.drop("site_news", news("重大新闻"), news("一般新闻", news_title="演练"))
    office.run("2026-11-02 09:00")
    office.answer("XZ03", {"XW2611001": {"news_decision": "同意", "news_decided_by": "覃主管"}})
    office.run("2026-11-03 08:00")
    due = {row["新闻标题"]: row["应办结日"] for row in office.worklist("XZ01", "新闻挂网")}
    assert due == {"获评优秀": "2026-11-03", "演练": "2026-11-02"}
    office.run("2026-11-04 08:00")
    assert office.record("新闻挂网", "XW2611001")["应办结日"] == "2026-11-03"


def test_great_news_posted_by_their_own_day_before_they_were_decided_on_are_told_to_the_head(office: Office) -> None:
    """4.2.3: great ones are decided on first. Decided on Wednesday the 4th, posted on Monday the 2nd, as the sheet of the 5th says."""
    office.drop("site_news", news("重大新闻"))
    office.run("2026-11-02 17:00")
    office.answer("XZ03", {"XW2611001": {"news_decision": "同意", "news_decided_by": "覃主管"}})
    office.run("2026-11-04 17:00")
    office.drop("news_posted", {"news_no": "XW2611001", "news_posted_on": "2026-11-02", "news_posted_by": "宁秘书"})
    office.run("2026-11-05 17:00")
    told = [(row["由谁处理"], row["问题"]) for row in office.open_exceptions() if "才办" in row["问题"]]
    assert told == [("覃主管", "XW2611001 的新闻挂网日期是 2026-11-02，“重大新闻审批”2026-11-04 才办")]


def test_news_that_were_refused_and_come_as_ordinary_ones_under_another_number_are_told_to_the_head(
    office: Office,
) -> None:
    """4.2.3: great ones are decided on; what was refused is no ordinary news by another number."""
    office.drop("site_news", news("重大新闻", news_no="XW2"))
    office.run("2026-11-02 10:00")
    refused = {"news_no": "XW2", "news_decision": "退回", "news_reason": "不实", "news_decided_by": "覃主管"}
    office.drop("news_decision", refused)
    office.run("2026-11-02 17:00")
    office.drop("site_news", news("一般新闻", news_no="XW5"))
    office.run("2026-11-03 09:00")
    told = {row["由谁处理"] for row in office.open_exceptions() if "和 XW2 的标题和日期相同" in str(row["问题"])}
    assert told == {"杜部长", "覃主管"}


def test_news_that_come_late_are_the_givers_lateness_and_the_secretarys_from_then_on(office: Office) -> None:
    """Of Tuesday, October 20, given on Monday, November 2: to be posted by Tuesday, and 覃主管 reads who gave them late."""
    office.drop("site_news", news("一般新闻", news_title="旧闻", news_on="2026-10-20"))
    office.run("2026-11-02 09:00")
    record = office.record("新闻挂网", "XW2610001")
    assert (record["当前办理人"], record["应办结日"], record["时限提醒"]) == ("宁秘书", "2026-11-03", None)
    late = [row for row in office.open_exceptions() if "才交来" in row["问题"]]
    told = "杜部长 2026-11-02 才交来 1 条，最早的是 2026-10-20 的"
    assert [(row["问题"], row["由谁处理"]) for row in late] == [(told, "覃主管")]


def test_news_of_a_property_office_are_no_other_ones_to_give(office: Office) -> None:
    """4.2.3 names nobody who gives them; 石主任 heads a property office, 宁秘书 posts them and gives none."""
    office.drop("staff_list", {"staff_no": "GL01", "staff_name": "石主任", "staff_role": "管理处主任"})
    office.drop("site_news", news("一般新闻", news_by="石主任"))
    office.run("2026-11-02 09:00")
    assert office.exceptions() == []
    office.drop("site_news", news("一般新闻", news_title="消防演习", news_by="宁秘书"))
    office.run("2026-11-02 10:00")
    assert set(office.exceptions()) == {"“消防演习”的“新闻提供”应由部门负责人、管理处主任办理，表上填的是“宁秘书”"}


def test_great_news_that_become_ordinary_are_told_and_once_refused_are_decided_on_again(office: Office) -> None:
    office.drop("site_news", news("重大新闻"), name="新闻.xlsx")
    office.run("2026-11-02 09:00")
    office.drop("site_news", news("一般新闻"), name="新闻.xlsx")
    office.run("2026-11-02 10:00")
    assert office.record("新闻挂网", "XW2611001")["当前状态"] == "待审批"
    assert "把新闻类别“重大新闻”改为“一般新闻”" in office.mails("XZ03")[-1]

    refused = {"news_decision": "退回", "news_reason": "不实", "news_decided_by": "覃主管"}
    office.answer("XZ03", {"XW2611001": refused})
    office.run("2026-11-02 11:00")
    assert office.record("新闻挂网", "XW2611001")["当前状态"] == "不予挂网"
    office.drop_anew("site_news", news("重大新闻"), name="新闻.xlsx")
    office.run("2026-11-02 12:00")
    assert office.record("新闻挂网", "XW2611001")["当前状态"] == "待审批"
    (row,) = office.worklist("XZ03", "重大新闻审批")
    assert "新闻类别 一般新闻→重大新闻" in str(row["退回原因"])


def test_a_department_corrects_its_week_until_the_day_on_which_it_is_due(office: Office) -> None:
    said = {
        "department_week_no": WEEK,
        "department_text": "年检",
        "department_on": "2026-11-02",
        "department_by": "杜部长",
    }
    office.drop("department_week_plan", said)
    office.run("2026-11-02 09:00")
    office.drop("department_week_plan", said | {"department_text": "年检改到周四"})
    office.run("2026-11-02 10:00")
    assert office.record("部门周安排", WEEK)["本周重要工作"] == "年检改到周四"
    assert office.exceptions() == []
    office.drop("department_week_plan", said | {"department_text": "取消"})
    office.run("2026-11-03 10:00")
    assert office.record("部门周安排", WEEK)["本周重要工作"] == "年检改到周四"
    assert office.exceptions() == ["“杜部长”现为“已提交”，不能办理“部门周安排”"]


def test_who_owes_the_posting_does_not_end_it(office: Office) -> None:
    ended = {"posting_no": POSTING, "end_reason": "停电", "ended_on": "2026-11-02"}
    office.drop("week_posting_ended", {**ended, "ended_by": "宁秘书"})
    office.run("2026-11-02 09:00")
    assert office.record("周安排挂网", POSTING)["当前状态"] == "待挂网"
    assert any("应由“行政部主管”办理" in each for each in office.exceptions())
    office.drop("week_posting_ended", {**ended, "ended_by": "覃主管"})
    office.run("2026-11-02 10:00")
    assert office.record("周安排挂网", POSTING)["当前状态"] == "已作废"


def test_news_called_great_once_they_are_posted_are_told_to_whoever_decides_on_great_ones(office: Office) -> None:
    office.drop("site_news", news("一般新闻"), name="新闻.xlsx")
    office.run("2026-11-02 09:00")
    office.drop("news_posted", {"news_no": "XW2611001", "news_posted_on": "2026-11-02", "news_posted_by": "宁秘书"})
    office.run("2026-11-02 10:00")
    office.drop("site_news", news("重大新闻"), name="新闻.xlsx")
    office.run("2026-11-02 11:00")
    record = office.record("新闻挂网", "XW2611001")
    assert [record[each] for each in ("新闻类别", "当前状态", "新闻挂网日期")] == ["重大新闻", "已挂网", "2026-11-02"]
    said = "“获评优秀”已经挂网，才改为“重大新闻”，没有经过审批"
    assert [row["由谁处理"] for row in office.open_exceptions()] == ["覃主管"]
    assert said in office.mails("XZ03")[-1]
    office.choose("知道了", said)
    office.run("2026-11-02 12:00")
    assert office.exceptions() == []

    # the title of what stands on the site is another matter
    office.drop("site_news", news("重大新闻", news_no="XW2611001", news_title="获评先进"), name="新闻.xlsx")
    office.run("2026-11-02 13:00")
    assert office.record("新闻挂网", "XW2611001")["新闻标题"] == "获评优秀"
    assert [each for each in office.exceptions() if "获评先进" in each]


def test_great_news_that_were_decided_on_are_not_told_once_they_are_posted(office: Office) -> None:
    office.drop("site_news", news("重大新闻"))
    office.run("2026-11-02 09:00")
    office.answer("XZ03", {"XW2611001": {"news_decision": "同意", "news_decided_by": "覃主管"}})
    office.run("2026-11-02 10:00")
    office.drop("news_posted", {"news_no": "XW2611001", "news_posted_on": "2026-11-02", "news_posted_by": "宁秘书"})
    office.run("2026-11-02 11:00")
    assert office.record("新闻挂网", "XW2611001")["当前状态"] == "已挂网"
    assert office.exceptions() == []


def test_a_title_changed_on_the_day_on_which_it_is_posted_is_decided_on_again(office: Office) -> None:
    """Both sheets lie in one run: what was approved is not what is posted."""
    office.drop("site_news", news("重大新闻"), name="新闻.xlsx")
    office.run("2026-11-02 09:00")
    office.answer("XZ03", {"XW2611001": {"news_decision": "同意", "news_decided_by": "覃主管"}})
    office.run("2026-11-02 10:00")
    office.drop("site_news", news("重大新闻", news_no="XW2611001", news_title="获评先进"), name="新闻.xlsx")
    office.drop("news_posted", {"news_no": "XW2611001", "news_posted_on": "2026-11-02", "news_posted_by": "宁秘书"})
    office.run("2026-11-02 11:00")
    assert office.record("新闻挂网", "XW2611001")["当前状态"] == "待审批"


@pytest.mark.parametrize(("came", "judged"), [("2026-11-03 08:40", "是"), ("2026-11-04 08:40", "补录")])
def test_a_week_handed_in_on_monday_is_in_time_where_it_comes_with_the_next_mornings_run(
    office: Office, came: str, judged: str
) -> None:
    """4.2.1: each Monday; 2 November is one. An office that runs in the morning only takes it on Tuesday."""
    said = {"department_text": "电梯年检", "department_on": "2026-11-02", "department_by": "杜部长"}
    office.answer("XZ02", {"BZ2026-11-02-XZ02": said})
    office.run(came)
    assert office.record("部门周安排", "BZ2026-11-02-XZ02")["安排按时提交"] == judged
    assert bool([each for each in office.exceptions() if "按补录计" in each]) == (judged == "补录")


def posted(on: str) -> dict[str, str]:
    return {"news_posted_on": on, "news_posted_by": "宁秘书"}


def test_news_posted_a_day_late_are_told_and_counted(office: Office) -> None:
    """4.2.3: news are posted at once. Two of Monday, 2 November: one posted that day, one on Tuesday, before any run listed it."""
    office.drop("site_news", news("一般新闻"), news("一般新闻", news_title="演练"))
    office.run("2026-11-02 09:00")
    one, other = (row["新闻编号"] for row in office.master("新闻挂网"))
    office.answer("XZ01", {one: posted("2026-11-02")})
    office.run("2026-11-02 17:00")
    office.answer("XZ01", {other: posted("2026-11-03")})
    office.run("2026-11-03 09:00")
    told = "期限 2026-11-02，2026-11-03 才办"
    late = [(row["编号"], row["由谁处理"]) for row in office.open_exceptions() if row["问题"] == told]
    assert late == [(other, "覃主管")]
    assert office.figures("统计", "新闻挂网按月") == [["2026-11", 2, 2, 0.5]]


def test_news_given_late_and_posted_by_the_next_working_day_are_in_time(office: Office) -> None:
    office.drop("site_news", news("一般新闻", news_on="2026-10-20"))
    office.run("2026-11-02 09:00")
    office.answer("XZ01", {"XW2610001": posted("2026-11-03")})
    office.run("2026-11-03 09:00")
    assert not [each for each in office.exceptions() if each.startswith("期限 ")]
    assert office.record("新闻挂网", "XW2610001")["新闻按时挂网"] == "是"


def test_a_property_office_is_asked_for_its_week_too(tmp_path: Path) -> None:
    """4.2.1: 各管理处及各部门. Whoever heads both hands in one week."""
    people = [
        ("XZ01", "宁秘书", "行政秘书"),
        ("XZ02", "杜部长", "部门负责人"),
        ("XZ03", "覃主管", "行政部主管"),
        ("WY01", "温主任", "管理处主任"),
        ("WY02", "周主任", "管理处主任、部门负责人"),
    ]
    office = Office(tmp_path, ["intranet"], people)
    office.run("2026-11-02 08:00")
    asked = sorted(str(row["部门安排负责人"]) for row in office.master("部门周安排"))
    assert asked == sorted(["杜部长", "温主任", "周主任"])
    assert office.tasks("WY01") == ["部门周安排"]


def test_a_week_changed_after_it_was_posted_is_read_by_who_posted_it(office: Office) -> None:
    said = {"department_text": "绿化", "department_on": "2026-11-02", "department_by": "杜部长"}
    office.answer("XZ02", {"BZ2026-11-02-XZ02": said})
    office.run("2026-11-02 17:00")
    office.run("2026-11-03 08:00")
    office.answer("XZ01", {"GW2026-11-02": {"week_posted_on": "2026-11-03", "week_posted_by": "宁秘书"}})
    office.run("2026-11-03 10:00")
    office.edit_master("部门周安排", "BZ2026-11-02-XZ02", {"本周重要工作": "绿化改到周六，周五停水"})
    office.run("2026-11-04 09:00")
    assert "绿化改到周六，周五停水" in office.mails("XZ01")[-1]


@pytest.mark.parametrize(
    ("run", "monday", "by", "due"),
    [
        ("2026-04-07", "2026-04-06", "2026-04-07", "2026-04-07"),  # Monday is a holiday, Tuesday is worked
        ("2026-05-06", "2026-05-04", "2026-05-06", "2026-05-06"),  # both are
        ("2026-02-24", "2026-02-23", "2026-02-24", "2026-02-24"),
        ("2026-11-02", "2026-11-02", "2026-11-02", "2026-11-03"),
    ],
)
def test_a_week_is_posted_on_tuesday_where_tuesday_is_worked(
    tmp_path: Path, run: str, monday: str, by: str, due: str
) -> None:
    """4.2.1 每周一, 4.2.2 每周二."""
    office = Office(tmp_path, ["intranet"], PEOPLE)
    office.run(f"{run} 08:00")
    assert office.record("部门周安排", f"BZ{monday}-XZ02")["安排提交期限"] == by
    assert office.record("周安排挂网", f"GW{monday}")["挂网期限"] == due


def test_the_week_of_a_property_office_passes_to_who_heads_it_by_now(tmp_path: Path) -> None:
    """温主任 has left on Tuesday without handing in; 汪主任 heads the office since, and nobody is 部门负责人."""
    people = [("XZ01", "宁秘书", "行政秘书"), ("XZ03", "覃主管", "行政部主管"), ("WY01", "温主任", "管理处主任")]
    office = Office(tmp_path, ["intranet"], people)
    office.run("2026-11-02 08:00")
    leaves = {"staff_no": "WY01", "staff_name": "温主任", "staff_role": "管理处主任", "serves_to": "2026-11-03"}
    comes = {"staff_no": "WY02", "staff_name": "汪主任", "staff_role": "管理处主任", "serves_from": "2026-11-04"}
    office.drop("staff_list", leaves, comes)
    office.run("2026-11-03 08:00")
    office.run("2026-11-04 08:00")
    assert office.record("部门周安排", "BZ2026-11-02-WY01")["当前办理人"] == "汪主任"
    assert not any("没有人可办" in each for each in office.exceptions())
