"""The form of the report on a survey."""

from __future__ import annotations

from schemas.language import Kind, fields
from schemas.language.model import Date, FormModel, Number, Text, WholeNumber, field, form

_MONTH = ("报告所属调查", "Survey reported on", "2026-11")


class ReportDue(
    FormModel, form=form("survey_report_due", "满意度调查报告任务", "Report that is due")
):  # the program opens it
    report_survey: Text = fields.number(*_MONTH)
    survey_report_due: Date = field("报告应交日期", "Report due", kind=Kind.DATE)
    report_asked: WholeNumber = field("已调查户数", "Customers asked", kind=Kind.INTEGER)
    report_mean: Number = field("五项平均分", "Mean of the five", kind=Kind.NUMBER)
    report_low: WholeNumber = field("低分户数", "Customers with a low score", kind=Kind.INTEGER)


class SurveyReport(FormModel, form=form("survey_report", "客户满意度调查报告", "Report on a survey")):
    report_survey: Text = fields.number(*_MONTH)
    survey_found: Text = fields.text("满意情况分析", "What was found", "服务水平比上次高，价格分低")
    survey_proposed: Text = fields.text("改进建议", "What is proposed", "缩短送货间隔", aliases=("改进意见",))
    survey_reported_on: Date = fields.done_on("调查报告日期", "Reported on")
    survey_reported_by: Text = fields.done_by("调查报告人", "Reported by", "郝主管")
