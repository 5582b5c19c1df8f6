"""The page "Add a procedure" as version 0.1 printed it: an office that followed it has this."""

from schemas import checks
from schemas.form import Kind, Means, Move, Option, Procedure, Register, Stage, State, Words
from schemas.model import Date, FormModel, Text, describe, field, form
from schemas.work import Numbered

PORTER = Option("porter", Words("门卫", "Porter"))
HEAD = Option("head_of_house", Words("后勤主管", "Head of the house"))
YES, NO = Option("granted", Words("同意", "Granted")), Option("refused", Words("不同意", "Refused"))


class Loan(FormModel, form=form("key_loan", "钥匙借用登记表", "Key loan")):
    loan_no: Text = field("借用编号", "Loan No", kind=Kind.CODE, key=True, given=True)
    room_name: Text = field("房间名称", "Room", required=True, means=Means.TITLE, example="档案室")
    borrower: Text = field("借用人", "Borrower", required=True, means=Means.SUBMITTER, example="王建国")
    lent_on: Date = field("借用日期", "Lent on", kind=Kind.DATE, required=True, tests=[checks.not_future()])
    back_by: Date = field("约定归还日期", "Back by", kind=Kind.DATE, required=True)


class Grant(FormModel, form=form("key_grant", "钥匙借用审批表", "Key loan: decision")):
    loan_no: Text = field("借用编号", "Loan No", kind=Kind.CODE, key=True)
    grant_answer: Text = field("审批结论", "Decision", required=True, options=(YES, NO))
    granted_by: Text = field("审批人", "Decided by", required=True, means=Means.ACTOR)


class Return(FormModel, form=form("key_return", "钥匙归还登记表", "Key returned")):
    loan_no: Text = field("借用编号", "Loan No", kind=Kind.CODE, key=True)
    returned_on: Date = field("实际归还日期", "Returned on", kind=Kind.DATE, required=True)


PROCEDURE = Procedure(
    "key_loans",
    Words("钥匙借用", "Key loans"),
    about=Words("借钥匙要批，到期要还", "Keys are lent with leave and come back in time"),
    roles=(PORTER, HEAD),
    registers=(
        Register(
            "key_loans",
            Words("钥匙借用", "Key loans"),
            forms=(describe(Loan), describe(Grant), describe(Return)),
            numbered=Numbered("{yy}{month}{serial:03d}", same=("room_name", "borrower", "lent_on"), day="lent_on"),
            states=(
                State("to_grant", Words("待批", "To decide")),
                State("lent", Words("借出", "Lent")),
                State("not_lent", Words("未借", "Not lent"), final=True),
                State("key_back", Words("已还", "Returned"), final=True),
            ),
            stages=(
                Stage("ask_key", Words("申请", "Ask"), PORTER.code, "key_loan", moves=(Move("to_grant"),)),
                Stage(
                    "grant_key",
                    Words("审批", "Decide"),
                    HEAD.code,
                    "key_grant",
                    "to_grant",
                    days=1,
                    moves=(
                        Move("lent", when=(("grant_answer", ("granted",)),)),
                        Move("not_lent", when=(("grant_answer", ("refused",)),)),
                    ),
                    task=Words("审批下列借用", "Decide on these"),
                    strict=True,
                    not_by=("borrower",),
                ),
                Stage(
                    "take_back",
                    Words("归还", "Take back"),
                    PORTER.code,
                    "key_return",
                    "lent",
                    due_by="back_by",
                    moves=(Move("key_back"),),
                    task=Words("收回下列钥匙", "Take these keys back"),
                ),
            ),
        ),
    ),
)
