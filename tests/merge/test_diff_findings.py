from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pipeline.domain.finding import DEED, Finding, OpenFinding
from pipeline.domain.rulebook.editing import KEPT
from pipeline.merge.diff_findings import FindingsDiff, Touched, came_back, diff_findings, once_each
from schemas.language import Severity

DAY = date(2026, 11, 23)
WRONG = Finding("value.date", Severity.ERROR, "sha1", "a.xlsx", "表1", "C5", "opening", "born", "2月30", key="7")
KEYLESS = replace(WRONG, key="", field="shop_no", cell="A5")
STANDING = Finding("roster.nobody", Severity.ERROR, key="131")


def after(standing: Finding, *raised: Finding, touched: Touched = Touched(), days: int = 0) -> FindingsDiff:
    opened = OpenFinding(1, standing, "K1", DAY - timedelta(days=3))
    return diff_findings([opened], [(each, "K1") for each in raised], touched, DAY + timedelta(days=days))


def test_a_finding_on_a_row_nobody_touched_stays_open() -> None:
    assert after(WRONG) == FindingsDiff()


def test_a_mended_row_closes_its_finding_under_whatever_file_name() -> None:
    assert after(WRONG, touched=Touched(records={("opening", "7")})).closed == [1]


def test_the_same_fault_again_keeps_its_age_and_points_at_the_newer_sheet() -> None:
    again = replace(WRONG, submission="sha2", file="b.xlsx", cell="C9", value="2月31")

    settled = after(WRONG, again, touched=Touched(records={("opening", "7")}))

    assert (settled.new, settled.closed) == ([], [])
    assert settled.renewed == [OpenFinding(1, again, "K1", DAY - timedelta(days=3))]


def test_another_fault_of_the_same_row_is_new_and_the_old_one_closes() -> None:
    other = replace(WRONG, field="shop_tel", cell="D5")

    settled = after(WRONG, other, touched=Touched(records={("opening", "7")}))

    assert (settled.new, settled.closed) == ([(other, "K1")], [1])


def test_a_finding_without_a_key_closes_when_its_file_is_read_again() -> None:
    assert after(KEYLESS, touched=Touched(files={"other.xlsx"})).closed == []
    assert after(KEYLESS, touched=Touched(files={"a.xlsx"})).closed == [1]
    assert after(KEYLESS, touched=Touched(submissions={"sha1"})).closed == [1]


def test_what_is_wrong_with_the_office_closes_as_soon_as_it_is_not_raised() -> None:
    assert after(STANDING).closed == [1]
    assert after(STANDING, STANDING) == FindingsDiff()


@pytest.mark.parametrize(("days", "closed"), [(3, []), (4, [1])])
def test_a_repair_is_shown_for_a_week(days: int, closed: list[int]) -> None:
    assert after(replace(WRONG, severity=Severity.REPAIR), days=days).closed == closed


def test_a_warning_has_been_seen_once_its_record_is_finished() -> None:
    warning = replace(WRONG, severity=Severity.WARNING)
    assert after(warning, touched=Touched(finished={"7"})).closed == [1]
    assert after(WRONG, touched=Touched(finished={"7"})).closed == []


def test_two_places_with_the_same_fault_are_two_findings() -> None:
    there = replace(WRONG, file="b.xlsx", submission="sha2")
    assert diff_findings([], [(WRONG, "K1"), (there, "K1")], Touched(), DAY).new == [(WRONG, "K1"), (there, "K1")]


LOOK = replace(WRONG, rule="record.transferred", severity=Severity.WARNING)
REMOVED = replace(WRONG, rule="worklist.rows_removed", severity=Severity.WARNING, key="")
OF_ZIP = replace(KEYLESS, file="多表.zip", sheet="一.xlsx/表1")
KEPT_OUT = replace(WRONG, details=((KEPT, "1"),))


