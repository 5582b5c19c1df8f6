"""What the simulated office knows of forms: labels and options in both languages. Its own list, not the product's."""

from __future__ import annotations

from datetime import date, datetime

LABELS: dict[str, tuple[str, str]] = {
    "licence_no": ("许可证号", "Licence No"),
    "customer_name": ("客户名称", "Customer"),
    "principal": ("负责人", "Principal"),
    "resident_id": ("身份证号", "Resident ID"),
    "contact_phone": ("联系电话", "Phone"),
    "shop_address": ("经营地址", "Shop address"),
    "area_of_shop": ("所属区域", "Area of the shop"),
    "market_type": ("市场类型", "Market"),
    "trade_type": ("零售业态", "Trade"),
    "valid_from": ("有效期起", "Valid from"),
    "valid_until": ("有效期止", "Valid until"),
    "registered_on": ("登记日期", "Registered on"),
    "filled_by": ("填表人", "Filled by"),
    "verdict": ("核实结果", "Verdict"),
    "trading_district": ("商圈", "Trading district"),
    "shop_scale": ("经营规模", "Scale"),
    "order_way": ("订货方式", "Ordering"),
    "pay_way": ("结算方式", "Settlement"),
    "order_day": ("订货日", "Order day"),
    "delivery_route": ("送货线路", "Delivery route"),
    "customer_grade": ("客户档位", "Grade"),
    "policy_told": ("政策宣传", "Policy explained"),
    "supply_told": ("货源介绍", "Supply explained"),
    "ordering_told": ("订货程序", "Ordering explained"),
    "verified_on": ("核实日期", "Verified on"),
    "verified_by": ("核实人", "Verified by"),
    "verification_note": ("说明", "Note"),
    "conclusion": ("审核结论", "Conclusion"),
    "opinion": ("审核意见", "Opinion"),
    "reviewed_on": ("审核日期", "Reviewed on"),
    "reviewed_by": ("审核人", "Reviewed by"),
    "change_kind": ("变更类型", "Kind of change"),
    "change_item": ("变更项目", "Item"),
    "changed_to": ("变更后内容", "New value"),
    "effective_on": ("生效日期", "In force from"),
    "change_reason": ("原因", "Reason"),
    "handled_by": ("经办人", "Handled by"),
    "pair_no": ("疑似编号", "Pair No"),
    "same_or_not": ("核对结论", "Answer"),
    "judgement_note": ("核对说明", "Note"),
    "judged_on": ("核对日期", "Judged on"),
    "judged_by": ("核对人", "Judged by"),
    "staff_no": ("工号", "Staff No"),
    "staff_name": ("姓名", "Name"),
    "staff_role": ("角色", "Role"),
    "staff_email": ("邮箱", "E-mail"),
    "serves_to": ("停用日期", "In force to"),
    "area_code": ("区域代码", "Area code"),
    "area_name": ("区域名称", "Area"),
    "area_aliases": ("别名", "Other names"),
    "account_manager_no": ("客户经理工号", "Account manager No"),
    "market_manager_no": ("市场经理工号", "Market manager No"),
}
BASIC = (
    "customer_name", "principal", "resident_id", "contact_phone", "shop_address", "area_of_shop",
    "market_type", "trade_type", "valid_from", "valid_until",
)  # fmt: skip
VISIT = (
    "verdict", "trading_district", "shop_scale", "order_way", "pay_way", "order_day", "delivery_route",
    "customer_grade", "policy_told", "supply_told", "ordering_told", "verified_on", "verified_by", "verification_note",
)  # fmt: skip
REVIEW = ("conclusion", "opinion", "reviewed_on", "reviewed_by")
STEPS = {"verdict": VISIT, "conclusion": REVIEW}
"""By the field that decides a step, the fields that are the step's own: it is taken with all of them or not at all."""
AUDITED = (*BASIC, *VISIT, *REVIEW)
_OPTIONS: dict[str, dict[str, tuple[str, str]]] = {
    "market_type": {"urban": ("城镇", "Urban"), "rural": ("乡村", "Rural")},
    "trade_type": {
        "grocery": ("食杂店", "Grocery"), "convenience": ("便利店", "Convenience store"),
        "supermarket": ("超市", "Supermarket"), "tobacco": ("烟酒店", "Tobacco and liquor shop"),
    },
    "verdict": {
        "as_stated": ("属实", "As stated"), "corrected": ("信息有误", "Corrected"),
        "no_such_shop": ("查无此户", "No such shop"),
    },
    "trading_district": {"commercial": ("商业区", "Commercial"), "residential": ("居民区", "Residential")},
    "shop_scale": {"large": ("大", "Large"), "medium": ("中", "Medium"), "small": ("小", "Small")},
    "order_way": {"online": ("网上订货", "Online"), "by_phone": ("电话订货", "By phone")},
    "pay_way": {"electronic": ("电子结算", "Electronic"), "cash": ("现金", "Cash")},
    "order_day": {"mon": ("周一", "Monday"), "tue": ("周二", "Tuesday"), "wed": ("周三", "Wednesday")},
    "conclusion": {"passed": ("通过", "Passed"), "sent_back": ("退回", "Sent back")},
    "change_kind": {
        "changed": ("变更", "Change"), "suspended": ("停业", "Suspend"), "resumed": ("恢复营业", "Resume"),
        "cancelled": ("注销", "Cancel"),
    },
    "same_or_not": {"same_shop": ("同一户", "The same"), "different_shops": ("不同户", "Different")},
}  # fmt: skip
for _each in ("policy_told", "supply_told", "ordering_told"):
    _OPTIONS[_each] = {"done": ("已完成", "Done"), "not_done": ("未完成", "Not done")}
_CODES = {(code, word): option for code, known in _OPTIONS.items() for option, both in known.items() for word in both}
_BY_LABEL = {(label, at): code for code, both in LABELS.items() for at, label in enumerate(both)}
FORMS = {
    "registration": ("新入网户登记表", "New retailer registration"),
    "change_sheet": ("信息变更表", "Customer change"),
    "staff_list": ("人员表", "Staff"),
    "area_list": ("辖区表", "Areas"),
}


def label(code: str, language: str) -> str:
    """Return what a column is called."""
    return LABELS[code][language == "en"]


def field_of(text: object, language: str) -> str:
    """Return the code of the column that is called *text*, "" when the office knows none."""
    return _BY_LABEL.get((str(text or "").strip(" *＊"), int(language == "en")), "")


def shown(code: str, value: str, language: str) -> str:
    """Return a value as somebody types it."""
    both = _OPTIONS.get(code, {}).get(value)
    return both[language == "en"] if both else value


def plain(code: str, value: object) -> str:
    """Return what a cell says: an option's code, a day as ISO text, anything else as plain text; "" is blank."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "" if value is None else str(value).strip()
    return _CODES.get((code, text), text)


def options(code: str) -> list[str]:
    """Return the codes of the options of a field."""
    return list(_OPTIONS[code])
