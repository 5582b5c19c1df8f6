"""Which record of a register people mean by a name, a key or a telephone number."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.domain.record import Event, RecordState
from pipeline.merge.likeness import TextProfile, alike, gist_maker, pieces
from schemas.language import FieldRole, Register, Values

_BLANKS = re.compile(r"\s+")
_NUMBER = re.compile(r"[0-9]{7,}")
_ONE_SLIP = 4
"""Signs of a name of which one may be a slip."""
_MOST = 3
"""So many candidates are named."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a text may mean. ``text``: how all papers are to name the record, "" where it is not one alone; ``candidates``:
    the records that it may be, by key and name; ``like``: it is none's name, but nearly theirs.
    """

    text: str = ""
    candidates: tuple[str, ...] = ()
    like: bool = False
    number: bool = False
    """It is a number that no record has."""


class NamedRecords:
    """The records of *register* that are not closed, by what people call them (``Register.named_by``)."""

    def __init__(self, register: Register, records: Mapping[str, RecordState]) -> None:
        self._title = register.meaning(FieldRole.TITLE)
        closed = {state.code for state in register.states if state.closed}
        self._records = {key: record for key, record in records.items() if record.state not in closed}
        self._keys: dict[str, list[str]] = defaultdict(list)
        self._by_key = {_plain(key): key for key in self._records}
        for key, record in self._records.items():
            named = (key, *(str(record.values.get(code) or "") for code in register.named_by))
            for text in {_plain(each) for each in named} - {""}:
                self._keys[text].append(key)

    def look_up(self, written: str) -> Meant:
        """Return what *written* means: the one record, several, or none, and then those that are called nearly so."""
        text = _plain(written)
        if text in self._by_key:
            return Meant(self._known_as(self._by_key[text]))
        keys = self._keys.get(text, ())
        if len(keys) == 1:
            return Meant(self._known_as(keys[0]))
        if keys:
            return Meant(candidates=self._told(keys))
        if _NUMBER.fullmatch(text):
            return Meant(number=True)
        return Meant(candidates=self._told(self._like(text)), like=True)

    def _known_as(self, key: str) -> str:
        """Return the record's name, or its key where others have the same name."""
        name = self._name(key)
        return name if name and len(self._keys[_plain(name)]) == 1 else key

    def _name(self, key: str) -> str:
        return str(self._records[key].values.get(self._title.code, "")) if self._title else ""

    def _told(self, keys: Sequence[str]) -> tuple[str, ...]:
        return tuple(f"{self._name(key)} {key}".strip() for key in sorted(keys)[:_MOST])

    def _like(self, text: str) -> list[str]:
        profile = _profile(text)
        near = {key for piece in pieces(profile) for key in self._by_piece.get(piece, ())}
        return [key for key in near if _nearly(profile, _profile(self._name(key)))]

    @cached_property
    def _by_piece(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for key in self._records:
            for piece in pieces(_profile(self._name(key))):
                found[piece].append(key)
        return found


def known_as(
    register: Register, records: Mapping[str, RecordState], changes: Iterable[Event], written: str
) -> list[str]:
    """Return the keys of all *records*, closed ones too, that are called *written*, or were before one of *changes*."""
    text = _plain(written)

    def is_named(values: Values) -> bool:
        return text in (_plain(str(values.get(code) or "")) for code in register.named_by)

    named = [key for key, record in records.items() if text == _plain(key) or is_named(record.values)]
    return list(dict.fromkeys([*named, *(event.key for event in changes if is_named(event.before))])) if text else []


_profile = gist_maker((), address=False)


def _nearly(one: TextProfile, other: TextProfile) -> bool:
    """Tell whether two names are alike, or one sign apart: 惠民超市, 惠民超巿."""
    if alike(one, other):
        return True
    same_length = len(one.core) == len(other.core) >= _ONE_SLIP and one.numbers == other.numbers
    return same_length and sum(a != b for a, b in zip(one.core, other.core, strict=True)) == 1


def _plain(text: str) -> str:
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).casefold()
