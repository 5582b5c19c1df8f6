"""The answers in an exceptions workbook that came back."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.domain.answer import LABEL, TOKENS_APART, Answer, NameAnswer, chosen, parse_asked
from pipeline.domain.embedded_metadata import TOKEN_LABEL
from pipeline.domain.extract import Reading
from pipeline.domain.place import cell_name, pack
from pipeline.domain.rulebook import found
from pipeline.read.formats.grid import Grid, as_text, is_blank


def read_answers(reading: Reading, name: str, submission: str, grid: Grid) -> None:
    """Add to *reading* what was chosen on one page; what is no choice is told at its cell."""
    header = next((row for row, cells in enumerate(grid.rows) if TOKEN_LABEL in map(as_text, cells)), None)
    if header is None:
        return
    labels = [as_text(value) for value in grid.rows[header]]
    answer_column = next((at for at, label in enumerate(labels) if label in (LABEL.zh, LABEL.en)), None)
    if answer_column is None:
        return
    token_column = labels.index(TOKEN_LABEL)
    for row, text in _filled(grid, header + 1, answer_column):
        token = as_text(grid.at(row, token_column))
        place = {
            "file": name,
            "sheet": grid.title,
            "cell": cell_name(pack(row, answer_column)),
            "submission": submission,
        }
        if (asked := parse_asked(token)) is not None:
            reading.names.append(NameAnswer(asked[0], asked[1], text.strip(), **place))
            continue
        choice = chosen(text)
        if choice is None or not token:
            reading.findings.append(found("answer.unknown", value=text, **place))
        else:
            reading.answers += [Answer(each, choice, **place) for each in token.split(TOKENS_APART)]


def _filled(grid: Grid, first: int, column: int) -> Iterator[tuple[int, str]]:
    for row in range(first, grid.height):
        value = grid.at(row, column)
        if not is_blank(value):
            yield row, as_text(value)
