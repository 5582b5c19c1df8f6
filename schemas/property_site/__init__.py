"""物业网站信息: the company's site and public forums are looked at every other day, what is asked is answered in two working days.

``manual.toml`` says what the manual gives. Ours: the two days run from the day on which it was found; the forums are looked
at on Mondays, Wednesdays and Fridays, unless the office sets that days off count, too.
"""

from __future__ import annotations

from datetime import date

from schemas.language import (
    Every,
    Field,
    FieldRole,
    Kind,
    Localized,
    Option,
    Procedure,
    Recurring,
    Register,
    Sealed,
    Stage,
    State,
    Transition,
    Values,
    checks,
    durations,
    fields,
    naming,
    work,
)
from schemas.language.ending import Ended, ending
from schemas.language.model import Date, FormModel, Text, WholeNumber, describe, field, form
from schemas.language.ordering import done_before_step
from schemas.language.recurring import missed_in
from schemas.language.telling import done_on_its_day, fewer_listed, missed_by_month
from schemas.language.work import Derived, FigureRows, Measure, Numbered, Parameter, RegisterView, Statistic
from schemas.language.workdays import next_workday
from schemas.roster.roles import ADMIN_HEAD, ADMIN_SECRETARY, DEPARTMENT_HEAD, MANAGER, PROPERTY_HEAD, STAFF

DAYS_OFF = Parameter(
    "site_round_days_off", Localized("休息日也浏览论坛（1 为是）", "Forums are looked at on days off, too: 1"), 0, 0, 1
)
NOTHING, SOMETHING = fields.options(
    ("site_nothing_new", "没有新帖", "Nothing new"), ("site_something_new", "有新帖，已登记", "New ones, listed")
)
PLACES = fields.options(
    ("company_site", "公司外部网论坛", "The company's forum"), ("public_forum", "公共论坛", "A public forum")
)
DRAFTED = Option("reply_drafted", Localized("已拟回复", "Drafted"))
CANNOT = Option("reply_cannot", Localized("无法回复", "Cannot be answered"), ("提交行政部商议",))
_ROUND = ("浏览编号", "Site look No", "LL2026-11-03")
_POST = ("网帖编号", "Post No", "WT2611001")


class SiteRound(FormModel, form=form("site_round", "论坛浏览任务", "Forums to look at")):  # the program opens it
    round_no: Text = fields.number(*_ROUND)
    round_title: Text = field("浏览范围", "Where to look", means=FieldRole.TITLE)
    round_by: Date = field("应浏览日期", "Look on", kind=Kind.DATE)


class SiteRoundDone(FormModel, form=form("site_round_done", "论坛浏览记录表", "Forums looked at")):
    round_no: Text = fields.number(*_ROUND)
    round_result: Text = field(
        "浏览结果", "Result", required=True, options=(NOTHING, SOMETHING), example=SOMETHING.words.zh
    )
    round_count: WholeNumber = field(
        "新帖数", "New posts", kind=Kind.INTEGER, required_when={"round_result": (SOMETHING.code,)}, ge=1, example="2"
    )
    round_on: Date = fields.done_on("论坛浏览日期", "Looked on")
    round_done_by: Text = fields.done_by("论坛浏览人", "Looked by", "宁秘书")

    none_counted = checks.nothing_beside("round_result", NOTHING, "round_count")


class SiteRoundEnded(Ended, form=form("site_round_ended", "论坛浏览作废单", "Look called off")):
    round_no: Text = fields.number(*_ROUND)


class SitePost(FormModel, form=form("site_post", "网帖问题登记表", "Question in a forum")):
    post_no: Text = fields.number(*_POST, given=True)
    post_place: Text = field("网帖来源", "Where it stands", required=True, options=PLACES)
    post_text: Text = fields.text("网帖内容", "What is asked", "电梯何时修好", means=FieldRole.TITLE)
    post_found_on: Date = fields.day("网帖发现日期", "Found on", trends=True, means=FieldRole.CAME_ON)
    post_department: Text = fields.text("网帖责任部门", "Department", "设备部")
    post_head: Text = fields.text("拟复负责人", "Who drafts the reply", "杜部长")
    post_found_by: Text = fields.filled_by("网帖收集人", "Found by", "宁秘书")


class ReplyDrafted(FormModel, form=form("site_reply_draft", "网帖拟复表", "Draft of a reply")):
    post_no: Text = fields.number(*_POST)
    draft_result: Text = field("拟复情况", "Result", required=True, options=(DRAFTED, CANNOT))
    draft_text: Text = field("拟复内容", "Draft", required_when={"draft_result": (DRAFTED.code,)}, example="周五前修好")
    draft_reason: Text = fields.reason("无法回复的原因", "Why not", "draft_result", CANNOT.code)
    drafted_by: Text = fields.done_by("拟复人", "Drafted by", "杜部长")


class ReplyDiscussed(FormModel, form=form("site_reply_discussed", "网帖商议表", "Reply, discussed")):
    post_no: Text = fields.number(*_POST)
    draft_text: Text = field("拟复内容", "Draft", required=True, example="周五前修好")
    discussed_by: Text = fields.done_by("商议主持人", "Led by", "覃主管")


