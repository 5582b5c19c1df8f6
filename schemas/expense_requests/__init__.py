"""费用申请: special fees for new customers, gifts and advances are asked for before; part of ``relationship_expenses``.

Its ``manual.toml`` says what the manual gives. Ours: nobody approves his own; 20 working days to settle an advance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from schemas.expense_requests import forms
from schemas.language import (
    Against,
    Comparison,
    Field,
    Kind,
    Localized,
    Option,
    Register,
    Sealed,
    Stage,
    State,
    Transition,
    Values,
    fields,
    watching,
    work,
)
from schemas.language.letters import plain_label
from schemas.language.model import describe
from schemas.language.work import NO, YES, Derived, RecordView, RegisterView, Seen, warning
from schemas.language.workdays import workday_after, workdays_later
from schemas.roster.roles import FINANCE, MARKET_MANAGER, SALES_HEAD

CLERK = Option("expense_clerk", Localized("费用专员", "Expense clerk"), ("费用经办", "销售文员"))
TO_GRANT = State("to_grant", Localized("待批", "To decide"))
GRANTED = State("granted", Localized("已批", "Granted"), final=True)
NOT_GRANTED = State("not_granted", Localized("未批", "Not granted"), final=True)
TO_SETTLE = State("to_settle", Localized("待核销", "To settle"))
TOO_MUCH = Option("more_than_owed", Localized("多于申请金额", "More than the advance"))
DAYS_TO_SETTLE = 20
REST = State("advance_rest_to_check", Localized("核对余款", "Rest to look at"))
SETTLED = State("settled", Localized("已核销", "Settled"), final=True)

_PASSED, _BACK = (fields.APPROVED.code,), (fields.RETURNED.code,)
_OPEN = (TO_GRANT.code, TO_SETTLE.code)
_UNCONFIRMED = ("spot_to_ask", "spot_to_clear")
_TOLD_FOR = timedelta(days=7)
_ADVANCE, _OTHERS = (forms.ADVANCE.code,), (forms.SPECIAL.code, forms.GIFT.code)


def _over_limit(values: Values, held: RegisterView, today: date) -> str | None:
    """Whether an advance, after those of the same person that are open or were asked for before, is above the limit."""
    if values.get("expense_kind") != forms.ADVANCE.code:
        return None
    own, others = values["request_no"], _advances(held, values["requested_by"])
    there = held["expense_requests"].get(own)
    if there is not None and there.state not in _OPEN and "over_limit" in values:
        return str(values["over_limit"])  # decided, or settled: as it was
    before = [each for each in others if each.key != own and (each.state == TO_SETTLE.code or each.key < own)]
    total = values["requested_amount"] + sum(_rest(each.values) or 0 for each in before)
    return (YES if total > forms.MOST_ADVANCED else NO).code


def _rest(values: Values) -> float | None:
    """What is still owed of an advance: what was neither settled nor given back."""
    said = values["requested_amount"] - values.get("settled_amount", 0) - values.get("given_back", 0)
    return said if values.get("expense_kind") == forms.ADVANCE.code else None


def _rest_owed(values: Values) -> str:
    rest = _rest(values) or 0
    return (YES if rest >= 0.01 else TOO_MUCH if rest <= -0.01 else NO).code


def _settle_by(values: Values) -> str | None:
    """Twenty working days from the grant; what is settled in part meanwhile does not prolong it."""
    granted = values.get("granted_on") if values.get("expense_kind") == forms.ADVANCE.code else None
    return workdays_later(date.fromisoformat(str(granted)), DAYS_TO_SETTLE).isoformat() if granted else None


def _advances(held: RegisterView, person: str) -> list[RecordView]:
    those = held.holding("expense_requests", "requested_by", person)
    return [each for each in those if each.state in _OPEN and each.get("expense_kind") == forms.ADVANCE.code]


def advances_owed(held: RegisterView) -> dict[str, float]:
    """What each person still owes of advances that were paid out, by name."""
    sums: dict[str, float] = defaultdict(float)
    for each in held["expense_requests"].values():
        if each.state == TO_SETTLE.code and each.get("expense_kind") == forms.ADVANCE.code:
            sums[each.values["requested_by"]] += _rest(each.values) or 0
    return dict(sorted(sums.items()))


def _advanced(held: RegisterView, today: date) -> Iterator[Seen]:
    sums: dict[str, float] = defaultdict(float)
    for key, each in sorted(held["expense_requests"].items()):
        if each.state in _OPEN and each.get("expense_kind") == forms.ADVANCE.code:
            person = each.values["requested_by"]
            sums[person] += _rest(each.values) or 0
            if sums[person] > forms.MOST_ADVANCED:
                yield Seen(key, "requested_by", person, details={"sum": f"{sums[person]:.15g}"})


def _early(held: RegisterView, today: date) -> Iterator[Seen]:
    """Advances to decide on that are asked for before the ninth working day, or before last month's expenses are signed."""
    for key, each in held["expense_requests"].items():
        if each.state == TO_GRANT.code and each.get("expense_kind") == forms.ADVANCE.code:
            asked = date.fromisoformat(each.values["requested_on"])
            month = work.months_back(asked, 2)[0]
            from_day = workday_after(month, forms.ADVANCED_FROM)
            signed = held["expense_months"].get(month)
            if asked < from_day or signed is None or signed.state not in ("to_pay", "paid"):
                about = {"month": month, "from": from_day.isoformat(), "on": asked.isoformat()}
                yield Seen(key, "requested_by", each.values["requested_by"], details=about)


