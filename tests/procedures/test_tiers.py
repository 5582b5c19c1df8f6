"""分级, played through: a year's revenues make tiers, moves have their figures, tiers are confirmed, claims collide."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from schemas.language.catalogue import declared_procedures
from schemas.roster.samples import AREAS
from tests.tools.customers import SHOP
from tests.tools.office import Office

PEOPLE = [
    ("FJ01", "孙总", "总经理"),
    ("FJ02", "马经理", "经理"),
    ("FJ03", "孙强", "销售主管"),
    ("FJ04", "王建国", "客户经理"),
    ("FJ05", "许会计", "财务"),
]
SHEET = "客户分级"


def line(customer: str, month: str, amount: float, **more: Any) -> dict[str, Any]:
    return {"revenue_customer": customer, "revenue_month": month, "revenue_amount": amount} | more


def confirmed(tier: str, by: str, **more: Any) -> dict[str, Any]:
    return {"tier_answer": "同意", "confirmed_tier": tier, "tier_confirmed_by": by} | more


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, ["tiers"], PEOPLE)


def test_a_customers_own_manager_reports_his_tier_and_looks_at_it_again(tmp_path: Path) -> None:
    """惠民超市 lies in 周窝镇, which K02 serves; K01 has as little to do, and comes first by number."""
    people = [("FJ03", "孙强", "销售主管"), ("S01", "赵敏", "市场经理"), ("A01", "李敏", "系统管理员")]
    people += [("K01", "王建国", "客户经理"), ("K02", "李秀英", "客户经理")]
    office = Office(tmp_path, ["tiers", "new_customer"], people)
    office.drop("area_list", *AREAS.records)
    office.drop("registration", SHOP | {"filled_by": "李敏"})
    office.run("2026-11-02 09:00")
    office.drop("revenue", line("惠民超市", "2026-10", 30_000))
    office.run("2026-11-02 10:00")
    office.answer("FJ03", {"惠民超市": {"tier_answer": "退回", "tier_reason": "再核", "tier_confirmed_by": "孙强"}})
    office.run("2026-11-02 11:00")
    assert office.record(SHEET, "惠民超市")["当前办理人"] == "李秀英"
    office.answer("K02", {"惠民超市": {"tier_found": "无误", "tier_explained_by": "李秀英"}})
    office.run("2026-11-02 12:00")
    office.answer("FJ03", {"惠民超市": confirmed("VIP", "孙强")})
    office.run("2026-11-03 09:00")
    assert [row["当前办理人"] for row in office.master("级别报备")] == ["李秀英"]


def test_a_tier_that_is_raised_anew_is_no_change_of_what_another_one_confirmed_before(office: Office) -> None:
    """300,000 are gold, which the sales head confirms; two millions more are platinum, which the general manager confirms."""
    office.drop("revenue", line("惠民超市", "2026-10", 300_000))
    office.run("2026-11-02 09:00")
    office.answer("FJ03", {"惠民超市": confirmed("黄金", "孙强")})
    office.run("2026-11-03 09:00")
    office.drop("revenue", line("惠民超市", "2026-09", 2_000_000))
    office.run("2026-11-04 09:00")
    before = len(office.mails("FJ03"))
    office.answer("FJ01", {"惠民超市": confirmed("白金", "孙总")})
    office.run("2026-11-05 09:00")
    assert office.record(SHEET, "惠民超市")["核定级别"] == "白金"
    assert "改为" not in "".join(office.mails("FJ03")[before:])


def test_bounds_are_inclusive_below_and_vip_is_scaled_by_group(office: Office) -> None:
    amounts = (5_000_000, 4_999_999, 2_000_000, 200_000, 199_999, 10_000, 9_999)
    tiers = ["钻石", "白金", "白金", "黄金", "VIP", "VIP", "未列级"]
    office.drop("revenue", *(line(f"甲{at}", "2026-10", amount) for at, amount in enumerate(amounts)))
    scaled = (("一组", 9_000), ("二组", 9_000), ("二组", 8_999), ("三组", 8_000), ("三组", 7_999))
    office.drop(
        "revenue",
        *(line(f"乙{at}", "2026-10", amount, revenue_group=group) for at, (group, amount) in enumerate(scaled)),
    )
    office.run("2026-11-02 09:00")
    by_key = {row["分级客户"]: row["应列级别"] for row in office.master(SHEET)}
    assert [by_key[f"甲{at}"] for at in range(7)] == tiers
    assert [by_key[f"乙{at}"] for at in range(5)] == ["未列级", "VIP", "未列级", "VIP", "未列级"]


def test_a_year_is_the_last_twelve_full_months_and_a_move_has_its_figures(office: Office) -> None:
    office.drop(
        "revenue",
        line("惠民超市", "2025-10", 150_000),  # gone from the year, but not from that of a month ago
        line("惠民超市", "2026-09", 60_000),
        line("惠民超市", "2026-10", 5_000),
        line("惠民超市", "2026-11", 900_000),  # the month is not full yet
        line("新星副食", "2026-10", 190_000),
        line("平安街烟酒店", "2026-09", 1_000),
        line("老刘烟酒", "2026-09", 700),
    )
    office.run("2026-11-02 09:00")
    record = office.record(SHEET, "惠民超市")
    assert (record["应列级别"], record["近 12 个月收入"]) == ("VIP", 65_000)
    assert (record["上月应列级别"], record["上月时 12 个月收入"], record["应列级别升降"]) == ("黄金", 210_000, "下降")
    assert office.figures("统计", "应列级别升降") == [
        ["惠民超市 黄金→VIP", 210_000, 65_000],
        ["新星副食 未列级→VIP", 0, 190_000],
    ]
    # 10,000 short of 200,000 is within 10 %
    assert office.figures("统计", "将达上一级") == [["新星副食 VIP→黄金", 190_000, 10_000]]
    assert office.figures("统计", "客户级别")[3:] == [["VIP", 0, 0, 0], ["未列级", 4, 256_700, 1]]
    office.answer("FJ03", {each: confirmed("VIP", "孙强") for each in ("惠民超市", "新星副食")})
    office.run("2026-11-03 09:00")
    # 255,000 of 256,700 are VIP's, once somebody has approved them
    assert office.figures("统计", "客户级别")[3:] == [["VIP", 2, 255_000, 0.9934], ["未列级", 2, 1_700, 0.0066]]
    quantiles = {row["分级客户"]: row["四分位级别"] for row in office.master(SHEET)}
    assert quantiles == {"新星副食": "A", "惠民超市": "B", "平安街烟酒店": "C", "老刘烟酒": "D"}

    office.run("2026-12-01 09:00")
    record = office.record(SHEET, "惠民超市")
    assert (record["应列级别"], record["近 12 个月收入"], record["应列级别升降"]) == ("黄金", 965_000, "上升")


def test_what_moved_is_the_tier_by_revenue_and_is_called_so_beside_the_one_in_force(office: Office) -> None:
    """Gold was approved; that October's revenue was entered too low for a month and put right makes no other tier in force of it."""
    office.drop("revenue", line("惠民超市", "2026-09", 200_000))
    office.run("2026-10-09 09:00")
    office.answer("FJ03", {"惠民超市": confirmed("黄金", "孙强")})
    office.run("2026-10-12 09:00")
    office.drop("revenue", line("惠民超市", "2026-09", 20_000))
    office.run("2026-10-13 09:00")
    office.drop("revenue", line("惠民超市", "2026-10", 300_000))
    office.run("2026-11-02 09:00")
    record = office.record(SHEET, "惠民超市")
    assert [record[label] for label in ("应列级别", "核定级别", "上月应列级别", "应列级别升降")] == [
        "黄金",
        "黄金",
        "VIP",
        "上升",
    ]
    assert "上月级别" not in record and "级别升降" not in record


