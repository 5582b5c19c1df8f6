"""The forms of advances: their settlement, and what bounds them."""

from __future__ import annotations

from schemas.language import Localized, Option, fields
from schemas.language.model import Date, FormModel, Number, Text, form

MOST_ADVANCED = 3000
"""Yuan that one person may have in advance: 第三条 2."""
ADVANCED_FROM = 9
"""Working day from which last month's expenses are advanced: 第三条 2."""
ADVANCE = Option("advance", Localized("预支", "Advance"), ("借支", "预支费用"))


class AdvanceSettlement(FormModel, form=form("advance_settlement", "预支核销表", "Settlement of an advance")):
    request_no: Text = fields.number("申请编号", "Request No", "FY261101")
    settled_amount: Number = fields.amount(
        "核销金额", "Settled amount", help=Localized("累计核销的金额", "All that was settled")
    )
    given_back: Number = fields.amount(
        "还回金额", "Given back", required=False, help=Localized("累计还回的金额", "All that was given back")
    )
    settled_on: Date = fields.done_on("核销日期", "Settled on")
    settled_by: Text = fields.done_by("核销人", "Settled by")
