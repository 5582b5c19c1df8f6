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
from schemas.language.work import NO, YES, CreatedRecord, Derived, RegisterView, Seen, Thresholds, months_back, quantile_codes  # fmt: skip
from schemas.revenues import group_by_customer, last_counted, revenue_of_months
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
    last = last_counted(held, today)
    upstream, upstream_then = registered_upstream(held, today), registered_upstream(held, last)
    if not lines and not upstream and not held["tiers"]:
        return
    before, *window = months_back(last, 13)
    billed = {each.values["revenue_customer"]: 0.0 for each in lines}
    now, then = billed | revenue_of_months(lines, window), billed | revenue_of_months(lines, [before, *window[:-1]])
    groups = group_by_customer(lines)
    quantiles = quantile_codes(now, [option.code for option in QUANTILES])
    ever = set(held["tiers"])  # also one that was registered upstream once
    known = [*billed, *sorted((upstream | ever) - set(billed))]
    for customer in known:
        group = groups.get(customer, "")
        bounds, bounds_then = bounds_for(held, group), bounds_for(held, group, last.isoformat())
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


def unreachable(held: RegisterView, today: date) -> Iterator[Seen]:
    """Tiers that begin no lower than the one above them, told at the first customer whom that may concern."""
    for low, at, high, above in crossed_bounds(held) if held["tiers"] else ():
        about: dict[str, str | Localized] = {"low": low.words, "high": high.words, "above": f"{above:.15g}"}
        yield Seen(min(held["tiers"]), "customer_tier", f"{at:.15g}", details=about)


def vip_since(values: Values, held: RegisterView, today: date) -> str | None:
    """Return the day since which the customer's approved tier is the one that is reported to the unit above."""
    return values.get("vip_since", today.isoformat()) if values.get(IN_FORCE.code) == VIP.code else None