@pytest.mark.parametrize(
    ("why", "standing", "touched", "days", "closed"),
    [
        ("another row of the form", WRONG, Touched(records={("opening", "8"), ("other", "7")}), 0, False),
        ("its file alone: the row is known by its key", WRONG, Touched(files={"a.xlsx"}), 99, False),
        ("a change set the field", WRONG, Touched(fields={("7", "born")}), 0, True),
        ("a change set another field", WRONG, Touched(fields={("7", "shop_tel"), ("8", "born")}), 0, False),
        ("to look at, the 29th day", LOOK, Touched(), 26, False),
        ("to look at, the 30th day", LOOK, Touched(), 27, True),
        ("another warning, the 30th day", replace(LOOK, rule="copy.stale"), Touched(), 27, False),
        ("the workbook of the zip came back", OF_ZIP, Touched(members={("sha1", "一.xlsx")}), 0, True),
        ("another workbook of the zip came back", OF_ZIP, Touched(members={("sha1", "二.xlsx")}), 0, False),
        ("the same name in another zip came back", OF_ZIP, Touched(members={("sha2", "一.xlsx")}), 0, False),
        ("another earlier file came back", WRONG, Touched(submissions={"sha2"}), 0, False),
        ("refused on the master, which was read again", KEPT_OUT, Touched(files={"a.xlsx"}), 0, True),
        ("refused on the master, the 6th day", KEPT_OUT, Touched(files={"b.xlsx"}), 3, False),
        ("refused on the master, the 7th day", KEPT_OUT, Touched(), 4, True),
        ("rows removed, and a later worklist came", REMOVED, Touched(carriers={"K1"}), 0, True),
        ("rows removed, and another one's worklist came", REMOVED, Touched(carriers={"K2"}), 0, False),
        ("rows removed, the 6th day", REMOVED, Touched(), 3, False),
        ("rows removed, the 7th day", REMOVED, Touched(), 4, True),
        ("a fault of a sheet, whose manager's worklist came", WRONG, Touched(carriers={"K1"}), 99, False),
    ],
)
def test_what_ends_a_finding_and_what_does_not(
    why: str, standing: Finding, touched: Touched, days: int, closed: bool
) -> None:
    assert (after(standing, touched=touched, days=days).closed == [1]) is closed, why


@pytest.mark.parametrize(("member", "sheet"), [("", "表1"), ("一.xlsx", "一.xlsx/表1")])
def test_a_fault_that_is_still_in_the_corrected_copy_keeps_its_age(member: str, sheet: str) -> None:
    before = replace(KEYLESS, file="原.xlsx", sheet=sheet)
    again = replace(KEYLESS, file="改好.xlsx", submission="sha2")
    back = Touched(submissions={"sha1"}, renamed={"sha2": ("原.xlsx", member)})

    settled = after(before, again, touched=back)

    assert (settled.new, settled.closed) == ([], [])
    assert settled.renewed == [OpenFinding(1, again, "K1", DAY - timedelta(days=3))]
    assert after(before, again, touched=Touched(submissions={"sha1"})).new == [(again, "K1")]


def test_of_the_same_fault_open_twice_the_elder_is_kept_and_a_new_owner_is_noted() -> None:
    opened = [OpenFinding(number, KEYLESS, "K1", DAY - timedelta(days=9 - number)) for number in (1, 2)]

    settled = diff_findings(opened, [(KEYLESS, "K2")], Touched(files={"a.xlsx"}), DAY)

    assert settled == FindingsDiff([], [replace(opened[0], owner="K2")], [2])


def test_the_same_fault_of_two_sheets_stays_with_both_when_one_of_them_is_read_once_more() -> None:
    there = replace(WRONG, file="b.xlsx", submission="sha2")
    standing = [OpenFinding(1, WRONG, "K1", DAY), OpenFinding(2, there, "K1", DAY)]
    once_more = Touched(records={("opening", "7")}, files={"b.xlsx"})

    assert diff_findings(standing, [(there, "K1")], once_more, DAY) == FindingsDiff()
    assert diff_findings(standing, [], once_more, DAY).closed == [1, 2]


def test_what_came_back_from_one_of_two_sheets_stays_with_that_one() -> None:
    """The other sheet still stands as it was, and its finding with its place."""
    there = replace(WRONG, file="b.xlsx", submission="sha2", cell="C7")
    standing = [OpenFinding(1, WRONG, "K1", DAY), OpenFinding(2, there, "K1", DAY)]
    again = replace(there, submission="sha3")
    rows = frozenset({("opening", "7")})

    dropped_anew = diff_findings(standing, [(again, "K1")], Touched(records=rows, files={"b.xlsx"}), DAY)
    assert dropped_anew == FindingsDiff([], [replace(standing[1], finding=again)], [])

    renamed = replace(again, file="改好.xlsx")
    back = Touched(records=rows, files={"改好.xlsx"}, submissions={"sha2"}, renamed={"sha3": ("b.xlsx", "")})
    assert diff_findings(standing, [(renamed, "K1")], back, DAY) == FindingsDiff(
        [], [replace(standing[1], finding=renamed)], []
    )


