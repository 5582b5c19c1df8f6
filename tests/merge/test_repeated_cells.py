"""Which cells of a list that comes again say something: those that differ from what the same voice, or the same list, said before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.domain.paper import Paper, PaperRows
from pipeline.merge.repeated_cells import EarlierRows, RowBase

Row = Mapping[str, str]
KEY = "boat_no"
FIRST = {"boat_name": "海燕", "berth": "3号", "hull": "木"}
OTHER = {"boat_name": "海鸥", "berth": "4号", "hull": "钢"}
NAMELESS = {"author": "", "stem": ""}


def at(hour: int) -> datetime:
    return datetime(2026, 11, 20, hour, tzinfo=UTC)


def listed(
    hour: int,
    rows: Mapping[str, Row],
    *,
    out: tuple[str, ...] = (),
    author: str = "孙涛",
    stem: str = "台账",
    lineage: str = "",
    name: str = "",
) -> Paper:
    """A list saved at *hour*; the boats *out* were refused. Boats stand from line 5 on."""
    keys = list(rows)
    codes = dict.fromkeys([*FIRST, *(code for row in rows.values() for code in row)])
    columns = {KEY: keys, **{code: [row.get(code, "") for row in rows.values()] for code in codes}}
    sheet = PaperRows(
        "表1", keys, [5 + number for number in range(len(keys))], columns, [key not in out for key in keys]
    )
    submission = name or f"list of {hour}"
    return Paper(submission, "papers", at(hour), lineage or submission, author, "", stem, (sheet,))


def base(paper: Paper, *earlier: Paper, row: int = 0) -> RowBase:
    return EarlierRows(paper, earlier).base(paper.sheets[0], row, KEY)


def moved(berth: str, **more: str) -> Row:
    return {**FIRST, "berth": berth, **more}


def test_a_boat_of_which_nobody_has_spoken_stands_upon_nothing() -> None:
    assert base(listed(9, {"7": FIRST})) == RowBase()
    assert base(listed(9, {"7": FIRST}), listed(8, {"8": FIRST})) == RowBase()


def test_the_very_row_again_says_nothing() -> None:
    found = base(listed(9, {"8": OTHER, "7": FIRST}), listed(7, {"7": moved("1号")}), listed(8, {"7": FIRST}), row=1)
    assert found == RowBase(
        repeated=True,
        taken=True,
        silent=frozenset(FIRST),
        earlier={},
        voice=frozenset({"list of 7", "list of 8"}),
        places=(("list of 8", "表1", 5),),
    )


def test_a_cell_changed_is_all_that_the_row_says_and_what_was_said_there_before_is_known() -> None:
    found = base(listed(9, {"7": moved("5号")}), listed(7, {"7": moved("1号")}), listed(8, {"7": FIRST}))
    assert found == RowBase(
        taken=True,
        silent=frozenset({"boat_name", "hull"}),
        earlier={"berth": ("1号", "3号")},
        voice=frozenset({"list of 7", "list of 8"}),
    )


def test_a_row_stands_upon_the_state_that_it_is_nearest_to() -> None:
    newer = {"boat_name": "海鸥号", "berth": "9号", "hull": "钢"}
    found = base(listed(9, {"7": moved("3号", hull="铁")}), listed(7, {"7": FIRST}), listed(8, {"7": newer}))
    assert found.silent == {"boat_name", "berth"}
    assert found.earlier == {"hull": ("木", "钢")}
    assert not found.repeated


def test_a_cell_left_out_by_an_earlier_list_was_blank_there() -> None:
    bare = listed(8, {"7": {"boat_name": "海燕", "berth": "3号"}})
    found = base(listed(9, {"7": FIRST}), bare)
    assert (found.silent, found.earlier) == ({"boat_name", "berth"}, {"hull": ("",)})
    assert base(listed(9, {"7": FIRST}), narrow(bare)).earlier == {"hull": ("",)}, "it had no such column"


@pytest.mark.parametrize(
    ("author", "stem", "known"),
    [("陈二", "台账", False), ("陈二", "别的", False), ("", "台账", True), ("孙涛", "别的", True)],
)
def test_what_another_has_written_is_nobody_s_earlier_state(author: str, stem: str, known: bool) -> None:
    found = base(listed(9, {"7": FIRST}), listed(8, {"7": FIRST}, author=author, stem=stem))
    assert found.repeated is known


def test_where_nobody_is_named_most_cells_have_to_be_the_same() -> None:
    paper = listed(9, {"7": FIRST}, author="", stem="")
    for cells, same in (
        (moved("5号"), True),
        ({**OTHER, "hull": "木"}, False),
        ({"berth": "3号"}, False),
        (FIRST, True),
    ):
        found = base(paper, listed(8, {"7": cells}, author="", stem=""))
        assert (found != RowBase()) is same, cells


def test_an_old_copy_dropped_again_changes_nothing() -> None:
    """The list says 3号, then 5号; its first copy comes once more, saved when it was."""
    first, second = listed(7, {"7": FIRST}), listed(8, {"7": moved("5号")})
    again = listed(7, {"7": FIRST}, name="list of 7")
    assert base(again, first, second) == RowBase(
        repeated=True,
        taken=True,
        silent=frozenset(FIRST),
        earlier={},
        voice=frozenset({"list of 7", "list of 8"}),
        places=(("list of 7", "表1", 5),),
    )


def test_a_list_saved_later_that_holds_an_older_row_is_told_of_it() -> None:
    first, second = listed(7, {"7": FIRST}), listed(8, {"7": moved("5号")})
    found = base(listed(9, {"7": FIRST}), first, second)
    assert (found.repeated, found.set_back, found.older) == (True, False, {"berth"})


def test_it_is_set_back_where_the_rest_of_the_list_is_the_newest() -> None:
    first = listed(7, {"7": FIRST, "8": OTHER})
    second = listed(8, {"7": moved("5号"), "8": {**OTHER, "berth": "6号"}})
    later = listed(9, {"7": FIRST, "8": {**OTHER, "berth": "6号"}})
    assert base(later, first, second) == RowBase(
        taken=True,
        set_back=True,
        silent=frozenset({"boat_name", "hull"}),
        earlier={"berth": ("3号", "5号")},
        voice=frozenset({"list of 7", "list of 8"}),
        places=(("list of 7", "表1", 5),),
    )
    # a boat that the old copy did not have stands there
    bare, longer = listed(7, {"7": FIRST}), listed(8, {"7": moved("5号"), "8": OTHER})
    assert base(listed(9, {"7": FIRST, "8": OTHER}), bare, longer).set_back
    assert not base(listed(9, {"7": FIRST}), bare, longer).set_back
    # the rest of it is of the old copy, or of both alike
    for rest in (OTHER, {**OTHER, "berth": "9号"}):
        found = base(listed(9, {"7": FIRST, "8": rest}), first, second)
        assert (found.set_back, found.older) == (False, {"berth"}), rest


def test_what_was_refused_waits_since_it_was_first_said() -> None:
    entered = listed(6, {"7": FIRST})
    refused = listed(7, {"7": moved("5号")}, out=("7",))
    again = listed(8, {"7": moved("5号", hull="钢")}, out=("7",))
    found = base(listed(9, {"7": moved("5号", hull="钢")}), entered, refused, again)
    assert found.waiting == {"berth": at(7), "hull": at(8)}
    assert (found.repeated, found.taken, found.withdrawn) == (True, False, frozenset())
    assert base(listed(9, {"7": moved("5号", hull="铁")}), entered, refused, again).waiting == {"berth": at(7)}


def test_what_entered_meanwhile_waits_no_more_and_what_its_list_said_otherwise_since_is_withdrawn() -> None:
    refused = listed(7, {"7": moved("5号", hull="钢")}, out=("7",))
    entered = listed(8, {"7": moved("9号", hull="钢")})
    found = base(listed(10, {"7": moved("5号", hull="钢")}, name="list of 7"), refused, entered)
    assert found.waiting == {"boat_name": at(7), "berth": at(7)} or found.waiting == {"berth": at(7)}
    assert "berth" in found.withdrawn


def test_a_refusal_is_taken_back_by_the_list_as_it_was_before() -> None:
    entered = listed(7, {"7": FIRST})
    refused = listed(8, {"7": moved("5号")}, out=("7",))
    found = base(listed(9, {"7": FIRST}), entered, refused)
    assert (found.set_back, found.repeated, found.earlier) == (True, False, {"berth": ("3号", "5号")})
    # another list of his knows nothing of what this one said
    elsewhere = listed(8, {"7": moved("5号")}, out=("7",), stem="别的")
    found = base(listed(9, {"7": FIRST}), entered, elsewhere)
    assert (found.set_back, found.repeated) == (False, True)


def test_a_row_without_a_number_is_the_one_that_stood_so_before() -> None:
    before = listed(8, {"": FIRST}, out=("",))
    again, mended = listed(9, {"": FIRST}), listed(9, {"": moved("5号")})
    assert base(again, before) == RowBase(repeated=True, places=(("list of 8", "表1", 5),))
    assert base(mended, before) == RowBase()


def test_where_a_row_stood_and_whether_it_entered_is_known_of_this_line_alone() -> None:
    paper = listed(9, {"7": FIRST})
    rows = paper.sheets[0]
    entered, refused = listed(7, {"8": OTHER, "7": FIRST}), listed(8, {"7": FIRST}, out=("7",))
    unnamed = listed(6, {"7": FIRST}, author="", stem="")
    known = EarlierRows(paper, [unnamed, entered, refused])
    assert known.places_of(rows, 0) == (("list of 7", "表1", 6), ("list of 8", "表1", 5))
    assert known.entered(rows, 0)
    assert not EarlierRows(paper, [unnamed, refused]).entered(rows, 0)
    assert not EarlierRows(paper, [listed(7, {"7": moved("5号")})]).entered(rows, 0)
    assert EarlierRows(paper, []).places_of(rows, 0) == ()
    assert not EarlierRows(paper, []).entered(rows, 0)


def test_what_was_refused_of_a_row_is_given_with_its_hour() -> None:
    paper = listed(9, {"7": FIRST})
    papers = [listed(6, {"7": moved("1号")}), listed(7, {"7": moved("5号"), "8": OTHER}, out=("7", "8"))]
    papers.append(
        listed(8, {"7": {**OTHER, "hull": "木"}}, out=("7",), author="", stem="")
    )  # nobody's, and another boat's cells
    assert list(EarlierRows(paper, []).refused(paper.sheets[0], 0, KEY)) == []
    found = list(EarlierRows(paper, papers).refused(paper.sheets[0], 0, KEY))
    assert found == [(at(7), {KEY: "7", **moved("5号")})]


def narrow(paper: Paper) -> Paper:
    """The list without the column of hulls."""
    (sheet,) = paper.sheets
    columns = {code: column for code, column in sheet.columns.items() if code != "hull"}
    return replace(paper, sheets=(replace(sheet, columns=columns),))


def test_a_column_added_to_the_list_and_left_blank_says_nothing_of_its_rows() -> None:
    first, hulls = {"boat_name": "海燕", "berth": "3号"}, {"boat_name": "海鸥", "berth": "4号"}
    old = narrow(listed(7, {"7": first, "8": {**hulls, "berth": "1号"}}))
    new = narrow(listed(8, {"7": {**first, "berth": "5号"}, "8": hulls}))
    assert base(listed(9, {"7": first, "8": hulls}), old, new).set_back


def test_another_s_list_in_between_hides_none_of_his_own() -> None:
    theirs = listed(7, {"7": OTHER}, author="陈二", stem="别的")
    assert base(listed(9, {"7": FIRST}), theirs, listed(8, {"7": FIRST})).repeated


def test_half_of_the_cells_have_to_be_the_same_where_nobody_is_named() -> None:
    row = {**FIRST, "owner": "李船主", "until": "2027"}
    for cells, same in (
        ({**OTHER, "boat_name": "海燕", "hull": "木", "owner": "李船主", "until": "2028"}, True),  # three of five
        ({**OTHER, "hull": "木", "owner": "李船主", "until": "2028"}, False),  # two of five
        ({**OTHER, "hull": "木", "owner": "李船主"}, True),  # two of four: the fifth is blank there
    ):
        found = base(listed(9, {"7": row}, author="", stem=""), listed(8, {"7": cells}, author="", stem=""))
        assert (found != RowBase()) is same, cells


def test_a_list_is_later_than_those_saved_before_it_and_not_than_itself() -> None:
    first, second = listed(7, {"7": FIRST}), listed(8, {"7": moved("5号")})
    assert base(listed(9, {"7": FIRST}), first, second).older == {"berth"}
    assert base(listed(8, {"7": FIRST}, name="another"), first, second).older == frozenset()  # of the same moment
    assert base(listed(9, {"7": FIRST}, name="list of 7"), first, second).older == frozenset()  # it is the first one


def test_what_another_list_an_old_copy_or_a_refused_row_says_since_withdraws_nothing() -> None:
    entered, refused = listed(6, {"7": FIRST}), listed(7, {"7": moved("5号")}, out=("7",))
    again = listed(10, {"7": moved("5号")}, name="list of 7")
    for since in (
        listed(8, {"7": moved("9号")}, stem="别的"),
        listed(8, {"7": FIRST}),
        listed(8, {"7": moved("9号")}, out=("7",)),
    ):
        found = base(again, entered, refused, since)
        assert (found.waiting, found.withdrawn) == ({"berth": at(7)}, frozenset()), since
    found = base(again, entered, refused, listed(8, {"7": moved("9号")}))
    assert (found.waiting, found.withdrawn) == ({"berth": at(7)}, {"berth"})


def test_what_was_refused_is_counted_from_the_row_that_it_is_nearest_to() -> None:
    entered = listed(5, {"7": FIRST})
    one = listed(6, {"7": moved("5号", boat_name="海燕号")}, out=("7",))
    other = listed(7, {"7": moved("6号", hull="钢")}, out=("7",))
    third = listed(8, {"7": moved("5号", boat_name="海燕号", hull="钢")}, out=("7",))
    found = base(listed(9, {"7": moved("5号", boat_name="海燕号", hull="钢")}), entered, one, other, third)
    assert found.waiting == {"berth": at(6), "boat_name": at(6), "hull": at(8)}


def test_a_list_of_which_nothing_has_entered_waits_whole() -> None:
    found = base(listed(9, {"7": FIRST}), listed(8, {"7": FIRST}, out=("7",)))
    assert (found.repeated, found.taken, found.set_back) == (True, False, False)
    assert found.waiting == dict.fromkeys(FIRST, at(8))


def test_what_has_entered_waits_no_more_though_it_was_said_otherwise_since() -> None:
    refused = listed(6, {"7": moved("5号", hull="钢")}, out=("7",))
    entered, since = listed(7, {"7": moved("5号")}), listed(8, {"7": moved("9号")})
    found = base(listed(9, {"7": moved("5号", hull="钢")}, name="list of 6"), refused, entered, since)
    assert found.waiting == {"hull": at(6)}


def test_a_refused_cell_waits_though_an_earlier_row_that_it_is_far_from_had_said_so() -> None:
    near, far = listed(6, {"7": FIRST}), listed(7, {"7": OTHER})
    refused = listed(8, {"7": {**FIRST, "hull": "钢"}}, out=("7",))
    found = base(listed(9, {"7": {**FIRST, "hull": "钢"}}), near, far, refused)
    assert found.waiting == {"hull": at(8)}


def test_what_its_list_said_since_is_withdrawn_whatever_his_other_lists_say_thereafter() -> None:
    refused = listed(6, {"7": moved("5号")}, out=("7",))
    entered, elsewhere = listed(7, {"7": moved("9号")}), listed(8, {"7": moved("8号")}, stem="别的")
    found = base(listed(9, {"7": moved("5号")}, name="list of 6"), refused, entered, elsewhere)
    assert "berth" in found.waiting
    assert "berth" in found.withdrawn


def test_a_copy_without_a_column_withdraws_nothing_of_it() -> None:
    refused = listed(6, {"7": moved("5号", hull="钢")}, out=("7",))
    found = base(
        listed(9, {"7": moved("5号", hull="钢")}, name="list of 6"), refused, narrow(listed(7, {"7": moved("9号")}))
    )
    assert "hull" in found.waiting
    assert {"berth", "hull"} & found.withdrawn == {"berth"}
