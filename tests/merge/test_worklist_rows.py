"""Rows that a worklist was not written with, and those that are gone from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.domain.embedded_metadata import Worklist, token
from pipeline.domain.finding import Finding
from pipeline.domain.place import parse_cell
from pipeline.domain.record import Record, RecordState
from pipeline.domain.roster import Person, Roster
from pipeline.merge.worklist_rows import foreign_rows, missing_rows
from schemas.language import Register, Severity
from tests.merge.boats import BOATS, PAPERS, SURVEY, boat, row

MINE = Worklist("K1", {"待检验": "survey", "提醒": "papers"}, {"待检验": {token("7", 1), token("8", 2)}})
ROSTER = Roster(
    date(2026, 11, 23), everyone={"K1": Person("K1", "王一", "surveyor"), "K2": Person("K2", "李二", "surveyor")}
)
LEFT = {"hash of a.xlsx": MINE}


def typed(key: str = "9", metadata: str = "", sheet: str = "待检验", partial: bool = False) -> Record:
    return row(SURVEY, 6, key, sheet=sheet, token=metadata, partial=partial, verdict="sound")


def foreign(record: Record, *entries: RecordState) -> tuple[bool, list[Finding]]:
    rows, findings = foreign_rows(BOATS, SURVEY, [record], LEFT, {each.key: each for each in entries}, ROSTER)
    assert rows <= {("hash of a.xlsx", record.sheet, record.row)}
    return bool(rows), findings


def test_rows_it_was_written_with_and_sheets_that_are_no_worklist_s_are_taken() -> None:
    assert foreign(typed("7", token("7", 1))) == (False, [])
    assert foreign(typed(sheet="我的一页")) == (False, [])
    assert foreign_rows(BOATS, SURVEY, [typed()], {}, {}, ROSTER) == (set(), [])


def test_a_row_of_another_person_s_is_refused_with_both_names_at_its_key() -> None:
    refused, findings = foreign(typed("9", token("9", 1)), boat("9", "to_survey", owner_no="K2"))

    assert refused
    assert findings == [
        Finding(
            "worklist.row_of_other",
            Severity.ERROR,
            submission="hash of a.xlsx",
            file="a.xlsx",
            sheet="待检验",
            cell="A6",
            form="survey",
            field="boat_no",
            value="9",
            key="9",
            details=(
                ("name", "王一"),
                ("owner", "李二"),
                ("title@zh", BOATS.base.title.zh),
                ("title@en", BOATS.base.title.en),
                ("stage@zh", "检验表"),
                ("stage@en", "en:检验表"),
            ),
        )
    ]


def test_a_row_typed_in_by_hand_is_taken_when_the_record_is_theirs() -> None:
    assert foreign(typed(), boat("9", "to_survey", owner_no="K1")) == (False, [])


@pytest.mark.parametrize(
    ("entry", "rule", "owner"),
    [
        (None, "worklist.row_new", ""),
        (boat("9", "to_survey"), "worklist.row_added", ""),
        (boat("9", "to_survey", owner_no="K9"), "worklist.row_of_other", "K9"),  # nobody of the roster
    ],
)
def test_a_row_typed_in_by_hand_is_refused(entry: RecordState | None, rule: str, owner: str) -> None:
    refused, (finding,) = foreign(typed(), *([entry] if entry else []))

    assert (refused, finding.rule, dict(finding.details)["owner"]) == (True, rule, owner)
    assert finding.form == ("survey" if entry else "papers"), "what is not registered is told by the form that does it"


@pytest.mark.parametrize(
    ("metadata", "owner", "taken"),
    [(token("9", 3), "K1", True), (token("8", 9), "K1", False), (token("9", 3), "K2", False), ("x", "K1", False)],
)
def test_a_row_pasted_from_an_own_worklist_is_taken_when_it_is_still_theirs_and_bears_its_own_key(
    metadata: str, owner: str, taken: bool
) -> None:
    assert foreign(typed("9", metadata), boat("9", "to_survey", owner_no=owner))[0] is not taken


def test_the_row_s_correction_is_refused_silently_and_the_rows_after_it_are_still_looked_at() -> None:
    left = typed(partial=True)
    mine, other = typed("7", token("7", 1)), replace(typed("10"), row=typed().row + (1 << 14))

    told = {(left.submission, left.sheet, left.row)}  # by the row of its stage
    rows, findings = foreign_rows(BOATS, SURVEY, [left, mine, other], LEFT, {}, ROSTER, told)

    assert rows == {("hash of a.xlsx", "待检验", left.row), ("hash of a.xlsx", "待检验", other.row)}
    assert [each.key for each in findings] == ["10"]


def test_a_row_that_is_taken_hides_none_below_it_and_each_is_told_at_its_key() -> None:
    mine, other = typed("9"), typed("10")
    other.row, other.cells = other.row + (1 << 14), {**other.cells, "boat_no": parse_cell("C7")}
    boats = {"9": boat("9", "to_survey", owner_no="K1")}
    told = {(other.submission, other.sheet, other.row)}

    rows, (finding,) = foreign_rows(BOATS, SURVEY, [mine, other], LEFT, boats, ROSTER, told)

    assert rows == told
    assert (finding.key, finding.cell) == ("10", "C7")


def missing(*back: str, register: Register = BOATS, **entries: RecordState) -> list[Finding]:
    standing = {
        "7": boat("7", "to_survey", owner_no="K1", boat_name="海燕"),
        "8": boat("8", "to_survey", owner_no="K1"),
    }
    return missing_rows(register, MINE, "hash", "王一.xlsx", {"待检验": back}, {**standing, **entries})


def test_rows_that_are_gone_are_counted_and_named_on_the_sheet_they_stood_on() -> None:
    assert missing(token("8", 2), "typed over") == [
        Finding(
            "worklist.rows_removed",
            Severity.WARNING,
            submission="hash",
            file="王一.xlsx",
            sheet="待检验",
            form="survey",
            value="7 海燕",
            details=(("count", "1"), ("written", "2"), ("back", "1")),
        )
    ]


def test_a_page_without_a_row_left_names_all_and_one_that_is_whole_none() -> None:
    (finding,) = missing_rows(BOATS, MINE, "hash", "a.xlsx", {}, {"7": boat("7", "to_survey", owner_no="K1")})
    assert (finding.value, dict(finding.details)["count"], dict(finding.details)["back"]) == ("7", "1", "0")
    assert missing(token("7", 5), token("8", 2)) == []


@pytest.mark.parametrize(("state", "owner"), [("afloat", "K1"), ("to_survey", "K2")])
def test_what_was_done_or_given_to_another_meanwhile_is_not_missed(state: str, owner: str) -> None:
    assert missing(token("8", 2), **{"7": boat("7", state, owner_no=owner)}) == []


def test_five_are_named_and_the_rest_is_counted() -> None:
    keys = [f"{at:02d}" for at in range(6)]
    boats = {key: boat(key, "to_survey", owner_no="K1") for key in keys}
    for told, value in ((6, "00、01、02、03、04……"), (5, "00、01、02、03、04")):
        worklist = Worklist("K1", {"待检验": "survey"}, {"待检验": {token(key, 1) for key in keys[:told]}})
        (finding,) = missing_rows(BOATS, worklist, "hash", "a.xlsx", {}, boats)
        assert (finding.value, dict(finding.details)["count"]) == (value, str(told))


def test_each_page_is_judged_alone_and_one_without_a_step_is_passed_over() -> None:
    worklist = Worklist(
        "K1",
        {"乙": "survey", "丙": "survey", "一": "papers"},
        {"一": {token("8", 1)}, "甲": {token("7", 1)}, "乙": {token("7", 1)}, "丙": {token("8", 1), "no token"}},
    )
    boats = {key: boat(key, "to_survey", owner_no="K1") for key in ("7", "8")}

    findings = missing_rows(BOATS, worklist, "hash", "a.xlsx", {"乙": [token("7", 1)]}, boats)

    assert [(each.sheet, each.value) for each in findings] == [("丙", "8")]
    assert PAPERS.code not in {each.form for each in findings}


def test_a_boat_without_a_name_of_its_own_is_named_by_its_number() -> None:
    nameless = replace(PAPERS, fields=tuple(each for each in PAPERS.fields if each.code != "boat_name"))
    register = replace(BOATS, forms=(nameless, *BOATS.forms[1:]))
    assert [each.value for each in missing(register=register)] == ["7、8"]
