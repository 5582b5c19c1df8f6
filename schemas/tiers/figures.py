"""Tiers from revenues: twelve full months against a table of thresholds and by quantiles, and what moved since last month."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from typing import Any

from schemas.key_accounts import unit_of
from schemas.tier_keeping import approved, maintainer
from schemas.language import Localized, Values
from schemas.language.fields import RETURNED
from schemas.language.work import NO, YES, CreatedRecord, Derived, RegisterView, Seen, Thresholds, month_of, months_back, quantile_codes  # fmt: skip
from schemas.revenues import group_by_customer, is_booking_over, month_end_before, revenue_of_months, unbooked_customers
from schemas.roster.roles import FINANCE
from schemas.tier_settings import (
    DIAMOND,
    IN_FORCE,
    NEAR,
    TIERS,
    UNTIERED,
    VIP,
    bounds_for,
    crossed_bounds,
)
from schemas.tier_settings.keepers import keeper_of
from schemas.tiers.forms import BY_REVENUE, BY_UPSTREAM, DOWN, QUANTILES, SAME, UP
from schemas.upstream_accounts import registered_upstream

_RANK = {tier.code: rank for rank, tier in enumerate(reversed(TIERS))}


def tiers(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    """The tier of every customer with revenues, or registered upstream, with the figures behind it."""
    lines = held["revenues"].values()
    last = month_end_before(today)
    upstream, upstream_then = registered_upstream(held, today), registered_upstream(held, last)
    if not lines and not upstream and not held["tiers"]:
        return
    months = months_back(last, 14)
    waiting = set() if is_booking_over(today) else unbooked_customers(held, today)  # what is not booked yet is not nil
    year, year_before, year_then = (
        revenue_of_months(lines, those) for those in (months[2:], months[1:-1], months[:-2])
    )
    billed = {each.values["revenue_customer"]: 0.0 for each in lines}
    now = {who: (year_before if who in waiting else year).get(who, 0.0) for who in billed}
    then = {who: (year_then if who in waiting else year_before).get(who, 0.0) for who in billed}
    upstream_then = upstream_then - waiting | registered_upstream(held, month_end_before(last)) & waiting
    groups = group_by_customer(lines)
    quantiles = quantile_codes(now, [option.code for option in QUANTILES])
    ever = set(held["tiers"])  # also one that was registered upstream once
    known = [*billed, *sorted((upstream | ever) - set(billed))]
    for customer in known:
        group = groups.get(customer, "")
        counted = month_end_before(last) if customer in waiting else last
        bounds, bounds_then = bounds_for(held, group), bounds_for(held, group, counted.isoformat())
        revenue, earlier = now.get(customer, 0.0), then.get(customer, 0.0)
        above = customer in upstream
        tier = DIAMOND.code if above else bounds.of(revenue) or UNTIERED.code
        old = DIAMOND.code if customer in upstream_then else bounds_then.of(earlier) or UNTIERED.code
        said: dict[str, Any] = {"customer_tier": tier, "year_revenue": revenue}
        said |= {"quantile_tier": quantiles.get(customer)}
        said |= {"tier_before": old, "revenue_before": earlier, "tier_move": _move(_RANK[tier] - _RANK[old])}
        said |= {"tier_ground": (BY_UPSTREAM if above else BY_REVENUE).code}
        near = _near(bounds, math.inf if above else revenue, held.parameter(NEAR.code))
        yield CreatedRecord(customer, said | near)


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


APPROVED = Derived(IN_FORCE, look=approved)


def differs(values: Values) -> str:
    """Tell whether the tier by revenue is another one than that in force, so that somebody has to decide."""
    return (YES if values.get("customer_tier") != values.get(IN_FORCE.code, UNTIERED.code) else NO).code


def keeper(values: Values, held: RegisterView, today: date) -> str | None:
    """Return the customer's own account manager, where it is theirs to look at his tier again."""
    waits = values.get("tier_answer") == RETURNED.code
    return keeper_of(held, values["tier_customer"], maintainer(values, held, today)) if waits else None


def local_unit(values: Values, held: RegisterView, today: date) -> str | None:
    """Return the unit on the spot: to which the account is registered."""
    return unit_of(held, values["tier_customer"])


def fallen_unbooked(held: RegisterView, today: date) -> Iterator[Seen]:
    """Tiers that fall in a month whose revenues are there of others, and not of this customer: for finance."""
    month = month_of(month_end_before(today))
    if not is_booking_over(today) or not held.holding("revenues", "revenue_month", month):
        return
    words = {tier.code: tier.words for tier in (*TIERS, UNTIERED)}
    for customer in sorted(unbooked_customers(held, today)):
        tier = held["tiers"].get(customer)
        if tier is not None and tier.get("tier_move") == DOWN.code:
            about: dict[str, str | Localized] = {"month": month}
            about |= {"old": words[str(tier.get("tier_before"))], "tier": words[str(tier.get("customer_tier"))]}
            yield Seen(customer, "customer_tier", customer, FINANCE.code, about)


def unreachable(held: RegisterView, today: date) -> Iterator[Seen]:
    """Tiers that begin no lower than the one above them, told at the first customer whom that may concern."""
    for low, at, high, above in crossed_bounds(held) if held["tiers"] else ():
        about: dict[str, str | Localized] = {"low": low.words, "high": high.words, "above": f"{above:.15g}"}
        yield Seen(min(held["tiers"]), "customer_tier", f"{at:.15g}", details=about)


def vip_since(values: Values, held: RegisterView, today: date) -> str | None:
    """Return the day since which the customer's approved tier is the one that is reported to the unit above."""
    return values.get("vip_since", today.isoformat()) if values.get(IN_FORCE.code) == VIP.code else None
