"""Fields that the program works out: from the row, from hours, from the day, from other records."""

from datetime import date

from schemas.language import (
    Field,
    Kind,
    Localized,
    Option,
    Procedure,
    Register,
    Stage,
    State,
    Transition,
    Values,
    fields,
)
from schemas.language.ahead import ahead_of
from schemas.language.durations import after_hours, in_time
from schemas.language.model import Date, FormModel, Text, describe, form
from schemas.language.work import Derived, RegisterView

KEEPER = Option("deed_keeper", Localized("证照管理员", "Keeper of deeds"))
VALID, NEAR = (
    State("deed_valid", Localized("有效", "Valid")),
    State("deed_near", Localized("将到期", "Near"), final=True),
)


class Deed(FormModel, form=form("deed", "证照登记表", "Deed")):
    deed_no: Text = fields.number("证照编号", "Deed No", "ZZ01")
    deed_asked: Text = fields.moment("申办时间", "Asked at")
    deed_got: Text = fields.moment("取得时间", "Got at")
    deed_until: Date = fields.day("证照到期日", "Valid until")


def _left(values: Values, held: RegisterView, today: date) -> int | None:
    until = values.get("deed_until")
    return (date.fromisoformat(str(until)) - today).days if until else None


ENDS_SOON, WAIT = ahead_of(
    "deed_until", 60, waiting=VALID, to=NEAR, role=KEEPER.code, words=Localized("快到期", "Soon")
)
PROCEDURE = Procedure(
    "deeds", Localized("证照", "Deeds"), roles=(KEEPER,), registers=(Register(
        "deeds", Localized("证照", "Deeds"), (describe(Deed),), (VALID, NEAR),
        stages=(Stage("list_deed", Localized("登记", "List"), KEEPER.code, "deed", transitions=(Transition(VALID.code),)), WAIT),
        derived=(
            Derived(Field("deed_year", Localized("年度", "Year")), lambda values: str(values.get("deed_until", ""))[:4] or None),
            Derived(Field("deed_left", Localized("剩余天数", "Days left"), Kind.INTEGER), look=_left),
            after_hours("deed_due", Localized("取证期限", "Due"), "deed_asked", 72),
            *in_time("deed_in_time", Localized("按时取证", "In time"), "deed_got", "deed_due"),
            ENDS_SOON,
        ),
    ),),
)  # fmt: skip