class ReplyReviewed(FormModel, form=form("site_reply_review", "网帖回复审阅表", "Decision on a reply")):
    post_no: Text = fields.number(*_POST)
    review_answer: Text = fields.decision("回复审阅结论", "Decision")
    review_why: Text = fields.reason("回复审阅意见", "Remark", "review_answer")
    reply_reviewed_by: Text = fields.done_by("回复审阅人", "Decided by", "管经理")


class ReplyPosted(FormModel, form=form("site_reply_posted", "网帖回复登记表", "Reply, posted")):
    post_no: Text = fields.number(*_POST)
    posted_on: Date = fields.done_on("网帖回复日期", "Posted on")
    posted_by: Text = fields.done_by("网帖回复人", "Posted by", "宁秘书")


class PostEnded(Ended, form=form("site_post_ended", "网帖作废单", "Post ended")):
    post_no: Text = fields.number(*_POST)


TO_LOOK = State("forum_to_look", Localized("待浏览", "To look at"))
LOOKED = State("forum_looked", Localized("已浏览", "Looked at"), final=True)
LOOK_MISSED = missed_in("site_rounds")
LOOK_ENDED, END_LOOK = ending("site_rounds", "site_round_ended", ADMIN_HEAD.code, owed=True)
TO_DRAFT = State("post_to_draft", Localized("待拟复", "To draft"))
TO_DISCUSS = State("post_to_discuss", Localized("待商议", "To discuss"))
TO_REVIEW = State("post_to_review", Localized("待审阅", "To decide"))
TO_POST = State("post_to_post", Localized("待发布", "To post"))
POSTED = State("post_posted", Localized("已回复", "Answered"), final=True)
POST_ENDED, END_POST = ending("site_posts", "site_post_ended", ADMIN_HEAD.code)


_RETURNED = (("review_answer", (fields.RETURNED.code,)),)
"""What the manager returns goes back to whoever has made it: the department, or the administration where that could not."""


REVIEW_KNOWN, POSTED_BEFORE = done_before_step(
    "site.posted_before",
    "site_posts",
    "posted_on",
    ("reply_reviewed_by", Localized("回复审阅", "Decide")),
    ("reply_review_known", Localized("回复审阅交来日期", "Review came on")),
    ADMIN_HEAD.code,
)


def _reply_by(values: Values) -> str | None:
    found = values.get("post_found_on")
    return next_workday(next_workday(date.fromisoformat(str(found)))).isoformat() if found else None


def _by_month(held: RegisterView, today: date) -> FigureRows:
    rows: list[list[work.FigureCell]] = []
    for month, those in work.by_month(held["site_posts"].values(), "post_found_on", today).items():
        answered = sum(each.state == POSTED.code for each in those)
        in_time = durations.share_in_time(those, "posted_in_time", "reply_due", today, (POST_ENDED.code,))
        rows.append([month, len(those), answered, in_time])
    return rows


def _stage(
    code: str,
    title: Localized,
    role: Option,
    form: str,
    state: State,
    ways: tuple[Transition, ...],
    task: Localized,
    whom: str = "",
    *,
    not_by: tuple[str, ...] = (),
) -> Stage:
    strict, decides, drafts = not whom, role is MANAGER, state in (TO_DRAFT, TO_DISCUSS)
    return Stage(
        code, title, role.code, form, state.code, 0, ways, task, "reply_due",
        whom=whom, spread=True, strict=strict, decides=decides, anew=drafts, not_by=not_by,
    )  # fmt: skip