def test_each_tier_is_approved_by_whom_it_names_and_stays_until_revenue_says_otherwise(office: Office) -> None:
    office.drop("revenue", line("衡水商贸", "2026-10", 6_000_000), line("惠民超市", "2026-10", 300_000))
    office.run("2026-11-02 09:00")
    assert office.record(SHEET, "衡水商贸")["当前办理人"] == "孙总"
    assert office.record(SHEET, "衡水商贸")["维护岗位"] == "客户经理"  # nobody has approved it as yet
    assert office.record(SHEET, "惠民超市")["当前办理人"] == "孙强"

    office.answer("FJ01", {"衡水商贸": confirmed("钻石", "孙总")})
    office.run("2026-11-03 09:00")
    assert office.record(SHEET, "衡水商贸")["当前状态"] == "级别有效"

    office.drop("revenue", line("衡水商贸", "2026-10", 3_000_000))
    office.run("2026-11-04 09:00")
    record = office.record(SHEET, "衡水商贸")
    assert (record["核定级别"], record["应列级别"], record["当前办理人"]) == ("钻石", "白金", "孙总")
    assert (record["维护岗位"], record["监控岗位"]) == ("经理", None)  # by the tier in force

    office.drop("revenue", line("衡水商贸", "2026-10", 6_000_000))  # it was a slip of the pen
    office.run("2026-11-05 09:00")
    assert office.record(SHEET, "衡水商贸")["当前状态"] == "级别有效"


def test_another_tier_than_by_revenue_and_another_role_are_refused(office: Office) -> None:
    office.drop("revenue", line("惠民超市", "2026-10", 300_000))
    office.run("2026-11-02 09:00")
    office.drop("tier_confirmation", {"tier_customer": "惠民超市", **confirmed("黄金", "王建国")})
    office.run("2026-11-02 10:00")
    assert "“惠民超市”的“级别审批”应由“销售主管”办理，“王建国”不是该岗位的在岗人员" in office.exceptions()
    office.answer("FJ03", {"惠民超市": confirmed("白金", "孙强")})
    office.run("2026-11-02 11:00")
    by_another, row = office.master("未解决的异常")  # neither of the two has been put right
    assert (by_another["由谁处理"], by_another["表中写法"]) == ("王建国", "王建国")
    assert row["问题"] == "“惠民超市”的“级别审批”不能这样办"
    assert row["怎样改"] == "核定级别与按收入应列级别不同；收入有误的请退回复核"
    assert (row["栏目"], row["表中写法"]) == ("核定级别", "白金")
    assert office.record(SHEET, "惠民超市")["当前状态"] == "待审批"


def test_a_tier_sent_back_is_looked_at_again_by_who_maintains_it(office: Office) -> None:
    office.drop("revenue", line("惠民超市", "2026-10", 300_000))
    office.run("2026-11-02 09:00")
    back = {"tier_answer": "退回", "tier_reason": "10 月收入多记一笔", "tier_confirmed_by": "孙强"}
    office.answer("FJ03", {"惠民超市": back})
    office.run("2026-11-03 09:00")
    (row,) = office.worklist("FJ04", "级别复核")
    assert row["退回原因"] == "10 月收入多记一笔"
    office.drop("revenue", line("惠民超市", "2026-10", 30_000))
    office.answer("FJ04", {"惠民超市": {"tier_found": "已更正", "tier_explained_by": "王建国"}})
    office.run("2026-11-04 09:00")
    assert office.record(SHEET, "惠民超市")["应列级别"] == "VIP"
    office.answer("FJ03", {"惠民超市": confirmed("VIP", "孙强")})
    office.run("2026-11-05 09:00")
    assert office.record(SHEET, "惠民超市")["当前状态"] == "级别有效"


def test_a_tier_not_decided_on_is_late_and_the_managers_to_see(office: Office) -> None:
    office.drop("revenue", line("惠民超市", "2026-10", 300_000))
    office.run("2026-11-02 09:00")
    office.run("2026-11-06 09:00")
    assert office.record(SHEET, "惠民超市")["时限提醒"] == "逾期 1 天"
    assert "逾期情况" in office.tasks("FJ02")


def test_the_office_sets_its_own_bounds(tmp_path: Path) -> None:
    office = Office(tmp_path, ["tiers"], PEOPLE, **{"parameters.tier_gold_from": 100_000})
    office.drop("revenue", line("惠民超市", "2026-10", 100_000))
    office.run("2026-11-02 09:00")
    assert office.record(SHEET, "惠民超市")["应列级别"] == "黄金"


