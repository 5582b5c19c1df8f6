"""预支: what a representative has in advance, what of it is settled and what is still owed; part of ``relationship_expenses``.

Its ``manual.toml`` says what the manual gives. Ours: 20 working days to settle an advance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from schemas.expense_advances import forms
from schemas.language import Field, Kind, Localized, Option, State, Values, fields
from schemas.language.telling import is_recent
from schemas.language.work import NO, YES, Derived, RecordView, RegisterView, Seen, warning
from schemas.language.workdays import workdays_later
from schemas.roster.roles import FINANCE, SALES_HEAD

CLERK = Option("expense_clerk", Localized("费用专员", "Expense clerk"), ("费用经办", "销售文员"))
TO_GRANT = State("to_grant", Localized("待批", "To decide"))
GRANTED = State("granted", Localized("已批", "Granted"), final=True)
NOT_GRANTED = State("not_granted", Localized("未批", "Not granted"), final=True)
TO_SETTLE = State("to_settle", Localized("待核销", "To settle"))
SETTLED = State("settled", Localized("已核销", "Settled"), final=True)
TOO_MUCH = Option("more_than_owed", Localized("多于申请金额", "More than the advance"))
DAYS_TO_SETTLE = 20
GRANTED_ADVANCES = (TO_SETTLE.code, SETTLED.code)
"""States of an advance that was granted."""
_OPEN = (TO_GRANT.code, TO_SETTLE.code)
_UNCONFIRMED = ("spot_to_ask", "spot_to_clear")
_CENT = 0.01


def _over_limit(values: Values, held: RegisterView, today: date) -> str | None:
    """Whether an advance, after those of the same person that are open or were asked for before, is above the limit."""
    if not _may_be_owed(values):
        return None
    own, others = values["request_no"], _advances(held, values["requested_by"])
    there = held["expense_requests"].get(own)
    if there is not None and there.state not in _OPEN and "over_limit" in values:
        return str(values["over_limit"])  # decided, or settled: as it was
    before = [each for each in others if each.key != own and (each.state == TO_SETTLE.code or each.key < own)]
    total = values["requested_amount"] + sum(_rest(each.values) or 0 for each in before)
    return (YES if total > forms.MOST_ADVANCED else NO).code


def _may_be_owed(values: Values) -> bool:
    """Whether it is an advance, and was not denied."""
    return values.get("expense_kind") == forms.ADVANCE.code and values.get("expense_answer") != fields.RETURNED.code


def _left(values: Values) -> float:
    """What neither was settled nor given back, as the settlement says: below zero where it says too much."""
    return float(values["requested_amount"] - values.get("settled_amount", 0) - values.get("given_back", 0))


def _rest(values: Values) -> float | None:
    """What is still owed of an advance; a settlement that says too much is void, and all that was asked for is owed."""
    rest = _left(values)
    return (rest if rest > -_CENT else values["requested_amount"]) if _may_be_owed(values) else None


def _rest_owed(values: Values) -> str | None:
    rest = _left(values)
    said = YES if rest >= _CENT else TOO_MUCH if rest <= -_CENT else NO
    return said.code if _may_be_owed(values) else None


def _settle_by(values: Values) -> str | None:
    """Twenty working days from the grant; what is settled in part meanwhile does not prolong it."""
    granted = values.get("granted_on") if _may_be_owed(values) else None
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


def _unconfirmed(held: RegisterView, today: date) -> Iterator[Seen]:
    """Advances to settle, or settled within the week, while customers that their holder had paid by then have yet to confirm it or
    have denied it: told to finance, who settles, and then to the sales head, who asks.
    """
    open_of: dict[str, list[RecordView]] = defaultdict(list)
    for check in held["expense_spot_checks"].values():
        if check.state in _UNCONFIRMED:
            open_of[str(check.get("spot_of"))].append(check)
    for key, each in held["expense_requests"].items():
        whose = str(each.get("requested_by"))
        settled = each.state == SETTLED.code and is_recent(each, today)
        role = FINANCE if each.state == TO_SETTLE.code else SALES_HEAD if settled else None
        until = str(each.get("settled_on")) if settled else today.isoformat()
        those = [check for check in open_of[whose] if str(check.get("spot_paid_on") or "") <= until]
        if role is not None and those:
            names = sorted(str(check.get("spot_customer")) for check in those)
            yield Seen(key, "requested_by", whose, role.code, {"count": str(len(names)), "names": "、".join(names)})


def _accounted(values: Values) -> float:
    """What was settled and given back of an advance, all in all."""
    return float(values.get("settled_amount", 0) + values.get("given_back", 0))


def _accounted_most(values: Values, held: RegisterView, today: date) -> float | None:
    """The most that was accounted for so far; what says more than was advanced is void."""
    said, most = _accounted(values), float(values.get("accounted_most", 0))
    return (max(most, said) if said <= values["requested_amount"] else most) or None


def _accounted_less(held: RegisterView, today: date) -> Iterator[Seen]:
    """Advances of which less is settled and given back by now than was before: a part was written in place of the whole."""
    for key, each in held["expense_requests"].items():
        most, said = float(each.get("accounted_most", 0)), _accounted(each.values)
        waits = each.state == TO_SETTLE.code or (each.state == SETTLED.code and is_recent(each, today))
        if waits and each.get("settled_by") and said + _CENT < most:
            for role in (FINANCE, SALES_HEAD):
                yield Seen(key, "settled_amount", f"{said:.15g}", role.code, {"most": f"{most:.15g}"})


FIGURES = (
    Derived(
        Field("accounted_most", Localized("曾累计核销和还回（元）", "Accounted for at the most"), Kind.NUMBER),
        look=_accounted_most,
    ),
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
)
WATCHES = (
    warning(
        "expenses.settled_less",
        Localized(
            "核销加还回共 {value} 元，此前登记过 {most} 元",
            "{value} yuan are settled and given back, after {most} before",
        ),
        Localized(
            "两栏都填累计数，改正后再交；原来多填了的选“知道了”",
            "Both are all in all: hand them in put right; note it where it was too much before",
        ),
        _accounted_less,
    ),
    warning(
        "expenses.advanced",
        Localized("“{value}”预支合计 {sum} 元，超过 3000 元", "“{value}” has {sum} yuan in advance, above 3,000"),
        Localized("先核销已预支的，再批新的", "Have earlier advances settled first"),
        _advanced,
    ),
    warning(
        "expenses.unconfirmed",
        Localized(
            "“{value}”兑付的客户还有 {count} 家没有抽查确认：{names}",
            "{count} customers whom {value} has paid have not confirmed it: {names}",
        ),
        Localized(
            "抽查属实、或不符已查实后再核销预支",
            "Settle the advance once they have confirmed it, or the denial is cleared up",
        ),
        _unconfirmed,
    ),
)
