"""What a field may say beside its kind."""

from schemas.language import FieldRole, Kind, Localized, Procedure, Register, fields
from schemas.language.model import Date, FormModel, Text, describe, field, form
from schemas.language.work import NO, YES


class Guest(FormModel, form=form("guest", "来访登记表", "Guest", number="XZ-07", titles=("会客登记",))):
    guest_no: Text = field("来访编号", "Guest No", kind=Kind.CODE, key=True, given=True, example="2611001")
    gate: Text = field("门岗", "Gate", head=True, required=True, example="南门")
    guest: Text = field("来访人", "Guest", aliases=("访客",), required=True, means=FieldRole.TITLE, example="张三")
    guest_phone: Text = fields.phone("来访人电话", "Phone of the guest")
    guest_left: Text = field("是否离开", "Has left", options=(YES, NO))
    left_on: Date = field("离开日期", "Left on", kind=Kind.DATE, required_when={"guest_left": [YES.code]})
    said: Text = field("备注", "Note", help=Localized("没有的不填", "Leave it blank where there is nothing"))


PROCEDURE = Procedure(
    "guests", Localized("来访", "Guests"), (Register("guests", Localized("来访", "Guests"), (describe(Guest),)),)
)
