"""The year of service after an installation: visits every three months, upgrades and faults of the collector.

Registers that the procedure of installations is made of; its ``manual.toml`` says where they are from.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from schemas.install_service import forms
from schemas.language import (
    Against,
    Comparison,
    Field,
    Kind,
    Localized,
    Option,
    Register,
    Stage,
    State,
    Transition,
    Values,
    work,
)
from schemas.language.ending import ended
from schemas.language.model import describe
from schemas.language.ordering import before_foregoing
from schemas.language.work import NO, YES, CreatedRecord, Derived, RecordView, RegisterView
from schemas.roster.roles import DIRECTOR

ENGINEERING = Option("engineering_dept", Localized("工程部", "Engineering"))
VISITS, EVERY, AHEAD = 4, 3, 30
"""Visits of the year of service, months between them, days before its day that one is opened."""
_HALF_A_TURN, _TOLD_FOR = timedelta(days=45), timedelta(days=7)

IN_SERVICE = State("in_service", Localized("已交付", "In service"), final=True)
TO_VISIT = State("to_serve", Localized("待回访", "To visit"))
TO_SERVE = State("service_to_do", Localized("待处理", "To do"))
SERVED = State("service_ended", Localized("已处理", "Done"), final=True)
VISITED = State("served", Localized("已回访", "Visited"), final=True)


def _is_over(values: Values, held: RegisterView, today: date) -> str:
    contract = held["installations"].get(values.get("contract_no") or str(values.get("service_no")).rpartition("-")[0])
    return (YES if contract is not None and contract.state == ended("installations") else NO).code


IS_OVER = Derived(
    Field("contract_over", Localized("合同是否作废", "Contract ended"), Kind.CHOICE, options=(YES, NO)), look=_is_over
)


def _place(values: Values, held: RegisterView, today: date) -> str | None:
    contract = held["installations"].get(str(values.get("serviced_contract")))
    return str(contract.get("site_place")) if contract is not None and contract.get("site_place") else None


def where(contract: RecordView) -> dict[str, str]:
    """Return what whoever goes to a site, or prepares for it, has to know of its *contract*."""
    return {"contract_place": str(contract.get("site_place")), "contract_notice": str(contract.get("notice_no"))}


def over(register: str) -> tuple[State, Transition]:
    """Return the state of what followed in *register* from a contract that was ended, and the way there: nothing more is done for it."""
    state = State(ended(register), Localized("合同已作废", "Contract ended"), final=True, closed=True)
    return state, Transition(state.code, known=((IS_OVER.field.code, (YES.code,)),), by_itself=True)


_OVER, _ENDS = over("service_visits")


def _months_on(day: date, months: int) -> date:
    """Return the same day so many months on, the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


# fmt: off
def _visits(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    for key, each in held["installations"].items():
        if each.state == IN_SERVICE.code:
            handed = date.fromisoformat(each.values["handed_on"])
            for number in range(1, VISITS + 1):
                due = _months_on(handed, EVERY * number)
                if (due - today).days > AHEAD and f"{key}-{number}" not in held["service_visits"]:
                    break
                yield CreatedRecord(f"{key}-{number}", where(each) | {"service_site": each.values["install_site"], "service_from": handed.isoformat(), "service_due": due.isoformat()})


def _after_the_year(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Services taken on more than a year after the hand-over."""
    for key, each in held["service_records"].items():
        served = held["installations"].get(str(each.get("serviced_contract")))
        handed = str(served.get("handed_on") or "")[:10] if served else ""
        began = str(each.get("service_began") or "")[:10]
        if handed and began and began > (ends := _months_on(date.fromisoformat(handed), 12).isoformat()):
            yield work.Seen(key, "service_began", began, ENGINEERING.code, {"other": str(each.get("serviced_contract")), "ends": ends})


def _out_of_turn(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Visits nearer to the turn before than to their own, or made on the day of that one: for a week."""
    visits = held["service_visits"]
    for key, each in visits.items():
        on = str(each.get("served_on") or "")
        if not on or each.since is None or today - each.since > _TOLD_FOR:
            continue
        contract, _, number = key.rpartition("-")
        before = visits.get(f"{contract}-{int(number) - 1}")
        last = str(before.get("served_on") or before.get("service_due")) if before else str(each.get("service_from"))
        due = date.fromisoformat(str(each.get("service_due")))
        if (before and on <= last) or due - date.fromisoformat(on) > _HALF_A_TURN:
            yield work.Seen(key, "served_on", on, DIRECTOR.code, {"due": due.isoformat(), "last": last, "what": key})


SERVICE = Register(
    "service_visits", Localized("售后回访", "Service visits"), forms=(describe(forms.VisitDue), describe(forms.ServiceVisit)),
    states=(TO_VISIT, VISITED, _OVER), kept=True, derived=(IS_OVER,), looks_at=("installations",), opens=(work.CreatesRecords(_visits, follows=True, settled=(VISITED.code,)),), manager=DIRECTOR.code,
    stages=(Stage("serve_site", Localized("售后回访", "Visit"), ENGINEERING.code, "service_visit", TO_VISIT.code, due_by="service_due", on_site=True, strict=True, against=(Against("served_on", Comparison.NOT_BEFORE, "service_from"),),
                  transitions=(_ENDS, Transition(VISITED.code)), task=Localized("在应回访日期前回访", "Visit by the day named")),),
    watches=(work.warning("installation.visit_out_of_turn", Localized("{what} 应在 {due} 前回访，写的是 {value}（上一次 {last}），两次没有隔开", "{what} was due by {due} and made on {value}, the last one on {last}: they lie too near"),
                          Localized("一次回访只算一次：写错的改正日期，确实如此的选“知道了”", "One visit counts once: correct the day, or note it where it was so"), _out_of_turn),),
)
RECORDS = Register(
    "service_records", Localized("售后服务", "Service"), forms=(describe(forms.ServiceRecord), describe(forms.ServiceDone)), states=(TO_SERVE, SERVED),
    manager=DIRECTOR.code, refers=(work.Refers("serviced_contract", "installations", (IN_SERVICE.code,), always=True),), count_by=("service_kind",),
    numbered=work.Numbered("SH{yy}{month}{serial:03d}", ("serviced_contract", "service_began", "service_text"), "service_began"),
    looks_at=("installations",), derived=(Derived(Field("contract_place", Localized("安装地点", "Place")), look=_place),),
    watches=(before_foregoing("installation.served_before", ("service_records", "service_began"), ("serviced_contract", "installations", "handed_on"),
                              Localized("服务受理日期 {value} 早于 {other} 的交接日期 {since}", "Taken on {value}, before {other} was handed over on {since}"),
                              Localized("核对日期和合同号：交付以前的不算售后服务", "Check day and contract: what is before the hand-over is no service"), ENGINEERING.code),
             work.warning("installation.served_after", Localized("服务受理日期 {value} 已过 {other} 的一年售后期（到 {ends}）", "Taken on {value}, after the year of service for {other}, which ended on {ends}"),
                          Localized("仍要服务的选“知道了”；写错的改正日期或合同号", "Note it where it is served all the same; correct day or contract where they are wrong"), _after_the_year)),
    stages=(Stage("take_service", Localized("服务受理", "Take"), ENGINEERING.code, "service_record", expects_role=True, transitions=(Transition(TO_SERVE.code),)),
            Stage("end_service", Localized("服务处理", "Do"), ENGINEERING.code, "service_done", TO_SERVE.code, days=2, strict=True,
                  transitions=(Transition(SERVED.code),), task=Localized("及时处理后如实记录", "Do it and say what was done"))),
)
