"""新闻挂网, a part of ``intranet``: news are posted on their day, great ones once the head of administration has decided on them.

``schemas/intranet/manual.toml`` says what the manual gives. Ours: what was given late is posted by the next working day.
"""

from __future__ import annotations

from datetime import date

from schemas.language import Field, FieldRole, Kind, Localized, Option, Register, Sealed, Stage, State, Transition, Values, durations, fields  # fmt: skip
from schemas.language.model import Date, FormModel, Text, describe, field, form
from schemas.language.ordering import done_before_step
from schemas.language.telling import came_in_late
from schemas.language.watching import passed_over, same_again
from schemas.language.work import (
    Derived,
    FigureCell,
    FigureRows,
    Measure,
    Numbered,
    RegisterView,
    Statistic,
    by_month,
    rate,
)
from schemas.language.workdays import next_workday
from schemas.roster.roles import ADMIN_HEAD, ADMIN_SECRETARY, DEPARTMENT_HEAD, PROPERTY_HEAD

ORDINARY = Option("news_ordinary", Localized("一般新闻", "Ordinary news"), ("一般",))
GREAT = Option("news_great", Localized("重大新闻", "Great news"), ("重大",))
_NEWS = ("新闻编号", "News No", "XW2611001")


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


NEWS_TO_DECIDE = State("news_to_decide", Localized("待审批", "To decide"))
NEWS_TO_POST = State("news_to_post", Localized("待挂网", "To post"))
NEWS_POSTED = State("news_is_posted", Localized("已挂网", "Posted"), final=True)
NEWS_REFUSED = State("news_refused", Localized("不予挂网", "Not posted"), final=True)


def _post_by(values: Values, held: RegisterView, today: date) -> str | None:
    """The day of the news, of those that came late the working day after; of great ones that on which their approval stood first."""
    if values["news_weight"] == ORDINARY.code:
        on, came = str(values["news_on"]), str(values.get("news_known_on") or today.isoformat())
        return on if came <= on else next_workday(date.fromisoformat(came)).isoformat()
    approved = values.get("news_decision") == fields.APPROVED.code
    return str(values.get("post_by") or today.isoformat()) if approved else None


def _by_month(held: RegisterView, today: date) -> FigureRows:
    rows: list[list[FigureCell]] = []
    for month, those in by_month(held["site_news"].values(), "news_on", today).items():
        in_time = durations.share_in_time(those, "news_in_time", "post_by", today, (NEWS_REFUSED.code,))
        rows.append([month, len(those), sum(each.state == NEWS_POSTED.code for each in those), in_time])
    return rows


# fmt: off
_POSTED_TITLE = Sealed("site_news", "{news_no}", (NEWS_TO_POST.code, NEWS_POSTED.code, NEWS_REFUSED.code), ("news_title",), NEWS_TO_DECIDE.code, final=(NEWS_POSTED.code,))
"""What stands on the site keeps its title; that it was great all along can still be said."""
_UNDECIDED = passed_over(
    "intranet.undecided", "site_news", (("news_weight", GREAT),), ("news_decided_by",), "news_title", (NEWS_POSTED.code,),
    Localized("“{what}”已经挂网，才改为“{value}”，没有经过审批", "“{what}” was posted before it was called {value}: nobody has decided on it"),
    Localized("看能不能留在网上，不能的撤下；看过选“知道了”", "See whether it may stay, else have it taken off; note it"), ADMIN_HEAD.code)
# fmt: on


NEWS_DECIDED, POSTED_BEFORE = done_before_step(
    "intranet.posted_before",
    "site_news",
    "news_posted_on",
    ("news_decided_by", Localized("重大新闻审批", "Decide")),
    ("news_decided_known", Localized("新闻审批交来日期", "Decision came on")),
    ADMIN_HEAD.code,
)
NEWS_DATES = (
    NEWS_DECIDED,
    durations.known_on("news_known_on", Localized("新闻登记日", "Entered on"), "news_on"),
    Derived(Field("post_by", Localized("新闻挂网期限", "Post by"), Kind.DATE), look=_post_by),
    *durations.in_time("news_in_time", Localized("新闻按时挂网", "Posted in time"), "news_posted_on", "post_by"),
)
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
            also_of=(PROPERTY_HEAD.code,),
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
        POSTED_BEFORE,
        same_again(
            "intranet.same_news",
            "site_news",
            ("news_title", "news_on"),
            Localized("标题和日期", "title and day"),
            "news_by",
            since="news_on",
        ),
        *durations.not_in_time("news.", "site_news", {"news_in_time": ("news_posted_on", "post_by")}, ADMIN_HEAD.code),
        came_in_late("intranet.given_late", "site_news", "news_on", "news_by", ADMIN_HEAD.code, "news_known_on"),
    ),
    statistics=(
        Statistic(
            "news_by_month",
            Localized("新闻挂网按月", "News by month"),
            Localized("月份", "Month"),
            (
                Measure(Localized("新闻", "News")),
                Measure(Localized("已挂网", "Posted")),
                rate("按时挂网率", "Posted in time"),
            ),
            _by_month,
        ),
        durations.filled_later_by_month(
            "news_filled_later",
            Localized("新闻挂网补录按月", "News filled in later by month"),
            "site_news",
            "news_on",
            "news_in_time",
        ),
    ),
)
