"""The forms of visits: whom to visit, the month's plan and its approval, the visit log, urgent reports."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, Localized, Option, Rule, Severity, durations, fields
from schemas.language.model import Declared, FormModel, Number, Text, WholeNumber, field, form, row_rule
from schemas.language.work import NO, YES
from schemas.visit_owners import CLASSES, NOT_CHECKED, ONLY_SHARE
from schemas.visit_owners.weeks import WEEKS, in_the_month

# fmt: off
CALL_AT_SHOP = Option("call_at_shop", Localized("上门拜访", "Visit"), ("上门", "拜访"))
BY_PHONE = Option("by_phone", Localized("电话联系", "By telephone"), ("电话",))
CAME_HERE = Option("came_here", Localized("客户来访", "Came here"), ("来访",))

NOT_OVER = Rule(
    "visiting.not_over", Severity.ERROR, Localized("按开始时间和{label}“{value}”，拜访还没有结束", "With {value} hours from its beginning the visit is not over yet"),
    Localized("拜访完再交；时间或时长写错的改正", "Hand it in when the visit is over; correct its beginning or length where they are wrong"), "3")
BY_EXCEPTION = Option("plan_by_exception", Localized("例外同意", "Approved by exception"))
_PLAN_NO = ("巡访计划编号", "Visit plan No", "2026-11-王建国")

def _customer(zh: str, en: str, *, key: bool = False, **more: Declared) -> Declared:
    return field(zh, en, kind=Kind.CODE, key=key, required=True, means=FieldRole.TITLE, example="惠民超市", names="customers", **more)

class VisitCustomer(FormModel, form=form("visit_customer_list", "巡访客户名录", "Whom to visit", titles=("巡访客户表",))):
    visit_customer: Text = _customer("巡访客户", "Customer to visit", key=True)
    visit_class: Text = field("巡访类别", "Class", required=True, options=CLASSES, help=Localized("改了的，从交来的那个月起算；关店、错列的填“停访”", "A change counts from the month in which it is handed in; 停访 where it is gone, or was listed by mistake"))
    visit_owner: Text = fields.filled_by("巡访责任人", "Visited by", "王建国")

class PlanLine(FormModel, form=form("visit_plan", "月度巡访计划表", "Plan of a month's visits", titles=("月度拜访计划表",))):
    plan_line_no: Text = fields.number("计划行号", "Planned visit No", "2026-11-王建国-惠民超市", given=True)
    plan_month: Text = field("巡访月份", "Month of visits", kind=Kind.MONTH, required=True, example="2026-11")
    plan_customer: Text = _customer("拟访客户", "Customer planned")
    planned_visits: WholeNumber = field("计划次数", "Visits planned", kind=Kind.INTEGER, required=True, ge=0, le=31, example="2")
    planned_hours: Number = field("计划工时（小时）", "Hours planned", kind=Kind.NUMBER, ge=0, le=744, example="3", help=Localized("当月拜访该客户的总工时", "Of all visits to this customer in the month"))
    planned_weeks: Text = field("计划周次", "Weeks", example="1、3", tests=[WEEKS], help=Localized("当月第几周去：第一个工作日所在的周是第一周，周一开始，用顿号分开", "Which weeks of the month, from Monday on; the first is that of its first working day"))
    plan_purpose: Text = field("巡访目的", "Purpose", example="新品推介")
    plan_route: Text = field("巡访路线", "Route", example="武强镇—周窝镇", aliases=("拜访路线", "客户巡访路线"))
    plan_solution: Text = field("拟解决问题的方案", "How problems are to be solved", example="滞销的调换", aliases=("解决问题的方案",))
    plan_visitor: Text = fields.filled_by("计划人", "Planned by", "王建国", aliases=("拜访人", "巡访人", "走访人"))
    its_weeks = in_the_month("plan_month", "planned_weeks")

class VisitPlan(FormModel, form=form("visit_plan_month", "月度巡访计划", "A month's plan")):  # the program opens it
    plan_no: Text = fields.number(*_PLAN_NO)
    plan_month: Text = field("巡访月份", "Month of visits", kind=Kind.MONTH, example="2026-11")
    plan_visitor: Text = field("计划人", "Planned by")
    plan_customers: WholeNumber = field("计划户数", "Customers planned", kind=Kind.INTEGER)
    plan_visits: WholeNumber = field("计划总次数", "Visits planned", kind=Kind.INTEGER)
    plan_content: Text = field("报批内容", "What is to be approved")
    plan_gaps: Text = field("计划不足", "What the plan lacks")
    plan_fits: Text = field("计划是否达标", "Plan fits", options=(YES, ONLY_SHARE, NOT_CHECKED, NO))
    plan_changed: Text = field("批准后有无变动", "Changed since approved", options=(YES, NO))

class PlanApproval(FormModel, form=form("visit_plan_approval", "巡访计划审批表", "Decision on a visit plan")):
    plan_no: Text = fields.number(*_PLAN_NO)
    plan_answer: Text = field("计划审批结论", "Decision", required=True, options=(fields.APPROVED, fields.RETURNED, BY_EXCEPTION))
    plan_reason: Text = fields.reason("计划审批意见", "Remark", "plan_answer", fields.RETURNED.code, BY_EXCEPTION.code)
    plan_approver: Text = fields.done_by("计划审批人", "Decided by", "郑主任")

class PlanRevised(FormModel, form=form("visit_plan_revised", "巡访计划修改表", "Plan, revised")):
    plan_no: Text = fields.number(*_PLAN_NO)
    plan_changes: Text = fields.text("计划修改说明", "What was changed", "重点客户改为每月两次")
    plan_revised_by: Text = fields.done_by("计划修改人", "Revised by")

class Diary(FormModel, form=form("visit_diary", "拜访日志", "Visit log", titles=("客户拜访日志", "拜访记录表", "巡访日志"))):
    diary_no: Text = fields.number("日志编号", "Visit log No", "BF2611001", given=True)
    visited_customer: Text = _customer("拜访客户", "Customer visited", aliases=("受访客户", "被访客户", "到访客户", "受访单位", "拜访对象", "走访对象"))
    visit_began: Text = fields.moment("拜访开始时间", "Began", "2026-11-03 09:00", aliases=("拜访时间", "拜访日期", "到访时间", "到访日期", "到店时间", "到达时间", "洽谈时间", "进店时间"))
    visit_hours: Number = field("拜访时长（小时）", "Hours", aliases=("洽谈时长", "沟通时长", "到访时长", "停留时间"), kind=Kind.NUMBER, required=True, gt=0, le=24, example="1.5")
    visit_way: Text = field("拜访方式", "Way", aliases=("沟通方式", "洽谈方式", "访问形式"), required=True, options=(CALL_AT_SHOP, BY_PHONE, CAME_HERE))
    visit_talk: Text = fields.text("拜访内容", "What was talked about", "了解库存，介绍新品", aliases=("洽谈内容", "沟通内容", "交流内容", "谈话内容", "拜访记录", "沟通情况", "洽谈情况", "拜访主题"))
    visit_said: Text = field("访谈客户意见", "What the customer said", example="希望周五送货", aliases=("客户意见、建议、希望",))
    visit_market: Text = field("访谈市场动向", "The market and competitors", example="竞品降价 5%", aliases=("市场行情、竞争对手动向",))
    visit_effect: Text = field("本次拜访效果", "What it led to", example="订 20 箱", aliases=("巡访活动的效果", "拜访效果"))
    visit_settled: Text = field("主要事项处理结果", "What was settled, and how", example="临期 2 箱已调换", aliases=("主要处理事项的处理经过及结果", "主要处理事项"))
    visited_by: Text = fields.filled_by("拜访人", "Visited by", "王建国")

    @row_rule(NOT_OVER, at="visit_hours")
    def is_over(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """A log is of a visit that has been made."""
        return durations.is_over(frame["visit_began"], frame["visit_hours"])
