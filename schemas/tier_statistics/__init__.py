"""What is counted of tiers: customers and revenue by the tier in force, what moved by revenue, what is nearly reached."""

from __future__ import annotations

from collections import Counter
from datetime import date

from schemas.language import Kind, Localized
from schemas.language.work import FigureRows, Measure, RecordView, RegisterView, Statistic, rate, share
from schemas.tier_settings import TIERS, UNTIERED

_REVENUE = Measure(Localized("年收入", "Revenue"), Kind.NUMBER)
_WORDS = {tier.code: tier.words for tier in TIERS}


def _by_tier(held: RegisterView, today: date) -> FigureRows:
    """Customers, revenue and its share by the tier that is approved."""
    those = held["tiers"].values()
    count, sums = Counter[str](), Counter[str]()
    for each in those:
        tier = str(each.get("tier_in_force", UNTIERED.code))
        count[tier] += 1
        sums[tier] += each.values["year_revenue"]
    return (
        [[tier.words, count[tier.code], sums[tier.code], share(sums[tier.code], sums.total())] for tier in TIERS]
        if those
        else []
    )


def _tier_moves(held: RegisterView, today: date) -> FigureRows:
    """Customers that moved up or down since last month."""
    moved = [each for each in held["tiers"].values() if each.get("tier_move") != "tier_same"]
    return [
        [_arrow(each, "tier_before", "customer_tier"), each.values["revenue_before"], each.values["year_revenue"]]
        for each in moved
    ]


def _nearly(held: RegisterView, today: date) -> FigureRows:
    """Customers near the next tier."""
    near = [each for each in held["tiers"].values() if each.get("next_tier")]
    return [
        [_arrow(each, "customer_tier", "next_tier"), each.values["year_revenue"], each.values["next_gap"]]
        for each in near
    ]


def _arrow(each: RecordView, start: str, end: str) -> Localized:
    first, last = _WORDS[each.values[start]], _WORDS[each.values[end]]
    return Localized(f"{each.key} {first.zh}→{last.zh}", f"{each.key} {first.en} → {last.en}")


STATISTICS = (
    Statistic(
        "customers_by_tier",
        Localized("客户级别", "Tiers in force"),
        Localized("有效级别", "Tier in force"),
        (Measure(Localized("户数", "Customers")), _REVENUE, rate("收入占比", "Share")),
        _by_tier,
    ),
    Statistic(
        "tier_moves",
        Localized("应列级别升降", "Tiers by revenue that moved"),
        Localized("客户", "Customer"),
        (Measure(Localized("上月时年收入", "Revenue a month ago"), Kind.NUMBER), _REVENUE),
        _tier_moves,
        on_page=False,
    ),
    Statistic(
        "tiers_nearly_reached",
        Localized("将达上一级", "Nearly reached"),
        Localized("客户", "Customer"),
        (_REVENUE, Measure(Localized("尚差", "Missing"), Kind.NUMBER)),
        _nearly,
        on_page=False,
    ),
)
