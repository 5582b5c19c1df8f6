"""The forms of urgent reports: what happened, what to do, what became of it."""

from __future__ import annotations

from schemas.language import FieldRole, fields
from schemas.language.model import FormModel, Text, form

_REPORT_NO = ("急报编号", "Urgent report No", "JB261101")


class UrgentReport(
    FormModel, form=form("visit_urgent", "拜访紧急情况报告", "Urgent report", titles=("紧急情况报告单",))
):
    urgent_no: Text = fields.number(*_REPORT_NO, given=True)
    urgent_customer: Text = fields.text(
        "涉及客户", "Customer concerned", "惠民超市", means=FieldRole.TITLE, names="customers"
    )
    urgent_at: Text = fields.moment("急报时间", "Reported at", "2026-11-03 15:20", means=FieldRole.CAME_ON)
    urgent_text: Text = fields.text("紧急情况", "What happened", "客户拟转向竞争对手")
    urgent_by: Text = fields.filled_by("急报人", "Reported by", "王建国")


class UrgentAnswer(FormModel, form=form("visit_urgent_answer", "紧急情况批示表", "Answer to an urgent report")):
    urgent_no: Text = fields.number(*_REPORT_NO)
    urgent_order: Text = fields.text("处理要求", "What to do", "当天上门，报给新价")
    urgent_answered_at: Text = fields.moment("批示时间", "Answered at", "2026-11-03 16:10", means=FieldRole.DONE_ON)
    urgent_answered_by: Text = fields.done_by("批示人", "Answered by", "郑主任")


class UrgentDone(FormModel, form=form("visit_urgent_done", "紧急情况处理结果表", "What became of an urgent report")):
    urgent_no: Text = fields.number(*_REPORT_NO)
    urgent_result: Text = fields.text("急报处理结果", "What became of it", "客户同意续约")
    urgent_done_by: Text = fields.done_by("急报处理人", "Done by")
