"""What a sheet or a change says upon what stood before: taken where the register stood still, asked where another has moved it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from pipeline.domain.finding import Finding
from pipeline.domain.record import Event, Record
from pipeline.domain.rulebook import Rulebook
from pipeline.merge.statement import StatementBase
from pipeline.merge.three_way import ThreeWay
from schemas.language import Catalogue, Form, Procedure
from tests.merge.boats import BOATS, DEED, PAPERS, SURVEY, boat, both, row

RULES = Rulebook(Catalogue((Procedure("harbour", both("港务"), (BOATS,)),)))
DAY = date(2026, 11, 20)
MORNING, NOON, EVENING = (datetime(2026, 11, 20, hour, tzinfo=UTC) for hour in (8, 12, 18))
SAVED = {"hash of a.xlsx": NOON, "hash of early.xlsx": MORNING, "hash of late.xlsx": EVENING}


def said(by: str, file: str, on: date = DAY, form: str = "papers", **values: Any) -> Event:
    cells = dict.fromkeys(values, "C9")
    action = {"from_day": on.isoformat()} if form == "deed" else {}
    return Event(
        "boats", "7", form, values, cells, {}, submission=f"hash of {file}", file=file, sheet="表1", actor=by, on=on, action=action
    )  # fmt: skip


def narrowed(
    form: Form,
    record: Record,
    base: StatementBase | None,
    *life: Event,
    chosen: Mapping[str, object] | None = None,
    **holds: Any,
) -> tuple[dict[str, object], list[str], bool]:
    """What is left of the row, what is told, and whether all of it waits."""
    asked: list[Finding] = []

    def answered(finding: Finding) -> bool:
        asked.append(finding)
        return bool(chosen) and finding.field in (chosen or {})

    three_way = ThreeWay(
        BOATS,
        {"7": boat(**holds)},
        life=lambda key: life if key == "7" else (),
        bases={(record.submission, record.sheet, record.row): base} if base else {},
        answered=answered,
        made=SAVED.get,
    )
    findings, waits = three_way.narrow(form, record)
    worded = [f"{each.cell} {RULES.word(each, 'zh').sentence}" for each in findings]
    return {code: value for code, value in record.values.items() if code != "boat_no"}, worded, waits


def paper(**values: Any) -> Record:
    return row(PAPERS, 5, "7", **values)


ANOTHER = said("陈二", "b.xlsx", berth="3号")


def test_what_somebody_else_has_said_since_is_asked_and_the_rest_is_taken() -> None:
    left, told, waits = narrowed(
        PAPERS, paper(berth="5号", hull="steel"), StatementBase("孙涛"), ANOTHER, berth="3号", hull="wood"
    )
    assert (left, waits) == ({"hull": "steel"}, False)
    assert len(told) == 1
    assert told[0].startswith("F5 ")
    assert all(part in told[0] for part in ("泊位", "5号", "3号", "陈二", "2026-11-20", "b.xlsx"))


@pytest.mark.parametrize(
    ("base", "why"),
    [
        (StatementBase("陈二"), "his own"),
        (StatementBase("", frozenset({"hash of b.xlsx"})), "of the same papers"),
        (StatementBase("孙涛", earlier={"berth": frozenset({"3号"})}), "he had said so himself before"),
        (None, "nothing is known of the row"),
    ],
)
def test_what_he_may_go_on_from_is_taken(base: StatementBase | None, why: str) -> None:
    assert narrowed(PAPERS, paper(berth="5号"), base, ANOTHER, berth="3号") == ({"berth": "5号"}, [], False), why


def test_what_the_program_or_nobody_known_has_set_is_taken() -> None:
    by_program = Event("boats", "7", "", {"berth": "3号"}, {}, {})
    for life in ((by_program,), ()):
        assert narrowed(PAPERS, paper(berth="5号"), StatementBase("孙涛"), *life, berth="3号")[0] == {"berth": "5号"}


def test_a_blank_of_the_register_or_the_very_value_is_no_conflict() -> None:
    assert narrowed(PAPERS, paper(berth="5号"), StatementBase("孙涛"), ANOTHER)[0] == {"berth": "5号"}
    assert narrowed(PAPERS, paper(berth="3号"), StatementBase("孙涛"), ANOTHER, berth="3号") == (
        {"berth": "3号"},
        [],
        False,
    )


def test_who_filled_the_paper_is_the_paper_s_and_no_conflict() -> None:
    by_another = said("陈二", "b.xlsx", clerk="陈二")
    left, told, _ = narrowed(
        PAPERS, paper(clerk="孙涛", berth="5号"), StatementBase("孙涛"), by_another, clerk="陈二", berth="5号"
    )
    assert (left, told) == ({"berth": "5号"}, [])


def test_what_he_has_said_before_is_said_again_by_an_old_copy_and_is_nothing_new() -> None:
    life = (said("孙涛", "early.xlsx", berth="5号"), ANOTHER)
    assert narrowed(PAPERS, paper(berth="5号"), StatementBase("孙涛"), *life, berth="3号") == ({}, [], False)
    meant = StatementBase("孙涛", set_back=True)
    left, told, _ = narrowed(PAPERS, paper(berth="5号"), meant, *life, berth="3号")
    assert (left, len(told)) == ({}, 1), "he means to set it back: the other is asked about"


def test_a_value_that_was_chosen_stands_and_nobody_is_asked_again() -> None:
    found = narrowed(
        PAPERS, paper(berth="5号", hull="steel"), StatementBase("孙涛"), ANOTHER, chosen={"berth": 1}, berth="3号"
    )
    assert found == ({"hull": "steel"}, [], False)


def test_another_owner_makes_all_of_the_row_new() -> None:
    life = (ANOTHER, said("陈二", "b.xlsx", owner="李船主", owner_card="1"))
    holds = {"berth": "3号", "owner": "李船主", "owner_card": "1"}
    new = {"berth": "5号", "owner": "王五", "owner_card": "2"}
    assert narrowed(PAPERS, paper(**new), StatementBase("孙涛"), *life, **holds) == (new, [], False)
    left, told, _ = narrowed(PAPERS, paper(berth="5号", owner="王五"), StatementBase("孙涛"), *life, **holds)
    assert (left, len(told)) == ({}, 2), "a name alone is no other owner"


def test_a_step_waits_whole_where_a_value_of_the_paper_is_contested() -> None:
    """What the step itself asks begins blank each round; what it repeats of the registration may be contested."""
    form = Form("survey", SURVEY.title, (*SURVEY.fields, *(each for each in PAPERS if each.code == "berth")), "")
    life = (ANOTHER, said("陈二", "b.xlsx", form="survey", verdict="leaky"))
    record = row(form, 5, "7", verdict="sound", berth="5号")
    left, told, waits = narrowed(
        form, record, StatementBase("孙涛"), *life, verdict="leaky", berth="3号", state="to_survey"
    )
    assert waits
    assert left == {"verdict": "sound", "berth": "5号"}
    assert [each.partition(" ")[0] for each in told] == ["E5"]


def change(**values: Any) -> Record:
    """A row of changes, from the 20th on."""
    return row(DEED, 4, "7", action={"act": "renamed", "from_day": "2026-11-20", "teller": "孙涛"}, **values)


def upon(author: str = "孙涛", made: datetime | None = NOON, **waiting: datetime) -> StatementBase:
    return StatementBase(author, frozenset(), made=made, waiting=waiting)


def test_a_change_is_taken_where_nothing_was_said_since_it_was_saved() -> None:
    early = said("孙涛", "early.xlsx", berth="3号")
    assert narrowed(DEED, change(berth="5号"), upon(), early, berth="3号") == ({"berth": "5号"}, [], False)
    late = said("孙涛", "late.xlsx", berth="3号")
    for base in (None, upon(made=None)):
        assert narrowed(DEED, change(berth="5号"), base, late, berth="3号")[0] == {"berth": "5号"}


def test_a_change_that_its_own_author_has_overtaken_is_told_and_the_register_stays() -> None:
    late = said("孙涛", "late.xlsx", berth="3号")
    left, told, _ = narrowed(DEED, change(berth="5号", hull="steel"), upon(), late, berth="3号", hull="wood")
    assert left == {"hull": "steel"}
    assert told == ["A4 泊位“5号”与您更早的表相同，您后来已改为别的；台账仍是“3号”，未改"]


def test_what_was_set_back_is_kept_as_it_was_said_and_by_whom() -> None:
    late = said("孙涛", "late.xlsx", hull="steel")
    record = change(hull="wood")
    three_way = ThreeWay(
        BOATS,
        {"7": boat(hull="steel")},
        life=lambda key: (late,),
        bases={(record.submission, record.sheet, record.row): upon()},
        made=SAVED.get,
    )
    ((told,), waits) = three_way.narrow(DEED, record)
    assert (dict(told.details), waits) == ({"now": "钢", "@said": '"wood"', "@by": "孙涛"}, False)
    assert (told.rule, told.field, told.key) == ("value.set_back", "hull", "7")


def test_a_change_of_a_later_day_is_taken_whenever_it_was_saved() -> None:
    late = said("孙涛", "late.xlsx", on=date(2026, 11, 19), berth="3号")
    assert narrowed(DEED, change(berth="5号"), upon(), late, berth="3号")[0] == {"berth": "5号"}


def test_what_somebody_else_said_later_is_replaced_and_he_reads_of_it() -> None:
    late = said("陈二", "late.xlsx", berth="3号")
    assert narrowed(DEED, change(berth="5号"), upon(), late, berth="3号") == ({"berth": "5号"}, [], False)


def test_a_change_that_was_refused_and_is_mended_does_not_replace_what_another_said_meanwhile() -> None:
    late = said("陈二", "late.xlsx", berth="3号")
    left, told, _ = narrowed(DEED, change(berth="5号"), upon(berth=NOON), late, berth="3号")
    assert left == {}
    assert len(told) == 1
    assert all(part in told[0] for part in ("泊位", "5号", "3号", "陈二", "late.xlsx"))
    # said before it was refused: it is replaced
    early = said("陈二", "early.xlsx", berth="3号")
    assert narrowed(DEED, change(berth="5号"), upon(berth=NOON), early, berth="3号")[0] == {"berth": "5号"}
    # of a file of which nobody knows when it was saved: it may have been later
    unknown = said("陈二", "别的.xlsx", berth="3号")
    assert narrowed(DEED, change(berth="5号"), upon(berth=NOON), unknown, berth="3号")[0] == {}
    # the answer was given before: nobody is asked, and the register stays
    assert narrowed(DEED, change(berth="5号"), upon(berth=NOON), late, chosen={"berth": 1}, berth="3号") == (
        {},
        [],
        False,
    )


def test_a_change_of_a_day_before_another_change_is_overtaken_though_that_was_saved_earlier() -> None:
    later_day = Event(
        "boats", "7", "deed", {"berth": "3号"}, {}, {}, submission="hash of early.xlsx", file="early.xlsx", sheet="表1",
        actor="陈二", on=DAY, action={"act": "renamed", "from_day": "2026-11-21"},
    )  # fmt: skip
    assert narrowed(DEED, change(berth="5号"), upon(berth=NOON), later_day, berth="3号")[0] == {}


def test_its_own_paper_overtakes_nothing() -> None:
    own = said("孙涛", "a.xlsx", berth="3号")
    assert narrowed(DEED, change(berth="5号"), upon(berth=MORNING), own, berth="3号")[0] == {"berth": "5号"}


def test_of_two_papers_saved_in_the_same_moment_neither_came_since_but_what_was_refused_waits() -> None:
    same = said("孙涛", "late.xlsx", berth="3号")
    assert narrowed(DEED, change(berth="5号"), upon(made=EVENING), same, berth="3号")[0] == {"berth": "5号"}
    another = said("陈二", "late.xlsx", berth="3号")
    left, told, _ = narrowed(DEED, change(berth="5号"), upon(berth=EVENING), another, berth="3号")
    assert (left, len(told)) == ({}, 1)


def test_a_change_of_the_very_day_that_was_saved_before_overtakes_nothing() -> None:
    same_day = said("陈二", "early.xlsx", form="deed", berth="3号")
    assert narrowed(DEED, change(berth="5号"), upon(berth=NOON), same_day, berth="3号")[0] == {"berth": "5号"}


@pytest.mark.parametrize(
    ("form", "base", "setter"),
    [
        (PAPERS, StatementBase("孙涛"), ANOTHER),
        (DEED, upon(berth=NOON), said("陈二", "late.xlsx", berth="3号")),
    ],
)
def test_a_conflict_is_known_by_whose_values_it_holds(form: Form, base: StatementBase, setter: Event) -> None:
    """Who has chosen between two values has chosen between these of these two, not of others."""
    record = paper(berth="5号") if form is PAPERS else change(berth="5号")
    asked: list[Finding] = []

    def answered(finding: Finding) -> bool:
        asked.append(finding)
        return False

    three_way = ThreeWay(
        BOATS,
        {"7": boat(berth="3号")},
        life=lambda key: (setter,),
        bases={(record.submission, record.sheet, record.row): base},
        answered=answered,
        made=SAVED.get,
    )
    findings, _ = three_way.narrow(form, record)
    told = [dict(each.details) for each in (*asked, *findings)]
    assert [(each["who"], each["@by"]) for each in told] == [("陈二", "孙涛")] * 2


def test_only_he_who_has_said_it_before_says_nothing_new_by_saying_it_again() -> None:
    for before, author in (("赵敏", "孙涛"), ("", "")):  # another, or a paper of nobody and a sheet of nobody's
        life = (said(before, "early.xlsx", berth="5号"), ANOTHER)
        left, told, _ = narrowed(PAPERS, paper(berth="5号"), StatementBase(author), *life, berth="3号")
        assert (left, len(told)) == ({}, 1)


def test_each_cell_of_a_change_is_judged_for_itself() -> None:
    own = said("孙涛", "late.xlsx", hull="wood")
    for first in (said("孙涛", "early.xlsx", berth="3号"), said("陈二", "late.xlsx", berth="3号")):
        left, told, _ = narrowed(DEED, change(berth="5号", hull="steel"), upon(), first, own, berth="3号", hull="wood")
        assert (left, len(told)) == ({"berth": "5号"}, 1)


@pytest.mark.parametrize(
    ("base", "by"),
    [
        (StatementBase("孙涛", made=NOON, earlier={"berth": frozenset({"3号"})}), "孙涛"),  # he had said so as well
        (StatementBase("", frozenset({"hash of late.xlsx"}), made=NOON), "陈二"),  # a sheet of nobody's, of this line
    ],
)
def test_what_its_own_voice_has_overtaken_is_told_to_him_who_says_it(base: StatementBase, by: str) -> None:
    record = change(berth="5号")
    three_way = ThreeWay(
        BOATS,
        {"7": boat(berth="3号")},
        life=lambda key: (said("陈二", "late.xlsx", berth="3号"),),
        bases={(record.submission, record.sheet, record.row): base},
        made=SAVED.get,
    )
    ((told,), _) = three_way.narrow(DEED, record)
    assert (told.rule, dict(told.details)["@by"]) == ("value.set_back", by)
    assert "berth" not in record.values


def test_a_refused_change_that_only_repeats_what_he_has_said_elsewhere_asks_nobody() -> None:
    life = (said("孙涛", "early.xlsx", berth="5号"), said("陈二", "late.xlsx", berth="3号"))
    assert narrowed(DEED, change(berth="5号"), upon(berth=NOON), *life, berth="3号") == ({}, [], False)
