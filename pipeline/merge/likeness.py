"""Which texts are alike, as somebody who knows the place would say: 惠民超市 and 惠民便利店, never 12号 and 13号."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from rapidfuzz.distance import OSA

ALIKE = 0.8
"""More than this much of two texts has to be common: one sign in six may differ, so that a short Chinese name, which has two to
four signs, has to be equal or to hold the other one."""

_PIECES = 3
"""How many pieces of a text lead to its likes: all of a name of four signs, a sample of anything longer."""

_NUMERALS = "〇一二三四五六七八九"
_COUNTED = "号排组巷栋幢座楼层室单店队门"
_IN_WORDS = re.compile(rf"[零{_NUMERALS}十百]{{1,5}}(?=[{_COUNTED}])")
_NUMBER = re.compile(rf"([0-9]+)([a-z]?)(?![a-z])[{_COUNTED}]?")
_MARKS = re.compile(r"[^\w-]+|_+")

_NOT_OF_A_STREET = r"(?![街路村](?![^\d街路镇乡村]{1,3}[镇乡村]))"
"""周窝镇街 is a street, 武强县 in 武强县街关镇 a county: what follows is the name of a town or village that begins so."""
_LEVELS = (
    re.compile(r"[^省]{2,3}省|[^区]{2,6}自治区"),
    re.compile(r"[^市县]{2,4}市(?!场)"),
    re.compile(rf"[^县区镇乡村]{{1,4}}[县区]{_NOT_OF_A_STREET}"),
    re.compile(rf"[^镇乡村]{{1,4}}[镇乡]{_NOT_OF_A_STREET}"),
)
"""What a Chinese address begins with: province, city, county, town. Each may be left out."""

_DIRECTIONS = frozenset("东西南北前后大小上下新老")
"""What tells 东周窝村 from 周窝村: as the first sign of a place, or against another one anywhere."""


@dataclass(frozen=True, slots=True)
class TextProfile:
    """What tells in a text. ``whole`` is all of it without blanks and marks, ``core`` what is left without its numbers,
    its weak words and, for an address, its ``levels`` from the province down to the town ("" where one is left out).
    """

    whole: str
    core: str
    numbers: tuple[str, ...]
    levels: tuple[str, ...] = ()


def gist_maker(weak: Sequence[str], *, address: bool) -> Callable[[str], TextProfile]:
    """Return what takes the gist of a text; *weak* words tell nothing in it."""
    words = sorted(map(_plain, weak), reverse=True)  # of two that begin alike the longer one first
    strip = re.compile("|".join(map(re.escape, words))).sub

    def gist(text: str) -> TextProfile:
        whole = _plain(text)
        levels, rest = _levels(whole) if address else ((), whole)
        counted = rest if rest.isascii() else _IN_WORDS.sub(_in_digits, rest)
        numbers = tuple(f"{int(digits)}{letter}" for digits, letter in _NUMBER.findall(counted))
        core = _NUMBER.sub("", counted).replace("-", "")
        return TextProfile(whole, strip("", core), numbers, levels)

    return gist


def alike(one: TextProfile, other: TextProfile) -> bool:
    """Tell whether two texts are alike: their digits exactly, the rest nearly."""
    if one.numbers != other.numbers or _elsewhere(one, other):
        return False
    if one.core == other.core:
        return bool(one.core or one.numbers) or one.whole == other.whole != ""
    short, long = sorted((one.core, other.core), key=len)
    if len(short) > 1 and (long.startswith(short) or long.endswith(short)):
        return True
    return OSA.normalized_similarity(one.core, other.core, score_cutoff=ALIKE) > 0


def _elsewhere(one: TextProfile, other: TextProfile) -> bool:
    """Tell whether two addresses name different towns, or villages that only a direction tells apart."""
    if any(mine and theirs and mine != theirs for mine, theirs in zip(one.levels, other.levels, strict=True)):
        return True
    return bool(one.levels) and _other_direction(one.core, other.core)


def pieces(gist: TextProfile) -> Iterator[str]:
    """Return what texts alike to this one share with it, as a rule: its numbers with a few pairs of signs.

    Which pairs are kept hangs on the pairs alone, so that like texts keep the same ones (min-hash).
    """
    core = gist.core or gist.whole
    found = {core[at : at + 2] for at in range(max(1, len(core) - 1))}
    numbers = ",".join(gist.numbers)
    for piece in sorted(found, key=_by_chance)[:_PIECES]:
        yield f"{numbers}|{piece}"


def _by_chance(piece: str) -> int:
    return crc32(piece.encode())


def _plain(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", text).casefold())


def _levels(text: str) -> tuple[tuple[str, ...], str]:
    levels = []
    for level in _LEVELS:
        found = level.match(text)
        levels.append(found[0] if found else "")
        text = text[found.end() :] if found else text
    return tuple(levels), text


def _in_digits(found: re.Match[str]) -> str:
    """十二 → 12; 一〇三 → 103."""
    words = found[0].replace("零", "〇")
    if "十" not in words and "百" not in words:
        return "".join(str(_NUMERALS.index(char)) for char in words)
    total = unit = 0
    for char in words:
        if char in "十百":
            total += (unit or 1) * (10 if char == "十" else 100)
            unit = 0
        else:
            unit = _NUMERALS.index(char)
    return str(total + unit)


def _other_direction(one: str, other: str) -> bool:
    mine, theirs = _DIRECTIONS.intersection(one), _DIRECTIONS.intersection(other)
    if mine - theirs and theirs - mine:
        return True
    return one[:1] in mine - theirs or other[:1] in theirs - mine
