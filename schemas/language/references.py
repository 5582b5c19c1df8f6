"""What a label refers to: taken apart into words of the vocabulary, it asks for something, of somebody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from schemas.language.letters import plain_label
from schemas.language.vocabulary import ALONE, HEADS, MODIFIERS, OWNERS, PHRASES, SILENT


@dataclass(frozen=True, slots=True)
class Reference:
    """What a label asks (``head``), and whose or which (``which``)."""

    head: str
    which: frozenset[str]


_UNSAID = frozenset({"person", "name", "date", "term", "phone"})
"""Heads that tell nothing before another head: 有效期截止日期, 店主姓名, 联系电话号码."""
_PAPERS = (
    ("business_licence", "credit"), ("tobacco", "licence"), ("licence", "licence"),
    ("credit", "credit"), ("principal", "identity"), ("person", "identity"), ("contact", "identity"),
)  # fmt: skip
"""Whose paper is meant, told by what stands before it."""
_KINDS = frozenset({"trade", "district", "scale", "tier", "grade", "role", "weight", "kind"})
_NAMED = _KINDS | {"area", "department", "route", "item", "unit"}
_OF_KINDS = frozenset({"kind", "quality_of", "tier", "way"})
_STAFF = frozenset({"account_manager", "market_manager"})
_OWN_HEAD = {concept: head for concept, (head, _) in OWNERS.items()}
_NUMBERS = frozenset(
    {"licence", "identity", "credit", "phone", "serial", "staff_no", "account_code", "paper", "route", "email"}
)
_SAID = frozenset(
    {
        "content",
        "description",
        "matter",
        "purpose",
        "reason",
        "demand",
        "opinion",
        "measure",
        "effect",
        "remark",
        "finding",
    }
)
_SAYING = frozenset({"content", "description", "note", "finding", "record"})
_TWICE = (
    (frozenset({"finding"}), frozenset(HEADS) - {"step", "unit", "number"}),
    (_OF_KINDS, _KINDS),
    (frozenset({"name"}), _NAMED),
    (frozenset({"number"}), _NUMBERS),
    (_SAYING, _SAID),
)
"""What is said last, and what it only says again of the word before: 许可证编号, 业态类别, 乡镇名称, 投诉内容摘要."""
_ASKED = frozenset({"demand"})
_ACTS = frozenset({"visit", "verify", "handle", "care", "file", "tour"})
_OTHER_ROLE = frozenset({"also_role", "其他"})
_TOGETHER: Mapping[str, Sequence[tuple[frozenset[str], frozenset[str], str]]] = {
    "kind": [
        (frozenset({each}), frozenset({each}), "kind") for each in ("reason", "matter", "content", "item", "demand")
    ],
    "talk": [(frozenset({"finding"}), frozenset({"finding"}), "talk")],
    "step": [(frozenset({"talk"}), frozenset({"talk"}), "step")],
    "role": [(_OTHER_ROLE, _OTHER_ROLE, "also_role")],
    "number": [(_STAFF, frozenset[str](), "staff_no")],
    "term": [(frozenset({"start", "end"}), frozenset[str](), "date")],
    **{
        each: [(_ASKED, _ASKED | {"deal", "solve"}, "demand")]
        for each in ("way", "result", "content", "item", "matter")
    },
    **{each: [(_ACTS, frozenset[str](), "person")] for each in _STAFF},
}
"""By what is said last: words that, said before it, make it something else, what then says nothing, and what is asked:
问题类型, 兼任岗位, 期望处理方式, 核实客户经理."""


def _words() -> dict[str, tuple[str, ...]]:
    words: dict[str, tuple[str, ...]] = {}
    words |= {word: (word,) for word in ALONE.split()}
    for concept, those in MODIFIERS.items():
        words |= dict.fromkeys(those.split(), (concept,))
    for concept, (_, those) in OWNERS.items():
        words |= dict.fromkeys(those.split(), (concept,))
    for concept, those in HEADS.items():
        words |= dict.fromkeys(those.split(), (concept,))
    words |= dict.fromkeys(SILENT.split(), ())
    return words | PHRASES


WORDS = _words()
"""Every word: its concepts in the order in which they are said."""
LONGEST = max(map(len, WORDS))
_LONGEST_LABEL = 24
_LETTERS = frozenset("".join(WORDS))


@lru_cache(maxsize=1 << 14)
def take_apart(label: str) -> Reference | None:
    """Return what *label*, written as ``plain_label`` gives it, refers to; None when a part of it is no word, or nothing is asked.

    The fewest words are meant, then those of which the first are longest.
    """
    if not label or len(label) > _LONGEST_LABEL or not _LETTERS.issuperset(label):
        return None
    if label.endswith(_GROUP[:3]) and label not in WORDS:  # what stands over several labels
        stem = take_apart(label.removesuffix("信息")) if label.endswith("信息") else None
        return stem if stem and stem.head == "content" else None
    words = _segment(_of_turned(label))
    return _refer([concept for word in words for concept in WORDS[word]]) if words else None


def _of_turned(label: str) -> str:
    """Return an English *label* with what is asked at its end: date of birth."""
    asked, of, whose = label.partition("of")
    return whose + asked if of and label.isascii() and asked in WORDS and _segment(whose) else label


def _segment(label: str) -> tuple[str, ...]:
    best: list[tuple[str, ...] | None] = [None] * len(label) + [()]
    for start in range(len(label) - 1, -1, -1):
        for end in range(min(len(label), start + LONGEST), start, -1):
            rest = best[end]
            word = label[start:end]
            if rest is not None and word in WORDS:
                found = (word, *rest)
                if best[start] is None or len(found) < len(best[start] or ()):
                    best[start] = found
    return best[0] or ()


def _refer(concepts: list[str]) -> Reference | None:
    if not concepts:
        return None
    last = _paper_of(concepts)
    before = [each for each in concepts[:-1] if each not in _UNSAID]
    if last == "number" and len(concepts) > 1 and concepts[-2] == "person":
        last = "staff_no"
    last = _plainer(last, before)
    if last in ("start", "end"):  # 任职止
        before, last = [*before, last], "date"
    if last in _OWN_HEAD:
        return Reference(_OWN_HEAD[last], frozenset([*before, last]))
    if last not in HEADS:
        return _inverted(before, last)
    return Reference(last, frozenset(before) - {last})


def _paper_of(concepts: list[str]) -> str:
    """Return what is asked, of papers which."""
    last = concepts[-1]
    if last == "number" and "business_licence" in concepts:
        return "credit"
    return next((meant for whose, meant in _PAPERS if last == "paper" and whose in concepts), last)


def _plainer(last: str, before: list[str]) -> str:
    """Return what is asked where two words ask for it, one of them in vain; taken out of *before*."""
    previous = before[-1] if before else ""
    if any(last in said and previous in again for said, again in _TWICE) or (last == "talk" and previous == "step"):
        return before.pop()
    asked = last
    for words, idle, meant in _TOGETHER.get(last, ()):
        if words.intersection(before):
            before[:] = [each for each in before if each not in idle]
            asked = meant
    return "content" if asked == "record" and before else asked


def _inverted(before: list[str], last: str) -> Reference | None:
    """Return what a label asks that says the act first: 宣传政策."""
    return Reference("talk", frozenset({*before, last}) - {"talk"}) if "talk" in before else None


_PEOPLE = ("人", "员", "者", "方", "户", "属", "友", "商", "公司", "单位", "配偶", "夫妻", "丈夫", "妻子", "父亲", "母亲", "父母", "子女", "儿子", "女儿",
           "兄弟", "姐妹", "亲戚", "邻居", "房东", "股东", "伙伴", "担保", "代理", "代办", "委托", "见证", "家庭", "司机", "店长", "会计", "经理", "主管")  # fmt: skip
_GROUP = ("基本信息", "信息", "资料", "基本情况", "基本概况", "情况", "概况", "简况", "明细")
"""How labels end that stand over several others; the first three end labels of one column, too."""


def of_group(text: str) -> str:
    """Return whose or what the labels below *text* are, without the word that tells that there are some: 店家 of 店家情况."""
    bare = plain_label(text)
    return next((bare.removesuffix(tail) for tail in _GROUP if bare.endswith(tail) and bare != tail), bare)


def names_somebody(text: str) -> bool:
    """Tell whether *text*, as it may stand over several labels, is a person or an organisation: 送货员信息."""
    bare = of_group(text)
    reference = take_apart(bare)
    return reference.head in ("person", "name", "unit") if reference else bare.endswith(_PEOPLE)


_BOUNDS = frozenset("到至自从起止")
"""Within more words they tell of something else: 详细到门牌号."""
_UNITS = frozenset("户店铺月日")
"""In brackets, what is counted."""


def tells_which(text: str) -> bool:
    """Tell whether *text*, as it may stand in brackets behind a label, says whose or which: 止, 配偶; not 手机号, 必填."""
    if not text or text in _UNITS or "或" in text or not _LETTERS.issuperset(text):
        return False
    return any(
        concept not in HEADS and concept not in ("mobile", "其他") and (word == text or word not in _BOUNDS)
        for word in _segment(text)
        for concept in WORDS[word]
    )


def is_word(text: str) -> bool:
    """Tell whether *text* is made of words of the vocabulary, whether or not it asks something."""
    return _LETTERS.issuperset(text) and bool(_segment(text))
