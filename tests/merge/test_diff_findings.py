from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pipeline.domain.finding import Finding, OpenFinding
from pipeline.domain.rulebook.editing import KEPT
from pipeline.merge.diff_findings import FindingsDiff, Touched, diff_findings
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
