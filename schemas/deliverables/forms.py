"""The forms of a deliverable: compiled, checked, reviewed with its client, approved, corrected, filed."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, Localized, Rule, Severity, answers, fields
from schemas.language.ending import Ended
from schemas.language.model import Date, Declared, FormModel, Text, field, form, row_rule
from schemas.language.work import NO, YES

_NO = ("成果编号", "Deliverable No", "CG2611001")
ASPECTS = ("basis_right", "nothing_missing", "norms_fit", "method_right", "trades_agree", "text_sound")
"""The fields of a check that hold whether each of its aspects is as it should be."""
NOT_RIGHT = Rule(
    "deliverables.not_right",
    Severity.ERROR,
    Localized("复核项目有不符的，不能填“同意”", "Something is not right: it cannot be approved"),
    Localized("退回原编制人修改，写明发现的问题", "Send it back to whoever compiled it, and list the problems"),
)


class _OfDeliverable(FormModel):
    deliverable_no: Text = fields.number(*_NO)


class Deliverable(
    FormModel,
    form=form(
        "deliverable", "成果文件编制登记表", "Deliverable, compiled", titles=("成果文件送审单", "三级复核送审单")
    ),
):
    deliverable_no: Text = fields.number(*_NO, given=True)
    deliverable_title: Text = fields.text("成果文件名称", "Deliverable", "3 号楼结算书", means=FieldRole.TITLE)
    deliverable_client: Text = fields.text("委托方", "Client", "城投公司")
    self_checked: Text = fields.text(
        "编制自查情况", "Checked by its compiler", "工程量、单价已逐项自查", tests=[answers.not_denied()]
    )
    compiled_on: Date = fields.day("编制完成日期", "Compiled on", trends=True, means=FieldRole.CAME_ON)
    compiled_by: Text = fields.filled_by("成果编制人", "Compiled by", "顾工")


def _aspect(zh: str, en: str) -> Declared:
    return field(zh, en, required=True, options=(YES, NO))


class DeliverableCheck(
    _OfDeliverable, form=form("deliverable_check", "复核记录单", "Record of a check", titles=("成果文件复核记录",))
):
    basis_right: Text = _aspect("计算依据和计量正确", "Basis and quantities are right")
    nothing_missing: Text = _aspect("内容齐全无漏项", "Nothing is missing")
    norms_fit: Text = _aspect("参数与标准恰当", "Norms fit")
    method_right: Text = _aspect("原则方法正确", "The method is right")
    trades_agree: Text = _aspect("各专业标准一致", "The trades agree")
    text_sound: Text = _aspect("说明规范且关键数据相符", "The text is sound, key figures agree")
    check_decision: Text = fields.decision("复核结论", "Decision")
    check_problems: Text = fields.reason("复核发现的问题", "Problems", "check_decision")
    deliverable_checked_on: Date = fields.done_on("复核日期", "Checked on")
    deliverable_checked_by: Text = fields.done_by("成果复核人", "Checked by", "石工")

    nothing_found = answers.approved_without("check_decision", "check_problems")

    @row_rule(NOT_RIGHT, at="check_decision")
    def approved_when_right(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """It is approved with every aspect as it should be."""
        wrong = (frame[list(ASPECTS)] == NO.code).any(axis=1)
        return ~(wrong & (frame["check_decision"] == fields.APPROVED.code))


class JointReview(_OfDeliverable, form=form("joint_review", "成果会审记录表", "Review with the client")):
    review_points: Text = fields.text("会审的重要子目和争议", "What was discussed", "外墙保温单价")
    client_opinion: Text = fields.text("委托方意见", "What the client says", "同意按合同价")
    review_decision: Text = fields.decision("会审结论", "Decision")
    review_problems: Text = fields.reason("会审提出的问题", "Problems", "review_decision")
    jointly_reviewed_on: Date = fields.done_on("会审日期", "Reviewed on")
    jointly_reviewed_by: Text = fields.done_by("会审主持人", "Led by", "项总")

    nothing_raised = answers.approved_without("review_decision", "review_problems")


class DeliverableApproval(_OfDeliverable, form=form("deliverable_approval", "成果审定表", "Approval of a deliverable")):
    approval_decision: Text = fields.decision("审定结论", "Decision")
    approval_problems: Text = fields.reason("审定意见", "Remark", "approval_decision")
    finally_approved_on: Date = fields.done_on("审定日期", "Approved on")
    finally_approved_by: Text = fields.done_by("成果审定人", "Approved by", "严总工")


class DeliverableCorrected(
    _OfDeliverable, form=form("deliverable_corrected", "成果修改记录表", "Deliverable, corrected")
):
    correction_text: Text = fields.text("成果修改内容", "What was corrected", "补算土方 120 立方米")
    corrected_on: Date = fields.done_on("成果修改日期", "Corrected on")
    corrected_by: Text = fields.done_by("成果修改人", "Corrected by", "顾工")


class DeliverableFiled(_OfDeliverable, form=form("deliverable_filed", "成果归档登记表", "Deliverable, filed")):
    archive_no: Text = fields.text("成果档案号", "Archive No", "DA2611001", kind=Kind.CODE)
    filed_on: Date = fields.done_on("成果归档日期", "Filed on")
    filed_by: Text = fields.done_by("成果归档人", "Filed by", "顾工")


class DeliverableEnded(Ended, form=form("deliverable_ended", "成果作废单", "Deliverable ended")):
    deliverable_no: Text = fields.number(*_NO)
