"""A row that is refused because its writer had no business with it leaves alone what whoever has the record has filled."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.office import Office

PEOPLE = [("FY01", "何敏", "费用专员"), ("FY02", "孙强", "销售主管"), ("FY03", "许会计", "财务")]
TOO_EARLY = {"expense_answer": "同意", "grant_reason": "按预算", "granted_on": "2026-11-01"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A request waits for its decision, and comes back to who decides: he has signed before it was asked for."""
    office = Office(tmp_path, ["relationship_expenses"], PEOPLE)
    request = {"expense_kind": "新客户特殊费用", "expense_customer": "惠民超市", "requested_amount": 800, "expense_use": "开业赞助"}  # fmt: skip
    office.drop("expense_request", request | {"requested_on": "2026-11-02", "requested_by": "何敏"})
    office.run("2026-11-02 09:00")
    office.answer("FY02", {"FY261101": TOO_EARLY})
    office.run("2026-11-03 09:00")
    assert filled(office) == ("同意", "按预算")
    return office


def filled(office: Office) -> tuple[object, object]:
    (row,) = office.worklist("FY02", "费用审批")
    return row["费用审批结论"], row["费用审批意见"]


def asked(office: Office) -> dict[str, list[str]]:
    """What is told to whom of the decision, by staff number."""
    lines: dict[str, list[str]] = {}
    for row in office.open_exceptions():
        lines.setdefault(str(row["由谁处理"]), []).append(str(row["问题"]))
    return lines


def slip(office: Office, by: str, on: str) -> None:
    said = {"request_no": "FY261101", "expense_answer": "同意", "granted_by": by, "granted_on": on}
    office.drop("expense_grant", said)


@pytest.mark.parametrize(
    "on", ["2026-11-03", "2026-11-01"]
)  # his slip has a fault of its own, or the very same one, too
def test_a_stranger_s_refused_slip_takes_nothing_from_who_decides(office: Office, on: str) -> None:
    before = asked(office)
    slip(office, "何敏", on)
    summary = office.run("2026-11-03 10:00")

    assert summary.rows.rejected == 1
    assert filled(office) == ("同意", "按预算")
    assert {who: lines for who, lines in asked(office).items() if who in before} == before


def test_what_is_mended_ends_what_the_stranger_was_told_of_too(office: Office) -> None:
    slip(office, "何敏", "2026-11-03")
    office.run("2026-11-03 10:00")
    office.answer("FY02", {"FY261101": {"granted_on": "2026-11-03"}})
    office.run("2026-11-03 11:00")

    assert office.record("费用申请", "FY261101")["当前状态"] == "已批"
    assert office.exceptions() == []


def test_another_paper_of_his_own_takes_the_place_of_the_first(office: Office) -> None:
    slip(office, "孙强", "2026-12-24")
    office.run("2026-11-03 10:00")

    (lines,) = asked(office).values()
    assert len(lines) == 1
    assert "2026-12-24" in lines[0]


@pytest.mark.parametrize("together", [True, False])
def test_a_stranger_reads_why_his_slip_was_refused_though_who_decides_hands_in_a_faulty_one_and_he_another_paper(
    tmp_path: Path, together: bool
) -> None:
    """All of one run: 何敏's slip, 孙强's without a reason, and a second request of 何敏's, which is about something else."""
    office = Office(tmp_path, ["relationship_expenses"], PEOPLE)
    request = {"expense_kind": "礼品", "expense_customer": "惠民超市", "expense_use": "开业", "requested_by": "何敏"}
    office.drop("expense_request", request | {"requested_amount": 800, "requested_on": "2026-11-02"})
    office.run("2026-11-02 09:00")
    said = {"request_no": "FY261101", "granted_on": "2026-11-03"}
    office.drop("expense_grant", said | {"expense_answer": "同意", "granted_by": "何敏"}, name="何敏审批.xlsx")
    if not together:
        office.run("2026-11-03 08:00")
    office.drop("expense_grant", said | {"expense_answer": "退回", "granted_by": "孙强"}, name="孙强审批.xlsx")
    office.drop("expense_request", request | {"requested_amount": 300, "requested_on": "2026-11-03"}, name="申请.xlsx")
    office.run("2026-11-03 09:00")
    told = asked(office)
    assert any("不是该岗位的在岗人员" in each or "本人" in each for each in told["何敏"]), told
    assert any("费用审批意见没有填写" in each for each in told["孙强"])
