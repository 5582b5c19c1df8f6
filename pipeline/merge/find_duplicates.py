"""Two records with keys of their own that may be one: what leads from one to the other, and what speaks for it.

No pair is compared that shares nothing: each record has a few *traits* (numbers made of what tells in it), the ledger
keeps them, and only records with a trait in common are looked at. So a run costs what changed, not what is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import combinations, product

from pipeline.merge.likeness import TextProfile, alike, gist_maker, pieces
from schemas.language import CombinedMatch, DuplicateRule, FieldRole, Kind, Localized, Register, Values

CROWD = 200
"""A likeness that more records than these share tells nothing of two of them: they are not compared for it."""

_EQUAL = Localized("{label}相同", "{label} equal")
_ALIKE = Localized("{label}相近", "{label} alike")

EvidenceValue = str | TextProfile


@dataclass(frozen=True, slots=True)
class MatchProfile:
    """What tells in one record, by field code: the gist of a text, of anything else the value as text."""

    told: Mapping[str, EvidenceValue]


@dataclass(slots=True)
class FindDuplicates:
    """Compares the records of one register, as its ``duplicate_rule`` are declared."""

    register: Register
    duplicate_rule: DuplicateRule
    _gists: dict[str, Callable[[str], TextProfile]] = field(init=False)
    _equal_fields: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Make ready how each field is read."""
        self._gists = {
            each.code: gist_maker(likeness.weak, address=each.means is FieldRole.ADDRESS)
            for likeness in self.duplicate_rule.combined
            for each in map(self.register.field, likeness.fields)
            if each.kind is Kind.TEXT
        }
        equal_fields = [
            code for likeness in self.duplicate_rule.combined for code in likeness.fields if code not in self._gists
        ]
        self._equal_fields = tuple(dict.fromkeys((*self.duplicate_rule.exact, *equal_fields)))

    def profile(self, values: Values) -> MatchProfile:
        """Return what tells in a record that holds *values*."""
        told: dict[str, EvidenceValue] = {
            code: str(values[code]).casefold() for code in self._equal_fields if values.get(code)
        }
        for code, gist in self._gists.items():
            if values.get(code):
                told[code] = gist(str(values[code]))
        return MatchProfile(told)

    def blocking_keys(self, profile: MatchProfile) -> tuple[set[int], set[int]]:
        """Return the numbers by which records like this one are found: those that tell alone, and the others."""
        exact = {
            _number(code, _exactly(profile.told[code])) for code in self.duplicate_rule.exact if code in profile.told
        }
        combined = {number for likeness in self.duplicate_rule.combined for number in self._combined(likeness, profile)}
        return exact, combined

    def _combined(self, likeness: CombinedMatch, profile: MatchProfile) -> Iterator[int]:
        known = [code for code in likeness.fields if code in profile.told]
        if len(known) < likeness.least:
            return
        pieces_of = {code: list(_pieces(profile.told[code])) for code in known}
        for codes in combinations(known, min(2, likeness.least)):
            for found in product(*(pieces_of[code] for code in codes)):
                yield _number(*codes, *found)

    def evidence(self, one: MatchProfile, other: MatchProfile) -> list[Localized]:
        """Return what speaks for two records being one, in the order declared; nothing when they are no suspicion."""
        found = {code: _EQUAL for code in self.duplicate_rule.exact if _equal(one, other, code)}
        for likeness in self.duplicate_rule.combined:
            like = {
                code: _EQUAL if _equal(one, other, code) else _ALIKE
                for code in likeness.fields
                if _alike(one.told.get(code), other.told.get(code))
            }
            if len(like) >= likeness.least:
                found = {**like, **found}
        order = [
            *self.duplicate_rule.exact,
            *(code for likeness in self.duplicate_rule.combined for code in likeness.fields),
        ]
        return [
            found[code].filled(label=self.register.field(code).label) for code in dict.fromkeys(order) if code in found
        ]


def _equal(one: MatchProfile, other: MatchProfile, code: str) -> bool:
    mine, theirs = one.told.get(code), other.told.get(code)
    return mine is not None and theirs is not None and _exactly(mine) == _exactly(theirs)


def _alike(one: EvidenceValue | None, other: EvidenceValue | None) -> bool:
    if isinstance(one, TextProfile) and isinstance(other, TextProfile):
        return alike(one, other)
    return one is not None and one == other


def _exactly(told: EvidenceValue) -> str:
    return told.whole if isinstance(told, TextProfile) else told


def _pieces(told: EvidenceValue) -> Iterable[str]:
    return pieces(told) if isinstance(told, TextProfile) else (told,)


def _number(*parts: str) -> int:
    digest = blake2b("\x00".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) >> 1  # as large as a database's integer may be
