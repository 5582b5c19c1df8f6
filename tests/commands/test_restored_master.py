"""The master of a day, written again from the events, is the one that the last run of that day wrote: cell by cell, mark
by mark, chart by chart, on an office that carries out every procedure and has columns of its own in the master.
"""

from __future__ import annotations

import re
import zipfile
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from pipeline.commands.demo import play
from pipeline.commands.restore import restore
from pipeline.commands.run import run
from pipeline.commands.undo import undo
from pipeline.domain.embedded_metadata import SHEET as HIDDEN
from pipeline.intake.roster import read_roster
from pipeline.outside.ledger import open_ledger
from pipeline.outside.ledger.point_in_time import PointInTime
from pipeline.publish.snapshot import snapshot
from pipeline.settings import Settings, load_settings
from pipeline.settings.catalogue import in_force
from schemas.roster.samples import AREAS
from tests.tools.customers import SHOP, drop, shops

ADDED = ("备注2", "老客户")
"""The label of a column that staff added, and what it says of one customer."""


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, date, dict[date, Path]]:
    """The office after its last day, that day, and the masters as the last run of each day left them."""
    folder = tmp_path_factory.mktemp("played")
    settings = load_settings({}, environ={}, folder=folder).settings.model_copy(update={"settle_seconds": 0})
    kept: dict[date, Path] = {}

    def keep(day: date) -> None:
        kept[day] = folder / f"kept-{day}.xlsx"
        kept[day].write_bytes((settings.outbox / "master.xlsx").read_bytes())

    for scene in play(settings, every=True):
        keep(day := scene.scene.day)
    add_a_column(settings.outbox / "master.xlsx")
    day += timedelta(1)
    drop(settings, shops({**SHOP, "licence_no": "131123100190", "customer_name": "福来"}, name="补登.xlsx"))
    run(settings, today=day)
    keep(day)
    day += timedelta(1)
    undo(settings, "补登.xlsx", today=day)
    drop(settings, AREAS)  # known: nothing new
    run(settings, today=day)
    keep(day)
    return settings, day, kept


def add_a_column(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    page = book["客户"]
    header = next(row for row in page.iter_rows() if row[0].value == "许可证号")
    at, line = page.max_column + 1, header[0].row
    page.cell(line, at).value = ADDED[0]
    page.cell(line + 1, at).value = ADDED[1]
    book.save(path)


def parts(path: Path) -> dict[str, bytes]:
    """What a workbook is made of, by name, but for the moment at which it was written."""
    with zipfile.ZipFile(path) as package:
        return {
            name: re.sub(rb"<dcterms:\w+ .*?</dcterms:\w+>", b"", package.read(name)) for name in package.namelist()
        }


def cells(path: Path) -> dict[tuple[str, str], object]:
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def test_todays_master_restored_is_todays_master(played: tuple[Settings, date, dict[date, Path]]) -> None:
    settings, day, _ = played
    live, restored = settings.outbox / "master.xlsx", restore(settings, day)

    assert (ours := cells(restored)) == cells(live)
    assert set(ADDED) <= set(map(str, ours.values()))
    assert parts(restored) == parts(live)
    assert sum(name.startswith("xl/charts/chart") for name in parts(restored)) > 20


def test_the_rest_of_the_office_is_seen_as_it_stands_too(played: tuple[Settings, date, dict[date, Path]]) -> None:
    """What the page and the mails are made of, and the master is not: trends, steps, findings."""
    settings, day, _ = played
    catalogue = in_force(settings)
    with open_ledger(settings.ledger, create=False) as ledger, ledger.transaction() as uow:
        number, _ = uow.runs.last() or (0, day)
        then = PointInTime(uow, number)
        assert then.events.position() == uow.events.position()
        assert then.events.position().undone > 0
        now, was = (
            snapshot(books, catalogue, read_roster(catalogue, books, day), "", "zh", day, number)
            for books in (uow, then)
        )
        assert (was.roster, was.figures, was.elapsed, was.pending) == (
            now.roster,
            now.figures,
            now.elapsed,
            now.pending,
        )
        assert (was.findings, was.lately, was.changes) == (now.findings, now.lately, now.changes)
        assert (was.trends.runs, was.trends.steps) == (now.trends.runs, now.trends.steps)
        assert sorted(map(repr, was.trends.findings)) == sorted(map(repr, now.trends.findings))
        assert all((now.trends.runs, now.trends.steps, now.trends.findings, now.findings, now.changes))


def test_an_earlier_point_in_time_knows_nothing_later(played: tuple[Settings, date, dict[date, Path]]) -> None:
    settings, day, _ = played
    with open_ledger(settings.ledger, create=False) as ledger, ledger.transaction() as uow:
        first, last = (uow.runs.last_until(each) for each in (date(2026, 11, 2), day))
        assert first and last and first[0] < last[0]
        then = PointInTime(uow, first[0])
        assert all(event.run <= first[0] for event in then.events.find())
        assert {each.number for each in then.runs.with_news(99)} <= set(range(first[0] + 1))
        assert all(each.closed is None or each.closed <= first[1] for each in then.findings.seen(date(2026, 1, 1)))
        assert len(then.findings.seen(date(2026, 1, 1))) < len(uow.findings.seen(date(2026, 1, 1)))
        assert sum(then.events.count_steps(date(2026, 1, 1)).values()) < sum(
            uow.events.count_steps(date(2026, 1, 1)).values()
        )


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 11, 2),
        date(2026, 11, 3),
        date(2026, 11, 4),
        date(2026, 11, 5),
    ],
)
def test_an_earlier_days_master_is_that_days_but_for_what_staff_added_since(
    played: tuple[Settings, date, dict[date, Path]], day: date
) -> None:
    settings, last, kept = played
    assert day < last
    restored, was = cells(restore(settings, day)), cells(kept[day])
    for each in (restored, was):
        for at in [at for at, value in each.items() if at[0] == HIDDEN or value in ADDED]:
            del each[at]
    assert restored == was
