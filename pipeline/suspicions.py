"""Records that may be one and the same: found among what has changed, kept as pairs, told until they are settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pipeline.domain.finding import Finding
from pipeline.domain.record import Entry
from pipeline.domain.rulebook import found
from pipeline.merge.keep_pairs import KeepPairs, Kept, Pair
from pipeline.merge.suspect_duplicates import CROWD, Portrait, Suspect
from pipeline.outside.ledger import Books
from schemas.form import Catalogue, Means, Register, Words

ASKED_ONE_BY_ONE = 10
"""So many records with one phone are asked of each pair; one more is asked of with the first of them only."""

_MANY = 1000  # so many records at once are read whole: it costs less than asking for each


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

    def fetch(self, keys: Iterable[str]) -> None:
        """Have the records of *keys* at hand."""
        lacking = set(keys) - self.records.keys()
        if lacking:
            register = self._keep.register.code
            self.records |= self._books.entries(register, keys=None if len(lacking) > _MANY else lacking)

    def pairs(self, moved: set[str], *, every: bool) -> set[Pair]:
        """Return the pairs of records that share a trait, one of them at least among *moved*, which get theirs."""
        self.fetch(moved)
        alone: dict[str, set[int]] = {}
        together: dict[str, set[int]] = {}
        for key in moved & self.records.keys():
            alone[key], together[key] = self._suspect.traits(self._portrait(key))
        traits = [(trait, key) for own in (alone, together) for key in own for trait in own[key]]
        self._books.put_traits(self._keep.register.code, set(traits), self._books.last_event())
        sharing = self._sharing(traits, every=every)
        found = {pair for key in alone for trait in alone[key] for pair in _with(key, sharing[trait], narrow=True)}
        found |= {pair for key in together for trait in together[key] for pair in _with(key, sharing[trait])}
        return found

    def _sharing(self, traits: Iterable[tuple[int, str]], *, every: bool) -> Mapping[int, list[str]]:
        if not every:
            return self._books.sharing(self._keep.register.code, {trait for trait, _ in traits})
        sharing: defaultdict[int, list[str]] = defaultdict(list)
        for trait, key in traits:
            sharing[trait].append(key)
        return sharing

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


def _with(key: str, others: list[str], *, narrow: bool = False) -> Iterator[Pair]:
    """Pair *key* with each of *others*: where too many share what tells alone, with the first of them."""
    if narrow and len(others) > ASKED_ONE_BY_ONE:
        others = [min(others)]
    elif len(others) > CROWD:
        return
    for other in others:
        if other != key:
            yield (key, other) if key < other else (other, key)


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
        yield found(
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
