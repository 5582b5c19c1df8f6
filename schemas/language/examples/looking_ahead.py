"""What somebody still owes of a period, on his own worklist: four visits a month."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from schemas.language import Localized, Outlook, Owed, Procedure, Register, fields
from schemas.language.model import Date, FormModel, Text, describe, form
from schemas.language.work import RegisterView, month_of


class Call(FormModel, form=form("call", "走访登记表", "Call")):
    call_no: Text = fields.number("走访编号", "Call No", "2611001")
    called: Text = fields.text("走访对象", "Whom", "惠民超市")
    call_on: Date = fields.day("走访日期", "On", trends=True)
    call_by: Text = fields.filled_by("走访人", "By")


def _owed(held: RegisterView, today: date) -> Iterator[Owed]:
    made = Counter(
        each.get("call_by") for each in held["calls"].values() if month_of(each.get("call_on")) == month_of(today)
    )
    yield from (Owed(str(who), Localized("走访", "Calls"), due=4, made=count) for who, count in made.items())


AHEAD = Outlook("calls_ahead", Localized("本月还差", "Still to make"), Localized("事项", "What"), _owed)
PROCEDURE = Procedure(
    "calls", Localized("走访", "Calls"), (Register("calls", Localized("走访", "Calls"), (describe(Call),), outlooks=(AHEAD,)),)
)  # fmt: skip