def test_two_claims_on_one_account_are_the_unit_aboves_until_one_is_returned(office: Office) -> None:
    claim = {"claim_customer": "惠民超市", "claim_ground": "长期供货"}
    office.drop(
        "key_account_claim",
        {**claim, "claim_unit": "销售一部", "claim_by": "孙强"},
        {**claim, "claim_unit": "销售二部", "claim_by": "马经理"},
    )
    office.run("2026-11-02 09:00")
    said = "“惠民超市”由 销售一部、销售二部 同时申报"
    assert said in office.exceptions()
    assert any(said in mail for mail in office.mails("FJ02"))

    decided = {"claim_decided_by": "马经理", "claim_decided_on": "2026-11-03"}
    office.drop("key_account_decision", {"claim_no": "惠民超市-销售二部", "claim_answer": "同意", **decided})
    office.run("2026-11-03 09:00")
    assert "“惠民超市”的“申报人”就是马经理，不能由本人办理“申报审批”" in office.exceptions()

    returned = {"claim_answer": "退回", "claim_reason": "归销售二部", **decided}
    office.answer("FJ02", {"惠民超市-销售一部": returned})
    office.run("2026-11-03 10:00")
    assert office.record("重点客户申报", "惠民超市-销售一部")["当前状态"] == "未注册"
    assert said not in office.exceptions()


def test_an_account_is_registered_to_one_unit_only(office: Office) -> None:
    claim = {"claim_customer": "惠民超市", "claim_ground": "长期供货", "claim_by": "孙强"}
    office.drop("key_account_claim", claim | {"claim_unit": "销售一部"}, claim | {"claim_unit": "销售二部"})
    office.run("2026-11-02 09:00")
    decided = {"claim_answer": "同意", "claim_decided_by": "马经理", "claim_decided_on": "2026-11-03"}
    office.answer("FJ02", {"惠民超市-销售一部": decided})
    office.run("2026-11-03 09:00")
    office.answer("FJ02", {"惠民超市-销售二部": decided})
    office.run("2026-11-03 10:00")
    states = {row["申报单位"]: row["当前状态"] for row in office.master("重点客户申报")}
    assert states == {"销售一部": "已注册", "销售二部": "待审批"}
    assert "该户已注册给别的单位，请退回" in [row["怎样改"] for row in office.master("未解决的异常")]


def test_a_claim_is_not_decided_before_it_was_made(office: Office) -> None:
    claim = {"claim_customer": "惠民超市", "claim_unit": "销售一部", "claim_ground": "长期供货", "claim_by": "孙强"}
    office.drop("key_account_claim", claim | {"claim_on": "2026-11-02"})
    office.run("2026-11-02 09:00")
    decided = {"claim_answer": "同意", "claim_decided_by": "马经理", "claim_decided_on": "2026-10-30"}
    office.answer("FJ02", {"惠民超市-销售一部": decided})
    office.run("2026-11-03 09:00")
    assert office.record("重点客户申报", "惠民超市-销售一部")["当前状态"] == "待审批"


@pytest.mark.parametrize(
    ("revenue", "held", "by", "who"),
    [
        (5_000_000, "钻石", "FJ01", "孙总"),
        (2_000_000, "白金", "FJ01", "孙总"),
        (200_000, "黄金", "FJ03", "孙强"),
    ],
)
def test_a_tier_is_taken_away_by_whoever_approves_it(
    office: Office, revenue: int, held: str, by: str, who: str
) -> None:
    """What a year brings in is corrected to 15,000: that is VIP, which 孙强 approves; what is lost is not always his to take."""
    office.drop("revenue", line("甲", "2026-10", revenue), name="收入.xlsx")
    office.run("2026-11-02 09:00")
    office.answer(by, {"甲": confirmed(held, who)})
    office.run("2026-11-03 09:00")
    assert office.record(SHEET, "甲")["当前状态"] == "级别有效"
    office.drop("revenue", line("甲", "2026-10", 15_000), name="收入.xlsx")
    office.run("2026-11-04 09:00")
    row = office.record(SHEET, "甲")
    assert (row["应列级别"], row["当前状态"], row["当前办理人"]) == ("VIP", "待审批", who)
    office.answer(by, {"甲": confirmed("VIP", who)})
    office.run("2026-11-05 09:00")
    row = office.record(SHEET, "甲")
    assert (row["核定级别"], row["当前状态"], row["审批岗位"]) == ("VIP", "级别有效", "销售主管")


def test_two_groups_of_one_customer_are_told_and_the_latest_month_holds(office: Office) -> None:
    """VIP begins at 10,000, in group two at 9,000, in group three at 8,000: 8,500 is one in group three alone."""
    two, three = {"revenue_group": "二组"}, {"revenue_group": "三组"}
    office.drop("revenue", line("甲", "2026-09", 4_000, **three), line("甲", "2026-10", 4_500, **two))
    office.drop("revenue", line("乙", "2026-09", 4_000, **two), line("乙", "2026-10", 4_500, **three))
    office.drop("revenue", line("丙", "2026-09", 4_000, **two), line("丙", "2026-10", 4_500))
    office.run("2026-11-02 09:00")
    tiers = {row["分级客户"]: row["应列级别"] for row in office.master(SHEET)}
    assert tiers == {"甲": "未列级", "乙": "VIP", "丙": "未列级"}
    said = sorted((row["由谁处理"], row["问题"]) for row in office.open_exceptions())
    assert said == [
        ("许会计", "“乙”2026-10 填的是三组，2026-09 是二组"),
        ("许会计", "“甲”2026-10 填的是二组，2026-09 是三组"),
    ]
    office.drop("revenue", line("甲", "2026-10", 4_500, **three), line("乙", "2026-09", 4_000, **three))
    office.run("2026-11-02 10:00")
    assert office.exceptions() == []


# key accounts --------------------------------------------------------------------------------------------------------


def upstream(customer: str, on: str = "2026-03-01", **more: Any) -> dict[str, Any]:
    said = {"upstream_customer": customer, "upstream_unit": "省公司", "upstream_on": on, "upstream_by": "马经理"}
    return said | more


