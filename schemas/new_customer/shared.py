"""Fields and answers that several forms of this procedure share: each is declared here once."""

from __future__ import annotations

from schemas.language import Kind, Localized, Option, checks
from schemas.language.model import Declared, field
from schemas.new_customer.licence import licence_tests

EM = "em"
CRFM = "crfm"
"""The handovers: basic data to the company's EM system, business data to its CRFM system."""

ABOUT_CUSTOMER = ("customer", "principal", "licence", "tobacco", "valid", "operate", "paper")
"""Whose values the forms of a customer hold: the shop's, its principal's, its licence's."""

URBAN = Option("urban", Localized("城镇", "Urban"), ("城区", "城市", "镇区"))
RURAL = Option("rural", Localized("乡村", "Rural"), ("农村", "村"))

GROCERY = Option("grocery", Localized("食杂店", "Grocery"), ("食杂", "小卖部", "副食店"))
CONVENIENCE = Option("convenience", Localized("便利店", "Convenience store"), ("便利",))
SUPERMARKET = Option("supermarket", Localized("超市", "Supermarket"), ("超级市场",))
MALL = Option("mall", Localized("商场", "Department store"), ("百货商场",))
TOBACCO = Option("tobacco", Localized("烟酒店", "Tobacco and liquor shop"), ("烟酒商店", "烟酒专卖店", "名烟名酒"))
LEISURE = Option("leisure", Localized("娱乐服务类", "Leisure and service"), ("娱乐服务", "娱乐类"))
OTHER_TRADE = Option("other", Localized("其他", "Other"), ("其它",))


def licence_no() -> Declared:
    """许可证号, the key of every form of a customer."""
    return field(
        "许可证号",
        "Licence No",
        kind=Kind.CODE,
        aliases=(
            "烟草专卖零售许可证号",
            "专卖证号",
            "许可证号码",
            "零售许可证号",
            "证号",
            "客户许可证号",
            "零售户许可证号",
            "入网户许可证号",
        ),
        key=True,
        example="131123100018",
        goes_to=(EM, CRFM),
        tests=licence_tests(),
        help=Localized(
            "12 位数字：6 位地区码 + 1 位类别（1 个体，2 企业或其他）+ 5 位顺序号，请按文本填写",
            "12 digits: 6 of the division, 1 of the kind (1 individual, 2 enterprise or other), 5 serial; type it as text",
        ),
    )


def market() -> Declared:
    """市场类型."""
    return field("市场类型", "Market", aliases=("市场类别",), options=(URBAN, RURAL), goes_to=(CRFM,))


def trade() -> Declared:
    """零售业态."""
    return field(
        "零售业态",
        "Trade",
        aliases=("业态", "经营业态"),
        options=(GROCERY, CONVENIENCE, SUPERMARKET, MALL, TOBACCO, LEISURE, OTHER_TRADE),
        goes_to=(CRFM,),
    )


def step_day(zh: str, en: str, **more: Declared) -> Declared:
    """A day on which something was done: never in the future."""
    return field(zh, en, kind=Kind.DATE, tests=[checks.not_future()], **more)


def pair_no() -> Declared:
    """疑似编号, the key of two customers that may be one: both licence numbers."""
    return field(
        "疑似编号", "Pair No", kind=Kind.CODE, key=True, example="131123100018-131123100026", aliases=("疑似重复编号",)
    )
