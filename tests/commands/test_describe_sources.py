"""The last chapters of the page of procedures: which manual says a rule, what is the office's own, what is left undone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import schemas
from pipeline.commands.describe_sources import source_chapters
from schemas.language import Procedure
from schemas.language.catalogue import load_catalogue
from schemas.language.sources import sources_of

EVERY = load_catalogue()
OF_MANUALS = [each for each in EVERY.procedures if not each.roster]
LINES = list(source_chapters(EVERY))
SAYS = re.compile(r"The manual: ")
"""A docstring that claims a manual without naming it."""
MANUAL = re.compile(r"00[0-4] \S+")


@pytest.mark.parametrize("procedure", OF_MANUALS, ids=lambda each: each.code)
def test_every_procedure_names_its_manual_by_file_and_chapter(procedure: Procedure) -> None:
    sources = sources_of(procedure.code)
    assert sources.rules
    for each in (*sources.rules, *sources.left):
        assert MANUAL.fullmatch(each.manual)
        assert each.chapter
    assert all(each.declared for each in sources.rules)
    assert all(each.reason for each in sources.left)


def test_a_rule_says_where_it_is_declared_and_what_no_manual_says_is_ours() -> None:
    (summed,) = [line for line in LINES if "`sum_month`" in line]
    assert summed.startswith("| 003 客户关系维护费用管理制度 | 第二条 1 |")
    assert "| 客户关系维护费: " in summed
    assert "费用汇总 `sum_month`" in summed
    (ours,) = [line for line in LINES if line.startswith("| ours |") and "客户关系维护费" in line]
    assert "`settle_advance`" in ours
    assert "`sum_month`" not in ours


def test_no_docstring_claims_a_manual_without_naming_it() -> None:
    for path in Path(schemas.__path__[0]).rglob("*.py"):
        assert not SAYS.search(path.read_text("utf-8")), path


def test_what_is_not_carried_out_stands_with_its_reason() -> None:
    left = LINES[LINES.index("## Not carried out · 未执行") :]
    rows = [line.strip("| ").split(" | ") for line in left if line.startswith("| 00")]
    assert rows
    assert all(len(row) == 4 and all(row) for row in rows)
