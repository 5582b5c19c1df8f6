"""A row that says several things enters whole or not at all."""

from __future__ import annotations

from itertools import count

from pipeline.domain.checked import Checked
from pipeline.domain.record import Record, RecordState
from pipeline.merge.keep_rows_whole import leave_out_wrong_rows, merge_whole, row_of
from pipeline.merge.match_records import Merge, RowOutcome
from schemas.language import Form
from tests.merge.boats import BOATS, PAPERS, SURVEY, TODAY, boat, row


def merged(
    *parts: tuple[Form, list[Record]], state: str = "to_survey", **held: str
) -> tuple[dict[str, RecordState], list[list[RowOutcome]], list[str]]:
    """What stands then, each part's fates, and the rules told."""

    def begin() -> Merge:
        boats = {"7": boat("7", state, berth="1号", **held), "8": boat("8", "afloat", berth="1号")}
        return Merge(BOATS, boats, {}, count(1), TODAY, 1)

    merge, taken = merge_whole(begin, parts)
    return (
        merge.entries,
        [list(each.outcomes.values()) for each in taken],
        [found.rule for each in taken for found in each.findings],
    )


def both_parts(line: int, key: str, sheet: str = "待检验") -> tuple[Record, Record]:
    """A row of a worklist: a correction of the berth, and the survey."""
    return (
        row(PAPERS, line, key, sheet=sheet, partial=True, berth=f"{line}0号"),
        row(SURVEY, line, key, sheet=sheet, verdict="sound"),
    )


def test_a_row_that_is_wrong_as_a_correction_stays_out_as_a_step_too_and_its_neighbours_stay_in() -> None:
    good, step = both_parts(4, "7")
    wrong, beside = both_parts(5, "8")
    corrections = Checked(records=[good], rejected={row_of(wrong)})
    steps = Checked(records=[step, beside])
    leave_out_wrong_rows([corrections, steps])
    assert (corrections.records, steps.records) == ([good], [step])


def test_a_row_whose_step_is_refused_corrects_nothing_and_the_others_enter() -> None:
    good, step = both_parts(4, "7")
    late, refused = both_parts(5, "8")

    entries, outcomes, told = merged((PAPERS, [good, late]), (SURVEY, [step, refused]))

    assert [entries[key].values["berth"] for key in ("7", "8")] == ["40号", "1号"]
    assert entries["7"].state == "afloat"
    assert outcomes == [[RowOutcome.ACCEPTED], [RowOutcome.ACCEPTED, RowOutcome.REJECTED]]
    assert told == ["step.refused"]


def test_rows_of_another_line_or_sheet_are_other_rows() -> None:
    late, refused = both_parts(5, "8")
    elsewhere = row(PAPERS, 5, "8", sheet="另一页", partial=True, boat_name="海燕")

    entries, outcomes, _ = merged((PAPERS, [late, elsewhere]), (SURVEY, [refused]))

    assert (entries["8"].values["berth"], entries["8"].values["boat_name"]) == ("1号", "海燕")
    assert outcomes == [[RowOutcome.ACCEPTED], [RowOutcome.REJECTED]]
    assert (row_of(late), row_of(refused)) == (("hash of a.xlsx", "待检验", late.row),) * 2
    assert row_of(elsewhere) != row_of(late)


def test_when_nothing_is_torn_all_is_merged_once() -> None:
    begun = count()

    def begin() -> Merge:
        next(begun)
        return Merge(BOATS, {}, {}, count(1), TODAY, 1)

    _, (taken,) = merge_whole(begin, [(PAPERS, [row(PAPERS, 4, "7"), row(PAPERS, 5, "8")])])

    assert list(taken.outcomes.values()) == [RowOutcome.ACCEPTED] * 2
    assert next(begun) == 1


def test_a_step_that_only_another_row_s_correction_allowed_is_kept_out_with_that_row() -> None:
    """Merged anew without the first row, the second is refused; merged once more, neither comes in."""
    first = both_parts(4, "7")
    first[0].values["hull"], first[1].values = "steel", {"boat_no": "7", "flaw": "无"}
    second = both_parts(5, "7", "另一页")
    second[0].values = {"boat_no": "7", "boat_name": "海燕"}

    entries, outcomes, told = merged((PAPERS, [first[0], second[0]]), (SURVEY, [first[1], second[1]]), hull="wood")

    assert (entries["7"].state, entries["7"].values["hull"], "boat_name" in entries["7"].values) == (
        "to_survey",
        "wood",
        False,
    )
    assert outcomes[1] == [RowOutcome.REJECTED] * 2
    assert told == ["step.not_so"] * 2


def test_of_a_row_that_is_refused_only_why_it_is_is_told() -> None:
    correction, step = both_parts(4, "7")
    alone = row(PAPERS, 5, "7", sheet="改", partial=True, berth="9号")

    assert merged((PAPERS, [correction]), (SURVEY, [step]), state="broken")[2] == ["step.refused"]
    assert merged((PAPERS, [alone]), (SURVEY, []), state="broken")[2] == ["record.closed"]
