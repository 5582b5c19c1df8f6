"""首接负责制: whoever received a customer's matter stays responsible until the customer has been told the result.

``manual.toml`` says what the manual gives: sources, dispatch, the shares of call-backs. Ours: who is dissatisfied has
his case opened again; the supervisor is asked within ten minutes; one working day to classify, two to handle, one to tell, two to call.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from schemas.language import Field, FieldRole, Kind, Localized, Option, Procedure, Register, Rule, Severity, Stage, State, Transition, Values, checks, durations, fields, telling, watching, work  # fmt: skip
from schemas.language.counting import MONTH, TOTAL
from schemas.language.ending import Ended, ending
from schemas.language.model import Date, Declared, FormModel, Text, describe, field, form, row_rule
from schemas.language.parameters import SetValue
from schemas.language.work import NO, YES, Derived, Draw, FigureCell, FigureRows, Measure, Numbered, Parameter, RegisterView, Seen, Statistic  # fmt: skip
from schemas.pressing_matters import GIVEN_LATE, HANDLED_BEFORE, MAJOR, MAJOR_SOLVED, URGENT, URGENT_HOURS, URGENT_TIMES
from schemas.holders import named_holder
from schemas.roster.roles import CUSTOMER_CENTRE, PROJECT_HEAD, SUPERVISOR

SOURCES = tuple(
    Option(code, Localized(f"{letter} {zh}", en), (zh, letter, *more))
    for letter, code, zh, en, *more in (
        ("a", "by_phone_call", "来电", "Telephone", "客户致电", "致电", "电话"),
        ("b", "by_service", "客服收集", "Collected by service", "客服部收集"),
        ("c", "from_company", "公司转来", "From the company"),
        ("d", "at_reception", "前台来访", "At reception", "业主亲自到前台", "亲自到前台"),
        ("e", "from_owners", "业委会转来", "From the owners' committee", "业主委员会转来"),
        ("f", "from_staff", "员工转来", "From staff", "业主口头告知员工", "口头告知员工"),
        ("g", "in_writing", "书面", "In writing", "业主书面提交", "书面提交"),
    )
)
COMPLAINT = Option("matter_complaint", Localized("投诉", "Complaint"))
REPAIR = Option("matter_repair", Localized("报修", "Repair"), ("维修",))
KINDS = (
    COMPLAINT,
    REPAIR,
    Option("matter_help", Localized("求助", "Help")),
    Option("matter_advice", Localized("咨询", "Inquiry")),
    Option("matter_idea", Localized("建议", "Suggestion")),
)
NATURES = (
    Option("ordinary", Localized("一般", "Ordinary")),
    Option("important", Localized("重要", "Important")),
    URGENT,
    MAJOR,
)
HANDLED = Option("matter_handled", Localized("已处理", "Handled"), ("处理完毕",))
NOT_MINE = Option("not_mine", Localized("不属本岗", "Not mine"), ("退回", "转出"))
_NO = ("首接编号", "First contact No", "SJ2611001")


def _order(what: str, zh: str, en: str) -> Rule:
    said = Localized(f"{{label}}“{{value}}”早于{zh}", f"{{label}} “{{value}}” lies before {en}")
    fix = Localized("核对日期和时刻，是否填反", "Check days and hours: swapped?")
    return Rule(f"contact.{what}_before", Severity.ERROR, said, fix, "2020-01-01 08:00")


def _moment(zh: str, en: str, example: str) -> Declared:
    return field(zh, en, kind=Kind.MOMENT, tests=[checks.not_future()], example=example)


class Matter(
    FormModel, form=form("matter", "首接登记表", "First contact", titles=("客户信息登记表", "首接负责登记表"))
):
    matter_no: Text = fields.number(*_NO, given=True)
    matter_source: Text = field("信息来源", "Source", required=True, options=SOURCES)
    received_at: Text = fields.moment("接收时间", "Received at", means=FieldRole.CAME_ON)
    matter_customer: Text = fields.text("来访客户", "Customer", "惠民超市", names="customers", means=FieldRole.TITLE)
    matter_phone: Text = fields.phone("客户联系方式", "Phone")
    matter_text: Text = fields.text("反映内容", "What it is about", "冰柜不制冷")
    solved_at_once: Text = field("能否当场答复", "Answered at once", options=(YES, NO))
    asked_supervisor_at: Text = _moment("请示主管时间", "Supervisor asked at", "2026-11-02 09:31")
    answered_after_asking: Text = _moment("请示后答复时间", "Answered after asking", "2026-11-02 09:35")
    first_receiver: Text = fields.filled_by("首接人", "Received by", "周婷")

    @row_rule(_order("asked", "接收时间", "the moment of receipt"), at="asked_supervisor_at")
    def received_before(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """The customer comes before the supervisor is asked."""
        asked, received = frame["asked_supervisor_at"], frame["received_at"]
        return ~(checks.reached(received) & (asked < received))

    @row_rule(_order("answered", "请示主管时间", "the moment of asking"), at="answered_after_asking")
    def asked_before(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """The supervisor is asked before the customer is answered."""
        asked, answered = frame["asked_supervisor_at"], frame["answered_after_asking"]
        return ~(checks.reached(asked) & (answered < asked))


class Dispatch(FormModel, form=form("matter_dispatch", "分类派发表", "Classified and dispatched")):
    matter_no: Text = fields.number(*_NO)
    matter_kind: Text = field("信息类别", "Kind", required=True, options=KINDS)
    matter_nature: Text = field("信息性质", "Nature", required=True, options=NATURES)
    matter_handler: Text = fields.text("经办负责人", "Handler", "吴刚")
    dispatched_by: Text = fields.done_by("派发人", "Dispatched by", "周婷")


class MajorView(FormModel, form=form("matter_major_view", "重大投诉上报单", "Major complaint, reported")):
    matter_no: Text = fields.number(*_NO)
    major_view: Text = fields.text("主管意见（重大）", "The supervisor's view", "两天内换机")
    major_viewed_by: Text = fields.done_by("主管签署（重大）", "Supervisor", "郝主管")


class MajorSolution(FormModel, form=form("matter_major_solution", "重大投诉处理单", "Major complaint, solved")):
    matter_no: Text = fields.number(*_NO)
    major_solution: Text = fields.text("重大投诉处理办法", "How it is solved", "换新机并致歉")
    major_solved_by: Text = fields.done_by("项目负责人签署", "Head of the project", "田项目")


class Handling(FormModel, form=form("matter_handling", "首接处理记录表", "Handling")):
    matter_no: Text = fields.number(*_NO)
    handling_result: Text = field("处理情况", "Result", required=True, options=(HANDLED, NOT_MINE))
    handling: Text = fields.text("处理过程", "How", "更换压缩机")
    handling_reason: Text = fields.reason("不属本岗说明", "Why not mine", "handling_result", NOT_MINE.code)
    handled_on: Text = fields.moment(
        "处理时间", "Handled at", "2026-11-02 12:20", means=FieldRole.DONE_ON, aliases=("处理日期",)
    )
    matter_handled_by: Text = fields.done_by("处理人", "Handled by", "吴刚")


class AnswerTold(FormModel, form=form("matter_told", "首接答复记录表", "Told the customer")):
    matter_no: Text = fields.number(*_NO)
    answer_told: Text = fields.text("答复内容", "Told", "已修好")
    answer_told_on: Date = fields.done_on("告知日期", "Told on")
    answer_told_by: Text = fields.done_by("告知人", "Told by", "周婷")


class CallBack(FormModel, form=form("matter_call_back", "客户回访表", "Call-back")):
    matter_no: Text = fields.number(*_NO)
    reaction: Text = field("回访反应", "Reaction", required=True, options=fields.CONTENT)
    reaction_reason: Text = fields.reason("回访不满意原因", "Why not", "reaction", fields.DISSATISFIED.code)
    called_back_on: Date = fields.done_on("客户回访日期", "Called on")
    called_back_by: Text = fields.done_by("客户回访人", "Called by", "郝主管")


class MatterEnded(Ended, form=form("matter_ended", "首接作废单", "First contact ended")):
    matter_no: Text = fields.number(*_NO)


TO_CLASSIFY = State("to_classify", Localized("待分类", "To classify"))
TO_HANDLE = State("to_handle", Localized("待处理", "To handle"))
TO_VIEW = State("to_view_major", Localized("待主管意见", "With the supervisor"))
TO_SOLVE = State("to_solve_major", Localized("待项目负责人处理", "With the head of the project"))
TO_TELL = State("to_tell_customer", Localized("待答复", "To tell"))
TOLD = State("told", Localized("已答复", "Told"))
TO_CALL = State("to_call_back", Localized("待回访", "To call back"))
CLOSED = State("matter_closed", Localized("已办结", "Closed"), final=True)
ENDED, END_MATTER = ending("first_contacts", "matter_ended", SUPERVISOR.code)
_CONTENT = (fields.SATISFIED.code, fields.FAIRLY_SATISFIED.code)


def _kinds_by_month(held: RegisterView, today: date) -> FigureRows:
    """Matters of twelve months in all, more than the month before, and by kind and nature: how they tend."""
    months = work.by_month(held["first_contacts"].values(), "received_at", today, 13)
    counted = {month: len(months.get(month, ())) for month in work.months_back(today, 13)}
    first = min(months, default="")
    rows: list[list[FigureCell]] = []
    for before, month in pairwise(counted):
        if those := months.get(month):
            kinds, natures = (Counter(each.get(code) for each in those) for code in ("matter_kind", "matter_nature"))
            grown = counted[month] - counted[before] if month > first else None
            of_kinds = [kinds[each.code] for each in KINDS]
            rows.append([month, counted[month], grown, *of_kinds, *(natures[each.code] for each in NATURES)])
    return rows


def _handled_by_month(held: RegisterView, today: date) -> FigureRows:
    """What became of the matters of twelve months."""
    rows: list[list[FigureCell]] = []
    for month, those in work.by_month(held["first_contacts"].values(), "received_at", today).items():
        states = Counter(each.state for each in those)
        handled = sum(states[each.code] for each in (TO_TELL, TOLD, TO_CALL, CLOSED))
        in_time = durations.share_in_time(those, "handled_in_time", "urgent_until", today, (ENDED.code,))
        promptly = work.share_with(
            those, "answered_promptly", YES.code, missed=lambda each: each.get("solved_at_once") == NO.code
        )
        rows.append([month, len(those), handled, states[CLOSED.code], states[ENDED.code], in_time, promptly])
    return rows


def _dissatisfied(values: Values, held: RegisterView, today: date) -> str | None:
    """The days on which the customer, called back, was not content: a later call says another thing, and what was is counted."""
    known, day = str(values.get("dissatisfied_on") or ""), str(values.get("called_back_on") or "")
    if values.get("reaction") != fields.DISSATISFIED.code or not day or day in known.split("、"):
        return known or None
    return "、".join(filter(None, (known, day)))


def _reactions_by_month(held: RegisterView, today: date) -> FigureRows:
    """What customers said who were called back, by the month in which their matters came."""
    rows: list[list[FigureCell]] = []
    for month, those in work.by_month(held["first_contacts"].values(), "received_at", today).items():
        said = Counter(each.get("reaction") for each in those)
        counts = [said[each.code] for each in fields.CONTENT]
        waiting = sum(each.state == TO_CALL.code for each in those)
        once = sum(bool(each.get("dissatisfied_on")) for each in those)
        rows.append([month, sum(counts), *counts, once, waiting, work.share_with(those, "reaction", *_CONTENT)])
    return rows


COMPLAINTS_CALLED = Parameter(
    "call_back_complaints", Localized("投诉回访比例（%）", "Complaints called back (%)"), 100, 0, 100
)
REPAIRS_CALLED = Parameter("call_back_repairs", Localized("报修回访比例（%）", "Repairs called back (%)"), 30, 0, 100)
OTHERS_CALLED = Parameter("call_back_others", Localized("其他事项回访比例（%）", "Others called back (%)"), 10, 0, 100)
ANSWER_MINUTES = Parameter(
    "answer_minutes", Localized("请示主管后几分钟内答复", "Minutes to answer once asked"), 5, 1, 600
)
ASK_MINUTES = Parameter(
    "ask_minutes", Localized("当场答复不了的几分钟内请示主管", "Minutes to ask the supervisor"), 10, 1, 600
)


def _minutes(values: Values) -> float | None:
    hours = durations.hours_between(values.get("asked_supervisor_at"), values.get("answered_after_asking"))
    return None if hours is None else round(hours * 60)


def _unanswered(held: RegisterView, today: date) -> Iterator[Seen]:
    """Matters that could not be answered at once, and nobody has answered since, or says when the supervisor was asked: those are the rule's breach."""
    for key, each in held["first_contacts"].items():
        over = each.state in (CLOSED.code, ENDED.code)
        asked, answered = each.get("asked_supervisor_at"), each.get("answered_after_asking")
        if each.get("solved_at_once") == NO.code and not (asked and answered) and not over:
            what = _NOT_ANSWERED if asked else _NOT_ASKED
            said: dict[str, str | Localized] = {"who": str(each.get("matter_customer")), "what": what}
            for role, person in ((SUPERVISOR.code, ""), ("", str(each.get("first_receiver") or ""))):
                yield Seen(key, "answered_after_asking", "", role, said, person)