PROCEDURE = Procedure(
    "property_site",
    Localized("物业网站信息", "A property company's site"),
    about=Localized(
        "每两日浏览论坛，问题由责任部门拟复、经理审阅，2 个工作日内回复",
        "Forums are looked at every other day; departments draft, the manager decides, answered in two working days",
    ),
    roles=(ADMIN_SECRETARY, DEPARTMENT_HEAD, PROPERTY_HEAD, ADMIN_HEAD, MANAGER),
    parameters=(DAYS_OFF,),
    registers=(
        Register(
            "site_rounds",
            Localized("论坛浏览", "Forums looked at"),
            kept=True,
            forms=(describe(SiteRound), describe(SiteRoundDone), describe(SiteRoundEnded)),
            states=(TO_LOOK, LOOKED, LOOK_MISSED, LOOK_ENDED),
            manager=ADMIN_HEAD.code,
            recurs=(
                Recurring(
                    Every.DAY,
                    ADMIN_SECRETARY.code,
                    "round_by",
                    "LL{period}",
                    (("round_title", "公司外部网论坛、公共论坛"),),
                    step=2,
                    days_off_count=True,
                    all_days=DAYS_OFF,
                    missed=LOOK_MISSED.code,
                ),
            ),
            stages=(
                Stage(
                    "look_at_forums",
                    Localized("论坛浏览", "Look"),
                    ADMIN_SECRETARY.code,
                    "site_round_done",
                    TO_LOOK.code,
                    due_by="round_by",
                    spread=True,
                    transitions=(Transition(LOOKED.code),),
                    task=Localized("浏览论坛，有关物业的问题逐条登记", "Look at the forums; list what is asked"),
                ),
                END_LOOK,
            ),
            looks_at=("site_posts",),
            watches=(
                fewer_listed(
                    "site.fewer",
                    "site_rounds",
                    ("round_count", "round_on"),
                    ("site_posts", "post_found_on"),
                    ADMIN_HEAD.code,
                ),
                *done_on_its_day("site.look", "site_rounds", "round_by", "round_on", ADMIN_HEAD.code),
            ),
            statistics=(
                missed_by_month(
                    "site_rounds_missed",
                    Localized("论坛浏览未做按月", "Looks at forums missed by month"),
                    "site_rounds",
                    "round_by",
                    LOOK_MISSED.code,
                    "round_on",
                ),
            ),
        ),
        Register(
            "site_posts",
            Localized("网帖问题", "Questions in forums"),
            forms=tuple(map(describe, (SitePost, ReplyDrafted, ReplyDiscussed, ReplyReviewed, ReplyPosted, PostEnded))),
            states=(TO_DRAFT, TO_DISCUSS, TO_REVIEW, TO_POST, POSTED, POST_ENDED),
            manager=ADMIN_HEAD.code,
            # what the manager has read is what is posted
            sealed=Sealed(
                "site_posts",
                "{post_no}",
                (TO_POST.code, POSTED.code),
                ("post_text", "draft_text"),
                TO_REVIEW.code,
                final=(POSTED.code,),
            ),
            stages=(
                Stage(
                    "list_post",
                    Localized("网帖登记", "List"),
                    ADMIN_SECRETARY.code,
                    "site_post",
                    expects_role=True,
                    transitions=(Transition(TO_DRAFT.code),),
                ),
                _stage(
                    "draft_reply",
                    Localized("拟复", "Draft"),
                    DEPARTMENT_HEAD,
                    "site_reply_draft",
                    TO_DRAFT,
                    fields.decided("draft_result", TO_REVIEW, TO_DISCUSS, DRAFTED, CANNOT, calls=True),
                    Localized("拟定回复内容；无法回复的写明原因", "Draft the reply, or say why that cannot be"),
                    "post_head",
                ),
                _stage(
                    "discuss_reply",
                    Localized("商议", "Discuss"),
                    ADMIN_HEAD,
                    "site_reply_discussed",
                    TO_DISCUSS,
                    (Transition(TO_REVIEW.code),),
                    Localized("部门无法回复的，行政部商议后拟定", "What no department can answer is discussed"),
                    not_by=("drafted_by",),
                ),
                _stage(
                    "review_reply",
                    Localized("审阅", "Decide"),
                    MANAGER,
                    "site_reply_review",
                    TO_REVIEW,
                    (
                        Transition(TO_POST.code, when=(("review_answer", (fields.APPROVED.code,)),)),
                        Transition(
                            TO_DRAFT.code, when=_RETURNED, known=(("draft_result", (DRAFTED.code,)),), back=True
                        ),
                        Transition(TO_DISCUSS.code, when=_RETURNED, back=True),
                    ),
                    Localized("审阅回复内容", "Decide on the reply"),
                    not_by=("drafted_by", "discussed_by"),
                ),
                _stage(
                    "post_reply",
                    Localized("网上发布", "Post"),
                    ADMIN_SECRETARY,
                    "site_reply_posted",
                    TO_POST,
                    (Transition(POSTED.code),),
                    Localized("发现后 2 个工作日内回复", "Post it within two working days of finding it"),
                ),
                END_POST,
            ),
            numbered=Numbered(
                "WT{yy}{month}{serial:03d}", ("post_place", "post_text", "post_found_on"), "post_found_on"
            ),
            derived=(
                REVIEW_KNOWN,
                Derived(Field("reply_due", Localized("网帖回复期限", "Reply by"), Kind.DATE), _reply_by),
                *durations.in_time("posted_in_time", Localized("网帖按时回复", "In time"), "posted_on", "reply_due"),
            ),
            count_by=("post_place", "post_department"),
            looks_at=("people",),
            watches=(
                naming.not_of_role(
                    "site.head", "site_posts", "post_head", (DEPARTMENT_HEAD, PROPERTY_HEAD), "post_found_by", STAFF
                ),
                POSTED_BEFORE,
                *durations.not_in_time(
                    "site.", "site_posts", {"posted_in_time": ("posted_on", "reply_due")}, ADMIN_HEAD.code
                ),
            ),
            statistics=(
                Statistic(
                    "site_posts_by_month",
                    Localized("网帖按月", "Forum questions by month"),
                    Localized("月份", "Month"),
                    (
                        Measure(Localized("网帖", "Questions")),
                        Measure(Localized("已回复", "Answered")),
                        work.rate("2 个工作日内回复率", "In two days"),
                    ),
                    _by_month,
                ),
            ),
        ),
    ),
)