def test_a_registration_upstream_makes_a_diamond_whatever_the_revenue(office: Office) -> None:
    office.drop("revenue", line("惠民超市", "2026-10", 30_000), line("新星副食", "2026-10", 30_000))
    office.drop("upstream_account", upstream("惠民超市"), upstream("衡水商贸"))
    office.run("2026-11-02 09:00")
    by_key = {row["分级客户"]: row for row in office.master(SHEET)}
    found = {name: (row["应列级别"], row["列级依据"], row["近 12 个月收入"]) for name, row in by_key.items()}
    assert found == {
        "惠民超市": ("钻石", "上游注册", 30_000),
        "新星副食": ("VIP", "按年收入", 30_000),
        "衡水商贸": ("钻石", "上游注册", 0),  # nobody has billed it yet
    }
    assert by_key["惠民超市"]["当前办理人"] == "孙总"
    assert by_key["惠民超市"]["应列级别升降"] == "不变"  # it was registered a month ago as well

    office.answer("FJ01", {"惠民超市": confirmed("钻石", "孙总")})
    office.run("2026-11-03 09:00")
    assert office.record(SHEET, "惠民超市")["当前状态"] == "级别有效"


def test_a_registration_upstream_that_ends_leaves_the_tier_to_the_revenue(office: Office) -> None:
    office.drop("revenue", line("惠民超市", "2026-10", 30_000))
    until = {"upstream_until": "2026-11-09"}
    office.drop("upstream_account", upstream("惠民超市", "2026-11-02", **until), upstream("衡水商贸", **until))
    office.run("2026-11-09 09:00")
    record = office.record(SHEET, "惠民超市")
    assert (record["应列级别"], record["上月应列级别"], record["应列级别升降"]) == ("钻石", "未列级", "上升")
    office.run("2026-11-10 09:00")
    tiers = {row["分级客户"]: row["应列级别"] for row in office.master(SHEET)}
    assert tiers == {"惠民超市": "VIP", "衡水商贸": "未列级"}


UNITS_OF_TIERS = [  # what a year brings in, and the tier of that; who approves, who keeps, who watches over it
    (5_000_000, "钻石", "总经理", "经理", None),
    (2_000_000, "白金", "总经理", "销售主管", "经理"),
    (200_000, "黄金", "销售主管", "客户经理", None),
    (10_000, "VIP", "销售主管", "客户经理", None),
]


@pytest.mark.parametrize(("revenue", "tier", "approver", "keeper", "monitor"), UNITS_OF_TIERS)
def test_each_tier_has_the_units_of_the_manual(
    office: Office, revenue: int, tier: str, approver: str, keeper: str, monitor: str | None
) -> None:
    office.drop("revenue", line("惠民超市", "2026-10", revenue))
    office.run("2026-11-02 09:00")
    record = office.record(SHEET, "惠民超市")
    assert (record["审批岗位"], record["维护岗位"], record["监控岗位"]) == (approver, "客户经理", None)
    number, name = {"总经理": ("FJ01", "孙总"), "销售主管": ("FJ03", "孙强")}[approver]
    office.answer(number, {"惠民超市": confirmed(tier, name)})
    office.run("2026-11-03 09:00")
    record = office.record(SHEET, "惠民超市")
    assert (record["审批岗位"], record["维护岗位"], record["监控岗位"]) == (approver, keeper, monitor)


def set_unit(name: str, unit: str, since: str = "2026-11-01") -> dict[str, str]:
    return {"parameter_name": name, "parameter_value": unit, "parameter_from": since}


def test_a_company_of_several_levels_sets_its_own_units(tmp_path: Path) -> None:
    units = [("SJ1", "省局张", "上级专业局"), ("SJ2", "省中心李", "上级大客户中心"), ("XB1", "县部周", "县函件集邮部")]
    office = Office(tmp_path, ["tiers"], PEOPLE + units)
    office.drop(
        "parameter_table",
        set_unit("钻石级由谁审定", "省函件集邮局"),
        set_unit("钻石级由谁维护", "省大客户中心"),
        set_unit("VIP级由谁维护", "县部"),
        set_unit("黄金级由谁审定", "门卫"),
    )
    amounts = (("甲", 6_000_000), ("乙", 20_000), ("丙", 300_000))
    office.drop("revenue", *(line(name, "2026-10", amount) for name, amount in amounts))
    office.run("2026-11-02 09:00")
    assert "参数值“门卫”不是这个参数可以取的值" in office.exceptions()
    found = {row["分级客户"]: (row["当前办理人"], row["维护岗位"]) for row in office.master(SHEET)}
    # nobody has approved them as yet: whoever keeps the lowest tier keeps them
    assert found == {"甲": ("省局张", "县函件集邮部"), "乙": ("孙强", "县函件集邮部"), "丙": ("孙强", "县函件集邮部")}

    office.drop("tier_confirmation", {"tier_customer": "甲", **confirmed("钻石", "孙总")})
    office.run("2026-11-02 10:00")
    assert "“甲”的“级别审批”应由“上级专业局”办理，“孙总”不是该岗位的在岗人员" in office.exceptions()
    office.answer("SJ1", {"甲": confirmed("钻石", "省局张")})
    office.answer("FJ03", {"乙": confirmed("VIP", "孙强"), "丙": confirmed("黄金", "孙强")})
    office.run("2026-11-03 09:00")
    kept = {row["分级客户"]: row["维护岗位"] for row in office.master(SHEET)}
    assert kept == {"甲": "上级大客户中心", "乙": "县函件集邮部", "丙": "客户经理"}
    office.drop("revenue", line("甲", "2026-10", 600_000))
    office.run("2026-11-04 09:00")
    back = {"tier_answer": "退回", "tier_reason": "少记一位", "tier_confirmed_by": "省局张"}
    office.answer("SJ1", {"甲": back})
    office.run("2026-11-05 09:00")
    assert [row["分级客户"] for row in office.worklist("SJ2", "级别复核")] == ["甲"]
    record = office.record(SHEET, "甲")  # sent back, it is a diamond as before: whoever gave the tier takes it away
    assert [record[each] for each in ("有效级别", "审批岗位", "维护岗位")] == ["钻石", "上级专业局", "上级大客户中心"]


