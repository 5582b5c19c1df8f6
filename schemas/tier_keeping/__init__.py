"""客户维护: which unit keeps a customer; from when on, and who watches over it: the units read of it, as does the one before. Part of
``tiers``, whose ``manual.toml`` says where that is from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from schemas.language import Field, Kind, Localized, Values
from schemas.language.telling import TOLD_FOR
from schemas.language.work import Derived, RecordView, RegisterView, Seen, warning
from schemas.tier_letters import authorised
from schemas.tier_settings import DIAMOND, IN_FORCE, MAINTAINERS, TIERS, UNTIERED, VIP, unit_tier
from schemas.tier_settings.keepers import keeper_of
from schemas.tier_settings.units import UNITS

_SINCE, _BEFORE, _UNIT = "tier_kept_since", "tier_kept_before", "tier_maintainer"
_KEPT, _WATCHED, _LEFT = Localized("新由您维护", "yours to keep"), Localized("新由您统筹监控", "yours to watch over"), Localized("改由别的单位维护", "kept by another unit")  # fmt: skip
_TIER_SINCE, _TIER_BEFORE = "tier_in_force_since", "tier_in_force_before"
_NAMED = 5


def maintainer(values: Values, held: RegisterView, today: date) -> str:
    """Return the unit that keeps the customer, by the tier that is approved: of diamonds the one that a letter authorises goes
    before.
    """
    letter = authorised(held, values["tier_customer"], today) if values.get(IN_FORCE.code) == DIAMOND.code else ""
    return letter or held.chosen(MAINTAINERS[unit_tier(values.get(IN_FORCE.code))].code)


def _has_moved(values: Values, held: RegisterView, today: date) -> bool:
    """Whether a customer whose tier is approved has another unit than it had."""
    return values.get(_UNIT) not in (None, maintainer(values, held, today))


def _since(values: Values, held: RegisterView, today: date) -> str | None:
    if values.get(IN_FORCE.code, UNTIERED.code) == UNTIERED.code:
        return None
    kept = values.get(_SINCE)
    return today.isoformat() if kept is None or _has_moved(values, held, today) else str(kept)


def _before(values: Values, held: RegisterView, today: date) -> str | None:
    moved = values.get(_SINCE) is not None and _has_moved(values, held, today)
    before = values.get(_UNIT) if moved else values.get(_BEFORE)
    return str(before) if before else None


def approved(values: Values, held: RegisterView, today: date) -> str | None:
    """The tier approved last: what is sent back to be looked at again leaves it as it was."""
    return values.get("confirmed_tier") or values.get(IN_FORCE.code)


def _tier_since(values: Values, held: RegisterView, today: date) -> str | None:
    is_new = approved(values, held, today) != values.get(IN_FORCE.code)
    return today.isoformat() if is_new else values.get(_TIER_SINCE)


def _tier_before(values: Values, held: RegisterView, today: date) -> str | None:
    was = values.get(IN_FORCE.code)
    return was if approved(values, held, today) != was else values.get(_TIER_BEFORE)


TIER_SINCE = (
    Derived(
        Field(_TIER_BEFORE, Localized("此前有效级别", "Tier in force before"), Kind.CHOICE, options=TIERS),
        look=_tier_before,
    ),
    Derived(Field(_TIER_SINCE, Localized("有效级别起始日", "Tier in force since"), Kind.DATE), look=_tier_since),
)
"""Kept before the tier in force itself: what that was is still known."""


def tiers_in(tier: RecordView, month: str) -> set[str]:
    """Return the tiers, as far as they are known, that were in force in a *month*: two where it was changed in it, "" for none."""
    since, now, before = (
        str(tier.get(_TIER_SINCE) or ""),
        str(tier.get(IN_FORCE.code) or ""),
        str(tier.get(_TIER_BEFORE) or ""),
    )
    if since <= f"{month}-01":
        return {now}
    return {before, now} if since.startswith(month) else {before}


SINCE = (
    Derived(
        Field(_BEFORE, Localized("此前维护岗位", "Maintained before by"), Kind.CHOICE, options=UNITS), look=_before
    ),
    Derived(Field(_SINCE, Localized("现岗位维护起始日", "Maintained since"), Kind.DATE), look=_since),
)


def _kept_now(held: RegisterView, today: date) -> Iterator[Seen]:
    """The customers that a unit keeps, watches over, or keeps no more since this week: a line for each unit, or account manager. Whose
    tier is reported to the unit above has a row for it.
    """
    tiers, units = (
        {tier.code: tier.words.zh for tier in TIERS},
        defaultdict[tuple[str, str, Localized], list[str]](list),
    )
    for key, each in held["tiers"].items():
        since, unit = each.get(_SINCE), str(each.get(_UNIT) or "")
        if not since or each.get(IN_FORCE.code) == VIP.code or today - date.fromisoformat(str(since)) > TOLD_FOR:
            continue
        customer = str(each.get("tier_customer"))
        keeper = keeper_of(held, customer, unit) or ""
        units["" if keeper else unit, keeper, _KEPT].append(key)
        if before := each.get(_BEFORE):
            units[str(before), keeper_of(held, customer, str(before)) or "", _LEFT].append(key)
        if watcher := each.get("tier_monitor"):
            units[str(watcher), "", _WATCHED].append(key)
    for (role, person, what), keys in units.items():
        keys.sort()
        names = "、".join(
            f"{held['tiers'][key].get('tier_customer')}（{tiers[str(held['tiers'][key].get(IN_FORCE.code))]}）"
            for key in keys[:_NAMED]
        )
        about: dict[str, str | Localized] = {
            "names": names + (" …" if len(keys) > _NAMED else ""),
            "count": str(len(keys)),
            "what": what,
        }
        yield Seen(keys[0], "tier_customer", str(held["tiers"][keys[0]].get("tier_customer")), role, about, person)


KEPT_NOW = warning(
    "tiers.kept_now",
    Localized("{what}的客户 {count} 户：{names}", "{count} customers are {what}: {names}"),
    Localized("见总表“客户分级”，和原维护单位办好交接", "See the master, and see to the handing over"),
    _kept_now,
    asks=False,
)
