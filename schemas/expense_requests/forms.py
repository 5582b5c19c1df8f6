"""The forms of expenses that are asked for before: the request, its decision, the settlement of an advance."""

from __future__ import annotations

from schemas.contract_fees import SPECIAL
from schemas.expense_advances.forms import ADVANCE, MOST_ADVANCED
from schemas.language import FieldRole, Kind, Localized, Option, Rule, Severity, checks, fields
from schemas.language.model import Date, FormModel, Number, Test, Text, field, form, row_rule

GIFT = Option("gift", Localized("赠送礼品", "Gift"), ("礼品", "礼品预算"))

AFTER_CONTRACT = Rule(
    "expenses.after_contract",
    Severity.ERROR,
    Localized(
        "合同签订以后才申请的特殊费用不予受理", "A special fee asked for after the contract was signed is refused"
    ),
    Localized(
        "特殊费用须在合同签订前申请；日期写错的改正日期", "Ask before signing; correct the day where it is wrong"
    ),
)
TOO_MUCH = Rule(
    "expenses.advance",
    Severity.ERROR,
    Localized(
        "预支“{value}”元超过每人 3000 元的上限", "An advance of {value} yuan is more than the 3,000 of one person"
    ),
    Localized("减到 3000 元以内", "Ask for 3,000 at the most"),
    "3500",
)
STRANGER = Rule(
    "expenses.stranger",
    Severity.WARNING,
    Localized("{label}“{value}”不在人员表在岗人员中", "{label} “{value}” is nobody of the staff sheet now in force"),
    Localized(
        "按人员表写姓名；是谁申请的，批之前问清楚", "Give a name of the staff sheet; find out whose request it is"
    ),
)
_KNOWN = Test(STRANGER, checks.on_roster().holds)
_NO = ("申请编号", "Request No", "FY261101")


class Request(
    FormModel,
    form=form(
        "expense_request",
        "客户费用申请表",
        "Request for an expense",
        titles=("新客户特殊费用申请表", "赠送礼品预算申请表", "费用预支申请表"),
    ),
):
    request_no: Text = fields.number(*_NO, given=True)
    expense_kind: Text = field("费用类别", "Kind of expense", required=True, options=(SPECIAL, GIFT, ADVANCE))
    expense_customer: Text = fields.text(
        "费用客户",
        "For customer",
        "惠民超市",
        kind=Kind.CODE,
        names="customers",
        aliases=("费用所属客户", "受益客户", "受赠客户", "费用使用客户"),
        means=FieldRole.TITLE,
    )
    requested_amount: Number = fields.amount("申请金额", "Amount", ge=0.01)
    expense_use: Text = fields.text(
        "费用用途", "What for", "开业赞助", aliases=("费用说明", "费用使用说明", "申请说明")
    )
    requested_on: Date = fields.day("申请日期", "Requested on", trends=True, means=FieldRole.CAME_ON)
    contract_on: Date = fields.day("合同签订日期", "Contract signed on", required=False, example="")
    requested_by: Text = field(
        "费用申请人",
        "Requested by",
        required=True,
        means=FieldRole.SUBMITTER,
        tests=[_KNOWN],
        example="李敏",
    )

    @row_rule(AFTER_CONTRACT, at="contract_on")
    def before_the_contract(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """A special fee is asked for before the contract is signed."""
        return ~((frame["expense_kind"] == SPECIAL.code) & (frame["contract_on"] < frame["requested_on"]))

    @row_rule(TOO_MUCH, at="requested_amount")
    def within_the_limit(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """An advance stays within what one person may have."""
        return ~((frame["expense_kind"] == ADVANCE.code) & (frame["requested_amount"] > MOST_ADVANCED))


class Grant(FormModel, form=form("expense_grant", "客户费用审批表", "Decision on an expense")):
    request_no: Text = fields.number(*_NO)
    expense_answer: Text = fields.decision("费用审批结论", "Decision")
    grant_reason: Text = fields.reason("费用审批意见", "Remark", "expense_answer")
    granted_by: Text = fields.done_by("费用审批人", "Decided by", "孙总")
    granted_on: Date = fields.done_on("费用审批日期", "Decided on")