@pytest.mark.parametrize(
    ("touched", "closed"),
    [
        (Touched(), []),
        (Touched(submissions={"sha2"}), [2]),
        (Touched(members={("sha2", "收/一.xlsx")}), [2]),
        (Touched(members={("sha2", "收")}), []),
        (Touched(members={("sha9", "收/一.xlsx")}), []),
        (Touched(files={"多表.zip"}), [2]),
    ],
)
def test_the_same_fault_in_another_sheet_ends_only_when_that_sheet_comes_again(
    touched: Touched, closed: list[int]
) -> None:
    there = replace(WRONG, file="多表.zip", sheet="收/一.xlsx/表1", submission="sha2")
    standing = [OpenFinding(1, WRONG, "K1", DAY), OpenFinding(2, there, "K1", DAY)]
    rows = replace(touched, records=frozenset({("opening", "7")}))
    assert diff_findings(standing, [(WRONG, "K1")], rows, DAY).closed == closed


def test_a_finding_of_this_very_file_name_goes_before_that_of_the_name_it_had() -> None:
    here = replace(KEYLESS, file="改好.xlsx")
    standing = [
        OpenFinding(1, replace(KEYLESS, file="原.xlsx"), "K1", DAY),
        OpenFinding(2, here, "K1", DAY),
    ]
    back = Touched(files={"改好.xlsx"}, submissions={"sha1"}, renamed={"sha2": ("原.xlsx", "")})
    again = replace(here, submission="sha2")
    assert diff_findings(standing, [(again, "K1")], back, DAY) == FindingsDiff(
        [], [replace(standing[1], finding=again)], [1]
    )


def test_what_was_noted_as_it_is_now_is_not_told_again() -> None:
    noted = replace(WRONG, details=(("after", "1"), ("@row", "abc")))

    def told(finding: Finding) -> bool:
        return diff_findings([], [(finding, "K1")], Touched(), DAY, noted=[noted]).new != []

    assert not told(noted)
    assert not told(replace(noted, file="b.xlsx", cell="C9", details=(("after", "1"), ("@row", "xyz"))))
    assert not told(replace(noted, details=(("after", "1"), ("@offered", "born"), ("@samples", "2月30"))))
    assert told(replace(noted, details=(("after", "2"), ("@row", "abc"))))
    assert told(replace(noted, details=(("after", "@row"), ("@row", "abc"))))
    assert told(replace(noted, value="2月31"))
    assert told(replace(noted, key="8"))


def test_one_person_is_told_once_for_whatever_reasons() -> None:
    his = replace(WRONG, details=(("for_person", "K1"), ("was", "海燕")))
    of_his_role = replace(WRONG, details=(("was", "海燕"), ("for_role", "clerk")))
    said_by = replace(WRONG, details=(("@by", "K1"), ("was", "海燕")))
    other = replace(WRONG, details=(("for_person", "K1"), ("was", "飞鱼")))
    named_so = replace(WRONG, details=(("for_person", "K1"), ("was", "for_role")))

    assert once_each([(his, "K1"), (of_his_role, "K1"), (said_by, "K1")]) == [(his, "K1")]
    assert once_each([(his, "K1"), (of_his_role, "K2")]) == [(his, "K1"), (of_his_role, "K2")]
    assert once_each([(his, "K1"), (other, "K1"), (named_so, "K1")]) == [
        (his, "K1"),
        (other, "K1"),
        (named_so, "K1"),
    ]
    assert once_each([(his, "K1"), (replace(his, cell="C9"), "K1")])[1:] == [(replace(his, cell="C9"), "K1")]


def test_what_came_back_is_known_by_what_it_carries() -> None:
    standing = [
        OpenFinding(1, replace(WRONG, file="原.xlsx"), "K1", DAY),
        OpenFinding(2, replace(WRONG, submission="zip1", file="多表.zip"), "K1", DAY),
    ]
    before = Touched(records={("opening", "7")})

    touched = came_back(
        before,
        [
            ("new0", {}),
            ("new1", {"submission": "sha1"}),
            ("new2", {"submission": "zip1", "member": "一.xlsx"}),
            ("new3", {"submission": "sha9"}),
            ("new4", {"member": "二.xlsx"}),
        ],
        standing,
    )

    assert touched == replace(
        before,
        submissions=frozenset({"sha1", "sha9"}),
        members=frozenset({("zip1", "一.xlsx")}),
        renamed={"new1": ("原.xlsx", ""), "new2": ("多表.zip", "一.xlsx")},
    )


CONFLICT = replace(WRONG, rule="value.conflict")
SET_BACK = replace(WRONG, rule="value.set_back")
ANSWER = replace(KEYLESS, rule="answer.taken", key="")
WARNING = replace(WRONG, severity=Severity.WARNING)
SAID = replace(WARNING, rule="step.said_before")
TO_DO = replace(WRONG, details=((DEED, "laid_up"),))
NESTED = replace(KEYLESS, file="多表.zip", sheet="收/一.xlsx/表1")
OFTEN = replace(KEYLESS, rule="worklist.remark", severity=Severity.WARNING)
LIST = frozenset({"sha1"})


