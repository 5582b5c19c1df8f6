"""How two records that may be one are found, and how a renewed or transferred one is known."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.language.field import Field
from schemas.language.words import Localized


@dataclass(frozen=True, slots=True)
class CombinedMatch:
    """Fields that tell together: two records are alike when at least ``least`` of ``fields`` are.

    Texts are alike when what tells in them nearly is the same and their digits exactly; all else has to be equal.
    """

    fields: tuple[str, ...]
    least: int
    weak: tuple[str, ...] = ()
    """Words that tell nothing in a text: 有限公司."""


@dataclass(frozen=True, slots=True)
class DuplicateRule:
    """When two records with keys of their own are suspected to be one: a field of ``exact`` equal, or a likeness."""

    exact: tuple[str, ...] = ()
    combined: tuple[CombinedMatch, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """A field of both records of a pair, and the fields of the pair that show it, side by side."""

    field: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """A register that the program keeps: each record is two records of the register ``of``, suspected to be one.

    The first of ``sides`` is their key. A pair waits in ``doubtful`` for somebody's answer, which leads it to ``same``
    or to ``different``, or to ``renewed``, which links the two as a renewal does; from ``same`` it goes to ``merged`` as soon as one of the two is closed. ``gone`` are those
    that nothing speaks for any more. An answer is asked for again only when something new speaks for the pair.
    """

    of: str
    sides: tuple[Side, ...]
    evidence: str
    """The field that says what speaks for it."""
    doubtful: str
    same: str
    different: str
    merged: str
    gone: str
    outcome: Field
    """Says why the program closed it."""
    remedy: Localized
    """How one of two records that are the same is closed."""
    renewed: str = ""


@dataclass(frozen=True, slots=True)
class Renewal:
    """How a renewed document is known: a new key, one of ``same`` equal and one of ``alike`` alike, while the older
    record is closed, has lapsed or lapses within ``days``, or lies at the same address and lapses before the newer one. The records are linked, the older one goes to ``state``.
    """

    same: tuple[str, ...]
    alike: tuple[str, ...]
    days: int
    previous: Field
    """Holds the key of the older record in the newer one."""
    following: Field
    """Holds the key of the newer record in the older one."""
    state: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """How a change of owner is known: the base form comes for a known key and all of ``fields`` differ."""

    fields: tuple[str, ...]
    day: Field
    """Holds the day on which it was recorded."""
