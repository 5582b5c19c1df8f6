"""What the program uses a field for: it finds it by its meaning, whatever it is called."""

from schemas.language import FieldRole, Localized, Procedure, Register, fields
from schemas.language.model import Date, FormModel, Text, describe, field, form


class Shop(FormModel, form=form("shop_sign", "门头登记表", "Shop sign")):
    sign_no: Text = fields.number("门头编号", "Sign No", "MT01")
    sign_shop: Text = fields.text("店名", "Shop", "惠民超市", means=FieldRole.TITLE)
    sign_at: Text = fields.text("门头地址", "Where", "周窝镇周窝村12号", means=FieldRole.ADDRESS)
    sign_until: Date = fields.day("门头许可到期日", "Allowed until", means=FieldRole.EXPIRES)
    sign_by: Text = field("填表人", "Filled by", required=True, means=FieldRole.SUBMITTER, example="李敏")


PROCEDURE = Procedure(
    "shop_signs",
    Localized("门头", "Shop signs"),
    (Register("shop_signs", Localized("门头", "Shop signs"), (describe(Shop),)),),
)
