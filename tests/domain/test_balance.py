from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.domain.balance import Balance, Flow, Gap, RecordsHeld, add, flow_of
from pipeline.domain.run_summary import FileCount, RowCount, RunSummary

DAY = date(2026, 11, 3)
RUN = RunSummary(
    run=3,
    files=FileCount(seen=6, read=3, known=1, refused=1, waiting=1),
    rows=RowCount(read=10, accepted=6, unchanged=1, rejected=3, repaired=2),
)
FLOW = flow_of(RUN, DAY, 10, ["total", "signature", "total"])


def test_a_run_in_which_everything_has_a_fate_has_no_gap() -> None:
    assert Balance(FLOW, add(Flow(), FLOW), {"shops": RecordsHeld(6, 1, 5)}).gaps == []
    assert FLOW.ignored == {"signature": 1, "total": 2}


def test_a_lost_row_a_lost_file_and_a_lost_record_are_each_a_gap_with_both_sides() -> None:
    lost = replace(FLOW, rows_in=11, files_in=7)

    found = Balance(lost, add(Flow(), FLOW), {"shops": RecordsHeld(6, 1, 4)}).gaps

    assert found == [Gap("files", 3, 7, 6), Gap("rows", 3, 11, 10), Gap("shops", 0, 5, 4)]


def test_the_sum_holds_what_lasts_a_file_that_waits_is_counted_by_the_run_that_reads_it() -> None:
    total = add(add(Flow(), FLOW), replace(FLOW, run=4))
    assert (total.files_in, total.files) == (8, {"read": 6, "refused": 2})
    assert (total.rows_in, total.rows) == (20, {"accepted": 12, "rejected": 6, "unchanged": 2})
    assert total.ignored == {"signature": 2, "total": 4}


def test_a_run_that_only_met_known_files_is_no_news() -> None:
    assert FLOW.news
    assert not flow_of(RunSummary(files=FileCount(seen=2, known=1, waiting=1)), DAY, 0, []).news


def test_the_ledger_gives_back_what_it_was_given() -> None:
    assert Flow.from_json(FLOW.to_json()) == FLOW
    assert Flow.from_json(Flow().to_json()) == Flow()
