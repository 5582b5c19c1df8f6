"""Records that may be one and the same: found among what has changed, kept as pairs, told until they are settled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import combinations

from pipeline.domain import rulebook
from pipeline.domain.finding import Finding
from pipeline.domain.record import Entry
from pipeline.merge.find_duplicates import CROWD, Portrait, Suspect
from pipeline.merge.keep_pairs import KeepPairs, Kept, Pair
from pipeline.outside.ledger import Books
from schemas.language import Catalogue, Means, Register, Words

ASKED_ONE_BY_ONE = 10
"""So many records with one phone are asked of each pair; one more is asked of with the first of them only."""


def suspect(keep: KeepPairs, books: Books) -> Kept:
    """Look at the records that have changed since the last time, and at all pairs that wait, and keep the books of it."""
    if keep.register.twins is None:
        return Kept()
    every, moved = books.untraited(keep.register.code)
    waiting = books.entries(keep.kept.code, states=(keep.pairs.doubtful, keep.pairs.same))
    if not moved and not waiting:
        return Kept()
    finder = _Finder(keep, Suspect(keep.register, keep.register.twins), books)
    pairs = finder.pairs(moved, every=every) | {keep.pair(entry) for entry in waiting.values()}
    finder.fetch(key for pair in pairs for key in pair)
    doubts = {pair: finder.evidence(pair) for pair in pairs}
    doubts = {pair: words for pair, words in doubts.items() if words or keep.key(pair) in waiting}
    standing = waiting | books.entries(keep.kept.code, keys={keep.key(pair) for pair in doubts} - waiting.keys())
    kept = keep.settle(standing, doubts, finder.records)
    books.add_events(kept.events)
    books.put_entries(kept.entries.values())
    return kept


class _Finder:
    """Knows the records at hand, each with what tells in it."""

    def __init__(self, keep: KeepPairs, suspect: Suspect, books: Books) -> None:
        self._keep = keep
        self._suspect = suspect
        self._books = books
        self._portraits: dict[str, Portrait] = {}
        self.records: dict[str, Entry] = {}

    def fetch(self, keys: Iterable[str], *, whole: bool = False) -> None:
        """Have the records of *keys* at hand; *whole*: they are nearly all of the register."""
        lacking = set(keys) - self.records.keys()
        if lacking:
            register = self._keep.register.code
            self.records |= self._books.entries(register, keys=None if whole else lacking)

    def pairs(self, moved: set[str], *, every: bool) -> set[Pair]:
        """Return the pairs of records that share a trait, one of them at least among *moved*, which get theirs."""
        self.fetch(moved, whole=every)
        alone: set[tuple[int, str]] = set()
        together: set[tuple[int, str]] = set()
        for key in moved & self.records.keys():
            for traits, into in zip(self._suspect.traits(self._portrait(key)), (alone, together), strict=True):
                into.update((trait, key) for trait in traits)
        self._books.put_traits(self._keep.register.code, alone | together, self._books.last_event())
        pairs = {pair for keys in self._sharing(alone, every=every) for pair in _narrow(keys, moved)}
        return pairs | {pair for keys in self._sharing(together, every=every) for pair in _all(keys, moved)}

    def _sharing(self, traits: set[tuple[int, str]], *, every: bool) -> Iterator[list[str]]:
        """Yield the keys that share one of *traits*, two at the least, in order."""
        if not every:
            found = self._books.sharing(self._keep.register.code, {trait for trait, _ in traits}).values()
            return (sorted(keys) for keys in found if len(keys) > 1)
        first: dict[int, str] = {}
        more: dict[int, list[str]] = {}  # few: most traits are one record's
        for trait, key in traits:
            if first.setdefault(trait, key) != key:
                more.setdefault(trait, [first[trait]]).append(key)
        return (sorted(keys) for keys in more.values())

    def evidence(self, pair: Pair) -> list[Words]:
        """Return what speaks for *pair*: nothing where a record is gone, closed, or follows the other."""
        one, other = (self.records.get(key) for key in pair)
        if one is None or other is None or self._keep.unlike(one, other):
            return []
        return self._suspect.evidence(self._portrait(one.key), self._portrait(other.key))

    def _portrait(self, key: str) -> Portrait:
        if key not in self._portraits:
            self._portraits[key] = self._suspect.portrait(self.records[key].values)
        return self._portraits[key]


def _all(keys: Sequence[str], moved: Set[str]) -> Iterator[Pair]:
    """Pair each of *keys* that has moved with all others: with none where too many share a likeness."""
    if len(keys) <= CROWD:
        yield from (pair for pair in combinations(keys, 2) if not moved.isdisjoint(pair))


def _narrow(keys: Sequence[str], moved: Set[str]) -> Iterator[Pair]:
    """Pair each of *keys* that has moved with all others: with the first alone where very many share what tells alone."""
    if len(keys) <= ASKED_ONE_BY_ONE:
        yield from _all(keys, moved)
    else:
        yield from ((keys[0], key) for key in keys[1:] if keys[0] in moved or key in moved)


def unsettled(catalogue: Catalogue, kept: Register, books: Books) -> Iterator[Finding]:
    """Yield a finding for each pair that was found to be one, as long as neither of the two is closed."""
    if kept.pairs is None:
        return
    register = catalogue.register(kept.pairs.of)
    side = kept.pairs.sides[0]
    title = register.meaning(Means.TITLE)
    for entry in books.entries(kept.code, states=(kept.pairs.same,)).values():
        keys = [str(entry.values[code]) for code in (side.first, side.second)]
        held = books.entries(register.code, keys=keys)
        one, other = (str(held[key].values.get(title.code, key)) if title and key in held else key for key in keys)
        yield rulebook.found(
            "pair.unsettled",
            form=kept.base.code,
            field=kept.key.code,
            key=entry.key,
            value=entry.key,
            one=one,
            one_key=keys[0],
            other=other,
            other_key=keys[1],
            remedy=kept.pairs.remedy,
        )
