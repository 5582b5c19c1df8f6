"""Tiers from revenues: twelve full months against a table of thresholds and by quantiles, and what moved since last month."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from schemas.language import Localized, Option, Values
from schemas.language.work import (
    NO,
    YES,
    CreatedRecord,
    FigureRows,
    Parameter,
    RecordView,
    RegisterView,
    Seen,
    Thresholds,
    months_back,
    quantile_codes,
    share,
)
from schemas.tiers.forms import DIAMOND, DOWN, GOLD, GROUPS, PLATINUM, QUANTILES, SAME, TIERS, UNTIERED, UP, VIP


def _from(tier: Option, bound: float) -> Parameter:
    return Parameter(
        f"tier_{tier.code}_from", Localized(f"{tier.words.zh}级年收入起点", f"{tier.words.en} from"), bound
    )


BOUNDS = {DIAMOND: _from(DIAMOND, 5_000_000), PLATINUM: _from(PLATINUM, 2_000_000), GOLD: _from(GOLD, 200_000)}
VIP_FROM = _from(VIP, 10_000)
NEAR = Parameter(
    "tier_near_percent", Localized("离上一级起点百分之几算将达到", "Percent of a bound that is near"), 10, 0, 100
)
PARAMETERS = (*BOUNDS.values(), VIP_FROM, NEAR)
SCALE = dict(zip((group.code for group in GROUPS), (1, 0.9, 0.8), strict=True))
"""By which the lower bound of VIP is multiplied."""
_RANK = {tier.code: rank for rank, tier in enumerate(reversed(TIERS))}
_WORDS = {tier.code: tier.words for tier in TIERS}


def table(held: RegisterView, group: str) -> Thresholds:
    """The thresholds in force for a customer of *group* (the first where none is named)."""
    bounds = [(held.parameter(parameter.code), tier.code) for tier, parameter in BOUNDS.items()]
    return Thresholds((*bounds, (held.parameter(VIP_FROM.code) * SCALE.get(group, 1), VIP.code)))


def tiers(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    """The tier of every customer with revenues, with the figures behind it."""
    lines = held["revenues"].values()
    if not lines:
        return
    last = today.replace(day=1) - timedelta(days=1)
    before, *window = months_back(last, 13)
    ever: dict[str, float] = {each.values["revenue_customer"]: 0.0 for each in lines}
    now, then = ever | _sums(lines, window), ever | _sums(lines, [before, *window[:-1]])
    groups = {
        each.values["revenue_customer"]: each.values["revenue_group"] for each in lines if each.get("revenue_group")
    }
    quantiles = quantile_codes(now, [option.code for option in QUANTILES])
    for customer, revenue in now.items():
        bounds = table(held, groups.get(customer, ""))
        tier, old = bounds.of(revenue) or UNTIERED.code, bounds.of(then[customer]) or UNTIERED.code
        said: dict[str, Any] = {"customer_tier": tier, "year_revenue": revenue, "quantile_tier": quantiles[customer]}
        said |= {"tier_before": old, "revenue_before": then[customer], "tier_move": _move(_RANK[tier] - _RANK[old])}
        yield CreatedRecord(customer, said | _near(bounds, revenue, held.parameter(NEAR.code)))


def _sums(lines: Iterable[RecordView], months: list[str]) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for each in lines:
        if each.values["revenue_month"] in months:
            sums[each.values["revenue_customer"]] += each.values["revenue_amount"]
    return {customer: round(amount, 2) for customer, amount in sums.items()}


def _move(steps: int) -> str:
    return (UP if steps > 0 else DOWN if steps < 0 else SAME).code


def _near(bounds: Thresholds, revenue: float, percent: float) -> dict[str, Any]:
    above = bounds.next_above(revenue)
    near = above is not None and above[0] - revenue <= above[0] * percent / 100
    return (
        {"next_tier": above[1], "next_gap": round(above[0] - revenue, 2)}
        if above and near
        else dict.fromkeys(("next_tier", "next_gap"))
    )


def differs(values: Values) -> str:
    """Tell whether the tier by revenue is another one than that in force, so that somebody has to decide."""
    return (YES if values.get("customer_tier") != values.get("confirmed_tier", UNTIERED.code) else NO).code


def taken(values: Values, held: RegisterView, today: date) -> str:
    """Tell whether the account of a claim is registered to another unit already."""
    those = held.holding("key_claims", "claim_customer", values["claim_customer"])
    others = [each for each in those if each.key != values["claim_no"] and each.state == "claim_registered"]
    return (YES if others else NO).code


def two_claims(held: RegisterView, today: date) -> Iterator[Seen]:
    """Claims of several units on one account, for the unit above."""
    units: dict[str, list[RecordView]] = defaultdict(list)
    for each in held["key_claims"].values():
        if each.state != "claim_refused":
            units[each.values["claim_customer"]].append(each)
    for customer, claims in units.items():
        if len(claims) > 1:
            names = "、".join(sorted(each.values["claim_unit"] for each in claims))
            yield Seen(claims[-1].key, "claim_customer", customer, details={"units": names})


def by_tier(held: RegisterView, today: date) -> FigureRows:
    """Customers, revenue and its share by tier."""
    those = held["tiers"].values()
    count = Counter(each.values["customer_tier"] for each in those)
    sums = {
        tier.code: sum(each.values["year_revenue"] for each in those if each.values["customer_tier"] == tier.code)
        for tier in TIERS
    }
    whole = sum(sums.values())
    return (
        [[tier.words, count[tier.code], sums[tier.code], share(sums[tier.code], whole)] for tier in TIERS]
        if those
        else []
    )


def tier_moves(held: RegisterView, today: date) -> FigureRows:
    """Customers that moved up or down since last month."""
    moved = [each for each in held["tiers"].values() if each.get("tier_move") != SAME.code]
    return [
        [_arrow(each, "tier_before", "customer_tier"), each.values["revenue_before"], each.values["year_revenue"]]
        for each in moved
    ]


def nearly(held: RegisterView, today: date) -> FigureRows:
    """Customers near the next tier."""
    near = [each for each in held["tiers"].values() if each.get("next_tier")]
    return [
        [_arrow(each, "customer_tier", "next_tier"), each.values["year_revenue"], each.values["next_gap"]]
        for each in near
    ]


def _arrow(each: RecordView, start: str, end: str) -> Localized:
    first, last = _WORDS[each.values[start]], _WORDS[each.values[end]]
    return Localized(f"{each.key} {first.zh}→{last.zh}", f"{each.key} {first.en} → {last.en}")
