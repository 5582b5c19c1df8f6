from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from pipeline.domain.embedded_metadata import token
from pipeline.domain.record import RecordState
from pipeline.merge.match_records import Merge, Merged, RowOutcome
from schemas.language import Form
from tests.tools.shop import DECISION, LOOK, OPENING, SHOPS, TODAY, record


class Shops:
    """A register under test: takes rows, and remembers like the ledger does."""

    def __init__(self) -> None:
        self.entries: dict[str, RecordState] = {}
        self.serials: dict[str, int] = {}
        self.numbers = count(1)

    def take(self, form: Form, *rows: Any) -> Merged:
        merge = Merge(SHOPS, self.entries, self.serials, self.numbers, TODAY, 1)
        return merge.take(form, [*rows])

    def put(self, state: str, **values: Any) -> None:
        self.entries["7"] = RecordState(
            "shops", "7", {"shop_no": "7", **values}, state=state, version=next(self.numbers)
        )


@pytest.fixture
def shops() -> Shops:
    return Shops()


def outcomes(merged: Merged) -> list[str]:
    return [fate.value for fate in merged.outcomes.values()]


def test_a_new_key_opens_a_record_in_the_first_state_and_keeps_its_cells(shops: Shops) -> None:
    merged = shops.take(OPENING, record(OPENING, 5, shop_no="7", shop_title="甲店"))

    (event,) = merged.events
    assert (event.opens, event.state, event.cells) == (True, "new", {"shop_no": "A5", "shop_title": "B5"})
    assert shops.entries["7"].values == {"shop_no": "7", "shop_title": "甲店"}
    assert str(shops.entries["7"].source) == "a.xlsx!表1!A5"
    assert outcomes(merged) == ["accepted"]


def test_a_row_that_says_what_is_known_changes_nothing(shops: Shops) -> None:
    row = record(OPENING, 5, shop_no="7", shop_title="甲店")
    shops.take(OPENING, row)

    again = shops.take(OPENING, record(OPENING, 9, shop_no="7", shop_title="甲店"))

    assert (again.events, outcomes(again)) == ([], ["unchanged"])


def test_the_newer_sheet_wins_field_by_field_and_a_blank_takes_nothing_away(shops: Shops) -> None:
    shops.take(OPENING, record(OPENING, 5, shop_no="7", shop_title="甲店", shop_tel="1"))

    merged = shops.take(OPENING, record(OPENING, 6, file="b.xlsx", shop_no="7", shop_tel="2"))

    (event,) = merged.events
    assert (dict(event.values), dict(event.before), dict(event.cells)) == (
        {"shop_tel": "2"},
        {"shop_tel": "1"},
        {"shop_tel": "C6"},
    )
    assert shops.entries["7"].values == {"shop_no": "7", "shop_title": "甲店", "shop_tel": "2"}
    assert shops.entries["7"].state == "new"


def test_two_rows_of_one_run_that_disagree_both_stay_out_and_name_each_other(shops: Shops) -> None:
    merged = shops.take(
        OPENING,
        record(OPENING, 5, shop_no="7", shop_tel="1"),
        record(OPENING, 8, file="b.xlsx", shop_no="7", shop_tel="2"),
        record(OPENING, 9, file="b.xlsx", shop_no="8", shop_tel="2"),
    )

    assert outcomes(merged) == ["rejected", "rejected", "accepted"]
    assert [(found.rule, found.file, found.cell, dict(found.details)["other"]) for found in merged.findings] == [
        ("key.twice", "a.xlsx", "C5", "b.xlsx!表1!C8"),
        ("key.twice", "b.xlsx", "C8", "a.xlsx!表1!C5"),
    ]
    assert list(shops.entries) == ["8"]


def test_two_rows_of_one_run_that_complete_each_other_both_enter(shops: Shops) -> None:
    merged = shops.take(
        OPENING, record(OPENING, 5, shop_no="7", shop_title="甲店"), record(OPENING, 6, shop_no="7", shop_tel="2")
    )

    assert outcomes(merged) == ["accepted", "accepted"]
    assert shops.entries["7"].values == {"shop_no": "7", "shop_title": "甲店", "shop_tel": "2"}


def test_a_stage_for_a_key_nobody_registered_is_a_finding_at_the_key(shops: Shops) -> None:
    merged = shops.take(LOOK, record(LOOK, 4, shop_no="99", looks="good"))

    assert [(found.rule, found.cell, found.value) for found in merged.findings] == [("key.unknown", "A4", "99")]
    assert (outcomes(merged), shops.entries) == (["rejected"], {})


def test_a_step_that_is_not_next_is_refused_and_says_what_is(shops: Shops) -> None:
    shops.put("to_look")

    merged = shops.take(DECISION, record(DECISION, 4, shop_no="7", decided="yes"))

    (finding,) = merged.findings
    assert finding.rule == "step.refused"
    assert dict(finding.details)["why@zh"] == "现在应办的是“查看”，若号码写错，请改正；没到这一步的，到时再交"
    assert shops.entries["7"].state == "to_look"


