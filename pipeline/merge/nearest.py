"""The names that come nearest to one that nobody bears: what was meant may be among them."""

from __future__ import annotations

from collections.abc import Iterable

_MOST = 3
_ALIKE = 50
"""Per cent: below it, nothing of a short name is left."""


def nearest(name: str, names: Iterable[str], *, most: int = _MOST) -> list[str]:
    """Return at the most *most* of *names* that are like *name*, the likest first; none where none is."""
    from rapidfuzz import fuzz, process  # asked for by a mistake alone, and every command would load it

    found = process.extract(
        name,
        list(dict.fromkeys(names)),
        scorer=fuzz.ratio,
        processor=str.lower,
        limit=most,
        score_cutoff=_ALIKE,
    )
    return [each for each, _, _ in found]
