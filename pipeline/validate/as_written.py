"""A raw cell in the words of the sheet: what a finding quotes and what a note keeps."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from pipeline.domain.cell import Broken, Raw

_QUOTED = 100
"""Characters of a cell that a finding quotes."""


def as_written(raw: Raw) -> str:
    """Return *raw* as Excel's formula bar shows it; "" for a blank."""
    if isinstance(raw, str):
        return raw
    match raw:
        case None:
            text = ""
        case bool():
            text = "TRUE" if raw else "FALSE"
        case float():
            text = format(Decimal(f"{raw:.15g}"), "f")  # Excel keeps 15 digits
        case datetime():
            text = raw.isoformat(" ", "seconds").removesuffix(" 00:00:00")
        case Broken():
            text = raw.text
        case _:
            text = str(raw)
    return text


def quote(raw: Raw) -> str:
    """Return *raw* as written, cut to what a finding can hold."""
    text = as_written(raw)
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"
