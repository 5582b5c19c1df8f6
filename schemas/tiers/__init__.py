"""分级: revenues make tiers, tiers are confirmed by whom they name, key accounts are claimed by one unit.

``manual.toml`` says what the manuals give: bounds (each inclusive), scales, claims. Ours: a year is the last twelve
full months; classes by quantiles; who approves and maintains which tier (``KEEPERS``), within 3 working days; a
customer is near a bound within 10 % of it; the unit above is the manager.
"""

from __future__ import annotations

from schemas.language import (
    Field,
    Kind,
    Localized,
    Option,
    Procedure,
    Register,
    Route,
    Stage,
    State,
    Transition,
    fields,
)
from schemas.language.model import describe
from schemas.language.work import NO, YES, CreatesRecords, Derived, Measure, Numbered, Statistic, rate, warning
from schemas.roster.roles import ACCOUNT_MANAGER, FINANCE, GENERAL_MANAGER, MANAGER, SALES_HEAD
from schemas.tiers import figures, forms

KEEPERS = {
    forms.DIAMOND.code: (GENERAL_MANAGER, MANAGER),
    forms.PLATINUM.code: (MANAGER, SALES_HEAD),
    forms.GOLD.code: (SALES_HEAD, ACCOUNT_MANAGER),
    forms.VIP.code: (SALES_HEAD, ACCOUNT_MANAGER),
    forms.UNTIERED.code: (SALES_HEAD, ACCOUNT_MANAGER),
}
"""By tier: who approves it and who maintains it."""
BOOKED = State("revenue_booked", Localized("已入账", "Booked"), final=True)
IN_FORCE = State("tier_in_force", Localized("级别有效", "In force"))
TO_CONFIRM = State("tier_to_confirm", Localized("待审批", "To decide"))
TO_EXPLAIN = State("tier_to_explain", Localized("待复核", "To look at again"))
CLAIMED = State("claimed", Localized("待审批", "To decide"))
REGISTERED = State("claim_registered", Localized("已注册", "Registered"), final=True)
REFUSED = State("claim_refused", Localized("未注册", "Refused"), final=True)
_OK, _BACK = (fields.APPROVED.code,), (fields.RETURNED.code,)
_OTHER = Localized(
    "核定级别与按收入应列级别不同；收入有误的请退回复核", "Not the tier by revenue: where a revenue is wrong, return it"
)
_TAKEN = Localized("该户已注册给别的单位，请退回", "It is registered to another unit: return this claim")


def _keeper(code: str, zh: str, en: str, which: int) -> Derived:
    options: tuple[Option, ...] = tuple(dict.fromkeys(pair[which] for pair in KEEPERS.values()))
    shown = Field(code, Localized(zh, en), Kind.CHOICE, options=options)
    return Derived(shown, lambda values: KEEPERS[values["customer_tier"]][which].code)


def _routes(which: int) -> tuple[Route, ...]:
    return tuple(Route(pair[which].code, (("customer_tier", (tier,)),)) for tier, pair in KEEPERS.items())


