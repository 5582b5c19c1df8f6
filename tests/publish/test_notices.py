"""Work that comes, goes or is taken back without somebody's doing is told in his next mail, and marked on the worklist."""

from __future__ import annotations

import email
import email.policy
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.commands.undo import undo
from pipeline.settings import Settings
from schemas.roster.samples import AREAS, PEOPLE
from tests.commands.test_demo import below
from tests.intake.test_handed_over_areas import area, staff
from tests.publish.test_escalation import KEEPER, MANAGER, mailed, november
from tests.tools.customers import SHOP, drop, new_office, shops

CLERK, RECEIVER = "clerk@example.com", "k01@example.com"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = new_office(tmp_path, clerk=CLERK)
    for sheet in (PEOPLE, AREAS, shops(SHOP)):
        drop(found, sheet)
    return found


def standing(settings: Settings, person: str) -> str:
    """What the first task of somebody's worklist says of the shop's standing."""
    (path,) = (settings.outbox / "worklists").glob(f"{person}-*.xlsx")
    rows: list[dict[str, Any]] = below(openpyxl.load_workbook(path)["核实"], "许可证号")
    (row,) = [row for row in rows if row["许可证号"] == SHOP["licence_no"]]
    return str(row["时限提醒"] or "")


def test_a_row_is_new_on_the_day_it_comes(settings: Settings) -> None:
    mailed(settings, november(3))
    assert standing(settings, "K02") == "新"
    mailed(settings, november(4))
    assert standing(settings, "K02") == ""


def test_of_an_area_that_changes_hands_giver_and_receiver_are_told(settings: Settings) -> None:
    mailed(settings, november(3))
    drop(settings, area(account_manager_no="K01"))

    told = mailed(settings, november(4))

    assert "由李秀英转来 1 件（辖区换人）：惠民超市" in told[RECEIVER][1]
    assert "您的 1 件转给王建国（辖区换人）：惠民超市" in told[KEEPER][1]
    assert told[KEEPER][0].endswith("1 项供您了解")
    assert "今天没有需要您处理的事项" not in told[KEEPER][1]
    assert standing(settings, "K01") == "移交自李秀英，新"
    mailed(settings, november(5))
    assert standing(settings, "K01") == "移交自李秀英"


def test_who_stands_in_reads_for_whom_and_what_became_late_meanwhile_stays_late(settings: Settings) -> None:
    mailed(settings, november(3))  # due on Friday the 6th
    drop(settings, staff("K02", staff_stand_in="K01", staff_away_from="2026-11-04", staff_away_to="2026-11-10"))

    told = mailed(settings, november(4))
    assert "代李秀英办理 1 件：惠民超市" in told[RECEIVER][1]
    assert "您的 1 件由王建国代办：惠民超市" in told[KEEPER][1]
    assert standing(settings, "K01") == "代李秀英，新"
    assert "李秀英 1 件" not in str(told)
    assert "王建国 1 件" in mailed(settings, november(9))[MANAGER][1]

    told = mailed(settings, november(11))
    assert "由王建国转来 1 件（代办已结束），其中逾期 1 件：惠民超市" in told[KEEPER][1]
    assert standing(settings, "K02") == "逾期 5 天，移交自王建国，新"


def test_what_is_undone_is_told_to_who_had_it_and_to_the_clerk(settings: Settings) -> None:
    mailed(settings, november(3))
    drop(settings, shops({**SHOP, "licence_no": "131123100034", "customer_name": "好又多"}, name="又一户.xlsx"))
    mailed(settings, november(4))
    before = set(settings.mail_folder.glob("*.eml"))

    undo(settings, "又一户.xlsx", today=november(5))

    texts = {}
    for path in set(settings.mail_folder.glob("*.eml")) - before:
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        body = message.get_body(("plain",))
        assert body is not None
        texts[str(message["To"])] = body.get_content()
    for reader in (KEEPER, CLERK):
        assert "撤销了《又一户.xlsx》：好又多 131123100034，共 1 件" in texts[reader]
        assert "pipeline undo 又一户.xlsx" in texts[reader]