def test_a_letter_of_authorisation_gives_a_diamond_to_another_unit(office: Office) -> None:
    office.drop("revenue", line("甲", "2026-10", 6_000_000), line("乙", "2026-10", 3_000_000))
    letter = {"authorised_unit": "销售主管", "authorised_from": "2026-11-01", "authorised_to": "2026-11-30"}
    letter |= {"authorised_by": "马经理"}
    office.drop(
        "tier_authorisation",
        {**letter, "letter_no": "SQ1", "authorised_customer": "甲"},
        {**letter, "letter_no": "SQ2", "authorised_customer": "乙", "authorised_unit": "客户经理"},
    )
    office.run("2026-11-02 09:00")
    office.answer("FJ01", {"甲": confirmed("钻石", "孙总"), "乙": confirmed("白金", "孙总")})
    office.run("2026-11-03 09:00")
    kept = {row["分级客户"]: row["维护岗位"] for row in office.master(SHEET)}
    assert kept == {"甲": "销售主管", "乙": "销售主管"}  # of a platinum customer no letter says anything
    office.run("2026-12-01 09:00")
    assert office.record(SHEET, "甲")["维护岗位"] == "经理"


def test_whoever_keeps_a_vip_customer_reports_him_to_the_unit_above(office: Office) -> None:
    office.drop("revenue", line("惠民超市", "2026-10", 30_000), line("新星副食", "2026-10", 300_000))
    office.run("2026-11-02 09:00")
    assert office.master("级别报备") == []
    office.answer("FJ03", {"惠民超市": confirmed("VIP", "孙强"), "新星副食": confirmed("黄金", "孙强")})
    office.run("2026-11-03 09:00")
    key = "惠民超市-2026-11-03"
    (row,) = office.worklist("FJ04", "VIP报备")
    assert (row["报备编号"], row["应办结日"]) == (key, "2026-11-10")  # 5 working days; of gold nothing is reported

    told = {"notice_text": "年收入 3 万元", "notice_on": "2026-11-04", "notice_by": "王建国"}
    office.answer("FJ04", {key: told | {"notice_on": "2026-11-02"}})  # he was none yet
    office.run("2026-11-03 10:00")
    assert "报备日期“2026-11-02”早于列级日期“2026-11-03”" in office.exceptions()
    office.answer("FJ04", {key: told})
    office.run("2026-11-04 09:00")
    refused = {"notice_answer": "退回", "notice_reason": "缺联系人", "notice_taken_on": "2026-11-05"}
    office.answer("FJ03", {key: refused | {"notice_taken_by": "孙强"}})
    office.run("2026-11-05 09:00")
    (row,) = office.worklist("FJ04", "VIP报备")
    assert row["退回原因"] == "缺联系人"

    office.answer("FJ04", {key: told | {"notice_on": "2026-11-05", "notice_text": "年收入 3 万元，联系人张三喜"}})
    office.run("2026-11-05 10:00")
    office.answer("FJ03", {key: {"notice_answer": "同意", "notice_taken_on": "2026-11-05", "notice_taken_by": "孙强"}})
    office.run("2026-11-05 11:00")
    assert office.record("级别报备", key)["当前状态"] == "已备案"
    office.run("2026-12-01 09:00")
    assert len(office.master("级别报备")) == 1


def test_what_is_sent_back_goes_to_who_had_done_it_not_to_who_has_least_to_do(tmp_path: Path) -> None:
    """FJ04 has reported 甲 and has 乙 to report, FJ06 has nothing: what comes back is FJ04's all the same."""
    office = Office(tmp_path, ["tiers"], [*PEOPLE, ("FJ06", "赵二", "客户经理")])
    office.drop("revenue", line("甲", "2026-10", 30_000), line("乙", "2026-10", 30_000))
    office.run("2026-11-02 09:00")
    office.answer("FJ03", {"甲": confirmed("VIP", "孙强")})
    office.run("2026-11-03 09:00")
    key, told = "甲-2026-11-03", {"notice_text": "年收入 3 万元", "notice_on": "2026-11-03", "notice_by": "王建国"}
    office.answer("FJ04", {key: told})
    office.run("2026-11-03 10:00")
    office.answer("FJ03", {"乙": confirmed("VIP", "孙强")})
    office.run("2026-11-04 09:00")
    assert [row["报备编号"] for row in office.worklist("FJ04", "VIP报备")] == ["乙-2026-11-04"]
    refused = {"notice_answer": "退回", "notice_reason": "缺联系人", "notice_taken_on": "2026-11-04"}
    office.answer("FJ03", {key: refused | {"notice_taken_by": "孙强"}})
    office.run("2026-11-04 10:00")
    assert sorted(row["报备编号"] for row in office.worklist("FJ04", "VIP报备")) == ["乙-2026-11-04", key]
    assert office.record("级别报备", key)["当前办理人"] == "王建国"


def test_who_reports_a_vip_does_not_take_his_own_notice(office: Office) -> None:
    """第三章（四）: a notice goes to the unit above; where its holder has reported himself, to the one above him."""
    office.drop("revenue", line("惠民超市", "2026-10", 30_000))
    office.run("2026-11-02 09:00")
    office.answer("FJ03", {"惠民超市": confirmed("VIP", "孙强")})
    office.run("2026-11-03 09:00")
    key = "惠民超市-2026-11-03"
    told = {"notice_text": "年收入 3 万元", "notice_on": "2026-11-03", "notice_by": "孙强"}
    office.drop("tier_notice_given", {"notice_no": key, **told})
    office.run("2026-11-03 10:00")
    taken = {"notice_answer": "同意", "notice_taken_on": "2026-11-03"}
    office.drop("tier_notice_taken", {"notice_no": key, **taken, "notice_taken_by": "孙强"})
    office.run("2026-11-03 11:00")
    assert "“惠民超市”的“报备人”就是孙强，不能由本人办理“VIP备案”" in office.exceptions()
    assert office.record("级别报备", key)["当前状态"] == "待备案"
    (manager,) = (who for who, _, role in PEOPLE if role == "经理")
    office.answer(manager, {key: taken | {"notice_taken_by": "马经理"}})
    office.run("2026-11-03 12:00")
    assert office.record("级别报备", key)["当前状态"] == "已备案"


