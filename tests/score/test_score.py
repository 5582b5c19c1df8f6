"""Sheets as people fill them: every seeded fault is found at its cell, nothing else is refused, every record is right."""

from __future__ import annotations

import pytest

from schemas.language.catalogue import load_catalogue
from tests.score.generate import CONVERTED, make
from tests.score.ours import judge
from tests.score.score import Score, score
from tests.score.truth import Case

SEEDS = range(220)


@pytest.fixture(scope="module")
def results() -> list[tuple[Case, Score]]:
    cases = [case for case in map(make, SEEDS) if case.kind not in CONVERTED]
    judged = judge(cases)
    keys = {form.code: form.key.code for form in load_catalogue().forms}
    return [(case, score(case, judged[case.seed], keys)) for case in cases]


def test_every_fault_is_told_at_its_cell_and_every_record_is_as_meant(results: list[tuple[Case, Score]]) -> None:
    wrong = [f"{case}\n    " + "\n    ".join(found.misses) for case, found in results if found.misses]
    assert not wrong, "python -m tests.score.show SEED shows the sheet\n" + "\n".join(wrong)


def test_the_sample_holds_what_it_is_to_show(results: list[tuple[Case, Score]]) -> None:
    assert sum(found.faults for _, found in results) > 200
    assert sum(found.right for _, found in results) > 500
    layouts = {table.layout for case, _ in results for table in case.tables}
    assert layouts >= {"list", "turned", "card right", "card under", "card inside"}
    assert {case.kind for case, _ in results} >= {
        "xlsx",
        "csv-gbk",
        "ods",
        "html.xls",
        "xml.xls",
        "zip",
        "1904",
        "stray",
    }


def test_the_same_seed_makes_the_same_file() -> None:
    assert make(7).content == make(7).content
