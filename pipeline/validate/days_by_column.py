"""Days that only their column makes certain: day first (24/11/2026, 3/4/2026), or without their year (11.24)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pipeline.domain.cell import Raw
from pipeline.validate.outcome import Conversion, Repaired, WrongValue
from pipeline.validate.texts import clean_text, half_width

_DAY_OR_MONTH = re.compile(
    r"([0-9]{1,2})\s*[-./]\s*([0-9]{1,2})\s*[-./]\s*([0-9]{4})(?:[T\s]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
)
_NO_YEAR = re.compile(r"([0-9]{1,2})\s*[-./月·。]\s*([0-9]{1,2})\s*[日号]?")
_MOST_MONTHS = 12
_PROOF = 2
"""Days in full that prove the year of the others."""


def days_by_column(
    raws: Sequence[Raw], outcomes: list[Conversion], today: date, sheet_year: int | None = None, *, done: bool = False
) -> list[Conversion]:
    """Return *outcomes* of one column, with what was no date by itself mended where the column or sheet leaves one reading.

    Of days on which something was *done* by today, the year may be left to the sheet: *sheet_year* is the one it is dated.
    """
    wrong = [at for at, outcome in enumerate(outcomes) if outcome == WrongValue("value.date")]
    if not wrong:
        return outcomes
    mended = list(outcomes)
    texts = {at: _text(raws[at]) for at in wrong}
    numbers = {
        at: tuple(map(int, match.groups())) for at, text in texts.items() if (match := _DAY_OR_MONTH.fullmatch(text))
    }
    day_first = any(first > _MOST_MONTHS >= second for first, second, _ in numbers.values())
    month_first = any(second > _MOST_MONTHS >= first for first, second, _ in numbers.values())
    for at, (first, second, year) in numbers.items():
        if first > _MOST_MONTHS or (day_first and not month_first) or first == second:
            mended[at] = _repaired(year, second, first) or outcomes[at]
        elif second > _MOST_MONTHS or (month_first and not day_first):
            mended[at] = _repaired(year, first, second) or outcomes[at]
    proven = _proven_year(outcomes, sheet_year) if done else None
    if proven is not None and today.year - 1 <= proven <= today.year:
        for at, text in texts.items():
            if at not in numbers:
                mended[at] = _of_year(raws[at], text, proven, today) or mended[at]
    return mended


def _proven_year(outcomes: Sequence[Conversion], sheet_year: int | None) -> int | None:
    """Return the year of the sheet and of the column's other days, None where they are of several, or too few to tell."""
    stored = [each.value if isinstance(each, Repaired) else each for each in outcomes]
    years = [each[:4] for each in stored if isinstance(each, str)]
    if sheet_year is not None:
        return sheet_year if set(years) <= {str(sheet_year)} else None
    return int(years[0]) if len(years) >= _PROOF and len(set(years)) == 1 else None


def _text(raw: Raw) -> str:
    return half_width(clean_text(raw)) if isinstance(raw, str) else ""


def _of_year(raw: Raw, text: str, year: int, today: date) -> Repaired | None:
    text = f"{raw:.15g}" if isinstance(raw, float) else text
    if "." in text and text.replace(".", "").isdecimal():
        return _of_fraction(text, year, today)
    match = _NO_YEAR.fullmatch(text)
    return _past(year, int(match[1]), int(match[2]), today) if match else None


def _of_fraction(text: str, year: int, today: date) -> Repaired | None:
    """Read 11.24, which a workbook takes for a number: 11.2 may be the 2nd or the 20th."""
    month, _, day = text.partition(".")
    if not month.isdecimal() or not day.isdecimal() or len(day) > 2:
        return None
    days = {day} if len(day) == 2 else {day, f"{day}0"}
    found = [each for each in (_past(year, int(month), int(one), today) for one in days) if each]
    possible = [one for one in days if _repaired(year, int(month), int(one))]
    return found[0] if len(found) == len(possible) == 1 else None


def _past(year: int, month: int, day: int, today: date) -> Repaired | None:
    found = _repaired(year, month, day)
    return found if found and str(found.value) <= today.isoformat() else None


def _repaired(year: int, month: int, day: int) -> Repaired | None:
    try:
        iso = date(year, month, day).isoformat()
    except ValueError:
        return None
    return Repaired(iso, "repair.date", iso) if 1900 <= year <= 2100 else None
