"""The forms of key accounts: authorised, claimed by a unit, reported to the unit above."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, fields
from schemas.language.model import Date, FormModel, Text, field, form


class TierNotice(FormModel, form=form("tier_notice", "级别报备事项", "Notice that is due")):  # the program opens it
    notice_no: Text = fields.number("报备编号", "Notice No", "惠民超市-2026-11-03")
    notice_customer: Text = field("报备客户", "Customer", kind=Kind.CODE, means=FieldRole.TITLE)
    notice_since: Date = field("列级日期", "Tier since", kind=Kind.DATE)


class NoticeGiven(FormModel, form=form("tier_notice_given", "VIP客户报备表", "Notice of a VIP")):
    notice_no: Text = fields.number("报备编号", "Notice No", "惠民超市-2026-11-03")
    notice_text: Text = fields.text("报备内容", "What is reported", "年用邮 3 万元，由县部维护")
    notice_on: Date = fields.done_on("报备日期", "Reported on")
    notice_by: Text = fields.done_by("报备人", "Reported by")


class NoticeTaken(FormModel, form=form("tier_notice_taken", "VIP客户备案表", "Notice taken")):
    notice_no: Text = fields.number("报备编号", "Notice No", "惠民超市-2026-11-03")
    notice_answer: Text = fields.decision("备案结论", "Taken")
    notice_reason: Text = fields.reason("备案意见", "Remark", "notice_answer")
    notice_taken_on: Date = fields.done_on("备案日期", "Taken on")
    notice_taken_by: Text = fields.done_by("备案人", "Taken by", "孙强")


class Claim(
    FormModel,
    form=form("key_account_claim", "重点客户申报注册表", "Claim on a key account", titles=("重点客户申报表",)),
):
    claim_no: Text = fields.number("申报编号", "Claim No", "惠民超市-销售一部", given=True)
    claim_customer: Text = fields.text(
        "申报客户", "Customer claimed", "惠民超市", kind=Kind.CODE, names="customers", means=FieldRole.TITLE
    )
    claim_unit: Text = fields.text("申报单位", "Unit", "销售一部")
    claim_ground: Text = fields.text("申报理由", "Why", "年采购 300 万元")
    claim_on: Date = fields.day(
        "申报日期", "Claimed on", required=False, trends=True, example="2026-11-02", means=FieldRole.CAME_ON
    )
    claim_by: Text = fields.filled_by("申报人", "Claimed by")


class ClaimDecision(FormModel, form=form("key_account_decision", "重点客户注册审批表", "Decision on a claim")):
    claim_no: Text = fields.number("申报编号", "Claim No", "惠民超市-销售一部")
    claim_answer: Text = fields.decision("申报审批结论", "Decision")
    claim_reason: Text = fields.reason("申报审批意见", "Remark", "claim_answer")
    claim_decided_by: Text = fields.done_by("申报审批人", "Decided by", "马经理")
    claim_decided_on: Date = fields.done_on("申报审批日期", "Decided on")
