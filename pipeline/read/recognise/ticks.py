"""A choice that has a column for each answer: the one with a tick is meant."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.domain.cell import Raw

_TICKS = {"√", "✓", "✔", "☑", "■", "●", "v", "V", "y", "Y", "x", "X", "1", "是", "对"}
_JOINT = "、"


def answers_ticked(answers: Sequence[str], read: Sequence[tuple[list[Raw], list[int]]]) -> tuple[list[Raw], list[int]]:
    """Return what each row answers and in which cell; *read* are values and cells of the column of each answer.

    Two ticks are two answers, told as they stand; what is no tick is taken as it is written.
    """
    values: list[Raw] = []
    cells: list[int] = []
    for at in range(len(read[0][0])):
        given = [
            (answer if _is_tick(column[at]) else column[at], own[at])
            for answer, (column, own) in zip(answers, read, strict=True)
            if column[at] is not None
        ]
        cells.append(given[0][1] if given else read[0][1][at])
        values.append(given[0][0] if len(given) == 1 else _JOINT.join(str(value) for value, _ in given) or None)
    return values, cells


def _is_tick(value: Raw) -> bool:
    return value is True or (isinstance(value, (str, int, float)) and str(value).strip().removesuffix(".0") in _TICKS)
