"""The master drawn from the ledger, batch by batch, is the one drawn the plain way from records in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest

from pipeline.domain.customizations import AddedColumn, Additions, PageSetup
from pipeline.domain.office import Office
from pipeline.domain.record import RecordState
from pipeline.domain.record_set import InMemoryRecords, by_key
from pipeline.outside.ledger import open_ledger
from pipeline.render.reports import master as render
from pipeline.render.wording import caption
from pipeline.render.xlsx import in_batches, write_workbook
from pipeline.render.xlsx.input_hash import input_hash
from pipeline.render.xlsx.workbook import Book
from schemas.language import Field, Kind
from tests.render.offices import office, shop, with_fields
from tests.render.opened import opened
from tests.render.xlsx.test_splice_rows import everything
from tests.tools.shop import SHOPS, TODAY, words

COUNT = 2345
"""Three batches, the last one cut short."""


def shops() -> list[RecordState]:
    """As awkward as shops may be: late and in time, sent back, without an owner, with text that looks like a formula."""
    states = ("new", "to_look", "done")
    return [
        replace(
            shop(
                f"{number:05}",
                states[number % 3],
                late=number % 5 - 2,
                owner="" if number % 7 == 0 else "K1",
                reason="再看" if number % 11 == 0 else "",
                shop_tel=("=1+1", " 139 ", "<b>&", "_x0041_", "13900000000")[number % 5],
            ),
            notes={"门头": "=红"} if number % 13 == 0 else {},
        )
        for number in range(COUNT)
    ]


def plain(here: Office) -> bytes:
    """The master with every row held in memory and written by the library alone."""
    with (
        patch.object(in_batches, "AT_ONCE", COUNT),
    ):
        return render.master(here, partial(write_workbook.write, spliced_above=10**9))


SETUP = Additions(
    pages={
        "shops": PageSetup(
            columns=(AddedColumn("我的", SHOPS.fields[1].label.zh, {"00003": "=x", "02000": "好", "02344": "末"}),),
            filters={caption("state", "zh"): (SHOPS.states[-1].words.zh,)},
            hidden=frozenset({"店铺电话"}),
        )
    }
)


@pytest.mark.parametrize("additions", [Additions(), SETUP], ids=["as we write it", "as staff have set it up"])
def test_the_fast_master_is_the_plain_one_cell_by_cell_and_style_by_style(tmp_path: Path, additions: Additions) -> None:
    held = shops()
    ledger = open_ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    with ledger.transaction() as uow:
        uow.records.put(held)
    here = replace(office(*held, today=TODAY + timedelta(1)), additions=additions)
    with ledger.transaction() as uow:
        fast = render.master(replace(here, entries={"shops": uow.records.of_register("shops")}))
    ledger.close()
    expected = opened(plain(replace(here, entries={"shops": InMemoryRecords(by_key(held))})))
    found = opened(fast)
    assert found.sheetnames == expected.sheetnames
    for sheet in expected.worksheets:
        ours, theirs = everything(found[sheet.title]), everything(sheet)
        for what, value in theirs.items():
            assert ours[what] == value, (sheet.title, what)
    hidden = [number for number, size in found.worksheets[0].row_dimensions.items() if size.hidden]
    assert hidden == [number for number, size in expected.worksheets[0].row_dimensions.items() if size.hidden]
    assert bool(hidden) is bool(additions.pages)


def test_a_long_master_is_another_one_when_the_hour_of_a_record_has_passed() -> None:
    """Its rows are known by their records' versions, which the clock does not change."""
    field = Field("by", words("时限"), Kind.MOMENT)
    stages = tuple(replace(each, due_by="by") if each.state == "to_look" else each for each in SHOPS.stages)
    register = replace(with_fields(field), stages=stages)
    hour = replace(shop("2", "to_look"), due=TODAY)  # not of the first batch
    hour = replace(hour, values={**hour.values, "by": f"{TODAY.isoformat()}T10:00"})
    here = office(shop("1", "to_look", late=-9), hour, register=register)

    def known(clock: time) -> str:
        uow: list[Book] = []
        with patch.object(in_batches, "AT_ONCE", 1):
            render.master(replace(here, clock=clock), lambda book: uow.append(book) or b"")
        return input_hash(uow[0])

    assert known(time(9)) == known(time(9, 59)) != known(time(10, 1))


def test_libreoffice_opens_a_master_of_many_batches(as_pdf: Callable[[bytes], bytes]) -> None:
    assert as_pdf(render.master(office(*shops(), today=date(2026, 11, 24)))).startswith(b"%PDF")