_NOT_ANSWERED = Localized("请示主管后还没有答复", "the supervisor was asked, and nobody has answered since")
_NOT_ASKED = Localized("不能当场答复，没有写何时请示主管", "it could not be answered at once, and nobody has asked the supervisor")  # fmt: skip


def _promptly(value: SetValue) -> Callable[[Values], str | None]:
    def compute(values: Values) -> str | None:
        minutes = _minutes(values)
        most = float(value(ANSWER_MINUTES.code, str(values.get("received_at") or "")))
        return None if minutes is None else (YES if minutes <= most else NO).code

    return compute


# fmt: off
PROCEDURE = Procedure(
    "first_contact", Localized("首接负责制", "First contact"),
    about=Localized("谁先接到谁负责到答复，按比例回访，不满意的重新办理",
                "Whoever received it stays responsible until the customer is told; a share is called back, dissatisfaction reopens"),
    roles=(CUSTOMER_CENTRE, SUPERVISOR, PROJECT_HEAD),
    parameters=(COMPLAINTS_CALLED, REPAIRS_CALLED, OTHERS_CALLED, ANSWER_MINUTES, ASK_MINUTES, URGENT_HOURS),
    registers=(
        Register(
            "first_contacts", Localized("客户信息登记", "Matters"), forms=tuple(map(describe, (Matter, Dispatch, MajorView, MajorSolution, Handling, AnswerTold, CallBack, MatterEnded))),
            states=(TO_CLASSIFY, TO_VIEW, TO_SOLVE, TO_HANDLE, TO_TELL, TOLD, TO_CALL, CLOSED, ENDED), manager=SUPERVISOR.code, told=("received_at", "handled_on", "matter_text"), told_to=("major_viewed_by", "major_solved_by"),
            stages=(
                Stage("receive_matter", Localized("首接登记", "Receive"), CUSTOMER_CENTRE.code, "matter", transitions=(Transition(TO_CLASSIFY.code),)),
                Stage("dispatch_matter", Localized("分类派发", "Dispatch"), CUSTOMER_CENTRE.code, "matter_dispatch", TO_CLASSIFY.code, days=1,
                      whom="matter_dispatcher", anew=True, transitions=(Transition(TO_VIEW.code, when=(("matter_kind", (COMPLAINT.code,)), ("matter_nature", (MAJOR.code,)))), Transition(TO_HANDLE.code)),
                      task=Localized("分类定性，写明由谁处理", "Classify and name who handles it")),
                Stage("view_major", Localized("重大投诉上报", "Report up"), SUPERVISOR.code, "matter_major_view", TO_VIEW.code, days=1, strict=True, spread=True,
                      transitions=(Transition(TO_SOLVE.code),), task=Localized("重大投诉：写明意见，报项目负责人", "Say what you think; it goes to the head of the project")),
                Stage("solve_major", Localized("重大投诉处理", "Solve"), PROJECT_HEAD.code, "matter_major_solution", TO_SOLVE.code, days=1, strict=True, spread=True,
                      transitions=(Transition(TO_HANDLE.code),), task=Localized("重大投诉：定处理办法", "Say how it is solved")),
                Stage("handle_matter", Localized("处理", "Handle"), CUSTOMER_CENTRE.code, "matter_handling", TO_HANDLE.code, days=2, due_by="handle_by",
                      whom="matter_handler", anew=True, task=Localized("处理后如实记录；不属本岗的写明原因退回", "Handle it, or say why it is not yours"),
                      transitions=fields.decided("handling_result", TO_TELL, TO_CLASSIFY, HANDLED, NOT_MINE)),
                Stage("tell_result", Localized("答复客户", "Tell"), CUSTOMER_CENTRE.code, "matter_told", TO_TELL.code, days=1,
                      whom="first_receiver", transitions=(Transition(TOLD.code),), task=Localized("由首接人把结果告诉客户", "Tell the customer the result")),
                Stage("draw_matter", Localized("抽取回访", "Draw"), SUPERVISOR.code, state=TOLD.code,
                      transitions=(Transition(TO_CALL.code, known=(("in_sample", (YES.code,)),)), Transition(CLOSED.code, known=(("in_sample", (NO.code,)),)))),
                Stage("call_back", Localized("回访", "Call back"), SUPERVISOR.code, "matter_call_back", TO_CALL.code, days=2, strict=True, spread=True,
                      not_by=("matter_handler",), task=Localized("回访客户，不满意的重新办理", "Call back; dissatisfaction opens the case again"),
                      transitions=(Transition(TO_HANDLE.code, when=(("reaction", (fields.DISSATISFIED.code,)),), back=True),
                             Transition(CLOSED.code, when=(("reaction", _CONTENT),)))),
                END_MATTER,
            ),
            numbered=Numbered("SJ{yy}{month}{serial:03d}", ("received_at", "matter_customer", "matter_text"), "received_at"),
            draws=(Draw(Field("in_sample", Localized("是否回访", "Called back"), Kind.CHOICE, options=(YES, NO)), TOLD.code, "matter_kind",
                        ((COMPLAINT.code, COMPLAINTS_CALLED), (REPAIR.code, REPAIRS_CALLED)), rest=OTHERS_CALLED),),
            looks_at=("people",), derived=(
                named_holder("matter_dispatcher", Localized("由谁分类派发", "Who classifies it"), "first_receiver", CUSTOMER_CENTRE),  # all others report to it
                Derived(Field("answered_promptly", Localized("是否五分钟内答复", "Answered promptly"), Kind.CHOICE, options=(YES, NO)), set_by=_promptly),
                Derived(Field("answer_took", Localized("请示后答复用时（分钟）", "Minutes to answer"), Kind.INTEGER), _minutes),
                *URGENT_TIMES, MAJOR_SOLVED,
                Derived(Field("dissatisfied_on", Localized("不满意的回访日期", "Dissatisfied on")), look=_dissatisfied),
                durations.known_on("matter_known_on", Localized("首接登记日", "Entered on"), "received_at"),
            ),
            watches=(
                telling.bad_answer("contact.slow", "first_contacts", ("answered_promptly", NO), ("matter_customer", "answer_took"),
                                   Localized("“{what}”请示主管后 {note} 分钟才答复", "“{what}”: answered {note} minutes after the supervisor was asked"),
                                   Localized("问清原因；当场答复不了的，请示后按时限答复", "Ask why: once the supervisor is asked there are minutes"), (SUPERVISOR.code,)),
                *(replace(each, of_due=("handle_by",)) for each in durations.not_in_time("contact.", "first_contacts", {"handled_in_time": ("handled_on", "urgent_until")}, SUPERVISOR.code, "called_back_on")),
                work.warning("contact.unanswered", Localized("“{who}”：{what}", "“{who}”: {what}"),
                             Localized("答复后在总表补写请示和答复时间；有时效要求的按时限办，选“知道了”", "Put both times into the master once it is answered; note it where the service has a limit of its own"), _unanswered),
                watching.still_blank("contact.unsaid", "first_contacts", [describe(Matter).field("solved_at_once")], "matter_customer",
                                     tuple(each.code for each in (TO_CLASSIFY, TO_VIEW, TO_SOLVE, TO_HANDLE, TO_TELL)), "first_receiver", SUPERVISOR.code,
                                     Localized("在总表补写能否当场答复；不能的，再写何时请示、何时答复", "Put it into the master; where it is no, also when the supervisor was asked and it was answered")),
                durations.slow_between("contact.asked_late", "first_contacts", ("received_at", "asked_supervisor_at"), "matter_customer", ASK_MINUTES, "matter_known_on", SUPERVISOR.code,
                                       Localized("“{what}”接收 {minutes} 分钟后（{value}）才请示主管", "“{what}”: the supervisor was asked {minutes} minutes after it came ({value})"),
                                       Localized("问清原因；当场答复不了的，马上请示", "Ask why: what cannot be answered at once is asked at once")),
                GIVEN_LATE, HANDLED_BEFORE,
                telling.came_in_late("contact.came_late", "first_contacts", "received_at", "first_receiver", SUPERVISOR.code, "matter_known_on"),
            ),
            count_by=("matter_source", "matter_nature"),
            statistics=(
                Statistic("matters_by_kind", Localized("客户信息按月分类别和性质", "Matters by month, kind and nature"), MONTH,
                          (Measure(TOTAL), Measure(Localized("比上月", "To the month before")), *(Measure(each.words) for each in (*KINDS, *NATURES))), _kinds_by_month),
                Statistic("matters_handled", Localized("客户信息按月处理情况", "Matters by month, handled"), MONTH,
                          (Measure(TOTAL), Measure(Localized("已处理", "Handled")), Measure(Localized("已办结", "Closed")), Measure(Localized("已作废", "Ended")),
                           work.rate("紧急事项按时率", "Urgent: in time"), work.rate("五分钟内答复率", "Answered promptly")), _handled_by_month, with_ended=True),
                Statistic("matters_reactions", Localized("客户信息按月客户反映", "Matters by month, reactions"), MONTH,
                          (Measure(Localized("已回访", "Called back")), *(Measure(each.words) for each in fields.CONTENT), Measure(Localized("曾不满意", "Dissatisfied once")), Measure(Localized("待回访", "To call back")),
                           work.rate("回访满意率", "Content")), _reactions_by_month),
                durations.filled_later_by_month("matters_filled_later", Localized("首接补录按月", "Filled in later by month"), "first_contacts", "received_at", "handled_in_time"),
            ),
        ),
    ),
)
