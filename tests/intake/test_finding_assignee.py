from __future__ import annotations

import pytest

from pipeline.domain.finding import Finding
from pipeline.intake.finding_assignee import FindingAssignees
from schemas.language import Catalogue, Procedure, Severity
from tests.tools.shop import BOSS, SHOPS, WALKER, roster, words

CATALOGUE = Catalogue((Procedure("shops", words("店铺"), (SHOPS,)),))


@pytest.mark.parametrize(
    ("sender", "submitter", "form", "owner"),
    [
        ("王一", "赵三", "opening", "K1"),  # the folder it was dropped in
        ("", "赵三", "opening", "B1"),  # who the sheet says has filled it
        ("陌生人", "赵三", "opening", "B1"),
        ("", "", "decision", "B1"),  # the one person whose form it is
        ("", "", "look", ""),  # two people fill this form: nobody is picked
        ("", "", "", ""),
    ],
)
def test_a_finding_goes_to_whoever_can_mend_the_sheet(sender: str, submitter: str, form: str, owner: str) -> None:
    owners = FindingAssignees(CATALOGUE, roster(), {}, {"sha": sender}, {"sha": submitter})
    assert owners.of(Finding("value.date", Severity.ERROR, submission="sha", form=form)) == owner


def test_what_is_wrong_on_a_worklist_is_told_to_whose_it_is() -> None:
    owners = FindingAssignees(CATALOGUE, roster(), {"sha": "K1"}, {}, {"sha": "赵三"})
    assert owners.of(Finding("value.date", Severity.ERROR, submission="sha", form="opening")) == "K1"


def test_what_is_wrong_with_the_office_goes_to_its_manager() -> None:
    assert FindingAssignees(CATALOGUE, roster(), {}, {}, {}).of(Finding("roster.nobody", Severity.ERROR)) == BOSS.number


def test_nobody_who_has_left_is_told() -> None:
    owners = FindingAssignees(CATALOGUE, roster(people=(BOSS,)), {}, {"sha": WALKER.name}, {})
    assert owners.of(Finding("value.date", Severity.ERROR, submission="sha", form="opening")) == ""
