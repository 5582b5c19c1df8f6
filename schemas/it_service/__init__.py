"""运维服务: tickets with hours to respond and resolve, changes with a way back, knowledge; assets: ``it_assets``, recurring: ``it_duties``.

``manual.toml`` says what the manuals give. Ours: priorities and their hours, a roll-back plan, hand-overs of accounts
logged without a password, three incidents of an asset within 30 days as repeated; the hours of a ticket that came more
than a working day late begin on the day on which it came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from schemas.it_assets import ASSETS, WARRANTY
from schemas.it_duties import EVERY, LOGS, PATROLS, REPORTS, ROUTINE_WORK
from schemas.it_duties.forms import ABNORMAL, POINTS
from schemas.it_service import forms
from schemas.language import Against, Comparison, Field, Kind, LedAnew, Localized, Procedure, Register, Sealed, Stage, State, Transition, Values, fields, telling, watching, work  # fmt: skip
from schemas.language.durations import after_hours, counts_from, filled_later_by_month, hours_taken, in_time, known_on, not_in_time, share_in_time  # fmt: skip
from schemas.language.model import describe
from schemas.language.work import NO, YES, CreatedRecord, CreatesRecords, Derived, FigureRows, Measure, Numbered, Parameter, Refers, RegisterView, Seen, Statistic, rate, warning  # fmt: skip
from schemas.language.workdays import workdays_later
from schemas.roster.roles import GENERAL_MANAGER
from schemas.roster.roles import IT_ENGINEER as ENGINEER
from schemas.roster.roles import IT_HEAD as HEAD

REPEATS = Parameter("it_repeats", Localized("同一资产 30 天内几次算重复", "Incidents of an asset in 30 days"), 3, 2, 99)
RESPOND, RESOLVE = (
    {each.code: Parameter(f"it_{what}_{each.code}", Localized(f"优先级{each.words.zh}的{zh}小时数", f"Hours to {what}: {each.words.en}"), hours, 0.1)
     for each, hours in zip((forms.URGENT, forms.HIGH, forms.MEDIUM, forms.LOW), given, strict=True)}
    for what, zh, given in (("respond", "响应", (1, 2, 4, 8)), ("resolve", "解决", (4, 8, 24, 72)))
)  # fmt: skip
"""Hours to respond and to resolve, by priority."""


def _from_patrols(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    for key, each in held["patrols"].items():
        wrong = [PATROLS.field(code).label.zh for code in POINTS if each.get(code) == ABNORMAL.code]
        if wrong or each.get("patrol_result") == ABNORMAL.code:
            found = each.get("patrol_found") or f"{'、'.join(wrong)}异常"
            yield _incident(key, each.values["patrolled_at"], "巡检", found, each.values["patrolled_by"])


def _from_routines(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    for key, each in held["it_routines"].items():
        if each.get("routine_result") == ABNORMAL.code:
            yield _incident(
                key, each.values["routine_at"], "例行工作", each.values["routine_found"], each.values["routine_by"]
            )


def _incident(key: str, at: str, source: str, text: str, by: str) -> CreatedRecord:
    said = {"ticket_kind": forms.INCIDENT.code, "ticket_priority": forms.MEDIUM.code, "reported_at": at}
    said |= {"reported_from": source, "ticket_text": text, "ticket_by": by}
    return CreatedRecord(f"XJ-{key}", said, why=Localized(f"{source}发现异常", "A patrol or routine work found it"))


def _knowledge(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    for key, each in held["it_tickets"].items():
        if each.state == SOLVED.code and each.get("worth_keeping") == YES.code:
            said = {
                "known_case": each.values["ticket_text"],
                "known_answer": each.values["resolution"],
                "knowledge_from": each.get("resolved_by"),
            }
            yield CreatedRecord(key, said)


def _incidents(held: RegisterView, today: date) -> dict[str, list[str]]:
    """The incidents of the last 30 days by asset, of those that have had as many as count as repeated."""
    since = (today - timedelta(days=30)).isoformat()
    of_asset: dict[str, list[str]] = {}
    for key, each in sorted(held["it_tickets"].items()):
        asset = each.get("ticket_asset")
        if asset and each.get("ticket_kind") == forms.INCIDENT.code and each.values["reported_at"] >= since:
            of_asset.setdefault(asset, []).append(key)
    return {asset: keys for asset, keys in of_asset.items() if len(keys) >= held.parameter(REPEATS.code)}


def _repeated(held: RegisterView, today: date) -> Iterator[Seen]:
    for asset, keys in _incidents(held, today).items():
        yield Seen(keys[-1], "ticket_asset", asset, HEAD.code, {"count": str(len(keys)), "tickets": "、".join(keys)})


def _by_month(held: RegisterView, today: date) -> FigureRows:
    return _by_period(held, today, len("2026-11"), 12)


def _by_year(held: RegisterView, today: date) -> FigureRows:
    return _by_period(held, today, len("2026"), 4 * 12 + today.month)


def _by_period(held: RegisterView, today: date, length: int, months: int) -> FigureRows:
    """Return the figures of the last *months* by as much of each as *length* tells: the month, or the year."""
    tickets = work.by_month(held["it_tickets"].values(), "reported_at", today, months)
    changes = work.by_month(held["it_changes"].values(), "change_asked_on", today, months)
    rows = []
    for period in sorted({month[:length] for month in (*tickets, *changes)}):
        those = ([each for month in found if month.startswith(period) for each in found[month]] for found in (tickets, changes))  # fmt: skip
        rows.append(_figures(period, today, *those))
    return rows


def _figures(period: str, today: date, tickets: list[work.RecordView], changes: list[work.RecordView]) -> list[work.FigureCell]:  # fmt: skip
    kinds = Counter(each.values["ticket_kind"] for each in tickets)
    incidents = [each for each in tickets if each.values["ticket_kind"] == forms.INCIDENT.code]
    restored = (each for each in incidents if each.get("ticket_answer") != forms.NOT_RESTORED.code)
    hours = work.mean(hours_taken(each.get("reported_at"), each.get("resolved_at")) for each in restored)
    shares = [share_in_time(tickets, code, due, today) for code, (_, due) in _TIMED.items()]
    return [
        period,
        *(kinds[kind.code] for kind in forms.TICKET_KINDS),
        len(changes),
        hours,
        *shares,
        work.share(sum(each.state == SOLVED.code for each in incidents), len(incidents)),
    ]


def _offenders(held: RegisterView, today: date) -> FigureRows:
    return [[asset, len(keys)] for asset, keys in _incidents(held, today).items()]


def _lies_ahead(values: Values, held: RegisterView, today: date) -> str | None:
    ahead = str(values["planned_at"])[:10] >= today.isoformat()
    return None if values.get("change_done_at") else (YES if ahead else NO).code


def _planned_on(values: Values, held: RegisterView, today: date) -> str | None:
    """The day on which the plan came that is to be decided on: a returned one is planned anew."""
    returned = values.get("change_answer") == fields.RETURNED.code and not values.get("change_revision")
    return None if returned else str(values.get("change_planned_on") or today.isoformat())


def _decide_by(values: Values) -> str | None:
    """When the change is to be made, where that is sooner than the days of the stage: what is past cannot be approved."""
    known, at = values.get("change_planned_on"), str(values.get("planned_at") or "")
    return at if known and at[:10] <= workdays_later(date.fromisoformat(str(known)), 2).isoformat() else None


# fmt: off
_PAST = Localized("计划变更时间已过，请退回改期", "The planned time is past: return it for another")
TO_RESPOND = State("to_respond", Localized("待响应", "To respond"))
TO_RESOLVE = State("to_resolve", Localized("待解决", "To resolve"))
TO_CONFIRM = State("to_confirm", Localized("待确认", "To confirm"))
SOLVED = State("solved", Localized("已关闭", "Closed"), final=True)
TO_APPROVE = State("change_to_approve", Localized("待审批", "To approve"))
TO_REVISE = State("change_to_revise", Localized("待修订", "To revise"))
TO_CARRY_OUT = State("to_carry_out", Localized("待实施", "To carry out"))
CARRIED_OUT = State("carried_out", Localized("已实施", "Carried out"), final=True)
TO_KNOW = State("to_know", Localized("待审定", "To confirm"))
KNOWN = State("is_known", Localized("已入库", "In the knowledge base"), final=True)
NOT_KNOWN = State("not_known", Localized("不入库", "Left out"), final=True)
_SERVICE = (
    *(Measure(kind.words) for kind in forms.TICKET_KINDS), Measure(Localized("变更", "Changes")),
    Measure(Localized("平均恢复（小时）", "Hours to restore"), Kind.NUMBER), rate("响应及时率", "Responded in time"), rate("解决及时率", "Resolved in time"), rate("故障处理率", "Incidents dealt with"),
)
RAISED = LedAnew(Field("ticket_raised_at", Localized("优先级提高时间", "Priority raised at"), Kind.MOMENT), "ticket_priority")
_TIMED = {"responded_in_time": ("responded_at", "respond_by"), "resolved_in_time": ("resolved_at", "resolve_by")}
_ASKED = ("reported_at", "ticket_counts_from")
TICKETS = Register(
    "it_tickets", Localized("运维单", "Tickets"), forms=tuple(map(describe, (forms.Ticket, forms.Response, forms.Resolution, forms.Confirmation))),
    sealed=Sealed("it_tickets", "{ticket_no}", (SOLVED.code,), ("ticket_kind", "ticket_priority", "reported_at"), TO_CONFIRM.code, final=(SOLVED.code,)), also_sealed=(Sealed("it_tickets", "{ticket_no}", (SOLVED.code,), ("resolution",), TO_CONFIRM.code),), states=(TO_RESPOND, TO_RESOLVE, TO_CONFIRM, SOLVED), manager=HEAD.code, told=("reported_at", "responded_at", "resolved_at"), looks_at=("patrols", "it_routines", "it_changes"),
    stages=(
        Stage("take_ticket", Localized("运维受理", "Take"), ENGINEER.code, "it_ticket", expects_role=True, transitions=(Transition(TO_RESPOND.code),)),
        Stage("respond_ticket", Localized("响应", "Respond"), ENGINEER.code, "it_response", TO_RESPOND.code, due_by="respond_by", spread=True,
              strict=True, transitions=(Transition(TO_RESOLVE.code),), task=Localized("在响应时限内响应", "Respond in time")),
        Stage("resolve_ticket", Localized("解决", "Resolve"), ENGINEER.code, "it_resolution", TO_RESOLVE.code, due_by="resolve_by",
              whom="responded_by", strict=True, against=(Against("resolved_at", Comparison.NOT_BEFORE, "resolved_at"),), transitions=(Transition(TO_CONFIRM.code),), task=Localized("解决后写明办法", "Resolve, and say how")),
        Stage("confirm_ticket", Localized("确认恢复", "Confirm"), HEAD.code, "it_confirmation", TO_CONFIRM.code, days=1, strict=True,
              not_by=("resolved_by",), task=Localized("与申报部门确认是否恢复", "Confirm with whoever reported it"),
              transitions=fields.decided("ticket_answer", SOLVED, TO_RESOLVE, forms.RESTORED, forms.NOT_RESTORED)),
    ),
    numbered=Numbered("YW{yy}{month}{serial:03d}", ("reported_at", "reported_from", "ticket_text"), "reported_at"),
    opens=(CreatesRecords(_from_patrols), CreatesRecords(_from_routines)), refers=(Refers("ticket_asset", "it_assets"),), count_by=("ticket_kind", "ticket_priority"), led_anew=RAISED,
    derived=(
        known_on("ticket_known_on", Localized("受理登记日", "Entered on"), "reported_at"),
        counts_from("ticket_counts_from", Localized("时限起算时间", "Counts from"), "reported_at", "ticket_known_on"),
        after_hours("respond_by", Localized("最迟响应时间", "Respond by"), "ticket_counts_from", RESPOND, "ticket_priority", RAISED.field.code),
        after_hours("resolve_by", Localized("最迟解决时间", "Resolve by"), "ticket_counts_from", RESOLVE, "ticket_priority", RAISED.field.code),
        *in_time("responded_in_time", Localized("响应及时", "Responded in time"), "responded_at", "respond_by", asked=_ASKED),
        *in_time("resolved_in_time", Localized("解决及时", "Resolved in time"), "resolved_at", "resolve_by", (("ticket_answer", (forms.NOT_RESTORED.code,)),), _ASKED),
    ),
    watches=(*not_in_time("it.", "it_tickets", _TIMED, HEAD.code), telling.came_in_late("it.came_late", "it_tickets", "reported_at", "ticket_by", HEAD.code, "ticket_known_on"),
             warning("it.repeated",
                     Localized("资产“{value}”30 天内 {count} 次故障：{tickets}", "Asset “{value}”: {count} incidents in 30 days: {tickets}"),
                     Localized("查明根源，按“问题”立单", "Find the cause, and open a problem"), _repeated),),
    statistics=(filled_later_by_month("it_filled_later", Localized("运维补录按月", "Filled in later by month"), "it_tickets", "reported_at", "responded_in_time", "resolved_in_time"),
        Statistic("it_by_month", Localized("运维按月", "Service by month"), Localized("月份", "Month"), _SERVICE, _by_month),
        Statistic("it_by_year", Localized("运维按年", "Service by year"), Localized("年份", "Year"), _SERVICE, _by_year),
        Statistic("it_offenders", Localized("重复故障资产", "Repeat offenders"), Localized("资产", "Asset"),
                  (Measure(Localized("30 天内故障", "Incidents in 30 days")),), _offenders),
    ),
)
CHANGES = Register(
    "it_changes", Localized("变更", "Changes"), forms=tuple(map(describe, (forms.ChangeRequest, forms.ChangeApproval, forms.ChangeRevised, forms.ChangeResult))),
    states=(TO_APPROVE, TO_REVISE, TO_CARRY_OUT, CARRIED_OUT), manager=HEAD.code,
    stages=(
        Stage("ask_change", Localized("变更申请", "Ask"), ENGINEER.code, "it_change", transitions=(Transition(TO_APPROVE.code),)),
        Stage("approve_change", Localized("变更审批", "Approve"), HEAD.code, "it_change_approval", TO_APPROVE.code, days=2, due_by="change_decide_by", strict=True,
              not_by=("change_asked_by",), task=Localized("没有可行的回退方案不批", "None without a way back"),
              transitions=(Transition("", when=(("change_answer", (fields.APPROVED.code,)),), known=(("change_ahead", (NO.code,)),), why=_PAST),
                           *fields.decided("change_answer", TO_CARRY_OUT, TO_REVISE))),
        Stage("revise_change", Localized("变更修订", "Revise"), ENGINEER.code, "it_change_revised", TO_REVISE.code, days=2, whom="change_asked_by",
              renews=("planned_at", "rollback_plan"), anew=True, transitions=(Transition(TO_APPROVE.code),), task=Localized("按审批意见修订", "Revise it")),
        Stage("carry_out_change", Localized("变更实施", "Carry out"), ENGINEER.code, "it_change_result", TO_CARRY_OUT.code, due_by="planned_at",
              whom="change_asked_by", against=(Against("change_done_at", Comparison.NOT_BEFORE, "planned_at"),), transitions=(Transition(CARRIED_OUT.code),), task=Localized("按计划实施，不成即回退", "Carry it out, or roll it back")),
    ),
    numbered=Numbered("BG{yy}{month}{serial:03d}", ("change_what", "planned_at"), "change_asked_on"),
    sealed=Sealed("it_changes", "{change_no}", (TO_CARRY_OUT.code, CARRIED_OUT.code), ("change_what", "change_risk", "rollback_plan", "planned_at", "change_test"), TO_APPROVE.code, final=(CARRIED_OUT.code,)),
    watches=(watching.still_blank("it.no_settings", "it_changes", (describe(forms.ChangeResult).field("change_config"),), "change_what", (CARRIED_OUT.code,), "change_done_by", HEAD.code,
                                  Localized("把变更后的配置记下来、备份好，在总表补写这一格", "Note and keep the settings, and put that into the master"), when=(("change_result", forms.DONE_WELL.code),)),
             watching.day_has_come("it.change_undecided", "it_changes", (TO_APPROVE.code,), "planned_at",
                                   Localized("计划变更时间是 {value}，还没有批：没有批的不能实施", "Planned for {value}, and not approved: nothing is changed before it is"),
                                   Localized("马上审批；来不及的退回改期", "Decide at once, or return it for another time"), HEAD.code, "change_asked_by"),
             telling.bad_answer("it.rolled_back", "it_changes", ("change_result", forms.ROLLED_BACK), ("change_what", "change_config"), Localized("变更“{what}”没有成功，已回退", "The change “{what}” did not work: it was rolled back"),
                                Localized("查明原因；要再做的另提变更申请；看过选“知道了”", "Find out why, ask for it anew where it is still to be made; note it"), (HEAD.code,)),
             telling.done_after_day("it.change_late", "it_changes", "planned_at", "change_done_at", HEAD.code)),
    derived=(Derived(Field("change_planned_on", Localized("变更计划登记日", "Plan entered on"), Kind.DATE), look=_planned_on),
             Derived(Field("change_decide_by", Localized("变更审批期限", "Decide by"), Kind.MOMENT), _decide_by), Derived(Field("change_ahead", Localized("计划时间未过", "Still ahead"), Kind.CHOICE, options=(YES, NO)), look=_lies_ahead),),
)
KNOWLEDGE = Register(
    "it_knowledge", Localized("知识库", "Knowledge"), forms=(describe(forms.Knowledge), describe(forms.KnowledgeCheck)), kept=True,
    states=(TO_KNOW, KNOWN, NOT_KNOWN), manager=HEAD.code, looks_at=("it_tickets",), opens=(CreatesRecords(_knowledge),),
    stages=(Stage("confirm_knowledge", Localized("知识审定", "Knowledge"), HEAD.code, "it_knowledge_check", TO_KNOW.code, days=5, strict=True, tells=("knowledge_from",),
                  transitions=fields.decided("knowledge_answer", KNOWN, NOT_KNOWN, back=False),
                  task=Localized("审定可入库的条目", "Confirm what is worth knowing")),),
)
PROCEDURE = Procedure(
    "it_service", Localized("运维服务", "IT service"),
    about=Localized("按优先级限时响应和解决，变更有审批有回退，知识、资产有据，巡检、备份、月报、年报按期",
                "Hours to respond and resolve by priority, changes with a way back, knowledge and assets on record; patrols, backups and reports recur"),
    roles=(ENGINEER, HEAD, GENERAL_MANAGER), parameters=(REPEATS, WARRANTY, *RESPOND.values(), *RESOLVE.values(), *EVERY.values()),
    registers=(TICKETS, CHANGES, KNOWLEDGE, ASSETS, PATROLS, ROUTINE_WORK, REPORTS, LOGS),
)
