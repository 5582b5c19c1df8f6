"""The forms of IT service: tickets, changes, knowledge."""

from __future__ import annotations

from schemas.it_duties.forms import NO_SECRET
from schemas.language import answers, FieldRole, Kind, Localized, Option, checks, fields
from schemas.language.model import Date, FormModel, Text, field, form, row_rule
from schemas.language.work import NO, YES

INCIDENT = Option("incident", Localized("事件", "Incident"), ("故障",))
REQUEST = Option("it_request", Localized("服务请求", "Request"), ("请求",))
PROBLEM = Option("problem", Localized("问题", "Problem"))
WORK_ORDER = Option("work_order", Localized("工单", "Work order"), ("派工单",))
TICKET_KINDS = (INCIDENT, REQUEST, PROBLEM, WORK_ORDER)
URGENT = Option("p1", Localized("紧急", "Urgent"), ("一级",))
HIGH = Option("p2", Localized("高", "High"), ("二级",))
MEDIUM = Option("p3", Localized("中", "Medium"), ("三级",))
LOW = Option("p4", Localized("低", "Low"), ("四级",))
RESTORED = Option("restored", Localized("已恢复", "Restored"), ("已解决",))
NOT_RESTORED = Option("not_restored", Localized("未恢复", "Not restored"), ("未解决",))
DONE_WELL = Option("change_done", Localized("成功", "Done"))
ROLLED_BACK = Option("rolled_back", Localized("已回退", "Rolled back"), ("失败",))
_TICKET = ("运维单号", "Ticket No", "YW2611001")
_CHANGE = ("变更编号", "Change No", "BG2611001")


_ABOUT = (
    *tuple(
        f"{what}{said}"
        for what in ("故障", "请求", "问题", "需求", "报修", "故障/请求", "故障及请求", "故障或需求")
        for said in ("描述", "说明", "内容", "现象", "情况")
    ),
    *("工单内容", "故障现象描述"),
)


# fmt: off
class Ticket(FormModel, form=form("it_ticket", "运维受理单", "Ticket",
                                  titles=("故障申报单", "服务请求单", "运维工单"))):
    ticket_no: Text = fields.number(*_TICKET, given=True)
    ticket_kind: Text = field("运维类别", "Kind", aliases=("工单类别", "工单类型"), required=True, options=TICKET_KINDS)
    ticket_priority: Text = field("优先级", "Priority", aliases=("紧急程度", "优先程度", "优先等级", "优先级别", "紧急级别", "优先顺序", "优先度", "紧急度", "紧迫程度", "缓急程度", "轻重缓急", "重要程度", "严重程度", "处理优先级", "工单优先级", "事件优先级"), required=True, options=(URGENT, HIGH, MEDIUM, LOW))
    reported_at: Text = fields.moment("申报时间", "Reported at", means=FieldRole.CAME_ON)
    reported_from: Text = fields.text("申报部门", "From", "营销部", aliases=("使用部门", "申请部门", "请求部门", "用户部门", "提出部门", "提交部门", "报告部门", "需求部门", "发起部门"), means=FieldRole.TITLE)
    ticket_text: Text = fields.text("故障或请求描述", "What it is about", "打印机卡纸", aliases=_ABOUT, tests=NO_SECRET)
    ticket_asset: Text = field("关联资产编号", "Asset", aliases=("关联资产", "关联设备", "涉及资产", "涉及设备"), kind=Kind.CODE, example="ZC0001")
    ticket_by: Text = fields.filled_by("受理人", "Taken by", aliases=("接单人", "接报人", "接听人", "接待人", "受理工程师", "工单受理人"))


class Response(FormModel, form=form("it_response", "运维响应表", "First response")):
    ticket_no: Text = fields.number(*_TICKET)
    diagnosis: Text = fields.text("初步判断", "Diagnosis", "硒鼓老化", tests=NO_SECRET)
    responded_at: Text = fields.moment("响应时间", "Responded at", means=FieldRole.DONE_ON)
    responded_by: Text = fields.done_by("响应人", "Responded by", "马工")


class Resolution(FormModel, form=form("it_resolution", "运维解决表", "Resolution of a ticket")):
    ticket_no: Text = fields.number(*_TICKET)
    resolution: Text = fields.text("解决办法", "Resolution", "更换硒鼓", tests=NO_SECRET)
    resolved_at: Text = fields.moment("解决时间", "Resolved at", means=FieldRole.DONE_ON)
    worth_keeping: Text = field("是否入知识库", "For the knowledge base", required=True, options=(YES, NO))
    resolved_by: Text = fields.done_by("解决人", "Resolved by", "马工")


