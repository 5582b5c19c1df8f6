"""Findings that say the same of cells of one column are one line: a column left blank is one mistake, however many rows it has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.domain.finding import OpenFinding
from pipeline.domain.place import column_name, parse_cell, unpack
from pipeline.domain.rulebook import Rulebook
from schemas.language import Language

_BETWEEN = "、"
_MOST = 200
"""Findings of one line: their tokens stand in one cell, which holds no more than 32,767 signs."""


def in_lines(findings: Iterable[OpenFinding], book: Rulebook, language: Language) -> list[list[OpenFinding]]:
    """Return *findings* line by line, in the order in which the first of each came. Of one line are those found on one day, of
    one person and rule, that say the same in words, of cells of one column of one sheet, or of no cell.
    """
    lines: dict[tuple[object, ...], list[OpenFinding]] = {}
    for found in findings:
        finding = found.finding
        words = book.word(finding, language)
        about = (finding.submission, finding.file, finding.sheet, _column(finding.cell))
        said = (finding.rule, finding.form, finding.field, finding.value, words.sentence, words.fix)
        lines.setdefault((*about, *said, found.owner, found.opened), []).append(found)
    return [line[at : at + _MOST] for line in lines.values() for at in range(0, len(line), _MOST)]


def cells_of(line: Sequence[OpenFinding]) -> str:
    """Return the cells of *line* as people write them: ``C4``, ``C4–C7``, ``C4–C5、C9``."""
    if len(line) == 1 or not _column(line[0].finding.cell):
        return line[0].finding.cell
    cells = sorted({unpack(parse_cell(found.finding.cell)) for found in line})
    column = column_name(cells[0][1])
    parts: list[list[int]] = []
    for row, _ in cells:
        if parts and parts[-1][-1] == row - 1:
            parts[-1].append(row)
        else:
            parts.append([row])
    return _BETWEEN.join(
        f"{column}{part[0] + 1}" + (f"–{column}{part[-1] + 1}" if len(part) > 1 else "") for part in parts
    )


def records_of(line: Sequence[OpenFinding]) -> str:
    """Return the records that *line* is about, each once."""
    return _BETWEEN.join(dict.fromkeys(found.finding.key for found in line if found.finding.key))


def _column(cell: str) -> str:
    try:
        return column_name(unpack(parse_cell(cell))[1])
    except ValueError:  # of no cell, or of a file's line
        return ""
