"""Pages that the program writes are as the program writes them."""

from __future__ import annotations

from pathlib import Path

from pipeline.describe import findings_page
from schemas.catalogue import load

DOCS = Path(__file__).parent.parent / "docs"


def test_the_page_of_findings_is_what_the_rules_say() -> None:
    assert (DOCS / "findings.md").read_text(encoding="utf-8") == findings_page(load()), "run: make docs"