class Confirmation(FormModel, form=form("it_confirmation", "运维确认表", "Confirmation by the user")):
    ticket_no: Text = fields.number(*_TICKET)
    ticket_answer: Text = field("恢复情况", "Restored", required=True, options=(RESTORED, NOT_RESTORED))
    ticket_reason: Text = fields.reason("未恢复原因", "Why not", "ticket_answer", NOT_RESTORED.code, tests=NO_SECRET)
    confirmed_restored_by: Text = fields.done_by("恢复确认人", "Confirmed by", "齐主管")


class ChangeRequest(FormModel, form=form("it_change", "变更申请单", "Request for a change", titles=("系统变更申请单",))):
    change_no: Text = fields.number(*_CHANGE, given=True)
    change_what: Text = fields.text("系统变更内容", "What is changed", "升级防火墙", means=FieldRole.TITLE, tests=NO_SECRET)
    change_risk: Text = fields.text("变更风险", "Risk", "断网 10 分钟", tests=[*NO_SECRET, answers.not_denied()])
    rollback_plan: Text = fields.text("回退方案", "Roll-back plan", "恢复旧版本配置", tests=[*NO_SECRET, answers.not_denied()])
    planned_at: Text = fields.moment("计划变更时间", "Planned for", "2026-11-05 22:00", trends=False)
    change_asked_on: Date = fields.day("变更申请日期", "Requested on", trends=True, example="2026-11-02", means=FieldRole.CAME_ON)
    change_asked_by: Text = fields.filled_by("变更申请人", "Requested by", "马工")
    change_test: Text = fields.text("变更测试情况", "Tests", "备机上试过", tests=[*NO_SECRET, answers.not_denied()])

    @row_rule(checks.AHEAD, at="planned_at")
    def lies_ahead(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """A change is planned for a day after that on which it is asked for."""
        return checks.lies_ahead(frame["change_asked_on"], frame["planned_at"])


class ChangeApproval(FormModel, form=form("it_change_approval", "变更审批单", "Approval of a change")):
    change_no: Text = fields.number(*_CHANGE)
    change_answer: Text = fields.decision("变更审批结论", "Decision")
    change_reason_back: Text = fields.reason("变更审批意见", "Remark", "change_answer", tests=NO_SECRET)
    change_approver: Text = fields.done_by("变更审批人", "Decided by", "齐主管")


class ChangeRevised(FormModel, form=form("it_change_revised", "变更修订单", "Change revised")):
    change_no: Text = fields.number(*_CHANGE)
    change_revision: Text = fields.text("修订内容", "Revision", "改在夜间", tests=NO_SECRET)
    planned_at: Text = field("计划变更时间", "Planned for", kind=Kind.MOMENT, tests=[checks.not_past()], example="2027-01-12 22:00", help=Localized("不改的不填", "Blank where it stays"))
    rollback_plan: Text = field("回退方案", "Roll-back plan", example="恢复旧版本配置", help=Localized("不改的不填", "Blank where it stays"), tests=[*NO_SECRET, answers.not_denied()])
    change_revised_by: Text = fields.done_by("修订人", "Revised by", "马工")


class ChangeResult(FormModel, form=form("it_change_result", "变更实施单", "Change carried out")):
    change_no: Text = fields.number(*_CHANGE)
    change_result: Text = field("实施结果", "Result", required=True, options=(DONE_WELL, ROLLED_BACK))
    change_config: Text = field("变更后配置", "Settings after it", example="配置已更新，存网管柜 2 号", tests=NO_SECRET)
    change_backup: Text = fields.text("变更前备份情况", "Backup before it", "旧配置已备份", tests=[*NO_SECRET, answers.not_denied()])
    change_done_at: Text = fields.moment("变更完成时间", "Done at", means=FieldRole.DONE_ON)
    change_done_by: Text = fields.done_by("变更实施人", "Done by", "马工")


class Knowledge(FormModel, form=form("it_knowledge", "知识条目", "Knowledge entry")):  # the program opens it
    knowledge_no: Text = fields.number("知识编号", "Entry No", "YW2611001")
    known_case: Text = field("现象", "Case", means=FieldRole.TITLE)
    known_answer: Text = field("处理办法", "Answer")
    knowledge_from: Text = field("知识提供人", "Found by")


class KnowledgeCheck(FormModel, form=form("it_knowledge_check", "知识审定表", "Knowledge confirmed")):
    knowledge_no: Text = fields.number("知识编号", "Entry No", "YW2611001")
    knowledge_answer: Text = fields.decision("知识审定结论", "Decision")
    knowledge_reason: Text = fields.reason("知识审定意见", "Remark", "knowledge_answer", tests=NO_SECRET)
    knowledge_by: Text = fields.done_by("知识审定人", "Confirmed by", "齐主管")
