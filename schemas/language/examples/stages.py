"""A record goes its way: asked for, decided on, done; sent back with a reason, watched by whoever manages it."""

from schemas.language import (
    Against,
    Comparison,
    FieldRole,
    Localized,
    Option,
    Procedure,
    Register,
    Route,
    Stage,
    State,
    Transition,
    fields,
)
from schemas.language.model import Date, FormModel, Number, Text, describe, form
from schemas.language.work import Numbered

CLERK, HEAD, CHIEF = (Option(code, Localized(zh, en)) for code, zh, en in (("buyer", "采购员", "Buyer"), ("buying_head", "采购主管", "Head of buying"), ("chief", "局长", "Chief")))  # fmt: skip
TO_DECIDE, TO_BUY, TO_REVISE = State("to_decide", Localized("待批", "To decide")), State("to_buy", Localized("待购", "To buy")), State("to_revise", Localized("待改", "To revise"))  # fmt: skip
BOUGHT = State("bought", Localized("已购", "Bought"), final=True)


class Wish(FormModel, form=form("wish", "采购申请表", "Wish")):
    wish_no: Text = fields.number("采购编号", "Wish No", "2611001", given=True)
    wished: Text = fields.text("所购物品", "What", "打印机", means=FieldRole.TITLE)
    wish_by: Date = fields.day("需用日期", "Needed by")
    wish_cost: Number = fields.amount("预计金额", "Estimated")
    wisher: Text = fields.filled_by("采购申请人", "Asked by")


class WishAnswer(FormModel, form=form("wish_answer", "采购审批表", "Decision on a wish")):
    wish_no: Text = fields.number("采购编号", "Wish No", "2611001")
    wish_answer: Text = fields.decision("采购意见", "Decision")
    wish_reason: Text = fields.reason("退回原因", "Why not", "wish_answer")
    decided_by: Text = fields.done_by("审批人", "Decided by")


class Revised(FormModel, form=form("wish_revised", "采购修改表", "Wish revised")):
    wish_no: Text = fields.number("采购编号", "Wish No", "2611001")
    wish_cost: Number = fields.amount("预计金额", "Estimated")
    revised_by: Text = fields.done_by("修改人", "Revised by")


class Bought(FormModel, form=form("wish_bought", "采购完成表", "Bought")):
    wish_no: Text = fields.number("采购编号", "Wish No", "2611001")
    wish_paid: Number = fields.amount("实付金额", "Paid")
    bought_by: Text = fields.done_by("采购人", "Bought by")


PROCEDURE = Procedure(
    "wishes", Localized("采购", "Wishes"), roles=(CLERK, HEAD, CHIEF), registers=(Register(
        "wishes", Localized("采购", "Wishes"), manager=HEAD.code,
        forms=(describe(Wish), describe(WishAnswer), describe(Revised), describe(Bought)),
        numbered=Numbered("{yy}{month}{serial:03d}", same=("wished", "wish_by")),
        states=(TO_DECIDE, TO_REVISE, TO_BUY, BOUGHT),
        stages=(
            Stage("ask_wish", Localized("申请", "Ask"), CLERK.code, "wish", transitions=(Transition(TO_DECIDE.code),)),
            Stage(
                "decide_wish", Localized("审批", "Decide"), HEAD.code, "wish_answer", TO_DECIDE.code, days=2, strict=True,
                not_by=("wisher",), superior=CHIEF.code, tells=("wisher",), task=Localized("审批下列采购", "Decide on these"),
                transitions=fields.decided("wish_answer", TO_BUY, TO_REVISE),
            ),
            Stage("revise_wish", Localized("修改", "Revise"), CLERK.code, "wish_revised", TO_REVISE.code, days=3, renews=("wish_cost",), anew=True, open_until="wish_by", transitions=(Transition(TO_DECIDE.code),)),
            Stage(
                "buy_wish", Localized("采购", "Buy"), CLERK.code, "wish_bought", TO_BUY.code, due_by="wish_by", eve=True, spread=True, rather_not_by=("wisher",),
                routes=(Route(HEAD.code, when=(("wish_answer", ("returned",)),)),),
                against=(Against("wish_paid", Comparison.AT_MOST, "wish_cost"),), transitions=(Transition(BOUGHT.code),),
            ),
        ),
    ),),
)  # fmt: skip
