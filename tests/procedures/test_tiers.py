"""分级, played through: a year's revenues make tiers, moves have their figures, tiers are confirmed, claims collide."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from schemas.language.catalogue import declared_procedures
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
    assert (record["上月级别"], record["上月时 12 个月收入"], record["级别升降"]) == ("黄金", 210_000, "下降")
    assert office.figures("统计", "级别升降") == [
        ["惠民超市 黄金→VIP", 210_000, 65_000],
        ["新星副食 未列级→VIP", 0, 190_000],
    ]
    # 10,000 short of 200,000 is within 10 %
    assert office.figures("统计", "将达上一级") == [["新星副食 VIP→黄金", 190_000, 10_000]]
    # 255,000 of 256,700 are VIP's
    assert office.figures("统计", "客户级别")[3:] == [["VIP", 2, 255_000, 0.9934], ["未列级", 2, 1_700, 0.0066]]
    quantiles = {row["分级客户"]: row["四分位级别"] for row in office.master(SHEET)}
    assert quantiles == {"新星副食": "A", "惠民超市": "B", "平安街烟酒店": "C", "老刘烟酒": "D"}

    office.run("2026-12-01 09:00")
    record = office.record(SHEET, "惠民超市")
    assert (record["应列级别"], record["近 12 个月收入"], record["级别升降"]) == ("黄金", 965_000, "上升")


def test_each_tier_is_approved_by_whom_it_names_and_stays_until_revenue_says_otherwise(office: Office) -> None:
    office.drop("revenue", line("衡水商贸", "2026-10", 6_000_000), line("惠民超市", "2026-10", 300_000))
    office.run("2026-11-02 09:00")
    assert office.record(SHEET, "衡水商贸")["当前办理人"] == "孙总"
    assert office.record(SHEET, "衡水商贸")["维护岗位"] == "经理"
    assert office.record(SHEET, "惠民超市")["当前办理人"] == "孙强"

    office.answer("FJ01", {"衡水商贸": confirmed("钻石", "孙总")})
    office.run("2026-11-03 09:00")
    assert office.record(SHEET, "衡水商贸")["当前状态"] == "级别有效"

    office.drop("revenue", line("衡水商贸", "2026-10", 3_000_000))
    office.run("2026-11-04 09:00")
    record = office.record(SHEET, "衡水商贸")
    assert (record["核定级别"], record["应列级别"], record["当前办理人"]) == ("钻石", "白金", "马经理")

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
    (row,) = office.master("未了异常")
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
    assert "该户已注册给别的单位，请退回" in [row["怎样改"] for row in office.master("未了异常")]


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
