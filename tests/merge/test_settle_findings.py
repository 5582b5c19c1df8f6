from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pipeline.domain.finding import Finding, OpenFinding
from pipeline.merge.settle_findings import Settled, Touched, settle
from schemas.form import Severity

DAY = date(2026, 11, 23)
WRONG = Finding("value.date", Severity.ERROR, "sha1", "a.xlsx", "表1", "C5", "opening", "born", "2月30", key="7")
KEYLESS = replace(WRONG, key="", field="shop_no", cell="A5")
STANDING = Finding("roster.nobody", Severity.ERROR, key="131")


def after(standing: Finding, *raised: Finding, touched: Touched = Touched(), days: int = 0) -> Settled:
    opened = OpenFinding(1, standing, "K1", DAY - timedelta(days=3))
    return settle([opened], [(each, "K1") for each in raised], touched, DAY + timedelta(days=days))


def test_a_finding_on_a_row_nobody_touched_stays_open() -> None:
    assert after(WRONG) == Settled()


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
    assert after(STANDING, STANDING) == Settled()


@pytest.mark.parametrize(("days", "closed"), [(3, []), (4, [1])])
def test_a_repair_is_shown_for_a_week(days: int, closed: list[int]) -> None:
    assert after(replace(WRONG, severity=Severity.REPAIR), days=days).closed == closed


def test_a_warning_has_been_seen_once_its_record_is_finished() -> None:
    warning = replace(WRONG, severity=Severity.WARNING)
    assert after(warning, touched=Touched(finished={"7"})).closed == [1]
    assert after(WRONG, touched=Touched(finished={"7"})).closed == []


def test_two_places_with_the_same_fault_are_two_findings() -> None:
    there = replace(WRONG, file="b.xlsx", submission="sha2")
    assert settle([], [(WRONG, "K1"), (there, "K1")], Touched(), DAY).new == [(WRONG, "K1"), (there, "K1")]