# fmt: off
REVENUES = Register(
    "revenues", Localized("客户收入", "Revenues"), forms=(describe(forms.Revenue),), states=(BOOKED,),
    stages=(Stage("book_revenue", Localized("收入登记", "Book"), FINANCE.code, "revenue", transitions=(Transition(BOOKED.code),)),),
    numbered=Numbered("{revenue_customer}-{revenue_month}"),
)
CUSTOMER_TIERS = Register(
    "tiers", Localized("客户分级", "Tiers"), kept=True, forms=tuple(map(describe, (forms.Tier, forms.TierConfirmation, forms.Explanation))),
    states=(IN_FORCE, TO_CONFIRM, TO_EXPLAIN), manager=MANAGER.code, looks_at=("revenues",), opens=(CreatesRecords(figures.tiers, follows=True),),
    stages=(
        Stage("follow_revenue", Localized("随收入定级", "By revenue"), MANAGER.code, state=IN_FORCE.code,
              transitions=(Transition(TO_CONFIRM.code, known=(("tier_differs", (YES.code,)),)),)),
        Stage("confirm_tier", Localized("级别审批", "Decide"), SALES_HEAD.code, "tier_confirmation", TO_CONFIRM.code, days=3, routes=_routes(0), strict=True,
              task=Localized("按近 12 个月收入核定级别，收入有误的退回", "Confirm the tier by twelve months' revenue; return it where that is wrong"),
              transitions=(Transition(IN_FORCE.code, known=(("tier_differs", (NO.code,)),), by_itself=True),
                     *(Transition(IN_FORCE.code, when=(("tier_answer", _OK), ("confirmed_tier", (tier,))), known=(("customer_tier", (tier,)),)) for tier in KEEPERS),
                     Transition("", when=(("tier_answer", _OK),), why=_OTHER), Transition(TO_EXPLAIN.code, when=(("tier_answer", _BACK),), back=True))),
        Stage("explain_tier", Localized("级别复核", "Look again"), ACCOUNT_MANAGER.code, "tier_explanation", TO_EXPLAIN.code, days=3, routes=_routes(1),
              task=Localized("核对收入，更正后写明情况", "Compare the revenues, correct them, say what was found"), transitions=(Transition(TO_CONFIRM.code),)),
    ),
    derived=(Derived(Field("tier_differs", Localized("级别待定", "To be decided"), Kind.CHOICE, options=(YES, NO)), figures.differs),
             _keeper("tier_approver", "审批岗位", "Approved by", 0), _keeper("tier_maintainer", "维护岗位", "Maintained by", 1)),
    statistics=(
        Statistic("customers_by_tier", Localized("客户级别", "Tiers"), Localized("级别", "Tier"),
                  (Measure(Localized("户数", "Customers")), Measure(Localized("年收入", "Revenue"), Kind.NUMBER), rate("收入占比", "Share")),
                  figures.by_tier),
        Statistic("tier_moves", Localized("级别升降", "Moves"), Localized("客户", "Customer"),
                  (Measure(Localized("上月时年收入", "Revenue a month ago"), Kind.NUMBER), Measure(Localized("年收入", "Revenue"), Kind.NUMBER)), figures.tier_moves, on_page=False),
        Statistic("tiers_nearly_reached", Localized("将达上一级", "Nearly reached"), Localized("客户", "Customer"),
                  (Measure(Localized("年收入", "Revenue"), Kind.NUMBER), Measure(Localized("尚差", "Missing"), Kind.NUMBER)), figures.nearly, on_page=False),
    ),
)
CLAIMS = Register(
    "key_claims", Localized("重点客户申报", "Claims"), forms=tuple(map(describe, (forms.Claim, forms.ClaimDecision))),
    states=(CLAIMED, REGISTERED, REFUSED), manager=MANAGER.code, numbered=Numbered("{claim_customer}-{claim_unit}"), count_by=("claim_unit",),
    stages=(
        Stage("claim_account", Localized("重点客户申报", "Claim"), SALES_HEAD.code, "key_account_claim", transitions=(Transition(CLAIMED.code),)),
        Stage("register_claim", Localized("申报审批", "Decide"), MANAGER.code, "key_account_decision", CLAIMED.code, days=3, strict=True, not_by=("claim_by",), superior=GENERAL_MANAGER.code,
              task=Localized("一户只注册给一个单位", "One account, one unit"),
              transitions=(Transition("", when=(("claim_answer", _OK),), known=(("claim_taken", (YES.code,)),), why=_TAKEN),
                           *fields.decided("claim_answer", REGISTERED, REFUSED))),
    ),
    derived=(Derived(Field("claim_taken", Localized("是否已注册给别的单位", "Registered to another"), Kind.CHOICE, options=(YES, NO)), look=figures.taken),),
    watches=(
        warning("tiers.two_claims", Localized("“{value}”由 {units} 同时申报", "“{value}” is claimed by {units}"),
                Localized("由上级单位裁定归属，其余申报退回", "Decide to whom it belongs, and return the other claims"),
                figures.two_claims),
    ),
)
PROCEDURE = Procedure(
    "tiers", Localized("客户级别管理", "Tiers"),
    about=Localized("按近 12 个月收入定级，升降有据，按级别审批和维护；重点客户申报注册",
                "Twelve months' revenue makes tiers, each approved and maintained by whom it names; key accounts are claimed"),
    roles=(FINANCE, GENERAL_MANAGER, MANAGER, SALES_HEAD, ACCOUNT_MANAGER), parameters=figures.PARAMETERS, registers=(REVENUES, CUSTOMER_TIERS, CLAIMS),
)
