"""What only happened is told once: the next mail tells what is new since, and nothing that reminds grows into a fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.commands.demo import answered
from pipeline.settings import Settings
from schemas.language.catalogue import load_catalogue
from schemas.language.sample import Cells
from tests.intake.test_overlapping_papers import SECOND, VISIT, dropped
from tests.publish.test_escalation import KEEPER, MANAGER, mailed, november
from tests.tools.customers import KEY, SHOP, new_office, office

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
    filled_worklist(settings, {"contact_phone": "13932820099"})
    assert REPLACED in mailed(settings, november(4))[CLERK][1]

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


def test_a_file_that_only_reminds_never_comes_before_the_manager(settings: Settings) -> None:
    (settings.inbox / "刘洋").mkdir()
    (settings.inbox / "刘洋" / "一页通.xlsx").write_bytes(
        (next((settings.outbox / "help").glob("*.xlsx"))).read_bytes()
    )
    mailed(settings, november(3))

    later = [mailed(settings, november(day)) for day in (4, 5, 6, 9)]

    assert all(MANAGER not in told for told in later)
    assert not (settings.outbox / "worklists" / "S01-赵敏.xlsx").exists()
