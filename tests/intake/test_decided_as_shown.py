"""Whoever decides on a row of his worklist decides on what it showed: what was changed since, he has to see first."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.commands.demo import answered
from tests.tools.office import Office

PEOPLE = [("FY01", "何敏", "费用专员"), ("FY02", "孙强", "销售主管"), ("FY03", "许会计", "财务")]
GRANT = {"expense_answer": "同意", "granted_by": "孙强", "granted_on": "2026-11-03"}


def request(amount: float, **more: Any) -> dict[str, Any]:
    said = {"expense_kind": "新客户特殊费用", "expense_customer": "乙店", "requested_amount": amount}
    return {**said, "expense_use": "开业", "requested_on": "2026-11-02", "requested_by": "何敏"} | more


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path, ["relationship_expenses"], PEOPLE)
    office.drop("expense_request", request(600))
    office.run("2026-11-02 09:00")
    return office


def worklist(office: Office) -> bytes:
    (path,) = (office.settings.outbox / "worklists").glob("FY02-*.xlsx")
    return path.read_bytes()


def hand_in(office: Office, content: bytes, at: str) -> None:
    office.put("旧任务表.xlsx", answered(content, office.catalogue, {"FY261101": GRANT}))
    saved = datetime.fromisoformat(at).timestamp()
    os.utime(office.settings.inbox / "旧任务表.xlsx", (saved, saved))


@pytest.mark.parametrize("one_run", [False, True])
def test_what_was_raised_meanwhile_is_not_granted_by_a_worklist_that_shows_the_old_sum(
    office: Office, one_run: bool
) -> None:
    old = worklist(office)
    name = office.drop("expense_request", request(6000))
    saved = datetime.fromisoformat("2026-11-03 08:00").timestamp()
    os.utime(office.settings.inbox / name, (saved, saved))
    if not one_run:
        office.run("2026-11-03 09:00")
    hand_in(office, old, "2026-11-03 09:30")
    summary = office.run("2026-11-03 10:00")

    assert summary.rows.rejected == 1
    record = office.record("费用申请", "FY261101")
    assert (record["当前状态"], record["申请金额"]) == ("待批", 6000)
    said = "任务表写出以后，“乙店”的申请金额由“600”改为“6000”，“费用审批”没有采用"
    assert said in office.exceptions()
    assert said in office.mails("FY02")[-1]

    office.answer("FY02", {"FY261101": GRANT})  # on the newest worklist, as he is told
    office.run("2026-11-03 11:00")
    assert office.record("费用申请", "FY261101")["当前状态"] == "已批"
    assert office.exceptions() == []


def test_what_has_not_changed_is_granted_by_an_old_worklist(office: Office) -> None:
    old = worklist(office)
    office.drop("expense_request", request(300, expense_customer="丙店"))
    office.run("2026-11-03 09:00")
    hand_in(office, old, "2026-11-03 09:30")
    office.run("2026-11-03 10:00")
    assert office.record("费用申请", "FY261101")["当前状态"] == "已批"
