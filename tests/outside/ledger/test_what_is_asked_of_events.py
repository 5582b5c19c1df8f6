"""The ledger keeps every event for good. No run may go through them all: an office's day would cost what its years do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from pipeline.commands.run import run
from pipeline.settings import Settings
from schemas.roster.samples import AREAS, PEOPLE
from tests.tools.customers import DAY, SHOP, drop, shops

WHOLE = (
    "SEARCH events",
    "SCAN events",
    "SEARCH events USING INDEX events_by_key (register=?)",
    "SEARCH events USING COVERING INDEX events_by_key (register=?)",
)

NEWEST = "SELECT max(events.number)"
"""Is found at the end of the table; the plan says no more of it than of what goes through all."""


@pytest.fixture
def ledger_url(tmp_path: Path) -> str:
    """Of SQLite alone: a server chooses its way by what it has counted, which says nothing in an office of one shop."""
    return f"sqlite:///{tmp_path / 'ruwang.db'}"


@pytest.fixture
def plans() -> Iterator[list[tuple[str, str]]]:
    """How SQLite means to answer each question that is asked of the events: the question, and a step towards its answer."""
    found: list[tuple[str, str]] = []

    def explain(_: Any, cursor: Any, statement: str, parameters: Any, *__: Any) -> None:
        if statement.startswith("SELECT") and "events" in statement and not statement.startswith(NEWEST):
            steps = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            found.extend((statement, step[-1]) for step in steps)

    event.listen(Engine, "before_cursor_execute", explain)
    yield found
    event.remove(Engine, "before_cursor_execute", explain)


def test_no_day_goes_through_all_events(settings: Settings, plans: list[tuple[str, str]]) -> None:
    for each in (PEOPLE, AREAS):
        drop(settings, each)
    drop(settings, shops(SHOP))
    run(settings, today=DAY)
    plans.clear()

    run(settings, today=DAY)
    drop(settings, shops({**SHOP, "contact_phone": "13900000001"}, name="改.xlsx"))
    run(settings, today=DAY + timedelta(days=1))

    assert any(step.startswith("SEARCH events") for _, step in plans)
    assert [(question, step) for question, step in plans if step in WHOLE] == []
