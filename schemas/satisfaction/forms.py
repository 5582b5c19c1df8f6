"""The forms of satisfaction: the survey's plan, its sheet with five scores, what follows from a low one."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, Localized, Option, Rule, Severity, fields
from schemas.language.model import Date, FormModel, Text, WholeNumber, field, form, row_rule
from schemas.survey_reports.items import IMAGE, LOYALTY, PRICE, QUALITY, SCORES, SERVICE
from schemas.tier_settings import TIERS

WAYS = (
    Option("by_questionnaire", Localized("问卷调查", "Questionnaire"), ("问卷",)),
    Option("by_interview", Localized("深度访谈", "Interview"), ("访谈",)),
    Option("by_observation", Localized("现场观察", "Observation"), ("观察",)),
    Option("by_what_is_online", Localized("网络舆情监测", "What is said online"), ("网络舆情",)),
)
MEASURES = fields.options(
    ("better_service", "完善产品或服务", "Better products or service"),
    ("staff_training", "加强员工培训", "Training of staff"),
    ("better_prices", "优化价格策略", "Prices"),
    ("better_image", "提升企业形象", "Image"),
    ("customer_relations", "建立客户关系管理机制", "Customer relations"),
    ("more_talk", "强化客户沟通", "More talk with customers"),
    ("more_loyalty", "激发顾客忠诚度", "Loyalty"),
)
NOT_REACHED = Option("not_reached", Localized("联系不上", "Not reached"), ("没有联系上", "无法联系"))
DECLINED = Option("declined", Localized("拒答", "Declined"), ("不愿回答", "拒绝回答"))
NO_SCORE = Rule(
    "satisfaction.no_score",
    Severity.ERROR,
    Localized("五项评分和未答原因，要填一样，也只填一样", "Give scores, or say why there are none: one of the two"),
    Localized(
        "照客户的回答评分；没有问到的写明未答原因，不评分", "Score what was answered; where nothing was, say why"
    ),
    "",
)
# fmt: off
SETTLED = Option("low_settled", Localized("客户认可", "The customer agrees"), ("认可",))
UNSETTLED = Option("low_unsettled", Localized("客户不认可", "The customer does not agree"), ("不认可",))

_SURVEY_NO = ("问卷编号", "Survey No", "2026-11-惠民超市")


def _month(*, key: bool = False) -> Text:
    return field("调查月份", "Month of the survey", kind=Kind.MONTH, key=key, example="2026-11")  # type: ignore[no-any-return]


def _score(item: tuple[str, Localized], *aliases: str) -> WholeNumber:
    help = Localized("1–5 分，客户没有回答的不填", "1 to 5; blank where the customer gave none")
    names = (item[1].zh, *aliases)
    return field(f"{item[1].zh}评分", item[1].en, aliases=names, kind=Kind.INTEGER, ge=1, le=5, example="4", help=help)  # type: ignore[no-any-return]


class Round(FormModel, form=form("survey_round", "满意度调查计划表", "Plan of a survey", titles=("客户满意度调查计划",))):
    survey_month: Text = _month(key=True)
    survey_due: Date = fields.day("调查截止日期", "To be done by", example="2026-11-20")
    survey_planned_by: Text = fields.filled_by("调查计划人", "Planned by", "郝主管")


class Survey(FormModel, form=form("survey_drawn", "抽中客户", "Customer drawn")):  # the program opens it
    survey_no: Text = fields.number(*_SURVEY_NO)
    survey_customer: Text = field("受访客户", "Customer", means=FieldRole.TITLE)
    survey_tier: Text = field("受访客户级别", "Tier", options=TIERS)
    survey_month: Text = _month()
    survey_due: Date = field("调查截止日期", "To be done by", kind=Kind.DATE)
    survey_drawn_on: Date = field("抽中日期", "Drawn on", kind=Kind.DATE)


class Answers(FormModel, form=form("survey_answers", "客户满意度调查表", "Satisfaction survey", titles=("客户满意度调查问卷",))):
    survey_no: Text = fields.number(*_SURVEY_NO)
    score_quality: WholeNumber = _score(QUALITY)
    score_service: WholeNumber = _score(SERVICE)
    score_price: WholeNumber = _score(PRICE, "价格合理性")
    score_image: WholeNumber = _score(IMAGE)
    score_loyalty: WholeNumber = _score(LOYALTY, "顾客忠诚度")
    survey_way: Text = field("调查方法", "Asked by way of", options=WAYS)
    survey_opinion: Text = field("客户意见", "What the customer says", example="希望送货再早些")
    surveyed_on: Date = fields.done_on("受访日期", "Asked on", aliases=("调查日期", "访问日期", "问卷日期", "答卷日期", "作答日期"))
    surveyed_by: Text = fields.done_by("调查人", "Asked by", "周婷", aliases=("访问人", "访问员", "走访人", "记录人"))
    unanswered_why: Text = field("未答原因", "Why not answered", options=(NOT_REACHED, DECLINED), example=None)

    @row_rule(NO_SCORE, at="surveyed_on")
    def says_something(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """A sheet without a score says why, and no other does."""
        return frame[list(SCORES)].notna().any(axis=1) != frame["unanswered_why"].notna()


class Low(FormModel, form=form("low_score_case", "低分跟进", "Low score")):  # the program opens it
    survey_no: Text = fields.number(*_SURVEY_NO)
    low_customer: Text = field("低分客户", "Customer", means=FieldRole.TITLE)
    low_items: Text = field("低分项目", "What was scored low")
    low_opinion: Text = field("低分意见", "What the customer says")


class LowHandled(FormModel, form=form("low_score_handling", "低分处理表", "Handling of a low score")):
    survey_no: Text = fields.number(*_SURVEY_NO)
    low_cause: Text = fields.text("低分原因", "Cause", "送货晚到")
    low_measure: Text = field("改进方向", "Kind of measure", options=MEASURES)
    low_action: Text = fields.text("改进措施", "What is done", "调整送货线路")
    low_handled_by: Text = fields.done_by("低分处理人", "Handled by", "周婷")


class LowConfirmed(FormModel, form=form("low_score_confirmation", "低分回访表", "Call-back after a low score")):
    survey_no: Text = fields.number(*_SURVEY_NO)
    low_answer: Text = field("低分回访结果", "Result", required=True, options=(SETTLED, UNSETTLED))
    low_reason: Text = fields.reason("不认可原因", "Why not", "low_answer", UNSETTLED.code)
    low_confirmed_by: Text = fields.done_by("低分回访人", "Called by", "郝主管")
