"""授权委托书: letters that authorise a unit to keep a diamond; part of ``tiers``, whose ``manual.toml`` says where they are from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from schemas.language import Localized, Register, Stage, Transition
from schemas.language.model import describe
from schemas.language.work import RecordView, RegisterView, Seen, warning
from schemas.roster.roles import MANAGER
from schemas.tier_letters import forms
from schemas.tier_settings import DIAMOND, MAINTAINERS
from schemas.tier_settings.units import UNITS
from schemas.upstream_accounts import LISTED, valid_on

_SAID_ENDS = Localized(
    "“{customer}”授权{unit}维护到 {value} 为止，此后由{next}维护",
    "The letter by which “{customer}” is kept by {unit} ends on {value}; then {next} keeps it",
)
_FIX_ENDS = Localized(
    "续授权的另行登记；不续的两边办好交接", "List a new letter where it goes on, else hand the customer over"
)
_SAID_IDLE = Localized(
    "“{value}”不是钻石客户，授权委托书不起作用", "“{value}” is no diamond: the letter changes nothing"
)
_FIX_IDLE = Localized("核对客户名称；确要预先登记的选“知道了”", "Check the name; note it where it is listed ahead")
_SAID_TWO_LETTERS = Localized(
    "“{customer}”已由授权委托书 {other} 授权{first}维护，又授权{then}：从 {day} 起按后一份",
    "“{customer}” is authorised to {first} by the letter {other}, and to {then} as well: from {day} the later letter goes",
)
_FIX_TWO_LETTERS = Localized(
    "收回的前一份补写截止日期；后一份登记错的改正",
    "Give the earlier its last day where it is taken back; else correct the later",
)
_TOLD_BEFORE, _TOLD_AFTER = timedelta(days=14), timedelta(days=7)


def authorised(held: RegisterView, customer: str, on: date) -> str:
    """Return the unit that a letter authorises to keep *customer*, the newest one; "" when none does."""
    those = iter(held.holding("tier_authorisations", "authorised_customer", customer))
    valid = list(valid_on(those, "authorised_from", "authorised_to", on))
    newest = max(valid, key=lambda each: (each.values["authorised_from"], each.key), default=None)
    return str(newest.values["authorised_unit"]) if newest else ""


def _letters_ending(held: RegisterView, today: date) -> Iterator[Seen]:
    """Letters that end soon, or have ended just now, where another unit keeps the customer afterwards: both are told."""
    words = {unit.code: unit.words for unit in UNITS}
    for key, each in held["tier_authorisations"].items():
        customer, unit, ends = (
            each.values["authorised_customer"],
            each.values["authorised_unit"],
            each.get("authorised_to"),
        )
        last = date.fromisoformat(ends) if ends else date.max
        tiers = held.holding("tiers", "tier_customer", customer)
        if (
            not tiers
            or tiers[0].get("customer_tier") != DIAMOND.code
            or not -_TOLD_AFTER <= last - today <= _TOLD_BEFORE
        ):
            continue
        after = authorised(held, customer, last + timedelta(days=1)) or held.chosen(MAINTAINERS[DIAMOND.code].code)
        if after != unit:
            about: dict[str, str | Localized] = {"customer": customer, "unit": words[unit], "next": words[after]}
            yield from (Seen(key, "authorised_to", ends, role, about) for role in (unit, after))


def _idle_letters(held: RegisterView, today: date) -> Iterator[Seen]:
    """Letters in force for somebody who is no diamond: others keep their units whatever a letter says."""
    letters = iter(held["tier_authorisations"].values()) if held["tiers"] else iter(())
    for each in valid_on(letters, "authorised_from", "authorised_to", today):
        customer = str(each.values["authorised_customer"])
        tiers = held.holding("tiers", "tier_customer", customer)
        if not tiers or tiers[0].get("customer_tier") != DIAMOND.code:
            yield Seen(each.key, "authorised_customer", customer, MANAGER.code, person=str(each.get("authorised_by")))


def _two_letters(held: RegisterView, today: date) -> Iterator[Seen]:
    """Letters for one customer that hold at one time and authorise different units, told to who listed the later and to the
    manager: the newest goes.
    """
    letters: dict[str, list[RecordView]] = defaultdict(list)
    for each in held["tier_authorisations"].values():
        if each.get("authorised_to", today.isoformat()) >= today.isoformat():
            letters[each.values["authorised_customer"]].append(each)
    for customer, those in letters.items():
        those.sort(key=lambda each: (each.values["authorised_from"], each.key))
        for earlier, later in pairwise(those):
            starts, units = (
                later.values["authorised_from"],
                (earlier.values["authorised_unit"], later.values["authorised_unit"]),
            )
            if units[0] == units[1] or earlier.get("authorised_to", starts) < starts:
                continue
            words = {unit.code: unit.words for unit in UNITS}
            about: dict[str, str | Localized] = {"customer": customer, "other": earlier.key, "day": starts}
            about |= {"first": words[units[0]], "then": words[units[1]]}
            for person in ("", str(later.get("authorised_by"))):
                yield Seen(
                    later.key, "authorised_unit", words[units[1]].zh, "" if person else MANAGER.code, about, person
                )


AUTHORISATIONS = Register(
    "tier_authorisations",
    Localized("授权委托书", "Letters of authorisation"),
    forms=(describe(forms.Authorisation),),
    states=(LISTED,),
    stages=(
        Stage(
            "list_letter",
            Localized("授权登记", "List"),
            MANAGER.code,
            "tier_authorisation",
            strict=True,
            transitions=(Transition(LISTED.code),),
        ),
    ),
    looks_at=("tiers",),
    watches=(
        warning("tiers.letter_ends", _SAID_ENDS, _FIX_ENDS, _letters_ending),
        warning("tiers.letter_idle", _SAID_IDLE, _FIX_IDLE, _idle_letters),
        warning("tiers.two_letters", _SAID_TWO_LETTERS, _FIX_TWO_LETTERS, _two_letters),
    ),
)
