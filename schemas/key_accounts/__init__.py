"""重点客户: letters of authorisation, claims of units, and what is reported to the unit above.

Registers that the procedure of tiers is made of; its ``manual.toml`` says where they are from. Ours: three days for a
decision, five for a notice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from schemas.key_accounts import forms
from schemas.language import (
    Against,
    Comparison,
    Field,
    Kind,
    Localized,
    Register,
    Sealed,
    Stage,
    State,
    Transition,
    Values,
    fields,
)
from schemas.language.closing import closed_before, closed_since
from schemas.language.model import describe
from schemas.language.work import (
    NO,
    YES,
    CreatedRecord,
    CreatesRecords,
    Derived,
    Numbered,
    RecordView,
    RegisterView,
    Seen,
    warning,
)
from schemas.roster.roles import ACCOUNT_MANAGER, GENERAL_MANAGER, MANAGER, SALES_HEAD
from schemas.tier_settings import DIAMOND, MAINTAINERS, VIP
from schemas.tier_settings.keepers import AREAS, CLOSED_CUSTOMERS, CUSTOMERS, keeper_of
from schemas.tier_settings.units import UNITS
from schemas.upstream_accounts import LISTED, valid_on

CLAIMED = State("claimed", Localized("待审批", "To decide"))
PASSED = State("claim_passed", Localized("待注册", "To register"))
REGISTERED = State("claim_registered", Localized("已注册", "Registered"), final=True)
REFUSED = State("claim_refused", Localized("未注册", "Refused"), final=True)
TO_REPORT = State("notice_to_report", Localized("待报备", "To report"))
TO_TAKE = State("notice_to_take", Localized("待备案", "To take"))
TAKEN = State("notice_taken", Localized("已备案", "Taken"), final=True)
NOT_NEEDED = State("notice_not_needed", Localized("无须报备", "Not needed"), final=True)
_OK = (fields.APPROVED.code,)
_NEEDLESS = Transition(NOT_NEEDED.code, known=(("notice_moot", (YES.code,)),), by_itself=True)
_ALREADY = Localized("该户已注册给别的单位，请退回", "It is registered to another unit: return this claim")
_SAID_TWO = Localized("“{value}”由 {units} 同时申报", "“{value}” is claimed by {units}")
_FIX_TWO = Localized("由上级单位裁定归属，其余申报退回", "Decide to whom it belongs, and return the other claims")
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


def unit_of(held: RegisterView, customer: str) -> str | None:
    """Return the unit to which the account is registered."""
    those = held.holding("key_claims", "claim_customer", customer)
    return next((each.values["claim_unit"] for each in those if each.state == REGISTERED.code), None)


def _taken(values: Values, held: RegisterView, today: date) -> str:
    """Whether the account of a claim is registered to another unit, or was passed to it before."""
    own = held["key_claims"].get(values["claim_no"])
    waits = own is not None and own.state == PASSED.code
    for each in held.holding("key_claims", "claim_customer", values["claim_customer"]):
        first = each.state == PASSED.code and (not waits or each.key < values["claim_no"])
        if each.key != values["claim_no"] and (each.state == REGISTERED.code or first):
            return YES.code
    return NO.code


def _two_claims(held: RegisterView, today: date) -> Iterator[Seen]:
    """Claims of several units on one account, for the unit above."""
    units: dict[str, list[RecordView]] = defaultdict(list)
    for each in held["key_claims"].values():
        if each.state != REFUSED.code:
            units[each.values["claim_customer"]].append(each)
    for customer, claims in units.items():
        if len(claims) > 1:
            names = "、".join(sorted(each.values["claim_unit"] for each in claims))
            yield Seen(claims[-1].key, "claim_customer", customer, details={"units": names})


def _notices(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    """Whoever is in a tier that is reported to the unit above (``vip_since``)."""
    for customer, each in held["tiers"].items():
        if each.get("vip_since"):
            values = {"notice_customer": customer, "notice_since": each.values["vip_since"]}
            yield CreatedRecord(f"{customer}-{each.values['vip_since']}", values)


def _reporter(values: Values, held: RegisterView, today: date) -> str | None:
    """Whoever keeps the customer reports his tier: his own account manager, where the unit is theirs."""
    return keeper_of(held, values["notice_customer"], held.chosen(MAINTAINERS[VIP.code].code))


def _moot(values: Values, held: RegisterView, today: date) -> str:
    """Whether nobody is to be told any more: the customer is in that tier no longer, or is closed for good."""
    customer = values["notice_customer"]
    there = held["tiers"].get(customer)
    holds = there is not None and there.get("vip_since") == values["notice_since"]
    return (NO if holds and closed_since(held, CLOSED_CUSTOMERS, customer) is None else YES).code


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
CLAIMS = Register(
    "key_claims",
    Localized("重点客户申报", "Claims"),
    forms=tuple(map(describe, (forms.Claim, forms.ClaimDecision))),
    states=(CLAIMED, PASSED, REGISTERED, REFUSED),
    manager=MANAGER.code,
    numbered=Numbered("{claim_customer}-{claim_unit}"),
    sealed=Sealed(
        "key_claims",
        "{claim_no}",
        (PASSED.code, REGISTERED.code),
        ("claim_customer", "claim_unit", "claim_ground"),
        CLAIMED.code,
    ),
    count_by=("claim_unit",),
    stages=(
        Stage(
            "claim_account",
            Localized("重点客户申报", "Claim"),
            SALES_HEAD.code,
            "key_account_claim",
            expects_role=True,
            transitions=(Transition(CLAIMED.code),),
        ),
        Stage(
            "register_claim",
            Localized("申报审批", "Decide"),
            MANAGER.code,
            "key_account_decision",
            CLAIMED.code,
            days=3,
            strict=True,
            not_by=("claim_by",),
            superior=GENERAL_MANAGER.code,
            task=Localized("一户只注册给一个单位", "One account, one unit"),
            transitions=(
                Transition("", when=(("claim_answer", _OK),), known=(("claim_taken", (YES.code,)),), why=_ALREADY),
                *fields.decided("claim_answer", PASSED, REFUSED),
            ),
        ),
        Stage(
            "enter_claim",
            Localized("注册", "Register"),
            MANAGER.code,
            state=PASSED.code,
            transitions=(
                Transition(REGISTERED.code, known=(("claim_taken", (NO.code,)),)),
                Transition(
                    CLAIMED.code, known=(("claim_taken", (YES.code,)),), back=True, why=_ALREADY
                ),  # two in one go
            ),
        ),
    ),
    derived=(
        Derived(
            Field(
                "claim_taken",
                Localized("是否已注册给别的单位", "Registered to another"),
                Kind.CHOICE,
                options=(YES, NO),
            ),
            look=_taken,
        ),
    ),
    looks_at=(CUSTOMERS,),
    watches=(
        warning("tiers.two_claims", _SAID_TWO, _FIX_TWO, _two_claims),
        closed_before(
            "tiers.closed_claim",
            "key_claims",
            "claim_customer",
            "claim_on",
            CLOSED_CUSTOMERS,
            "claim_by",
            (MANAGER.code,),
            over=(REFUSED.code,),
        ),
    ),
)
# fmt: off
NOTICES = Register(
    "tier_notices",
    Localized("级别报备", "Notices"),
    kept=True,
    looks_at=("tiers", CUSTOMERS, AREAS),
    manager=MANAGER.code,
    forms=tuple(map(describe, (forms.TierNotice, forms.NoticeGiven, forms.NoticeTaken))),
    states=(TO_REPORT, TO_TAKE, TAKEN, NOT_NEEDED),
    opens=(CreatesRecords(_notices),),
    sealed=Sealed("tier_notices", "{notice_no}", (TAKEN.code,), ("notice_text",), TO_TAKE.code),
    stages=(
        Stage(
            "report_tier", Localized("VIP报备", "Report"), ACCOUNT_MANAGER.code, "tier_notice_given", TO_REPORT.code,
            against=(Against("notice_on", Comparison.NOT_BEFORE, "notice_since"),),
            days=5, spread=True, role_set_by="tier_vip_maintainer", whom="notice_keeper",
            task=Localized("把新列入的 VIP 客户报上一级", "Report these customers to the unit above"),
            transitions=(_NEEDLESS, Transition(TO_TAKE.code)),
        ),
        Stage(
            "take_notice",
            Localized("VIP备案", "Take"),
            SALES_HEAD.code,
            "tier_notice_taken",
            TO_TAKE.code,
            days=3,
            spread=True,
            strict=True,
            not_by=("notice_by",), superior=MANAGER.code, role_set_by="tier_vip_notice",
            task=Localized("核对报备，备案或退回", "Take these notices, or return them"),
            transitions=(_NEEDLESS, *fields.decided("notice_answer", TAKEN, TO_REPORT)),
        ),
    ),
    derived=(
        Derived(Field("notice_moot", Localized("是否已无须报备", "No longer needed"), Kind.CHOICE, options=(YES, NO)), look=_moot),
        Derived(Field("notice_keeper", Localized("客户维护人工号", "Kept by")), look=_reporter),
    ),
)
