"""The forms of a planning department: the week's plan, the meeting, the plans and budgets of longer periods."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, Localized, Option, answers, checks, fields
from schemas.language.ending import Ended
from schemas.language.model import Date, FormModel, Number, Text, WholeNumber, field, form

ALL_DONE = Option("week_all_done", Localized("全部完成", "All done"), ("完成", "已完成"))
LEFT_OVER = Option("week_left_over", Localized("有未完成", "Something is left"), ("未完成",))
_WEEK = ("周计划编号", "Planning week No", "ZJ2026-11-02-QH01")
_MEETING = ("例会编号", "Planning meeting No", "LH2026-11-02")
_SCHEME = ("方案编号", "Scheme No", "ND2027")


class PlanningWeek(FormModel, form=form("planning_week", "周计划任务", "A week to plan")):  # the program opens it
    week_plan_no: Text = fields.number(*_WEEK)
    week_person: Text = field("周计划人", "Whose week", means=FieldRole.TITLE)
    week_due: Date = field("例会日期", "Meeting on", kind=Kind.DATE)


class WeekPlan(FormModel, form=form("week_plan", "本周工作计划表", "Plan of the week", titles=("周工作计划",))):
    week_plan_no: Text = fields.number(*_WEEK)
    this_week: Text = fields.text("本周工作内容及进度", "This week", "海报设计，周四定稿")
    last_week: Text = field(
        "上周完成情况", "Last week", required=True, options=(ALL_DONE, LEFT_OVER), example="有未完成"
    )
    left_over_why: Text = field(
        "上周未完成原因",
        "Why something is left",
        required_when={"last_week": (LEFT_OVER.code,)},
        example="印厂停电，改周二交",
    )
    week_handed_at: Text = fields.moment("周计划提交时间", "Handed in at", "2026-11-02 08:50", means=FieldRole.DONE_ON)
    week_handed_by: Text = fields.done_by("周计划提交人", "Handed in by", "花策")

    none_left_over = checks.nothing_beside("last_week", ALL_DONE, "left_over_why")


class WeekEnded(Ended, form=form("planning_week_ended", "周计划作废单", "Planning week ended")):
    week_plan_no: Text = fields.number(*_WEEK)


class PlanningMeeting(
    FormModel, form=form("planning_meeting", "企划部例会任务", "Planning meeting")
):  # the program opens it
    planning_meeting_no: Text = fields.number(*_MEETING)
    planning_meets_on: Date = field("例会日期", "Meets on", kind=Kind.DATE)


class PlanningMinutes(FormModel, form=form("planning_minutes", "企划部例会记录", "Minutes of the planning meeting")):
    planning_meeting_no: Text = fields.number(*_MEETING)
    planning_came: WholeNumber = field("例会实到人数", "Came", kind=Kind.INTEGER, required=True, ge=1, example="5")
    looked_back: Text = fields.text("上次决议回顾", "Last resolutions", "海报已定稿；选址未达成，因租金未谈妥")
    planning_resolved: Text = field("本次决议", "Resolved", example="周五前定选址")
    planning_met_on: Date = fields.done_on("例会召开日期", "Met on")
    planning_minutes_by: Text = fields.done_by("例会记录人", "Minutes by", "花策")


class PlanningMeetingEnded(
    Ended, form=form("planning_meeting_ended", "企划部例会取消单", "Planning meeting called off")
):
    planning_meeting_no: Text = fields.number(*_MEETING)


class PlanningScheme(FormModel, form=form("planning_scheme", "策划方案任务", "Plan to write")):  # the program opens it
    scheme_no: Text = fields.number(*_SCHEME)
    scheme_title: Text = field("方案名称", "Plan", means=FieldRole.TITLE)
    scheme_due: Date = field("方案期限", "Due", kind=Kind.DATE)


class SchemeWritten(FormModel, form=form("scheme_written", "营销策划方案登记表", "Plan, written")):
    scheme_no: Text = fields.number(*_SCHEME)
    scheme_text: Text = fields.text("方案要点", "What it says", "四次主题活动，重点在国庆")
    scheme_budget: Number = fields.amount(
        "方案费用预算（元）", "Budget", example="200000", tests=[answers.not_nothing()]
    )
    scheme_on: Date = fields.done_on("方案完成日期", "Written on")
    scheme_by: Text = fields.done_by("方案编制人", "Written by", "齐经理")


class SchemeApproval(FormModel, form=form("scheme_approval", "策划方案审批表", "Decision on a scheme")):
    scheme_no: Text = fields.number(*_SCHEME)
    scheme_decision: Text = fields.decision("方案审批结论", "Decision")
    scheme_reason: Text = fields.reason("方案审批意见", "Remark", "scheme_decision")
    scheme_approved_by: Text = fields.done_by("方案审批人", "Decided by", "高总")


class SchemeEnded(Ended, form=form("planning_scheme_ended", "策划方案作废单", "Plan ended")):
    scheme_no: Text = fields.number(*_SCHEME)
