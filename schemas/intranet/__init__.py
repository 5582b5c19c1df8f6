"""内部信息维护: departments hand in their week on Monday, the secretary posts it on Tuesday; news are posted on their day.

``manual.toml`` says what the manual gives. Ours: a holiday moves both days to the first and second working day of the week.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schemas.language import Every, Field, FieldRole, Kind, Localized, Option, Procedure, Recurring, Register, Sealed, Stage, State, Transition, Values, durations, fields, work  # fmt: skip
from schemas.language.ending import Ended, ending
from schemas.language.model import Date, FormModel, Text, describe, field, form
from schemas.language.recurring import missed_in
from schemas.language.telling import TOLD_FOR, came_in_late, done_on_its_day, missed_by_month
from schemas.language.watching import passed_over
from schemas.language.work import YES, Derived, FigureRows, Measure, Numbered, RegisterView, Seen, Statistic, warning
from schemas.roster.roles import ADMIN_HEAD, ADMIN_SECRETARY, DEPARTMENT_HEAD

ORDINARY = Option("news_ordinary", Localized("一般新闻", "Ordinary news"), ("一般",))
GREAT = Option("news_great", Localized("重大新闻", "Great news"), ("重大",))
_WEEK = ("周安排编号", "Department week No", "BZ2026-11-02-XZ02")
_POSTING = ("周挂网编号", "Posting No", "GW2026-11-02")
_NEWS = ("新闻编号", "News No", "XW2611001")


class DepartmentWeek(
    FormModel, form=form("department_week", "部门周安排任务", "A department's week")
):  # the program opens it
    department_week_no: Text = fields.number(*_WEEK)
    department_person: Text = field("部门安排负责人", "Whose department", means=FieldRole.TITLE)
    department_period: Text = field("安排周", "Week of", kind=Kind.CODE)
    department_due: Date = field("安排提交期限", "Hand in by", kind=Kind.DATE)


class WeekHandedIn(
    FormModel, form=form("department_week_plan", "部门本周重要工作安排表", "A department's week, handed in")
):
    department_week_no: Text = fields.number(*_WEEK)
    department_text: Text = fields.text("本周重要工作", "This week", "周三电梯年检")
    department_on: Date = fields.done_on("安排提交日期", "Handed in on")
    department_by: Text = fields.done_by("安排提交人", "Handed in by", "杜部长")


class DepartmentWeekEnded(Ended, form=form("department_week_ended", "部门周安排作废单", "Department week ended")):
    department_week_no: Text = fields.number(*_WEEK)


class WeekPosting(FormModel, form=form("week_posting", "周安排挂网任务", "Week to post")):  # the program opens it
    posting_no: Text = fields.number(*_POSTING)
    posting_title: Text = field("挂网内容", "What to post", means=FieldRole.TITLE)
    posting_period: Text = field("挂网周", "Week of", kind=Kind.CODE)
    posting_due: Date = field("挂网期限", "Post by", kind=Kind.DATE)


class WeekPosted(FormModel, form=form("week_posted", "周安排挂网记录表", "Week, posted")):
    posting_no: Text = fields.number(*_POSTING)
    week_posted_on: Date = fields.done_on("周安排挂网日期", "Posted on")
    week_posted_by: Text = fields.done_by("周安排挂网人", "Posted by", "宁秘书")


class WeekPostingEnded(Ended, form=form("week_posting_ended", "周安排挂网作废单", "Posting ended")):
    posting_no: Text = fields.number(*_POSTING)


class News(FormModel, form=form("site_news", "新闻挂网登记表", "News to post")):
    news_no: Text = fields.number(*_NEWS, given=True)
    news_title: Text = fields.text("新闻标题", "News", "小区获评优秀", means=FieldRole.TITLE)
    news_weight: Text = field("新闻类别", "Weight", required=True, options=(ORDINARY, GREAT))
    news_on: Date = fields.day("新闻发生日期", "Happened on", trends=True, means=FieldRole.CAME_ON)
    news_by: Text = fields.filled_by("新闻提供人", "Given by", "杜部长")


class NewsDecision(FormModel, form=form("news_decision", "重大新闻审批表", "Decision on news")):
    news_no: Text = fields.number(*_NEWS)
    news_decision: Text = fields.decision("新闻审批结论", "Decision")
    news_reason: Text = fields.reason("新闻审批意见", "Remark", "news_decision")
    news_decided_by: Text = fields.done_by("新闻审批人", "Decided by", "覃主管")


class NewsPosted(FormModel, form=form("news_posted", "新闻挂网记录表", "News, posted")):
    news_no: Text = fields.number(*_NEWS)
    news_posted_on: Date = fields.done_on("新闻挂网日期", "Posted on")
    news_posted_by: Text = fields.done_by("新闻挂网人", "Posted by", "宁秘书")


TO_HAND_IN = State("department_to_hand_in", Localized("待提交", "To hand in"))
HANDED_IN = State("department_handed_in", Localized("已提交", "Handed in"), final=True)
WEEK_ENDED, END_WEEK = ending(
    "department_weeks", "department_week_ended", ADMIN_HEAD.code, not_by=("department_person",)
)
TO_POST = State("week_to_post", Localized("待挂网", "To post"))
POSTED = State("week_is_posted", Localized("已挂网", "Posted"), final=True)
WEEK_MISSED, POSTING_MISSED = missed_in("department_weeks"), missed_in("week_postings")
POSTING_ENDED, END_POSTING = ending("week_postings", "week_posting_ended", ADMIN_HEAD.code, owed=True)
NEWS_TO_DECIDE = State("news_to_decide", Localized("待审批", "To decide"))
NEWS_TO_POST = State("news_to_post", Localized("待挂网", "To post"))
NEWS_POSTED = State("news_is_posted", Localized("已挂网", "Posted"), final=True)
NEWS_REFUSED = State("news_refused", Localized("不予挂网", "Not posted"), final=True)


def _missing(values: Values, held: RegisterView, today: date) -> str | None:
    """Whose week is not there yet."""
    those = held.holding("department_weeks", "department_period", values.get("posting_period"))
    lacking = (each for each in those if each.state in (TO_HAND_IN.code, WEEK_MISSED.code))
    return "、".join(sorted(str(each.get("department_person")) for each in lacking)) or None


def _posted_without(held: RegisterView, today: date) -> Iterator[Seen]:
    """Weeks that were posted before all departments had handed theirs in: who posted it and who watches over it are told."""
    for key, each in held["week_postings"].items():
        lacking, recent = str(each.get("week_missing") or ""), each.since is not None and today - each.since <= TOLD_FOR
        if each.state == POSTED.code and lacking and recent:
            for person in ("", str(each.get("week_posted_by"))):
                yield Seen(key, "week_missing", lacking, person=person)


def _came_since(held: RegisterView, today: date) -> Iterator[Seen]:
    """Weeks of departments that came after that week was posted: they are to be posted, too."""
    for each in held["department_weeks"].values():
        came = str(each.get("department_in_time_said_on") or "")
        if each.state != HANDED_IN.code or not came or today - date.fromisoformat(came) > TOLD_FOR:
            continue
        for posting in held.holding("week_postings", "posting_period", each.get("department_period")):
            if posting.state == POSTED.code and str(posting.get("week_posted_on")) < came:
                whose = str(each.get("department_person"))
                said = {"came": came, "day": str(posting.get("week_posted_on"))}
                yield Seen(posting.key, "posting_period", whose, ADMIN_SECRETARY.code, said)


def _by_month(held: RegisterView, today: date) -> FigureRows:
    due = (each for each in held["department_weeks"].values() if str(each.get("department_due")) <= today.isoformat())
    rows: list[list[work.FigureCell]] = []
    for month, those in work.by_month(due, "department_due", today).items():
        in_time = sum(each.get("department_in_time") == YES.code for each in those)
        missed = sum(each.state == WEEK_MISSED.code for each in those)
        rows.append([month, len(those), missed, work.share(in_time, len(those))])
    return rows


WEEKS = Register(
    "department_weeks",
    Localized("部门周安排", "Departments' weeks"),
    kept=True,
    forms=(describe(DepartmentWeek), describe(WeekHandedIn), describe(DepartmentWeekEnded)),
    states=(TO_HAND_IN, HANDED_IN, WEEK_MISSED, WEEK_ENDED),
    manager=ADMIN_HEAD.code,
    recurs=(
        Recurring(
            Every.WEEK,
            DEPARTMENT_HEAD.code,
            "department_due",
            "BZ{period}-{holder}",
            workday=1,
            period="department_period",
            each=True,
            person="department_person",
            missed=WEEK_MISSED.code,
        ),
    ),
    stages=(
        Stage(
            "hand_week_in",
            Localized("部门周安排", "Hand in"),
            DEPARTMENT_HEAD.code,
            "department_week_plan",
            TO_HAND_IN.code,
            due_by="department_due",
            open_until="department_due",
            whom="department_person",
            transitions=(Transition(HANDED_IN.code),),
            task=Localized("每周一提交本周重要工作", "Hand in what matters this week, on Monday"),
        ),
        END_WEEK,
    ),
    derived=durations.in_time(
        "department_in_time", Localized("安排按时提交", "In time"), "department_on", "department_due"
    ),
    watches=durations.not_in_time(
        "intranet.", "department_weeks", {"department_in_time": ("department_on", "department_due")}, ADMIN_HEAD.code
    ),
    statistics=(
        durations.filled_later_by_month(
            "department_weeks_filled_later",
            Localized("部门周安排补录按月", "Weeks filled in later by month"),
            "department_weeks",
            "department_due",
            "department_in_time",
        ),
        Statistic(
            "department_weeks_by_month",
            Localized("部门周安排按月", "Departments' weeks by month"),
            Localized("月份", "Month"),
            (
                Measure(Localized("应交", "Due")),
                Measure(Localized("未交", "Missed")),
                work.rate("按时提交率", "In time"),
            ),
            _by_month,
        ),
    ),
)
POSTINGS = Register(
    "week_postings",
    Localized("周安排挂网", "Weeks posted"),
    kept=True,
    forms=(describe(WeekPosting), describe(WeekPosted), describe(WeekPostingEnded)),
    states=(TO_POST, POSTED, POSTING_MISSED, POSTING_ENDED),
    manager=ADMIN_HEAD.code,
    looks_at=("department_weeks",),
    watches=(
        *done_on_its_day("intranet.posted", "week_postings", "posting_due", "week_posted_on", ADMIN_HEAD.code),
        warning(
            "intranet.posted_without",
            Localized("周安排已挂网，{value} 还没有交", "The week was posted without what {value} did not hand in"),
            Localized("催交；交来后补挂", "Ask for it, and post it once it is there"),
            _posted_without,
        ),
        warning(
            "intranet.to_add",
            Localized(
                "{value} 的周安排 {came} 才交来，{day} 已挂网", "The week of {value} came on {came}, posted on {day}"
            ),
            Localized("请补挂；补好选“知道了”", "Post it, too, and note it"),
            _came_since,
        ),
    ),
    recurs=(
        Recurring(
            Every.WEEK,
            ADMIN_SECRETARY.code,
            "posting_due",
            "GW{period}",
            (("posting_title", "本周重要工作安排"),),
            workday=2,
            period="posting_period",
            missed=POSTING_MISSED.code,
        ),
    ),
    stages=(
        Stage(
            "post_week",
            Localized("周安排挂网", "Post"),
            ADMIN_SECRETARY.code,
            "week_posted",
            TO_POST.code,
            due_by="posting_due",
            spread=True,
            transitions=(Transition(POSTED.code),),
            task=Localized("每周二挂网；未交的部门先催交", "Post it on Tuesday; ask for what is missing first"),
        ),
        END_POSTING,
    ),
    statistics=(
        missed_by_month(
            "week_postings_missed",
            Localized("周安排未挂网按月", "Weeks not posted by month"),
            "week_postings",
            "posting_due",
            POSTING_MISSED.code,
            "week_posted_on",
        ),
    ),
    derived=(Derived(Field("week_missing", Localized("未交安排的部门", "Missing")), look=_missing),),
)


def _post_by(values: Values, held: RegisterView, today: date) -> str | None:
    """The day of the news; of great ones that on which their approval stood first."""
    if values["news_weight"] == ORDINARY.code:
        return str(values["news_on"])
    approved = values.get("news_decision") == fields.APPROVED.code
    return str(values.get("post_by") or today.isoformat()) if approved else None


# fmt: off
_POSTED_TITLE = Sealed("site_news", "{news_no}", (NEWS_TO_POST.code, NEWS_POSTED.code, NEWS_REFUSED.code), ("news_title",), NEWS_TO_DECIDE.code, final=(NEWS_POSTED.code,))
"""What stands on the site keeps its title; that it was great all along can still be said."""
_UNDECIDED = passed_over(
    "intranet.undecided", "site_news", (("news_weight", GREAT),), ("news_decided_by",), "news_title", (NEWS_POSTED.code,),
    Localized("“{what}”已经挂网，才改为“{value}”，没有经过审批", "“{what}” was posted before it was called {value}: nobody has decided on it"),
    Localized("看能不能留在网上，不能的撤下；看过选“知道了”", "See whether it may stay, else have it taken off; note it"), ADMIN_HEAD.code)
# fmt: on


NEWS_DATES = (Derived(Field("post_by", Localized("新闻挂网期限", "Post by"), Kind.DATE), look=_post_by), durations.known_on("news_known_on", Localized("新闻登记日", "Entered on"), "news_on"))  # fmt: skip
NEWS = Register(
    "site_news",
    Localized("新闻挂网", "News"),
    forms=(describe(News), describe(NewsDecision), describe(NewsPosted)),
    states=(NEWS_TO_DECIDE, NEWS_TO_POST, NEWS_POSTED, NEWS_REFUSED),
    manager=ADMIN_HEAD.code,
    stages=(
        Stage(
            "give_news",
            Localized("新闻提供", "Give"),
            DEPARTMENT_HEAD.code,
            "site_news",
            expects_role=True,
            transitions=(
                Transition(NEWS_TO_DECIDE.code, when=(("news_weight", (GREAT.code,)),)),
                Transition(NEWS_TO_POST.code, when=(("news_weight", (ORDINARY.code,)),)),
            ),
        ),
        Stage(
            "decide_news",
            Localized("重大新闻审批", "Decide"),
            ADMIN_HEAD.code,
            "news_decision",
            NEWS_TO_DECIDE.code,
            days=1,
            strict=True,
            spread=True,
            not_by=("news_by",),
            transitions=fields.decided("news_decision", NEWS_TO_POST, NEWS_REFUSED, back=False),
            task=Localized("重大新闻审批后才能挂网", "Great news are posted with leave only"),
        ),
        Stage(
            "post_news",
            Localized("新闻挂网", "Post"),
            ADMIN_SECRETARY.code,
            "news_posted",
            NEWS_TO_POST.code,
            days=1,
            due_by="post_by",
            spread=True,
            transitions=(Transition(NEWS_POSTED.code),),
            task=Localized("新闻实时挂网", "Post it at once"),
        ),
    ),
    sealed=Sealed(
        "site_news",
        "{news_no}",
        (NEWS_TO_POST.code, NEWS_REFUSED.code),
        ("news_title", "news_weight"),
        NEWS_TO_DECIDE.code,
    ),
    also_sealed=(_POSTED_TITLE,),
    derived=NEWS_DATES,
    numbered=Numbered("XW{yy}{month}{serial:03d}", ("news_title", "news_on"), "news_on"),
    told=("news_title", "news_weight"),
    count_by=("news_weight",),
    watches=(
        _UNDECIDED,
        came_in_late("intranet.given_late", "site_news", "news_on", "news_by", ADMIN_HEAD.code, "news_known_on"),
    ),
)
PROCEDURE = Procedure(
    "intranet",
    Localized("内部信息维护", "Intranet"),
    about=Localized(
        "部门周一交本周安排，秘书周二挂网，重大新闻先审批",
        "Departments hand their week in on Monday, it is posted on Tuesday; great news are decided on first",
    ),
    roles=(ADMIN_SECRETARY, DEPARTMENT_HEAD, ADMIN_HEAD),
    registers=(WEEKS, POSTINGS, NEWS),
)
