"""Lines that a signature fixes: overtime of a month, signed for on the sheet of that month."""

from schemas.language import (
    Field,
    Kind,
    Localized,
    Option,
    Procedure,
    Register,
    Sealed,
    Stage,
    State,
    Transition,
    fields,
)
from schemas.language.model import Date, FormModel, Number, Text, WholeNumber, describe, field, form

HEAD = Option("overtime_head", Localized("考勤主管", "Head of overtime"))
TO_SIGN, SIGNED = State("overtime_to_sign", Localized("待签", "To sign")), State("overtime_signed", Localized("已签", "Signed"), final=True)  # fmt: skip


class Line(FormModel, form=form("overtime_line", "加班登记表", "Overtime")):
    line_no: Text = fields.number("加班编号", "Line No", "1")
    line_month: Text = field("加班月份", "Month", kind=Kind.MONTH, required=True, example="2026-11")
    line_hours: Number = fields.amount("加班小时", "Hours")


class Month(FormModel, form=form("overtime_month", "月度加班表", "Overtime of a month")):
    sheet_no: Text = fields.number("月表编号", "Sheet No", "2026-11")
    sheet_lines: WholeNumber = field("人次", "Lines", kind=Kind.INTEGER, ge=0)


class Signed(FormModel, form=form("overtime_signed", "月度加班签字表", "Overtime signed")):
    sheet_no: Text = fields.number("月表编号", "Sheet No", "2026-11")
    signed_on: Date = fields.done_on("签字日期", "Signed on")
    signed_by: Text = fields.done_by("签字人", "Signed by")


COUNTED_IN = Field("line_counted_in", Localized("计入月份", "Counted in"), Kind.MONTH)
SEAL = Sealed("overtime_months", "{line_month}", (SIGNED.code,), ("line_hours",), TO_SIGN.code, period="line_month", counted_in=COUNTED_IN)  # fmt: skip
PROCEDURE = Procedure(
    "overtime", Localized("加班", "Overtime"), roles=(HEAD,), registers=(
        Register("overtime_lines", Localized("加班", "Overtime"), (describe(Line),), sealed=SEAL),
        Register(
            "overtime_months", Localized("月度加班", "Overtime by month"), (describe(Month), describe(Signed)), (TO_SIGN, SIGNED),
            stages=(
                Stage("make_sheet", Localized("制表", "Make"), HEAD.code, "overtime_month", transitions=(Transition(TO_SIGN.code),)),
                Stage("sign_sheet", Localized("签字", "Sign"), HEAD.code, "overtime_signed", TO_SIGN.code, days=3, transitions=(Transition(SIGNED.code),)),
            ),
        ),
    ),
)  # fmt: skip
