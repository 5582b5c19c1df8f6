"""A run that is killed is completed by the next one. Some points a test run; ``make chaos`` kills at all, many times."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from pipeline.outside.ledger import Books
from tests.chaos.kill import Ground
from tests.chaos.points import POINTS, Point

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="a kill is a fork that dies: no fork on this system"),
    pytest.mark.xdist_group("chaos"),
]


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    ground = Ground.prepare(tmp_path_factory.mktemp("chaos"))
    yield ground
    ground.close()


def test_every_point_is_passed(ground: Ground) -> None:
    assert [point.name for point in POINTS if not ground.passings[point.scene][point.name]] == []
    assert len({point.name for point in POINTS}) == len(POINTS) >= 40


@pytest.mark.parametrize("point", POINTS[::2], ids=lambda point: point.name.replace(" ", "-"))
def test_a_run_that_is_killed_is_completed_by_the_next(ground: Ground, point: Point) -> None:
    middle = ground.passings_of(point, 2)[-1]
    assert list(ground.complaints(point, middle)) == []


def test_a_run_that_forgets_what_it_sent_is_found_out(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Books, "record_mail", lambda *_: None)
    point = next(point for point in POINTS if point.name == "before an original is archived")
    assert any("mails twice" in each for each in ground.complaints(point, 1))
