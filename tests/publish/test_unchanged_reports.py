"""A workbook that would be the same is not drawn again; one that is gone, or not as it was written, is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from pipeline.commands.run import run
from pipeline.domain.run_summary import RunSummary
from pipeline.publish import reports
from pipeline.render.xlsx.workbook import Book
from pipeline.settings import Settings
from schemas.roster.samples import AREAS, PEOPLE
from tests.tools.customers import DAY, SHOP, drop, shops

MASTER, WORKLIST, OTHER = "master.xlsx", "worklists/K01-王建国.xlsx", "worklists/K02-李秀英.xlsx"
ELSEWHERE = {"licence_no": "131123100026", "shop_address": "武强县武强镇南街2号", "area_of_shop": "武强镇"}


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the workbooks that were drawn: of their first pages."""
    titles: list[str] = []
    write = reports.write

    def writing(book: Book) -> bytes:
        titles.append(book.sheets[0].heading)
        return write(book)

    monkeypatch.setattr(reports, "write", writing)
    return titles


@pytest.fixture
def office(settings: Settings, drawn: list[str]) -> Iterator[Settings]:
    drop(settings, PEOPLE)
    drop(settings, AREAS)
    drop(settings, shops(SHOP, {**SHOP, **ELSEWHERE, "customer_name": "利民超市", "contact_phone": "13932820026"}))
    on(settings)
    drawn.clear()
    yield settings


def on(settings: Settings, day: date = DAY) -> RunSummary:
    return run(settings, today=day)


def contents(settings: Settings) -> dict[str, bytes]:
    return {
        path.relative_to(settings.outbox).as_posix(): path.read_bytes()
        for path in settings.outbox.rglob("*.xlsx")
        if "archive" not in path.parts
    }


def test_a_run_with_nothing_new_draws_no_workbook_and_changes_none(office: Settings, drawn: list[str]) -> None:
    before = contents(office)
    assert MASTER in before
    assert on(office).outputs == []
    assert drawn == []
    assert contents(office) == before


@pytest.mark.parametrize("path", [MASTER, WORKLIST, "handover/em.xlsx"])
def test_a_workbook_that_somebody_deleted_is_there_again(office: Settings, path: str) -> None:
    before = contents(office)
    (office.outbox / path).unlink()
    assert on(office).outputs == [path]
    assert contents(office) == before


@pytest.mark.parametrize("path", [WORKLIST, "handover/em.xlsx"])
def test_a_workbook_that_somebody_wrote_over_is_as_it_was(office: Settings, path: str) -> None:
    before = contents(office)
    (office.outbox / path).write_bytes(before[MASTER])
    assert on(office).outputs == [path]
    assert contents(office) == before


def test_the_day_alone_is_no_reason_to_write_a_worklist_again_a_new_record_is(
    office: Settings, drawn: list[str]
) -> None:
    on(office, DAY + timedelta(1))  # what came yesterday is new no more
    drawn.clear()
    before = contents(office)
    drop(
        office,
        shops({**SHOP, "licence_no": "131123100034", "customer_name": "新民超市", "contact_phone": "13932820034"}),
    )
    outputs = on(office, DAY + timedelta(2)).outputs
    after = contents(office)
    mine = [path for path in (WORKLIST, OTHER) if path in outputs]
    assert len(mine) == 1
    visits = mine[0].replace("worklists/", "visits/")
    assert {path for path in before if before[path] != after[path]} == {MASTER, *mine, visits}
    assert len(drawn) == 3
    day = next(row[0].value for row in openpyxl.load_workbook(office.outbox / mine[0]).worksheets[0]["A2:A2"])
    assert "2026-11-05" in str(day)


def test_a_worklist_is_drawn_again_when_a_deadline_has_passed(office: Settings) -> None:
    assert WORKLIST in on(office, DAY + timedelta(20)).outputs
    cells = [str(cell.value) for row in openpyxl.load_workbook(office.outbox / WORKLIST).worksheets[1] for cell in row]
    assert any("逾期" in cell for cell in cells)


def test_another_version_of_the_program_draws_all_anew(
    office: Settings, drawn: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.render.xlsx.input_hash._program", lambda: "another")
    assert on(office).outputs == []  # the same bytes
    assert len(drawn) >= len(contents(office)) > 4


def test_a_run_killed_before_it_published_is_completed(office: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(
        office,
        shops({**SHOP, "licence_no": "131123100034", "customer_name": "新民超市", "contact_phone": "13932820034"}),
    )

    def killed(path: Path, content: bytes) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("pipeline.publish.outgoing.outbox.publish_file", killed)
        with pytest.raises(KeyboardInterrupt):
            on(office)
    assert MASTER in on(office).outputs
    titles = openpyxl.load_workbook(office.outbox / MASTER)["客户"]
    assert "131123100034" in {str(row[0]) for row in titles.iter_rows(values_only=True)}
