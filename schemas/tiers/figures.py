"""Tiers from revenues: twelve full months against a table of thresholds and by quantiles, and what moved since last month."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from schemas.key_accounts import authorised, registered_upstream, unit_of
from schemas.key_accounts.units import UNITS
from schemas.language import Localized, Option, Values
from schemas.language.work import (
    NO,
    YES,
    CreatedRecord,
    FigureRows,
    Parameter,
    RecordView,
    RegisterView,
    Thresholds,
    months_back,
    quantile_codes,
    share,
)
from schemas.roster.roles import ACCOUNT_MANAGER, GENERAL_MANAGER, MANAGER, SALES_HEAD
from schemas.tiers.forms import (
    BY_REVENUE,
    BY_UPSTREAM,
    DIAMOND,
    DOWN,
    GOLD,
    GROUPS,
    PLATINUM,
    QUANTILES,
    SAME,
    TIERS,
    UNTIERED,
    UP,
    VIP,
)


def _from(tier: Option, bound: float) -> Parameter:
    return Parameter(
        f"tier_{tier.code}_from", Localized(f"{tier.words.zh}级年收入起点", f"{tier.words.en} from"), bound
    )


BOUNDS = {DIAMOND: _from(DIAMOND, 5_000_000), PLATINUM: _from(PLATINUM, 2_000_000), GOLD: _from(GOLD, 200_000)}
VIP_FROM = _from(VIP, 10_000)
SCALES = tuple(
    Parameter(
        f"tier_{group.code}_scale",
        Localized(f"{group.words.zh} VIP级起点系数", f"Scale of VIP, {group.words.en}"),
        scale,
        0.8,
        0.9,
    )
    for group, scale in zip(GROUPS[1:], (0.9, 0.8), strict=True)
)
"""By which the lower bound of VIP is multiplied."""


def _unit(tier: Option, what: str, zh: str, en: str, unit: Option) -> Parameter:
    words = Localized(f"{tier.words.zh}级由谁{zh}", f"Who {en} {tier.words.en}")
    return Parameter(f"tier_{tier.code}_{what}", words, unit.code, options=UNITS)


_UNITS_BY_TIER = {
    DIAMOND: (GENERAL_MANAGER, MANAGER),
    PLATINUM: (GENERAL_MANAGER, SALES_HEAD),
    GOLD: (SALES_HEAD, ACCOUNT_MANAGER),
    VIP: (SALES_HEAD, ACCOUNT_MANAGER),
}
APPROVERS = {tier.code: _unit(tier, "approver", "审定", "approves", one) for tier, (one, _) in _UNITS_BY_TIER.items()}
MAINTAINERS = {tier.code: _unit(tier, "maintainer", "维护", "keeps", one) for tier, (_, one) in _UNITS_BY_TIER.items()}
MONITOR = _unit(PLATINUM, "monitor", "统筹监控", "watches over", MANAGER)
NOTICE_TO = _unit(VIP, "notice", "受理报备", "is told of", SALES_HEAD)
NEAR = Parameter(
    "tier_near_percent", Localized("离上一级起点百分之几算将达到", "Percent of a bound that is near"), 10, 0, 100
)
PARAMETERS = (
    *(*BOUNDS.values(), VIP_FROM, NEAR, *SCALES),
    *(*APPROVERS.values(), *MAINTAINERS.values(), MONITOR, NOTICE_TO),
)
_RANK = {tier.code: rank for rank, tier in enumerate(reversed(TIERS))}
_WORDS = {tier.code: tier.words for tier in TIERS}


def table(held: RegisterView, group: str) -> Thresholds:
    """The thresholds in force for a customer of *group* (the first where none is named)."""
    bounds = [(held.parameter(parameter.code), tier.code) for tier, parameter in BOUNDS.items()]
    scale = next((held.parameter(each.code) for each in SCALES if each.code == f"tier_{group}_scale"), 1)
    return Thresholds((*bounds, (held.parameter(VIP_FROM.code) * scale, VIP.code)))


def tiers(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    """The tier of every customer with revenues, or registered upstream, with the figures behind it."""
    lines = held["revenues"].values()
    last = today.replace(day=1) - timedelta(days=1)
    upstream, upstream_then = registered_upstream(held, today), registered_upstream(held, last)
    if not lines and not upstream and not held["tiers"]:
        return
    before, *window = months_back(last, 13)
    billed = {each.values["revenue_customer"]: 0.0 for each in lines}
    now, then = billed | _sums(lines, window), billed | _sums(lines, [before, *window[:-1]])
    groups = {
        each.values["revenue_customer"]: each.values["revenue_group"] for each in lines if each.get("revenue_group")
    }
    quantiles = quantile_codes(now, [option.code for option in QUANTILES])
    known = [
        *billed,
        *sorted(upstream | set(held["tiers"]) - set(billed)),
    ]  # one that was registered upstream once, too
    for customer in dict.fromkeys(known):
        bounds, revenue, earlier = (
            table(held, groups.get(customer, "")),
            now.get(customer, 0.0),
            then.get(customer, 0.0),
        )
        above = customer in upstream
        tier = DIAMOND.code if above else bounds.of(revenue) or UNTIERED.code
        old = DIAMOND.code if customer in upstream_then else bounds.of(earlier) or UNTIERED.code
        said: dict[str, Any] = {
            "customer_tier": tier,
            "year_revenue": revenue,
            "quantile_tier": quantiles.get(customer),
        }
        said |= {"tier_before": old, "revenue_before": earlier, "tier_move": _move(_RANK[tier] - _RANK[old])}
        said |= {"tier_ground": (BY_UPSTREAM if above else BY_REVENUE).code}
        near = _near(bounds, math.inf if above else revenue, held.parameter(NEAR.code))
        yield CreatedRecord(customer, said | near)


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


def _ranked(values: Values) -> str:
    """The tier whose units have to do with a customer: who has none is the lowest's."""
    tier = str(values.get("customer_tier", UNTIERED.code))
    return tier if tier in APPROVERS else VIP.code


def approver(values: Values, held: RegisterView, today: date) -> str:
    """Return the unit that approves the tier."""
    return held.chosen(APPROVERS[_ranked(values)].code)


def maintainer(values: Values, held: RegisterView, today: date) -> str:
    """Return the unit that keeps the customer: of diamonds the one that a letter authorises goes before."""
    letter = authorised(held, values["tier_customer"], today) if values.get("customer_tier") == DIAMOND.code else ""
    return letter or held.chosen(MAINTAINERS[_ranked(values)].code)


def monitor(values: Values, held: RegisterView, today: date) -> str | None:
    """Return the unit that watches over those who keep platinum customers."""
    return held.chosen(MONITOR.code) if values.get("customer_tier") == PLATINUM.code else None


def local_unit(values: Values, held: RegisterView, today: date) -> str | None:
    """Return the unit on the spot: to which the account is registered."""
    return unit_of(held, values["tier_customer"])


def vip_since(values: Values, held: RegisterView, today: date) -> str | None:
    """Return the day since which the customer's approved tier is the one that is reported to the unit above."""
    return values.get("vip_since", today.isoformat()) if values.get("confirmed_tier") == VIP.code else None


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
