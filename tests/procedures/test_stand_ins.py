"""Somebody is away, or may not do what is his own: his stand-in does it, or the superior role, and the record says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.procedures.test_complaints import ALLOWED, MEASURES, approval, complaint, solution
from tests.tools.office import Office

PEOPLE = [
    ("TS01", "陈静", "销售主管"),
    ("TS02", "周岚", "经理、销售主管"),
    ("TS03", "高建军", "总经理"),
    ("TS04", "沈立", "销售主管"),
]
SHEET, KEY = "重点客户申报", "惠民超市-销售一部"
WHY = "分配依据"


def decided(by: str) -> dict[str, Any]:
    return {"claim_answer": "同意", "claim_decided_by": by, "claim_decided_on": "2026-11-03"}


def claimed(folder: Path, by: str, **manager: Any) -> Office:
    """An office in which *by* has claimed a key account; the manager's row of the staff list says *manager*."""
    office = Office(folder, ["tiers"], PEOPLE)
    if manager:
        said = {"staff_no": "TS02", "staff_name": "周岚", "staff_role": "经理", "staff_also": "销售主管"}
        office.drop("staff_list", said | {"staff_email": "TS02@example.com"} | manager)
    office.run("2026-11-02 09:00")
    claim = {"claim_customer": "惠民超市", "claim_unit": "销售一部", "claim_ground": "长期供货", "claim_by": by}
    office.drop("key_account_claim", claim)
    office.run("2026-11-03 09:00")
    return office


def who(office: Office) -> tuple[str, str]:
    record = office.record(SHEET, KEY)
    return record["当前办理人"], record[WHY]


def test_what_is_the_only_managers_own_goes_to_the_superior_role(tmp_path: Path) -> None:
    office = claimed(tmp_path, "周岚")
    assert who(office) == ("高建军", "按岗位（申报审批）；周岚不能办自己经手的，交上级岗位“总经理”办理")

    office.answer("TS03", {KEY: decided("高建军")})
    office.run("2026-11-03 10:00")
    assert office.record(SHEET, KEY)["当前状态"] == "已注册"
    assert office.exceptions() == []


def test_or_to_the_stand_in_that_the_roster_names(tmp_path: Path) -> None:
    office = claimed(tmp_path, "周岚", staff_stand_in="沈立")
    assert who(office) == ("沈立", "按岗位（申报审批）；周岚不能办自己经手的，由代办人沈立办理")

    office.answer("TS04", {KEY: decided("沈立")})
    office.run("2026-11-03 10:00")
    assert office.record(SHEET, KEY)["当前状态"] == "已注册"


def test_a_stand_in_who_made_it_himself_is_said_to_be_barred(tmp_path: Path) -> None:
    away = {"staff_away_from": "2026-11-03", "staff_away_to": "2026-11-04"}
    office = claimed(tmp_path, "沈立", staff_stand_in="沈立", **away)
    assert who(office) == (
        "高建军",
        "按岗位（申报审批）；周岚（2026-11-03至2026-11-04）不在岗，代办人沈立也不能办自己经手的，交上级岗位“总经理”办理",
    )


def test_who_is_away_and_names_no_stand_in_is_told_until_he_does_or_is_back(tmp_path: Path) -> None:
    office = claimed(tmp_path, "陈静", staff_away_from="2026-11-03", staff_away_to="2026-11-04")
    told = "周岚（2026-11-03 至 2026-11-04）不在岗，没有写代办人，这几天的事仍派给本人"
    assert told in office.exceptions()
    office.run("2026-11-05 09:00")
    assert told not in office.exceptions()


def test_what_falls_due_while_somebody_is_away_with_nobody_to_stand_in_is_told_to_who_watches(tmp_path: Path) -> None:
    """The claim comes on Tuesday, 3 November, and is to be decided while the only manager is away; of a leave that is over
    before it is due nothing is told.
    """
    for name in ("long", "short"):
        (tmp_path / name).mkdir()
    office = claimed(tmp_path / "long", "陈静", staff_away_from="2026-11-03", staff_away_to="2026-11-20")
    due = office.record(SHEET, KEY)["应办结日"]
    assert "2026-11-03" < due < "2026-11-20"
    told = "周岚（2026-11-03–2026-11-20）不在岗，没有代办人，这几天到期的有 1 件：惠民超市"
    # she alone watches over it, and is not there to read of it
    assert ("办公室", told) in [(row["由谁处理"], row["问题"]) for row in office.open_exceptions()]
    office.run("2026-11-04 09:00")
    assert told in office.exceptions()
    person = {"staff_no": "TS02", "staff_name": "周岚", "staff_role": "经理", "staff_also": "销售主管"}
    office.drop("staff_list", person | {"staff_stand_in": "沈立", "staff_email": "TS02@example.com"})
    office.run("2026-11-04 10:00")
    assert told not in office.exceptions()
    assert who(office)[0] == "沈立"

    short = claimed(tmp_path / "short", "陈静", staff_away_from="2026-11-03", staff_away_to="2026-11-03")
    assert not [each for each in short.exceptions() if "到期的有" in each]


