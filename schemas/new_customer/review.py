"""审核表: the market manager passes a verified customer, or sends it back with a reason."""

from __future__ import annotations

from schemas.language import FieldRole, Localized, Option, answers
from schemas.language.model import Date, FormModel, Text, field, form
from schemas.new_customer import shared

PASSED = Option("passed", Localized("通过", "Passed"), ("同意", "审核通过"))
SENT_BACK = Option("sent_back", Localized("退回", "Sent back"), ("不通过", "驳回"))


class Review(FormModel, form=form("review_sheet", "审核表", "Review", titles=("新入网户审核表",))):
    """One decision on one customer."""

    licence_no: Text = shared.licence_no()
    conclusion: Text = field(
        "审核结论", "Conclusion", aliases=("审核结果",), required=True, options=(PASSED, SENT_BACK)
    )
    opinion: Text = field(
        "审核意见",
        "Opinion",
        required_when={"conclusion": (SENT_BACK.code,)},
        means=FieldRole.REASON,
        help=Localized("退回时必须写明原因", "Required when sent back"),
        example="资料齐全",
    )
    reviewed_on: Date = shared.step_day(
        "审核日期", "Reviewed on", required=True, means=FieldRole.DONE_ON, example="2026-11-05"
    )
    reviewed_by: Text = field("审核人", "Reviewed by", required=True, means=FieldRole.ACTOR, example="赵敏")
    passed_beside_wrong = answers.passed_beside_wrong("conclusion", PASSED, "opinion")
