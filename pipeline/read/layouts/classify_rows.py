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

_TOTAL = re.compile(
    r"(?:本页|本表|全县|全部|以上)?(?:[合总小累共]计|total|subtotal|sum)(?:[:：].{0,20}|[(（].{0,12}[)）]|共?\d.{0,10})?",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(?:以上)?共\s*[\d一二三四五六七八九十百]+\s*[户家条人个行].{0,10}")
_EXAMPLE = re.compile(
    r"(?:填写|填表)?[示样范举]例.{0,20}|例[如子行:：]?.{0,2}|如[：:下].*|(?:example|sample|e\.g\.).{0,20}",
    re.IGNORECASE,
)
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
_PAGE = re.compile(r"(?:第\s*\d+\s*页.*)|(?:-\s*\d+\s*-)|续表|\(?接[上下]页\)?")
_FEW = 3
_CJK = re.compile(r"[\u3400-\u9fff]")


def why_ignored(row: Sequence[Raw], key: Raw, titles: Collection[str], form: Form, forms: Sequence[Form]) -> str:
    """Return the reason for which *row* is no record of *form*, or "" when it is one.

    *key* is what stands in the key's column; *titles* are the texts above the table, which printing may repeat;
    *forms* are all whose titles may stand above the next table.
    """
    filled = [value for value in row if not is_blank(value)]
    first = filled[0]
    text = first if isinstance(first, str) else ""
    if _EXAMPLE.fullmatch(text.strip()):
        return EXAMPLE
    reason = reason_of_text(text.strip())
    if reason == TOTAL and first is not key:  # what it counts may stand below the keys
        return TOTAL
    if _PAIR.fullmatch(text) and len(filled) > 1 and _is_signed([as_text(value) for value in filled]):
        return SIGNATURE
    if _names_record(key, first, form) or not text:
        return NOTE if _counts_columns(filled) else ""
    sparse = len(filled) <= max(2, len(row) // 2)  # fuller, it is a record that begins oddly
    if sparse and (reason or (_PAIR.fullmatch(text) and len(filled) <= _FEW)):
        return reason or SIGNATURE
    return _reason_of_row(filled, key, titles, form, forms)


def _names_record(key: Raw, first: Raw, form: Form) -> bool:
    """Tell whether *key* is one, and no remark that somebody wrote into its column."""
    if is_blank(key) or not isinstance(key, str):
        return not is_blank(key)
    return not _CJK.search(key) if form.key.kind is Kind.CODE else key is not first


def _reason_of_row(filled: Sequence[Raw], key: Raw, titles: Collection[str], form: Form, forms: Sequence[Form]) -> str:
    texts = [as_text(value) for value in filled]
    alone = len(filled) == 1
    if alone and (normalise(texts[0]) in titles or any(mention(each, texts) for each in forms)):
        return TITLE
    if _is_signed(texts):
        return SIGNATURE
    if all(_OBLIGATION.fullmatch(each) for each in texts):
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
    if _TOTAL.fullmatch(text.replace(" ", "").replace("\u3000", "")) or _COUNTED.fullmatch(text):
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
    """Tell whether a row only numbers the columns: 1 2 3 4."""
    numbers = [as_text(value) for value in filled]
    if len(numbers) < 4 or not numbers[0].isdigit() or len(numbers[0]) > 2:
        return False
    return numbers == [str(int(numbers[0]) + step) for step in range(len(numbers))]


def only_broken(values: Sequence[Raw]) -> bool:
    """Tell whether nothing but errors and uncalculated formulas stands in *values*."""
    return all(isinstance(value, Broken) or is_blank(value) for value in values)
