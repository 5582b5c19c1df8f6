"""Two records with keys of their own that may be one: what leads from one to the other, and what speaks for it.

No pair is compared that shares nothing: each record has a few *traits* (numbers made of what tells in it), the ledger
keeps them, and only records with a trait in common are looked at. So a run costs what changed, not what is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import combinations, product

from pipeline.merge.likeness import Gist, alike, gist_maker, pieces
from schemas.language import Field, Kind, Likeness, Means, Register, Twins, Values, Words

CROWD = 200
"""A likeness that more records than these share tells nothing of two of them: they are not compared for it."""

_EQUAL = Words("{label}相同", "{label} equal")
_ALIKE = Words("{label}相近", "{label} alike")

Told = str | Gist


@dataclass(frozen=True, slots=True)
class Portrait:
    """What tells in one record, by field code: the gist of a text, of anything else the value as text."""

    told: Mapping[str, Told]


@dataclass(slots=True)
class Suspect:
    """Compares the records of one register, as its ``twins`` are declared."""

    register: Register
    twins: Twins
    _gists: dict[str, Callable[[str], Gist]] = field(init=False)
    _exact: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Make ready how each field is read."""
        self._gists = {
            each.code: gist_maker(likeness.weak, address=each.means is Means.ADDRESS)
            for likeness in self.twins.together
            for each in map(self.register.field, likeness.fields)
            if each.kind is Kind.TEXT
        }
        exact = [code for likeness in self.twins.together for code in likeness.fields if code not in self._gists]
        self._exact = tuple(dict.fromkeys((*self.twins.alone, *exact)))

    def portrait(self, values: Values) -> Portrait:
        """Return what tells in a record that holds *values*."""
        told: dict[str, Told] = {code: str(values[code]).casefold() for code in self._exact if values.get(code)}
        for code, gist in self._gists.items():
            if values.get(code):
                told[code] = gist(str(values[code]))
        return Portrait(told)

    def traits(self, portrait: Portrait) -> tuple[set[int], set[int]]:
        """Return the numbers by which records like this one are found: those that tell alone, and the others."""
        alone = {_number(code, _exactly(portrait.told[code])) for code in self.twins.alone if code in portrait.told}
        together = {number for likeness in self.twins.together for number in self._together(likeness, portrait)}
        return alone, together

    def _together(self, likeness: Likeness, portrait: Portrait) -> Iterator[int]:
        known = [code for code in likeness.fields if code in portrait.told]
        if len(known) < likeness.least:
            return
        pieces_of = {code: list(_pieces(portrait.told[code])) for code in known}
        for codes in combinations(known, min(2, likeness.least)):
            for found in product(*(pieces_of[code] for code in codes)):
                yield _number(*codes, *found)

    def evidence(self, one: Portrait, other: Portrait) -> list[Words]:
        """Return what speaks for two records being one, in the order declared; nothing when they are no suspicion."""
        found = {code: _EQUAL for code in self.twins.alone if _equal(one, other, code)}
        for likeness in self.twins.together:
            like = {
                code: _EQUAL if _equal(one, other, code) else _ALIKE
                for code in likeness.fields
                if _alike(one.told.get(code), other.told.get(code))
            }
            if len(like) >= likeness.least:
                found = {**like, **found}
        order = [*self.twins.alone, *(code for likeness in self.twins.together for code in likeness.fields)]
        return [_said(found[code], self.register.field(code)) for code in dict.fromkeys(order) if code in found]


def _said(words: Words, field: Field) -> Words:
    return Words(words.zh.format(label=field.label.zh), words.en.format(label=field.label.en))


def _equal(one: Portrait, other: Portrait, code: str) -> bool:
    mine, theirs = one.told.get(code), other.told.get(code)
    return mine is not None and theirs is not None and _exactly(mine) == _exactly(theirs)


def _alike(one: Told | None, other: Told | None) -> bool:
    if isinstance(one, Gist) and isinstance(other, Gist):
        return alike(one, other)
    return one is not None and one == other


def _exactly(told: Told) -> str:
    return told.whole if isinstance(told, Gist) else told


def _pieces(told: Told) -> Iterable[str]:
    return pieces(told) if isinstance(told, Gist) else (told,)


def _number(*parts: str) -> int:
    digest = blake2b("\x00".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) >> 1  # as large as a database's integer may be
