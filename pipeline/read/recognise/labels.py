"""What a cell with a label means: labels are compared without spaces, marks, units and brackets."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from functools import lru_cache

from pipeline.domain.cell import Raw
from pipeline.domain.extract import Known
from schemas.language import Field, Form, Kind
from schemas.language.letters import plain_label
from schemas.language.references import Reference, take_apart, tells_which
from schemas.language.understanding import BY_ROLE, IMPLIED, MAIN, SAME, Candidate, FormWords, only_one_meant

Codes = tuple[str, ...]
"""The fields that a label feeds: one, or two when one cell holds both ends of a range."""

LONGEST_LABEL = 80
"""A longer text is no label."""
_LONGEST_SAID = 28
"""A longer text is a label only where it is a form's own."""
_REMEMBERED = 1 << 16

_MARKS = "*★☆※#:;,.、。·_\"'“”‘’!?"  # no dash or slash: behind a colon they are a value
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|<[^<>]*>|〔[^〔〕]*〕|「[^「」]*」")
_BRACKETS = re.compile(r"[()\[\]【】<>〔〕「」]")
_NUMBERING = re.compile(r"^(?:\d{1,2}[.、)]|\(\d{1,2}\)|[一二三四五六七八九十]{1,3}、)")
_PARTS = re.compile(r"[/|、]")
_LATIN = re.compile(r"[a-z.'\- ]+")
_INLINE = re.compile(r"\s*([^:：\d\s][^:：]{0,40}?)\s*[:：]\s*(.*)", re.DOTALL)
_BOTH_ENDS = ("", "起止", "起止日期", "起止时间")
_TWO = re.compile(r"[/|、+&和及与并,;]|以及")
_SPLITTING = (Kind.PHONE, Kind.CODE)


@lru_cache(maxsize=1 << 14)
def normalise(text: str) -> str:
    """Return *text* as labels are compared: as ``plain_label`` gives it, and without marks around."""
    return plain_label(text).strip(_MARKS)


@lru_cache(maxsize=1 << 14)
def readings(text: str) -> Codes:
    """Return the ways in which a label may be meant, the most literal first."""
    whole = normalise(text)
    if any(tells_which(bracket[1:-1]) for bracket in _BRACKETED.findall(whole)):  # 有效期(止), 电话(配偶)
        kept = _BRACKETED.sub(lambda found: found[0] if tells_which(found[0][1:-1]) else "", whole).strip(_MARKS)
        return tuple(dict.fromkeys((whole, kept, _BRACKETS.sub("", kept).strip(_MARKS))))
    bare = _BRACKETED.sub("", whole).strip(_MARKS)
    unnumbered = _NUMBERING.sub("", bare).strip(_MARKS)
    ways = [whole, bare, unnumbered]
    if not unnumbered.isascii() and ":" not in unnumbered:  # behind a colon stands a value
        ways.append(_LATIN.sub("", unnumbered).strip(_MARKS))  # a label in two languages
    ways.append(_BRACKETS.sub("", whole).strip(_MARKS))
    return tuple(dict.fromkeys(way for way in ways if way))


def inline(text: str) -> tuple[str, str] | None:
    """Return label and value of a cell that holds both (``负责人：张三``), or None."""
    match = _INLINE.fullmatch(text) if ":" in text or "：" in text else None
    return (match[1], match[2].strip()) if match else None


