"""成果三级复核, played through: each level by somebody else, what is sent back goes to its compiler and is checked anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.tools.office import Office

PEOPLE = [
    ("CG01", "顾工", "编制人员"),
    ("CG02", "石工", "复核人员、编制人员"),
    ("CG03", "项总", "项目负责人、复核人员"),
    ("CG04", "严总工", "技术负责人、项目负责人"),
]
PEOPLE_NAMES = [(number, name) for number, name, _ in PEOPLE]
SHEET, KEY = "成果文件", "CG2611001"
ASPECTS = ("basis_right", "nothing_missing", "norms_fit", "method_right", "trades_agree", "text_sound")


def deliverable(by: str = "顾工", **more: Any) -> dict[str, Any]:
    said = {
        "deliverable_title": "结算书",
        "deliverable_client": "城投公司",
        "self_checked": "已自查",
        "compiled_on": "2026-11-02",
    }
    return said | {"compiled_by": by} | more


def check(answer: str, by: str = "石工", **more: Any) -> dict[str, Any]:
    said = {"check_decision": answer, "deliverable_checked_on": "2026-11-03", "deliverable_checked_by": by}
    return dict.fromkeys(ASPECTS, "是") | said | more


def review(answer: str, by: str = "项总", **more: Any) -> dict[str, Any]:
    said = {"review_points": "单价", "client_opinion": "同意", "review_decision": answer}
    return said | {"jointly_reviewed_on": "2026-11-03", "jointly_reviewed_by": by} | more


def approval(answer: str, by: str = "严总工", **more: Any) -> dict[str, Any]:
    said = {"approval_decision": answer, "finally_approved_on": "2026-11-03", "finally_approved_by": by}
    return said | more


CORRECTED = {"correction_text": "补算", "corrected_on": "2026-11-03", "corrected_by": "顾工"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path, ["deliverables"], PEOPLE)
    office.drop("deliverable", deliverable())
    office.run("2026-11-02 09:00")
    return office


def play(office: Office, *steps: tuple[str, dict[str, Any]]) -> str:
    for at, (person, said) in enumerate(steps):
        office.answer(person, {KEY: said})
        office.run(f"2026-11-03 {11 + at}:00")
    return str(office.record(SHEET, KEY)["当前状态"])


def owner(office: Office) -> str:
    number = str(office.record(SHEET, KEY)["当前办理人"])
    return next(no for no, name, _ in PEOPLE if name == number)


def test_four_hands_and_a_place_in_the_archive(office: Office) -> None:
    first = owner(office)  # 石工 or 项总: not 顾工, who has compiled it
    assert first in ("CG02", "CG03")
    office.drop("deliverable_check", {"deliverable_no": KEY, **check("同意")})
    office.run("2026-11-03 08:00")
    assert owner(office) == "CG03"
    assert play(office, ("CG03", review("同意")), ("CG04", approval("同意"))) == "待归档"
    filed = {"archive_no": "DA1", "filed_on": "2026-11-03", "filed_by": "顾工"}
    assert play(office, ("CG01", filed)) == "已归档"
    assert office.figures("统计", "成果文件按月") == [["2026-11", 1, 1, 1]]


@pytest.mark.parametrize("level", ["复核", "会审", "审定"])
def test_what_any_level_sends_back_goes_to_its_compiler_and_is_checked_anew(office: Office, level: str) -> None:
    answers = {
        "复核": check("退回", check_problems="土方漏算"),
        "会审": review("退回", review_problems="土方漏算"),
        "审定": approval("退回", approval_problems="土方漏算"),
    }
    before = {"复核": [], "会审": [check("同意")], "审定": [check("同意"), review("同意")]}[level]
    forms = ["deliverable_check", "joint_review", "deliverable_approval"]
    for at, said in enumerate([*before, answers[level]]):
        office.drop(forms[at], {"deliverable_no": KEY, **said})
        office.run(f"2026-11-03 {8 + at:02d}:00")
    (row,) = office.worklist("CG01", "修改")
    assert row["退回原因"] == "土方漏算"
    assert play(office, ("CG01", CORRECTED)) == "待复核"
    assert office.exceptions() == []


def test_what_was_checked_and_is_changed_is_checked_again_and_not_by_who_corrected_it(office: Office) -> None:
    assert play(office, (owner(office), check("同意", "石工"))) == "待会审"
    office.drop("deliverable", {**deliverable(), "deliverable_no": KEY, "deliverable_client": "另一公司"})
    office.run("2026-11-03 13:00")
    record = office.record(SHEET, KEY)
    assert (record["当前状态"], record["委托方"], record["成果复核人"]) == ("待复核", "另一公司", None)

    office.drop("deliverable_check", {"deliverable_no": KEY, **check("退回", "石工", check_problems="土方漏算")})
    office.run("2026-11-03 14:00")
    office.drop("deliverable_corrected", {"deliverable_no": KEY, **CORRECTED, "corrected_by": "石工"})
    office.run("2026-11-03 15:00")
    office.drop("deliverable_check", {"deliverable_no": KEY, **check("同意", "石工", check_problems="已改")})
    office.run("2026-11-03 16:00")
    assert office.record(SHEET, KEY)["当前状态"] == "待复核"
    assert any("“成果修改人”就是石工" in said for said in office.exceptions())


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ([("deliverable_check", check("同意", "石工"))], "石工"),  # has compiled it
        ([("deliverable_check", check("同意", "项总")), ("joint_review", review("同意", "项总"))], "项总"),
        (
            [
                ("deliverable_check", check("同意", "项总")),
                ("joint_review", review("同意", "严总工")),
                ("deliverable_approval", approval("同意", "严总工")),
            ],
            "严总工",
        ),
    ],
)
def test_nobody_signs_two_levels(tmp_path: Path, steps: list[tuple[str, dict[str, Any]]], sentence: str) -> None:
    office = Office(tmp_path, ["deliverables"], PEOPLE)
    office.drop("deliverable", deliverable("石工"))
    office.run("2026-11-02 09:00")
    for at, (form, said) in enumerate(steps):
        office.drop(form, {"deliverable_no": KEY, **said})
        office.run(f"2026-11-03 {8 + at:02d}:00")
    waits = {"deliverable_check": "待复核", "joint_review": "待会审", "deliverable_approval": "待审定"}[steps[-1][0]]
    assert office.record(SHEET, KEY)["当前状态"] == waits
    assert any(sentence in each for each in office.exceptions())


def test_nobody_approves_what_has_an_aspect_that_is_not_right(office: Office) -> None:
    office.drop("deliverable_check", {"deliverable_no": KEY, **check("同意", norms_fit="否")})
    office.run("2026-11-03 08:00")
    assert office.record(SHEET, KEY)["当前状态"] == "待复核"
    assert "复核项目有不符的，不能填“同意”" in office.exceptions()


def test_one_that_came_through_after_a_correction_is_counted_as_such(office: Office) -> None:
    back = check("退回", check_problems="漏算")
    forms = ("deliverable_check", "deliverable_corrected", "deliverable_check", "joint_review", "deliverable_approval")
    answers = (back, CORRECTED, check("同意"), review("同意"), approval("同意"))
    for at, (form, said) in enumerate(zip(forms, answers, strict=True)):
        office.drop(form, {"deliverable_no": KEY, **said})
        office.run(f"2026-11-03 {8 + at:02d}:00")
    assert office.figures("统计", "成果文件按月") == [["2026-11", 1, 1, 0]]


def test_whoever_has_signed_reads_that_his_signature_no_longer_stands(office: Office) -> None:
    signed = ((owner(office), check("同意", "石工")), ("CG03", review("同意")), ("CG04", approval("同意")))
    assert play(office, *signed) == "待归档"
    office.drop("deliverable", {**deliverable(), "deliverable_no": KEY, "deliverable_client": "另一公司"})
    office.run("2026-11-12 09:00")  # more than a week after the signatures
    assert office.record(SHEET, KEY)["当前状态"] == "待复核"
    told = {stage: f"{stage}：原来的已作废，要重新审批" for stage in ("复核", "会审", "审定")}
    for person, stage in (("CG03", "会审"), ("CG04", "审定")):
        assert told[stage] in office.mails(person)[-1]
        assert "委托方 城投公司→另一公司" in office.mails(person)[-1]
    compiler = office.mails("CG01")[-1]
    assert all(each in compiler for each in told.values())
    assert "审定：同意" not in compiler


def test_one_deliverable_listed_twice_is_told(office: Office) -> None:
    office.drop("deliverable", deliverable(deliverable_no="CG2611009"), deliverable(deliverable_title="概算书"))
    office.run("2026-11-03 09:00")
    told = "“结算书”和 CG2611001 的名称和委托方相同，可能是同一件"
    assert sorted(row["由谁处理"] for row in office.open_exceptions() if row["问题"] == told) == [
        "严总工",
        "项总",
        "顾工",
    ]
    assert set(office.exceptions()) == {told}


def test_what_is_agreed_to_has_no_problems_listed(office: Office) -> None:
    first = owner(office)
    office.answer(first, {KEY: check("同意", dict(PEOPLE_NAMES)[first], check_problems="土方漏算")})
    office.run("2026-11-03 08:00")
    assert office.exceptions() == ["复核发现的问题写了“土方漏算”，结论却填了“同意”"]
    assert office.record(SHEET, KEY)["当前状态"] == "待复核"
    office.answer(first, {KEY: check("同意", dict(PEOPLE_NAMES)[first], check_problems="无")})
    office.run("2026-11-03 09:00")
    assert (office.record(SHEET, KEY)["当前状态"], office.exceptions()) == ("待会审", [])


@pytest.mark.parametrize("said", ["否", "未自查", "还没做。"])
def test_what_its_compiler_has_not_checked_is_kept_out(office: Office, said: str) -> None:
    office.drop("deliverable", deliverable(deliverable_title="概算书", self_checked=said))
    office.run("2026-11-02 10:00")
    assert [row["成果文件名称"] for row in office.master(SHEET)] == ["结算书"]
    assert office.exceptions() == [f"编制自查情况填的是“{said}”，就是没有做"]


def test_one_archive_number_for_two_is_told(office: Office) -> None:
    office.drop("deliverable", deliverable(deliverable_title="概算书"))
    office.run("2026-11-02 10:00")
    filed = {"archive_no": "DA1", "filed_on": "2026-11-03", "filed_by": "顾工"}
    for at, key in enumerate((KEY, "CG2611002")):
        for hour, (form, said) in enumerate(
            (
                ("deliverable_check", check("同意")),
                ("joint_review", review("同意")),
                ("deliverable_approval", approval("同意")),
                ("deliverable_filed", filed),
            )
        ):
            office.drop(form, {"deliverable_no": key, **said})
            office.run(f"2026-11-03 {9 + 5 * at + hour:02d}:00")
    told = "“DA1”和 CG2611001 的成果档案号相同，可能是同一件"
    assert {row["由谁处理"] for row in office.open_exceptions() if row["问题"] == told} == {"顾工", "项总", "严总工"}


def test_a_verdict_that_was_given_anew_is_told_without_the_one_of_before(office: Office) -> None:
    """Checked and found right, sent back by the joint review, corrected, checked again: the compiler reads of the last check alone."""
    checker = owner(office)
    name = dict(PEOPLE_NAMES)[checker]
    play(office, (checker, check("同意", name)))
    reviewer = owner(office)
    problems = review("退回", dict(PEOPLE_NAMES)[reviewer], review_problems="单价")
    assert play(office, (reviewer, problems), ("CG01", CORRECTED), (checker, check("同意", name))) == "待会审"
    told = [each.count("复核：同意") for each in office.mails("CG01") if "复核：同意" in each]
    assert told == [1, 1]  # after the first check, and after the second


def checked_then_compiled_by_the_checker(office: Office, **number: Any) -> None:
    """顾工 compiled it, 石工 has checked it; a sheet of the same says then that 石工 compiled it himself."""
    office.answer("CG02", {KEY: check("同意")})
    office.run("2026-11-03 09:00")
    office.drop("deliverable", deliverable("石工", **number), name="又一份.xlsx")
    office.run("2026-11-04 09:00")


def test_another_compiler_under_the_number_of_what_was_checked_is_asked_about(office: Office) -> None:
    checked_then_compiled_by_the_checker(office, deliverable_no=KEY)
    assert (office.record(SHEET, KEY)["成果编制人"], office.record(SHEET, KEY)["当前状态"]) == ("顾工", "待会审")
    assert [each for each in office.exceptions() if "成果编制人" in each and "石工" in each and "顾工" in each]


def test_what_another_one_has_compiled_is_checked_anew_by_somebody_else(office: Office) -> None:
    """各级不得同一人: the sheet without a number is the newest word on it, of which 顾工 and 项总 read; 项总, a checker too, has it."""
    checked_then_compiled_by_the_checker(office)
    record = office.record(SHEET, KEY)
    assert (record["成果编制人"], record["当前状态"], record["当前办理人"]) == ("石工", "待复核", "项总")
    for person in ("CG01", "CG03"):
        assert "石工" in office.mails(person)[-1]


def test_what_was_corrected_is_checked_anew_where_it_is_changed_after_the_approval(office: Office) -> None:
    """002 服务质量控制 2.3.4: what is corrected is checked again; what 石工, 项总 and 严总工 have signed is 补算, not 又改土方."""
    problems = check("退回", check_problems="漏项", nothing_missing="否")
    first = (("CG02", problems), ("CG01", CORRECTED), ("CG02", check("同意")))
    assert play(office, *first, ("CG03", review("同意")), ("CG04", approval("同意"))) == "待归档"
    office.edit_master(SHEET, KEY, {"成果修改内容": "又改土方"})
    office.run("2026-11-04 09:00")
    record = office.record(SHEET, KEY)
    assert (record["当前状态"], record["成果修改内容"]) == ("待复核", "又改土方")
    assert "补算→又改土方" in record["退回原因"]
