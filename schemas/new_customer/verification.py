"""核实表: what the account manager found at the shop, and the business data."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, Localized, Option
from schemas.language.model import Date, Declared, FormModel, Text, WholeNumber, field, form
from schemas.new_customer import shared

AS_STATED = Option("as_stated", Localized("属实", "As stated"), ("情况属实", "无误"))
CORRECTED = Option("corrected", Localized("信息有误", "Corrected"), ("有误", "已更正"))
NO_SUCH_SHOP = Option("no_such_shop", Localized("查无此户", "No such shop"), ("无此户",))
FOUND = (AS_STATED.code, CORRECTED.code)

DONE = Option("done", Localized("已完成", "Done"), ("完成", "是", "√", "已讲", "已宣传"))
NOT_DONE = Option("not_done", Localized("未完成", "Not done"), ("否", "×", "没有"))

LARGE = Option("large", Localized("大", "Large"), ("大型",))
MEDIUM = Option("medium", Localized("中", "Medium"), ("中型",))
SMALL = Option("small", Localized("小", "Small"), ("小型",))

DISTRICTS = tuple(
    Option(code, Localized(zh, en), aliases)
    for code, zh, en, aliases in (
        ("commercial", "商业区", "Commercial", ("商业街",)),
        ("residential", "居民区", "Residential", ("小区",)),
        ("industrial", "工业区", "Industrial", ("工业园",)),
        ("campus", "院校学区", "Campus", ("学区", "院校")),
        ("transport", "交通枢纽", "Transport hub", ("车站",)),
        ("fair", "集贸区", "Market", ("集贸市场",)),
        ("tourist", "旅游景区", "Tourist spot", ("景区",)),
        ("offices", "办公区", "Offices", ()),
        ("elsewhere", "其他", "Other", ("其它",)),
    )
)
ORDER_WAYS = (
    Option("online", Localized("网上订货", "Online"), ("网订", "网上")),
    Option("by_phone", Localized("电话订货", "By phone"), ("电订", "电话")),
)
PAY_WAYS = (
    Option("electronic", Localized("电子结算", "Electronic"), ("电子", "电结")),
    Option("cash", Localized("现金", "Cash"), ("现金结算",)),
)
ORDER_DAYS = tuple(
    Option(code, Localized(f"周{day}", en), (f"星期{day}", f"礼拜{day}"))
    for code, day, en in (
        ("mon", "一", "Monday"),
        ("tue", "二", "Tuesday"),
        ("wed", "三", "Wednesday"),
        ("thu", "四", "Thursday"),
        ("fri", "五", "Friday"),
    )
)


def _business(zh: str, en: str, **more: Declared) -> Declared:
    """A field that is required wherever the shop was found."""
    return field(zh, en, required_when={"verdict": FOUND}, **more)


class Verification(
    FormModel,
    form=form(
        "verification", "核实表", "Verification", titles=("新入网户核实表", "客户核实表"), about=shared.ABOUT_CUSTOMER
    ),
):
    """One visit to one shop."""

    licence_no: Text = shared.licence_no()
    verdict: Text = field(
        "核实结果",
        "Verdict",
        aliases=("核实意见", "是否属实", "核实是否属实", "信息是否属实"),
        required=True,
        options=(AS_STATED, CORRECTED, NO_SUCH_SHOP),
    )
    market_type: Text = shared.market()
    trade_type: Text = shared.trade()
    trading_district: Text = _business(
        "商圈", "Trading district", aliases=("商圈类型",), options=DISTRICTS, goes_to=(shared.CRFM,)
    )
    shop_scale: Text = _business("经营规模", "Scale", options=(LARGE, MEDIUM, SMALL), goes_to=(shared.CRFM,))
    order_way: Text = _business("订货方式", "Ordering", options=ORDER_WAYS, goes_to=(shared.CRFM,))
    pay_way: Text = _business(
        "结算方式",
        "Settlement",
        aliases=("支付方式", "付款方式", "货款结算方式", "缴款方式", "交款方式", "资金结算方式"),
        options=PAY_WAYS,
        goes_to=(shared.CRFM,),
    )
    order_day: Text = _business(
        "订货日", "Order day", aliases=("订货周期",), options=ORDER_DAYS, goes_to=(shared.CRFM,)
    )
    delivery_route: Text = _business(
        "送货线路", "Delivery route", aliases=("配送线路",), example="03线", goes_to=(shared.CRFM,)
    )
    customer_grade: WholeNumber = _business(
        "客户档位",
        "Grade",
        kind=Kind.INTEGER,
        aliases=("档位", "货源档位", "投放档位", "供货档位", "核定档位"),
        ge=1,
        le=30,
        example="12",
        goes_to=(shared.CRFM,),
    )
    policy_told: Text = _business("政策宣传", "Policy explained", options=(DONE, NOT_DONE))
    supply_told: Text = _business("货源介绍", "Supply explained", options=(DONE, NOT_DONE))
    ordering_told: Text = _business("订货程序", "Ordering explained", options=(DONE, NOT_DONE))
    verified_on: Date = shared.step_day(
        "核实日期",
        "Verified on",
        aliases=("走访日期", "上门日期", "上门核实日期"),
        required=True,
        means=FieldRole.DONE_ON,
        example="2026-11-04",
    )
    verified_by: Text = field(
        "核实人",
        "Verified by",
        aliases=("核实客户经理", "走访人"),
        required=True,
        means=FieldRole.ACTOR,
        example="王建国",
    )
    verification_note: Text = field("说明", "Note", aliases=("核实说明", "核实情况说明", "核实备注"))
