"""Figures that a command writes into a page of the documentation, between two marks."""

from __future__ import annotations

from pathlib import Path


def write_figures(page: Path, command: str, text: str) -> None:
    """Put *text* between the marks that *command* has on *page*; ValueError when it has none there."""
    begin, end = f"<!-- {command}: from here -->\n", f"<!-- {command}: to here -->"
    before, begun, rest = page.read_text("utf-8").partition(begin)
    _, ended, after = rest.partition(end)
    if not (begun and ended):
        raise ValueError(f"{page} has no place for the figures of {command}")
    page.write_text(f"{before}{begin}{text}{end}{after}", "utf-8")
