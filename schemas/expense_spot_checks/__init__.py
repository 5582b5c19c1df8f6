"""费用抽查: customers who were to be paid are asked whether they have received it; part of ``relationship_expenses``.

Its ``manual.toml`` says what the manual gives. Ours, as its page breaks off at the confirmation: five working days to ask and five
to find out what a denial was; an advance that is settled before its holder's customers have confirmed is told, not refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from schemas.expense_advances import CLERK
from schemas.expense_lines import paid_out
from schemas.expense_spot_checks import forms
from schemas.language import Against, Comparison, Localized, Register, Stage, State, Transition, telling, work
from schemas.language.model import describe
from schemas.language.work import CreatedRecord, RegisterView, Seen, warning
from schemas.roster.roles import FINANCE, SALES_HEAD

DRAWN = 3
"""Customers of each representative that are asked: 第三条 2."""

TO_ASK = State("spot_to_ask", Localized("待抽查", "To ask"))
TO_CLEAR = State("spot_to_clear", Localized("不符待查", "Denied, to clear up"))
ASKED = State("spot_asked", Localized("已抽查", "Asked"), final=True)
CLEARED = State("spot_cleared", Localized("不符已查实", "Denied and cleared up"), final=True)
_PAID = "paid"


def _drawn(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    """Three customers of each representative in each month that was paid, drawn once, of those whom the payment was for."""
    months = {key: each for key, each in sorted(held["expense_months"].items()) if each.state == _PAID}
    paid = paid_out(held, {key: str(each.get("paid_on") or today) for key, each in months.items()})
    for month, each in months.items():
        if each.get("paid_amount", 0) <= 0:
            continue
        listed_by: dict[str, set[str]] = defaultdict(set)
        for line in paid[month]:
            listed_by[line.values["line_by"]].add(line.values["line_customer"])
        known = {
            one.values["spot_customer"]: one.get("spot_of")
            for one in held.holding("expense_spot_checks", "expense_month", month)
        }
        drawn = {
            name: person
            for person, names in listed_by.items()
            for name in sorted(names, key=lambda one: work.lot(one, month))[:DRAWN]
        }
        for customer, person in (known or drawn).items():
            said = {"expense_month": month, "spot_customer": customer, "spot_of": person}
            yield CreatedRecord(f"{month}-{customer}", said | {"spot_paid_on": each.get("paid_on")})


def _own(held: RegisterView, today: date) -> Iterator[Seen]:
    """Customers asked by the one who had listed them himself: for finance, for a week."""
    for key, each in held["expense_spot_checks"].items():
        by = each.get("spot_by")
        if by and by == each.get("spot_of") and telling.is_recent(each, today):
            said = {"customer": str(each.get("spot_customer"))}
            yield Seen(key, "spot_by", str(by), FINANCE.code, said)


def _cleared(key: str, held: RegisterView) -> bool:
    return held["expense_spot_checks"][key].state != TO_CLEAR.code


SPOT_CHECKS = Register(
    "expense_spot_checks",
    Localized("费用抽查", "Spot checks"),
    manager=SALES_HEAD.code,
    kept=True,
    looks_at=("expense_months", "expense_lines"),
    opens=(work.CreatesRecords(_drawn, follows=True, settled=(ASKED.code, CLEARED.code)),),
    states=(TO_ASK, TO_CLEAR, ASKED, CLEARED),
    forms=(describe(forms.SpotCheckDue), describe(forms.SpotCheck), describe(forms.SpotCleared)),
    watches=(
        telling.bad_answer(
            "expenses.denied",
            "expense_spot_checks",
            ("spot_answer", forms.DENIED),
            ("spot_customer", "spot_note"),
            Localized("抽查不符：“{what}”{note}", "Spot check denied by “{what}”: {note}"),
            Localized(
                "配合销售主管查明这笔费用的去向，补付或追回后由其登记",
                "Help the sales head to find out where it went; he enters what was paid or claimed back",
            ),
            (FINANCE.code, CLERK.code),
            _cleared,
        ),
        warning(
            "expenses.spot_own",
            Localized(
                "“{customer}”是{value}自己统计的，又由其本人抽查",
                "“{customer}” was listed by {value}, who has asked him himself",
            ),
            Localized("另请人向客户核实", "Have the customer asked by somebody else"),
            _own,
        ),
    ),
    stages=(
        Stage(
            "ask_spot",
            Localized("费用抽查", "Ask the customer"),
            SALES_HEAD.code,
            "expense_spot_check",
            TO_ASK.code,
            days=5,
            strict=True,
            against=(Against("spot_on", Comparison.NOT_BEFORE, "spot_paid_on"),),
            task=Localized("向抽中的客户核实是否收到", "Ask these customers whether they have received it"),
            transitions=(
                Transition(TO_CLEAR.code, when=(("spot_answer", (forms.DENIED.code,)),)),
                Transition(ASKED.code),
            ),
        ),
        Stage(
            "clear_spot",
            Localized("抽查不符查实", "Clear up"),
            SALES_HEAD.code,
            "expense_spot_cleared",
            TO_CLEAR.code,
            days=5,
            strict=True,
            against=(Against("cleared_on", Comparison.NOT_BEFORE, "spot_on"),),
            task=Localized(
                "查明费用去向，补付或追回后登记", "Find out where it went; enter it once it is paid or claimed back"
            ),
            transitions=(Transition(CLEARED.code),),
        ),
    ),
)