def test_that_nobody_can_do_it_is_told_to_somebody_who_is_there(tmp_path: Path) -> None:
    """周岚 alone watches over claims and decides on them; she is away, and so is the general manager: her stand-in made the claim."""
    away = {"staff_away_from": "2026-11-03", "staff_away_to": "2026-11-04"}
    office = Office(tmp_path, ["tiers"], PEOPLE)
    for number, name, role in (("TS02", "周岚", "经理"), ("TS03", "高建军", "总经理")):
        said = {"staff_no": number, "staff_name": name, "staff_role": role, "staff_email": f"{number}@example.com"}
        office.drop("staff_list", said | away | {"staff_stand_in": "陈静"})
    office.run("2026-11-02 09:00")
    claim = {"claim_customer": "惠民超市", "claim_unit": "销售一部", "claim_ground": "长期供货", "claim_by": "陈静"}
    office.drop("key_account_claim", claim)
    office.run("2026-11-03 09:00")
    (row,) = [each for each in office.open_exceptions() if "没有人可办" in each["问题"]]
    assert (row["由谁处理"], office.record(SHEET, KEY)["当前办理人"]) == ("陈静", None)


def test_a_signature_of_a_day_on_which_its_signer_was_away_is_told(tmp_path: Path) -> None:
    away = {"staff_away_from": "2026-11-03", "staff_away_to": "2026-11-04", "staff_stand_in": "沈立"}
    office = claimed(tmp_path, "陈静", **away)
    office.run("2026-11-05 09:00")
    office.answer("TS02", {KEY: decided("周岚")})  # of 3 November
    office.run("2026-11-05 10:00")
    assert office.record(SHEET, KEY)["当前状态"] == "已注册"
    assert [each for each in office.exceptions() if "不在岗" in each] == [
        "申报审批人“周岚”在 2026-11-03 不在岗（2026-11-03–2026-11-04）"
    ]


INSTALLERS = [("AZ01", "李敏", "市场部"), ("AZ02", "严总", "运行总监"), ("AZ03", "冯市", "市场部")]


def installation(folder: Path, signed: date, *more: tuple[str, str, str], **away: str) -> Office:
    """李敏 has concluded a contract on 11-03, and drops 严总's approval into her folder on the day it was *signed*."""
    folder.mkdir(exist_ok=True)
    office = Office(folder, ["installation"], [*INSTALLERS, *more])
    said = {"staff_no": "AZ02", "staff_name": "严总", "staff_role": "运行总监", "staff_email": "AZ02@example.com"}
    office.drop("staff_list", said | {"staff_stand_in": "李敏"} | away)
    office.run("2026-11-02 09:00")
    contract = {"contract_no": "A1", "install_site": "惠民超市", "site_place": "周窝村", "notice_no": "T1"}
    office.drop("install_contract", contract | {"contract_signed": "2026-11-03", "market_by": "李敏"})
    office.run("2026-11-03 09:00")
    (office.settings.inbox / "李敏").mkdir(exist_ok=True)
    approval = {"contract_no": "A1", "install_answer": "同意", "director_signed": "严总"}
    office.drop("install_approval", approval, name="李敏/审批.xlsx")
    office.run(f"{signed} 10:00")
    assert office.record("入网安装", "A1")["当前状态"] == "待收资料"
    return office


def told_of_absence(office: Office) -> list[tuple[Any, Any]]:
    rows = office.open_exceptions() if office.exceptions() else []
    return sorted((row["由谁处理"], row["问题"]) for row in rows if "在岗" in str(row["问题"]))


def test_a_decision_signed_for_who_is_away_is_told_to_somebody_else_than_who_brought_it(tmp_path: Path) -> None:
    """严总 is away from 11-02 to 11-06; what came on 11-03 cannot have been signed before he went. He alone watches over it."""
    away = {"staff_away_from": "2026-11-02", "staff_away_to": "2026-11-06"}
    sentence = "运行总监签字“严总”在 2026-11-04 不在岗（2026-11-02–2026-11-06）"
    office = installation(tmp_path / "one", date(2026, 11, 4), **away)
    assert told_of_absence(office) == [("办公室", sentence), ("李敏", sentence)]

    two = installation(tmp_path / "two", date(2026, 11, 4), ("AZ04", "韩副", "运行总监"), **away)
    assert told_of_absence(two) == [("李敏", sentence), ("韩副", sentence)]