@pytest.mark.parametrize(
    ("why", "standing", "touched", "days", "closed"),
    [
        ("a conflict whose row was handled", CONFLICT, Touched(records={("opening", "7")}), 99, False),
        ("a conflict that was settled", CONFLICT, Touched(settled={1}), 0, True),
        ("another conflict was settled", CONFLICT, Touched(settled={2}), 0, False),
        ("set back, the 6th day", SET_BACK, Touched(), 3, False),
        ("set back, the 7th day", SET_BACK, Touched(), 4, True),
        ("set back, and settled", SET_BACK, Touched(settled={1}), 0, True),
        ("an answer that led nowhere, the 6th day", ANSWER, Touched(), 3, False),
        ("an answer that led nowhere, the 7th day", ANSWER, Touched(), 4, True),
        ("the next exceptions workbook came", ANSWER, Touched(answered=True), 0, True),
        ("a fault of a sheet, and an exceptions workbook came", KEYLESS, Touched(answered=True), 99, False),
        ("its record was closed before this run", WRONG, Touched(closed={"7"}), 0, True),
        ("another record was closed before this run", WRONG, Touched(closed={"8"}), 0, False),
        ("told today of what was closed before", WRONG, Touched(closed={"7"}), -3, False),
        ("of a sheet of one's own, and a worklist shows the record", WRONG, Touched(shown={("opening", "7")}), 0, True),
        (
            "its own sheet is wrong all the same",
            WRONG,
            Touched(shown={("opening", "7")}, own_sheets={"sha1"}),
            0,
            False,
        ),
        ("another record was shown", WRONG, Touched(shown={("opening", "8")}), 0, False),
        ("the nested workbook of the zip came back", NESTED, Touched(members={("sha1", "收/一.xlsx")}), 0, True),
        ("the folder of it did", NESTED, Touched(members={("sha1", "收")}), 0, False),
        ("a reminder of an earlier round", WARNING, Touched(asked_anew={("opening", "7")}), 0, True),
        ("an error of an earlier round", WRONG, Touched(asked_anew={("opening", "7")}), 0, False),
        ("what it says was said before, and the step is done", SAID, Touched(left={"7"}), 0, True),
        ("what it says was said before, and another step is done", SAID, Touched(left={"8"}), 0, False),
        ("another reminder, and the step is done", WARNING, Touched(left={"7"}), 0, False),
        ("a worklist's row kept out, and the step is done", WRONG, Touched(left={"7"}, worklists=LIST), 0, True),
        ("a worklist's row kept out, then emptied", WRONG, Touched(taken_back={"7"}, worklists=LIST), 0, True),
        ("a worklist's row kept out, another one done", WRONG, Touched(left={"8"}, worklists=LIST), 0, False),
        ("a row of one's own kept out, and the step is done", WRONG, Touched(left={"7"}), 0, False),
        ("a reminder on a worklist's row, and it is done", WARNING, Touched(left={"7"}, worklists=LIST), 0, False),
        ("told each time, on its day", OFTEN, Touched(), -3, False),
        ("told each time, the next day", OFTEN, Touched(), -2, True),
        ("the same file told of the deed again", TO_DO, Touched(deeds={("opening", "7", "a.xlsx")}), 0, True),
        ("another file, to the same end", TO_DO, Touched(deeds={("opening", "7", "laid_up")}), 0, True),
        ("another file, to another end", TO_DO, Touched(deeds={("opening", "7", "broken")}), 0, False),
        (
            "a word that stands in it for something else",
            replace(TO_DO, details=(("was", "laid_up"),)),
            Touched(deeds={("opening", "7", "laid_up")}),
            0,
            False,
        ),
        (
            "two rows that say no end",
            replace(TO_DO, details=((DEED, ""),)),
            Touched(deeds={("opening", "7", "")}),
            0,
            False,
        ),
        ("others alone spoke of the record", WRONG, Touched(records={("opening", "7")}, of_others={1}), 0, False),
        (
            "its cell only repeated",
            WRONG,
            Touched(records={("opening", "7")}, silent={("opening", "7", "born")}),
            0,
            False,
        ),
        ("its record was closed", CONFLICT, Touched(ended={"7"}), 0, True),
    ],
)
def test_what_of_answers_steps_and_deeds_ends_a_finding(
    why: str, standing: Finding, touched: Touched, days: int, closed: bool
) -> None:
    assert (after(standing, touched=touched, days=days).closed == [1]) is closed, why
