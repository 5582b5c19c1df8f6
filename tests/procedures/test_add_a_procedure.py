"""``docs/procedures.md``, "Add a procedure", followed literally: its file, its setting, its commands, then a week of work."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.tools.command import ROOT, pipeline
from tests.tools.office import Office

PAGE = (ROOT / "docs" / "procedures.md").read_text(encoding="utf-8")
PEOPLE = [("P01", "刘门卫", "门卫"), ("H01", "陈主管", "后勤主管")]


def step(number: int) -> str:
    found = re.search(rf"^{number}\. .*?(?=^{number + 1}\. |^The sheet is read)", PAGE, re.DOTALL | re.MULTILINE)
    assert found
    return found[0]


def block(text: str, language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    named = re.search(r"`(procedures/[^`]*)`", step(1))
    assert named
    path = tmp_path / named[1]
    path.parent.mkdir(parents=True)
    path.write_text(block(step(1), "python"), encoding="utf-8")
    (tmp_path / "pipeline.toml").write_text(block(step(2), "toml"), encoding="utf-8")
    return tmp_path


def test_the_commands_of_the_page_show_it_and_write_its_sheet(folder: Path) -> None:
    said = []
    for line in block(step(3), "sh").splitlines():
        program, *words = shlex.split(line)
        assert program == "pipeline"
        done = pipeline(folder, *words)
        assert done.returncode == 0, done.stderr
        said.append(done.stdout)
    assert "key_loans  钥匙借用" in said[0] and "后勤主管" in said[0]
    assert (folder / "outbox" / "templates" / "钥匙借用" / "钥匙借用登记表.xlsx").exists()


def test_a_week_of_key_loans(folder: Path) -> None:
    office = Office(folder, (), PEOPLE, procedures_folder=str(folder / "procedures"))
    loan = {"room_name": "档案室", "lent_on": "2026-11-02", "back_by": "2026-11-04"}
    office.drop(
        "key_loan",
        {**loan, "borrower": "王建国"},
        {**loan, "borrower": "陈主管", "room_name": "会议室"},
        {**loan, "borrower": "李四", "lent_on": "2027-01-01"},
    )
    office.run("2026-11-02 09:00")

    assert [row["借用编号"] for row in office.master("钥匙借用")] == ["2611001", "2611002"]
    assert office.record("钥匙借用", "2611001")["当前状态"] == "待批"
    assert any("2027-01-01" in sentence for sentence in office.exceptions())
    assert [row["借用编号"] for row in office.worklist("H01", "审批")] == ["2611001"]  # nobody decides on his own

    decided = {"grant_answer": "同意", "granted_by": "刘门卫"}
    office.drop("key_grant", {"loan_no": "2611001", **decided})
    office.run("2026-11-02 10:00")
    assert "“档案室”的“审批”应由“后勤主管”办理，“刘门卫”不是该岗位的在岗人员" in office.exceptions()

    office.drop("key_grant", {"loan_no": "2611002", **decided, "granted_by": "陈主管"})
    office.answer("H01", {"2611001": {**decided, "granted_by": "陈主管"}})
    office.run("2026-11-02 11:00")
    assert "“会议室”的“借用人”就是陈主管，不能由本人办理“审批”" in office.exceptions()
    assert office.record("钥匙借用", "2611001")["当前状态"] == "借出"
    assert office.record("钥匙借用", "2611001")["应办结日"] == "2026-11-04"
    assert office.tasks("P01") == ["归还"]

    office.run("2026-11-05 09:00")
    assert office.record("钥匙借用", "2611001")["时限提醒"] == "逾期 1 天"

    office.answer("P01", {"2611001": {"returned_on": "2026-11-05"}})
    office.run("2026-11-05 10:00")
    assert office.record("钥匙借用", "2611001")["当前状态"] == "已还"
    assert not office.has_worklist("P01")