def test_a_stage_leads_on_and_the_derived_field_follows(shops: Shops) -> None:
    shops.put("to_look")

    shops.take(LOOK, record(LOOK, 4, shop_no="7", looks="good", seen_by="王一"))

    entry = shops.entries["7"]
    assert (entry.state, entry.since, entry.owner, entry.values["looks_len"]) == ("to_decide", TODAY, "", 4)


def test_passing_gives_a_running_number_and_each_record_its_own(shops: Shops) -> None:
    for key in ("7", "8"):
        shops.entries[key] = RecordState("shops", key, {"shop_no": key, "looks": "good"}, state="to_decide")

    shops.take(DECISION, *(record(DECISION, at, shop_no=key, decided="yes") for at, key in ((4, "7"), (5, "8"))))

    assert [shops.entries[key].values["file_no"] for key in ("7", "8")] == ["2026-0001", "2026-0002"]


def test_sending_back_keeps_the_reason_until_the_step_is_done_again(shops: Shops) -> None:
    shops.put("to_decide", looks="good")

    shops.take(DECISION, record(DECISION, 4, shop_no="7", decided="no", because="照片不清"))
    assert (shops.entries["7"].state, shops.entries["7"].reason) == ("to_look", "照片不清")

    shops.take(LOOK, record(LOOK, 4, shop_no="7", looks="better"))
    assert (shops.entries["7"].state, shops.entries["7"].reason) == ("to_decide", "")


def test_a_move_may_be_closed_by_what_is_known(shops: Shops) -> None:
    shops.put("to_decide", looks="bad")

    merged = shops.take(DECISION, record(DECISION, 4, shop_no="7", decided="yes"))

    assert dict(merged.findings[0].details)["why@zh"] == "样子不好，不能通过"
    assert shops.entries["7"].state == "to_decide"


def test_a_step_dropped_twice_is_unchanged_the_second_time(shops: Shops) -> None:
    shops.put("to_look")
    row = record(LOOK, 4, shop_no="7", looks="good")
    shops.take(LOOK, row)

    again = shops.take(LOOK, record(LOOK, 4, shop_no="7", looks="good"))

    assert (again.findings, outcomes(again)) == ([], ["unchanged"])


def test_prefilled_cells_state_nothing_but_a_correction_does(shops: Shops) -> None:
    shops.put("to_look", shop_tel="1", shop_title="甲店")
    left = record(OPENING, 4, shop_no="7", shop_tel="1", shop_title="甲店", partial=True)
    typed = record(OPENING, 4, file="b.xlsx", shop_no="7", shop_tel="2", shop_title="甲店", partial=True)

    merged = shops.take(OPENING, left, typed)

    assert outcomes(merged) == [RowOutcome.UNCHANGED, RowOutcome.ACCEPTED]
    assert (shops.entries["7"].values["shop_tel"], shops.entries["7"].state) == ("2", "to_look")


def stale(shops: Shops, typed: str) -> Merged:
    """A worklist written when the telephone was 1; the register says 2 since."""
    before = RecordState("shops", "7", {"shop_no": "7", "shop_tel": "1"}, version=1)
    shops.entries["7"] = RecordState("shops", "7", {"shop_no": "7", "shop_tel": "2"}, state="to_look", version=5)
    merge = Merge(SHOPS, shops.entries, {}, shops.numbers, TODAY, 1, {}, lambda key, version: before)
    row = record(OPENING, 4, shop_no="7", shop_tel=typed, partial=True, token=token("7", 1))
    return merge.take(OPENING, [row])


def test_an_old_worklist_does_not_bring_back_what_was_changed_since(shops: Shops) -> None:
    merged = stale(shops, typed="1")

    assert (outcomes(merged), merged.findings, shops.entries["7"].values["shop_tel"]) == (["unchanged"], [], "2")


def test_a_correction_that_comes_too_late_is_told_with_both_values_and_not_taken(shops: Shops) -> None:
    merged = stale(shops, typed="3")

    assert [(found.rule, found.cell, found.value, dict(found.details)["now"]) for found in merged.findings] == [
        ("value.conflict", "C4", "3", "2")
    ]
    assert shops.entries["7"].values["shop_tel"] == "2"


def test_a_late_correction_to_what_stands_there_already_is_no_finding(shops: Shops) -> None:
    assert stale(shops, typed="2").findings == []


def test_a_correction_is_its_manager_s_not_whoever_filled_the_first_sheet(shops: Shops) -> None:
    shops.put("to_look", shop_tel="1")
    merge = Merge(SHOPS, shops.entries, {}, shops.numbers, TODAY, 1, {"b.xlsx": "王一"})

    (event,) = merge.take(OPENING, [record(OPENING, 4, file="b.xlsx", shop_no="7", shop_tel="2", partial=True)]).events

    assert event.actor == "王一"


def test_a_worklist_row_whose_key_was_changed_is_a_finding_with_both_keys(shops: Shops) -> None:
    shops.put("to_look")

    merged = shops.take(LOOK, record(LOOK, 4, shop_no="8", looks="good", token=token("7", 1)))

    assert [(found.rule, found.value, dict(found.details)["original"]) for found in merged.findings] == [
        ("copy.key_changed", "8", "7")
    ]
    assert shops.entries["7"].state == "to_look"