def test_a_decision_that_may_have_been_signed_before_he_left_is_told_to_nobody(tmp_path: Path) -> None:
    """It came to 严总 on 11-03, he is away from 11-04 on; 李敏 hands in his sheet on 11-04."""
    away = {"staff_away_from": "2026-11-04", "staff_away_to": "2026-11-06"}
    assert told_of_absence(installation(tmp_path, date(2026, 11, 4), **away)) == []


def test_who_is_away_is_stood_in_for_and_has_his_work_back_afterwards(tmp_path: Path) -> None:
    office = claimed(tmp_path, "陈静", staff_stand_in="TS04", staff_away_from="2026-11-03", staff_away_to="2026-11-04")
    why = "按岗位（申报审批）；周岚（2026-11-03至2026-11-04）不在岗，由代办人沈立办理"
    assert who(office) == ("沈立", why)
    assert office.tasks("TS02") == []

    office.run("2026-11-04 09:00")
    assert who(office) == ("沈立", why)
    office.run("2026-11-05 09:00")
    assert who(office) == ("周岚", "按岗位（申报审批）；由沈立转来：代办已结束")


def test_who_is_away_reads_in_one_line_what_went_to_his_stand_in_from_the_start(tmp_path: Path) -> None:
    """Two claims come while she is away: they were never hers, and yet hers to decide."""
    office = claimed(tmp_path, "陈静", staff_stand_in="沈立", staff_away_from="2026-11-03", staff_away_to="2026-11-04")
    assert "您的 1 件由沈立代办：惠民超市" in office.mails("TS02")[-1]
    more = {"claim_customer": "平安街烟酒店", "claim_unit": "销售一部", "claim_ground": "长期供货", "claim_by": "陈静"}
    office.drop("key_account_claim", more)
    office.run("2026-11-03 10:00")
    letter = office.mails("TS02")[-1]
    assert letter.count("由沈立代办") == 1
    assert "您的 2 件由沈立代办：" in letter
    assert "平安街烟酒店" in letter
    assert "由沈立代办" not in "".join(office.mails("TS01") + office.mails("TS03"))


def test_who_has_left_is_stood_in_for_too(tmp_path: Path) -> None:
    office = claimed(tmp_path, "陈静", staff_stand_in="沈立", serves_to="2026-11-02")
    assert who(office) == ("沈立", "按岗位（申报审批）；周岚不在岗，由代办人沈立办理")


@pytest.mark.parametrize("name", ["王五", "周岚"])
def test_a_stand_in_who_is_nobody_is_told_and_the_superior_does_it(tmp_path: Path, name: str) -> None:
    office = claimed(tmp_path, "陈静", staff_stand_in=name, staff_away_from="2026-11-03", staff_away_to="2026-11-04")
    assert f"周岚的代办人“{name}”不是在岗的另一个人，没有人代办" in office.exceptions()
    assert who(office)[0] == "高建军"


def test_nobody_else_may_do_it_in_his_place(tmp_path: Path) -> None:
    office = claimed(tmp_path, "周岚", staff_stand_in="沈立")
    office.drop("key_account_decision", {"claim_no": KEY, **decided("陈静")})
    office.run("2026-11-03 10:00")
    assert office.record(SHEET, KEY)["当前状态"] == "待审批"
    assert any("应由“经理（现由沈立办理）”办理，“陈静”不是该岗位的在岗人员" in each for each in office.exceptions())


def test_measures_that_the_only_manager_carries_out_are_confirmed_by_the_superior_role(tmp_path: Path) -> None:
    people = [("TS01", "陈静", "投诉专员"), ("TS02", "周岚", "经理"), ("TS03", "高建军", "总经理")]
    office = Office(tmp_path, ["complaints"], people)
    office.drop("complaint", complaint())
    office.run("2026-11-02 09:00")
    told = {"reply_content": "满意", "told_on": "2026-11-03", "told_by": "陈静"}
    steps = (
        ("TS01", solution()),
        ("TS03", approval("高建军")),
        ("TS01", told),
        ("TS01", {**MEASURES, "measures_owner": "周岚"}),
        ("TS03", {**ALLOWED, "measures_supervisor": "外聘专家"}),
    )
    for hour, (person, said) in enumerate(steps, 9):
        office.answer(person, {"261101": said})
        office.run(f"2026-11-03 {hour:02d}:00")
    record = office.record("客户投诉", "261101")
    assert (record["当前状态"], record["当前办理人"]) == ("措施落实中", "高建军")
    assert record[WHY] == "按岗位（效果验证）；周岚不能办自己经手的，交上级岗位“总经理”办理"
