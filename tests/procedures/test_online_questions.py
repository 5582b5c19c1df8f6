"""网上客户信息管理, played through: who answers by the project's stage, 24 hours to the minute, contested ones first up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.tools.office import Office

PEOPLE = [
    ("WS01", "施雯", "销售组"),
    ("WS02", "陶静", "客户中心"),
    ("WS03", "郝主管", "主管"),
    ("WS04", "水物", "物业部"),
    ("WS05", "支持", "支持组"),
    ("WS06", "推广", "推广组"),
]
SHEET = "网上问题"
PHASE = {"project_name": "金色家园", "group_from": "2026-03-01", "group_to": "2026-06-30", "handover_day": "2026-10-01"}


def question(at: str, topic: str = "其他", **more: Any) -> dict[str, Any]:
    return {
        "question_source": "论坛",
        "question_project": "金色家园",
        "question_topic": topic,
        "question_dispute": "明确",
        "asked_at": at,
        "asker": "业主",
        "question_text": f"{topic}？",
        "collected_by": "陶静",
    } | more


def reply(at: str, by: str, result: str = "已回复", **more: Any) -> dict[str, Any]:
    said = {"reply_result": result, "reply_text": "答", "replied_at": at, "replied_by": by}
    return said | ({"reply_name": "公司"} if result == "已回复" else {}) | more


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path, ["online_questions"], PEOPLE)
    office.drop("project_phase", PHASE)
    return office


@pytest.mark.parametrize(
    ("at", "topic", "who"),
    [
        ("2026-02-28 10:00", "其他", "陶静"),  # no sales group yet
        ("2026-03-01 10:00", "其他", "施雯"),  # while it is there
        ("2026-06-30 10:00", "物业管理", "施雯"),
        ("2026-07-01 10:00", "物业管理", "陶静"),  # from its end to hand-over
        ("2026-10-01 10:00", "物业管理", "水物"),  # after hand-over
        ("2026-10-01 10:00", "其他", "陶静"),
        ("2026-05-01 10:00", "客户俱乐部", "陶静"),
        ("2026-05-01 10:00", "合同及办证", "支持"),
        ("2026-05-01 10:00", "推广活动", "推广"),
    ],
)
def test_who_answers_is_decided_by_stage_and_topic(office: Office, at: str, topic: str, who: str) -> None:
    office.drop("online_question", question(at, topic))
    office.run(f"{at[:10]} 11:00")
    (row,) = office.master(SHEET)
    assert row["当前办理人"] == who


def test_what_a_group_has_not_answered_when_it_is_dissolved_is_the_customer_centres(office: Office) -> None:
    """Asked on the group's last day but one: on 1 July it is 陶静's, and an answer of the group is refused aloud."""
    office.drop("online_question", question("2026-06-29 10:00"))
    office.run("2026-06-29 11:00")
    assert office.tasks("WS01") == ["网上回复"]
    office.run("2026-06-30 11:00")
    assert office.tasks("WS01") == ["网上回复"]
    office.run("2026-07-01 09:00")
    assert ("网上回复" in office.tasks("WS02"), office.record(SHEET, "WS2606001")["回复部门"]) == (True, "客户中心")
    office.drop("question_reply", {"question_no": "WS2606001", **reply("2026-07-01 10:00", "施雯")})
    office.run("2026-07-01 11:00")
    assert "“业主”的“网上回复”应由“客户中心”办理，“施雯”不是该岗位的在岗人员" in office.exceptions()
    office.answer("WS02", {"WS2606001": reply("2026-07-01 12:00", "陶静")})
    office.run("2026-07-01 13:00")
    office.run("2026-10-09 09:00")  # whatever becomes of the project: who has answered stays
    record = office.record(SHEET, "WS2606001")
    assert (record["当前状态"], record["回复部门"]) == ("已回复", "客户中心")


def test_a_question_that_is_collected_days_late_names_who_has_collected_it(office: Office) -> None:
    office.drop("online_question", question("2026-11-02 10:00", question_dispute="有争议"))
    office.run("2026-11-05 09:00")
    said = "陶静 2026-11-05 才交来 1 条，最早的是 2026-11-02 的"
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == said] == ["郝主管"]
    office.answer("WS03", {"WS2611001": {"guidance": "按合同", "guided_at": "2026-11-05 10:00", "guided_by": "郝主管"}})
    office.run("2026-11-09 09:00")
    assert [each for each in office.exceptions() if "才交来" in each] == [said]  # the steps that follow are not late


def test_an_answer_within_24_hours_is_in_time_to_the_minute(office: Office) -> None:
    office.drop(
        "online_question", question("2026-11-02 10:00"), question("2026-11-02 10:05", question_source="门户网站")
    )
    office.run("2026-11-02 11:00")
    assert office.record(SHEET, "WS2611001")["最迟回复时间"] == "2026-11-03 10:00"
    office.run("2026-11-03 09:59")
    assert office.record(SHEET, "WS2611001")["时限提醒"] == "今天 10:00 前"
    office.run("2026-11-03 10:02")
    assert office.record(SHEET, "WS2611001")["时限提醒"] == "10:00 起逾期"
    assert office.record(SHEET, "WS2611002")["时限提醒"] == "今天 10:05 前"
    assert "逾期情况" in office.tasks("WS03")

    answers = {"WS2611001": reply("2026-11-03 10:04", "陶静"), "WS2611002": reply("2026-11-03 10:05", "陶静")}
    office.answer("WS02", answers)
    office.run("2026-11-03 10:30")
    assert [row["是否按时回复"] for row in office.master(SHEET)] == ["否", "是"]
    (month,) = office.figures("统计", "网上问题按月")
    assert month[:4] == ["2026-11", 2, 2, 0.5]
    assert month[4] == pytest.approx(24 + 2 / 60, abs=0.01)
    assert [row[0] for row in office.figures("统计", "网上问题按来源")] == ["门户网站", "论坛"]


def test_a_contested_one_passes_the_supervisor_and_may_come_back_to_him(office: Office) -> None:
    office.drop("online_question", question("2026-11-02 10:00", question_dispute="有争议"))
    office.run("2026-11-02 11:00")
    assert office.tasks("WS03") == ["主管意见"]
    office.answer("WS03", {"WS2611001": {"guidance": "按合同", "guided_at": "2026-11-02 11:30", "guided_by": "郝主管"}})
    office.run("2026-11-02 12:00")
    office.answer("WS02", {"WS2611001": reply("2026-11-02 13:00", "陶静", "须主管定", reply_reason="客户不认可")})
    office.run("2026-11-02 14:00")
    (row,) = office.worklist("WS03", "主管意见")
    assert row["退回原因"] == "客户不认可"
    assert office.record(SHEET, "WS2611001")["是否按时回复"] is None  # the customer has no answer yet
    assert office.figures("统计", "网上问题按月") == [["2026-11", 1, 0, None, None]]
    office.answer(
        "WS03", {"WS2611001": {"guidance": "按第 9 条", "guided_at": "2026-11-04 09:00", "guided_by": "郝主管"}}
    )
    office.run("2026-11-04 09:00")  # the 24 hours were over on the 3rd
    assert office.figures("统计", "网上问题按月") == [["2026-11", 1, 0, 0, None]]
    office.answer("WS02", {"WS2611001": reply("2026-11-04 10:00", "陶静")})
    office.run("2026-11-04 11:00")
    assert office.record(SHEET, "WS2611001")["是否按时回复"] == "否"
    said = "期限 2026-11-03 10:00，2026-11-04 10:00 才办"
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == said] == ["郝主管"]


def test_what_is_said_to_be_contested_later_goes_to_the_supervisor_before_it_is_answered(office: Office) -> None:
    """Corrected to 有争议 it is the supervisor's, and nobody answers it; once he has said how it does not come back to him.
    One that is corrected to 明确 while it is his is the handler's again.
    """
    office.drop("online_question", question("2026-11-02 10:00"))
    office.run("2026-11-02 11:00")
    contested = {"question_no": "WS2611001", **question("2026-11-02 10:00", question_dispute="有争议")}
    office.drop("online_question", contested)
    office.run("2026-11-02 12:00")
    assert (office.record(SHEET, "WS2611001")["当前状态"], office.tasks("WS03")) == ("待主管定", ["主管意见"])
    office.drop("question_reply", {"question_no": "WS2611001", **reply("2026-11-02 12:30", "陶静")})
    office.run("2026-11-02 13:00")
    assert office.record(SHEET, "WS2611001")["当前状态"] == "待主管定"
    office.answer("WS03", {"WS2611001": {"guidance": "按合同", "guided_at": "2026-11-02 13:30", "guided_by": "郝主管"}})
    office.drop("online_question", question("2026-11-02 13:10", "物业管理", question_dispute="有争议"))
    office.run("2026-11-02 14:00")
    assert [row["当前状态"] for row in office.master(SHEET)] == ["待回复", "待主管定"]
    clear = {"question_no": "WS2611002", **question("2026-11-02 13:10", "物业管理")}
    office.drop("online_question", clear)
    office.run("2026-11-02 15:00")
    assert [row["当前状态"] for row in office.master(SHEET)] == ["待回复", "待回复"]


def test_what_is_said_to_be_contested_once_it_is_answered_is_told_to_the_supervisor(office: Office) -> None:
    office.drop("online_question", question("2026-11-02 10:00"))
    office.run("2026-11-02 11:00")
    office.answer("WS02", {"WS2611001": reply("2026-11-02 12:00", "陶静")})
    office.run("2026-11-02 13:00")
    office.drop(
        "online_question", {"question_no": "WS2611001", **question("2026-11-02 10:00", question_dispute="有争议")}
    )
    office.run("2026-11-02 14:00")
    said = "“业主”已经回复，才改为“有争议”，主管没有看过"
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == said] == ["郝主管"]
    assert said in office.mails("WS03")[-1]


def test_several_supervisors_share_what_is_contested(tmp_path: Path) -> None:
    office = Office(tmp_path, ["online_questions"], [*PEOPLE, ("WS07", "钟主管", "主管")])
    office.drop(
        "online_question",
        *(question("2026-11-02 10:00", topic, question_dispute="有争议") for topic in ("物业管理", "其他")),
    )
    office.run("2026-11-02 11:00")
    assert {row["当前办理人"] for row in office.master(SHEET)} == {"郝主管", "钟主管"}


def test_only_the_unit_that_is_responsible_answers(office: Office) -> None:
    office.drop("online_question", question("2026-11-02 10:00"))
    office.run("2026-11-02 11:00")
    office.drop("question_reply", {"question_no": "WS2611001", **reply("2026-11-02 12:00", "施雯")})
    office.run("2026-11-02 13:00")
    assert "“业主”的“网上回复”应由“客户中心”办理，“施雯”不是该岗位的在岗人员" in office.exceptions()


def test_club_applications_and_notices_are_on_record(office: Office) -> None:
    office.drop(
        "club_application", {"club_applicant": "王女士", "club_phone": "13932820018", "applied_on": "2026-11-02"}
    )
    notice = {
        "notice_title": "供暖",
        "published_on": "2026-11-02",
        "notice_topic": "其他",
        "notice_project": "金色家园",
        "published_where": "门户网站",
        "published_by": "陶静",
    }
    office.drop("customer_notice", notice)
    office.run("2026-11-02 11:00")
    office.drop("club_answer", {"club_no": "JLB2611001", "club_decision": "同意", "club_decided_by": "王女士"})
    office.run("2026-11-03 10:00")
    assert office.record("俱乐部申请", "JLB2611001")["当前状态"] == "待审核"
    assert "“王女士”的“入会审核”应由“客户中心”办理，“王女士”不是该岗位的在岗人员" in office.exceptions()
    office.answer("WS02", {"JLB2611001": {"club_decision": "同意", "club_decided_by": "陶静"}})
    office.run("2026-11-03 11:00")
    assert office.record("俱乐部申请", "JLB2611001")["当前状态"] == "已入会"
    assert [row["通知标题"] for row in office.master("客户通知")] == ["供暖"]
    again = {"club_applicant": "王女士", "club_phone": "13932820018", "applied_on": "2026-11-04"}
    office.drop("club_application", again)  # she is a member: what she applied with stays
    office.run("2026-11-04 11:00")
    assert office.record("俱乐部申请", "JLB2611001")["入会申请日期"] == "2026-11-02"
    assert "“王女士”和 JLB2611001 的姓名和手机相同，可能是同一件" in office.exceptions()


def test_a_notice_is_published_by_the_group_whose_matter_it_is_and_a_question_collected_by_the_customer_centre(
    office: Office,
) -> None:
    """Certificates are the support group's, promotions the promotion group's; 路人 is nobody of the staff."""
    said = {"published_on": "2026-11-02", "published_where": "门户网站"}
    office.drop(
        "customer_notice",
        *(
            {"notice_title": title, "notice_topic": topic, "published_by": by} | said
            for title, topic, by in (
                ("办证", "合同及办证", "支持"),
                ("办证二", "合同及办证", "陶静"),
                ("优惠", "推广活动", "推广"),
                ("优惠二", "推广活动", "路人"),
                ("优惠三", "推广活动", "陶静"),  # of the sheet that names her for a certificate, too
                ("入会", "客户俱乐部", "陶静"),
            )
        ),
    )
    office.drop("online_question", question("2026-11-02 10:00", collected_by="施雯"))
    office.run("2026-11-02 11:00")
    assert len(office.master("客户通知")) == 6  # taken all the same
    told = {(row["问题"], row["由谁处理"]) for row in office.open_exceptions() if "应由" in str(row["问题"])}
    assert {each for each, _ in told} == {
        "“办证二”的“通知登记”应由支持组办理，表上填的是“陶静”",
        "“优惠二”的“通知登记”应由推广组办理，表上填的是“路人”",
        "“优惠三”的“通知登记”应由推广组办理，表上填的是“陶静”",
        "“业主”的“问题收集”应由客户中心办理，表上填的是“施雯”",
    }
    assert sum(who == "郝主管" for _, who in told) == 4


def test_a_project_that_is_not_listed_is_told(office: Office) -> None:
    office.drop("online_question", question("2026-11-02 10:00", question_project="银色家园"))
    office.run("2026-11-02 11:00")
    assert any("银色家园" in sentence for sentence in office.exceptions())


def test_in_whose_name_it_was_answered_is_on_record(office: Office) -> None:
    office.drop("online_question", question("2026-11-02 10:00"))
    office.run("2026-11-02 11:00")
    office.answer("WS02", {"WS2611001": reply("2026-11-02 12:00", "陶静", reply_name="员工")})
    office.run("2026-11-02 13:00")
    record = office.record(SHEET, "WS2611001")
    assert (record["回复名义"], record["当前状态"]) == ("员工", "已回复")


def test_in_whose_name_it_was_answered_is_asked(office: Office) -> None:
    office.drop("online_question", question("2026-11-02 10:00"))
    office.run("2026-11-02 11:00")
    office.drop("question_reply", {"question_no": "WS2611001", **reply("2026-11-02 12:00", "施雯", reply_name="")})
    office.run("2026-11-02 13:00")
    assert [said for said in office.exceptions() if "回复名义" in said] == [
        "回复名义没有填写：回复结果为“已回复”时必填"
    ]


def test_a_project_that_nobody_has_registered_is_told(office: Office) -> None:
    office.drop("online_question", question("2026-11-02 10:00") | {"question_project": "无此花园"})
    office.run("2026-11-02 11:00")
    assert "涉及项目“无此花园”不在“项目阶段”中" in office.exceptions()


def test_the_supervisor_reads_that_a_contested_question_is_called_clear(office: Office) -> None:
    office.drop("online_question", question("2026-11-02 16:00", question_dispute="有争议"), name="问题.xlsx")
    office.run("2026-11-02 17:00")
    (row,) = office.master(SHEET)
    assert (row["当前状态"], row["当前办理人"]) == ("待主管定", "郝主管")
    office.drop("online_question", question("2026-11-02 16:00"), name="问题.xlsx")
    office.run("2026-11-03 11:00")
    assert "陶静 2026-11-03 把争议情况“有争议”改为“明确”" in office.mails("WS03")[-1]


def test_who_answers_a_contested_question_as_he_has_said_in_the_supervisors_place_is_told_to_him(
    tmp_path: Path,
) -> None:
    office = Office(tmp_path, ["online_questions"], PEOPLE)
    office.drop("project_phase", PHASE)
    away = {"staff_no": "WS03", "staff_name": "郝主管", "staff_role": "主管", "staff_email": "WS03@example.com"}
    away |= {"staff_away_from": "2026-05-04", "staff_away_to": "2026-05-08", "staff_stand_in": "施雯"}
    office.drop("staff_list", away)
    office.drop("online_question", question("2026-05-06 10:00", question_dispute="有争议"))
    office.run("2026-05-06 11:00")
    office.answer("WS01", {"WS2605001": {"guidance": "按合同", "guided_at": "2026-05-06 11:30", "guided_by": "施雯"}})
    office.run("2026-05-06 12:00")
    office.answer("WS01", {"WS2605001": reply("2026-05-06 13:00", "施雯")})
    office.run("2026-05-06 14:00")
    assert office.record(SHEET, "WS2605001")["当前状态"] == "已回复"
    said = "“业主”的主管意见和回复都是“施雯”一个人"
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == said] == ["郝主管"]


def test_no_answer_to_a_contested_question_is_of_before_the_supervisors_word(office: Office) -> None:
    """3.3.2: what may be disputed the supervisor looks at first. His word is of 13:00, the answer says half past ten."""
    office.drop("online_question", question("2026-11-02 10:00", question_dispute="有争议"))
    office.run("2026-11-02 11:00")
    word = {"guidance": "按合同", "guided_at": "2026-11-02 13:00", "guided_by": "郝主管"}
    office.answer("WS03", {"WS2611001": word})
    office.run("2026-11-02 14:00")
    office.answer("WS02", {"WS2611001": reply("2026-11-02 10:30", "陶静")})
    office.run("2026-11-02 15:00")
    assert office.record(SHEET, "WS2611001")["当前状态"] == "待回复"
    (row,) = office.open_exceptions()
    assert (row["由谁处理"], row["程度"]) == ("陶静", "错误")
    assert "回复时间“2026-11-02 10:30”早于主管意见时间“2026-11-02 13:00”" in str(row["问题"])
    office.answer("WS02", {"WS2611001": reply("2026-11-02 13:30", "陶静")})
    office.run("2026-11-02 16:00")
    assert office.record(SHEET, "WS2611001")["当前状态"] == "已回复"


def test_what_two_customers_ask_in_the_same_words_and_minute_are_two_questions(office: Office) -> None:
    """3.3.2: each is answered. On two sheets, and on one: nobody takes the other's place, and that they are alike is told."""
    office.drop("online_question", question("2026-11-02 09:30", asker="甲先生"), name="一.xlsx")
    office.run("2026-11-02 10:00")
    office.drop("online_question", question("2026-11-02 09:30", asker="乙女士"), name="二.xlsx")
    office.run("2026-11-02 11:00")
    later = question("2026-11-02 11:30", asker="丙先生")
    office.drop("online_question", later, later | {"asker": "丁女士"}, name="三.xlsx")
    office.run("2026-11-02 12:00")
    assert [row["提问客户"] for row in office.master(SHEET)] == ["甲先生", "乙女士", "丙先生", "丁女士"]
    assert any("来源、时间和内容相同" in line for line in office.exceptions())


