"""分级: revenues, or a registration upstream, make tiers; tiers are confirmed and kept by whom they name.

``manual.toml`` says what the manuals give: bounds (each inclusive), scales, the units of each tier, claims, notices. Ours:
a year is the last twelve full months; classes by quantiles; which role of one office stands for which unit (each may be
set, ``schemas/tier_settings``); a tier is decided on within 3 working days; a customer is near a
bound within 10 % of it; the unit above is the manager.
"""

from __future__ import annotations

from schemas.key_accounts import CLAIMS, NOTICES
from schemas.tier_keeping import KEPT_NOW, SINCE, TIER_SINCE, maintainer
from schemas.tier_letters import AUTHORISATIONS
from schemas.language import (
    Field,
    Kind,
    Localized,
    Procedure,
    Register,
    Route,
    Stage,
    State,
    Transition,
    fields,
    watching,
)
from schemas.language.model import describe
from schemas.language.work import NO, YES, CreatesRecords, Derived, warning
from schemas.revenues import REVENUES
from schemas.roster.roles import ACCOUNT_MANAGER, FINANCE, MANAGER, SALES_HEAD
from schemas.tier_settings import PARAMETERS, TIERS, approver, monitor
from schemas.tier_settings.keepers import AREAS, CUSTOMERS
from schemas.tier_settings.units import UNITS
from schemas.tier_statistics import STATISTICS
from schemas.tiers import figures, forms
from schemas.upstream_accounts import UPSTREAM

IN_FORCE = State("tier_in_force", Localized("级别有效", "In force"))
TO_CONFIRM = State("tier_to_confirm", Localized("待审批", "To decide"))
TO_EXPLAIN = State("tier_to_explain", Localized("待复核", "To look at again"))
_OK, _BACK = (fields.APPROVED.code,), (fields.RETURNED.code,)
_OTHER = Localized(
    "核定级别与按收入应列级别不同；收入有误的请退回复核", "Not the tier by revenue: where a revenue is wrong, return it"
)


def _routes(code: str) -> tuple[Route, ...]:
    return tuple(Route(unit.code, ((code, (unit.code,)),)) for unit in UNITS)


def _confirmed(tier: str) -> Transition:
    when = (("tier_answer", _OK), ("confirmed_tier", (tier,)))
    return Transition(IN_FORCE.code, when=when, known=(("customer_tier", (tier,)),))


def _unit(code: str, zh: str, en: str) -> Field:
    return Field(code, Localized(zh, en), Kind.CHOICE, options=UNITS)


# fmt: off
CUSTOMER_TIERS = Register(
    "tiers",
    Localized("客户分级", "Tiers"),
    kept=True,
    forms=tuple(map(describe, (forms.Tier, forms.TierConfirmation, forms.Explanation))),
    states=(IN_FORCE, TO_CONFIRM, TO_EXPLAIN),
    manager=MANAGER.code,
    looks_at=("revenues", UPSTREAM.code, AUTHORISATIONS.code, CLAIMS.code, CUSTOMERS, AREAS),
    opens=(CreatesRecords(figures.tiers, follows=True),),
    watches=(
        warning(
            "tiers.bounds_crossed",
            Localized("“{low}”设的是 {value}，不低于“{high}”的 {above}，这一级没有客户够得上", "“{low}” is {value}, no lower than “{high}”, {above}: nobody can reach that tier"),
            Localized("在参数表上改正起点，从高到低依次降低", "Correct it on the table of parameters: each is below the one above"),
            figures.unreachable,
        ),
        KEPT_NOW,
        warning(
            "tiers.fallen_unbooked",
            Localized("“{value}”{month} 的收入没有登记，应列级别因此从{old}降为{tier}", "Nothing of {month} is booked of “{value}”: the tier falls from {old} to {tier}"),
            Localized("漏登的补登，级别随即改回；确实没有收入的选“知道了”", "Book it where it was left out, the tier is put back; note it where there was none"),
            figures.fallen_unbooked,
        ),
        watching.not_among(
            "tiers.unknown", "tiers", "tier_customer", ((CUSTOMERS, "customer_name"),), "", FINANCE.code,
            fix=Localized("改了名的，按现名登记收入，原名的各行改为 0；没有登记的客户先登记；不在登记范围的选“知道了”",
                          "Where he was renamed, book his revenues by the present name, and 0 in the lines of the former one; have him registered who is not; note it where he need not be"), counts=lambda each: each.values["year_revenue"] > 0,
        ),
    ),
    stages=(
        Stage(
            "follow_revenue", Localized("随收入定级", "By revenue"), MANAGER.code, state=IN_FORCE.code,
            transitions=(Transition(TO_CONFIRM.code, known=(("tier_differs", (YES.code,)),)),),
        ),
        Stage(
            "confirm_tier",
            Localized("级别审批", "Decide"),
            SALES_HEAD.code,
            "tier_confirmation",
            TO_CONFIRM.code,
            days=3,
            routes=_routes("tier_approver"),
            strict=True,
            task=Localized("按近 12 个月收入核定级别，收入有误的退回", "Confirm the tier by twelve months' revenue; return it where that is wrong"),
            transitions=(
                Transition(IN_FORCE.code, known=(("tier_differs", (NO.code,)),), by_itself=True),
                *(_confirmed(tier.code) for tier in TIERS),
                Transition("", when=(("tier_answer", _OK),), why=_OTHER),
                Transition(TO_EXPLAIN.code, when=(("tier_answer", _BACK),), back=True),
            ),
        ),
        Stage(
            "explain_tier",
            Localized("级别复核", "Look again"),
            ACCOUNT_MANAGER.code,
            "tier_explanation",
            TO_EXPLAIN.code,
            days=3,
            routes=_routes("tier_maintainer"),
            whom="tier_keeper",
            task=Localized("核对收入，更正后写明情况", "Compare the revenues, correct them, say what was found"),
            transitions=(Transition(TO_CONFIRM.code),),
        ),
    ),
    derived=(
        *TIER_SINCE,
        figures.APPROVED,
        Derived(
            Field("tier_differs", Localized("级别待定", "To be decided"), Kind.CHOICE, options=(YES, NO)), figures.differs),
        Derived(_unit("tier_approver", "审批岗位", "Approved by"), look=approver),
        *SINCE,  # before the unit: what it was is still known
        Derived(_unit("tier_maintainer", "维护岗位", "Maintained by"), look=maintainer),
        Derived(Field("tier_keeper", Localized("客户维护人工号", "Kept by")), look=figures.keeper),
        Derived(_unit("tier_monitor", "监控岗位", "Watched over by"), look=monitor),
        Derived(Field("tier_local", Localized("属地单位", "Unit on the spot")), look=figures.local_unit),
        Derived(Field("vip_since", Localized("VIP核定日期", "VIP since"), Kind.DATE), look=figures.vip_since),
    ),
    statistics=STATISTICS,
)
PROCEDURE = Procedure(
    "tiers",
    Localized("客户级别管理", "Tiers"),
    about=Localized("按近 12 个月收入或上游注册定级，升降有据，按级别审定、维护和报备；重点客户申报注册", "Twelve months' revenue, or a registration upstream, makes tiers, each approved, maintained and reported by whom it " "names; key accounts are claimed"),
    roles=(FINANCE, *UNITS),
    parameters=PARAMETERS,
    registers=(REVENUES, UPSTREAM, AUTHORISATIONS, CUSTOMER_TIERS, NOTICES, CLAIMS),
)
