"""Whom visits are due to: of which class a customer is and whose, month by month, and who goes to a colleague's.

A register and fields that the procedure of visits is made of; its ``manual.toml`` says where they are from.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from schemas.holders import stood_in
from schemas.language import Field, Localized, Option, Values
from schemas.language.closing import closed_since
from schemas.language.work import Derived, RecordView, RegisterView, Seen, month_of, warning
from schemas.roster.roles import OFFICE_HEAD
from schemas.tier_settings.keepers import CLOSED_CUSTOMERS

# fmt: off
KEY_ACCOUNT = Option("visit_key_account", Localized("重点客户", "Key account"), ("重点", "重要客户", "重要老客户"))
KEY_PROSPECT = Option("visit_key_prospect", Localized("重要潜在客户", "Important prospect"), ("重点潜在客户",))
PRESENT = Option("visit_present", Localized("老客户", "Present customer"), ("一般客户", "一般老客户"))
PROSPECT = Option("visit_prospect", Localized("潜在客户", "Prospect"), ("潜在", "一般潜在客户"))
STOPPED = Option("visit_stopped", Localized("停访", "Visited no more"), ("不再巡访", "停止巡访"))
CLASSES = (KEY_ACCOUNT, KEY_PROSPECT, PRESENT, PROSPECT, STOPPED)
IMPORTANT = (KEY_ACCOUNT.code, KEY_PROSPECT.code)
_CLASSES = {each.code: each.words.zh for each in CLASSES}
ONLY_SHARE = Option("plan_only_share", Localized("只差占比", "But for the share of time"))
NOT_CHECKED = Option("plan_not_checked", Localized("占比未核", "Share not known"))
LAST_DAYS = 7
"""Who is listed with fewer days to the end of a month owes nothing for it."""
_TOLD_DAYS = 7


def owes(customer: RecordView, month: str) -> bool:
    """Whether it was listed early enough in *month*: in its last days there is no time left for contacts."""
    last = date.fromisoformat(f"{month}-{calendar.monthrange(*map(int, month.split('-')))[1]}")
    return customer.since is None or (last - customer.since).days >= LAST_DAYS


def listed_as(values: Values, held: RegisterView, today: date) -> str:
    """Since which month a customer has been of which class, and whose, and on which day that changed: what it was stays. Who is
    closed is visited no more, whatever the list says.
    """
    gone = closed_since(held, CLOSED_CUSTOMERS, str(values["visit_customer"])) is not None
    stands = STOPPED.code if gone else str(values["visit_class"])
    now = f"{_CLASSES[stands]} {values['visit_owner']}"
    known = [each for each in str(values.get("visit_listed") or "").split("；") if each]
    if known and known[-1].partition(" ")[2] == now:
        return "；".join(known)
    since = today.isoformat() if known else month_of(today)
    return "；".join([*(each for each in known if not each.startswith(today.isoformat())), f"{since} {now}"])


def stood(customer: RecordView, month: str, today: date) -> tuple[str, str]:
    """The class of a customer in *month*, and whose it was: for a month that is over what it was then, not what it is now."""
    known = _listed(customer)
    if month >= month_of(today) and not is_visited(customer):
        return STOPPED.code, str(customer.get("visit_owner"))
    if month >= month_of(today) or not known:
        return str(customer.get("visit_class")), str(customer.get("visit_owner"))
    _, said, owner = next((each for each in reversed(known) if month_of(each[0]) <= month), known[0])
    return next(code for code, words in _CLASSES.items() if words == said), owner


def is_visited(customer: RecordView) -> bool:
    """Whether it is still to be visited."""
    known = _listed(customer)
    return not known or known[-1][1] != STOPPED.words.zh


def _listed(customer: RecordView) -> list[list[str]]:
    """Since when, of which class, whose."""
    return [each.split(" ", 2) for each in str(customer.get("visit_listed") or "").split("；") if each]


def changed_in(customer: RecordView, month: str) -> bool:
    """Whether it was handed over, or got another class, in the course of *month*."""
    return any(each[0] > month == month_of(each[0]) for each in _listed(customer))


def _owners_on(customer: RecordView, day: date) -> set[str]:
    """Whose it was on *day*: on the day of a handing over both."""
    known = _listed(customer)
    days = (day.isoformat(), (day - timedelta(days=1)).isoformat())
    return {next((each for each in reversed(known) if each[0] <= one), known[0])[2] for one in days} if known else set()


def planned_for_others(held: RegisterView, today: date) -> Iterator[Seen]:
    """Planned visits, of this month on, to customers who are a colleague's: who plans and the head are told."""
    for key, each in held["visit_plan_lines"].items():
        if each.values["plan_month"] >= month_of(today):
            yield from _of_another(held, key, "plan_customer", each, each.values["plan_visitor"], each.since or today)


