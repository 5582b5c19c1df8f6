"""Figures that docs/promises.md and docs/scale.md give are those of the tests and of the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.deliver.deliver_reports import GIVE_UP_AFTER
from pipeline.domain.passwords import _MOST_TRIED
from pipeline.outside.locking.lock import _SILENT, _UNSIGNED
from pipeline.outside.workers.pool import ALLOWED, OWN
from pipeline.outside.workers.read_all import BATCH
from tests.chaos.points import POINTS
from tests.hostile.test_names import NAMES
from tests.injection.payloads import PAYLOADS

DOCS = Path(__file__).parents[2] / "docs"
_WORDS = {"one": 1, "three": 3, "ten": 10, "fifteen": 15}


@pytest.mark.parametrize(
    ("page", "said", "figure"),
    [
        ("promises", r"kills at (\d+) named points", len(POINTS)),
        ("promises", r"(\d+) payloads \(formulas", len(PAYLOADS)),
        ("promises", r"(\w+) names \(line breaks", len(NAMES)),
        ("promises", r"after (\w+) minutes without a sign of life", _SILENT / 60),
        ("promises", r"after (\w+) seconds when it was killed before", _UNSIGNED),
        ("promises", r"given up after (\d+) days", GIVE_UP_AFTER.days),
        ("promises", r"Up to (\d+) passwords are\s+tried", _MOST_TRIED),
        ("promises", r"a worker's limit is (\d+) GiB of address space", ALLOWED.memory >> 30),
        ("promises", r"A master that somebody edited may take (\d+) GiB", OWN.memory >> 30),
        ("scale", r"Each thread of a worker may use (\d+) GiB", ALLOWED.memory >> 30),
        ("scale", r"and (\d+) GiB\s+for a master", OWN.memory >> 30),
        ("scale", r"what the forms look like, (\d+) sheets at a time", BATCH),
    ],
)
def test_a_figure_of_the_page_is_what_there_is(page: str, said: str, figure: float) -> None:
    found = re.findall(said, (DOCS / f"{page}.md").read_text("utf-8"))
    assert [float(_WORDS.get(each.lower(), each)) for each in found] == [figure]


@pytest.mark.parametrize("page", ["promises", "scale"])
def test_every_test_that_a_page_names_is_there(page: str) -> None:
    text = (DOCS / f"{page}.md").read_text("utf-8")
    named = set(re.findall(r"`(tests/[\w./-]+)`", text))
    assert len(named) >= 4
    assert [each for each in sorted(named) if not (DOCS.parent / each).exists()] == []


def test_every_promise_names_its_test() -> None:
    """Each chapter of the promises leads to tests: who doubts a sentence can look."""
    chapters = re.split(r"^## ", (DOCS / "promises.md").read_text("utf-8"), flags=re.MULTILINE)[1:]
    assert [each.splitlines()[0] for each in chapters if "`tests/" not in each] == []
