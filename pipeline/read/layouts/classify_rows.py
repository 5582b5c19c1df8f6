"""Why a row of a list is no record: totals, signatures, notes, examples, repeated headings."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from pipeline.domain.cell import Broken, Raw
from pipeline.read.formats.grid import as_text, is_blank
from pipeline.read.recognise.labels import normalise
from pipeline.read.recognise.recognise_form import mention
from schemas.language import Form, Kind

# Reasons of domain.finding.Ignored
TOTAL = "total"
SIGNATURE = "signature"
NOTE = "note"
EXAMPLE = "example"
HEADER = "header"
TITLE = "title"
UNIT = "unit"
STRUCK = "struck"
UNUSED = "unused"

_TOTAL = re.compile(
    r"(?:本页|本表|全县|全部|以上)?(?:[合总小累共]计|total|subtotal|sum)(?:[:：].{0,20}|[(（].{0,12}[)）]|共?\d.{0,10})?",
    re.IGNORECASE,
)
_OF_A_TABLE = re.compile(
    r"(?:.{1,12}\s+|总)?(?:汇总|计数|求和|平均值|最大值|最小值)(?:[:：].{0,20})?|承前页|承上页|过次页|过下页|转下页|转次页|结转(?:下|次)页|(?:接|承)上页"
)
"""What Excel writes under its subtotals (周窝镇 计数), and clerks at the break of a page."""
_COUNTED = re.compile(r"(?:以上)?共\s*[\d一二三四五六七八九十百]+\s*[户家条人个行].{0,10}")
_EXAMPLE = re.compile(
    r"(?:填写|填表)?(?:示例.{0,20}|[样范举]例(?:行|数据)?(?:\s*\d{0,2}|[^\w].{0,20}))|例(?:[如子]?(?:\s*\d{0,2}|[:：].{0,20}))|例如.{0,20}"
    r"|如[：:下].*|(?:example|sample)(?![a-z]).{0,20}|e\.g\..{0,20}",
    re.IGNORECASE,
)
"""What marks a row as an example. 例 alone, or behind it a number or colon: 例会, 例行检查, 例外 are what offices do."""
_NOTE = re.compile(
    r"(?:注意?|备\s*注|说\s*明|附注?|提示|填写(?:要求|须知)|填表(?:要求|须知|说\s*明)|note)s?(?:事项)?\s*\d?\s*(?:[:：].*|$)|[※*＊].+",
    re.IGNORECASE | re.DOTALL,
)
_SIGNER = re.compile(
    r"(?:[填制][表报单]|[审复]核|经办|[主分]管|批准|审批|统计|报送|领导|单位|部门|[负]责)[人者员]?(?:意见)?\s*(?:[(（]?(?:签[字名章]|盖章)[)）]?)?\s*[:：].*|.*(?:签[字名章]|盖章|公章).*",
    re.DOTALL,
)
_PAIR = re.compile(r"[^:：\d]{1,12}[:：].{0,40}", re.DOTALL)
_DATE_LINE = re.compile(
    r"(?:日\s*期[:：]?)?\s*(?:(?:\d{4}|\s{2,})\s*年\s*\d{0,2}\s*月(?:\s*\d{0,2}\s*日)?|\d{4}([-/.])\d{1,2}\1\d{1,2})"
)
_UNIT = re.compile(r"(?:计量)?单\s*位\s*[:：].*")
_OBLIGATION = re.compile(
    r"[(（]?(?:必填|选填|非必填|可选|必选|可不填|自动)项?[)）]?|(?:required|optional)", re.IGNORECASE
)
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_LOOKS = re.compile(
    r"(?:长度|限|共|不超过|最多)?\d{1,3}(?:-\d{1,3})?(?:位|个?字)(?:以内|数字|字符|编码|号码|手机号?码?|年份?|[或及和、].{1,12})?"
    r"|[yY]{4}.?[mM]{1,2}.?(?:[dD]{1,2})?.{0,12}|年.?月.?日|(?:从)?下拉.{0,8}|.{0,6}(?:单选|多选|任选|选一项).{0,6}"
    r"|(?:文本|数字|日期|时间|数值|字符|常规|整数|小数|货币)(?:型|格式|类型|串)?|.{0,6}格式.{0,12}|(?:text|string|date|number|int|integer|varchar.{0,8}|char.{0,8}|decimal.{0,8})"
    r"|(?:自动生成|系统生成|不用填|不填|按实际填写|如实填写)"
    r"|(?:\d{1,2}位)?手机号?码?(?:\d{1,2}位)?",
    re.IGNORECASE,
)
"""How a cell is to be filled, in the row below the labels: 12位数字, yyyy-mm-dd, 下拉选择."""
_COUNT = re.compile(r"\d{1,4}\s*[户家个人条]?")
_PAGE = re.compile(r"(?:第\s*\d+\s*页.*)|(?:-\s*\d+\s*-)|续表|\(?接[上下]页\)?")
_FEW = 3
_LEAST_KEY = 6
"""Signs of a key from which on its length tells it from a count."""
_CJK = re.compile(r"[\u3400-\u9fff]")


def why_ignored(row: Sequence[Raw], key: Raw, titles: Collection[str], form: Form, forms: Sequence[Form]) -> str:
    """Return the reason for which *row* is no record of *form*, or "" when it is one.

    *key* is what stands in the key's column; *titles* are the texts above the table, which printing may repeat;
    *forms* are all whose titles may stand above the next table.
    """
    filled = [value for value in row if not is_blank(value)]
    first = filled[0]
    text = first.strip() if isinstance(first, str) else ""
    reason = _reason_whatever_follows(text, filled, key, form)
    if reason or has_key(key, form) or _names_record(key, first, form) or not text:
        return reason
    reason = _reason_of_first(text, filled, form)
    sparse = len(filled) <= max(2, len(row) // 2)  # fuller, it is a record that begins oddly
    if sparse and (reason or (_PAIR.fullmatch(text) and len(filled) <= _FEW)):
        return reason or SIGNATURE
    return _reason_of_row(filled, key, titles, form, forms)


def _reason_whatever_follows(text: str, filled: Sequence[Raw], key: Raw, form: Form) -> str:
    """Return the reason that holds whatever stands in the key's column, but for a whole key; *text* stands first."""
    if _EXAMPLE.fullmatch(text):
        return EXAMPLE
    if has_key(key, form):
        return ""
    if _counts_columns(filled):
        return NOTE
    if (
        filled[0] is not key and _reason_of_first(text, filled, form) == TOTAL
    ):  # what it counts may stand below the keys
        return TOTAL
    signed = _PAIR.fullmatch(text) and len(filled) > 1 and _is_signed([as_text(value) for value in filled])
    return SIGNATURE if signed else ""


