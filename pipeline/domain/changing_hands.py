"""Work that changes hands: the words by which a record says why somebody has it, and what they say, read again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.domain.roster import Person, Roster
from schemas.language import Localized

HANDED_ON = Localized("；由{name}转来：{cause}", "; handed on from {name}: {cause}")
STANDS_IN = Localized("；{cause}，由代办人{who}办理", "; {cause}: {who} stands in")
_CAME = re.compile("(?:；由|; handed on from )(?P<name>.+?)(?:转来：|: )(?P<cause>.+)$")


@dataclass(frozen=True, slots=True)
class HandedOn:
    """From whom work came, and why he has it no longer."""

    giver: str
    cause: str


def came_by(why: str) -> HandedOn | None:
    """Return from whom work came that somebody has by *why*; None where nobody had it before."""
    found = _CAME.search(why)
    return HandedOn(found["name"], found["cause"]) if found else None


def stands_in_for(why: str, owner: str, roster: Roster) -> Person | None:
    """Return for whom the person *owner* has by *why* what he has; None where it is his own to do."""
    one = roster.everyone.get(owner)
    if one is None or not (f"由代办人{one.name}办理" in why or f": {one.name} stands in" in why):
        return None
    named = (f"；{{}}{word}" for word in ("（", "不"))
    words = (*named, "; {} ")
    return next(
        (
            each
            for each in roster.everyone.values()
            if each.number != owner and any(word.format(each.name) in why for word in words)
        ),
        None,
    )
