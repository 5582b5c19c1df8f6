"""Robots that the plays seldom need, each in a small play of its own: what they do settles what was told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from tests.office import answers, papers, people, robots, visits
from tests.office.actions import grow
from tests.office.papers import Kind, Row
from tests.office.people import MANAGER
from tests.office.play import FIRST_DAY
from tests.office.scene import Ledger, Scene
from tests.office.world import Office, in_this_process


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with in_this_process():
        random = Random(5)
        scene = Scene(Office(tmp_path / "office", "zh"), people.staff(random, 5), random, FIRST_DAY)
        visits.drop_staff(scene, scene.staff.there(scene.day))
        visits.drop_areas(scene, list(scene.staff.areas))
        for _ in range(3):
            grow(scene)
        run(scene)
        yield scene


def run(scene: Scene) -> None:
    scene.office.run(scene.day, scene.clock)
    scene.collect()
    scene.next_batch(scene.clock)


def rules(scene: Scene) -> set[str]:
    return {each.rule for each in scene.office.findings()}


def settled(scene: Scene, folder: Path, rule: str) -> bool:
    """Whether the robots settle it, and follow no advice that fails."""
    _, wrong = robots.settle_all(scene, folder)
    return not [each for each in wrong if rule in each.said]


def typed_below(scene: Scene) -> str:
    """A manager types a new customer below the rows of his worklist."""
    person = next(
        each for each in scene.staff.there(scene.day, MANAGER) if scene.office.worklist(each.number) is not None
    )
    book = papers.opened(scene.office.worklist(person.number) or b"")
    sheet = next(each for each in papers.sheets(book, "zh", "verdict") if each.token)
    shop, line = scene.new_shop(), max(sheet.lines.values()) + 1
    cells = {"licence_no": shop.key, **visits.answers(scene, person, verdict="as_stated")}
    sheet.type(line, cells)
    row = Row(shop.key, cells, None, sheet.page.title, line)
    scene.drop(Kind.WORKLIST, person, "typed", "加一行.xlsx", papers.saved(book), [row], form="verification")
    return shop.key


def test_a_customer_typed_below_a_worklist_is_registered_as_advised(scene: Scene, tmp_path: Path) -> None:
    typed_below(scene)
    run(scene)
    assert "worklist.row_new" in rules(scene)
    assert settled(scene, tmp_path / "robots", "worklist.row_new")


@pytest.mark.parametrize(("text", "rule"), [("改好了", "answer.unknown"), (answers.MINE[0], "answer.no_conflict")])
def test_a_slip_in_an_answer_is_mended_in_the_list(scene: Scene, tmp_path: Path, text: str, rule: str) -> None:
    typed_below(scene)
    run(scene)
    clerk = scene.staff.there(scene.day, "system_admin")[0]
    content = scene.office.file("exceptions/all.xlsx") or b""
    slips = iter([(text, text)])
    filled, done = answers.answered(content, "zh", lambda _: next(slips, None))
    assert len(done) == 1
    scene.drop(Kind.ANSWER, clerk, "slip", "异常表.xlsx", filled, [], form="exceptions")
    run(scene)
    assert rule in rules(scene)
    assert settled(scene, tmp_path / "robots", rule)


def test_a_day_of_registration_after_the_visit_is_that_of_the_first_sheet(scene: Scene, tmp_path: Path) -> None:
    person = next(each for each in scene.staff.there(scene.day, MANAGER) if scene.office.worklist(each.number))
    assert visits.work_on(scene, person, scene.worklists[person.number][-1], person, most=1, correct=0)
    run(scene)
    key = next(each for each, entry in scene.office.register().items() if entry.state == "to_review")
    paper = next(each for each in scene.dropped if any(row.key == key for row in each.rows))
    clerk = scene.staff.people[paper.author]  # a colleague's sheet does not change who came first
    scene.day += timedelta(days=3)
    row = scene.row_of(scene.shops[key], clerk)
    scene.drop_ledger(Ledger(clerk, f"other {key}", f"补登 {key}.xlsx", [row]))
    run(scene)
    assert "step.day_after" in rules(scene)
    before = len(scene.office.findings())
    gone, wrong = robots.settle_all(scene, tmp_path / "robots")
    assert (gone, wrong) == (before, [])


def test_what_the_master_does_not_take_is_filled_in_on_the_worklist(scene: Scene, tmp_path: Path) -> None:
    book = papers.opened(scene.masters[-1].content)
    sheet = papers.Sheet(book, book.worksheets[0], "zh")
    key = next(each for each, entry in scene.office.register().items() if entry.state == "to_verify")
    sheet.type(sheet.lines[key], {"delivery_route": "09线"})
    scene.drop(Kind.MASTER, scene.chief(), "master", "master.xlsx", papers.saved(book), [])
    run(scene)
    assert "master.step" in rules(scene)
    before = len(scene.office.findings())
    gone, wrong = robots.settle_all(scene, tmp_path / "robots")
    assert (gone, wrong) == (before, [])
