"""A link to a cell, as XlsxWriter takes it."""

from __future__ import annotations

from urllib.parse import quote

from pipeline.render.xlsx.workbook import CellLink

_LONGEST = 2_000
"""Excel refuses a workbook with a longer link."""


def link_target(link: CellLink) -> str | None:
    """Return the target of *link*, None when it is too long to be one.

    The path is escaped here: XlsxWriter takes a ``%41`` or ``#`` in a file's name for its own.
    """
    path = "".join(char if char.isalnum() or not char.isascii() else quote(char, safe="/.-_~()") for char in link.path)
    sheet = link.sheet.replace("'", "''")
    cell = f"'{sheet}'!{link.cell or 'A1'}" if sheet else ""
    target = f"external:{path}{'#' if cell else ''}{cell}" if path else f"internal:{cell}"
    return target if len(target.encode("utf-16-le")) < 2 * _LONGEST else None
