"""A stored record is the sum of its events, field by field: the doctor, a rebuild and an undo find nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.commands.demo import answered
from pipeline.commands.doctor import examine
from tests.tools.office import Office

PEOPLE = [("K01", "王建国", "客户经理"), ("DA01", "方晴", "档案管理员"), ("S01", "赵敏", "市场经理")]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office with one file, of which all six wanted items are missing, waiting to be completed."""
    office = Office(tmp_path, ["customer_files"], PEOPLE)
    office.drop(
        "customer_file",
        {
            "file_customer": "老刘烟酒",
            "file_class": "会员",
            "file_holder": "方晴",
            "filed_on": "2026-11-02",
            "file_by": "王建国",
        },
    )
    office.run("2026-11-02 09:00")
    return office


def test_a_step_that_leads_out_and_back_in_one_run_is_borne_by_events(office: Office) -> None:
    office.answer("K01", {"A0001": {"file_goods": "副食", "file_terms": "现结", "file_completed_by": "王建国"}})
    office.run("2026-11-04 09:00")

    record = office.record("客户档案", "A0001")
    assert (record["当前状态"], record["主营品类"], record["结算方式"]) == ("待补充", "副食", "现结")
    problems = [
        each.problem.zh for each in examine(office.settings, office.catalogue, date(2026, 11, 4)) if each.problem
    ]
    assert [each for each in problems if "不符" in each] == []


def test_a_worklist_s_row_that_led_nowhere_new_may_be_completed_on_the_same_copy(office: Office) -> None:
    (worklist,) = (office.settings.outbox / "worklists").glob("K01-*.xlsx")
    copy = worklist.read_bytes()
    for name, cells in (("一.xlsx", {"file_goods": "副食"}), ("二.xlsx", {"file_goods": "副食", "file_terms": "现结"})):
        answers = {"A0001": {**cells, "file_completed_by": "王建国"}}
        (office.settings.inbox / name).write_bytes(answered(copy, office.catalogue, answers))
        office.run("2026-11-04 09:00")

    assert office.record("客户档案", "A0001")["结算方式"] == "现结"
    assert office.exceptions() == []
