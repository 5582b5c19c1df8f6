"""Who has signed a month of expenses: not by one's own hand alone, and not for one's own lines.

Watches that the procedure of relationship expenses is made of; its ``manual.toml`` says where they are from.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schemas.expense_lines import COUNTED
from schemas.language import Localized
from schemas.language.work import RegisterView, Seen, warning
from schemas.roster.roles import FINANCE, SALES_HEAD

_NAMED = 3
_SIGNED = {"at_sales": ("clerk_signed", SALES_HEAD), "at_finance": ("sales_signed", FINANCE), "to_pay": ("finance_signed", SALES_HEAD)}  # fmt: skip
"""By where a month stands: the field of who has signed last, and who signs next or looks after it, which is told."""


def _own_checks(held: RegisterView, today: date) -> Iterator[Seen]:
    """Months whose first check was signed by who had summed them up: told to who signs next, while it lies there."""
    for key, month in held["expense_months"].items():
        if month.state == "at_sales" and month.get("clerk_signed") == month.get("summed_by"):
            yield Seen(key, "clerk_signed", str(month.get("clerk_signed")), SALES_HEAD.code)


def _own_lines(held: RegisterView, today: date) -> Iterator[Seen]:
    """Months last signed by somebody who has listed lines of them himself."""
    for key, month in held["expense_months"].items():
        if month.state not in _SIGNED:
            continue
        field, role = _SIGNED[month.state]
        signer, lines = str(month.get(field) or ""), held.holding("expense_lines", COUNTED.code, key)
        own = sorted(each.values["line_customer"] for each in lines if signer and each.get("line_by") == signer)
        if own:
            names = "、".join(own[:_NAMED]) + ("等" if len(own) > _NAMED else "")
            yield Seen(key, field, signer, role.code, {"count": str(len(own)), "names": names})


WATCHES = (
    warning(
        "expenses.own_check",
        Localized("汇总和经办核对都是{value}一人签的", "{value} has both summed up and checked"),
        Localized("逐行核对后再签字，或退回另请人核对", "Check line by line before you sign, or return it"),
        _own_checks,
    ),
    warning(
        "expenses.own_lines",
        Localized(
            "{value}核对签字，其中 {count} 行是其本人统计的：{names}",
            "{value} has signed for {count} lines that are his own: {names}",
        ),
        Localized(
            "由别人核对这几行，无误的选“知道了”",
            "Have these lines checked by somebody else; note it where they are right",
        ),
        _own_lines,
    ),
)
