"""What an office may set about tiers: where each begins, and which units approve, keep and watch over it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from schemas.language import Field, Kind, Localized, Option, Values
from schemas.language.work import Parameter, RegisterView, Thresholds
from schemas.roster.roles import ACCOUNT_MANAGER, GENERAL_MANAGER, MANAGER, SALES_HEAD
from schemas.tier_settings.units import UNITS

DIAMOND = Option("diamond", Localized("钻石", "Diamond"))
PLATINUM = Option("platinum", Localized("白金", "Platinum"))
GOLD = Option("gold", Localized("黄金", "Gold"))
VIP = Option("vip", Localized("VIP", "VIP"))
UNTIERED = Option("untiered", Localized("未列级", "No tier"), ("无级别",))
TIERS = (DIAMOND, PLATINUM, GOLD, VIP, UNTIERED)
IN_FORCE = Field("tier_in_force", Localized("有效级别", "Tier in force"), Kind.CHOICE, options=TIERS)
"""The tier that was approved last."""
GROUPS = tuple(
    Option(f"group_{number}", Localized(f"{zh}组", f"Group {number}"), (f"第{zh}组",))
    for number, zh in enumerate("一二三", 1)
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


def bounds_for(held: RegisterView, group: str, on: str = "") -> Thresholds:
    """Return the thresholds in force, today or *on* a day, for a customer of *group* (the first where none is named)."""
    bounds = [(held.parameter(parameter.code, on), tier.code) for tier, parameter in BOUNDS.items()]
    scale = next((held.parameter(each.code, on) for each in SCALES if each.code == f"tier_{group}_scale"), 1)
    return Thresholds((*bounds, (held.parameter(VIP_FROM.code, on) * scale, VIP.code)))


def crossed_bounds(held: RegisterView) -> list[tuple[Parameter, float, Parameter, float]]:
    """Return the tiers that nobody can reach, as they begin no lower than the one above: both parameters with their values."""
    every = [(each, held.parameter(each.code)) for each in (*BOUNDS.values(), VIP_FROM)]
    return [(low, at, high, above) for (high, above), (low, at) in pairwise(every) if at >= above]


def unit_tier(tier: object) -> str:
    """Return the tier whose units have to do with a customer of *tier*: who has none is the lowest's."""
    return str(tier) if tier in APPROVERS else VIP.code


def approver(values: Values, held: RegisterView, today: date) -> str:
    """Return the unit that approves the tier, or that in force where it is the higher one: whoever gives a tier takes it away."""
    codes = [tier.code for tier in TIERS]
    either = [str(values[code]) for code in ("customer_tier", IN_FORCE.code) if values.get(code) in codes]
    highest = min(either, key=codes.index, default=UNTIERED.code)
    return held.chosen(APPROVERS[unit_tier(highest)].code)


def monitor(values: Values, held: RegisterView, today: date) -> str | None:
    """Return the unit that watches over those who keep platinum customers, once they are approved."""
    return held.chosen(MONITOR.code) if values.get(IN_FORCE.code) == PLATINUM.code else None
