"""A field that points at a record of another register, and a field that names one."""

from schemas.language import FieldRole, Kind, Localized, Procedure, Register, fields
from schemas.language.model import FormModel, Text, describe, field, form
from schemas.language.work import Refers


class Room(FormModel, form=form("meeting_room", "会议室登记表", "Meeting room")):
    room_no: Text = fields.number("会议室编号", "Room No", "H01")
    room: Text = fields.text("会议室名称", "Room", "一楼会议室", means=FieldRole.TITLE)


class Chair(FormModel, form=form("chair", "座椅登记表", "Chair")):
    chair_no: Text = fields.number("座椅编号", "Chair No", "Y01")
    chair_room: Text = fields.text("所在会议室编号", "Room", "H01", kind=Kind.CODE)
    chair_lent: Text = field("借往会议室", "Lent to", names="meeting_rooms", example="一楼会议室")


PROCEDURE = Procedure(
    "meeting_rooms", Localized("会议室", "Meeting rooms"), (
        Register("meeting_rooms", Localized("会议室", "Meeting rooms"), (describe(Room),), named_by=("room",)),
        Register("chairs", Localized("座椅", "Chairs"), (describe(Chair),), refers=(Refers("chair_room", "meeting_rooms", strict=True),)),
    ),
)  # fmt: skip
