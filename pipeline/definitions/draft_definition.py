"""An office's own blank forms → a draft of the procedure. What the program was unsure of is named, to be looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.definitions.blank_form import BlankForm, BlankLabel, read_blank
from pipeline.definitions.definition_workbook import RowCells
from pipeline.definitions.naming import initials
from schemas.language.letters import plain_label
from schemas.language.references import take_apart

_TAIL = re.compile(r"(登记表|申请表|审批表|登记单|申请单|审批单|记录表|台账|表|单)$")
_DECIDES = re.compile(r"(审批|审核|批准|领导|主管|负责人|验收|核实|回访|确认|办理|处理|维修)")
_CLOSES = re.compile(r"(意见|人|员|签字|签名|签章|日期|时间|结果|情况|结论)$")
_SIGNS = re.compile(r"(人|员|者|签字|签名|签章)$")
_OPINION = re.compile(r"(意见|结论|是否同意)$")
_BY_HEAD = {
    "date": "日期", "term": "日期", "month": "月份", "phone": "电话", "identity": "身份证", "credit": "信用代码", "email": "邮箱",
    "amount": "金额", "expense": "金额", "income": "金额", "budget": "金额", "total": "金额",
    "quantity": "数字", "count": "整数", "score": "数字", "duration": "数字",
    "number": "编号", "licence": "编号", "serial": "编号", "paper": "编号", "account_code": "编号",
}  # fmt: skip
_GUESSED = frozenset({"quantity", "score", "duration", "term", "paper", "total"})
_DATES = re.compile(r"[ydYD年月日]")
_HOURS = re.compile(r"[hH时]")


@dataclass(slots=True)
class Draft:
    """The rows of the draft; ``doubts`` are rows (sheet, number) that are a guess."""

    title: str
    rows: dict[str, list[RowCells]] = field(default_factory=dict)
    doubts: set[tuple[str, int]] = field(default_factory=set)

    def add(self, sheet: str, row: RowCells, *, sure: bool) -> None:
        """Add *row* to *sheet*."""
        rows = self.rows.setdefault(sheet, [])
        if not sure:
            self.doubts.add((sheet, len(rows)))
        rows.append({name: cell for name, cell in row.items() if cell})


@dataclass(frozen=True, slots=True)
class _Part:
    """What one person fills: a form of the procedure. ``verb`` says what is done there, "" where a record begins."""

    title: str
    verb: str
    labels: tuple[BlankLabel, ...]


def draft_definition(forms: Sequence[tuple[str, bytes]]) -> Draft:
    """Return the draft made of the blank *forms*, name and content each, in the order in which they are filled.

    Raise Refusal for what is no form.
    """
    blanks = [read_blank(name, content) for name, content in forms]
    parts = list(_parted(blanks))
    subject = _TAIL.sub("", parts[0].title) or parts[0].title
    draft = Draft(subject)
    draft.add("procedure", {"item": "名称", "content": subject}, sure=True)
    for role in dict.fromkeys(_role(subject, part) for part in parts):
        draft.add("procedure", {"item": "岗位", "content": role}, sure=False)
    for at, part in enumerate(parts):
        _add_fields(draft, part, subject, base=not at)
    key = initials(subject) or "BH"
    register = {"register": subject, "numbering": f"{key}{{年2}}{{月}}{{序号3}}", "manager": _role(subject, parts[-1])}
    draft.add("registers", register, sure=False)
    _add_stages(draft, parts, subject)
    day = next((each["field"] for each in draft.rows["fields"] if each.get("kind") in ("日期", "时刻")), "")
    if day:
        draft.add("statistics", {"statistic": f"{subject}按月", "period": "每月", "day": day}, sure=False)
    return draft


def _parted(blanks: Sequence[BlankForm]) -> Iterator[_Part]:
    """Part the first form where others than its author sign: what they fill is a form of its own."""
    for at, blank in enumerate(blanks):
        begun: dict[str, list[BlankLabel]] = {"" if not at else _TAIL.sub("", blank.title): []}
        current = next(iter(begun))
        for label in blank.labels:
            verb = _DECIDES.search(label.text)
            if not at and verb and _CLOSES.search(label.text) and begun[""]:
                current = verb[0]
            begun.setdefault(current, []).append(label)
        for done, labels in begun.items():
            title = blank.title if not done or at else f"{_TAIL.sub('', blank.title)}{done}单"
            if labels:
                yield _Part(title, done, tuple(labels))


def _role(subject: str, part: _Part) -> str:
    return f"{part.verb}岗" if part.verb else f"{subject}登记岗"


def _add_fields(draft: Draft, part: _Part, subject: str, *, base: bool) -> None:
    kinds = [_kind(label) for label in part.labels]
    key = next((at for at, (kind, _) in enumerate(kinds) if kind == "编号"), None) if base else None
    first = {"form": part.title}
    if base and key is None:
        draft.add("fields", {**first, "field": f"{subject}编号", "kind": "编号", "key": "是"}, sure=False)
        first = {}
    earlier = {row["field"] for row in draft.rows.get("fields", ())}
    has_title = has_actor = has_day = False
    for at, (label, (kind, sure)) in enumerate(zip(part.labels, kinds, strict=True)):
        name = label.text if label.text not in earlier else f"{part.verb}{label.text}"
        options = label.options or (("同意", "退回") if _OPINION.search(label.text) and not base else ())
        means, rules = "", ""
        if _SIGNS.search(label.text) and kind == "文本" and not has_actor and at != key:
            means, has_actor = ("填表人" if base else "办理人"), True
        elif kind in ("日期", "时刻") and not base and not has_day:
            means, rules, has_day = "办理日期", "不晚于今天", True
        elif base and kind == "文本" and not options and not has_title and at != key:
            means, has_title = "名称", True
        row = {
            **first,
            "field": name,
            "kind": "选项" if options else kind,
            "key": "是" if at == key else "",
            "required": "是" if (label.required or means in ("填表人", "办理人", "办理日期")) and at != key else "",
            "options": "\n".join(options) if any("、" in each for each in options) else "、".join(options),
            "rules": rules,
            "means": means,
        }
        guessed = (
            (options and not label.options) or label.by_colour or means in ("名称", "填表人") or name != label.text
        )
        draft.add("fields", row, sure=sure and not guessed)
        first = {}


def _kind(label: BlankLabel) -> tuple[str, bool]:
    """Return the kind of what is filled under *label*, and whether that is sure: its cell's number format, else its words."""
    if label.options:
        return "选项", True
    shown = re.sub(r'"[^"]*"|\[[^]]*\]', "", label.number_format)
    if shown not in ("General", "@") and _DATES.search(shown):
        return ("时刻" if _HOURS.search(shown) else "日期"), True
    asked = take_apart(plain_label(label.text))
    kind = _BY_HEAD.get(asked.head, "文本") if asked else "文本"
    if kind == "日期" and label.text.endswith("时间"):
        return "时刻", False
    if kind == "文本" and shown not in ("General", "@"):
        return ("金额" if ".00" in shown or "¥" in label.number_format else "数字"), True
    return kind, bool(asked) and asked.head not in _GUESSED if asked else False


def _add_stages(draft: Draft, parts: Sequence[_Part], subject: str) -> None:
    opinions = {row["field"] for row in draft.rows["fields"] if row.get("options") == "同意、退回"}
    state = ""
    for at, part in enumerate(parts):
        last = at + 1 == len(parts)
        onward = "已办结" if last else f"待{parts[at + 1].verb}"
        row = {
            "stage": part.verb or f"{subject}登记",
            "form": part.title,
            "role": _role(subject, part),
            "from": state,
            "to": onward,
            "deadline": "3 天" if state else "",
            "task": f"填写{part.title}" if state else "",
        }
        asked = next((label.text for label in part.labels if label.text in opinions), "")
        if asked:
            draft.add("stages", {**row, "answer": f"{asked}=同意"}, sure=False)
            draft.add("stages", {"answer": f"{asked}=退回", "to": "已退回"}, sure=False)
        else:
            draft.add("stages", row, sure=not state)
        state = onward
