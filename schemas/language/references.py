"""What a label refers to: taken apart into words of the vocabulary, it asks for something, of somebody."""

from __future__ import annotations

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
    ("principal", "identity"), ("person", "identity"), ("contact", "identity"),
)  # fmt: skip
"""Whose paper is meant, told by what stands before it."""
_KINDS = frozenset({"trade", "district", "scale", "tier", "grade"})
_STAFF = frozenset({"account_manager", "market_manager"})
_OWN_HEAD = {concept: head for concept, (head, _) in OWNERS.items()}


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
        return None
    words = _segment(label)
    return _refer([concept for word in words for concept in WORDS[word]]) if words else None


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
    last = concepts[-1]
    before = [each for each in concepts[:-1] if each not in _UNSAID]
    last = next((meant for whose, meant in _PAPERS if last == "paper" and whose in concepts), last)
    if before and ((last == "finding" and before[-1] in HEADS) or (last == "kind" and before[-1] in _KINDS)):
        last = before.pop()
    if last == "number" and _STAFF.intersection(before):
        last = "staff_no"
    if last == "term" and {"start", "end"}.intersection(before):
        last = "date"
    if last in _OWN_HEAD:
        return Reference(_OWN_HEAD[last], frozenset([*before, last]))
    if last not in HEADS:
        return None
    return Reference(last, frozenset(before) - {last})


_PEOPLE = ("人", "员", "者", "方", "户", "属", "友", "商", "公司", "单位")
_GROUP = ("基本信息", "信息", "资料", "情况")


def names_somebody(text: str) -> bool:
    """Tell whether *text*, as it may stand over several labels, is a person or an organisation: 送货员信息."""
    bare = plain_label(text)
    bare = next((bare.removesuffix(tail) for tail in _GROUP if bare.endswith(tail) and bare != tail), bare)
    reference = take_apart(bare)
    return reference.head in ("person", "name", "unit") if reference else bare.endswith(_PEOPLE)


_UNITS = frozenset("户店铺月日")
"""In brackets, what is counted."""


def tells_which(text: str) -> bool:
    """Tell whether *text*, as it may stand in brackets behind a label, says whose or which: 止, 配偶; not 手机号, 必填."""
    if not text or text in _UNITS or not _LETTERS.issuperset(text):
        return False
    return any(
        concept not in HEADS and concept not in ("mobile", "其他") for word in _segment(text) for concept in WORDS[word]
    )


def is_word(text: str) -> bool:
    """Tell whether *text* is made of words of the vocabulary, whether or not it asks something."""
    return _LETTERS.issuperset(text) and bool(_segment(text))
