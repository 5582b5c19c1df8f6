"""Deeds at any time, renewals, changes of owner and what a register keeps of each: rows of boats, run by run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest

from pipeline.domain.embedded_metadata import token
from pipeline.domain.finding import Finding
from pipeline.domain.record import Event, Record
from pipeline.merge.match_records import Merge, Merged, RowOutcome
from schemas.language import Field, Kind, Severity, Transfer
from tests.merge.boats import BOATS, DEED, PAPERS, SURVEY, TODAY, TWIN, TWINS, Harbour, boat, both, row

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def harbour() -> Harbour:
    return Harbour()


def outcomes(merged: Merged) -> list[RowOutcome]:
    return list(merged.outcomes.values())


def details(finding: Finding) -> dict[str, str]:
    return dict(finding.details)


def action(act: str, day: date | None = TODAY, line: int = 4, key: str = "7", **more: Any) -> Record:
    said = {"act": act, "from_day": day.isoformat() if day else "", **more.pop("told", {})}
    return row(DEED, line, key, action={code: value for code, value in said.items() if value}, **more)


def test_a_deed_is_kept_with_its_event_and_only_what_it_changes_with_the_record(harbour: Harbour) -> None:
    harbour.put(boat(boat_name="海燕"))

    merged = harbour.take(DEED, action("laid_up", told={"teller": "王一"}, notes={"备注": "修船"}))

    assert merged.events == [
        Event(
            register="boats",
            key="7",
            form="deed",
            values={},
            cells={"act": "B4", "from_day": "C4", "teller": "E4"},
            before={},
            state="laid_up",
            submission="hash of a.xlsx",
            file="a.xlsx",
            sheet="表1",
            actor="王一",
            on=TODAY,
            number=1,
            run=5,
            notes={"备注": "修船"},
            action={"act": "laid_up", "from_day": "2026-11-23", "teller": "王一"},
        )
    ]
    assert (harbour.entries["7"].state, harbour.entries["7"].values) == (
        "laid_up",
        {"boat_no": "7", "boat_name": "海燕"},
    )
    assert (outcomes(merged), merged.pending) == ([RowOutcome.ACCEPTED], [])


def test_a_row_of_deeds_that_comes_again_does_nothing_even_with_a_reason_written_in(harbour: Harbour) -> None:
    harbour.put(boat())
    harbour.take(DEED, action("laid_up"))

    again = harbour.take(DEED, action("laid_up", told={"cause": "修船", "teller": "王一"}))
    other_day = harbour.take(DEED, action("laid_up", TODAY - timedelta(days=1)))

    assert (outcomes(again), again.events, again.findings) == ([RowOutcome.UNCHANGED], [], [])
    assert [found.rule for found in other_day.findings] == ["step.refused"]


def test_a_deed_of_a_day_to_come_is_announced_and_does_its_work_when_it_is_due(harbour: Harbour) -> None:
    harbour.put(boat(boat_name="海燕"))
    row_of_it = action("renamed", TOMORROW, boat_name="海鸥")

    merged = harbour.take(DEED, row_of_it)

    (event,) = merged.events
    (waiting,) = merged.pending
    assert (event.state, event.values, harbour.entries["7"].values["boat_name"]) == ("", {}, "海燕")
    assert (waiting.number, waiting.register, waiting.day, waiting.record) == (1, "boats", TOMORROW, row_of_it)
    assert outcomes(harbour.take(DEED, row_of_it)) == [RowOutcome.UNCHANGED]

    done = harbour.take(DEED, row_of_it, day=TOMORROW, due=True)
    assert (outcomes(done), done.pending) == ([RowOutcome.ACCEPTED], [])
    assert harbour.entries["7"].values["boat_name"] == "海鸥"
    assert done.events[0].before == {"boat_name": "海燕"}


def test_two_deeds_that_fall_due_together_are_no_conflict(harbour: Harbour) -> None:
    harbour.put(boat(boat_name="海燕"))
    rows = [action("renamed", boat_name="海鸥"), action("renamed", line=5, boat_name="海雁")]

    assert outcomes(harbour.take(DEED, *rows)) == [RowOutcome.REJECTED] * 2
    assert outcomes(harbour.take(DEED, *rows, due=True)) == [RowOutcome.ACCEPTED] * 2
    assert harbour.entries["7"].values["boat_name"] == "海雁"


def test_a_deed_that_changes_nothing_is_unchanged_and_one_of_no_day_is_in_force_at_once(harbour: Harbour) -> None:
    harbour.put(boat(boat_name="海燕"))

    assert outcomes(harbour.take(DEED, action("renamed", boat_name="海燕"))) == [RowOutcome.UNCHANGED]
    at_once = harbour.take(DEED, action("renamed", None, boat_name="海鸥"))
    assert (at_once.pending, harbour.entries["7"].values["boat_name"]) == ([], "海鸥")


def test_a_deed_of_a_day_to_come_on_what_is_closed_is_refused_at_once_by_its_name(harbour: Harbour) -> None:
    harbour.put(boat(state="broken", boat_name="海燕"))

    merged = harbour.take(DEED, action("laid_up", TOMORROW))

    (finding,) = merged.findings
    assert (finding.rule, finding.cell, finding.field, finding.value) == ("step.refused", "A4", "boat_no", "7")
    assert details(finding) == {
        "title": "海燕",
        "state@zh": "已拆解",
        "state@en": "en:已拆解",
        "stage@zh": "停航",
        "stage@en": "en:停航",
        "why@zh": "已是“已拆解”，不用再办；若号码写错，请改正",
        "why@en": "It is in state “en:已拆解” and closed for good: check the number",
    }
    assert (outcomes(merged), merged.pending) == ([RowOutcome.REJECTED], [])


def test_a_deed_whose_kind_nobody_knows_is_called_by_its_stage(harbour: Harbour) -> None:
    harbour.put(boat())
    (finding,) = harbour.take(DEED, action("sunk")).findings
    assert details(finding)["stage@zh"] == "变动"


def test_what_was_paused_goes_on_where_it_stood_with_the_days_that_were_left(harbour: Harbour) -> None:
    harbour.lived(
        Event("boats", "7", "papers", {"boat_no": "7"}, {}, {}, state="to_survey", on=date(2026, 11, 2), number=1),
        Event("boats", "7", "", {}, {}, {}, owner="K2", due=date(2026, 11, 20), number=2, reason="补照片"),
    )
    harbour.take(DEED, action("laid_up", date(2026, 11, 10)), day=date(2026, 11, 12))

    merged = harbour.take(DEED, action("resumed", TODAY, line=5))

    (event,) = merged.events
    assert (event.state, event.owner, event.due, event.reason) == ("to_survey", "K2", date(2026, 12, 3), "补照片")
    assert (harbour.entries["7"].state, harbour.entries["7"].owner) == ("to_survey", "K2")


def test_pause_and_end_of_pause_on_one_sheet_are_both_taken(harbour: Harbour) -> None:
    harbour.lived(Event("boats", "7", "papers", {"boat_no": "7"}, {}, {}, state="afloat", on=TODAY, number=1))

    merged = harbour.take(DEED, action("laid_up"), action("resumed", TODAY, line=5))

    assert [(event.state, event.due) for event in merged.events] == [("laid_up", None), ("afloat", None)]


def test_a_pause_of_which_no_life_tells_ends_in_the_state_it_is_in(harbour: Harbour) -> None:
    harbour.put(boat(state="laid_up"))
    (event,) = harbour.take(DEED, action("resumed")).events
    assert (event.state, event.owner) == ("laid_up", None)


OLD = boat("7", boat_name="海燕", owner_card="C1", until="2027-01-31", berth="3号")


def test_a_new_number_for_the_same_boat_ends_the_old_one_and_links_both(harbour: Harbour) -> None:
    merged = harbour.take(PAPERS, row(PAPERS, 4, "6"))  # other boats are no bother
    harbour.put(OLD)

    merged = harbour.take(
        PAPERS, row(PAPERS, 5, "8", boat_name="海燕", owner_card="C1", until="2032-01-31", notes={"备注": "换证"})
    )

    new, ended = merged.events
    assert (new.key, new.opens, new.state, new.values["previous_no"]) == ("8", True, "to_survey", "7")
    assert ended == replace(
        new,
        key="7",
        values={"next_no": "8"},
        cells={"next_no": "A5"},
        before={},
        state="renewed",
        opens=False,
        number=new.number + 1,
        notes={},
    )
    assert merged.findings == [
        Finding(
            "record.renewed",
            Severity.REPAIR,
            submission="hash of a.xlsx",
            file="a.xlsx",
            sheet="表1",
            cell="A5",
            form="papers",
            field="boat_no",
            value="8",
            key="8",
            details=(
                ("title", "海燕"),
                ("previous", "7"),
                ("because@zh", "船主证号、船名相符"),
                ("because@en", "same en:船主证号, en:船名"),
                ("state@zh", "已换证"),
                ("state@en", "en:已换证"),
            ),
        )
    ]
    assert (harbour.entries["7"].state, harbour.entries["7"].values["next_no"]) == ("renewed", "8")
    assert set(merged.entries) == {"7", "8"}
    assert outcomes(merged) == [RowOutcome.ACCEPTED]


def test_one_old_number_is_renewed_by_one_new_one_alone(harbour: Harbour) -> None:
    harbour.put(OLD)
    about = {"boat_name": "海燕", "owner_card": "C1", "until": "2032-01-31"}

    merged = harbour.take(PAPERS, row(PAPERS, 5, "8", **about), row(PAPERS, 6, "9", **about))

    assert [(event.key, event.values.get("previous_no")) for event in merged.events] == [
        ("8", "7"),
        ("7", None),
        ("9", None),
    ]


def test_a_boat_that_was_registered_before_ends_no_other_one_when_its_paper_comes_again(harbour: Harbour) -> None:
    harbour.put(OLD, boat("8", boat_name="海燕", owner_card="C1", until="2032-01-31"))

    merged = harbour.take(
        PAPERS, row(PAPERS, 5, "8", boat_name="海燕", owner_card="C1", until="2032-01-31", berth="9号")
    )

    assert [(event.key, event.values) for event in merged.events] == [("8", {"berth": "9号"})]
    assert (merged.findings, harbour.entries["7"].state) == ([], OLD.state)


def test_a_record_of_this_run_is_known_to_the_rows_after_it(harbour: Harbour) -> None:
    first = row(PAPERS, 4, "7", boat_name="海燕", owner_card="C1", until="2026-12-31")
    second = row(PAPERS, 5, "8", boat_name="海燕", owner_card="C1", until="2031-12-31")

    merged = harbour.take(PAPERS, first, second)

    assert [event.key for event in merged.events] == ["7", "8", "7"]
    assert harbour.entries["8"].values["previous_no"] == "7"


def test_another_owner_of_a_known_boat_is_recorded_and_told_without_private_numbers(harbour: Harbour) -> None:
    harbour.put(boat(boat_name="海燕", owner="王一", owner_card="C1"))

    merged = harbour.take(PAPERS, row(PAPERS, 5, "7", owner="李二", owner_card="C2"))

    assert merged.events[0].values == {"owner": "李二", "owner_card": "C2", "sold_on": "2026-11-23"}
    (finding,) = merged.findings
    assert (finding.rule, finding.field, finding.cell, finding.value) == ("record.transferred", "owner", "C5", "李二")
    assert details(finding) == {"title": "海燕", "owners": "王一 → 李二", "what@zh": "过户日", "what@en": "en:过户日"}


def test_of_two_fields_that_say_whose_it_is_both_are_told(harbour: Harbour) -> None:
    harbour.register = replace(
        BOATS, transfer=Transfer(("owner", "berth"), Field("sold_on", both("过户日"), Kind.DATE))
    )
    harbour.put(boat(owner="王一", berth="3号"))

    (finding,) = harbour.take(PAPERS, row(PAPERS, 5, "7", owner="李二", berth="4号")).findings
    assert details(finding)["owners"] == "王一 → 李二、3号 → 4号"


@pytest.mark.parametrize("said", [{"owner": "李二"}, {"owner": "李二", "owner_card": "C1"}])
def test_a_name_alone_that_differs_is_no_other_owner(harbour: Harbour, said: dict[str, str]) -> None:
    harbour.put(boat(owner="王一", owner_card="C1"))
    merged = harbour.take(PAPERS, row(PAPERS, 5, "7", **said))
    assert (merged.findings, merged.events[0].values) == ([], {"owner": "李二"})


def test_an_owner_where_none_was_known_and_a_correction_on_a_worklist_are_no_transfer(harbour: Harbour) -> None:
    harbour.put(boat("7", owner="王一"), boat("8", owner="王一", owner_card="C1"))
    first = harbour.take(PAPERS, row(PAPERS, 5, "7", owner="李二", owner_card="C2"))
    second = harbour.take(PAPERS, row(PAPERS, 6, "8", owner="李二", owner_card="C2", partial=True))
    assert [found.rule for found in (*first.findings, *second.findings)] == []


def test_what_is_closed_is_not_changed_and_the_cell_that_would_is_named(harbour: Harbour) -> None:
    harbour.put(boat(state="broken", boat_name="海燕", berth="3号"))

    merged = harbour.take(PAPERS, row(PAPERS, 5, "7", boat_name="海燕", berth="4号"))

    assert [(found.rule, found.cell, found.value, details(found)) for found in merged.findings] == [
        ("record.closed", "F5", "4号", {"title": "海燕", "state@zh": "已拆解", "state@en": "en:已拆解"})
    ]
    assert (outcomes(merged), harbour.entries["7"].values["berth"]) == ([RowOutcome.REJECTED], "3号")
    assert outcomes(harbour.take(PAPERS, row(PAPERS, 6, "7", berth="3号"))) == [RowOutcome.UNCHANGED]


def test_notes_alone_are_news_once(harbour: Harbour) -> None:
    harbour.put(boat(boat_name="海燕"))
    said = {"boat_name": "海燕", "notes": {"备注": "红漆"}}

    assert outcomes(harbour.take(PAPERS, row(PAPERS, 5, "7", **said))) == [RowOutcome.ACCEPTED]
    assert harbour.entries["7"].notes == {"备注": "红漆"}
    assert outcomes(harbour.take(PAPERS, row(PAPERS, 5, "7", **said))) == [RowOutcome.UNCHANGED]


def test_running_numbers_count_by_what_their_pattern_says_and_are_given_once(harbour: Harbour) -> None:
    harbour.put(*(boat(key, "to_survey") for key in ("7", "8", "9")))
    harbour.take(SURVEY, row(SURVEY, 4, "7", verdict="sound"), row(SURVEY, 5, "8", verdict="sound"))
    harbour.take(SURVEY, row(SURVEY, 6, "9", verdict="sound"), day=date(2026, 12, 1))

    assert [(harbour.entries[key].values["paper_no"], harbour.entries[key].values["list_no"]) for key in "789"] == [
        ("202611-001", "L1"),
        ("202611-002", "L2"),
        ("202612-001", "L3"),
    ]
    assert harbour.serials == {"202611-000": 2, "202612-000": 1, "L0": 3}

    harbour.entries["7"] = replace(harbour.entries["7"], state="to_survey")
    (event,) = harbour.take(SURVEY, row(SURVEY, 7, "7", verdict="sound")).events
    assert (event.state, event.values) == ("afloat", {})


def test_a_step_sent_back_keeps_the_reason_and_who_said_so(harbour: Harbour) -> None:
    harbour.put(boat(state="to_survey"))
    (event,) = harbour.take(SURVEY, row(SURVEY, 4, "7", verdict="leaky", flaw="舵损", surveyor="赵三")).events
    assert (event.reason, event.actor, event.state) == ("舵损", "赵三", "to_survey")


def test_who_did_it_is_the_one_the_sheet_names_else_whose_worklist_it_is(harbour: Harbour) -> None:
    harbour.put(boat("7", "to_survey"), boat("8", "to_survey"), boat("9", "to_survey"))
    rows = (
        row(SURVEY, 4, "7", verdict="sound", surveyor="赵三"),
        row(SURVEY, 5, "8", verdict="sound"),
        row(SURVEY, 6, "9", file="b.xlsx", verdict="sound"),
    )

    merged = harbour.take(SURVEY, *rows, actors={"hash of a.xlsx": "王一"})
    assert [event.actor for event in merged.events] == ["赵三", "王一", ""]

    opened = harbour.take(PAPERS, row(PAPERS, 7, "10", clerk="钱四"))
    assert opened.events[0].actor == "钱四"


def test_a_row_under_another_s_key_is_told_once_at_the_record_it_was_written_for(harbour: Harbour) -> None:
    harbour.put(boat("7", "to_survey"), boat("8", "to_survey"))
    step = row(SURVEY, 4, "8", verdict="sound", token=token("7", 1))
    left = row(PAPERS, 4, "8", berth="9号", token=token("7", 1), partial=True)

    (finding,) = harbour.take(SURVEY, step).findings
    assert (finding.rule, finding.cell, finding.value, finding.key, details(finding)) == (
        "copy.key_changed",
        "A4",
        "8",
        "7",
        {"original": "7"},
    )
    silent = harbour.take(PAPERS, left)
    assert (silent.findings, outcomes(silent)) == ([], [RowOutcome.REJECTED])


def test_a_key_that_nobody_registered_names_the_register(harbour: Harbour) -> None:
    for wrong in (action("laid_up"), row(PAPERS, 4, "7", berth="9号", partial=True)):
        form = DEED if wrong.action else PAPERS
        (finding,) = harbour.take(form, wrong).findings
        assert (finding.rule, finding.field, finding.value, finding.key, details(finding)) == (
            "key.unknown",
            "boat_no",
            "7",
            "7",
            {
                "register@zh": "船舶",
                "register@en": "en:船舶",
                "how@zh": "先交登记表，或核对号码后重填本单元格",
                "how@en": "Hand in its registration first, or correct the number in this cell",
            },
        )


def pair_row(**values: str) -> Merged:
    kept = replace(boat("7-8"), register="twins", values={"pair_no": "7-8", "first_no": "7", "second_no": "8"})
    merge = Merge(TWINS, {"7-8": kept}, {}, count(1), TODAY, 5)
    record = row(TWIN, 4, "7-8", **values)
    return merge.take(TWIN, [record])


def test_what_the_program_keeps_no_sheet_opens_or_changes() -> None:
    assert outcomes(pair_row(first_no="7")) == [RowOutcome.UNCHANGED]
    merged = pair_row(first_no="7", second_no="9")
    assert outcomes(merged) == [RowOutcome.REJECTED]
    assert [(found.rule, found.cell, found.value, details(found)["register@zh"]) for found in merged.findings] == [
        ("pair.kept", "D4", "9", "疑似同船")
    ]
    assert BOATS.pairs is None
