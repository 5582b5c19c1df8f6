"""A small portion of what ``make fuzz`` does for longer, and the files that are known to hurt, by name."""

from __future__ import annotations

import pytest

from tests.fuzz.__main__ import damaged
from tests.fuzz.bombs import BOMBS, honest
from tests.fuzz.judge import Judgement, judge
from tests.fuzz.seeds import seeds

HONEST = ("审核表.xlsx", honest())


@pytest.fixture(scope="module")
def bombs() -> Judgement:
    """All bombs in one pass, as one run might meet them."""
    return judge([(f"{name}.xlsx", make()) for name, (make, _) in BOMBS.items()], HONEST)


@pytest.mark.parametrize("name", BOMBS)
def test_what_becomes_of_a_bomb(bombs: Judgement, name: str) -> None:
    number = list(BOMBS).index(name)
    assert bombs.by_file[number] == BOMBS[name][1]
    assert [fault for at, fault in bombs.faults if at == number] == []


def test_bombs_harm_no_other_file_and_eat_no_memory(bombs: Judgement) -> None:
    assert [fault for at, fault in bombs.faults if at is None] == []


def test_honest_files_are_read() -> None:
    judgement = judge(seeds(), HONEST)
    assert judgement.faults == []
    assert set(judgement.by_file.values()) == {"read", "nothing to take"}


def test_damaged_files_hurt_nobody() -> None:
    among = seeds()
    files = [damaged(0, number, among) for number in range(240)]
    judgement = judge([(name, content) for name, content, _ in files], HONEST)
    assert judgement.faults == []
    assert judgement.outcomes["read"] > 0, "too much damage: nothing is left to be read"
    assert judgement.outcomes["file.unreadable"] > 0, "too little damage"
