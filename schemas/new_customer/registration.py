"""新入网户登记表: the basic data of a newly licensed retailer."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, Localized, checks
from schemas.language.model import Date, FormModel, Text, field, form, row_rule
from schemas.new_customer import shared


class Registration(
    FormModel,
    form=form(
        "registration",
        "新入网户登记表",
        "New retailer registration",
        number="HSYC-JL-WQYC-YX-12",
        titles=("新入网客户登记表", "新入网客户信息登记表", "新入网户信息登记表"),
        about=shared.ABOUT_CUSTOMER,
    ),
):
    """One newly licensed retailer."""

    licence_no: Text = shared.licence_no()
    customer_name: Text = field(
        "客户名称",
        "Customer",
        aliases=("店铺名称", "企业（字号）名称", "企业名称", "字号名称", "店名", "零售户名称"),
        required=True,
        example="惠民超市",
        means=FieldRole.TITLE,
        goes_to=(shared.EM, shared.CRFM),
    )
    principal: Text = field(
        "负责人",
        "Principal",
        aliases=("经营者", "法定代表人", "负责人姓名", "经营者姓名"),
        required=True,
        example="张三",
        goes_to=(shared.EM,),
    )
    resident_id: Text = field(
        "身份证号",
        "Resident ID",
        kind=Kind.CODE,
        aliases=("身份证号码", "居民身份证号", "公民身份号码"),
        private=True,
        example="131123198001010013",
        tests=checks.resident_id(),
        help=Localized("18 位，请按文本填写", "18 characters; type it as text"),
        goes_to=(shared.EM,),
    )
    credit_code: Text = field(
        "统一社会信用代码",
        "Credit code",
        kind=Kind.CODE,
        aliases=("社会信用代码", "信用代码", "营业执照号"),
        example="92131123MA0A1B2C3L",
        tests=checks.credit_code(),
        goes_to=(shared.EM,),
    )
    contact_phone: Text = field(
        "联系电话",
        "Phone",
        kind=Kind.PHONE,
        aliases=("手机号码", "订货电话", "电话", "联系方式"),
        required=True,
        private=True,
        example="13932810018",
        tests=[checks.phone_number()],
        goes_to=(shared.EM,),
    )
    shop_address: Text = field(
        "经营地址",
        "Shop address",
        aliases=("经营场所", "店铺地址", "地址"),
        required=True,
        example="武强县周窝镇周窝村12号",
        means=FieldRole.ADDRESS,
        goes_to=(shared.EM,),
    )
    area_of_shop: Text = field(
        "所属区域",
        "Area of the shop",
        aliases=("乡镇", "片区", "所属乡镇"),
        example="周窝镇",
        means=FieldRole.AREA,
        help=Localized("经营地址中写明乡镇的可不填", "May be blank when the address names it"),
        goes_to=(shared.EM,),
    )
    market_type: Text = shared.market()
    trade_type: Text = shared.trade()
    valid_from: Date = field(
        "有效期起",
        "Valid from",
        kind=Kind.DATE,
        aliases=("有效期自", "发证日期"),
        span=(("有效期限", "有效期"), 0),
        example="2024-03-05",
        goes_to=(shared.EM,),
    )
    valid_until: Date = field(
        "有效期止",
        "Valid until",
        kind=Kind.DATE,
        aliases=("有效期至", "到期日期"),
        span=(("有效期限", "有效期"), 1),
        required=True,
        example="2029-03-04",
        means=FieldRole.EXPIRES,
        tests=[checks.not_expired()],
        goes_to=(shared.EM,),
    )
    registered_on: Date = shared.step_day(
        "登记日期",
        "Registered on",
        aliases=("填表日期", "填报日期", "受理日期"),
        means=FieldRole.DONE_ON,
        example="2026-11-02",
        once=True,
    )
    filled_by: Text = field(
        "填表人",
        "Filled by",
        aliases=("填报人", "制表人", "登记人", "受理人"),
        once=True,
        means=FieldRole.SUBMITTER,
        example="李敏",
    )
    remarks: Text = field("备注", "Remarks", aliases=("备注说明",))

    @row_rule(checks.ORDER, at="valid_until")
    def ends_after_start(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """A licence ends after it began."""
        return ~(frame["valid_until"] <= frame["valid_from"])

    @row_rule(checks.FIVE_YEARS, at="valid_until")
    def five_years(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """A licence runs five years at the most (烟草专卖许可证管理办法)."""
        return checks.within_years(frame["valid_from"], frame["valid_until"], 5)