def _reason_of_first(text: str, filled: Sequence[Raw], form: Form) -> str:
    return TOTAL if _is_count_of(text, filled, form) else reason_of_text(text)


def _names_record(key: Raw, first: Raw, form: Form) -> bool:
    """Tell whether *key* is one, and no remark that somebody wrote into its column."""
    if is_blank(key) or not isinstance(key, str):
        return not is_blank(key)
    return not (_CJK.search(key) or _LOOKS.fullmatch(key)) if form.key.kind is Kind.CODE else key is not first


def has_key(key: Raw, form: Form) -> bool:
    """Tell whether *key* is a text of the length of a key of *form*: whatever else stands in its row, it is a record's."""
    example = form.key.example
    if not isinstance(key, str) or form.key.kind is not Kind.CODE or len(example) < _LEAST_KEY or key == example:
        return False
    return len(key) == len(example) and key.isascii() and key.isalnum() and key[0].isdigit() == example[0].isdigit()


def _reason_of_row(filled: Sequence[Raw], key: Raw, titles: Collection[str], form: Form, forms: Sequence[Form]) -> str:
    texts = [as_text(value) for value in filled]
    alone = len(filled) == 1
    if alone and (normalise(texts[0]) in titles or any(mention(each, texts) for each in forms)):
        return TITLE
    if _is_signed(texts):
        return SIGNATURE
    if all(_OBLIGATION.fullmatch(each) for each in texts) or _tells_formats(texts):
        return NOTE
    return NOTE if alone and not is_blank(key) and form.key.kind is Kind.CODE else ""


