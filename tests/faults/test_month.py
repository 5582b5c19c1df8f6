"""Twenty faults in a month of two offices: none loses a row, each says what to do, the next run does all of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.month import FAULTS, play, two_offices


def test_a_month_with_a_fault_a_day_loses_nothing(tmp_path: Path, postgres_url: str) -> None:
    pytest.importorskip("resource")
    month = play(two_offices(tmp_path, postgres_url))
    assert month.wrong == []
    assert set(month.told) == {each.name for each in FAULTS}
    assert len(FAULTS) == 20