def test_a_vip_customer_who_is_none_any_more_need_not_be_reported(office: Office) -> None:
    office.drop("revenue", line("惠民超市", "2026-10", 30_000))
    office.run("2026-11-02 09:00")
    office.answer("FJ03", {"惠民超市": confirmed("VIP", "孙强")})
    office.run("2026-11-03 09:00")
    office.drop("revenue", line("惠民超市", "2026-10", 300_000))
    office.run("2026-11-04 09:00")
    office.answer("FJ03", {"惠民超市": confirmed("黄金", "孙强")})
    office.run("2026-11-05 09:00")
    assert office.record("级别报备", "惠民超市-2026-11-03")["当前状态"] == "无须报备"
    assert office.tasks("FJ04") == []


def test_two_units_that_are_passed_in_one_go_do_not_both_get_the_account(office: Office) -> None:
    claim = {"claim_customer": "惠民超市", "claim_ground": "长期供货", "claim_by": "孙强"}
    office.drop("revenue", line("惠民超市", "2026-10", 300_000))
    office.drop("key_account_claim", claim | {"claim_unit": "销售一部"}, claim | {"claim_unit": "销售二部"})
    office.run("2026-11-02 09:00")
    decided = {"claim_answer": "同意", "claim_decided_by": "马经理", "claim_decided_on": "2026-11-03"}
    office.answer("FJ02", {"惠民超市-销售一部": decided, "惠民超市-销售二部": decided})
    office.run("2026-11-03 09:00")
    states = {row["申报单位"]: row["当前状态"] for row in office.master("重点客户申报")}
    assert sorted(states.values()) == ["已注册", "待审批"]
    (row,) = office.worklist("FJ02", "申报审批")
    assert row["退回原因"] == "该户已注册给别的单位，请退回"
    assert "“惠民超市”由 销售一部、销售二部 同时申报" in office.exceptions()
    has = next(unit for unit, state in states.items() if state == "已注册")
    assert office.record(SHEET, "惠民超市")["属地单位"] == has

    returned = {"claim_answer": "退回", "claim_reason": "已注册给别的单位", "claim_decided_by": "马经理"}
    (other,) = {"销售一部", "销售二部"} - {has}
    office.answer("FJ02", {f"惠民超市-{other}": returned | {"claim_decided_on": "2026-11-04"}})
    office.run("2026-11-04 09:00")
    assert office.exceptions() == []


def test_its_sheets_are_known_among_those_of_all_procedures(tmp_path: Path) -> None:
    office = Office(tmp_path, [each.code for each in declared_procedures() if not each.roster], PEOPLE)
    office.drop("revenue", line("惠民超市", "2026-10", 300_000))
    claim = {"claim_customer": "惠民超市", "claim_unit": "销售一部", "claim_ground": "长期供货", "claim_by": "孙强"}
    office.drop("key_account_claim", claim)
    office.run("2026-11-02 09:00")
    office.drop("tier_confirmation", {"tier_customer": "惠民超市", **confirmed("黄金", "孙强")})
    office.run("2026-11-02 10:00")
    assert office.record(SHEET, "惠民超市")["当前状态"] == "级别有效"
    assert len(office.master("重点客户申报")) == 1


def test_switched_off_it_leaves_nothing(tmp_path: Path) -> None:
    office = Office(tmp_path, ["customer_care"], PEOPLE)
    office.run("2026-11-02 09:00")
    assert not {SHEET, "客户收入", "重点客户申报"} & set(office.pages())
    assert not list(office.settings.outbox.rglob("*级别*")) and not list(office.settings.outbox.rglob("*收入*"))


def test_both_units_are_told_before_a_letter_of_authorisation_ends(office: Office) -> None:
    office.drop("revenue", line("甲", "2026-10", 6_000_000), line("乙", "2026-10", 3_000_000))
    letter = {"authorised_unit": "销售主管", "authorised_from": "2026-11-01", "authorised_to": "2026-11-30"}
    letter |= {"authorised_by": "马经理"}
    office.drop(
        "tier_authorisation",
        {**letter, "letter_no": "SQ1", "authorised_customer": "甲"},
        {**letter, "letter_no": "SQ2", "authorised_customer": "乙"},  # platinum: the letter gives it to nobody
    )
    said = "“甲”授权销售主管维护到 2026-11-30 为止，此后由经理维护"
    office.run("2026-11-13 09:00")
    assert not any("为止" in each for each in office.exceptions())
    office.run("2026-11-16 09:00")  # fourteen days before
    assert [each for each in office.exceptions() if "为止" in each] == [said, said]
    assert all(any(said in mail for mail in office.mails(person)) for person in ("FJ02", "FJ03"))

    office.drop(
        "tier_authorisation", {**letter, "letter_no": "SQ3", "authorised_customer": "甲", "authorised_to": "2027-11-30"}
    )
    office.run("2026-11-17 09:00")
    assert not any("为止" in each for each in office.exceptions())


def test_what_makes_a_diamond_or_gives_it_away_is_listed_by_the_manager_alone(office: Office) -> None:
    upstream = {"upstream_customer": "新星副食", "upstream_unit": "省公司", "upstream_on": "2026-10-01"}
    office.drop("upstream_account", upstream | {"upstream_by": "王建国"})
    office.drop(
        "tier_authorisation",
        {
            "letter_no": "SQ1", "authorised_customer": "新星副食", "authorised_unit": "客户经理",
            "authorised_from": "2026-10-01", "authorised_by": "王建国",
        },
    )  # fmt: skip
    office.run("2026-11-02 09:00")
    assert office.master(SHEET) == []
    said = [each for each in office.exceptions() if "应由“经理”办理，“王建国”不是该岗位的在岗人员" in each]
    assert len(said) == 2
    office.drop("upstream_account", upstream | {"upstream_by": "马经理"})
    office.run("2026-11-02 10:00")
    assert office.record(SHEET, "新星副食")["应列级别"] == "钻石"


