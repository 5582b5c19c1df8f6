"""What people call a field: its label or an alias, with units, brackets and spaces, and which fields stand on a sheet."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.language import Field, Form, Kind
from tests.score.dice import Dice

_SLIPS = {
    "许可证号": "许可正号",
    "经营地址": "经营地扯",
    "统一社会信用代码": "统一社会信用代吗",
    "零售业态": "零售业太",
    "市场类型": "市场类形",
    "联系电话": "联系电活",
    "客户名称": "客户名程",
    "核实结果": "核实结裹",
    "结算方式": "结算方是",
    "区域名称": "区域名程",
}
_UNITS = {
    Kind.CODE: ("（文本）", "（请核对）"),
    Kind.PHONE: ("（手机）", "(手机或座机)"),
    Kind.DATE: ("（年-月-日）", "(yyyy-mm-dd)"),
    Kind.TEXT: ("（全称）", "（必填）"),
    Kind.CHOICE: ("（单选）", "（下拉选择）"),
    Kind.INTEGER: ("（档）", "（1-30）"),
    Kind.LIST: ("（用顿号分开）",),
}
_GROUPS = {
    "registration": (
        ("经营者", (("principal", "姓名"), ("resident_id", "身份证号"), ("contact_phone", "联系电话"))),
        ("经营者信息", (("principal", "负责人"), ("resident_id", "身份证号"), ("contact_phone", "手机号码"))),
        ("有效期", (("valid_from", "起"), ("valid_until", "止"))),
        ("有效期限", (("valid_from", "自"), ("valid_until", "至"))),
        ("许可证", (("valid_from", "有效期起"), ("valid_until", "有效期止"))),
        ("店铺信息", (("shop_address", "经营地址"), ("area_of_shop", "乡镇"), ("trade_type", "业态"))),
    ),
    "staff_list": (("联系方式", (("staff_mobile", "手机"), ("staff_email", "邮箱"))),),
    "area_list": (("工号", (("account_manager_no", "客户经理工号"), ("market_manager_no", "市场经理工号"))),),
    "verification": (
        ("宣传介绍", (("policy_told", "政策宣传"), ("supply_told", "货源介绍"), ("ordering_told", "订货程序"))),
        ("订货", (("order_way", "订货方式"), ("order_day", "订货日"))),
    ),
}
UNCLEAR = {
    "registration": ("有效期日", ("valid_from", "valid_until")),
    "verification": ("方式", ("order_way", "pay_way")),
    "staff_list": ("日期", ("serves_from", "serves_to")),
    "area_list": ("日期", ("in_force_from", "in_force_to")),
}
"""By form a label that says as much of one field as of another."""


@dataclass(frozen=True, slots=True)
class Column:
    """A label and the fields that its cells hold: one, or both ends of a range of dates. ``group`` stands above it."""

    label: str
    codes: tuple[str, ...]
    group: str = ""


def chosen_fields(dice: Dice, form: Form) -> list[Field]:
    """Return the fields that a sheet of *form* has: all that are required, and most others."""
    needed = {each.code for each in form.fields if each.required or each.required_when}
    return [each for each in form.fields if each.code in needed or dice.often(0.75)]


def columns_of(dice: Dice, form: Form, fields: list[Field]) -> list[Column]:
    """Return one column a field, the two ends of a range now and then in one; on some sheets all in English."""
    if dice.often(0.04):
        return [Column(each.label.en, (each.code,)) for each in fields]
    spans = [each for each in fields if each.span]
    joined = len(spans) == 2 and dice.often(0.35)
    columns = []
    slip = dice.choice(fields) if dice.often(0.06) else None
    for each in fields:
        if joined and each in spans:
            if each is spans[0] and each.span:
                columns.append(Column(dice.choice(each.span.labels), tuple(span.code for span in spans)))
            continue
        if each is slip and each.label.zh in _SLIPS:
            columns.append(Column(_SLIPS[each.label.zh], (each.code,)))
        else:
            columns.append(Column(label_of(dice, each), (each.code,)))
    return columns


def unclear_pair(form: str, columns: list[Column]) -> bool:
    """Tell whether both fields that the unclear label may mean have columns of their own, outside any group."""
    alone = {column.codes for column in columns if not column.group}
    return all((code,) in alone for code in UNCLEAR[form][1])


def label_of(dice: Dice, field: Field) -> str:
    """Return one way in which offices write the label of *field*."""
    name = dice.choice((field.label.zh, field.label.zh, field.label.zh, *field.aliases))
    record_set = dice.random()
    if record_set < 0.06:
        return name + dice.choice(_UNITS[field.kind])
    if record_set < 0.10:
        return dice.choice((f"{name}*", f"*{name}", f"{name}：", f" {name} "))
    if record_set < 0.14:
        return dice.choice(("    ", " ", "\u3000")).join(name) if len(name) < 4 else f"{name[:2]}\n{name[2:]}"
    return name


def grouped(dice: Dice, form: Form, columns: list[Column]) -> list[Column]:
    """Return *columns* with one or two groups of them under a common heading."""
    by_code = {column.codes[0]: column for column in columns if len(column.codes) == 1}
    groups = [group for group in _GROUPS[form.code] if all(code in by_code for code, _ in group[1])]
    if not groups:
        return columns
    heading, members = dice.choice(groups)
    moved = {code for code, _ in members}
    first = next(at for at, column in enumerate(columns) if column.codes[0] in moved)
    rest = [column for column in columns if len(column.codes) > 1 or column.codes[0] not in moved]
    return [*rest[:first], *(Column(label, (code,), heading) for code, label in members), *rest[first:]]
