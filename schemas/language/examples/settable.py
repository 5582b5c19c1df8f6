"""Numbers that an office may set: on its sheet of parameters from a day on, or in its settings."""

from schemas.language import Localized, Procedure, Register, fields
from schemas.language.durations import after_hours
from schemas.language.model import FormModel, Text, describe, form
from schemas.language.parameters import Parameter

HOURS = Parameter("repair_hours", Localized("报修处理时限（小时）", "Hours for a repair"), 24, least=1, most=240)


class Repair(FormModel, form=form("repair_ask", "报修单", "Repair asked")):
    repair_no: Text = fields.number("报修编号", "Repair No", "BX01")
    repair_at: Text = fields.moment("报修时间", "Asked at")


PROCEDURE = Procedure(
    "repairs", Localized("报修", "Repairs"), parameters=(HOURS,), registers=(Register(
        "repairs", Localized("报修", "Repairs"), (describe(Repair),),
        derived=(after_hours("repair_due", Localized("处理期限", "Due"), "repair_at", HOURS),),
    ),),
)  # fmt: skip
