"""A choice that has a column for each answer: the one with a tick is meant."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.domain.cell import Raw

_TICKS = frozenset("√✓✔☑■●⊙◉vVyY1是对有üþ\uf0fc\uf0feRP") | {"true", "TRUE", "yes", "Yes"}
"""Among them what a cell holds that shows a tick in Wingdings (ü, þ) or Wingdings 2 (P, R)."""
_CROSSES = frozenset("×✗✘✕☒xX\u2573ûý\uf0fb\uf0fd")
"""A tick of its own where nobody ticks otherwise, else the opposite."""
_NOTHING = frozenset("0否□☐○非无nN-—–/／¨\uf0a8£") | {"false", "FALSE", "no", "No"}
_JOINT = "、"


def answers_ticked(answers: Sequence[str], read: Sequence[tuple[list[Raw], list[int]]]) -> tuple[list[Raw], list[int]]:
    """Return what each row answers and in which cell; *read* are values and cells of the column of each answer.

    Two ticks are two answers, told as they stand; what is no tick is taken as it is written, what says no is a blank.
    """
    ticked = any(_sign(value) in _TICKS for column, _ in read for value in column)
    ticks, blanks = (_TICKS, _NOTHING | _CROSSES) if ticked else (_CROSSES, _NOTHING)
    values: list[Raw] = []
    cells: list[int] = []
    for at in range(len(read[0][0])):
        given = [
            (answer if _sign(column[at]) in ticks else column[at], own[at])
            for answer, (column, own) in zip(answers, read, strict=True)
            if column[at] is not None and _sign(column[at]) not in blanks
        ]
        cells.append(given[0][1] if given else read[0][1][at])
        values.append(given[0][0] if len(given) == 1 else _JOINT.join(str(value) for value, _ in given) or None)
    return values, cells


def _sign(value: Raw) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value).strip().removesuffix(".0") if isinstance(value, (str, int, float)) else ""
