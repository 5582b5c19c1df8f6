"""Records that follow from others: each new machine gets its card in the register of machine cards."""

from collections.abc import Iterator
from datetime import date

from schemas.language import FieldRole, Localized, Procedure, Register, State, fields
from schemas.language.model import FormModel, Text, describe, form
from schemas.language.work import CreatedRecord, CreatesRecords, RegisterView

OPEN = State("card_open", Localized("在用", "In use"), final=True)


class Machine(FormModel, form=form("machine", "机器登记表", "Machine")):
    machine_no: Text = fields.number("机器编号", "Machine No", "JQ01")
    machine: Text = fields.text("机器名称", "Machine", "打印机", means=FieldRole.TITLE)


class MachineCard(FormModel, form=form("machine_card", "机器卡片", "Machine card")):
    card_no: Text = fields.number("卡片编号", "Card No", "KP-JQ01")
    card_of: Text = fields.text("卡片名称", "Card of", "打印机", means=FieldRole.TITLE)


def _cards(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    for key, each in held["machines"].items():
        yield CreatedRecord(
            f"KP-{key}", {"card_of": each.values["machine"]}, OPEN.code, Localized("随机器登记", "With its machine")
        )


PROCEDURE = Procedure(
    "machines", Localized("机器", "Machines"), (
        Register("machines", Localized("机器", "Machines"), (describe(Machine),)),
        Register("machine_cards", Localized("机器卡片", "Machine cards"), (describe(MachineCard),), (OPEN,), kept=True, looks_at=("machines",), opens=(CreatesRecords(_cards, follows=True),)),
    ),
)  # fmt: skip
