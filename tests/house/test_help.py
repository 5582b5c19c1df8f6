"""What staff hold in their hands, the pages in docs/zh and the cards, speaks of what they see on their screens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.render.reports.help_words import HELP_CARDS

ROOT = Path(__file__).parents[2]
WORDING = ROOT / "pipeline" / "render" / "reports" / "help_words.py"
MACHINE = ROOT / "docs" / "zh" / "运维.md"
"""For whoever looks after the machine: no page of ten minutes, and nobody's card."""
DECLARING = ROOT / "docs" / "zh" / "写流程.md"
"""For whoever writes Python: a reference, written by the program."""
DRAWING = ROOT / "docs" / "zh" / "画流程.md"
"""For whoever draws a procedure: an hour's work, followed literally by tests/definitions/test_help_page.py."""
PAGES = sorted(set((ROOT / "docs" / "zh").glob("*.md")) - {MACHINE, DECLARING, DRAWING})
EXAMPLES = {"工号-姓名", "由某某办理", "由某某转来", "收到 5 行：采用 4，退回 1"}
"""Quoted as an example: the program says them with a name or a number in it, or they are names of files and folders."""


def quoted(text: str) -> set[str]:
    return set(re.findall(r"“([^”]+)”", text))


def sources() -> Iterator[str]:
    for package in ("pipeline", "schemas"):
        yield from (path.read_text(encoding="utf-8") for path in (ROOT / package).rglob("*.py") if path != WORDING)


@pytest.mark.parametrize("page", [*PAGES, WORDING], ids=lambda page: page.stem)
def test_what_is_quoted_as_standing_on_a_sheet_is_what_the_program_writes(page: Path) -> None:
    words = quoted(page.read_text(encoding="utf-8"))
    assert len(words) > 4
    said = "\n".join(sources())
    assert sorted(each for each in words - EXAMPLES if each not in said) == []


def test_each_kind_of_reader_has_a_page_that_both_readmes_lead_to() -> None:
    assert {page.stem for page in PAGES} == {card.reader.zh for card in HELP_CARDS}
    for name in ("README.md", "README.zh-CN.md"):
        readme = (ROOT / name).read_text(encoding="utf-8")
        assert [page.name for page in PAGES if f"(docs/zh/{page.name})" not in readme] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_is_read_in_ten_minutes_and_shows_one_to_four_pictures(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert len(text) < 3_500
    assert 1 <= text.count("![") <= 4
    assert f"`outbox/help/{page.stem}.xlsx`" in text
