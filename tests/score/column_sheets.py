"""A list of any form as an office would fill it: its ordinary labels, some of them replaced, and six plausible rows."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from schemas.language import Field, Form, Kind
from tests.score.cells import Book, Canvas, Typed
from tests.score.dice import Dice
from tests.score.files import xlsx
from tests.score.people import COUNTY, TOWNS, credit_code, mobile, resident_id

ROWS = 6
_PEOPLE = ("王建国", "李秀英", "刘洋", "赵敏", "周会", "高建军", "陈静", "孙涛", "方晴", "马志强", "吴芳", "郑强")
_SHOPS = ("惠民超市", "平安街烟酒店", "新星副食", "老城便利店", "聚福百货", "河东商店")
_TEXTS = {
    "call_content": ("提 20 箱", "改送周三", "退 2 箱", "问到货", "提 8 箱", "加订 5 箱"),
    "care_customer": _SHOPS,
    "complaint_text": ("外包装破损", "送货晚到", "少送一条", "烟支受潮", "送错品种", "态度不好"),
    "delivery_route": ("01线", "02线", "03线", "04线", "05线", "06线"),
    "expense_use": ("开业赞助", "节日慰问", "店庆花篮", "陈列奖励", "新品试销", "客户培训"),
    "file_goods": ("烟酒副食", "日用百货", "水果蔬菜", "粮油", "文具", "五金"),
    "file_terms": ("月结", "现结", "周结", "月结", "现结", "季结"),
    "plan_purpose": ("新品推介", "催收货款", "了解库存", "处理投诉", "节前走访", "签约"),
    "remarks": ("新办", "变更地址", "已现场拍照", "①类户", "补证", "夫妻店"),
    "staff_also": ("投诉专员", "仓管员", "档案管理员", "计划员", "仓储主管", "主管"),
    "survey_opinion": ("希望送货再早些", "很好", "价格偏高", "品种再多些", "多上新品", "无"),
    "ticket_text": ("打印机卡纸", "订货系统登不上", "网络断开", "显示器黑屏", "键盘失灵", "要装软件"),
    "verification_note": ("店主在场", "电话已换", "门头已更换", "店主外出", "正在装修", "资料齐全"),
    "visit_talk": ("了解库存，介绍新品", "谈续约", "收集意见", "对账", "看陈列", "讲政策"),
}
_NAMED = frozenset({"张三", "张三喜", "王建国", "李敏", "周婷", "吴刚", "孙总", "马工", "郝主管", "方晴"})
_FIRST_DAY = date(2026, 10, 8)
_LAST_DAY = date(2027, 3, 31)


def sheet(
    form: Form, labels: Mapping[str, str], extra: tuple[str, Sequence[str]] | None = None, *, sparse: bool = False
) -> tuple[bytes, list[str]]:
    """Return a workbook of *form* and the field that each of its columns holds, "" for the *extra* one.

    ``labels`` replace the ordinary ones, by field code. Numbers that the program gives have no column; a *sparse* sheet
    has only what is required and what is in ``labels``. Every second sheet, by what its columns are called, has its title
    above, as many papers have.
    """
    columns = [
        field for field in form.fields if not field.given and (field.required or field.code in labels or not sparse)
    ]
    codes = [field.code for field in columns]
    heads = [labels.get(field.code, field.label.zh) for field in columns]
    seed = zlib.crc32("|".join((form.code, *heads, extra[0] if extra else "")).encode())
    dice = Dice(seed)
    typed = [_column(dice, field, at) for at, field in enumerate(columns)]
    if extra is not None:
        at = dice.randint(1, len(codes))
        codes.insert(at, "")
        heads.insert(at, extra[0])
        typed.insert(at, [extra[1][row % len(extra[1])] for row in range(ROWS)])
    canvas = Canvas("Sheet1")
    top = 0
    if seed & 1:
        canvas.put(0, 0, form.title.zh)
        canvas.merge(0, 0, 0, len(codes) - 1)
        top = 1
    for column, (head, values) in enumerate(zip(heads, typed, strict=True)):
        canvas.put(top, column, head)
        for row, value in enumerate(values):
            canvas.put(top + 1 + row, column, value)
    return xlsx(Book([canvas])), codes


def _column(dice: Dice, field: Field, at: int) -> list[Typed]:
    """Return what stands in one column: no two rows of a key alike."""
    if field.options:
        words = [option.words.zh for option in field.options]
        return [words[(row + at) % len(words)] for row in range(ROWS)]
    return [_value(dice, field, row) for row in range(ROWS)]


def _value(dice: Dice, field: Field, row: int) -> Typed:
    own = _OF_FIELD.get(field.code) or _OF_KIND.get(field.kind, _text)
    return own(dice, field, row)


def _licence(dice: Dice, _: Field, row: int) -> str:
    return f"{COUNTY}1{dice.randint(0, 9999):04}{row}"


def _moment(_: Dice, __: Field, row: int) -> str:
    return f"{_FIRST_DAY + timedelta(days=3 * row)} {8 + row:02}:{10 * row:02}"


def _day(_: Dice, field: Field, row: int) -> date:
    shift = timedelta(days=37 * row)
    if field.means == "ends":
        return _LAST_DAY + shift
    return (date.fromisoformat(field.example) if field.example else _FIRST_DAY) + (
        shift if (field.example or "9") > "2026-11-23" else -shift
    )


def _text(dice: Dice, field: Field, row: int) -> str:
    if field.code in _TEXTS:
        return _TEXTS[field.code][row]
    if field.example in _NAMED:
        return dice.choice(_PEOPLE)
    if field.example == "惠民超市":
        return _SHOPS[row]
    if "12号" in field.example:
        town = list(TOWNS)[row]
        return f"武强县{town}{TOWNS[town][0]}{dice.randint(1, 300)}号"
    if field.kind is Kind.CODE and (digits := re.search(r"[0-9]+$", field.example)):
        return f"{field.example[: digits.start()]}{int(digits[0]) + row:0{len(digits[0])}}"
    return field.example


_Value = Callable[[Dice, Field, int], Typed]
_OF_FIELD: Mapping[str, _Value] = {
    "licence_no": _licence,
    "prospect_licence": _licence,
    "resident_id": lambda dice, *_: resident_id(dice),
    "credit_code": lambda dice, *_: credit_code(dice),
    "file_licence": lambda dice, *_: credit_code(dice),
    "area_code": lambda _, __, row: f"{COUNTY}10{row}",
    "area_name": lambda _, __, row: list(TOWNS)[row],
    "area_of_shop": lambda _, __, row: list(TOWNS)[row],
    "area_aliases": lambda _, __, row: "、".join(list(TOWNS.values())[row]),
    "survey_no": lambda _, __, row: f"2026-11-{_SHOPS[row]}",
    "valid_from": lambda _, __, row: date(2024, 3, 5) + timedelta(days=37 * row),
    "valid_until": lambda _, __, row: date(2029, 3, 4) + timedelta(days=37 * row),
    "staff_email": lambda _, __, row: f"wang{row}@example.com",
    "change_item": lambda _, __, row: ("联系电话", "经营地址", "负责人")[row % 3],
    "changed_to": lambda dice, _, row: (mobile(dice), "武强县豆村镇豆村9号", "赵海")[row % 3],
}
_OF_KIND: Mapping[Kind, _Value] = {
    Kind.PHONE: lambda dice, *_: mobile(dice),
    Kind.DATE: _day,
    Kind.MOMENT: _moment,
    Kind.MONTH: lambda _, __, row: f"2026-{5 + row:02}",
    Kind.INTEGER: lambda _, field, row: 1 + (len(field.code) + 3 * row) % 5,
    Kind.NUMBER: lambda _, field, row: float(field.example or "50") + 10 * row,
}
