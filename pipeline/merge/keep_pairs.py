"""Suspicions → a register of pairs: which to open, to renew, to ask again, and which have settled themselves. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.domain.event_factory import EventFactory
from pipeline.domain.record import Event, RecordState
from pipeline.domain.record_fold import apply
from pipeline.domain.roster import Roster
from schemas.language import FieldRole, Language, Localized, Pairs, Register, State, Stored, StoredValues

KeyPair = tuple[str, str]
"""The keys of two records, in order."""

_BETWEEN = "；"
_CLOSED = Localized("{key} 现为“{state}”", "{key} is “{state}”")
_LINKED = Localized("两个编号前后相承，是同一户换证", "One of them follows the other: a renewal")
_MISSING = Localized("{key} 已不在台账中", "{key} is no longer in the register")
_DIFFER = Localized("资料更正后已无相同之处", "After a correction nothing speaks for it any more")
_AGAIN = Localized("又有新的依据：{evidence}", "More speaks for it than before: {evidence}")


@dataclass(slots=True)
class PairChanges:
    """What happens to pairs in one run: ``entries`` are those that changed."""

    events: list[Event] = field(default_factory=list)
    entries: dict[str, RecordState] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeepPairs:
    """Keeps the register *kept* of pairs of records of *register*."""

    kept: Register
    pairs: Pairs
    register: Register
    roster: Roster
    numbers: Iterator[int]
    day: date
    run: int
    language: Language

    def key(self, pair: KeyPair) -> str:
        """Return the key under which *pair* is kept: whatever is found again is the same pair."""
        return "-".join(sorted(pair))

    def pair(self, entry: RecordState) -> KeyPair:
        """Return whose pair *entry* is."""
        side = self.pairs.sides[0]
        return str(entry.values[side.first]), str(entry.values[side.second])

    def unlike(self, one: RecordState, other: RecordState) -> bool:
        """Tell whether two records are no suspicion whatever they hold: one is closed, or one follows the other."""
        return bool(self._closed(one) or self._closed(other) or self._linked(one, other))

    def settle(
        self,
        standing: Mapping[str, RecordState],
        found: Mapping[KeyPair, Sequence[Localized]],
        records: Mapping[str, RecordState],
    ) -> PairChanges:
        """Return what the run does to the pairs.

        *standing* holds all pairs that wait and those of *found*, by their key; *found* what speaks for each suspicion
        and, empty, for each waiting pair that nothing speaks for; *records* the records of all of them.
        """
        kept = PairChanges()
        for pair, evidence in sorted(found.items()):
            entry = standing.get(self.key(pair))
            event = self._event(entry, pair, evidence, records)
            if event is not None:
                kept.events.append(event)
                kept.entries[event.key] = apply(entry, event)
        return kept

    def _event(
        self,
        entry: RecordState | None,
        pair: KeyPair,
        evidence: Sequence[Localized],
        records: Mapping[str, RecordState],
    ) -> Event | None:
        over = self._over(pair, records)
        state = entry.state if entry else ""
        if entry is None or state in (self.pairs.gone, self.pairs.merged):
            if over is not None or not evidence:
                return None
            return self._make(entry, pair, {**self._shown(pair, records), **self._said(evidence)}, self.pairs.doubtful)
        if state == self.pairs.same:
            return self._make(entry, pair, self._outcome(over), self.pairs.merged) if over is not None else None
        if state in (self.pairs.different, self.pairs.renewed):
            again = over is None and state == self.pairs.different
            return self._ask_again(entry, pair, evidence, records) if again else None
        if over is not None or not evidence:
            return self._make(entry, pair, self._outcome(over or _DIFFER), self.pairs.gone)
        return self._make(entry, pair, {**self._shown(pair, records), **self._said(evidence)})

    def _ask_again(
        self, entry: RecordState, pair: KeyPair, evidence: Sequence[Localized], records: Mapping[str, RecordState]
    ) -> Event | None:
        """An answer stands, unless something speaks for the pair that did not when it was given."""
        known = set(str(entry.values.get(self.pairs.evidence, "")).split(_BETWEEN))
        more = [each for each in evidence if not known & {each.zh, each.en}]
        if not more:
            return None
        values = {**self._shown(pair, records), **self._said(evidence)}
        why = _AGAIN.to(self.language).format(evidence=_BETWEEN.join(each.to(self.language) for each in more))
        return self._make(entry, pair, values, self.pairs.doubtful, reason=why)

    def _over(self, pair: KeyPair, records: Mapping[str, RecordState]) -> Localized | None:
        """Return why there is nothing to ask of *pair* any more, or None."""
        entries = [records.get(key) for key in pair]
        for key, entry in zip(pair, entries, strict=True):
            if entry is None:
                return _MISSING.filled(key=key)
            if (state := self._closed(entry)) is not None:
                return _CLOSED.filled(key=key, state=state.words)
        one, other = entries
        return _LINKED if one and other and self._linked(one, other) else None

    def _closed(self, entry: RecordState) -> State | None:
        state = self.register.state(entry.state)
        return state if state is not None and state.closed else None

    def _linked(self, one: RecordState, other: RecordState) -> bool:
        renewal = self.register.renewal
        if renewal is None:
            return False
        links = (renewal.previous.code, renewal.following.code)
        return any(
            mine.values.get(code) == theirs.key for mine, theirs in ((one, other), (other, one)) for code in links
        )

    def _shown(self, pair: KeyPair, records: Mapping[str, RecordState]) -> dict[str, Stored]:
        """What the pair shows of both, side by side, its name and its area."""
        one, other = (records[key] for key in pair)
        shown: dict[str, Stored] = {}
        for side in self.pairs.sides:
            for code, entry in ((side.first, one), (side.second, other)):
                shown[code] = entry.key if side.field == self.register.key.code else entry.values.get(side.field)
        title, area = self.kept.meaning(FieldRole.TITLE), self.kept.meaning(FieldRole.AREA)
        theirs = self.register.meaning(FieldRole.TITLE)
        if title is not None and theirs is not None:
            shown[title.code] = " / ".join(str(entry.values.get(theirs.code, entry.key)) for entry in (one, other))
        if area is not None:
            areas = [self.roster.areas[entry.area].name for entry in (other, one) if entry.area in self.roster.areas]
            shown[area.code] = areas[0] if areas else None
        return shown

    def _said(self, evidence: Sequence[Localized]) -> dict[str, Stored]:
        said = _BETWEEN.join(each.to(self.language) for each in evidence)
        return {self.pairs.evidence: said, self.pairs.outcome.code: None}

    def _outcome(self, why: Localized) -> dict[str, Stored]:
        return {self.pairs.outcome.code: why.to(self.language)}

    def _make(
        self,
        entry: RecordState | None,
        pair: KeyPair,
        values: StoredValues,
        state: str = "",
        *,
        reason: str | None = None,
    ) -> Event | None:
        held: StoredValues = entry.values if entry else {}
        key = self.key(pair)
        wanted = {self.kept.key.code: key, **values}
        changed = {code: value for code, value in wanted.items() if held.get(code) != value}
        if not changed and not state:
            return None
        events = EventFactory(self.kept.code, self.day, self.run)
        return events.by_program(key, entry, changed, state=state, reason=reason, number=next(self.numbers))