def test_who_is_his_own_number_is_named_once_in_mails(office: Office) -> None:
    office.drop("revenue", line("惠民超市", "2026-10", 300_000))
    office.run("2026-11-02 09:00")
    (letter,) = office.mails("FJ03")
    assert "- 惠民超市  [" in letter


def test_bounds_that_change_leave_last_months_tier_as_it_was_and_one_that_nobody_can_reach_is_told(
    office: Office,
) -> None:
    """2,000,000 is platinum in November; from 12-02 platinum begins at 6,000,000, above diamond: it falls from platinum to gold."""
    office.drop("revenue", line("丙白", "2026-09", 2_000_000))
    office.run("2026-11-02 09:00")
    assert office.record(SHEET, "丙白")["应列级别"] == "白金"
    office.drop("parameter_table", set_unit("白金级年收入起点", "6000000", "2026-12-02"))
    office.run("2026-12-02 09:00")
    record = office.record(SHEET, "丙白")
    assert (record["应列级别"], record["上月应列级别"], record["应列级别升降"]) == ("黄金", "白金", "下降")
    said = "“白金级年收入起点”设的是 6000000，不低于“钻石级年收入起点”的 5000000，这一级没有客户够得上"
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == said] == ["马经理"]


def test_a_new_customer_registered_upstream_was_nobodys_before(office: Office) -> None:
    office.drop("revenue", line("惠民超市", "2026-10", 300_000))
    office.run("2026-11-02 09:00")
    said = {
        "upstream_customer": "新户",
        "upstream_unit": "省公司",
        "upstream_on": "2026-11-02",
        "upstream_by": "马经理",
    }
    office.drop("upstream_account", said)
    office.run("2026-11-03 09:00")
    record = office.record(SHEET, "新户")
    assert (record["当前办理人"], "转来" in str(record["分配依据"])) == ("孙总", False)
    assert not any("新户" in text for text in office.mails("FJ03"))


def test_a_letter_under_the_number_of_another_customers_is_told(office: Office) -> None:
    letter = {"letter_no": "SQ1", "authorised_customer": "丙白", "authorised_unit": "客户经理"}
    letter |= {"authorised_from": "2026-11-01", "authorised_to": "2026-12-31", "authorised_by": "马经理"}
    office.drop("tier_authorisation", letter)
    office.run("2026-11-02 09:00")
    office.drop("tier_authorisation", letter | {"authorised_customer": "丙白商店"})  # the name written out
    office.run("2026-11-03 09:00")
    assert office.exceptions() == []
    office.drop("tier_authorisation", letter | {"authorised_customer": "丁金", "authorised_unit": "销售主管"})
    office.run("2026-11-04 09:00")
    told = "授权客户原来是“丙白商店”，这次交的是“丁金”，编号没有变：原来的已被替换"
    assert [(row["由谁处理"], row["编号"]) for row in office.open_exceptions() if row["问题"] == told] == [
        ("马经理", "SQ1")
    ]
    assert told in office.mails("FJ02")[-1]


def test_a_letter_for_who_is_no_diamond_is_told(office: Office) -> None:
    office.drop("revenue", line("丙白", "2026-10", 2_000_000), line("甲钻", "2026-10", 6_000_000))
    letter = {"authorised_unit": "客户经理", "authorised_from": "2026-11-01", "authorised_by": "马经理"}
    customers = ("丙白", "甲钻", "不存在户")
    office.drop(
        "tier_authorisation",
        *({"letter_no": f"SQ{at}", "authorised_customer": name} | letter for at, name in enumerate(customers)),
    )
    office.run("2026-11-02 09:00")
    told = {
        (row["编号"], row["由谁处理"]) for row in office.open_exceptions() if "授权委托书不起作用" in str(row["问题"])
    }
    assert told == {("SQ0", "马经理"), ("SQ2", "马经理")}


def test_a_second_letter_for_one_customer_is_told_until_the_first_has_its_end(office: Office) -> None:
    """By SQ1 甲钻 is with 客户经理 to the end of the year; SQ2 gives it to 销售主管 from 11-03. Another's letter and one for the same unit
    say nothing.
    """
    letter = {"authorised_customer": "甲钻", "authorised_by": "马经理"}
    first = letter | {
        "letter_no": "SQ1",
        "authorised_unit": "客户经理",
        "authorised_from": "2026-11-01",
        "authorised_to": "2026-12-31",
    }
    second = letter | {"letter_no": "SQ2", "authorised_unit": "销售主管", "authorised_from": "2026-11-03"}
    others = second | {"letter_no": "SQ3", "authorised_customer": "乙钻"}
    office.drop("revenue", line("甲钻", "2026-10", 6_000_000), line("乙钻", "2026-10", 6_000_000))
    office.drop("tier_authorisation", first, second, others)
    office.run("2026-11-03 09:00")
    told = "“甲钻”已由授权委托书 SQ1 授权客户经理维护，又授权销售主管：从 2026-11-03 起按后一份"
    assert office.exceptions() == [told]
    assert {(row["编号"], row["由谁处理"]) for row in office.open_exceptions()} == {("SQ2", "马经理")}
    office.drop("tier_authorisation", first | {"authorised_to": "2026-11-02"})
    office.run("2026-11-04 09:00")
    assert told not in office.exceptions()


def registered(unit: str, **more: Any) -> dict[str, Any]:
    return {
        "upstream_customer": "惠民超市",
        "upstream_unit": unit,
        "upstream_on": "2026-09-01",
        "upstream_by": "马经理",
    } | more


def test_whoever_approves_diamonds_reads_that_no_unit_above_has_registered_the_account(office: Office) -> None:
    office.drop("upstream_account", registered("县局"))
    office.run("2026-11-02 09:00")
    told = "“惠民超市”由“县局”注册为上游大客户：上游是省公司或省函件集邮局"
    office.exceptions()
    rows = [row for row in office.open_exceptions() if row["问题"] == told]
    assert {str(row["由谁处理"]) for row in rows} == {"马经理", "孙总"}
    assert office.master(SHEET) == []  # 二(一): it makes no diamond of him
    office.drop("upstream_account", registered("广东省函件集邮局"))
    office.run("2026-11-02 10:00")
    assert told not in office.exceptions()
    assert office.record(SHEET, "惠民超市")["应列级别"] == "钻石"


