"""A form with a field of every kind."""

from schemas.language import Kind, Localized, Option, Procedure, Register, fields
from schemas.language.model import Date, FormModel, Number, Text, WholeNumber, describe, field, form


class Parcel(FormModel, form=form("parcel", "包裹登记表", "Parcel")):
    parcel_no: Text = field("包裹单号", "Parcel No", kind=Kind.CODE, key=True, example="SF001")
    parcel_what: Text = field("内装物品", "What is in it", required=True, example="打印纸")
    parcel_phone: Text = fields.phone("收件电话", "Phone", "13932810018")
    parcel_on: Date = field("收件日期", "Received on", kind=Kind.DATE, required=True)
    parcel_at: Text = field("送达时间", "Delivered at", kind=Kind.MOMENT, example="2026-11-02 14:30")
    parcel_month: Text = field("结算月份", "Month", kind=Kind.MONTH, example="2026-11")
    parcel_pieces: WholeNumber = field("件数", "Pieces", kind=Kind.INTEGER, ge=1, example="2")
    parcel_weight: Number = field("重量", "Weight", kind=Kind.NUMBER, ge=0, example="1.5")
    parcel_way: Text = field("寄送方式", "Way", options=[Option("by_post", Localized("邮寄", "Post"), ("邮政",))])
    parcel_for: Text = field("收件人员", "For", kind=Kind.LIST, example="王建国、李敏")


PROCEDURE = Procedure(
    "parcels",
    Localized("包裹", "Parcels"),
    (Register("parcels", Localized("包裹", "Parcels"), (describe(Parcel),)),),
)
