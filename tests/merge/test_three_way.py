"""What two sheets of one run, or a sheet and the register, say differently: told with both values, place and key."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.domain.embedded_metadata import token
from pipeline.domain.finding import Finding
from pipeline.domain.record import Event, Record, RecordState
from pipeline.merge.three_way import ThreeWay, contradictions, register_side
from schemas.language import Field, Kind, Localized, Severity
from tests.merge.boats import BOATS, DEED, PAPERS, boat, row

DAY = date(2026, 11, 25)
BEFORE = {("7", 1): boat("7", boat_name="海燕", hull="wood", berth="3号", version=1)}


LIFE = [
    Event("boats", "7", "papers", {code: value}, {code: "C9"}, {}, submission="b", file="b.xlsx", actor="陈二", on=DAY)
    for code, value in (("hull", "plastic"), ("boat_name", "海鸥"))
]


def as_of(key: str, version: int) -> RecordState | None:
    return BEFORE.get((key, version))


def corrected(*rows: Record, now: RecordState) -> tuple[list[dict[str, object]], list[Finding]]:
    """What is left of the rows, and what is told."""
    three_way = ThreeWay(BOATS, {"7": now}, as_of, lambda key: LIFE)
    findings = [each for record in rows for each in three_way.narrow(PAPERS, record)[0]]
    return [each.values for each in rows], findings


def test_both_rows_are_told_with_place_key_and_both_values_as_people_read_them() -> None:
    one = row(PAPERS, 5, "7", hull="wood")
    two = row(PAPERS, 9, "7", file="b.xlsx", sheet="表2", hull="steel")

    at, findings = contradictions(BOATS, PAPERS, [one, two])

    assert at == {0, 1}
    assert findings == [
        Finding(
            "key.twice",
            Severity.ERROR,
            submission="hash of a.xlsx",
            file="a.xlsx",
            sheet="表1",
            cell="H5",
            form="papers",
            field="hull",
            value="木",
            key="7",
            details=(("title", "7"), ("other", "b.xlsx!表2!H9"), ("theirs", "钢")),
        ),
        Finding(
            "key.twice",
            Severity.ERROR,
            submission="hash of b.xlsx",
            file="b.xlsx",
            sheet="表2",
            cell="H9",
            form="papers",
            field="hull",
            value="钢",
            key="7",
            details=(("title", "7"), ("other", "a.xlsx!表1!H5"), ("theirs", "木")),
        ),
    ]


def test_only_rows_that_disagree_stay_out_and_the_first_other_one_is_named() -> None:
    rows = [
        row(PAPERS, 2, "7", boat_name="海燕"),
        row(PAPERS, 3, "8", boat_name="海鸥"),
        row(PAPERS, 4, "7", berth="3号"),  # contradicts nobody
        row(PAPERS, 5, "7", boat_name="海雁"),
        row(PAPERS, 6, "7", boat_name="海雀"),
    ]

    at, findings = contradictions(BOATS, PAPERS, rows)

    assert at == {0, 3, 4}
    assert [(each.cell, dict(each.details)) for each in findings] == [
        ("B2", {"title": "7", "other": "a.xlsx!表1!B5", "theirs": "海雁"}),
        ("B5", {"title": "7", "other": "a.xlsx!表1!B2", "theirs": "海燕"}),
        ("B6", {"title": "7", "other": "a.xlsx!表1!B2", "theirs": "海燕"}),
    ]


@pytest.mark.parametrize(("second_day", "clash"), [("2026-11-20", True), ("2026-11-21", False)])
def test_deeds_of_several_days_follow_each_other_and_of_one_day_they_disagree(second_day: str, clash: bool) -> None:
    rows = [
        row(DEED, 4, "7", action={"act": "renamed", "from_day": "2026-11-20"}, boat_name="海燕"),
        row(DEED, 5, "7", action={"act": "renamed", "from_day": second_day}, boat_name="海鸥"),
    ]

    at, findings = contradictions(BOATS, DEED, rows)

    assert at == ({0, 1} if clash else set())
    assert [each.field for each in findings] == (["boat_name"] * 2 if clash else [])


def test_what_nobody_typed_states_nothing_and_the_key_stays() -> None:
    now = boat("7", boat_name="海燕", hull="wood", berth="3号", version=1)
    prefilled = row(PAPERS, 4, "7", boat_name="海燕", hull="steel", berth="3号", partial=True, token=token("7", 1))

    assert corrected(prefilled, now=now) == ([{"boat_no": "7", "hull": "steel"}], [])


def test_whole_rows_and_rows_of_records_not_known_are_left_as_they_are() -> None:
    now = boat("7", boat_name="海燕", version=1)
    whole = row(PAPERS, 4, "7", boat_name="海燕")
    unknown = row(PAPERS, 5, "9", boat_name="海燕", partial=True)
    typed = row(PAPERS, 6, "7", boat_name="海鸥", partial=True)

    left, findings = corrected(whole, unknown, typed, now=now)

    assert left == [
        {"boat_no": "7", "boat_name": "海燕"},
        {"boat_no": "9", "boat_name": "海燕"},
        {"boat_no": "7", "boat_name": "海鸥"},
    ]
    assert findings == []


@pytest.mark.parametrize(
    ("why", "typed", "now", "taken", "told"),
    [
        ("the register has moved to another value", "steel", "plastic", False, True),
        ("the register has moved on and the sheet says what it said", "wood", "plastic", False, False),
        ("the register has moved to the very value typed", "steel", "steel", False, False),
        ("the register has stood still in this field", "steel", "wood", True, False),
    ],
)
def test_a_correction_on_an_old_worklist_is_taken_where_the_register_stood_still(
    why: str, typed: str, now: str, taken: bool, told: bool
) -> None:
    entry = boat("7", boat_name="海燕", hull=now, berth="3号", version=2)
    old = row(PAPERS, 4, "7", boat_name="海燕", hull=typed, berth="3号", partial=True, token=token("7", 1))

    (left,), findings = corrected(old, now=entry)

    assert ("hull" in left, bool(findings)) == (taken, told), why


def test_a_late_correction_names_its_cell_the_value_and_what_stands_there_now() -> None:
    old = row(
        PAPERS,
        4,
        "7",
        boat_name="海燕",
        hull="steel",
        berth="3号",
        sheet="待检验",
        file="王一.xlsx",
        partial=True,
        token=token("7", 1),
    )
    entry = boat("7", boat_name="海燕", berth="3号", version=2)  # the hull was blanked meanwhile

    left, findings = corrected(old, now=entry)

    assert left == [{"boat_no": "7"}]
    assert findings == [
        Finding(
            "value.conflict",
            Severity.ERROR,
            submission="hash of 王一.xlsx",
            file="王一.xlsx",
            sheet="待检验",
            cell="H4",
            form="papers",
            field="hull",
            value="钢",
            key="7",
            details=(
                ("now", ""),
                ("who", "陈二"),
                ("on", "2026-11-25"),
                ("where", "b.xlsx!C9"),
                ("@said", '"steel"'),
                ("@by", ""),
            ),
        )
    ]


def test_a_late_correction_is_told_in_words_of_people_on_both_sides() -> None:
    BEFORE["7", 3] = boat("7", boat_name="海燕", version=3)
    cleared = row(PAPERS, 4, "7", boat_name=None, partial=True, token=token("7", 3))
    _, (finding,) = corrected(cleared, now=boat("7", boat_name="海鸥", version=4))
    assert (finding.value, dict(finding.details)["now"]) == ("", "海鸥")

    chosen = row(PAPERS, 4, "7", hull="plastic", partial=True, token=token("7", 1))
    _, (finding,) = corrected(chosen, now=boat("7", hull="steel", version=4))
    assert (finding.value, dict(finding.details)["now"]) == ("plastic", "钢")


@pytest.mark.parametrize("metadata", ["", "nonsense", token("7", 5), token("7", 9)])
def test_without_a_token_of_an_older_version_the_register_of_now_is_what_was_written(metadata: str) -> None:
    def never(key: str, version: int) -> RecordState | None:
        raise AssertionError("nothing older is to be looked up")

    now = boat("7", boat_name="海燕", version=5)
    typed = row(PAPERS, 4, "7", boat_name="海鸥", partial=True, token=metadata)

    assert ThreeWay(BOATS, {"7": now}, never).narrow(PAPERS, typed) == ([], False)
    assert typed.values == {"boat_no": "7", "boat_name": "海鸥"}


def test_a_number_in_the_register_is_told_as_people_write_it() -> None:
    budget = Field("budget", Localized("预算", "Budget"), Kind.NUMBER)
    held = RecordState("boats", "7", {"budget": 9000.0})

    assert register_side(budget, held, None)["now"] == "9000"


def test_of_a_value_of_which_nobody_knows_who_has_said_it_no_place_is_named() -> None:
    old = row(PAPERS, 4, "7", berth="5号", partial=True, token=token("7", 1))
    _, (finding,) = corrected(old, now=boat("7", berth="4号", version=2))
    details = dict(finding.details)
    assert (details["now"], details["who"], details["on"], details["where"]) == ("4号", "", "", "")
