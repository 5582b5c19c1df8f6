"""A rule over a whole register, judged anew in every run: open as long as it finds something."""

from collections.abc import Iterator
from datetime import date

from schemas.language import FieldRole, Localized, Option, Procedure, Register, fields, work
from schemas.language.model import FormModel, Number, Text, describe, form

KEEPER = Option("goods_keeper", Localized("物资保管员", "Goods keeper"))


class Good(FormModel, form=form("good", "物资登记表", "Good")):
    good_no: Text = fields.number("物资编号", "Good No", "WZ01")
    good_name: Text = fields.text("物资名称", "Good", "打印纸", means=FieldRole.TITLE)
    good_there: Number = fields.amount("现有数量", "There")
    good_least: Number = fields.amount("最低数量", "At least")


def _short(held: work.RegisterView, today: date) -> Iterator[work.Seen]:
    for key, each in held["goods"].items():
        if each.get("good_there", 0) < each.get("good_least", 0):
            yield work.Seen(
                key, "good_there", f"{each.get('good_there'):g}", KEEPER.code, {"least": f"{each.get('good_least'):g}"}
            )


SHORT = work.warning(
    "goods.short",
    Localized("{label}只有 {value}，应不少于 {least}", "{label} is {value}, less than {least}"),
    Localized("补齐后改登记", "Get more, and list it"),
    _short,
)
PROCEDURE = Procedure(
    "goods", Localized("物资", "Goods"), roles=(KEEPER,), registers=(
        Register("goods", Localized("物资", "Goods"), (describe(Good),), manager=KEEPER.code, watches=(SHORT,)),
    ),
)  # fmt: skip
