"""What a cell with a label means: labels are compared without spaces, marks, units and brackets."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from pipeline.domain.cell import Raw
from pipeline.domain.extract import Known
from schemas.language import Field, Form

Codes = tuple[str, ...]
"""The fields that a label feeds: one, or two when one cell holds both ends of a range."""

LONGEST_LABEL = 80
"""A longer text is no label."""
_REMEMBERED = 1 << 16

_MARKS = "*★☆※#:;,.、。·_\"'“”‘’!?"  # no dash or slash: behind a colon they are a value
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|<[^<>]*>|〔[^〔〕]*〕|「[^「」]*」")
_NUMBERING = re.compile(r"^(?:\d{1,2}[.、)]|\(\d{1,2}\)|[一二三四五六七八九十]{1,3}、)")
_PARTS = re.compile(r"[/|、]")
_LATIN = re.compile(r"[a-z.'\- ]+")
_INLINE = re.compile(r"\s*([^:：\d\s][^:：]{0,40}?)\s*[:：]\s*(.*)", re.DOTALL)
_BOTH_ENDS = ("", "起止", "起止日期", "起止时间")
_DIGITS = re.compile(r"\d+")


@lru_cache(maxsize=1 << 14)
def normalise(text: str) -> str:
    """Return *text* as labels are compared: full width as half width, no white space, no marks around, lower case."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split()).strip(_MARKS)


@lru_cache(maxsize=1 << 14)
def readings(text: str) -> Codes:
    """Return the ways in which a label may be meant, the most literal first."""
    whole = normalise(text)
    bare = _BRACKETED.sub("", whole).strip(_MARKS)
    unnumbered = _NUMBERING.sub("", bare).strip(_MARKS)
    ways = [whole, bare, unnumbered]
    if not unnumbered.isascii() and ":" not in unnumbered:  # behind a colon stands a value
        ways.append(_LATIN.sub("", unnumbered).strip(_MARKS))  # a label in two languages
    return tuple(dict.fromkeys(way for way in ways if way))


def inline(text: str) -> tuple[str, str] | None:
    """Return label and value of a cell that holds both (``负责人：张三``), or None."""
    match = _INLINE.fullmatch(text) if ":" in text or "：" in text else None
    return (match[1], match[2].strip()) if match else None


class Labels:
    """Every label of every form, and what it feeds."""

    def __init__(self, known: Known) -> None:
        self.forms: tuple[Form, ...] = known.forms
        self._number = {form.code: number for number, form in enumerate(known.forms)}
        self._exact: dict[str, dict[int, Codes]] = {}
        self._own = [_labels_of(form) for form in known.forms]
        self._answers = [_answers_of(form) for form in known.forms]
        for number, own in enumerate(self._own):
            for label, codes in own.items():
                self._exact.setdefault(label, {})[number] = codes
        self._foreign = [frozenset(map(normalise, form.foreign_labels)) for form in known.forms]
        self._seen: dict[str, Mapping[int, Codes] | None] = {}

    def number(self, form: str) -> int:
        """Return which form has the code *form*."""
        return self._number[form]

    def lookup(self, value: Raw) -> Mapping[int, Codes] | None:
        """Return the fields that a cell labels, by form; None when it is no label at all."""
        if value.__class__ is not str:
            return None
        text: str = value
        try:
            return self._seen[text]
        except KeyError:
            pass
        if len(self._seen) >= _REMEMBERED:  # data cells pass here too
            self._seen.clear()
        found = self._seen[text] = self._find(text)
        return found

    def _find(self, text: str) -> Mapping[int, Codes] | None:
        if not text or len(text) > LONGEST_LABEL or (text[0].isdigit() and text.isalnum() and text.isascii()):
            return None
        ways = readings(text)
        for way in ways:
            if way in self._exact:
                return self._exact[way]
        for way in ways:
            parts = [part for part in _PARTS.split(way) if part]
            meanings = [self._exact.get(part) for part in parts]
            if len(parts) > 1 and meanings[0] and all(each == meanings[0] for each in meanings):
                return meanings[0]
        return None

    def codes(self, number: int, text: Raw) -> Codes | None:
        """Return the fields of form *number* that *text* labels, or None."""
        found = self.lookup(text)
        return found.get(number) if found else None

    def is_foreign(self, number: int, text: str) -> bool:
        """Tell whether the office has said of the label *text* that it is none of form *number*."""
        return normalise(text) in self._foreign[number]

    def answered(self, meaning: Mapping[int, Codes] | None, text: Raw) -> bool:
        """Tell whether *text* is an answer to one of the choices that *meaning* labels."""
        if not meaning or text.__class__ is not str:
            return False
        return any(
            normalise(text) in _answers_to(self.forms[number].field(codes[0])) for number, codes in meaning.items()
        )

    def near(self, number: int, text: str, taken: Collection[str]) -> list[tuple[Codes, int]]:
        """Return the fields of form *number*, none of them in *taken*, whose label *text* may be a misspelling of.

        With the number of letters that are wrong, and only those with the fewest: several of them are no answer.
        """
        best: dict[Codes, int] = {}
        if normalise(text) in self._answers[number]:  # an answer that resembles a label is an answer
            return []
        for way in readings(text):
            digits = _DIGITS.findall(way)
            for label, codes in self._own[number].items():
                longest = max(len(way), len(label))
                allowed = 0 if longest < 3 else 1 if longest < 8 else 2
                if abs(len(way) - len(label)) > allowed or any(code in taken for code in codes):
                    continue
                if _DIGITS.findall(label) != digits:  # a second phone is not a misspelt phone
                    continue
                wrong = distance(way, label)
                if wrong <= allowed:
                    best[codes] = min(wrong, best.get(codes, wrong))
        fewest = min(best.values(), default=0)
        return [(codes, wrong) for codes, wrong in best.items() if wrong == fewest]


def distance(one: str, other: str) -> int:
    """Return how many letters must be changed, added, left out or swapped with their neighbour to make both equal."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, theirs in enumerate(other, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != theirs))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == theirs:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, last = last, current
    return last[-1]


def written_labels(field: Field) -> Iterable[str]:
    """Return every label under which a field alone stands."""
    return (field.label.zh, field.label.en, *field.aliases)


def _answers_of(form: Form) -> frozenset[str]:
    """Return every way to write an answer to one of the form's choices."""
    return frozenset(answer for field in form.fields for answer in _answers_to(field))


@lru_cache(maxsize=1 << 10)
def _answers_to(field: Field) -> frozenset[str]:
    return frozenset(
        normalise(text) for option in field.options for text in (option.words.zh, option.words.en, *option.aliases)
    )


def _labels_of(form: Form) -> dict[str, Codes]:
    """Return normalised label → fields. A main label beats an alias, an alias its own unbracketed form."""
    labels: dict[str, Codes] = {}
    ranges: dict[str, list[tuple[int, str]]] = {}
    for field in form.fields:
        for label in (field.label.zh, field.label.en):
            labels[normalise(label)] = (field.code,)
    for field in form.fields:
        for alias in field.aliases:
            labels.setdefault(normalise(alias), (field.code,))
        if field.span:
            for label, tail in itertools.product(field.span.labels, _BOTH_ENDS):
                ranges.setdefault(normalise(label + tail), []).append((field.span.end, field.code))
    for label, ends in ranges.items():
        labels.setdefault(label, tuple(code for _, code in sorted(ends)))
    for label, codes in list(labels.items()):
        labels.setdefault(readings(label)[-1] if readings(label) else label, codes)
    return labels
