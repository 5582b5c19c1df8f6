"""网上客户信息管理: questions found online are answered within 24 hours by whoever the project's stage makes responsible.

``manual.toml`` says what the manuals give. Before the sales group exists, and from its end to hand-over, the customer
centre answers; while it exists the sales group; after hand-over the property department for its matters, else the
customer centre; the club is the customer centre's, contracts and certificates the support group's, promotions the
promotion group's. Clear matters are answered by the handler, contested ones pass the supervisor first.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schemas.customer_notices import CUSTOMER_NOTICES
from schemas.language import (
    Against,
    Comparison,
    Every,
    Field,
    FieldRole,
    Kind,
    Localized,
    Option,
    Procedure,
    Recurring,
    Register,
    Route,
    Stage,
    State,
    Transition,
    Values,
    checks,
    durations,
    fields,
    watching,
    work,
)
from schemas.language.ending import Ended, ending
from schemas.language.model import Date, FormModel, Text, WholeNumber, describe, field, form
from schemas.language.recurring import missed_in
from schemas.language.telling import came_in_late, done_on_its_day, fewer_listed, missed_by_month
from schemas.language.work import (
    NO,
    YES,
    Derived,
    FigureCell,
    FigureRows,
    Measure,
    Numbered,
    Parameter,
    RecordView,
    RegisterView,
    Seen,
    Statistic,
)
from schemas.project_phases import (
    CLUB,
    OTHER,
    PAPERS,
    PHASES,
    PROMOTED,
    PROPERTY_MATTER,
    SOURCES,
    UNITS,
    in_charge,
)
from schemas.roster.roles import CUSTOMER_CENTRE, SUPERVISOR

CLEAR = Option("clear", Localized("明确", "Clear"))
CONTESTED = Option("contested", Localized("有争议", "Contested"), ("争议",))
ANSWERED = Option("question_answered", Localized("已回复", "Answered"))
TO_SUPERVISOR = Option("to_supervisor", Localized("须主管定", "For the supervisor"), ("退回主管",))
NAMES = fields.options(
    ("as_company", "公司", "The company"), ("as_employee", "员工", "An employee"), ("as_customer", "客户", "A customer")
)
REPLY_HOURS = Parameter(
    "question_reply_hours", Localized("网上问题几小时内回复", "Hours to answer a question"), 24, 1, 720
)
DAYS_OFF = Parameter(
    "site_look_days_off", Localized("休息日也查看网站（1 为是）", "Sites are looked at on days off, too: 1"), 0, 0, 1
)
NOTHING_NEW = Option("nothing_new", Localized("没有新问题", "Nothing new"), ("无",))
NEW_QUESTIONS = Option("new_questions", Localized("有新问题，已登记", "New ones, registered"))
ASKED_AGAIN = Option("asked_again", Localized("经办人已请主管定", "Asked of him by the handler"))
_NO = ("网上问题编号", "Question No", "WS2611001")


class Question(
    FormModel, form=form("online_question", "网上客户问题及回复记录", "Online question", titles=("网上客户问题登记表",))
):
    question_no: Text = fields.number(*_NO, given=True)
    question_source: Text = field("问题来源", "Source", required=True, options=SOURCES)
    question_project: Text = field("涉及项目", "Project", kind=Kind.CODE, required=True, example="金色家园")
    question_topic: Text = field(
        "问题类别", "Topic", required=True, options=(PROPERTY_MATTER, CLUB, PAPERS, PROMOTED, OTHER)
    )
    question_dispute: Text = field("争议情况", "Dispute", required=True, options=(CLEAR, CONTESTED))
    asked_at: Text = fields.moment("提问时间", "Asked at", "2026-11-02 14:30", means=FieldRole.CAME_ON)
    asker: Text = fields.text("提问客户", "Asked by", "业主张先生", means=FieldRole.TITLE)
    question_text: Text = fields.text("提问内容", "Question", "何时交房")
    collected_by: Text = fields.filled_by("问题收集人", "Collected by")


class Guidance(
    FormModel, form=form("question_guidance", "争议问题主管意见表", "The supervisor's word on a contested question")
):
    question_no: Text = fields.number(*_NO)
    guidance: Text = fields.text("主管意见", "Guidance", "按合同第 8 条答复")
    guided_at: Text = fields.moment("主管意见时间", "Said at", "2026-11-02 15:30", means=FieldRole.DONE_ON)
    guided_by: Text = fields.done_by("主管签署", "Supervisor", "郝主管")


class QuestionReply(FormModel, form=form("question_reply", "网上问题回复表", "Reply to an online question")):
    question_no: Text = fields.number(*_NO)
    reply_result: Text = field("回复结果", "Result", required=True, options=(ANSWERED, TO_SUPERVISOR))
    reply_text: Text = fields.text("回复内容", "Reply", "2027 年底交房")
    reply_reason: Text = fields.reason("须主管定的原因", "Why for the supervisor", "reply_result", TO_SUPERVISOR.code)
    reply_name: Text = field(
        "回复名义", "In whose name", required_when={"reply_result": (ANSWERED.code,)}, options=NAMES
    )
    replied_at: Text = fields.moment("回复时间", "Replied at", "2026-11-03 09:10", means=FieldRole.DONE_ON)
    replied_by: Text = fields.done_by("网上回复人", "Replied by")


class ClubApplication(
    FormModel, form=form("club_application", "客户俱乐部申请表", "Club application", titles=("客户俱乐部申请",))
):
    club_no: Text = fields.number("入会申请编号", "Application No", "JLB2611001", given=True)
    club_applicant: Text = fields.text("入会申请人", "Applicant", "王女士", means=FieldRole.TITLE)
    club_phone: Text = fields.phone("申请人手机", "Phone", "13932820018", required=True)
    applied_on: Date = fields.day("入会申请日期", "Applied on", trends=True, means=FieldRole.CAME_ON)


class ClubAnswer(FormModel, form=form("club_answer", "俱乐部入会审核表", "Answer to a club application")):
    club_no: Text = fields.number("入会申请编号", "Application No", "JLB2611001")
    club_decision: Text = fields.decision("入会审核结论", "Decision")
    club_reason: Text = fields.reason("入会审核意见", "Remark", "club_decision")
    club_decided_by: Text = fields.done_by("入会审核人", "Decided by")


class SiteLook(FormModel, form=form("site_look", "网站查看任务", "Sites to look at")):  # the program opens it
    look_no: Text = fields.number("查看编号", "Look No", "CK2026-11-03")
    look_title: Text = field("查看内容", "What to look at", means=FieldRole.TITLE)
    look_by: Date = field("应查看日期", "Look on", kind=Kind.DATE)


class SiteLooked(FormModel, form=form("site_looked", "网站查看记录表", "Sites looked at")):
    look_no: Text = fields.number("查看编号", "Look No", "CK2026-11-03")
    look_result: Text = field("查看结果", "Result", required=True, options=(NOTHING_NEW, NEW_QUESTIONS))
    look_count: WholeNumber = field(
        "新问题数", "New questions", kind=Kind.INTEGER, required_when={"look_result": (NEW_QUESTIONS.code,)}, ge=1
    )
    looked_on: Date = fields.done_on("实际查看日期", "Looked on")
    looked_by: Text = fields.done_by("网站查看人", "Looked by")

    none_counted = checks.nothing_beside("look_result", NOTHING_NEW, "look_count")


class QuestionEnded(Ended, form=form("question_ended", "网上问题作废单", "Question ended")):
    question_no: Text = fields.number(*_NO)


class LookEnded(Ended, form=form("site_look_ended", "网站查看作废单", "Look ended")):
    look_no: Text = fields.number("查看编号", "Look No", "CK2026-11-03")


def _unit(values: Values, held: RegisterView, today: date) -> str:
    """Who answers, by topic and by the stage that the project is in, until it is answered: of a group that is no more, none."""
    replied = values.get("replied_at") if values.get("reply_result") == ANSWERED.code else None
    day = str(replied or max(str(values["asked_at"]), today.isoformat()))[:10]
    return in_charge(str(values.get("question_topic", "")), str(values.get("question_project", "")), day, held).code


def _to_ask(values: Values) -> str:
    """Whether the supervisor still has to say how a contested question is answered, or was asked by whoever was to answer it."""
    if values.get("question_dispute") == CONTESTED.code and not values.get("guidance"):
        return YES.code
    return (ASKED_AGAIN if values.get("reply_result") == TO_SUPERVISOR.code else NO).code


def _in_one_hand(held: RegisterView, today: date) -> Iterator[Seen]:
    for key, each in held["online_questions"].items():
        if each.state == REPLIED.code and each.get("guided_by") and each.get("guided_by") == each.get("replied_by"):
            yield Seen(key, "guided_by", each.values["guided_by"], SUPERVISOR.code, {"what": each.values["asker"]})


def _row(name: FigureCell, those: list[RecordView], today: date) -> list[FigureCell]:
    timed = [each for each in those if each.get("in_time")]
    hours = [durations.hours_taken(each.values["asked_at"], each.values["replied_at"]) for each in timed]
    rate = durations.share_in_time(those, "in_time", "reply_by", today, (QUESTION_ENDED.code,))
    return [name, len(those), len(timed), rate, work.mean(hours)]


def _by_month(held: RegisterView, today: date) -> FigureRows:
    months = work.by_month(held["online_questions"].values(), "asked_at", today)
    return [_row(month, those, today) for month, those in months.items()]


def _by_source(held: RegisterView, today: date) -> FigureRows:
    every = list(held["online_questions"].values())
    those = {source: [each for each in every if each.get("question_source") == source.code] for source in SOURCES}
    return [_row(source.words, found, today) for source, found in those.items() if found]


QUESTION_ENDED, END_QUESTION = ending("online_questions", "question_ended", SUPERVISOR.code)
LOOK_MISSED = missed_in("site_looks")
LOOK_ENDED, END_LOOK = ending("site_looks", "site_look_ended", SUPERVISOR.code)
_DISPUTED = Localized(
    "争议情况改为“有争议”，先报主管定", "It is contested after all: the supervisor says how it is answered"
)
_CLEARED = Localized(
    "争议情况改为“明确”，不用主管定", "It is clear after all: the supervisor need not say how it is answered"
)
# fmt: off
TO_GUIDE = State("to_guide", Localized("待主管定", "With the supervisor"))
SORTED = State("sorted", Localized("待分派", "To sort"))
TO_ANSWER = State("to_answer", Localized("待回复", "To answer"))
REPLIED = State("replied", Localized("已回复", "Answered"), final=True)
TO_DECIDE = State("club_to_decide", Localized("待审核", "To decide"))
MEMBER = State("club_member", Localized("已入会", "Member"), final=True, closed=True)
NO_MEMBER = State("no_member", Localized("未入会", "Not accepted"), final=True)
TO_LOOK = State("to_look", Localized("待查看", "To look at"))
LOOKED = State("sites_looked", Localized("已查看", "Looked at"), final=True)
MEASURES = (
    Measure(Localized("问题", "Questions")), Measure(Localized("已回复", "Answered")),
    work.rate("按时回复率", "In time"), Measure(Localized("平均用时（小时）", "Hours"), Kind.NUMBER),
)
PROCEDURE = Procedure(
    "online_questions", Localized("网上客户信息管理", "Online questions"),
    about=Localized("网上问题按项目阶段分派，24 小时内回复，有争议的先过主管",
                "Questions go to whoever the project's stage names and are answered within 24 hours; contested ones pass the supervisor"),
    roles=(*UNITS, SUPERVISOR), parameters=(REPLY_HOURS, DAYS_OFF),
    registers=(
        PHASES,
        Register(
            "online_questions", Localized("网上问题", "Questions"), forms=tuple(map(describe, (Question, Guidance, QuestionReply, QuestionEnded))),
            states=(SORTED, TO_GUIDE, TO_ANSWER, REPLIED, QUESTION_ENDED), manager=SUPERVISOR.code, told=("asked_at", "replied_at", "reply_text", "question_text", "question_dispute"), told_to=("guided_by",), looks_at=("project_phases",),
            stages=(
                Stage("collect_question", Localized("问题收集", "Collect"), CUSTOMER_CENTRE.code, "online_question", expects_role=True, transitions=(Transition(SORTED.code),)),
                Stage("sort_question", Localized("分派", "Sort"), SUPERVISOR.code, state=SORTED.code,
                      transitions=(Transition(TO_GUIDE.code, known=(("question_dispute", (CONTESTED.code,)),)),
                             Transition(TO_ANSWER.code, known=(("question_dispute", (CLEAR.code,)),)))),
                Stage("guide_question", Localized("主管意见", "Guidance"), SUPERVISOR.code, "question_guidance", TO_GUIDE.code, due_by="reply_by",
                      strict=True, spread=True, anew=True, transitions=(Transition(TO_ANSWER.code, known=(("supervisor_asked", (NO.code,)),), by_itself=True, why=_CLEARED), Transition(TO_ANSWER.code)),
                      task=Localized("有争议的问题，写明如何答复", "Say how to answer")),
                Stage("answer_question", Localized("网上回复", "Answer"), CUSTOMER_CENTRE.code, "question_reply", TO_ANSWER.code, due_by="reply_by",
                      routes=tuple(Route(unit.code, (("answer_unit", (unit.code,)),)) for unit in UNITS), strict=True, spread=True, against=(Against("replied_at", Comparison.NOT_BEFORE, "guided_at"),),
                      task=Localized("最迟回复时间以前回复；须主管定的写明原因", "Answer by the hour that is shown, or say why it is for the supervisor"),
                      transitions=(Transition(TO_GUIDE.code, known=(("supervisor_asked", (YES.code,)),), by_itself=True, why=_DISPUTED),
                                   *fields.decided("reply_result", REPLIED, TO_GUIDE, ANSWERED, TO_SUPERVISOR, calls=True))),
                END_QUESTION,
            ),
            numbered=Numbered("WS{yy}{month}{serial:03d}", ("question_source", "asked_at", "question_text", "asker"), "asked_at"),
            derived=(
                durations.after_hours("reply_by", Localized("最迟回复时间", "Reply by"), "asked_at", REPLY_HOURS),
                *durations.in_time("in_time", Localized("是否按时回复", "In time"), "replied_at", "reply_by", (("reply_result", (TO_SUPERVISOR.code,)),)),
                durations.known_on("question_known_on", Localized("收集登记日", "Entered on"), "asked_at"),
                Derived(Field("supervisor_asked", Localized("是否待主管定", "With the supervisor"), Kind.CHOICE, options=(YES, NO, ASKED_AGAIN)), _to_ask),
                Derived(Field("answer_unit", Localized("回复部门", "Unit"), Kind.CHOICE, options=UNITS), look=_unit),
            ),
            refers=(work.Refers("question_project", "project_phases"),), count_by=("question_topic",),
            watches=(
                *durations.not_in_time("online.", "online_questions", {"in_time": ("replied_at", "reply_by")}, SUPERVISOR.code),
                watching.passed_over("online.unguided", "online_questions", (("question_dispute", CONTESTED),), ("guidance",), "asker", (REPLIED.code,), Localized("“{what}”已经回复，才改为“{value}”，主管没有看过", "“{what}” was answered before it was said to be contested: the supervisor has not seen it"),
                             Localized("看回复是否妥当，不妥的再回复客户；看过选“知道了”", "See whether the reply is right, else have the customer answered again; note it"), SUPERVISOR.code),
                work.warning("online.one_hand", Localized("“{what}”的主管意见和回复都是“{value}”一个人", "“{what}”: “{value}” has both said how to answer, and answered"), Localized("主管看一遍，不妥的再回复客户；看过选“知道了”", "The supervisor looks at it, and has the customer answered again where need be; note it"), _in_one_hand),
                watching.same_again("online.same_again", "online_questions", ("question_source", "asked_at", "question_text"), Localized("来源、时间和内容", "source, hour and text"), "collected_by",
                                    over=(REPLIED.code,), since="question_known_on", fix=watching.ANSWER_BOTH),
                came_in_late("online.came_late", "online_questions", "asked_at", "collected_by", SUPERVISOR.code, "question_known_on"),
            ),
            statistics=(
                durations.filled_later_by_month("questions_filled_later", Localized("网上问题补录按月", "Answers filled in later by month"), "online_questions", "asked_at", "in_time"),
                Statistic("questions_by_month", Localized("网上问题按月", "Questions by month"), Localized("月份", "Month"), MEASURES, _by_month),
                Statistic("questions_by_source", Localized("网上问题按来源", "Questions by source"), Localized("来源", "Source"), MEASURES, _by_source),
            ),
        ),
        Register(
            "club_applications", Localized("俱乐部申请", "Club applications"), forms=(describe(ClubApplication), describe(ClubAnswer)),
            states=(TO_DECIDE, MEMBER, NO_MEMBER), manager=SUPERVISOR.code,
            stages=(
                Stage("apply_club", Localized("入会申请", "Apply"), CUSTOMER_CENTRE.code, "club_application", transitions=(Transition(TO_DECIDE.code),)),
                Stage("decide_club", Localized("入会审核", "Decide"), CUSTOMER_CENTRE.code, "club_answer", TO_DECIDE.code, days=3, spread=True, strict=True,
                      task=Localized("审核入会申请", "Decide on these applications"),
                      transitions=fields.decided("club_decision", MEMBER, NO_MEMBER, back=False)),
            ),
            watches=(watching.same_again("online.member_again", "club_applications", ("club_applicant", "club_phone"), Localized("姓名和手机", "name and telephone"), "club_decided_by", over=("no_member",), since="applied_on"),),
            numbered=Numbered("JLB{yy}{month}{serial:03d}", ("club_applicant", "club_phone"), "applied_on", over=("no_member",), again="applied_on"),
        ),
        CUSTOMER_NOTICES,
        Register(
            "site_looks", Localized("网站查看", "Sites looked at"), forms=(describe(SiteLook), describe(SiteLooked), describe(LookEnded)), kept=True,
            states=(TO_LOOK, LOOKED, LOOK_MISSED, LOOK_ENDED), manager=SUPERVISOR.code,
            recurs=(Recurring(Every.DAY, CUSTOMER_CENTRE.code, "look_by", "CK{look_by}", (("look_title", "外部网站、门户网站、内部网站、论坛、邮箱"),), all_days=DAYS_OFF, missed=LOOK_MISSED.code),),
            looks_at=("online_questions",), watches=(fewer_listed("online.fewer", "site_looks", ("look_count", "looked_on"), ("online_questions", "asked_at"), SUPERVISOR.code), *done_on_its_day("online.look", "site_looks", "look_by", "looked_on", SUPERVISOR.code)),
            statistics=(missed_by_month("site_looks_missed", Localized("网站查看未做按月", "Looks missed by month"), "site_looks", "look_by", LOOK_MISSED.code, "looked_on"),),
            stages=(Stage("look_at_sites", Localized("网站查看", "Look"), CUSTOMER_CENTRE.code, "site_looked", TO_LOOK.code, due_by="look_by", spread=True,
                          transitions=(Transition(LOOKED.code),), task=Localized("查看各网站，新问题逐条登记", "Look at the sites; register what is new")), END_LOOK),
        ),
    ),
)
