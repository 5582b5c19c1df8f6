"""Which cells of a paper are said anew: those that differ from the paper's own earlier state.

Lists are handed in again and again, with a row more or a cell mended, from copies of any age. A row is held against the
earlier states of that row which its author, or this line of papers, has written; of those the closest one is its base.
A cell that equals its base says nothing.

A row that its author has changed since and that comes as it was before may be an old copy, or mean to be set back. It is
set back where the paper was saved later and the rest of it stands as in the later paper; else it changes nothing, and
whoever has saved it later is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pipeline.domain.paper import Paper, PaperRows

_LEAST_ALIKE = 2
"""Filled cells, beside the key, that two rows of unknown origin must share to be one row in two states."""


@dataclass(frozen=True, slots=True)
class RowBase:
    """What a row was written upon.

    ``repeated``: the very row was handed in before; ``taken``: it, or a later state of it, has entered; ``set_back``: it
    was, and means to take back what was said since. ``silent`` are the
    fields whose cells repeat the base, ``waiting`` those among them that only a row said that was refused, with the time at
    which it did, and ``withdrawn`` those of these that its paper has said otherwise since. ``older`` are those that an
    earlier state repeats and that differ from the newest one, in a paper that was saved later than that, ``earlier`` what
    the same voice has written in the other cells before, and ``voice`` the submissions that were that voice.
    """

    repeated: bool = False
    taken: bool = False
    set_back: bool = False
    silent: frozenset[str] = frozenset()
    waiting: Mapping[str, datetime] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()
    older: frozenset[str] = frozenset()
    earlier: Mapping[str, tuple[str, ...]] | None = None
    voice: frozenset[str] = frozenset()
    places: tuple[tuple[str, str, int], ...] = ()
    """Where the very row stood before: submission, sheet and first cell."""


@dataclass(frozen=True, slots=True)
class _State:
    """One earlier state of a row. ``same``: of the same voice for certain; None where its cells have to tell. ``of_list``: on
    an earlier copy of the very paper, not on another one of its author's.
    """

    paper: Paper
    same: bool | None
    texts: Mapping[str, str]
    taken: bool
    sheet: str = ""
    row: int = 0
    of_list: bool = False

    @property
    def submission(self) -> str:
        return self.paper.submission

    @property
    def made(self) -> datetime:
        return self.paper.made


class EarlierRows:
    """The earlier states of the rows of *paper*, from *papers* of the same form, the oldest first."""

    def __init__(self, paper: Paper, papers: Iterable[Paper]) -> None:
        self._paper = paper
        self._states: dict[str, list[_State]] = defaultdict(list)
        self._rows: dict[str, dict[str, Mapping[str, str]]] = defaultdict(dict)
        for each in papers:
            same = paper.continues(each)
            if same is False:
                continue
            of_list = paper.is_copy(each)
            for rows in each.sheets:
                columns = list(rows.columns.items())
                for at, key in enumerate(rows.keys):
                    texts = {code: column[at] for code, column in columns}
                    place = rows.sheet, rows.rows[at]
                    self._states[key].append(_State(each, same, texts, rows.taken[at], *place, of_list))
                    self._rows[each.submission][key] = texts

    def places_of(self, rows: PaperRows, at: int) -> tuple[tuple[str, str, int], ...]:
        """Return where the very row *at* of *rows* stood on earlier papers of this line."""
        texts = rows.texts(at)
        return _places(each for each in self._states.get(rows.keys[at], ()) if each.same and each.texts == texts)

    def entered(self, rows: PaperRows, at: int) -> bool:
        """Tell whether the very row *at* of *rows* has entered from an earlier paper of this line."""
        texts = rows.texts(at)
        return any(each.same and each.taken and each.texts == texts for each in self._states.get(rows.keys[at], ()))

    def refused(self, rows: PaperRows, at: int, key_field: str) -> Iterator[tuple[datetime, Mapping[str, str]]]:
        """Yield what rows that may be row *at* of *rows* in an earlier state said and that has not entered, with the time."""
        texts = rows.texts(at)
        for each in self._states.get(rows.keys[at], ()):
            if not each.taken and _is_voice(each, texts, key_field):
                yield each.made, each.texts

    def base(self, rows: PaperRows, at: int, key_field: str) -> RowBase:
        """Return the base of row *at* of *rows*."""
        texts = rows.texts(at)
        if not rows.keys[at]:  # mistyped, or the program numbers it: which record it speaks of is not known yet
            places = self.places_of(rows, at)
            return RowBase(repeated=bool(places), places=places)
        states = [each for each in self._states.get(rows.keys[at], ()) if _is_voice(each, texts, key_field)]
        if not states:
            return RowBase()
        equal = [_equal(texts, state.texts) for state in states]
        best = max(range(len(states)), key=lambda number: (len(equal[number]), number))
        repeated = len(equal[best]) == len(texts)
        last = max((number for number, state in enumerate(states) if state.taken), default=None)
        older = frozenset[str]()
        set_back = False
        if repeated and last is not None and self._is_later(states):
            entered = {code for state, codes in zip(states, equal, strict=True) if state.taken for code in codes}
            older = frozenset(code for code, text in texts.items() if text and code in entered - equal[last])
            # what this list said since was refused, and is taken back; of another sheet of his it knows nothing, and what
            # only an old copy of it repeats was not said since
            said_since = states[-1].of_list and not _is_older(states[-1], states[:last])
            # a row that says it once more takes nothing back
            withdrawn = not older and not states[-1].taken and said_since and len(equal[-1]) < len(texts)
            set_back = withdrawn or bool(older and self._is_set_back(rows, rows.keys[at], texts, states, states[last]))
            if set_back:
                repeated, best, older = False, len(states) - 1, frozenset[str]()
        first = next(number for number, codes in enumerate(equal) if len(codes) == len(equal[best]))
        waiting = {code: made for code, made in _waiting(states, best).items() if code in equal[best] - {key_field}}
        return RowBase(
            repeated=repeated,
            taken=set_back or any(state.taken and not _is_older(state, states[:first]) for state in states[first:]),
            set_back=set_back,
            silent=frozenset(equal[best]) - {key_field},
            waiting=waiting,
            withdrawn=_withdrawn(states, best, waiting),
            older=older,
            earlier={
                code: tuple(dict.fromkeys(state.texts.get(code, "") for state in states))
                for code in texts.keys() - equal[best]
            },
            voice=frozenset(state.submission for state in states),
            places=_places(state for state, codes in zip(states, equal, strict=True) if len(codes) == len(texts)),
        )

    def _is_later(self, states: Sequence[_State]) -> bool:
        """Tell whether the paper was saved after all that it may repeat, and is none of them."""
        known = any(each.submission == self._paper.submission for each in states)
        return self._paper.made > states[-1].made and not known

    def _is_set_back(
        self, rows: PaperRows, key: str, texts: Mapping[str, str], states: Sequence[_State], last: _State
    ) -> bool:
        """Tell whether the rest of the sheet stands as in the *last* paper that entered, and so in none that has the older
        row.
        """
        newest = self._rows[last.submission]
        others = {
            other: rows.texts(at) for at, other in enumerate(rows.keys) if other != key and other in newest and other
        }
        old = [self._rows[each.submission] for each in states if len(_equal(texts, each.texts)) == len(texts)]
        as_newest = all(_is_same(row, newest[other]) for other, row in others.items())
        return as_newest and all(
            any(other not in held or not _is_same(row, held[other]) for other, row in others.items()) for held in old
        )


def _waiting(states: Sequence[_State], number: int) -> dict[str, datetime]:
    """Return what the state *number* of a row says that has not entered, with the time at which it was first said."""
    state = states[number]
    if state.taken:
        return {}
    said = {code: state.made for code, text in state.texts.items() if text}
    if number:
        equal = [_equal(state.texts, each.texts) for each in states[:number]]
        base = max(range(number), key=lambda each: (len(equal[each]), each))
        before = {code: made for code, made in _waiting(states, base).items() if code in equal[base]}
        said = {code: made for code, made in said.items() if code not in equal[base]} | before
    entered = [each.texts for each in states[number + 1 :] if each.taken]
    return {code: made for code, made in said.items() if all(texts.get(code) != state.texts[code] for texts in entered)}


def _withdrawn(states: Sequence[_State], number: int, codes: Iterable[str]) -> frozenset[str]:
    """Return which of *codes* a later copy of the paper of state *number* has said otherwise, in a row that is no old one."""
    state = states[number]
    since = [
        each.texts
        for each in states[number + 1 :]
        if each.taken and each.paper.is_copy(state.paper) and not _is_older(each, states[:number])
    ]
    return frozenset(code for code in codes if any(texts.get(code, "") for texts in since))


def _is_same(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return all(text == other.get(code, "") for code, text in one.items())


def _is_older(state: _State, earlier: Sequence[_State]) -> bool:
    """Tell whether *state* only repeats one of the *earlier* ones: it is no later state of what came between them."""
    return any(_is_same(state.texts, each.texts) for each in earlier)


def _places(states: Iterable[_State]) -> tuple[tuple[str, str, int], ...]:
    return tuple((state.submission, state.sheet, state.row) for state in states)


def _is_voice(state: _State, texts: Mapping[str, str], key_field: str) -> bool:
    """Tell whether *state* is an earlier one of the row *texts*: where nobody is named, most of their cells are the same."""
    if state.same:
        return True
    filled = [code for code, text in texts.items() if text and state.texts.get(code) and code != key_field]
    alike = sum(texts[code] == state.texts[code] for code in filled)
    return alike >= _LEAST_ALIKE and 2 * alike >= len(filled)


def _equal(texts: Mapping[str, str], earlier: Mapping[str, str]) -> set[str]:
    return {code for code, text in texts.items() if text == earlier.get(code, "")}
