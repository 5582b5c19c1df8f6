"""Where the books stand, as a master carries it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.domain.position import Position
from pipeline.domain.record import Event

EVENT = Event("customers", "1", "opening", {}, {}, {}, number=5)


def test_it_is_written_and_read_again() -> None:
    assert str(Position(12, 3)) == "12/3"
    assert Position.parse("12/3") == Position(12, 3)


@pytest.mark.parametrize("text", ["", "?", "x/y", "-1/-2"])
def test_what_somebody_typed_there_is_the_beginning(text: str) -> None:
    assert Position.parse(text) == Position()


@pytest.mark.parametrize(
    ("undone", "at", "counts"),
    [
        (None, Position(5, 0), True),
        (None, Position(4, 9), False),
        (7, Position(5, 6), True),  # it was taken back later
        (7, Position(5, 7), False),
        (7, Position(9, 8), False),
    ],
)
def test_an_event_counts_once_it_has_happened_until_it_is_taken_back(
    undone: int | None, at: Position, counts: bool
) -> None:
    assert at.counts(replace(EVENT, undone=undone)) is counts
