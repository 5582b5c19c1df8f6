"""A visit sheet that came back: a card with what was known and what was found out, read as a row of a worklist is."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.domain import embedded_metadata
from pipeline.domain.cell import Raw
from pipeline.domain.extract import Known
from pipeline.read.layouts.read_cards import read_cards
from pipeline.read.layouts.sheet import SheetReading
from pipeline.read.recognise.find_labels import find_labels
from pipeline.read.roundtrip.read_worklist import part_extract
from schemas.language import Form

_BOX, _APART = "□", "\u3000"
_TICKS = frozenset("☑■√✓✔●")


def read_visit(sheet: SheetReading, known: Known, stage: Form, metadata: Mapping[str, str]) -> SheetReading:
    """Return what the card says of *stage*, and as corrections of what the register knows."""
    sheet.worklist = True
    tokens = sorted(embedded_metadata.tokens_of(metadata, sheet.grid.title.rpartition("/")[2]))
    read = read_cards(sheet, find_labels(sheet.grid, sheet.labels))
    if not read.extracts or len(read.extracts[0]) != len(tokens):
        sheet.find("worklist.damaged")
        return sheet
    whole = read.extracts[0]
    for field in stage:
        if field.options and field.code in whole.values:
            whole.values[field.code] = [_ticked(value) for value in whole.values[field.code]]
    part_extract(read, whole, known.form(known.bases[stage.code]), stage, tokens)
    return read


def _ticked(value: Raw) -> Raw:
    """Return the answer that was ticked among the boxes that we printed, as if its word had been typed: nothing is mended
    there. Any other text as it is.
    """
    boxes = [each.strip() for each in value.split(_APART)] if isinstance(value, str) else []
    ticked = [box[1:].strip() for box in boxes if box[:1] in _TICKS]
    ours = all(box[:1] in _TICKS | {_BOX} for box in boxes)
    return ticked[0] if ours and len(ticked) == 1 else value
