"""The forms of a paper file's loan: lent, handed over where it was not free at once, given back."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, checks, fields
from schemas.language.model import Date, FormModel, Text, form


class Loan(FormModel, form=form("file_loan", "客户档案借阅登记表", "Loan of a paper file", titles=("档案借阅登记表",))):
    loan_no: Text = fields.number("借阅编号", "Loan No", "JY261101", given=True)
    lent_file: Text = fields.text("所借档案", "File", "A0001", kind=Kind.CODE, means=FieldRole.TITLE)
    lent_on: Date = fields.day("借出日期", "Lent on", trends=True, means=FieldRole.CAME_ON)
    lent_until: Date = fields.day("应还日期", "Due back on", example="2026-11-10")
    lent_to: Text = fields.filled_by("借阅人", "Lent to", "王建国")

    is_due_afterwards = checks.in_order("lent_on", "lent_until", trends=True)


class LoanHanded(FormModel, form=form("file_handed", "客户档案借出登记表", "Paper file, handed over")):
    loan_no: Text = fields.number("借阅编号", "Loan No", "JY261101")
    handed_on: Date = fields.done_on("实际借出日期", "Handed over on")
    lent_until: Date = fields.day("应还日期", "Due back on", example="2026-11-10")
    handed_by: Text = fields.done_by("借出登记人", "Handed over by", "方晴")

    is_due_after_handing = checks.in_order("handed_on", "lent_until", trends=True)


class LoanReturn(FormModel, form=form("file_return", "客户档案归还表", "Return of a paper file")):
    loan_no: Text = fields.number("借阅编号", "Loan No", "JY261101")
    given_back_on: Date = fields.done_on("归还日期", "Given back on")
    taken_back_by: Text = fields.done_by("收档人", "Taken back by", "方晴")
