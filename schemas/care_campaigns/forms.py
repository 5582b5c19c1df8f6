"""The forms of a campaign: its plan, the decision, what was planned anew, its report, who was invited and came."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, fields
from schemas.language.ending import Ended
from schemas.language.model import Date, FormModel, Number, Text, field, form
from schemas.language.work import NO, YES


class Campaign(FormModel, form=form("care_campaign", "客户活动方案表", "Campaign", titles=("客户活动策划表",))):
    campaign_no: Text = fields.number("活动编号", "Campaign No", "HD2601", given=True)
    campaign_name: Text = fields.text("活动名称", "Campaign", "重阳答谢会", means=FieldRole.TITLE)
    campaign_on: Date = fields.day("活动日期", "On")
    campaign_budget: Number = fields.amount("活动预算", "Budget")
    planned_by: Text = fields.filled_by("活动策划人", "Planned by")


class CampaignReview(FormModel, form=form("campaign_review", "客户活动审批表", "Decision on a campaign")):
    campaign_no: Text = fields.number("活动编号", "Campaign No", "HD2601")
    campaign_answer: Text = fields.decision("活动审批结论", "Decision")
    campaign_reason: Text = fields.reason("活动审批意见", "Remark", "campaign_answer")
    campaign_approver: Text = fields.done_by("活动审批人", "Decided by")


class CampaignPlan(FormModel, form=form("campaign_plan_again", "客户活动方案修改表", "Campaign, planned anew")):
    campaign_no: Text = fields.number("活动编号", "Campaign No", "HD2601")
    plan_changes: Text = fields.text("方案修改内容", "What has changed", "缩减场地")
    plan_changed_by: Text = fields.done_by("方案修改人", "Changed by")


class CampaignReport(FormModel, form=form("campaign_report", "客户活动总结表", "Report of a campaign")):
    campaign_no: Text = fields.number("活动编号", "Campaign No", "HD2601")
    campaign_cost: Number = fields.amount("实际费用", "Cost")
    cost_reason: Text = field("费用差异说明", "Why it costs more or less", example="临时增加 10 户")
    campaign_result: Text = fields.text("活动效果", "Result", "到场 30 户")
    reported_by: Text = fields.done_by("活动总结人", "Reported by")


class CampaignEnded(Ended, form=form("campaign_ended", "客户活动作废单", "Campaign called off")):
    campaign_no: Text = fields.number("活动编号", "Campaign No", "HD2601")


class Invitation(
    FormModel, form=form("campaign_guest", "活动邀请签到表", "Invitations and attendance", titles=("活动签到表",))
):
    invitation_no: Text = fields.number("邀请编号", "Invitation No", "HD2601-惠民超市", given=True)
    campaign_no: Text = fields.text("活动编号", "Campaign No", "HD2601", kind=Kind.CODE)
    guest_name: Text = fields.text(
        "受邀客户", "Guest", "惠民超市", kind=Kind.CODE, names="customers", means=FieldRole.TITLE
    )
    guest_came: Text = field("是否到场", "Came", options=(YES, NO))