def _is_signed(texts: Sequence[str]) -> bool:
    """Tell whether a row holds nothing but names and days behind their colons, in the same cell or the next."""
    before = ""
    for text in texts:
        behind = before.endswith((":", "："))
        if not (behind or _PAIR.fullmatch(text) or _DATE_LINE.fullmatch(text)):
            return False
        before = "" if behind else text
    return True


def reason_of_text(text: str) -> str:
    """Return the reason that a row's first text gives by itself, or ""."""
    if (
        _TOTAL.fullmatch(text.replace(" ", "").replace("\u3000", ""))
        or _OF_A_TABLE.fullmatch(text)
        or _COUNTED.fullmatch(text)
    ):
        return TOTAL
    if _UNIT.fullmatch(text):
        return UNIT
    if _SIGNER.fullmatch(text):
        return SIGNATURE
    if _NOTE.fullmatch(text) or _PAGE.fullmatch(text):
        return NOTE
    return ""


def reason_of_row(texts: Sequence[str]) -> str:
    """Return the reason for which a row below a card is no part of it, or ""; *texts* are all that stands in it."""
    return reason_of_text(texts[0].strip()) or (SIGNATURE if _is_signed(texts) and _dated(texts) else "")


def _dated(texts: Sequence[str]) -> bool:
    return any(_DATE_LINE.fullmatch(text) for text in texts)


def reason_above(texts: Sequence[str]) -> str:
    """Return what a row above the header is: a title, or the line with unit, date and who filled it."""
    patterns = (_PAIR, _DATE_LINE, _UNIT)
    return UNIT if any(pattern.fullmatch(text) for pattern in patterns for text in texts) else TITLE


def _counts_columns(filled: Sequence[Raw]) -> bool:
    """Tell whether a row only numbers the columns: 1 2 3 4, (1) (2) (3), 甲 乙 丙 1 2."""
    numbers = [as_text(value).strip("()（）") for value in filled]
    stems = next((at for at, each in enumerate(numbers) if at >= len(_STEMS) or each != _STEMS[at]), len(numbers))
    if stems > 2 and stems == len(numbers):
        return True
    numbers = numbers[stems:]
    if stems + len(numbers) < 4 or not numbers[0].isdecimal() or len(numbers[0]) > 2:
        return False
    return numbers == [str(int(numbers[0]) + step) for step in range(len(numbers))]


def _is_count_of(text: str, filled: Sequence[Raw], form: Form) -> bool:
    """Tell whether a row only counts the records of an option: 城镇 2, 乡村 3户."""
    if not 1 < len(filled) <= _FEW or not all(_COUNT.fullmatch(as_text(value)) for value in filled[1:]):
        return False
    options = (option for each in form.fields for option in each.options)
    return any(text.strip(" :：") in option.names for option in options)


def _tells_formats(texts: Sequence[str]) -> bool:
    """Tell whether a row says how the cells below it are to be filled, and none of it is a value."""
    looks = sum(_LOOKS.fullmatch(each) is not None or _OBLIGATION.fullmatch(each) is not None for each in texts)
    return looks > 1 and looks * 2 >= len(texts) and not any(each.isdecimal() for each in texts)


def only_broken(values: Sequence[Raw]) -> bool:
    """Tell whether nothing but errors and uncalculated formulas stands in *values*."""
    return all(isinstance(value, Broken) or is_blank(value) for value in values)
