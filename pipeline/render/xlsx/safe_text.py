"""Text from sheets made fit for a workbook: nothing lost silently, nothing that a spreadsheet would run or refuse."""

from __future__ import annotations

import re
from collections.abc import Iterable

MAX_TEXT = 32_767
"""UTF-16 units in one cell (Excel's limit)."""
MAX_TITLE = 31
MAX_LABEL = 255
CUT = "…"

_CONTROL = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"}
_CONTROL |= {0x7F: 0x2421, 0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n?")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\ufffe\uffff]")
_LIVE = tuple("=+-@\t\r\n")


def cell_text(text: str) -> str:
    """Return *text* as a cell can hold it.

    Control characters become their visible pictures (␁), half characters �, line ends one line feed; what is over the
    limit is cut and ends in ….
    """
    if _UNFIT.search(text):
        text = _SURROGATE.sub("\ufffd", _LINE_END.sub("\n", text).translate(_CONTROL))
    return shorten(text, MAX_TEXT) if len(text) > MAX_TEXT // 2 else text


def looks_live(text: str) -> bool:
    """Tell whether a spreadsheet would take *text* for a formula if somebody typed it: it gets a quote prefix."""
    return text.startswith(_LIVE)


def label_text(text: str) -> str:
    """Return *text* without line breaks, for labels."""
    return " ".join(cell_text(text).split())


def sheet_titles(wanted: Iterable[str]) -> list[str]:
    """Return titles that a workbook takes: fit characters, 31 of them at most, no two alike in any letter case."""
    return unique(
        (_NOT_IN_TITLES.sub(" ", _SURROGATE.sub("\ufffd", title)).strip().strip("'") or "Sheet" for title in wanted),
        MAX_TITLE,
    )


def header_labels(wanted: Iterable[str]) -> list[str]:
    """Return labels that a table takes for its header: on one line, none blank, no two alike in any letter case."""
    return unique((label_text(label) or "-" for label in wanted), MAX_LABEL)


def unique(names: Iterable[str], limit: int) -> list[str]:
    """Return *names*, a later one of the same name (letter case aside) numbered, each within *limit* UTF-16 units."""
    taken: set[str] = set()
    given: list[str] = []
    for name in names:
        candidate, number = shorten(name, limit), 1
        while candidate.casefold() in taken:
            number += 1
            suffix = f" ({number})"
            candidate = shorten(name, limit - len(suffix)) + suffix
        taken.add(candidate.casefold())
        given.append(candidate)
    return given


def shorten(text: str, limit: int) -> str:
    """Return *text* within *limit* UTF-16 units, the cut shown by …."""
    units = text.encode("utf-16-le")
    if len(units) <= limit * 2:
        return text
    return units[: (limit - 1) * 2].decode("utf-16-le", "ignore") + CUT
