"""What is watched and counted about complaints."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from schemas.complaints.forms import HANDLER, QUALITY, Complaint
from schemas.language import Kind, Localized, watching, work
from schemas.language.durations import days_taken
from schemas.language.fields import FAIRLY_SATISFIED, SATISFIED
from schemas.language.model import describe
from schemas.language.ordering import done_before_step
from schemas.roster.roles import GENERAL_MANAGER, MANAGER

# fmt: off
REPEAT_COUNT = work.Parameter("complaint_repeats", Localized("同一原因几次算重复", "So many of one cause are repeated"), 3, 2, 99)
REPEAT_DAYS = work.Parameter("complaint_repeat_days", Localized("在多少天以内", "Within so many days"), 90, 1, 3660)
_OPEN = ("to_approve", "to_tell", "to_act", "measures_to_approve")
_CAUSE = ("responsible_department", "root_cause")


MEASURES_KNOWN, EFFECT_BEFORE = done_before_step("complaints.effect_before", "complaints", "confirmed_on", ("measures_approved_by", Localized("措施审批", "Approve measures")), ("measures_approved_known", Localized("措施审批交来日期", "Measures approved on")), GENERAL_MANAGER.code, states=("settled",))


def _own_case(held: work.RegisterView, today: date) -> Iterator[work.Seen]:
    """Complaints about somebody who proposes their solution, or tells the customer, himself: for the general manager, who decides."""
    for key, each in held["complaints"].items():
        whose = str(each.get("responsible_person") or "")
        code = next((one for one in ("told_by", "proposed_by") if whose and each.get(one) == whose), "")
        if code and each.state in _OPEN:
            yield work.Seen(key, code, whose, GENERAL_MANAGER.code, {"what": key})


OWN_CASE = work.warning(
    "complaints.own_case", Localized("{what} 的责任人{value}自己提方案、答复客户", "{value}, whom {what} is about, solves it himself, or tells the customer"), Localized("另请人处理；确可由本人办的选“知道了”", "Have it dealt with by somebody else; note it where he may"), _own_case)


def _repeated(held: work.RegisterView, today: date) -> Iterator[work.Seen]:
    since = (today - timedelta(days=held.parameter(REPEAT_DAYS.code))).isoformat()
    causes: dict[tuple[str, ...], list[work.RecordView]] = defaultdict(list)
    for each in held["complaints"].values():
        if each.get("root_cause") and each.get("complained_on", "") >= since:
            causes[tuple(str(each.get(code, "")) for code in _CAUSE)].append(each)
    for (department, cause), those in causes.items():
        if len(those) >= held.parameter(REPEAT_COUNT.code):
            newest = max(those, key=lambda each: each.key)
            numbers = "、".join(sorted(each.key for each in those))
            details = {"count": str(len(those)), "department": department, "numbers": numbers}
            yield work.Seen(newest.key, "root_cause", cause, details=details)


REPEATED = work.warning(
    "complaints.repeated",
    Localized("同一原因“{value}”（{department}）已有 {count} 起投诉：{numbers}", "{count} complaints of one cause, “{value}” ({department}): {numbers}"),
    Localized("检查预防措施为什么没有起作用", "Find out why the preventive action has not helped"), _repeated)

LOOKED_UP = watching.still_blank(
    "complaints.not_looked_up", "complaints", [describe(Complaint).field(code) for code in ("order_no", "product_no", "delivered_on", "delivered_quantity", "faulty_quantity")],
    "complainant", ("to_solve", "to_approve", "to_tell", "to_act", "measures_to_approve", "acting"), "taken_by", HANDLER.code,
    Localized("质量投诉要查清这些：补在投诉登记表上，连投诉编号再交来；确实查不到的选“知道了”", "Of quality they are looked up: hand the sheet in again with them and the number; note it where nobody knows"),
    when=(("complaint_cause", QUALITY.code),))


def _allowed_late(held: work.RegisterView, today: date) -> Iterator[work.Seen]:
    """Measures that were approved after the day by which they are carried out: for who has approved them, and who supervises."""
    for key, each in held["complaints"].items():
        due, since = str(each.get("measures_due") or ""), each.since.isoformat() if each.since is not None else ""
        if each.state == "acting" and due < since:
            for role, person in ((GENERAL_MANAGER, "measures_approved_by"), (MANAGER, "measures_supervisor")):
                yield work.Seen(key, "measures_due", due, role.code, {"since": since}, str(each.get(person) or ""))


ALLOWED_LATE = work.warning(
    "complaints.allowed_late", Localized("措施完成期限是 {value}，{since} 才批", "The measures were to be done by {value}, and approved on {since} only"),
    Localized("在总表把完成期限改到以后；已经做完的选“知道了”", "Put the day off in the master; note it where they are done"), _allowed_late)


def _by_month(held: work.RegisterView, today: date) -> work.FigureRows:
    months = work.by_month(held["complaints"].values(), "complained_on", today)
    return [[month, *_figures(those)] for month, those in months.items()]


def _figures(those: list[work.RecordView]) -> list[work.FigureCell]:
    days = [days_taken(each.get("complained_on"), each.get("proposed_on")) for each in those]
    return [
        len(those),
        sum(each.get("complaint_cause") == "quality" for each in those),
        sum(each.get("complaint_grade") == "major" for each in those),
        sum(each.state == "settled" for each in those),
        work.mean(days),
        work.share_with(those, "reply_content", SATISFIED.code, FAIRLY_SATISFIED.code),
    ]


BY_MONTH = work.Statistic(
    "complaints_by_month", Localized("投诉按月", "Complaints by month"), Localized("月份", "Month"),
    (work.Measure(Localized("投诉", "Complaints")), work.Measure(Localized("其中质量", "Of quality")), work.Measure(Localized("其中重大", "Major")),
     work.Measure(Localized("已结案", "Settled")), work.Measure(Localized("提出方案平均天数", "Days to a solution"), Kind.NUMBER), work.rate("满意率", "Content")),
    _by_month)


def _by_cause(held: work.RegisterView, today: date) -> work.FigureRows:
    causes = Counter(each.values["root_cause"] for each in held["complaints"].values() if each.get("root_cause"))
    return [[cause, count] for cause, count in causes.most_common()]


BY_CAUSE = work.Statistic("complaints_by_cause", Localized("投诉按原因", "Complaints by root cause"), Localized("原因", "Root cause"), (work.Measure(Localized("投诉", "Complaints")),), _by_cause, on_page=False)
