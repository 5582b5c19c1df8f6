"""Records that may be one and the same: found among what has changed, kept as pairs, told until they are settled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import combinations

from pipeline.domain import rulebook
from pipeline.domain.finding import Finding
from pipeline.domain.record import RecordState
from pipeline.merge.find_duplicates import CROWD, FindDuplicates, MatchProfile
from pipeline.merge.keep_pairs import KeepPairs, KeyPair, PairChanges
from pipeline.outside.ledger import UnitOfWork
from schemas.language import Catalogue, FieldRole, Localized, Register

ASKED_ONE_BY_ONE = 10
"""So many records with one phone are asked of each pair; one more is asked of with the first of them only."""

_TRAITS_AT_ONCE = 200_000
"""So many are put at once, in order: one here and one there would cost the ledger more."""


def update_pairs(keep: KeepPairs, uow: UnitOfWork) -> PairChanges:
    """Look at the records that have changed since the last time, and at all pairs that wait, and keep the books of it."""
    if keep.register.duplicate_rule is None:
        return PairChanges()
    every, moved = uow.blocking_keys.outdated(keep.register.code)
    waiting = uow.records.get(keep.kept.code, states=(keep.pairs.doubtful, keep.pairs.same))
    if not moved and not waiting:
        return PairChanges()
    finder = _PairFinder(keep, FindDuplicates(keep.register, keep.register.duplicate_rule), uow)
    pairs = finder.pairs(moved, every=every) | {keep.pair(entry) for entry in waiting.values()}
    finder.fetch(key for pair in pairs for key in pair)
    doubts = {pair: finder.evidence(pair) for pair in pairs}
    doubts = {pair: words for pair, words in doubts.items() if words or keep.key(pair) in waiting}
    standing = waiting | uow.records.get(keep.kept.code, keys={keep.key(pair) for pair in doubts} - waiting.keys())
    kept = keep.settle(standing, doubts, finder.records)
    uow.events.add(kept.events)
    uow.records.put(kept.entries.values())
    return kept


class _PairFinder:
    """Knows the records at hand, each with what tells in it."""

    def __init__(self, keep: KeepPairs, update_pairs: FindDuplicates, uow: UnitOfWork) -> None:
        self._keep = keep
        self._finder = update_pairs
        self._uow = uow
        self._portraits: dict[str, MatchProfile] = {}
        self.records: dict[str, RecordState] = {}

    def fetch(self, keys: Iterable[str]) -> None:
        """Have the records of *keys* at hand."""
        lacking = set(keys) - self.records.keys()
        if lacking:
            self.records |= self._uow.records.get(self._keep.register.code, keys=lacking)

    def pairs(self, moved: set[str], *, every: bool) -> set[KeyPair]:
        """Return the pairs of records that share a trait, one of them at least among *moved*, which get theirs."""
        if every:
            return self._pairs_of_all(moved)
        self.fetch(moved)
        exact: set[tuple[int, str]] = set()
        combined: set[tuple[int, str]] = set()
        for key in moved & self.records.keys():
            for blocking_keys, into in zip(
                self._finder.blocking_keys(self._profile(key)), (exact, combined), strict=True
            ):
                into.update((trait, key) for trait in blocking_keys)
        self._uow.blocking_keys.put(self._keep.register.code, exact | combined, self._uow.events.last_number())
        pairs = {pair for keys in self._sharing(exact) for pair in _narrow(keys, moved)}
        return pairs | {pair for keys in self._sharing(combined) for pair in _all(keys, moved)}

    def _pairs_of_all(self, moved: set[str]) -> set[KeyPair]:
        """As ``pairs``, of a register of which no record has traits yet: each is looked at as it passes, and none is held."""
        register = self._keep.register.code
        put, last = self._uow.blocking_keys.put, self._uow.events.last_number()
        exact, combined = _SharedTraits(), _SharedTraits()
        traits: list[tuple[int, str]] = []
        for record in self._uow.records.of_register(register).each():
            if record.key not in moved:
                continue
            of_record = self._finder.blocking_keys(self._finder.profile(record.values))
            for found, shared in zip(of_record, (exact, combined), strict=True):
                for trait in found:
                    shared.add(trait, record.key)
                    traits.append((trait, record.key))
            if len(traits) >= _TRAITS_AT_ONCE:
                put(register, traits, last)
                traits = []
        put(register, traits, last)
        pairs = {pair for keys in exact.groups() for pair in _narrow(keys, moved)}
        return pairs | {pair for keys in combined.groups() for pair in _all(keys, moved)}

    def _sharing(self, blocking_keys: set[tuple[int, str]]) -> Iterator[list[str]]:
        """Yield the keys that share one of *traits*, two at the least, in order."""
        found = self._uow.blocking_keys.sharing(
            self._keep.register.code, {trait for trait, _ in blocking_keys}
        ).values()
        return (sorted(keys) for keys in found if len(keys) > 1)

    def evidence(self, pair: KeyPair) -> list[Localized]:
        """Return what speaks for *pair*: nothing where a record is gone, closed, or follows the other."""
        one, other = (self.records.get(key) for key in pair)
        if one is None or other is None or self._keep.unlike(one, other):
            return []
        return self._finder.evidence(self._profile(one.key), self._profile(other.key))

    def _profile(self, key: str) -> MatchProfile:
        if key not in self._portraits:
            self._portraits[key] = self._finder.profile(self.records[key].values)
        return self._portraits[key]


class _SharedTraits:
    """Which records share a trait, gathered record by record."""

    def __init__(self) -> None:
        self._first: dict[int, str] = {}
        self._more: dict[int, list[str]] = {}  # few: most traits are one record's

    def add(self, trait: int, key: str) -> None:
        """Know that the record *key* has *trait*."""
        first = self._first.setdefault(trait, key)
        if first != key:
            self._more.setdefault(trait, [first]).append(key)

    def groups(self) -> Iterator[list[str]]:
        """Yield the keys that share a trait, two at the least, in order."""
        return (sorted(keys) for keys in self._more.values())


def _all(keys: Sequence[str], moved: Set[str]) -> Iterator[KeyPair]:
    """Pair each of *keys* that has moved with all others: with none where too many share a likeness."""
    if len(keys) <= CROWD:
        yield from (pair for pair in combinations(keys, 2) if not moved.isdisjoint(pair))


def _narrow(keys: Sequence[str], moved: Set[str]) -> Iterator[KeyPair]:
    """Pair each of *keys* that has moved with all others: with the first alone where very many share what tells alone."""
    if len(keys) <= ASKED_ONE_BY_ONE:
        yield from _all(keys, moved)
    else:
        yield from ((keys[0], key) for key in keys[1:] if keys[0] in moved or key in moved)


def unsettled(catalogue: Catalogue, kept: Register, uow: UnitOfWork) -> Iterator[Finding]:
    """Yield a finding for each pair that was found to be one, as long as neither of the two is closed."""
    if kept.pairs is None:
        return
    register = catalogue.register(kept.pairs.of)
    side = kept.pairs.sides[0]
    title = register.meaning(FieldRole.TITLE)
    for entry in uow.records.get(kept.code, states=(kept.pairs.same,)).values():
        keys = [str(entry.values[code]) for code in (side.first, side.second)]
        held = uow.records.get(register.code, keys=keys)
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
