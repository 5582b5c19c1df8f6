"""How fields and rows are judged: checks of the language, pandera's own keywords, and a rule of one's own."""

import pandas as pd

from schemas.language import Kind, Localized, Procedure, Register, Rule, Severity, checks, fields
from schemas.language.model import Date, FormModel, Number, Text, describe, field, form, row_rule

DEAR = Rule(
    "hall.dear", Severity.WARNING,
    Localized("{label} {value} 元，一天不到却过千", "{label}: {value} yuan for less than a day"),
    Localized("核对金额和日期", "Check amount and days"), "1200",
)  # fmt: skip


class Hall(FormModel, form=form("hall", "场地租用表", "Hall")):
    hall_no: Text = field("租用编号", "Hall No", kind=Kind.CODE, key=True, str_matches="CD[0-9]{3}", example="CD001")
    hall_from: Date = field("起租日期", "From", kind=Kind.DATE, required=True, tests=[checks.not_future()])
    hall_to: Date = field("退租日期", "To", kind=Kind.DATE, required=True)
    hall_paid: Number = fields.amount("租金", "Rent", le=100000)
    hall_mail: Text = field("联系邮箱", "E-mail", tests=[checks.email()], example="a@example.com")
    hall_by: Text = fields.person("经办人员", "Handled by")

    to_after_from = checks.in_order("hall_from", "hall_to")

    @row_rule(DEAR, at="hall_paid")
    def not_dear(cls, frame: pd.DataFrame) -> "pd.Series[bool]":  # noqa: N805 - pandera hands over the class
        """Say of each row whether it holds; a row with a blank holds."""
        return ~((frame["hall_paid"] > 1000) & (frame["hall_from"] == frame["hall_to"]))


PROCEDURE = Procedure(
    "halls", Localized("场地", "Halls"), (Register("halls", Localized("场地", "Halls"), (describe(Hall),)),)
)
