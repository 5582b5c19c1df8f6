"""费用申请: special fees for new customers, gifts and advances are asked for before; part of ``relationship_expenses``.

Its ``manual.toml`` says what the manual gives. Ours: nobody approves his own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from schemas.contract_fees import NO_CONTRACT_DAY, SIGNED_BEFORE, SPECIAL
from schemas.expense_advances import (
    CLERK,
    FIGURES,
    GRANTED,
    NOT_GRANTED,
    SETTLED,
    TO_GRANT,
    TO_SETTLE,
    TOO_MUCH,
    WATCHES,
)
from schemas.expense_advances import forms as advance_forms
from schemas.expense_advances.before_their_day import BEFORE_THEIR_DAY, DAYS_TO_GRANT, GRANT_FROM
from schemas.expense_requests import forms
from schemas.expense_requests.beyond_the_lines import BEYOND, OF_UNPAID
from schemas.language import (
    Against,
    Comparison,
    Localized,
    Register,
    Sealed,
    Stage,
    State,
    Transition,
    durations,
    fields,
    watching,
    work,
)
from schemas.language.closing import closed_before
from schemas.language.letters import plain_label
from schemas.language.model import describe
from schemas.language.work import NO, YES, RecordView, RegisterView, Seen, warning
from schemas.roster.roles import FINANCE, MANAGER, MARKET_MANAGER, SALES_HEAD
from schemas.tier_settings.keepers import CLOSED_CUSTOMERS

REST = State("advance_rest_to_check", Localized("核对余款", "Rest to look at"))

_PASSED, _BACK = (fields.APPROVED.code,), (fields.RETURNED.code,)
_ADVANCE, _OTHERS = (advance_forms.ADVANCE.code,), (SPECIAL.code, forms.GIFT.code)


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


def _is_fee(request: RecordView) -> bool:
    """Whether the *request* is for a special fee: of a new customer there is one of an amount, whoever asks for it and when."""
    return bool(request.get("expense_kind") == SPECIAL.code)


# fmt: off
REQUESTS = Register(
    "expense_requests",
    Localized("费用申请", "Requests"),
    manager=SALES_HEAD.code,
    count_by=("expense_kind",),
    looks_at=("customers", "installations", "care_occasions", "expense_lines", "expense_months", "expense_spot_checks"),
    forms=(describe(forms.Request), describe(forms.Grant), describe(advance_forms.AdvanceSettlement)),
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
            days=DAYS_TO_GRANT,
            due_by="grant_from",
            strict=True,
            not_by=("requested_by",),
            superior=MANAGER.code,  # 公司客户服务管理办法 第六条
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
            task=Localized("核销下列预支：核销和还回都填累计数，余款没有还清的仍待核销", "Settle these advances: both amounts are all in all; what is left of one stays owed"),
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
        ("expense_kind", "expense_customer", "requested_amount", "expense_use", "requested_on"),
        TO_GRANT.code,
        final=(SETTLED.code,),
    ),
    numbered=work.Numbered(
        "FY{yy}{month}{serial:02d}",
        ("requested_on", "expense_customer", "expense_use", "requested_by", "expense_kind"),
        "requested_on",
    ),
    derived=(
        *FIGURES,
        durations.known_on("request_came", Localized("申请交来日期", "Came on"), "requested_on"),
        GRANT_FROM,
    ),
    watches=(
        *WATCHES,
        *BEFORE_THEIR_DAY,
        BEYOND,
        OF_UNPAID,
        closed_before(
            "expenses.closed_customer",
            "expense_requests",
            "expense_customer",
            "requested_on",
            CLOSED_CUSTOMERS,
            "requested_by",
            (SALES_HEAD.code,),
            over=(NOT_GRANTED.code, SETTLED.code),
        ),
        SIGNED_BEFORE,
        NO_CONTRACT_DAY,
        warning(
            "expenses.gift_unasked",
            Localized("“{value}”赠送 {amount} 元，连这以前的一共 {whole} 元；这以前批过的礼品预算是 {granted} 元", "“{value}”: {amount} yuan given, {whole} with those before; {granted} yuan of gifts were granted before"),
            Localized("赠送礼品先申请预算，批准后再送；客户或金额写错、没有写的改正", "Ask for a gift before it is given; correct customer or amount where they are wrong or lacking"),
            _unasked_gifts,
        ),
        watching.same_again(
            "expenses.same_request", "expense_requests", ("expense_kind", "expense_customer", "expense_use", "requested_amount", "requested_on"),
            Localized("类别、客户、用途、金额和日期", "kind, customer, use, amount and day"), "requested_by", over=(NOT_GRANTED.code,),
            counts=lambda each: not _is_fee(each),
        ),
        watching.same_again(
            "expenses.same_fee", "expense_requests", ("expense_customer", "requested_amount"),
            Localized("客户和特殊费用金额", "customer and amount of a special fee"), "requested_by", over=(NOT_GRANTED.code,), counts=_is_fee,
            fix=Localized("一笔费用只批一次：是同一笔的退回后一个，已批的改正后重批；确是两笔的选“知道了”", "One fee is granted once: return the later where they are one, or correct it to be granted anew; note it where they are two"),
        ),
    ),
)