def visits_to_others(held: RegisterView, today: date) -> Iterator[Seen]:
    """Visits of the last week to customers who are a colleague's, for whom nobody stood in."""
    for key, each in held["visit_logs"].items():
        day = date.fromisoformat(each.values["visit_began"][:10])
        if (today - day).days <= _TOLD_DAYS and not each.get("visited_for"):
            yield from _of_another(held, key, "visited_customer", each, each.values["visited_by"], day)


def _made_for(values: Values, held: RegisterView, today: date) -> str | None:
    """Whose customer it was, where whoever visited him stood in for that colleague on the day: kept once it was so."""
    customer = held["visit_customers"].get(str(values.get("visited_customer")))
    owner, by, began = (str(each or "") for each in (customer.get("visit_owner") if customer else "", values.get("visited_by"), values.get("visit_began")))
    if owner and began and owner != by and stood_in(held, by, owner, date.fromisoformat(began[:10])):
        return owner
    return values.get("visited_for")


def _of_another(held: RegisterView, key: str, code: str, record: RecordView, name: str, day: date) -> Iterator[Seen]:
    """What is told of a *record*, of *day*, about a customer who was not then, and is not now, *name*'s."""
    customer = held["visit_customers"].get(record.values[code])
    owner = str(customer.get("visit_owner") or "") if customer else ""
    if customer is not None and owner and name not in {owner, *_owners_on(customer, day)}:
        for person in ("", name):
            yield Seen(key, code, record.values[code], OFFICE_HEAD.code if not person else "", {"name": name, "owner": owner}, person)


def planned_afterwards(held: RegisterView, today: date) -> Iterator[Seen]:
    """Lines of a plan that came when their month was over, told for a week."""
    for key, each in held["visit_plan_lines"].items():
        month, came = each.values["plan_month"], each.since
        if came is not None and month < month_of(came) and (today - came).days <= _TOLD_DAYS:
            yield Seen(key, "plan_month", month, OFFICE_HEAD.code, {"name": each.values["plan_visitor"], "came": came.isoformat()})


MADE_FOR = Derived(Field("visited_for", Localized("代谁拜访", "Made for")), look=_made_for)
LISTED = Derived(Field("visit_listed", Localized("各月类别和责任人", "Class and owner by month")), look=listed_as)
_WHOSE = Localized("核对客户和拜访人；换了人的改巡访客户名录；代访的选“知道了”", "Check customer and name; change the list where he is another's now; note it where it was for a colleague")
OF_PLANS = (
        warning("visiting.plans_others", Localized("{name}计划拜访“{value}”，责任人是{owner}", "{name} plans to visit “{value}”, who is {owner}'s"), _WHOSE, planned_for_others),
        warning("visiting.planned_late", Localized("{name} {came} 才交 {value} 的计划，这个月已过", "{name} handed in a plan for {value} on {came}, when that month was over"),
            Localized("核对月份；过去的月份不用再计划", "Check the month: what is over needs no plan"), planned_afterwards),
)
OF_VISITS = (
        warning("visiting.visits_others", Localized("{name}拜访了“{value}”，责任人是{owner}", "{name} visited “{value}”, who is {owner}'s"), _WHOSE, visits_to_others),
)