@pytest.mark.parametrize(
    ("day", "told"), [("2026-11-16", False), ("2026-11-17", True), ("2026-12-07", True), ("2026-12-09", False)]
)
def test_the_end_of_a_registration_is_told_two_weeks_before(office: Office, day: str, told: bool) -> None:
    """It ends on 12-01: from 11-17 until a week after."""
    office.drop("upstream_account", registered("省公司", upstream_until="2026-12-01"))
    office.run(f"{day} 09:00")
    assert ("“惠民超市”的上游注册到 2026-12-01 为止，此后按年收入定级" in office.exceptions()) is told


def test_a_registration_that_goes_on_ends_for_nobody(office: Office) -> None:
    office.drop(
        "upstream_account",
        registered("省公司", upstream_until="2026-12-01"),
        registered("省公司", upstream_on="2026-12-02"),
    )
    office.run("2026-12-02 09:00")
    assert not [each for each in office.exceptions() if "为止" in each]


def test_whoever_keeps_or_watches_over_a_customer_from_now_on_reads_of_it_as_does_whoever_did_before(
    office: Office,
) -> None:
    """三(一)–(三): gold is 王建国's unit to keep; two millions more are platinum, which 孙强 keeps and 马经理 watches over. VIP, which is
    reported anyway, is told by its own row.
    """
    office.drop("revenue", line("惠民超市", "2026-10", 300_000), line("新星副食", "2026-10", 20_000))
    office.run("2026-11-02 09:00")
    office.answer("FJ03", {"惠民超市": confirmed("黄金", "孙强"), "新星副食": confirmed("VIP", "孙强")})
    office.run("2026-11-03 09:00")
    assert office.exceptions() == ["新由您维护的客户 1 户：惠民超市（黄金）"]
    assert "新由您维护的客户 1 户：惠民超市（黄金）" in office.mails("FJ04")[-1]
    office.drop("revenue", line("惠民超市", "2026-09", 2_000_000))
    office.run("2026-11-16 09:00")
    assert office.exceptions() == []
    office.answer("FJ01", {"惠民超市": confirmed("白金", "孙总")})
    office.run("2026-11-17 09:00")
    office.exceptions()
    assert {(row["由谁处理"], row["问题"]) for row in office.open_exceptions()} == {
        ("孙强", "新由您维护的客户 1 户：惠民超市（白金）"),
        ("马经理", "新由您统筹监控的客户 1 户：惠民超市（白金）"),
        ("王建国", "改由别的单位维护的客户 1 户：惠民超市（白金）"),
    }
    record = office.record(SHEET, "惠民超市")
    assert (record["此前维护岗位"], record["现岗位维护起始日"]) == ("客户经理", "2026-11-17")
    office.run("2026-11-26 09:00")
    assert office.exceptions() == []


def test_a_month_that_is_not_booked_yet_is_not_nil_until_the_tenth_working_day(office: Office) -> None:
    """17,000 a month are 204,000 a year, gold; eleven months are 187,000, VIP. November's is booked in December: working days of
    December are 1–4, 7–11, 14 and on; the tenth is the 14th.
    """
    months = [f"2025-{number:02d}" for number in (11, 12)] + [f"2026-{number:02d}" for number in range(1, 11)]
    office.drop("revenue", *(line("惠民超市", month, 17_000) for month in months))
    office.run("2026-11-30 09:00")
    office.answer("FJ03", {"惠民超市": confirmed("黄金", "孙强")})
    office.run("2026-11-30 10:00")
    office.run("2026-12-01 09:00")
    record = office.record(SHEET, "惠民超市")
    assert (record["应列级别"], record["近 12 个月收入"], record["级别待定"]) == ("黄金", 204_000, "否")
    office.run("2026-12-14 09:00")
    assert office.record(SHEET, "惠民超市")["应列级别"] == "黄金"
    office.run("2026-12-15 09:00")
    told = "2026-11 的收入一笔也没有登记，级别按没有收入算"
    office.exceptions()
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == told] == ["许会计"]
    assert office.record(SHEET, "惠民超市")["应列级别"] == "VIP"
    office.drop("revenue", line("惠民超市", "2026-11", 17_000))
    office.run("2026-12-16 09:00")
    record = office.record(SHEET, "惠民超市")
    assert (record["应列级别"], record["近 12 个月收入"], told in office.exceptions()) == ("黄金", 204_000, False)


def test_a_customer_whose_month_is_not_booked_beside_another_s_does_not_fall_by_it_without_a_word(
    office: Office,
) -> None:
    """As above, but another customer's November is there on the first of December: the tenth working day is the 14th."""
    months = [f"2025-{number:02d}" for number in (11, 12)] + [f"2026-{number:02d}" for number in range(1, 11)]
    office.drop("revenue", *(line("惠民超市", month, 17_000) for month in months))
    office.run("2026-11-30 09:00")
    office.answer("FJ03", {"惠民超市": confirmed("黄金", "孙强")})
    office.run("2026-11-30 10:00")
    office.drop("revenue", line("新星副食", "2026-11", 100))
    office.run("2026-12-01 09:00")
    record = office.record(SHEET, "惠民超市")
    assert (record["应列级别"], record["近 12 个月收入"], record["级别待定"]) == ("黄金", 204_000, "否")
    assert office.record(SHEET, "新星副食")["近 12 个月收入"] == 100
    assert not any("没有登记" in line for line in office.exceptions())
    office.run("2026-12-15 09:00")
    assert office.record(SHEET, "惠民超市")["应列级别"] == "VIP"
    told = "“惠民超市”2026-11 的收入没有登记，应列级别因此从黄金降为VIP"
    office.exceptions()
    assert [row["由谁处理"] for row in office.open_exceptions() if row["问题"] == told] == ["许会计"]
    office.drop("revenue", line("惠民超市", "2026-11", 17_000))
    office.run("2026-12-16 09:00")
    record = office.record(SHEET, "惠民超市")
    assert (record["应列级别"], told in office.exceptions()) == ("黄金", False)
