"""The forms of a complaint, from 投诉登记表 to 措施验证表."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, Localized, Option, Rule, Severity, checks, fields
from schemas.language.model import Column, Date, FormModel, Number, Test, Text, Verdict, field, form, row_rule
from schemas.major_complaints import MAJOR, MINOR

# fmt: off

HANDLER = Option("complaint_handler", Localized("投诉专员", "Complaint handler"), ("投诉处理员",))
QUALITY = Option("quality", Localized("质量", "Quality"), ("质量问题", "产品质量"))
OTHER_CAUSE = Option("other_cause", Localized("其他", "Other"), ("其它", "非质量"))
DEMANDS = ("退货", "换货", "赔偿", "赔款", "道歉", "其他", "其它", "客户加工中未确定", "加工中未确定")
JUSTIFIED = Option("justified", Localized("成立", "Justified"), ("理由充分", "合理", "是"))
UNFOUNDED = Option("unfounded", Localized("不成立", "Unfounded"), ("理由不充分", "不合理", "否"))
EFFECTIVE = Option("effective", Localized("有效", "Effective"))
INEFFECTIVE = Option("ineffective", Localized("无效", "Ineffective"), ("效果不明显",))

UNKNOWN_YET = "加工中未确定"
FAULTY = Rule(
    "complaints.faulty", Severity.ERROR, Localized("{label}“{value}”不是数量", "{label} “{value}” is no quantity"),
    Localized(f"填数字；还不知道的填“{UNKNOWN_YET}”", f"Give a number, or “{UNKNOWN_YET}” while it is not known"), "几件")
MORE_FAULTY = Rule("complaints.more_faulty", Severity.ERROR, Localized("{label}比交货数量还多", "{label} is more than was delivered"), Localized("核对两个数量", "Check both quantities"), "")


DEMANDED = Rule(
    "complaints.demand", Severity.ERROR, Localized("{label}“{value}”看不明白", "{label} “{value}” is not known"),
    Localized("写退货、换货、赔偿、道歉、其他或客户加工中未确定；可写几项，用顿号隔开", "Return, exchange, compensation, apology, other or not known yet; several with 、 between them"),
    "退货、送花")


def _demands(column: Column) -> Verdict:
    return column.isna() | column.astype("string").str.split("、").map(lambda those: set(those) <= set(DEMANDS), na_action="ignore")


def _quantity(column: Column) -> Verdict:
    import pandas as pd

    return pd.to_numeric(column, errors="coerce").ge(0) | column.isin((UNKNOWN_YET, f"客户{UNKNOWN_YET}"))


_NO = ("投诉编号", "Complaint No", "261101")


class Complaint(FormModel, form=form("complaint", "投诉登记表", "Complaint", titles=("客户投诉登记表", "客户投诉记录表"))):
    complaint_no: Text = fields.number(*_NO, given=True, aliases=("投诉单号",))
    complained_on: Date = fields.day("投诉日期", "Complained on", trends=True, means=FieldRole.CAME_ON)
    complainant: Text = field("投诉客户", "Complainant", aliases=("反映客户", "反映人", "来电客户"), required=True, means=FieldRole.TITLE, example="惠民超市", names="customers")
    complainant_phone: Text = fields.phone("投诉人电话", "Phone", "13932810018")
    complaint_cause: Text = field("投诉类别", "Cause", required=True, options=(QUALITY, OTHER_CAUSE))
    complaint_text: Text = fields.text(
        "投诉内容", "What is complained of", "外包装破损", aliases=("问题描述", "反映问题", "反映内容", "反映情况", "投诉问题", "投诉经过", "来电内容")
    )
    demand: Text = field(
        "客户要求", "Demand", kind=Kind.LIST, aliases=("处理要求",), required=True, tests=[Test(DEMANDED, _demands)], example="退货、赔偿",
        help=Localized("退货、换货、赔偿、道歉、其他，可写几项；还不知道的写“客户加工中未确定”", "One or several, with 、 between them"))
    order_no: Text = field("订单号", "Order No", kind=Kind.CODE, aliases=("订单编号", "原订单号", "销售单号"), example="DD20261031")
    product_no: Text = field("产品编号", "Product No", kind=Kind.CODE, aliases=("货号",), example="C1203")
    delivered_on: Date = field(
        "交货日期", "Delivered on", kind=Kind.DATE, example="2026-10-31",
        aliases=("送货日期", "到货日期", "收货日期", "供货日期", "发货日期", "送达日期", "签收日期", "购货日期", "进货日期"))
    delivered_quantity: Number = field(
        "交货数量", "Quantity", kind=Kind.NUMBER, ge=0, example="50",
        aliases=("送货数量", "到货数量", "收货数量", "供货数量", "发货数量", "购货数量", "进货数量"))
    faulty_quantity: Text = field(
        "不良数量", "Faulty quantity", counted=True, example="3",
        aliases=("不合格数量", "问题产品数量", "问题商品数量", "质量问题数量"),
        tests=[Test(FAULTY, _quantity)],
        help=Localized(f"填数字，或“{UNKNOWN_YET}”", f"A number, or “{UNKNOWN_YET}”"),
    )
    complaint_grade: Text = field("投诉等级", "Grade", options=(MINOR, MAJOR), help=Localized("一听就知道重大的，登记时就写明", "Say at once where it is major"))
    taken_by: Text = fields.filled_by(
        "接诉人", "Taken by", aliases=("受理人", "接待人", "接听人", "接报人", "投诉受理人", "投诉接待人")
    )

    was_delivered_before = checks.in_order("delivered_on", "complained_on")

    @row_rule(MORE_FAULTY, at="faulty_quantity")
    def no_more_than_delivered(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """No more can be faulty than was delivered."""
        import pandas as pd

        return ~(pd.to_numeric(frame["faulty_quantity"], errors="coerce") > frame["delivered_quantity"])


class Solution(FormModel, form=form("complaint_solution", "投诉处理方案表", "Solution of a complaint")):
    complaint_no: Text = fields.number(*_NO)
    complaint_grade: Text = field("投诉等级", "Grade", required=True, options=(MINOR, MAJOR))
    complaint_justified: Text = field("投诉是否成立", "Justified", required=True, options=(JUSTIFIED, UNFOUNDED))
    unfounded_why: Text = field("不成立的理由", "Why not", required_when={"complaint_justified": (UNFOUNDED.code,)}, help=Localized("答复时告诉客户", "The customer is told so"))
    responsible_department: Text = field("责任部门", "Responsible department", required_when={"complaint_justified": (JUSTIFIED.code,)}, example="配送部")
    responsible_person: Text = field("责任人", "Responsible person", required_when={"complaint_justified": (JUSTIFIED.code,)}, example="孙涛")
    meeting_on: Date = field("紧急会议日期", "Meeting on", kind=Kind.DATE, required_when={"complaint_grade": (MAJOR.code,)}, tests=[checks.not_future()])
    meeting_said: Text = field("紧急会议结论", "What the meeting decided", required_when={"complaint_grade": (MAJOR.code,)})
    solution: Text = fields.text("处理方案", "Solution", "换货 3 件")
    proposed_on: Date = fields.done_on("提出日期", "Proposed on")
    proposed_by: Text = fields.done_by("方案提出人", "Proposed by")
    is_worked_out_there = checks.in_order("meeting_on", "proposed_on", trends=True)


class Approval(FormModel, form=form("solution_approval", "投诉方案审批表", "Approval of a solution")):
    complaint_no: Text = fields.number(*_NO)
    approval: Text = fields.decision("方案审批结论", "Decision")
    approval_reason: Text = fields.reason("方案审批意见", "Remark", "approval")
    approved_on: Date = fields.done_on("方案审批日期", "Decided on")
    approved_by: Text = fields.done_by("方案审批人", "Decided by")


class ComplaintReply(FormModel, form=form("complaint_reply", "投诉答复表", "Reply to a complaint", titles=("投诉答复记录表",))):
    complaint_no: Text = fields.number(*_NO)
    reply_content: Text = field("客户满意情况", "Content", required=True, options=fields.CONTENT)
    discontent: Text = fields.reason("不满意原因", "Why not", "reply_content", fields.DISSATISFIED.code)
    met_by: Text = field("出面协商人", "Met by", kind=Kind.LIST, example="周岚、孙涛", help=Localized("重大投诉由业务部门经理和客户关系经理出面，写两人姓名", "Of a major one: the two managers who met the customer"))
    told_on: Date = fields.done_on("答复日期", "Told on")
    told_by: Text = fields.done_by("答复人", "Told by")


class Measures(FormModel, form=form("complaint_measures", "纠正预防措施表", "Corrective and preventive measures")):
    complaint_no: Text = fields.number(*_NO)
    root_cause: Text = fields.text("原因分析", "Root cause", "装车未加固")
    corrective_action: Text = fields.text("纠正措施", "Corrective action", "重新包装")
    preventive_action: Text = fields.text("预防措施", "Preventive action", "装车后拍照")
    measures_owner: Text = fields.text("措施责任人", "Carried out by", "孙涛")
    measures_due: Date = field("措施完成期限", "By", kind=Kind.DATE, required=True, example="2026-11-20")
    decided_by: Text = fields.done_by("措施制定人", "Decided by")


class MeasuresApproval(FormModel, form=form("measures_approval", "措施审批表", "Approval of measures")):
    complaint_no: Text = fields.number(*_NO)
    measures_answer: Text = fields.decision("措施审批结论", "Decision")
    measures_reason: Text = fields.reason("措施审批意见", "Remark", "measures_answer")
    measures_supervisor: Text = field("措施监督人", "Supervised by", required_when={"measures_answer": (fields.APPROVED.code,)}, example="周岚")
    measures_approved_by: Text = fields.done_by("措施审批人", "Decided by", "高建军")


class Effect(FormModel, form=form("measures_effect", "措施效果验证表", "Effect of measures")):
    complaint_no: Text = fields.number(*_NO)
    effect: Text = field("措施效果", "Effect", required=True, options=(EFFECTIVE, INEFFECTIVE))
    effect_note: Text = fields.reason("效果说明", "Remark", "effect", INEFFECTIVE.code)
    confirmed_on: Date = fields.done_on("验证日期", "Confirmed on")
    confirmed_by: Text = fields.done_by("验证人", "Confirmed by")


ALL = (Complaint, Solution, Approval, ComplaintReply, Measures, MeasuresApproval, Effect)
