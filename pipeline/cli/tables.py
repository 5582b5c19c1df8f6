"""Rows as aligned text for a terminal, Chinese characters counted as two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.render.text_width import text_width

_GAP = "  "


def aligned(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield *rows*, each as one line, all columns but the last as wide as their widest cell."""
    cells = [[" ".join(str("" if cell is None else cell).split()) for cell in row] for row in rows]
    widths = [
        max((text_width(row[column]) for row in cells if column < len(row)), default=0)
        for column in range(max(map(len, cells), default=0))
    ]
    for row in cells:
        padded = (cell + " " * int(width - text_width(cell)) for cell, width in zip(row, widths, strict=False))
        yield _GAP.join(padded).rstrip()
