"""A cell of the master and a change sheet about the very same cell, in one batch: neither is passed over in silence."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from pipeline.commands.run import run
from pipeline.settings import Settings
from schemas.language.sample import Filled
from schemas.roster.samples import AREAS, PEOPLE
from tests.intake.test_master_diff import edit, put
from tests.tools.customers import KEY, SHOP, customers, drop, new_office, shops, told

NEXT = date(2026, 11, 4)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = new_office(tmp_path)
    for sheet in (PEOPLE, AREAS, shops(SHOP)):
        drop(found, sheet)
    run(found, today=date(2026, 11, 3))
    return found


@pytest.mark.parametrize("first", ["master", "change"])
def test_a_wrong_number_in_the_master_is_told_though_a_change_sheet_sets_the_cell(
    settings: Settings, first: str
) -> None:
    master = edit(settings, put("联系电话", "1393281"), by="赵敏")
    row = {
        "licence_no": KEY,
        "change_kind": "变更",
        "change_item": "联系电话",
        "changed_to": "13932829999",
        "effective_on": "2026-11-04",
        "change_reason": "换号",
        "handled_by": "李敏",
    }
    change = drop(settings, Filled("变更.xlsx", "change_sheet", (row,)))
    moment = master.stat().st_mtime
    os.utime(change, (moment, moment + (60 if first == "master" else -60)))

    run(settings, today=NEXT)

    assert customers(settings)[KEY]["联系电话"] == "13932829999"
    assert any("1393281" in sentence.replace("13932820018", "") for _, sentence in told(settings))
