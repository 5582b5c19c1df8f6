"""Chance, as the generator asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice(Random):
    """A seeded source of chance: equal seeds, equal sheets."""

    def often(self, share: float) -> bool:
        """Return True in *share* of all cases."""
        return self.random() < share

    def some(self, items: Sequence[T], least: int = 0) -> list[T]:
        """Return some of *items*, in their order."""
        count = self.randint(min(least, len(items)), len(items))
        kept = set(self.sample(range(len(items)), count))
        return [item for at, item in enumerate(items) if at in kept]
