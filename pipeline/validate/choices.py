"""Dropdown answers typed by hand: with blanks, by half, by another name, in pinyin, misspelt alike, or as ticked boxes.

An answer is taken only where exactly one option can be meant; anything else is a fault that lists the options.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from pipeline.domain.cell import Raw
from pipeline.validate.as_written import as_written
from pipeline.validate.outcome import DITTO, Conversion, Convert, Repaired, WrongValue
from pipeline.validate.texts import clean_text, half_width, nothing, repeats
from schemas.language import Option

_LONGEST = 500
"""Characters: all options with their boxes are shorter, and to search a whole story would take its time."""

_WRONG = WrongValue("value.choice")
_SEVERAL = WrongValue("value.choice_several")

_TICK, _BOX = "☑", "□"
_TICKED = re.compile(r"[\[(（【]\s*[√✓✔xX×✗✘vV]\s*[\])）】]|[☑☒✅■●◉√✓✔🗹]")
_EMPTY = re.compile(r"[\[(（【]\s*[\])）】]|[□☐○〇◯⬜]")
_NOISE = re.compile(r"[\s,，.。、;；:：“”\"'()（）\[\]【】]+")
_NO = re.compile("[不未没无非否]")
_FILLING = frozenset({"类", "类型", "型", "店", "区", "户", "式", "级", "市场", "客户", "的"})
"""What people put after an option without meaning another one."""


def choice_converter(options: tuple[Option, ...]) -> Convert:
    """Return the converter of a field with *options*, to option codes."""
    exact = {name: option.code for option in options for name in (option.words.en, option.words.zh)}
    answers = _Answers(options)

    def convert(raw: Raw) -> Conversion:
        written = as_written(raw)
        code = exact.get(written)
        return code if code is not None else answers.understand(written)

    return convert


class _Answers:
    """The names of all options, and the ways to one of them."""

    def __init__(self, options: tuple[Option, ...]) -> None:
        self._options = {option.code: option for option in options}
        self._names = {
            option.code: [_plain(name) for name in (option.words.zh, option.words.en, option.code, *option.aliases)]
            for option in options
        }
        learned = {option.code: list(map(_plain, option.learned)) for option in options}
        whole = {code: [*names, *learned[code]] for code, names in self._names.items()}
        self._by_name = _index(whole, lambda name: [name])
        self._by_sound: dict[str, set[str]] | None = None
        words = sorted({name for names in self._names.values() for name in names if name}, key=len, reverse=True)
        self._tokens = re.compile("|".join([_TICK, _BOX, *map(re.escape, words)]))

    def understand(self, written: str) -> Conversion:
        """Return what an answer that is no option's own wording means."""
        text = clean_text(written)
        if repeats(text):
            return DITTO
        plain = _plain(text)
        for way in (self._named, self._sworn):
            if codes := way(plain):
                return self._take(codes)
        if nothing(text):
            return None
        if (_TICKED.search(text) or _EMPTY.search(text)) and len(text) <= _LONGEST:
            return self._ticked(text)
        for way in (self._contained, self._halved, self._sounded):
            if codes := way(plain):
                return self._take(codes)
        return _WRONG

    def _take(self, codes: set[str]) -> Conversion:
        if len(codes) != 1:
            return _WRONG
        (code,) = codes
        return Repaired(code, "repair.choice", self._options[code].words)

    def _named(self, plain: str) -> set[str]:
        return self._by_name.get(plain, set())

    def _sworn(self, plain: str) -> set[str]:
        """Understand TRUE and FALSE, which a workbook makes of a ticked box, where options are a yes and a no."""
        signs = {"true": ("是", "√"), "false": ("否", "×")}.get(plain, ())
        return set().union(*(self._by_name.get(sign, set()) for sign in signs))

    def _ticked(self, text: str) -> Conversion:
        """Understand ``☑one □other``, ``one√ other`` and the like; nothing ticked is a blank."""
        marked = _EMPTY.sub(_BOX, _TICKED.sub(_TICK, text))
        tokens: list[str] = self._tokens.findall(_plain(marked))
        if not any(token in {_TICK, _BOX} for token in tokens[:1]):
            tokens.reverse()  # the mark stands after its option
        ticked: set[str] = set()
        for mark, name in pairwise(tokens):
            if mark == _TICK:
                ticked |= self._by_name.get(name, set())
        if len(ticked) > 1:
            return _SEVERAL
        if not ticked:
            return _WRONG if _TICK in tokens else None
        return self._take(ticked)

    def _contained(self, plain: str) -> set[str]:
        """Understand an option with a word of no weight behind it; a negation is of weight."""
        if _NO.search(plain):
            return set()
        return {
            code
            for code, names in self._names.items()
            if any(len(name) > 1 and plain.startswith(name) and plain.removeprefix(name) in _FILLING for name in names)
        }

    def _halved(self, plain: str) -> set[str]:
        """Understand a part of an option's wording: of one letter only its first."""
        least = 3 if plain.isascii() else 1
        if len(plain) < least:
            return set()
        return {
            code
            for code, names in self._names.items()
            if any(name.startswith(plain) or (len(plain) > 1 and plain in name) for name in names)
        }

    def _sounded(self, plain: str) -> set[str]:
        """Understand pinyin, and characters that sound the same: what an input method offers by mistake."""
        if len(plain) > _LONGEST:
            return set()
        from pypinyin import lazy_pinyin  # loads a dictionary of its own, and few sheets need it

        def sound(name: str) -> str:
            return "".join(lazy_pinyin(name))

        if self._by_sound is None:
            self._by_sound = _index(self._names, lambda name: [] if name.isascii() or len(name) < 2 else [sound(name)])
        return self._by_sound.get(sound(plain.replace("'", "")), set())


def _index(names: dict[str, list[str]], forms: Callable[[str], Iterable[str]]) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for code, form in _pairs(names, forms):
        found[form].add(code)
    return dict(found)


def _pairs(names: dict[str, list[str]], forms: Callable[[str], Iterable[str]]) -> Iterator[tuple[str, str]]:
    return ((code, form) for code, own in names.items() for name in own for form in forms(name) if form)


def _plain(text: str) -> str:
    """Return *text* without blanks, punctuation, case and width."""
    return _NOISE.sub("", half_width(text)).casefold()