def _late(held: RegisterView, today: date) -> Iterator[Seen]:
    """Special fees, of which the contract was signed before they were asked for, as its own sheet says."""
    for key, each in held["expense_requests"].items():
        if each.get("expense_kind") == forms.SPECIAL.code and each.state != NOT_GRANTED.code:
            contracts = held.holding("installations", "install_site", each.values["expense_customer"])
            signed = min((str(one.get("contract_signed") or "9999") for one in contracts), default="9999")
            if signed < each.values["requested_on"]:
                yield Seen(key, "expense_customer", each.values["expense_customer"], details={"signed": signed})


def _unasked_gifts(held: RegisterView, today: date) -> Iterator[Seen]:
    """Care given with a gift beyond what was granted for that customer by that day, in the order in which they were given: of a
    holiday, which names no customer, any gift granted counts.
    """
    given: dict[str, float] = defaultdict(float)
    gifts = [each for each in held["care_occasions"].values() if each.get("given_item") or each.get("given_value")]
    for each in sorted(gifts, key=lambda one: (str(one.get("cared_on")), one.key)):
        who, worth = str(each.get("occasion_customer") or ""), float(each.get("given_value") or 0)
        given[who] += worth
        granted = [
            float(one.values["requested_amount"])
            for one in held["expense_requests"].values()
            if (one.get("expense_kind"), one.state) == (forms.GIFT.code, GRANTED.code)
            and (not who or plain_label(str(one.get("expense_customer"))) == plain_label(who))
            and str(one.get("granted_on")) <= str(each.get("cared_on"))
        ]
        if not granted or sum(granted) < given[who]:
            about = {"amount": f"{worth:.15g}", "granted": f"{sum(granted):.15g}", "no": each.key}
            about["whole"] = f"{given[who]:.15g}"
            yield Seen(each.key, "expense_customer", str(each.get("occasion_name")), MARKET_MANAGER.code, about)


def _unconfirmed(held: RegisterView, today: date) -> Iterator[Seen]:
    """Advances to settle, or settled within the week, while customers that their holder has paid have yet to confirm it or have
    denied it: told to finance, who settles, and then to the sales head, who asks.
    """
    open_of: dict[str, list[str]] = defaultdict(list)
    for check in held["expense_spot_checks"].values():
        if check.state in _UNCONFIRMED:
            open_of[str(check.get("spot_of"))].append(str(check.get("spot_customer")))
    for key, each in held["expense_requests"].items():
        whose = str(each.get("requested_by"))
        lately = each.since is not None and today - each.since <= _TOLD_FOR
        role = (
            FINANCE if each.state == TO_SETTLE.code else SALES_HEAD if each.state == SETTLED.code and lately else None
        )
        if role is not None and open_of.get(whose):
            names = sorted(open_of[whose])
            yield Seen(key, "requested_by", whose, role.code, {"count": str(len(names)), "names": "、".join(names)})


