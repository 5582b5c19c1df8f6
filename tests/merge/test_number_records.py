"""Rows without a number get one: the next of a series, or one composed of what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pipeline.domain.checked import Checked
from pipeline.domain.place import cell_name
from pipeline.domain.record import Event, Record, RecordState
from pipeline.domain.rulebook import found
from pipeline.merge.number_records import keep_out, number_records
from schemas.language import Localized, State, StoredValues
from schemas.language.guarding import Watching, watching
from schemas.language.work import Numbered
from tests.merge.boats import BOATS, PAPERS, TODAY

SERIES = Numbered("{prefix}{yy}{month}-{serial:02d}", same=("boat_name", "until"), day="until")
GIVEN_UP = State("given_up", Localized("已放弃", "Given up"), final=True)
VOID = State("void", Localized("已作废", "Void"), final=True, closed=True)
AGAIN = Numbered("{serial}", same=("boat_name",), over=("given_up",), again="until")


def unlived(key: str) -> list[Event]:
    pytest.fail(f"the events of {key} were asked for")


def row(key: str = "", **values: Any) -> Record:
    return Record("papers", "sha", "a.xlsx", "表1", 5, key, {**values, **({"boat_no": key} if key else {})}, {})


def number(
    numbered: Numbered,
    *rows: Record,
    standing: Mapping[str, RecordState] | None = None,
    serials: dict[str, int] | None = None,
    life: Mapping[str, list[Event]] | None = None,
) -> list[str]:
    register = replace(BOATS, numbered=numbered, states=(*BOATS.states, GIVEN_UP, VOID))
    given = {} if serials is None else serials
    number_records(register, rows, lambda: standing or {}, given, TODAY, lambda key: (life or {}).get(key, []))
    assert all(each.values.get("boat_no") == (each.key or None) for each in rows)
    return [each.key for each in rows]


def test_a_series_goes_on_within_the_month_of_its_day_and_begins_anew_in_the_next() -> None:
    serials: dict[str, int] = {}
    october = [row(boat_name=name, until="2026-10-05") for name in "甲乙"]
    assert number(SERIES, *october, row(boat_name="甲", until="2025-01-31"), serials=serials) == [
        "2610-01",
        "2610-02",
        "2501-01",
    ]
    assert number(SERIES, row(boat_name="丙", until="2026-10-31"), serials=serials) == ["2610-03"]


def test_without_a_day_of_its_own_a_row_is_of_the_runs_month() -> None:
    assert number(SERIES, row(boat_name="甲")) == ["2611-01"]
    assert number(Numbered("{year}/{serial}", same=("boat_name",)), row(boat_name="甲")) == ["2026/1"]


def test_a_row_that_says_what_a_record_says_is_that_record() -> None:
    known = {"X7": RecordState("boats", "X7", {"boat_name": "甲", "until": "2026-10-05"})}
    again = row(boat_name="甲", until="2026-10-05")
    other = row(boat_name="甲", until="2026-10-06")
    twin = row(boat_name="甲", until="2026-10-06")
    assert number(SERIES, again, other, twin, standing=known) == ["X7", "2610-01", "2610-01"]


def test_a_number_that_somebody_wrote_by_hand_is_left_out() -> None:
    standing = {"2610-01": RecordState("boats", "2610-01", {"boat_name": "手写"})}
    written = row("2610-02", boat_name="乙", until="2026-10-05")
    assert number(SERIES, written, row(boat_name="甲", until="2026-10-05"), standing=standing) == ["2610-02", "2610-03"]


def test_the_prefix_is_of_what_the_row_holds() -> None:
    by_hull = replace(SERIES, prefix=lambda values: "S" if values.get("hull") == "steel" else "W")
    rows = [row(boat_name=name, hull=hull, until="2026-10-05") for name, hull in (("甲", "steel"), ("乙", "wood"))]
    assert number(by_hull, *rows) == ["S2610-01", "W2610-01"]


def test_a_composed_number_asks_for_no_register_and_counts_nothing() -> None:
    def unasked() -> Mapping[str, RecordState]:
        pytest.fail("the register was asked")

    composed = Numbered("{boat_name}-{until}-{year}{month}")
    rows = [row(boat_name="甲", until="2026-10-05"), row("自编", boat_name="乙")]
    number_records(replace(BOATS, numbered=composed), rows, unasked, {}, date(2026, 3, 1), unlived)
    assert [each.key for each in rows] == ["甲-2026-10-05-202603", "自编"]


def test_a_register_that_gives_no_numbers_leaves_rows_as_they_are() -> None:
    rows = [row(boat_name="甲")]
    number_records(BOATS, rows, dict, {}, TODAY, unlived)
    assert rows[0].key == ""


def stood(key: str, state: str, version: int, **said: Any) -> tuple[RecordState, list[Event]]:
    """A record of a boat, and the one event by which its list opened it."""
    values = {"boat_no": key, "boat_name": "甲", **said}
    event = Event("boats", key, "papers", values, {}, {}, state=state, opens=True, number=version)
    return RecordState("boats", key, values, state=state, version=version), [event]


@pytest.mark.parametrize(
    ("state", "until", "crew", "key"),
    [
        ("given_up", "2026-10-05", None, "7"),  # the list again
        ("given_up", "2026-09-05", None, "7"),  # a day mended, to an earlier one
        ("given_up", "2026-10-05", 3, "7"),  # another cell mended
        ("given_up", "2026-12-01", None, "1"),  # another time
        ("void", "2026-10-05", None, "7"),
        ("void", "2026-10-05", 3, "1"),
        ("waiting", "2026-12-01", None, "7"),
    ],
)
def test_what_is_over_and_is_named_for_a_later_day_is_another_record(
    state: str, until: str, crew: int | None, key: str
) -> None:
    entry, life = stood("7", state, 1, until="2026-10-05")
    said = {"boat_name": "甲", "until": until, **({"crew": crew} if crew else {})}
    assert number(AGAIN, row(**said), row(**said), standing={"7": entry}, life={"7": life}) == [key, key]


def test_of_two_of_one_name_an_old_copy_is_the_old_one_and_all_else_the_one_under_way() -> None:
    (old, old_life), (new, new_life) = (
        stood("9", "given_up", 1, until="2026-10-05"),
        stood("2", "", 2, until="2026-12-01"),
    )
    rows = [row(boat_name="甲", until=until) for until in ("2026-10-05", "2026-12-01", "2026-12-24")]
    given = number(AGAIN, *rows, standing={"2": new, "9": old}, life={"2": new_life, "9": old_life})
    assert given == ["9", "2", "2"]


def test_a_key_made_of_a_choice_says_its_wording_as_people_read_it() -> None:
    assert number(Numbered("{boat_name}-{hull}"), row(boat_name="甲", hull="steel")) == ["甲-钢"]


def by_crew(values: StoredValues) -> str:
    """A rule of a declaration that breaks where a boat has no crew."""
    return f"{100 // int(str(values.get('crew') or 0))}-"


def broken(numbered: Numbered, *rows: Record) -> tuple[list[Record], Watching]:
    with watching() as watched:
        without = number_records(replace(BOATS, numbered=numbered), rows, dict, {}, TODAY, lambda key: [])
    return without, watched


@pytest.mark.parametrize(
    ("numbered", "keys"),
    [
        (Numbered("{prefix}{boat_name}", prefix=by_crew), ["50-甲", "", "25-丙", "自编"]),
        (Numbered("{prefix}{serial}", same=("boat_name",), prefix=by_crew), ["50-1", "", "25-1", "自编"]),
    ],
    ids=["composed", "of a series"],
)
def test_a_rule_that_breaks_leaves_its_row_without_a_number_and_no_other(numbered: Numbered, keys: list[str]) -> None:
    rows = [row(boat_name="甲", crew=2), row(boat_name="乙"), row(boat_name="丙", crew=4), row("自编", boat_name="丁")]
    without, watched = broken(numbered, *rows)
    assert [each.key for each in rows] == keys
    assert without == [rows[1]]
    (failure,) = watched.failures.values()
    assert (failure.place.what.zh, failure.place.name, failure.place.register) == ("编号", BOATS.title, "boats")
    assert "ZeroDivisionError" in failure.said


def test_rows_without_a_number_are_kept_out_and_told_at_their_key() -> None:
    rows = [replace(row(boat_name=name), row=at) for at, name in enumerate("甲乙丙")]
    earlier = found("key.unknown", submission="sha", file="a.xlsx", sheet="表1", cell="A9")
    checked = Checked(records=list(rows), rejected={("sha", "表1", 9)}, findings=[earlier])
    keep_out(checked, [rows[1]], PAPERS)
    assert checked.records == [rows[0], rows[2]]
    assert checked.rejected == {("sha", "表1", 9), ("sha", "表1", 1)}
    kept, told = checked.findings
    assert (kept, told.cell) == (earlier, cell_name(1))
    assert (told.rule, told.submission, told.file, told.sheet) == ("row.unnumbered", "sha", "a.xlsx", "表1")
    assert (told.form, told.field) == ("papers", "boat_no")
    keep_out(checked, [], PAPERS)
    assert len(checked.findings) == 2


@pytest.mark.parametrize(
    ("said", "until", "key"),
    [
        ("", "2026-10-31", "1"),  # no day was ever said of it
        ("", "", "7"),
        ("2026-12-01", "2026-11-05", "1"),  # an earlier day than was said, yet after it was over
        ("2026-12-01", "2026-11-01", "7"),  # on that very day
        ("2026-12-01", "2026-10-31", "7"),
        ("2026-10-01", "2026-10-31", "1"),  # later than was ever said
        ("2026-10-01", "", "7"),
    ],
)
def test_another_time_is_one_after_it_was_over_or_later_than_was_said(said: str, until: str, key: str) -> None:
    entry, life = stood("7", "given_up", 1, **({"until": said} if said else {}))
    over = replace(entry, since=date(2026, 11, 1))
    asked = row(boat_name="甲", crew=3, **({"until": until} if until else {}))
    assert number(AGAIN, asked, standing={"7": over}, life={"7": life}) == [key]


def test_the_newest_record_of_a_name_is_meant_whatever_its_number_is() -> None:
    known = {
        key: RecordState("boats", key, {"boat_name": "甲", "until": "2026-10-05"}, version=version)
        for key, version in (("A", 3), ("B", 1), ("C", 2))
    }
    assert number(SERIES, row(boat_name="甲", until="2026-10-05"), standing=known) == ["A"]


def test_numbers_that_a_run_has_given_are_not_given_again() -> None:
    by_name = Numbered("{boat_name}{serial}", same=("boat_name", "until"))
    taken = {"甲1": RecordState("boats", "甲1", {"boat_name": "手写"})}
    rows = [row(boat_name="甲", until=until) for until in ("2026-10-05", "2026-10-06")]
    assert number(by_name, *rows, standing=taken) == ["甲2", "甲3"]


def test_a_name_is_the_same_with_blanks_and_in_full_width() -> None:
    known = {"X7": RecordState("boats", "X7", {"boat_name": "ＡＢ1", "until": "2026-10-05"})}
    assert number(SERIES, row(boat_name="AB1", until="2026-10-05"), standing=known) == ["X7"]
    moment = replace(SERIES, day="until")
    assert number(moment, row(boat_name="甲", until="2026-12-05T08:30")) == ["2612-01"]


@pytest.mark.parametrize(("until", "key"), [("2026-12-01", "1"), ("", "7")])
def test_of_a_record_that_no_list_has_opened_any_day_is_another_time(until: str, key: str) -> None:
    """The program opened it, and it is over."""
    entry, _ = stood("7", "given_up", 1)
    asked = row(boat_name="甲", **({"until": until} if until else {}))
    assert number(AGAIN, asked, standing={"7": entry}) == [key]


def test_two_boats_of_which_the_names_run_into_their_numbers_do_not_get_one_number() -> None:
    by_name = Numbered("{boat_name}{serial}", same=("boat_name",))
    assert number(by_name, row(boat_name="甲1"), row(boat_name="甲"), serials={"甲0": 10}) == ["甲11", "甲12"]