def test_a_project_whose_hand_over_nobody_knows_yet_has_its_sales_group(office: Office) -> None:
    office.drop("project_phase", {"project_name": "新城", "group_from": "2026-03-01"})
    office.run("2026-11-02 09:00")
    assert [row["交房日"] for row in office.master("项目阶段") if row["项目名称"] == "新城"] == [None]
    assert office.exceptions() == []


def test_a_notice_is_published_by_whoever_the_stage_of_its_project_makes_responsible(office: Office) -> None:
    """3.2.2 the sales group while it is there (March to June); 3.2.4 after hand-over (October) the property department, else 客户中心."""
    office.drop("project_phase", {"project_name": "老城", "handover_day": "2026-01-31"})
    said = {"published_on": "2026-05-04", "published_where": "门户网站"}
    office.drop(
        "customer_notice",
        *(
            {"notice_title": title, "notice_project": project, "notice_topic": topic, "published_by": by} | said
            for title, project, topic, by in (
                ("供暖", "老城", "物业管理", "水物"),
                ("供暖二", "老城", "物业管理", "陶静"),
                ("老城", "老城", "其他", "陶静"),
                ("开盘", "金色家园", "其他", "施雯"),
                ("开盘二", "金色家园", "其他", "陶静"),
            )
        ),
    )
    office.run("2026-05-04 11:00")
    told = {(row["问题"], row["由谁处理"]) for row in office.open_exceptions()}
    wrong = (
        "“供暖二”的“通知登记”应由物业部办理，表上填的是“陶静”",
        "“开盘二”的“通知登记”应由销售组办理，表上填的是“陶静”",
    )
    assert told == {(each, who) for each in wrong for who in ("陶静", "郝主管")}


