"""Dropdown answers typed by hand: with blanks, by half, by another name, in pinyin, misspelt alike, numbered, with a note,
or as ticked boxes.

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
_APART = re.compile(r"[\s,，、;；/|]+")
_NOISE = re.compile(r"[\s,，.。、;；:：“”\"'()（）\[\]【】]+")
_NO = re.compile("[不未没无非否]")
_SYMBOLS = str.maketrans(
    {"þ": "√", "ü": "√", "û": "×", "¨": "□", "\uf0fe": "√", "\uf052": "√", "\uf0fc": "√", "\uf050": "√", "\uf0fb": "×"}
    | {"\uf04f": "×", "\uf0a8": "□", "\uf06f": "□", "\uf0a3": "□", "\uf071": "□", "\uf078": "☒", "\uf053": "☒"}
)
"""Signs of symbol fonts (Wingdings) as a file without its fonts has them."""
_SYMBOL = re.compile("(?<![A-Za-z])[þüû¨](?![A-Za-z])|[\uf04f-\uf0fe]")
_EMPTY_O = re.compile(r"(?<![A-Za-z])[o£](?![A-Za-z])")
"""The empty box of such a font, as a letter: only beside its other signs."""
_NUMBERED = re.compile(
    r"(?:[(（]?(?:[0-9]{1,2}|[A-Za-z]|[一二三四五六七八九十])[)）.．、:：，,\-—]?|[①-⑳⑴-⒇⒈-⒛])\s*(?=\S)"
)
_NOTE = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_LOOKALIKE = re.findall(
    r"\S+",
    "酒洒 烟姻咽 杂朵 食良 便使更 利刹 店占 商啇 场汤肠扬 城域 镇填慎嗔 村材付 其具 他地她池 完宗 未末来 己已巳 成戍戌 同问回 大太犬丈"
    " 入人八 日曰目 土士 工干千于 天夭无夫 午牛 刀力刁 王玉主 间问闻 睛晴 货贷贸 换唤 满漫 质贡 般船 服眼 务劳 娱误 乐东 超起 市巾币"
    " 名各 烂栏 批挑 售隹 零雪 综棕 合台 购沟 拆折析 退返 送关 待侍 办力 结洁 格洛 意竟 通诵 过达 乡多 专传 卖买 科料 住往 采彩 微徽"
    " 崇祟 候侯 冶治 徒徙 赢嬴 辨辩辫",
)
"""Letters that are taken for each other."""
_YES, _DENIED = ("是", "√"), ("否", "×")
_SWORN = {"true": _YES, "false": _DENIED} | dict.fromkeys("√✓✔☑", _YES) | dict.fromkeys("×✗✘", _DENIED)
_LEAST_SPELT = 3
"""Letters of an option from which on one wrong letter leaves no doubt."""
_FILLING = frozenset({"类", "类型", "型", "店", "区", "户", "式", "级", "市场", "客户", "的"})
"""What people put after an option without meaning another one."""


def choice_converter(options: tuple[Option, ...], *, halves: bool = True) -> Convert:
    """Return the converter of a field with *options*, to option codes; without *halves* a part of a wording is no answer."""
    exact = {name: option.code for option in options for name in (option.words.en, option.words.zh)}
    answers = _Answers(options, halves=halves)

    def convert(raw: Raw) -> Conversion:
        written = as_written(raw)
        code = exact.get(written) or answers.taught(written)
        return code if code is not None else answers.understand(written)

    return convert


class _Answers:
    """The names of all options, and the ways to one of them."""

    def __init__(self, options: tuple[Option, ...], *, halves: bool) -> None:
        self._guesses = (self._contained, *([self._halved] if halves else []), self._sounded, self._misspelt)
        self._options = {option.code: option for option in options}
        self._names = {
            option.code: [_plain(name) for name in (option.words.zh, option.words.en, option.code, *option.aliases)]
            for option in options
        }
        learned = {option.code: list(map(_plain, option.learned)) for option in options}
        whole = {code: [*names, *learned[code]] for code, names in self._names.items()}
        self._by_name = _index(whole, lambda name: [name])
        self._learned = _index(learned, lambda name: [name])
        self._own = {name for names in self._names.values() for name in names}
        self._by_sound: dict[str, set[str]] | None = None
        words = sorted({name for names in self._names.values() for name in names if name}, key=len, reverse=True)
        self._tokens = re.compile("|".join([_TICK, _BOX, *map(re.escape, words)]))

    def taught(self, written: str) -> str | None:
        """Return the option as which somebody has said that *written* is to be read: no repair, nobody is told again."""
        plain = _plain(clean_text(written))
        codes = self._learned.get(plain, set()) if plain not in self._own else set()
        return next(iter(codes)) if len(codes) == 1 else None

    def understand(self, written: str) -> Conversion:
        """Return what an answer that is no option's own wording means."""
        text = clean_text(written)
        if _SYMBOL.search(text):
            text = _EMPTY_O.sub("□", text.translate(_SYMBOLS))
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
        for way in self._guesses:
            if codes := way(plain):
                return self._take(codes)
        return self._adorned(text) if len(text) <= _LONGEST else _WRONG

    def _take(self, codes: set[str]) -> Conversion:
        if len(codes) != 1:
            return _WRONG
        (code,) = codes
        return Repaired(code, "repair.choice", self._options[code].words)

    def _named(self, plain: str) -> set[str]:
        return self._by_name.get(plain, set())

    def _sworn(self, plain: str) -> set[str]:
        """Understand TRUE and FALSE, which a workbook makes of a ticked box, and ticks, where options are a yes and a no."""
        signs = _SWORN.get(plain, ())
        return set().union(*(self._by_name.get(sign, set()) for sign in signs))

    def _ticked(self, text: str) -> Conversion:
        """Understand ``☑one □other``, ``one√ other`` and the like; nothing ticked is a blank."""
        marked = _EMPTY.sub(_BOX, _TICKED.sub(_TICK, text))
        tokens: list[str] = self._tokens.findall(_plain(marked))
        if sum(token in {_TICK, _BOX} for token in tokens) * 2 != len(tokens):
            return self._ticked_apart(marked, tokens)
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

    def _ticked_apart(self, marked: str, tokens: list[str]) -> Conversion:
        """Understand ticks where not every option has a mark, each by the option that it touches: ``one √other``."""
        ticked: set[str] = set()
        for part in filter(lambda part: _TICK in part, _APART.split(marked)):
            names = [token for token in self._tokens.findall(_plain(part)) if token not in {_TICK, _BOX}]
            if len(names) != 1:
                return _WRONG
            ticked |= self._by_name.get(names[0], set())
        if len(ticked) > 1:
            return _SEVERAL
        return self._take(ticked) if ticked else _WRONG if _TICK in tokens else None

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

    def _misspelt(self, plain: str) -> set[str]:
        """Understand a name with one letter taken for another that looks like it: 烟洒店, but not 烟花店, which is a shop, too."""
        if len(plain) < _LEAST_SPELT or plain.isascii():
            return set()
        return {
            code
            for code, names in self._names.items()
            if any(len(name) == len(plain) and _looks_alike(name, plain) for name in names)
        }

    def _adorned(self, text: str) -> Conversion:
        """Understand an option with its number before it (1.食杂店) or a note behind it (食杂店（小卖部）, 其他：渔具店).

        A note that denies, or that names another option, may mean the contrary.
        """
        bare, _, explained = half_width(_NOTE.sub("", text)).strip().partition(":")
        notes = "".join(_NOTE.findall(text)) + explained
        numbered = _NUMBERED.match(bare)
        for name in (bare, bare[numbered.end() :] if numbered else ""):
            if codes := self._named(_plain(name)) if name else set():
                denied = bool(_NO.search(notes)) or bool(self._mentioned(_plain(notes)) - codes)
                return _WRONG if denied else self._take(codes)
        return _WRONG

    def _mentioned(self, plain: str) -> set[str]:
        return {code for code, names in self._names.items() if any(name and name in plain for name in names)}


def _looks_alike(name: str, plain: str) -> bool:
    """Tell whether one letter of *plain* is wrong, and only looks like that of *name*."""
    wrong = [(right, written) for right, written in zip(name, plain, strict=True) if right != written]
    return len(wrong) == 1 and any(set(wrong[0]) <= set(alike) for alike in _LOOKALIKE)


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
