"""满意度调查, played through: a sample by tier, scores counted with their answers, low ones followed up."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from schemas.language.catalogue import declared_procedures
from schemas.roster.samples import AREAS
from tests.procedures.test_new_customer import FOUND, PASSED
from tests.tools.customers import SHOP
from tests.tools.office import Office

PEOPLE = [("MY01", "周婷", "客户中心"), ("MY02", "郝主管", "主管"), ("FJ03", "孙强", "销售主管")]
ROUND = {"survey_month": "2026-11", "survey_due": "2026-11-20", "survey_planned_by": "郝主管"}
JIA, YI = "2026-11-甲店", "2026-11-乙店"


def revenues(office: Office, **amounts: float) -> None:
    office.drop(
        "revenue",
        *(
            {"revenue_customer": customer, "revenue_month": "2026-10", "revenue_amount": amount}
            for customer, amount in amounts.items()
        ),
    )
    office.run("2026-11-02 09:00")


def scores(*given: int | None, on: str = "2026-11-04", by: str = "周婷", **more: Any) -> dict[str, Any]:
    codes = ("score_quality", "score_service", "score_price", "score_image", "score_loyalty")
    said = {"survey_way": "问卷调查", "surveyed_on": on, "surveyed_by": by}
    return {**dict(zip(codes, given, strict=True)), **said, **more}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path, ["satisfaction", "tiers"], PEOPLE, **{"parameters.survey_gold_share": 100})
    revenues(office, 甲店=300_000, 乙店=300_000, 丙店=300_000)
    office.drop("survey_round", ROUND)
    office.run("2026-11-03 09:00")
    return office


def test_of_each_tier_its_share_is_drawn_and_the_sample_stays(tmp_path: Path) -> None:
    office = Office(tmp_path, ["satisfaction", "tiers"], PEOPLE)
    amounts = {f"钻{at}": 6e6 for at in range(2)} | {f"白{at}": 3e6 for at in range(3)}
    amounts |= {f"黄{at}": 3e5 for at in range(6)} | {f"小{at}": 2e4 for at in range(11)}
    revenues(office, **amounts)
    office.drop("survey_round", ROUND)
    office.run("2026-11-03 09:00")
    drawn = [str(row["受访客户"]) for row in office.master("调查问卷")]
    # all of 2, at least 50 % of 3, 20 % of 6, 10 % of 11
    assert [sum(name[0] == tier for name in drawn) for tier in "钻白黄小"] == [2, 2, 2, 2]
    revenues(office, 新店=6e6)
    office.drop("survey_round", {**ROUND, "survey_due": "2026-11-21"})
    office.run("2026-11-05 09:00")
    assert [row["受访客户"] for row in office.master("调查问卷")] == drawn


def test_customers_without_any_revenue_are_among_those_who_are_asked(tmp_path: Path) -> None:
    """Three are archived, one of them is a gold one by revenue: all of the gold (1), and 5 % of the other two, at least one."""
    people = [*PEOPLE, ("S01", "赵敏", "市场经理"), ("K01", "王建国", "客户经理"), ("A01", "李敏", "系统管理员")]
    office = Office(
        tmp_path, ["satisfaction", "tiers", "new_customer"], people, **{"parameters.survey_gold_share": 100}
    )
    office.drop("area_list", *AREAS.records)
    shops = {f"13112310001{at}": f"{name}店" for at, name in enumerate("子丑寅")}
    registered = [
        SHOP | {"licence_no": key, "customer_name": name, "contact_phone": f"1393282001{at}", "filled_by": "李敏"}
        for at, (key, name) in enumerate(shops.items())
    ]
    office.drop(
        "registration", *(each | {"shop_address": f"武强县武强镇平安街{at}号"} for at, each in enumerate(registered))
    )
    office.run("2026-11-02 09:00")
    office.answer("K01", {key: FOUND | {"verified_on": "2026-11-02"} for key in shops})
    office.run("2026-11-02 10:00")
    office.answer("S01", {key: PASSED | {"reviewed_on": "2026-11-02"} for key in shops})
    office.run("2026-11-02 11:00")
    revenues(office, 子店=300_000)
    office.drop("survey_round", ROUND)
    office.run("2026-11-03 09:00")
    drawn = [str(row["受访客户"]) for row in office.master("调查问卷")]
    assert len(drawn) == 2
    assert "子店" in drawn
    assert set(drawn) < set(shops.values())


def test_the_manuals_ways_of_asking_and_of_mending_are_recorded_and_counted(office: Office) -> None:
    office.answer("MY01", {JIA: scores(5, 2, 4, None, 3, survey_way="深度访谈"), YI: scores(1, 4, 3, 5, None)})
    office.run("2026-11-04 09:00")
    assert [row["调查方法"] for row in office.master("调查问卷") if row["问卷编号"] in (JIA, YI)] == [
        "问卷调查",
        "深度访谈",
    ]
    mended = {
        "low_cause": "不熟业务",
        "low_measure": "加强员工培训",
        "low_action": "培训两天",
        "low_handled_by": "周婷",
    }
    office.answer("MY01", {JIA: mended, YI: mended | {"low_measure": "完善产品或服务"}})
    office.run("2026-11-05 09:00")
    counted = office.figures("统计 满意度调查", "低分跟进：按改进方向")
    assert [row for row in counted if row[1]] == [["完善产品或服务", 1], ["加强员工培训", 1]]


def test_scores_are_counted_with_the_answers_behind_them(office: Office) -> None:
    assert [row["受访客户"] for row in office.worklist("MY01", "满意度调查")] == ["丙店", "乙店", "甲店"]
    office.answer("MY01", {JIA: scores(5, 2, 4, None, 3), YI: scores(4, 4, 3, 5, None)})
    office.run("2026-11-04 09:00")
    assert office.figures("统计 满意度调查", "满意度") == [
        ["产品质量 2026-11", 2, 4.5, 1, 0, None],
        ["服务水平 2026-11", 2, 3, 0.5, 1, None],
        ["价格 2026-11", 2, 3.5, 0.5, 0, None],
        ["企业形象 2026-11", 1, 5, 1, 0, None],
        ["忠诚度 2026-11", 1, 3, 0, 0, None],
    ]
    # two of three; 30 points of eight answers
    gold = office.figures("统计 满意度调查", "满意度按级别")[2]
    assert gold == ["黄金 2026-11", 3, 2, 0.6667, 8, 3.75]

    office.drop("survey_round", {**ROUND, "survey_month": "2026-12", "survey_due": "2026-12-20"})
    office.run("2026-12-01 09:00")
    office.drop("survey_answers", {"survey_no": "2026-12-甲店", **scores(3, 4, 4, 4, 4, on="2026-12-02")})
    office.run("2026-12-02 09:00")
    assert office.figures("统计 满意度调查", "满意度")[:2] == [
        ["产品质量 2026-11", 2, 4.5, 1, 0, None],
        ["产品质量 2026-12", 1, 3, 0, 0, -1.5],
    ]


def test_a_survey_that_is_put_off_puts_off_what_is_not_asked_yet(office: Office) -> None:
    """Put off from 11-20 to 11-27: on 11-30 who was not asked is 3 days late, not 10; who was asked keeps his day."""
    office.answer("MY01", {YI: scores(4, 4, 4, 4, 4)})
    office.run("2026-11-04 09:00")
    office.drop("survey_round", {**ROUND, "survey_due": "2026-11-27"})
    office.run("2026-11-11 09:00")
    row = office.record("调查问卷", JIA)
    assert (row["调查截止日期"], row["应办结日"]) == ("2026-11-27", "2026-11-27")
    assert office.record("调查问卷", YI)["调查截止日期"] == "2026-11-20"
    assert {line["应办结日"] for line in office.worklist("MY01", "满意度调查")} == {"2026-11-27"}
    office.run("2026-11-23 09:00")
    assert office.record("调查问卷", JIA)["时限提醒"] is None
    office.run("2026-11-30 09:00")
    assert office.record("调查问卷", JIA)["时限提醒"] == "逾期 3 天"


def test_a_survey_of_next_month_draws_nobody_before_and_a_score_that_is_changed_is_the_supervisors_to_see(
    office: Office,
) -> None:
    office.drop("survey_round", {**ROUND, "survey_month": "2026-12", "survey_due": "2026-12-18"})
    office.answer("MY01", {JIA: scores(4, 4, 4, 4, 4)})
    office.run("2026-11-04 09:00")
    assert {row["调查月份"] for row in office.master("调查问卷")} == {"2026-11"}
    assert office.exceptions() == []
    office.drop("survey_answers", {"survey_no": JIA, **scores(3, 4, 4, 4, 4)})
    office.run("2026-11-05 09:00")
    assert "产品质量评分“4”改为“3”" in office.mails("MY02")[-1]
    office.run("2026-12-01 09:00")
    assert {row["调查月份"] for row in office.master("调查问卷")} == {"2026-11", "2026-12"}


def test_another_supervisor_who_puts_it_off_is_asked_and_not_told_that_nobody_may(tmp_path: Path) -> None:
    people = [*PEOPLE, ("MY04", "副主管", "主管")]
    office = Office(tmp_path, ["satisfaction", "tiers"], people, **{"parameters.survey_gold_share": 100})
    revenues(office, 甲店=300_000)
    office.drop("survey_round", ROUND)
    office.run("2026-11-03 09:00")
    office.drop("survey_round", {**ROUND, "survey_due": "2026-11-27", "survey_planned_by": "副主管"})
    office.run("2026-11-11 09:00")
    (row,) = office.open_exceptions()
    assert "“”" not in str(row["问题"])
    assert {"2026-11-20", "2026-11-27"} <= set(re.findall(r"2026-11-2\d", str(row["问题"])))
    office.choose("以我为准", "调查截止日期")
    office.run("2026-11-11 10:00")
    assert office.record("调查问卷", JIA)["应办结日"] == "2026-11-27"
    assert "2026-11-27" in office.mails("MY02")[-1]  # who has planned it reads that another one has put it off


def test_who_was_not_reached_is_no_answer_and_a_blank_sheet_is_none_either(office: Office) -> None:
    """Of three drawn one answers, one cannot be reached: 1 of 3 has answered, and nobody stays overdue for the other."""
    office.answer("MY01", {JIA: scores(None, None, None, None, None, survey_way="问卷调查")})
    office.run("2026-11-04 09:00")
    assert office.record("调查问卷", JIA)["当前状态"] == "待调查"
    assert office.exceptions() == ["五项评分和未答原因，要填一样，也只填一样"]
    office.answer("MY01", {JIA: {"unanswered_why": "联系不上"}, YI: scores(4, 4, 4, 4, 4)})
    office.run("2026-11-04 10:00")
    assert office.record("调查问卷", JIA)["当前状态"] == "未答"
    assert office.figures("统计 满意度调查", "满意度按级别")[2] == ["黄金 2026-11", 3, 1, 0.3333, 5, 4]


def test_a_mistyped_score_is_mended_until_the_survey_is_over_and_a_low_one_is_followed_up_then(office: Office) -> None:
    office.drop("survey_answers", {"survey_no": JIA, **scores(4, 4, 4, 4, 4)})
    office.run("2026-11-04 09:00")
    office.drop("survey_answers", {"survey_no": JIA, **scores(1, 4, 4, 4, 4)})
    office.run("2026-11-05 09:00")
    assert office.record("调查问卷", JIA)["产品质量评分"] == 1
    assert office.record("低分跟进", JIA)["低分项目"] == "产品质量 1 分"


def test_a_score_mistyped_in_a_survey_that_is_over_is_mended_where_the_refusal_says(office: Office) -> None:
    office.drop("survey_answers", {"survey_no": JIA, **scores(4, 4, 4, 4, 4)})
    office.run("2026-11-04 09:00")
    office.drop("survey_answers", {"survey_no": JIA, **scores(1, 4, 4, 4, 4)})
    office.run("2026-11-23 09:00")
    (row,) = [each for each in office.open_exceptions() if each["程度"] == "错误"]
    assert "在总表里改正" in str(row["怎样改"])
    office.edit_master("调查问卷", JIA, {"产品质量评分": 1})
    office.run("2026-11-23 10:00")
    assert office.record("调查问卷", JIA)["产品质量评分"] == 1
    assert office.record("低分跟进", JIA)["低分项目"] == "产品质量 1 分"


def test_a_score_under_three_is_followed_up_until_the_customer_agrees(office: Office) -> None:
    office.answer("MY01", {JIA: scores(5, 2, 1, 3, 3, survey_opinion="送货晚"), YI: scores(3, 3, 3, 3, 3)})
    office.run("2026-11-04 09:00")
    (case,) = office.master("低分跟进")
    assert (case["问卷编号"], case["低分项目"], case["低分意见"]) == (JIA, "服务水平 2 分、价格 1 分", "送货晚")

    handled = {"low_cause": "线路过长", "low_action": "改线路", "low_handled_by": "周婷"}
    office.answer("MY01", {JIA: handled})
    office.run("2026-11-04 10:00")
    called = {"low_answer": "不认可", "low_reason": "仍然晚到", "low_confirmed_by": "郝主管"}
    office.answer("MY02", {JIA: called})
    office.run("2026-11-05 09:00")
    (row,) = office.worklist("MY01", "低分处理")
    assert row["退回原因"] == "仍然晚到"

    office.answer("MY01", {JIA: {**handled, "low_action": "加一辆车"}})
    office.run("2026-11-05 10:00")
    office.answer("MY02", {JIA: {"low_answer": "认可", "low_confirmed_by": "郝主管"}})
    office.run("2026-11-06 09:00")
    assert office.record("低分跟进", JIA)["当前状态"] == "已改进"


def test_only_the_role_asks_and_nobody_calls_back_for_himself(office: Office) -> None:
    office.drop("survey_answers", {"survey_no": JIA, **scores(5, 2, 4, 4, 4, by="孙强")})
    office.run("2026-11-04 09:00")
    assert "“甲店”的“满意度调查”应由“客户中心”办理，“孙强”不是该岗位的在岗人员" in office.exceptions()
    office.answer("MY01", {JIA: scores(5, 2, 4, 4, 4)})
    office.run("2026-11-04 10:00")
    handled = {"low_cause": "线路过长", "low_action": "改线路", "low_handled_by": "郝主管"}
    office.drop("low_score_handling", {"survey_no": JIA, **handled})
    office.run("2026-11-04 11:00")
    office.drop("low_score_confirmation", {"survey_no": JIA, "low_answer": "认可", "low_confirmed_by": "郝主管"})
    office.run("2026-11-04 12:00")
    assert "“甲店”的“低分处理人”就是郝主管，不能由本人办理“低分回访”" in office.exceptions()


def test_a_score_is_one_to_five(office: Office) -> None:
    office.answer("MY01", {JIA: scores(6, 4, 4, 4, 4)})
    office.run("2026-11-04 09:00")
    assert office.record("调查问卷", JIA)["当前状态"] == "待调查"
    assert any("“6”" in sentence for sentence in office.exceptions())


def test_who_is_not_asked_in_time_is_the_supervisors_to_see(office: Office) -> None:
    office.run("2026-11-23 09:00")
    assert office.record("调查问卷", JIA)["时限提醒"] == "逾期 3 天"
    assert "逾期情况" in office.tasks("MY02")


def test_its_sheets_are_known_among_those_of_all_procedures(tmp_path: Path) -> None:
    office = Office(tmp_path, [each.code for each in declared_procedures() if not each.roster], PEOPLE)
    revenues(office, 甲店=6_000_000)
    office.drop("survey_round", ROUND)
    office.run("2026-11-03 09:00")
    office.drop("survey_answers", {"survey_no": JIA, **scores(2, 4, 4, 4, 4)})
    office.run("2026-11-04 09:00")
    handled = {"low_cause": "线路过长", "low_action": "改线路", "low_handled_by": "周婷"}
    office.drop("low_score_handling", {"survey_no": JIA, **handled})
    office.run("2026-11-04 10:00")
    assert office.record("低分跟进", JIA)["当前状态"] == "待回访"


def test_switched_off_it_leaves_nothing(tmp_path: Path) -> None:
    office = Office(tmp_path, ["customer_care"], PEOPLE)
    office.run("2026-11-02 09:00")
    assert not {"满意度调查", "调查问卷", "低分跟进"} & set(office.pages())
    assert not list(office.settings.outbox.rglob("*满意度*")) and not list(office.settings.outbox.rglob("*低分*"))


def test_a_survey_is_planned_by_a_supervisor_with_a_day_ahead_in_its_month(tmp_path: Path) -> None:
    office = Office(tmp_path, ["satisfaction", "tiers"], PEOPLE)
    late = {"survey_month": "2026-10", "survey_due": "2026-10-31", "survey_planned_by": "郝主管"}
    far = {"survey_month": "2026-12", "survey_due": "2027-03-20", "survey_planned_by": "郝主管"}
    office.drop("survey_round", ROUND, late, far)
    office.drop("survey_round", {"survey_month": "2027-01", "survey_due": "2027-01-20", "survey_planned_by": "周婷"})
    office.run("2026-11-03 09:00")
    told = {(row["由谁处理"], row["问题"]) for row in office.open_exceptions()}
    assert ("郝主管", "调查截止日期 2026-10-31 在 2026-11-03 交计划时已过") in told
    assert ("郝主管", "2026-12 的调查，截止日期 2027-03-20 不在当月") in told
    assert any("调查计划”应由“主管”办理，“周婷”不是该岗位的在岗人员" in each for each in office.exceptions())
    assert [row["调查月份"] for row in office.master("满意度调查")] == ["2026-10", "2026-11", "2026-12"]
    office.run("2026-12-03 09:00")
    assert not any("2026-11-20 在" in each for each in office.exceptions())  # in time when it was planned


def test_nobody_is_asked_before_he_was_drawn_and_a_survey_of_nobody_is_told(tmp_path: Path) -> None:
    office = Office(tmp_path, ["satisfaction", "tiers"], PEOPLE)
    office.drop("survey_round", ROUND)
    office.run("2026-11-03 09:00")
    assert office.exceptions() == ["2026-11 的调查没有抽到客户，没有人可问"]
    office.drop("revenue", {"revenue_customer": "甲店", "revenue_month": "2026-10", "revenue_amount": 6_000_000})
    office.run("2026-11-05 09:00")
    assert not any("没有抽到客户" in sentence for sentence in office.exceptions())
    office.answer("MY01", {JIA: scores(4, 4, 4, 4, 4, on="2026-11-04")})
    office.run("2026-11-05 10:00")
    assert any("早于抽中日期" in sentence for sentence in office.exceptions())


def test_whoever_is_known_only_after_the_last_day_of_a_survey_is_not_drawn_into_it(tmp_path: Path) -> None:
    """Until Friday, 20 November; the only customer comes on Monday, 23 November. Put off until the 27th, he is asked."""
    office = Office(tmp_path, ["satisfaction", "tiers"], PEOPLE)
    office.drop("survey_round", ROUND)
    office.run("2026-11-03 09:00")
    office.drop("revenue", {"revenue_customer": "甲店", "revenue_month": "2026-10", "revenue_amount": 6_000_000})
    office.run("2026-11-23 09:00")
    assert office.master("调查问卷") == []
    (told,) = (row for row in office.open_exceptions() if "没有抽到客户" in row["问题"])
    assert "截止日期已过的先改截止日期" in told["怎样改"]
    office.drop("survey_round", ROUND | {"survey_due": "2026-11-27"})
    office.run("2026-11-24 09:00")
    assert [row["应办结日"] for row in office.master("调查问卷")] == ["2026-11-27"]


def test_what_is_left_blank_of_a_questionnaire_is_told_to_who_asked(office: Office) -> None:
    """2.2: five items, and 2.1 in which way; a customer may answer some of them only, which is then noted."""
    office.answer("MY01", {JIA: scores(5, 4, 4, None, None, survey_way=""), YI: scores(5, 4, 4, 4, 4)})
    office.run("2026-11-04 09:00")
    told = "“甲店”还没有写：调查方法、企业形象评分、忠诚度评分"
    assert [(row["问题"], row["由谁处理"]) for row in office.exceptions() and office.open_exceptions()] == [
        (told, "周婷")
    ]
    office.edit_master("调查问卷", JIA, {"调查方法": "问卷", "企业形象评分": 4, "忠诚度评分": 5})
    office.run("2026-11-05 09:00")
    assert office.exceptions() == []


@pytest.fixture
def over(tmp_path: Path) -> Office:
    """Three customers were drawn; one was asked, with a low score, one was not reached; it was over on Friday 11-20."""
    office = Office(
        tmp_path,
        ["satisfaction", "tiers"],
        [*PEOPLE, ("JL01", "马经理", "经理")],
        **{"parameters.survey_gold_share": 100},
    )
    revenues(office, 甲店=300_000, 乙店=300_000, 丙店=300_000)
    office.drop("survey_round", ROUND)
    office.run("2026-11-03 09:00")
    left = {"unanswered_why": "联系不上", "surveyed_on": "2026-11-04", "surveyed_by": "周婷"}
    office.answer("MY01", {JIA: scores(5, 4, 2, 4, 4), YI: left, "2026-11-丙店": left})
    office.run("2026-11-04 09:00")
    return office


def test_a_survey_that_is_over_has_its_report_which_goes_to_the_superior(over: Office) -> None:
    """002 客户服务管理制度 第四条(三). Five working days after Friday 11-20 is 11-27; (5+4+2+4+4)/5 = 3.8."""
    over.run("2026-11-20 09:00")
    assert over.master("满意度调查报告") == []
    over.run("2026-11-23 09:00")
    (row,) = over.worklist("MY02", "满意度调查报告")
    assert (row["应办结日"], row["已调查户数"], row["五项平均分"], row["低分户数"]) == ("2026-11-27", 1, 3.8, 1)
    report = {"survey_found": "价格分低", "survey_proposed": "按级结算", "survey_reported_on": "2026-11-24"}
    over.answer("MY02", {"2026-11": report | {"survey_reported_by": "郝主管"}})
    over.run("2026-11-24 09:00")
    told = "2026-11 满意度调查：已调查 1 户，平均 3.8 分，低分 1 户；价格分低；建议：按级结算"
    over.exceptions()
    assert told in [row["问题"] for row in over.open_exceptions() if row["由谁处理"] == "马经理"]
    assert told in over.mails("JL01")[-1]
    over.run("2026-12-15 09:00")
    assert not [each for each in over.exceptions() if "满意度调查：" in each]


def test_whoever_plans_surveys_is_told_when_none_has_been_for_half_a_year(over: Office) -> None:
    """001 客户关系管理与维护 4.1.1: again and again. The last was of November: six months later it is May."""
    over.run("2027-01-04 09:00")
    over.run("2027-03-01 09:00")
    over.run("2027-04-30 09:00")
    assert not [each for each in over.exceptions() if "没有再安排" in each]
    over.run("2027-05-06 09:00")
    told = "2026-11 以后没有再安排满意度调查，已满 6 个月"
    over.exceptions()
    assert [row["由谁处理"] for row in over.open_exceptions() if row["问题"] == told] == ["郝主管"]
    over.drop("survey_round", ROUND | {"survey_month": "2027-05", "survey_due": "2027-05-20"})
    over.run("2027-05-07 09:00")
    assert told not in over.exceptions()


@pytest.mark.parametrize("registered", [False, True])
def test_whoever_has_customers_and_never_planned_a_survey_is_told_after_half_a_year(
    tmp_path: Path, registered: bool
) -> None:
    """001 客户关系管理与维护 4.1.1. Known since November, by a revenue or by their registration: six months later it is May."""
    people = [*PEOPLE, ("A01", "李敏", "系统管理员"), ("K01", "王建国", "客户经理")]
    office = Office(tmp_path, ["satisfaction", "new_customer" if registered else "tiers"], people)
    if registered:
        office.drop("area_list", *AREAS.records)
        office.drop("registration", SHOP | {"filled_by": "李敏", "registered_on": "2026-11-02"})
        office.run("2026-11-02 09:00")
    else:
        revenues(office, 甲店=300_000)
    for day in ("2026-11-03", "2027-03-01", "2027-04-30"):
        office.run(f"{day} 09:00")
        assert not [each for each in office.exceptions() if "满意度调查" in each]
    office.run("2027-05-06 09:00")
    told = "2026-11 起有客户，还没有安排过满意度调查，已满 6 个月"
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == told] == ["郝主管"]
    assert told in office.mails("MY02")[-1]
    office.drop("survey_round", ROUND | {"survey_month": "2027-05", "survey_due": "2027-05-20"})
    office.run("2027-05-07 09:00")
    assert told not in office.exceptions()


def test_an_office_that_has_just_begun_is_asked_for_no_survey_by_what_its_customers_brought_before(
    tmp_path: Path,
) -> None:
    """Revenues since January come in November; and where no customer is known nobody is asked."""
    office = Office(tmp_path, ["satisfaction", "tiers"], PEOPLE)
    office.run("2026-05-06 09:00")
    office.run("2026-11-02 08:00")
    assert office.exceptions() == []
    sold = {"revenue_customer": "甲店", "revenue_amount": 300_000}
    office.drop("revenue", *(sold | {"revenue_month": f"2026-{month:02d}"} for month in range(1, 11)))
    office.run("2026-11-02 09:00")
    assert not [each for each in office.exceptions() if "满意度调查" in each]
