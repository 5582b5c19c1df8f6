"""Words of a definition and what they stand for in a declaration: kinds, meanings, flags, standard answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.definitions.read_definition import bare_name
from schemas.language import Every, FieldRole, Kind, Layout, Localized, Option, Rule, checks, fields
from schemas.language.work import NO, YES

_SEPARATORS = re.compile(r"[、；;]+")
_LINES = re.compile(r"[；;\n]+")


@dataclass(frozen=True, slots=True)
class KindWord:
    """A word for a kind: the kind, the rules that come with it, and whether as a rule it is private."""

    zh: str
    en: str
    kind: Kind
    rules: tuple[Rule, ...] = ()
    private: bool = False
    least: float | None = None


_IDENTITY = (
    checks.RESIDENT_ID_OLD, checks.RESIDENT_ID_FORMAT, checks.RESIDENT_ID_BIRTH, checks.RESIDENT_ID_CHECKSUM,
)  # fmt: skip
_CREDIT = (checks.CREDIT_CODE_OLD, checks.CREDIT_CODE_FORMAT, checks.CREDIT_CODE_CHECKSUM)
KINDS = (
    KindWord("文本", "text", Kind.TEXT),
    KindWord("编号", "code", Kind.CODE),
    KindWord("日期", "date", Kind.DATE),
    KindWord("时刻", "moment", Kind.MOMENT),
    KindWord("月份", "month", Kind.MONTH),
    KindWord("数字", "number", Kind.NUMBER),
    KindWord("整数", "integer", Kind.INTEGER),
    KindWord("金额", "amount", Kind.NUMBER, least=0),
    KindWord("电话", "phone", Kind.PHONE, (checks.PHONE,), private=True),
    KindWord("身份证", "identity", Kind.CODE, _IDENTITY, private=True),
    KindWord("信用代码", "credit code", Kind.CODE, _CREDIT),
    KindWord("邮箱", "email", Kind.TEXT, (checks.EMAIL,)),
    KindWord("选项", "choice", Kind.CHOICE),
    KindWord("清单", "list", Kind.LIST),
)
RULE_WORDS: Mapping[str, tuple[Rule, ...]] = {
    "不晚于今天": (checks.FUTURE,),
    "未过期": (checks.EXPIRED,),
    "电话号码": (checks.PHONE,),
    "邮箱地址": (checks.EMAIL,),
    "辖区代码": (checks.AREA_CODE,),
    "身份证号": _IDENTITY,
    "信用代码": _CREDIT,
}
RULE_WORDS_EN = {
    "not after today": "不晚于今天",
    "not expired": "未过期",
    "phone number": "电话号码",
    "email address": "邮箱地址",
    "area code": "辖区代码",
    "identity number": "身份证号",
    "credit code": "信用代码",
}
MEANINGS: Mapping[FieldRole, Localized] = {
    FieldRole.TITLE: Localized("名称", "title"),
    FieldRole.SUBMITTER: Localized("填表人", "submitter"),
    FieldRole.ACTOR: Localized("办理人", "actor"),
    FieldRole.DONE_ON: Localized("办理日期", "done on"),
    FieldRole.CAME_ON: Localized("发生日期", "came on"),
    FieldRole.ADDRESS: Localized("地址", "address"),
    FieldRole.AREA: Localized("辖区", "area"),
    FieldRole.EXPIRES: Localized("到期日", "expires"),
    FieldRole.REASON: Localized("意见", "reason"),
    FieldRole.ITEM: Localized("变更项目", "item"),
    FieldRole.NEW_VALUE: Localized("变更内容", "new value"),
}
FIELD_FLAGS = {
    "given": Localized("程序编号", "given"),
    "once": Localized("全表一次", "once"),
    "counted": Localized("可带单位", "counted"),
}
STAGE_FLAGS = {
    "spread": Localized("均摊", "spread"),
    "strict": Localized("限本岗位", "strict"),
    "eve": Localized("前一日提醒", "eve"),
    "anew": Localized("须改", "anew"),
    "ad_hoc": Localized("随时", "any time"),
    "on_site": Localized("上门", "on site"),
    "ends": Localized("作废环节", "ends the record"),
    "owed": Localized("欠办的只由本岗位作废", "owed"),
    "decides": Localized("上级决定", "a superior decides"),
}
WAY_FLAGS = {
    "stays": Localized("不变", "stays"),
    "resumes": Localized("恢复", "resumes"),
    "by_itself": Localized("自动", "by itself"),
}
NATURES = {
    "final": Localized("办结", "final"),
    "closed": Localized("关闭", "closed"),
    "paused": Localized("暂停", "paused"),
    "missed": Localized("未做", "missed"),
}
LAYOUTS = {
    Layout.LIST: Localized("列表", "list"),
    Layout.CARD: Localized("卡片", "card"),
    Layout.TURNED: Localized("竖表", "turned"),
}
MUST_BE_THERE = Localized("必有", "must be there")
"""Beside a reference: a row that points at none is kept out, and not only told."""
PERIODS = {"month": Localized("每月", "monthly"), "year": Localized("每年", "yearly"), "": Localized("不分", "none")}
EVERY = {
    Every.DAY: Localized("每天", "day"),
    Every.WEEK: Localized("每周", "week"),
    Every.MONTH: Localized("每月", "month"),
    Every.QUARTER: Localized("每季", "quarter"),
    Every.YEAR: Localized("每年", "year"),
}
STANDARD_OPTIONS: Mapping[str, Option] = {
    each.words.zh: each for each in (fields.APPROVED, fields.RETURNED, YES, NO, *fields.CONTENT)
}
"""Answers that every office writes alike: with their other names."""


def parts(text: str) -> list[str]:
    """Return what is listed in a cell: line by line where it has several, else separated by 、 or ；."""
    listed = text.split("\n") if "\n" in text else _SEPARATORS.split(text)
    return [each.strip() for each in listed if each.strip()]


def clauses(text: str) -> list[str]:
    """Return what is said in a cell, separated by ； or lines."""
    return [each.strip() for each in _LINES.split(text) if each.strip()]


def said(text: str) -> bool | None:
    """Return what a cell that asks yes or no says; None when it is neither; a blank is no."""
    word = bare_name(text)
    if word in ("", "否", "no", "n", "×", "false", "0"):
        return False
    return True if word in ("是", "yes", "y", "√", "true", "1", "✓", "✔") else None


def meant(text: str, words: Mapping[str, Localized]) -> str | None:
    """Return the key of *words* whose wording *text* is, in either language; None when it is none."""
    asked = bare_name(text)
    return next(
        (key for key, each in words.items() if asked in (bare_name(each.zh), bare_name(each.en), bare_name(key))), None
    )


def flags(text: str, words: Mapping[str, Localized]) -> Iterator[tuple[str, str | None]]:
    """Yield each word of a cell with what it stands for."""
    for each in parts(text):
        yield each, meant(each, words)