class Labels:
    """Every label of every form, and what it feeds; with *understanding*, others by the words of which they are made."""

    def __init__(self, known: Known, *, understanding: bool = True) -> None:
        self.forms: tuple[Form, ...] = known.forms
        self.closed = frozenset(number for number, form in enumerate(known.forms) if form.code in known.kept)
        """Forms that the program alone opens: nobody hands them in."""
        self._number = {form.code: number for number, form in enumerate(known.forms)}
        self._exact: dict[str, dict[int, Codes]] = {}
        self._own = [_labels_of(form) for form in known.forms]
        for number, own in enumerate(self._own):
            for label, codes in own.items():
                self._exact.setdefault(label, {})[number] = codes
        self._answers = [_answers_of(form) for form in known.forms]
        self._choices = [
            [(field.code, _answers_to(field)) for field in form.fields if field.options] for form in known.forms
        ]
        self._words = [FormWords(form) for form in known.forms] if understanding else []
        self._asking: dict[str, list[int]] = {}
        for number, words in enumerate(self._words):
            for head in words.heads:
                self._asking.setdefault(head, []).append(number)
        papers = dict.fromkeys(
            itertools.chain(*(self._asking.get(head, ()) for head in ("identity", "licence", "credit")))
        )
        self._asking["paper"] = list(papers)
        self._foreign = [frozenset(map(normalise, form.foreign_labels)) for form in known.forms]
        self._seen: dict[str, Mapping[int, Codes] | None] = {}
        self._written_in: dict[str, frozenset[int]] = {}

    def number(self, form: str) -> int:
        """Return which form has the code *form*."""
        return self._number[form]

    def labels_of(self, number: int) -> Mapping[str, Codes]:
        """Return every normalised label of form *number* and what it feeds."""
        return self._own[number]

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
        exact = self._written(ways)
        if not self._words or len(text) > _LONGEST_SAID:
            return exact
        return (self._two_things(ways) | self._in_parts(ways) | self._understood(ways) | (exact or {})) or None

    def _written(self, ways: Codes) -> dict[int, Codes] | None:
        for way in ways:
            if way in self._exact:
                return self._exact[way]
        for way in ways:
            parts = [part for part in _PARTS.split(way) if part]
            meanings = [self._exact.get(part) for part in parts]
            if len(parts) > 1 and meanings[0] and all(each == meanings[0] for each in meanings):
                return meanings[0]
        return None

    def _in_parts(self, ways: Codes) -> dict[int, Codes]:
        """Return what a label asks that names one thing in several ways (电话/手机), or the answers to a choice (城镇/乡村)."""
        parts = [part for part in _PARTS.split(ways[0]) if part] if ways else []
        if len(parts) < 2:
            return {}
        found = self.lookup(parts[0]) or {}
        same = {
            number: codes for number, codes in found.items() if all(self.codes(number, each) == codes for each in parts)
        }
        for number, choices in enumerate(self._choices):
            asked = [code for code, answers in choices if answers.issuperset(parts)]
            if len(asked) == 1:
                same.setdefault(number, (asked[0],))
        return same

    def _understood(self, ways: Codes) -> dict[int, Codes]:
        """Return what the words of a label that is no form's own refer to, where only one field can be meant."""
        found: dict[int, Codes] = {}
        for way in ways:
            reference = take_apart(way)
            if reference is None:
                continue
            for number in self._asking.get(reference.head, ()):
                if number in found or way in self._answers[number]:
                    continue
                words = self._words[number]
                meant = only_one_meant(words.candidates(reference), bare=words.is_bare(reference))
                if meant and meant.rank < BY_ROLE:  # whoever signs below a table did not fill each row
                    found[number] = meant.codes
            return found
        return found

    def _two_things(self, ways: Codes) -> dict[int, Codes]:
        """Return what a label asks that names two things: 负责人及电话."""
        for way in ways:
            parts = [part for part in _TWO.split(way) if part]
            if len(parts) != 2 or way in self._exact:
                continue
            first, second = (self.lookup(part) or {} for part in parts)
            both = {number: (*first[number], *second[number]) for number in first.keys() & second.keys()}
            return {number: codes for number, codes in both.items() if self._can_be_parted(number, codes)}
        return {}

    def _can_be_parted(self, number: int, codes: Codes) -> bool:
        if len(set(codes)) != 2:
            return False
        kinds = [self.forms[number].field(code).kind for code in codes]
        return Kind.TEXT in kinds and any(kind in _SPLITTING for kind in kinds)

    def is_two_things(self, number: int, codes: Codes) -> bool:
        """Tell whether *codes* are two things that one cell holds side by side, not both ends of a range."""
        return len(codes) == 2 and self.forms[number].field(codes[0]).span is None

    def codes(self, number: int, text: Raw) -> Codes | None:
        """Return the fields of form *number* that *text* labels, or None."""
        found = self.lookup(text)
        return found.get(number) if found else None

    def rank(self, number: int, text: str, codes: Codes) -> int:
        """Return how well *text* labels the fields *codes* of form *number*: the less the better."""
        field = self.forms[number].field(codes[0])
        ways = readings(text)
        if len(codes) == 1 and {normalise(field.label.zh), normalise(field.label.en)} & {*ways, normalise(text)}:
            return MAIN
        ranks = [each.rank for each in self.candidates(number, text) if each.codes == codes]
        written = any(self._own[number].get(way) == codes for way in ways)
        return min([*ranks, SAME if written and not ranks else IMPLIED]) if written or ranks else IMPLIED

    def written_in(self, text: str) -> frozenset[int]:
        """Return the forms that have *text* for a label as it stands."""
        found = self._written_in.get(text)
        if found is None:
            if len(self._written_in) >= _REMEMBERED:
                self._written_in.clear()
            found = frozenset(number for way in readings(text) for number in self._exact.get(way, ()))
            self._written_in[text] = found
        return found

    def is_label(self, text: str) -> bool:
        """Tell whether some form has *text* for a label as it stands."""
        return bool(self.written_in(text))

    def is_written(self, number: int, text: str) -> bool:
        """Tell whether form *number* has *text* for a label as it stands."""
        return number in self.written_in(text)

    def candidates(self, number: int, text: str) -> list[Candidate]:
        """Return the fields of form *number* for which the words of *text* may ask, the best first."""
        reference = self.reference(text)
        return self._words[number].candidates(reference) if reference and self._words else []

    def is_bare(self, number: int, text: str) -> bool:
        """Tell whether *text* says only what is asked, not whose or which: 日期."""
        reference = self.reference(text)
        return reference is not None and bool(self._words) and self._words[number].is_bare(reference)

    def reference(self, text: str) -> Reference | None:
        """Return what the words of *text* refer to, None when it is not understood."""
        return next((found for way in readings(text) if (found := take_apart(way))), None)

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

    def is_answer(self, number: int, text: str) -> bool:
        """Tell whether *text* is an answer to a choice of form *number*."""
        return normalise(text) in self._answers[number]


def _answers_of(form: Form) -> frozenset[str]:
    """Return every way to write an answer to one of the form's choices."""
    return frozenset(answer for field in form.fields for answer in _answers_to(field))


@lru_cache(maxsize=1 << 10)
def _answers_to(field: Field) -> frozenset[str]:
    return frozenset(normalise(text) for option in field.options for text in option.names)


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
