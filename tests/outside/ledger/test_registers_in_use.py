"""Of all registers that are declared an office uses few: the others are known to be empty without being asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, event

from pipeline.domain.pending import Pending
from pipeline.domain.record import Record
from pipeline.domain.record_fold import fold
from pipeline.outside.ledger import Ledger, UnitOfWork, open_ledger
from tests.outside.ledger.test_unit_of_work import DAY, EVENT

UNUSED = [f"unused_{number}" for number in range(30)]


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    opened = open_ledger(ledger_url)
    yield opened
    opened.close()


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """What is asked of the database."""
    asked: list[str] = []

    def keep(_: Any, __: Any, statement: str, *___: Any) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", keep)
    yield asked
    event.remove(Engine, "before_cursor_execute", keep)


def ask(uow: UnitOfWork, register: str) -> tuple[object, ...]:
    """All that a run asks of each register."""
    return (
        list(uow.records.get(register)),
        uow.records.count(register),
        list(uow.records.of_register(register)),
        [each.number for each in uow.pending_changes.waiting(register)],
        uow.events.count_openings(register),
    )


def test_what_is_entered_after_a_register_was_found_empty_is_found(ledger: Ledger) -> None:
    entry = fold([EVENT])
    assert entry is not None
    with ledger.transaction() as uow:
        assert ask(uow, "shops") == ([], 0, [], [], (0, 0))
        uow.events.add([EVENT])
        uow.records.put([entry])
        uow.pending_changes.add([Pending(1, "shops", DAY, Record("opening", "sha", "a.xlsx", "表1", 5, "7", {}, {}))])
        assert ask(uow, "shops") == (["7"], 1, ["7"], [1], (1, 0))
    with ledger.transaction() as uow:
        assert ask(uow, "shops") == (["7"], 1, ["7"], [1], (1, 0))
        uow.records.put([replace(entry, register="boats")])
        assert list(uow.records.get("boats")) == ["7"]


def test_what_was_taken_back_is_not_found(ledger: Ledger) -> None:
    entry = fold([EVENT])
    assert entry is not None
    with ledger.transaction() as uow:
        uow.records.put([entry])
        assert uow.records.count("shops") == 1
        uow.forget()
    with ledger.transaction() as uow:
        assert ask(uow, "shops") == ([], 0, [], [], (0, 0))


def test_registers_that_nobody_uses_cost_no_question_each(ledger: Ledger, statements: list[str]) -> None:
    with ledger.transaction() as uow:
        ask(uow, UNUSED[0])
        statements.clear()
        for register in UNUSED:
            ask(uow, register)
    assert [each for each in statements if each.startswith("SELECT")] == []
