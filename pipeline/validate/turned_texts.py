"""Texts that a sheet holds as something else: an address 12-3 is a date to Excel, a name true a logical value."""

from __future__ import annotations

from datetime import date

from pipeline.domain.cell import Raw
from pipeline.validate.outcome import Conversion, Convert, WrongValue

_TRUTHS = frozenset({"TRUE", "FALSE"})


def as_typed(convert: Convert) -> Convert:
    """Return *convert* for texts, which refuses what can no longer be what somebody typed.

    A number may be: a shop is called 365. A time of day as well: 8:30 is kept as it is shown.
    """

    def convert_typed(raw: Raw) -> Conversion:
        if isinstance(raw, date):
            return WrongValue("value.text_date")
        if isinstance(raw, bool) or (isinstance(raw, str) and raw in _TRUTHS):
            return WrongValue("value.text_truth")
        return convert(raw)

    return convert_typed
