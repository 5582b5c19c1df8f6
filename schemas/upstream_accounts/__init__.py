"""上游大客户: accounts that the company above has registered as its own, which makes diamonds of them; part of ``tiers``.

Its ``manual.toml`` says who registers. Ours: who keeps diamonds is told two weeks before a registration ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from schemas.language import Localized, Register, Stage, State, Transition
from schemas.language.model import describe
from schemas.language.work import Numbered, RecordView, RegisterView, Seen, warning
from schemas.roster.roles import MANAGER
from schemas.tier_settings import APPROVERS, DIAMOND, MAINTAINERS
from schemas.upstream_accounts import forms

LISTED = State("account_listed", Localized("已登记", "Listed"), final=True)
_ABOVE = ("省", "自治区", "集团", "总")
"""What a unit above the office's own is called by: a province's company, or the company of all."""
_TOLD_BEFORE, _TOLD_AFTER = timedelta(days=14), timedelta(days=7)


def valid_on(those: Iterator[RecordView], start: str, end: str, on: date) -> Iterator[RecordView]:
    """Yield those records that hold on the day *on*, by their fields *start* and *end* (a blank is open)."""
    day = on.isoformat()
    return (each for each in those if each.values[start] <= day <= each.get(end, day))


def _is_above(registration: RecordView) -> bool:
    """Whether a unit above the office's own has made the *registration*, by what it is called."""
    return any(sign in str(registration.get("upstream_unit")) for sign in _ABOVE)


def registered_upstream(held: RegisterView, on: date) -> set[str]:
    """Return the customers that the company above has registered as its own on the day *on*: what another unit has registered is
    told, and makes no diamond of anybody.
    """
    every = filter(_is_above, held["upstream_accounts"].values())
    return {each.values["upstream_customer"] for each in valid_on(every, "upstream_on", "upstream_until", on)}


def _of_another_unit(held: RegisterView, today: date) -> Iterator[Seen]:
    """Registrations by a unit that is none of those above: told to who listed it and to who approves diamonds."""
    role = held.chosen(APPROVERS[DIAMOND.code].code)
    for key, each in held["upstream_accounts"].items():
        if not _is_above(each):
            unit = str(each.get("upstream_unit"))
            about = {"customer": str(each.get("upstream_customer"))}
            yield from (
                Seen(key, "upstream_unit", unit, whose, about, person)
                for whose, person in (("", str(each.get("upstream_by"))), (role, ""))
            )


def _ending(held: RegisterView, today: date) -> Iterator[Seen]:
    """Registrations that end soon, or have ended just now, and are not followed by another: told to who keeps diamonds."""
    role = held.chosen(MAINTAINERS[DIAMOND.code].code)
    for key, each in held["upstream_accounts"].items():
        ends, customer = each.get("upstream_until"), str(each.get("upstream_customer"))
        if not ends or not -_TOLD_AFTER <= date.fromisoformat(ends) - today <= _TOLD_BEFORE:
            continue
        if customer not in registered_upstream(held, date.fromisoformat(ends) + timedelta(days=1)):
            yield Seen(key, "upstream_until", ends, role, {"customer": customer})


# fmt: off
UPSTREAM = Register(
    "upstream_accounts", Localized("上游大客户", "Accounts registered upstream"), forms=(describe(forms.UpstreamAccount),), states=(LISTED,),
    numbered=Numbered("{upstream_customer}-{upstream_on}"),
    stages=(
        Stage(
            "list_upstream", Localized("上游注册登记", "List"), MANAGER.code, "upstream_account", strict=True,  # it makes a diamond of the customer
            transitions=(Transition(LISTED.code),)),
    ),
    watches=(
        warning(
            "tiers.upstream_unit", Localized("“{customer}”由“{value}”注册为上游大客户：上游是省公司或省函件集邮局", "“{customer}” was registered by “{value}”: upstream is the company of the province"),
            Localized("现按年收入定级；注册单位写错的，改正后再交", "His tier is by revenue; correct the unit where it is wrong"), _of_another_unit),
        warning(
            "tiers.upstream_ends", Localized("“{customer}”的上游注册到 {value} 为止，此后按年收入定级", "The registration of “{customer}” upstream ends on {value}; then his tier is by revenue"),
            Localized("续注册的另行登记；不续的知悉即可", "List a new one where it goes on"), _ending, asks=False),
    ),
)
