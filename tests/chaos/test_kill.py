"""A run that is killed, or meets another, is completed by the next one. ``make chaos`` does the same many times."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from pipeline.outside.ledger.mails import Mails
from tests.chaos import again, crowd, syscalls, writes
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


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.name.replace(" ", "-"))
def test_a_run_that_is_killed_is_completed_by_the_next(ground: Ground, point: Point) -> None:
    for passing in ground.passings_of(point, 3):
        assert list(ground.complaints(point, passing)) == []


def test_a_run_that_forgets_what_it_sent_is_found_out(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Mails, "record", lambda *_: None)
    point = next(point for point in POINTS if point.name == "before an original is archived")
    assert any("mails twice" in each for each in ground.complaints(point, 1))


def test_a_run_is_killed_at_system_calls(ground: Ground) -> None:
    if why := syscalls.missing():
        pytest.skip(why)
    done = list(syscalls.complaints(ground, every=60))
    assert len(done) >= 10
    assert [each for each in done if each[2]] == []


def test_a_master_whose_writing_breaks_off_is_the_old_one_or_the_new_one(ground: Ground) -> None:
    target = ground.folder / "written" / "master.xlsx"
    target.parent.mkdir()
    target.write_bytes((ground.before["day"].outbox / "master.xlsx").read_bytes())
    new = (ground.before["undo"].outbox / "master.xlsx").read_bytes()
    assert list(writes.complaints(target, new, 40)) == []


def test_runs_with_nothing_new_change_nothing(ground: Ground) -> None:
    assert list(again.complaints(ground, 3)) == []


@pytest.mark.parametrize("locked", [True, False])
def test_four_runs_at_once_do_the_work_of_one(ground: Ground, locked: bool) -> None:
    assert list(crowd.complaints(ground, 4, locked=locked)) == []
