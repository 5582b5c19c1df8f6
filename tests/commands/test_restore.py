"""The master of an earlier day: what stood then, also what was taken back since; today's is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from pipeline.cli.main import main
from pipeline.commands.restore import NothingThenError, restore
from pipeline.commands.run import run
from pipeline.commands.undo import undo
from pipeline.settings import Settings
from schemas.roster.samples import AREAS, PEOPLE
from tests.tools.customers import SHOP, drop, new_office, shops

FIRST, SECOND, THIRD, LAST = (date(2026, 11, day) for day in (2, 3, 4, 5))
OTHER = {**SHOP, "licence_no": "131123100026", "customer_name": "平安超市", "contact_phone": "13932820026"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An office on four days: its roster; a shop; its new name and another shop; the other shop taken back."""
    found = new_office(tmp_path)
    drop(found, PEOPLE)
    drop(found, AREAS)
    run(found, today=FIRST)
    drop(found, shops(SHOP))
    run(found, today=SECOND)
    drop(found, shops({**SHOP, "customer_name": "惠民商店"}, name="更正.xlsx"))
    drop(found, shops(OTHER, name="另一户.xlsx"))
    run(found, today=THIRD)
    undo(found, "另一户.xlsx", today=LAST)
    return found


def page(path: Path, title: str, key: str) -> list[dict[str, Any]]:
    rows = list(openpyxl.load_workbook(path)[title].iter_rows(values_only=True))
    header = next(at for at, row in enumerate(rows) if key in row)
    return [dict(zip(map(str, rows[header]), row, strict=True)) for row in rows[header + 1 :] if any(row)]


def names(path: Path) -> dict[str, str]:
    return {row["许可证号"]: row["客户名称"] for row in page(path, "客户", "许可证号")}


def test_each_day_is_written_as_it_stood(settings: Settings) -> None:
    assert names(restore(settings, SECOND)) == {"131123100018": "惠民超市"}
    assert names(restore(settings, THIRD)) == {"131123100018": "惠民商店", "131123100026": "平安超市"}
    assert names(restore(settings, LAST)) == {"131123100018": "惠民商店"}


def test_a_day_without_a_run_is_as_the_last_run_before_it_left_it(settings: Settings) -> None:
    drop(settings, shops(OTHER, name="再来.xlsx"))
    run(settings, today=date(2026, 11, 12))
    assert names(restore(settings, date(2026, 11, 8))) == {"131123100018": "惠民商店"}


def test_people_are_called_as_on_that_day(settings: Settings) -> None:
    renamed = replace(
        PEOPLE, name="改名.xlsx", records=tuple({**each, "staff_name": "新名"} for each in PEOPLE.records)
    )
    drop(settings, renamed)
    run(settings, today=date(2026, 11, 9))

    (shop,) = page(restore(settings, SECOND), "客户", "许可证号")
    assert shop["当前办理人"] == "李秀英"
    (shop,) = page(restore(settings, date(2026, 11, 9)), "客户", "许可证号")
    assert shop["当前办理人"] == "新名"


def test_what_had_changed_by_then_is_told_and_nothing_later(settings: Settings) -> None:
    assert "近 90 天变更" not in openpyxl.load_workbook(restore(settings, SECOND)).sheetnames
    (change,) = page(restore(settings, THIRD), "近 90 天变更", "原值")
    assert (change["原值"], change["新值"]) == ("惠民超市", "惠民商店")


def test_todays_master_is_left_as_it_is(settings: Settings) -> None:
    live = settings.outbox / "master.xlsx"
    before = live.read_bytes()

    assert restore(settings, SECOND) == settings.outbox / "restored" / "master-2026-11-03.xlsx"
    assert live.read_bytes() == before


def test_a_day_before_the_first_run_has_no_master(settings: Settings) -> None:
    with pytest.raises(NothingThenError, match="no run up to 2026-11-01"):
        restore(settings, date(2026, 11, 1))


def test_a_day_that_has_not_come_has_no_master_either(settings: Settings) -> None:
    with pytest.raises(NothingThenError) as refused:
        restore(settings, date(2999, 1, 1))
    assert "2999-01-01 还没有到" in refused.value.to("zh") and refused.value.exit_code == 2
    assert not (settings.outbox / "restored").exists()


def test_a_folder_that_is_not_there_is_made(settings: Settings, tmp_path: Path) -> None:
    to = tmp_path / "留存" / "2026" / "旧.xlsx"
    assert names(restore(settings, SECOND, to)) == {"131123100018": "惠民超市"}


def test_the_command_writes_where_it_is_told_and_says_where(settings: Settings, tmp_path: Path) -> None:
    to = tmp_path / "旧.xlsx"
    said = CliRunner().invoke(main, ["restore", "--at", "2026-11-03", "--to", str(to), "--ledger", settings.ledger])
    assert (said.exit_code, said.output.strip()) == (0, str(to))
    assert names(to) == {"131123100018": "惠民超市"}