def test_a_notice_on_a_project_names_it(office: Office) -> None:
    said = {"notice_title": "供暖", "notice_topic": "物业管理", "published_by": "水物"}
    office.drop("customer_notice", said | {"published_on": "2026-05-04", "published_where": "门户网站"})
    office.run("2026-05-04 11:00")
    assert office.master("客户通知") == []
    assert any("通知涉及项目" in each for each in office.exceptions())


def test_a_reply_rewritten_after_the_supervisors_word_is_read_by_him(office: Office) -> None:
    """3.3.2: what may be disputed passes him; he said how to answer it, and reads that it is answered otherwise."""
    office.drop("online_question", question("2026-11-02 10:00", question_dispute="有争议"))
    office.run("2026-11-02 11:00")
    office.answer("WS03", {"WS2611001": {"guidance": "按合同", "guided_at": "2026-11-02 13:00", "guided_by": "郝主管"}})
    office.run("2026-11-02 14:00")
    office.answer("WS02", {"WS2611001": reply("2026-11-02 14:30", "陶静")})
    office.run("2026-11-02 15:00")
    office.edit_master(SHEET, "WS2611001", {"回复内容": "可以退房"})
    office.run("2026-11-02 16:00")
    assert "“可以退房”" in office.mails("WS03")[-1]