# fmt: off
REQUESTS = Register(
    "expense_requests",
    Localized("费用申请", "Requests"),
    manager=SALES_HEAD.code,
    count_by=("expense_kind",),
    looks_at=("installations", "care_occasions", "expense_spot_checks"),
    forms=(describe(forms.Request), describe(forms.Grant), describe(forms.AdvanceSettlement)),
    states=(TO_GRANT, GRANTED, NOT_GRANTED, TO_SETTLE, REST, SETTLED),
    stages=(
        Stage(
            "ask_expense",
            Localized("费用申请", "Ask"),
            CLERK.code,
            "expense_request",
            transitions=(Transition(TO_GRANT.code),),
        ),
        Stage(
            "grant_expense",
            Localized("费用审批", "Decide"),
            SALES_HEAD.code,
            "expense_grant",
            TO_GRANT.code,
            days=2,
            strict=True,
            not_by=("requested_by",),
            task=Localized("审批下列费用申请", "Decide on these requests"),
            transitions=(
                Transition(NOT_GRANTED.code, when=(("expense_answer", _BACK),), back=True),
                Transition(
                    "",
                    when=(("expense_answer", _PASSED),),
                    known=(("over_limit", (YES.code,)),),
                    why=Localized("连同未核销的预支超过每人 3000 元，先核销再批", "With open advances above 3,000: settle those first"),
                ),
                Transition(TO_SETTLE.code, when=(("expense_answer", _PASSED),), known=(("expense_kind", _ADVANCE),)),
                Transition(GRANTED.code, when=(("expense_answer", _PASSED),), known=(("expense_kind", _OTHERS),)),
            ),
        ),
        Stage(
            "settle_advance",
            Localized("预支核销", "Settle"),
            FINANCE.code,
            "advance_settlement",
            TO_SETTLE.code,
            due_by="settle_by",
            strict=True,
            not_by=("requested_by",),
            against=(Against("settled_amount", Comparison.AT_MOST, "requested_amount"),),
            task=Localized("核销下列预支，余款没有还清的仍待核销", "Settle these advances; what is left of one stays owed"),
            transitions=(Transition(REST.code),),
        ),
        Stage(
            "look_at_rest",
            Localized("核对余款", "Look at the rest"),
            SALES_HEAD.code,
            state=REST.code,
            transitions=(
                Transition(
                    TO_SETTLE.code,
                    known=(("rest_owed", (TOO_MUCH.code,)),),
                    back=True,
                    why=Localized("核销加还回比申请金额还多，重新核销", "what was settled and given back is more than the advance: settle it anew"),
                ),
                Transition(TO_SETTLE.code, known=(("rest_owed", (YES.code,)),)),
                Transition(SETTLED.code, known=(("rest_owed", (NO.code,)),)),
            ),
        ),
    ),
    sealed=Sealed(
        "expense_requests",
        "{request_no}",
        (GRANTED.code, TO_SETTLE.code, SETTLED.code),
        ("expense_kind", "expense_customer", "requested_amount", "expense_use"),
        TO_GRANT.code,
        final=(SETTLED.code,),
    ),
    numbered=work.Numbered(
        "FY{yy}{month}{serial:02d}",
        ("requested_on", "expense_customer", "expense_use", "requested_by", "expense_kind"),
        "requested_on",
    ),
    derived=(
        Derived(
            Field("over_limit", Localized("是否超预支限额", "Above the limit"), Kind.CHOICE, options=(YES, NO)),
            look=_over_limit,
        ),
        Derived(Field("advance_rest", Localized("预支余款（元）", "Rest of the advance"), Kind.NUMBER), _rest),
        Derived(
            Field("rest_owed", Localized("余款是否未清", "Rest is owed"), Kind.CHOICE, options=(YES, NO, TOO_MUCH)),
            _rest_owed,
        ),
        Derived(Field("settle_by", Localized("最迟核销日期", "Settle by"), Kind.DATE), _settle_by),
    ),
    watches=(
        warning(
            "expenses.advanced",
            Localized("“{value}”预支合计 {sum} 元，超过 3000 元", "“{value}” has {sum} yuan in advance, above 3,000"),
            Localized("先核销已预支的，再批新的", "Have earlier advances settled first"),
            _advanced,
        ),
        warning(
            "expenses.advance_early",
            Localized("“{value}”{on} 申请预支：第 9 个工作日（{from}）起、{month} 的费用统计签完后才借支", "“{value}” asks for an advance on {on}: due from {from} on, once the expenses of {month} are signed"),
            Localized("核对签字后的统计再批；急用的写明原因", "Decide by the signed statistics; say why where it is urgent"),
            _early,
        ),
        warning(
            "expenses.signed_before",
            Localized("“{value}”的安装合同 {signed} 已签订，特殊费用在其后才申请", "The contract of “{value}” was signed on {signed}, before this special fee was asked for"),
            Localized("核实合同日期；确在签订后申请的退回", "Check the day of the contract; return a fee asked for after it"),
            _late,
        ),
        warning(
            "expenses.gift_unasked",
            Localized("“{value}”赠送 {amount} 元，连这以前的一共 {whole} 元；这以前批过的礼品预算是 {granted} 元", "“{value}”: {amount} yuan given, {whole} with those before; {granted} yuan of gifts were granted before"),
            Localized("赠送礼品先申请预算，批准后再送；客户或金额写错、没有写的改正", "Ask for a gift before it is given; correct customer or amount where they are wrong or lacking"),
            _unasked_gifts,
        ),
        warning(
            "expenses.unconfirmed",
            Localized("“{value}”兑付的客户还有 {count} 家没有抽查确认：{names}", "{count} customers whom {value} has paid have not confirmed it: {names}"),
            Localized("抽查属实、或不符已查实后再核销预支", "Settle the advance once they have confirmed it, or the denial is cleared up"),
            _unconfirmed,
        ),
        watching.same_again(
            "expenses.same_request",
            "expense_requests",
            ("expense_customer", "expense_use", "requested_amount", "requested_on"),
            Localized("客户、用途、金额和日期", "customer, use, amount and day"),
            "requested_by",
            over=(NOT_GRANTED.code,),
        ),
    ),
)
