"""重点客户: claims of units, and what is reported to the unit above.

Registers that the procedure of tiers is made of; its ``manual.toml`` says where they are from. Ours: three days for a
decision, five for a notice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

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
from schemas.tier_settings import MAINTAINERS, VIP
from schemas.tier_settings.keepers import AREAS, CLOSED_CUSTOMERS, CUSTOMERS, keeper_of

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
            days=5, spread=True, anew=True, role_set_by="tier_vip_maintainer", whom="notice_keeper",
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
