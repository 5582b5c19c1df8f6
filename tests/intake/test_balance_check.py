"""The books balance after every run, and say so on a page of the master; a record that is missing is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import create_engine, text

from pipeline.commands.run import run
from pipeline.settings import Settings
from schemas.roster.samples import AREAS, PEOPLE
from tests.tools.customers import SHOP, drop, new_office, shops, told

FIRST, SECOND = date(2026, 11, 3), date(2026, 11, 4)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return new_office(tmp_path)


def page(settings: Settings) -> dict[str, tuple[object, ...]]:
    """The page 对账: what stands behind each of its first cells."""
    sheet = openpyxl.load_workbook(settings.outbox / "master.xlsx")["对账"]
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    return {str(row[0]).strip("　 "): tuple(row[1:]) for row in rows if row}


def test_the_page_shows_the_last_run_and_the_sum_of_all(settings: Settings) -> None:
    drop(settings, PEOPLE)
    drop(settings, AREAS)
    run(settings, today=FIRST)
    second = {**SHOP, "licence_no": "131123100026", "contact_phone": "1393"}
    drop(settings, shops(SHOP, second))
    (settings.inbox / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0 no sheet")
    run(settings, today=SECOND)

    found = page(settings)

    assert "第 2 批 2026-11-04" in found["项目"]
    assert found["来件（文件）"] == (2, 4)
    assert found["读取"] == (1, 3)
    assert found["拒收"] == (1, 1)
    assert found["数据行"] == (2, 2 + len(PEOPLE.records) + len(AREAS.records))
    assert found["采用"] == (1, 1 + len(PEOPLE.records) + len(AREAS.records))
    assert found["退回"] == (1, 1)
    assert found["示例行"][1] == 3  # one on each of the three templates
    assert found["客户"] == (1, 0, 1, "相符")
    assert found["人员"] == (len(PEOPLE.records), 0, len(PEOPLE.records), "相符")
    assert any("账目相符" in sentence for sentence in found)


def test_a_run_that_meets_nothing_new_leaves_the_page_as_it_was(settings: Settings) -> None:
    content = drop(settings, PEOPLE).read_bytes()
    run(settings, today=FIRST)
    before = page(settings)

    (settings.inbox / "又一次.xlsx").write_bytes(content)
    summary = run(settings, today=FIRST)

    assert summary.files.known == 1
    assert page(settings) == before


def test_a_record_that_vanished_from_the_ledger_is_told_aloud(settings: Settings) -> None:
    drop(settings, PEOPLE)
    drop(settings, AREAS)
    drop(settings, shops(SHOP))
    run(settings, today=FIRST)
    with create_engine(settings.ledger).begin() as connection:
        connection.execute(text("DELETE FROM entries WHERE register = 'areas' AND key = '131123105'"))

    run(settings, today=SECOND)

    (sentence,) = [sentence for _, sentence in told(settings) if "对账" in sentence]
    assert "辖区" in sentence
    assert "6" in sentence
    assert "5" in sentence
    assert page(settings)["辖区"] == (6, 0, 5, "不符")
    assert any("账目不平" in line for line in page(settings))


def test_the_ledger_carries_the_sums_on_and_sums_up_runs_that_kept_none(settings: Settings) -> None:
    drop(settings, PEOPLE)
    run(settings, today=FIRST)
    with create_engine(settings.ledger).begin() as connection:  # as a version before this one left it
        connection.execute(text("UPDATE runs SET tally = json_remove(tally, '$.balance')"))
    drop(settings, AREAS)

    run(settings, today=SECOND)

    assert page(settings)["数据行"] == (len(AREAS.records), len(PEOPLE.records) + len(AREAS.records))
