"""Ending a record with a reason at any time, and pausing it: deeds that are done in whatever state it stands."""

from schemas.language import FieldRole, Localized, Option, Procedure, Register, Stage, State, Transition, fields
from schemas.language.ending import Ended, ending
from schemas.language.model import FormModel, Text, describe, form

KEEPER = Option("key_keeper", Localized("钥匙管理员", "Key keeper"))
KEPT = State("key_kept", Localized("在库", "Kept"), final=True)


class Key(FormModel, form=form("door_key", "钥匙登记表", "Door key")):
    key_no: Text = fields.number("钥匙编号", "Key No", "YS01")
    key_door: Text = fields.text("所开房间", "Door", "档案室", means=FieldRole.TITLE)


class KeyEnded(Ended, form=form("door_key_ended", "钥匙作废单", "Door key void")):
    key_no: Text = fields.number("钥匙编号", "Key No", "YS01")


ENDED, END = ending("door_keys", "door_key_ended", KEEPER.code)
PROCEDURE = Procedure(
    "door_keys", Localized("钥匙", "Door keys"), roles=(KEEPER,), registers=(Register(
        "door_keys", Localized("钥匙", "Door keys"), (describe(Key), describe(KeyEnded)), (KEPT, ENDED),
        stages=(Stage("list_key", Localized("登记", "List"), KEEPER.code, "door_key", transitions=(Transition(KEPT.code),)), END),
    ),),
)  # fmt: skip
