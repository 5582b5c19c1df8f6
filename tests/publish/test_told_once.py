"""What only happened is told once: the next mail tells what is new since, and nothing that reminds grows into a fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.commands.demo import answered
from pipeline.settings import Settings
from schemas.language.catalogue import load_catalogue
from schemas.language.sample import Cells
from tests.intake.test_handed_over_areas import area
from tests.intake.test_overlapping_papers import SECOND, VISIT, dropped
from tests.publish.test_escalation import KEEPER, MANAGER, mailed, november
from tests.tools.customers import KEY, SHOP, customers, drop, new_office, office

CLERK = "a01@example.com"
REPLACED = "您填过的内容，他人已改"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = new_office(tmp_path)
    office(found)
    return found


def filled_worklist(settings: Settings, cells: Cells) -> None:
    """Fill the row of the shop on 李秀英's worklist, and drop it."""
    (path,) = (settings.outbox / "worklists").glob("K02-*.xlsx")
    (settings.inbox / "任务表.xlsx").write_bytes(answered(path.read_bytes(), load_catalogue(), {KEY: cells}))


def test_what_others_changed_is_told_once_though_later_mails_tell_of_other_things(settings: Settings) -> None:
    dropped(settings, SHOP, name="李敏/台账.xlsx")
    mailed(settings, november(3))
    filled_worklist(settings, {"contact_phone": "13932829918"})
    text = mailed(settings, november(4))[CLERK][1]
    assert REPLACED in text
    assert "18”，李秀英 2026-11-04 改为“另一个，见总表”" in text  # the ends that may be shown are the same

    dropped(settings, SECOND, name="李敏/又一户.xlsx")
    assert REPLACED not in mailed(settings, november(5))[CLERK][1]


def test_a_worklist_filled_by_another_is_told_by_name_and_is_over_the_next_day(settings: Settings) -> None:
    dropped(settings, SHOP, SECOND, name="台账.xlsx")
    mailed(settings, november(3))
    filled_worklist(settings, {**VISIT, "verified_by": "刘洋"})

    told = mailed(settings, november(4))

    assert "李秀英的任务表由刘洋填写交回" in told[MANAGER][1]
    assert "李秀英的任务表由刘洋填写交回" in told[KEEPER][1]
    dropped(settings, {**SHOP, "licence_no": "131123100042", "customer_name": "新店"}, name="新店.xlsx")
    later = mailed(settings, november(5))
    assert "提醒" not in later[KEEPER][0]
    assert all("任务表由" not in text for _, text in later.values())
    assert not list((settings.outbox / "exceptions").glob("K02-*.xlsx"))


def test_a_row_of_an_earlier_worklist_is_told_to_who_has_the_record_now(settings: Settings) -> None:
    dropped(settings, SHOP, name="台账.xlsx")
    mailed(settings, november(3))
    old = next((settings.outbox / "worklists").glob("K02-*.xlsx")).read_bytes()
    drop(settings, area(account_manager_no="K01"))
    mailed(settings, november(4))

    (settings.inbox / "旧任务表.xlsx").write_bytes(answered(old, load_catalogue(), {KEY: VISIT}))
    told = mailed(settings, november(5))

    sentence = f"{KEY}现由王建国办理，李秀英用以前的任务表填了交回"
    assert customers(settings)[KEY]["当前状态"] != "待核实"
    assert sentence in told["k01@example.com"][1]
    assert sentence in told[MANAGER][1]


def test_a_file_that_only_reminds_never_comes_before_the_manager(settings: Settings) -> None:
    (settings.inbox / "刘洋").mkdir()
    (settings.inbox / "刘洋" / "一页通.xlsx").write_bytes(
        (next((settings.outbox / "help").glob("*.xlsx"))).read_bytes()
    )
    mailed(settings, november(3))

    later = [mailed(settings, november(day)) for day in (4, 5, 6, 9)]

    assert all(MANAGER not in told for told in later)
    assert not (settings.outbox / "worklists" / "S01-赵敏.xlsx").exists()
