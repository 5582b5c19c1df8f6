"""Cards: label and value cells, one record a block, several blocks a sheet."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.domain.cell import Raw
from pipeline.domain.place import unpack
from pipeline.read.formats.grid import Grid, as_text, is_blank
from pipeline.read.layouts.classify_rows import reason_above, reason_of_row, reason_of_text
from pipeline.read.layouts.left_over import report_left_over
from pipeline.read.layouts.report_labels import (
    report_missing,
    report_misspelt,
    report_unknown,
    report_unparted,
    report_unrecognised,
)
from pipeline.read.layouts.sheet import SheetReading, entitle, or_none
from pipeline.read.layouts.units import apply_units
from pipeline.read.recognise.find_labels import Hit
from pipeline.read.recognise.headers import Head
from pipeline.read.recognise.labels import LONGEST_LABEL, Codes, Labels, inline
from pipeline.read.recognise.recognise_form import choose
from pipeline.read.recognise.shapes import speaks_for
from pipeline.read.recognise.single_days import ends_alone
from pipeline.read.recognise.slips import slips
from pipeline.read.recognise.two_things import parted
from schemas.language import Field, Form, Layout

_BOXES = re.compile(r"[☑☒☐□■√✓✔●○◉]")
_REACH = 4  # blank cells between a label and its value when the format does not tell what is merged


@dataclass(slots=True)
class _Card:
    """One record: where its first label stands, and each field's value with its packed cell."""

    row: int
    column: int
    values: dict[str, tuple[Raw, int]] = field(default_factory=dict)
    notes: dict[str, tuple[Raw, int]] = field(default_factory=dict)


def read_cards(sheet: SheetReading, hits: Sequence[Hit]) -> SheetReading:
    """Return one record from each block of labels on *sheet*; say so when the labels are of no form."""
    sheet = sheet.afresh()
    grid, labels = sheet.grid, sheet.labels
    titles = [sheet.file, grid.title, *(as_text(value) for row in grid.rows for value in row if isinstance(value, str))]
    choice = choose(labels, [(hit.text, hit.meaning) for hit in hits], titles)
    if choice.form is None:
        cell = grid.cell(hits[0].row, hits[0].column) if hits else None
        report_unrecognised(sheet, choice, [hit.meaning for hit in hits], cell)
        return sheet
    sheet.known = True
    number = choice.form
    form = labels.forms[number]
    own = [(hit, hit.meaning[number]) for hit in hits if hit.meaning and number in hit.meaning]
    misspelt = _misspelt(grid, own, labels, number)
    first_of = {hit.text: (Head(hit.column, hit.row, hit.text, None), codes) for hit, codes in reversed(misspelt)}
    report_misspelt(sheet, form, list(first_of.values())[::-1])
    own += misspelt
    own.sort(key=lambda pair: (pair[0].row, pair[0].column))
    blocks = _blocks(own, form)
    occupied = {(hit.row, hit.column) for hit, _ in own}  # another form's label may be a value here
    beside = _beside(grid, [hit for hit, _ in own], occupied)
    cards = [_read_block(grid, block, occupied, labels, number, beside=beside) for block in blocks]
    _leave_beginnings(cards, own, form)
    unparted = [_part(card, block, labels, number) for card, block in zip(cards, blocks, strict=True)]
    taken = {cell for card in cards for _, cell in card.values.values()}
    tops = sorted({block[0][0].row for block in blocks})
    for card, block in zip(cards, blocks, strict=True):
        bottom = _bottom(grid, block[-1][0].last_row, tops)
        card.notes |= _extras(sheet, [hit for hit, _ in block], bottom, occupied, taken, beside=beside)
    report_left_over(sheet, form, [card.values for card in cards], occupied, beside=beside)
    for hit, codes in itertools.chain(*unparted):
        head = Head(hit.column, hit.row, hit.text, hit.meaning)
        report_unparted(sheet, form, head, [form.field(code) for code in codes], ())
    _spread_once(cards, form)
    present = {code for _, codes in own for code in codes}
    first = own[0][0]
    report_missing(sheet, form, present, grid.cell(first.row, first.column))
    filled = [card for card in cards if _is_filled(card, form)]
    if filled:
        _take(sheet, number, filled, present)
        over = {code: ([hit.text], grid.cell(hit.row, hit.column)) for hit, codes in reversed(own) for code in codes}
        apply_units(sheet, sheet.extracts[-1], form, over, titles)
        _ignore_rest(sheet, {row for row, _ in occupied} | _rows_of(grid, cards))
    return sheet


def _rows_of(grid: Grid, cards: Sequence[_Card]) -> set[int]:
    cells = [cell for card in cards for _, cell in (*card.values.values(), *card.notes.values())]
    return {unpack(cell)[0] - grid.top for cell in cells}


def _ignore_rest(sheet: SheetReading, used: set[int]) -> None:
    """Say which rows above and below the cards are titles, notes and signatures; *used* rows hold what was taken."""
    for row, cells in enumerate(sheet.grid.rows):
        texts = [as_text(value) for value in cells if not is_blank(value)]
        if not texts or row in used:
            continue
        reason = reason_above(texts) if row < min(used) else reason_of_row(texts)
        if reason:
            sheet.ignore(row, reason)


def _is_filled(card: _Card, form: Form) -> bool:
    return any(not is_blank(value) for code, (value, _) in card.values.items() if not form.field(code).once)


def _take(sheet: SheetReading, number: int, cards: Sequence[_Card], present: set[str]) -> None:
    form = sheet.labels.forms[number]
    extract = sheet.extract(form, Layout.CARD, [sheet.grid.cell(card.row, card.column) for card in cards])
    above = sheet.grid.rows[: min(card.row for card in cards)]
    entitle(extract, [as_text(value) for row in above for value in row if not is_blank(value)])
    for each in form.fields:
        if each.code not in present:
            continue
        blank = [(None, row) for row in extract.rows]
        pairs = [card.values.get(each.code, none) for card, none in zip(cards, blank, strict=True)]
        extract.values[each.code] = [or_none(value) for value, _ in pairs]
        extract.cells[each.code] = [cell for _, cell in pairs]
    labels = dict.fromkeys(label for card in cards for label in card.notes)
    for label in labels:
        extract.notes[label] = [card.notes[label][0] if label in card.notes else None for card in cards]
    for label in labels:
        first = next(card.notes[label][1] for card in cards if label in card.notes)
        report_unknown(sheet, number, label, first, [each or "" for each in extract.notes[label]], present)


def _blocks(own: Sequence[tuple[Hit, Codes]], form: Form) -> list[list[tuple[Hit, Codes]]]:
    """Return the labels of each card. Cards side by side are told apart by their keys, those below by repetition."""
    keys = [hit for hit, codes in own if form.key.code in codes]
    bands: list[list[tuple[Hit, Codes]]] = [list(own)]
    same_row = [hit for hit in keys if hit.row == keys[0].row] if keys else []
    if len(same_row) > 1:
        indent = same_row[0].column - min(hit.column for hit, _ in own)
        edges = [hit.column - indent for hit in same_row]
        bands = [
            [pair for pair in own if edge <= pair[0].column < following]
            for edge, following in zip(edges, [*edges[1:], 1 << 20], strict=True)
        ]
    return [block for band in bands if band for block in _split_band(band, form)]


def _split_band(band: Sequence[tuple[Hit, Codes]], form: Form) -> list[list[tuple[Hit, Codes]]]:
    counts = Counter(codes for _, codes in band)
    cards = max(counts.get((form.key.code,), 0), 1)
    opener = band[0][1]
    by_opener = counts[opener] == cards
    blocks: list[list[tuple[Hit, Codes]]] = []
    seen: set[Codes] = set()
    for hit, codes in band:
        begins = codes == opener if by_opener else codes in seen and cards > 1
        if not blocks or begins:
            blocks.append([])
            seen = set()
        blocks[-1].append((hit, codes))
        seen.add(codes)
    return blocks


def _beside(grid: Grid, hits: Sequence[Hit], occupied: set[tuple[int, int]]) -> bool:
    """Tell whether values stand to the right of their labels rather than below them."""
    right = sum(hit.value is not None for hit in hits)  # in the same cell: then nothing is expected below
    below = 0
    for hit in hits:
        if hit.value is not None:
            continue
        right += _holds(grid, hit.row, hit.last_column + 1, occupied)
        below += _holds(grid, hit.last_row + 1, hit.column, occupied)
    return right >= below


def _holds(grid: Grid, row: int, column: int, occupied: set[tuple[int, int]]) -> bool:
    value = grid.at(row, column)
    return (row, column) not in occupied and not is_blank(value) and not _labels_itself(value)


def _labels_itself(value: Raw) -> bool:
    """Tell whether a cell holds a label of its own with its value, or with nothing behind its colon."""
    return isinstance(value, str) and inline(value) is not None and not _BOXES.search(value)


def _read_block(
    grid: Grid,
    block: Sequence[tuple[Hit, Codes]],
    occupied: set[tuple[int, int]],
    labels: Labels,
    number: int,
    *,
    beside: bool,
) -> _Card:
    """Return what one card holds. Of two labels that ask for one field the better one is taken, the other kept as a note."""
    card = _Card(min(hit.row for hit, _ in block), min(hit.column for hit, _ in block))
    said: dict[str, Hit] = {}
    inside = 2 * sum(hit.value is not None for hit, _ in block) > len(block)
    for hit, codes in block:
        value, cell = _value_of(grid, hit, occupied, beside=beside, inside=inside)
        for code in codes:
            stood = card.values.get(code)
            if stood is None or (is_blank(stood[0]) and not is_blank(value)):
                card.values[code], said[code] = (value, cell), hit
            elif not is_blank(value) and as_text(value) != as_text(stood[0]):
                other, left = hit, value
                if labels.rank(number, hit.text, codes) < labels.rank(number, said[code].text, codes):
                    other, left = said[code], stood[0]
                    card.values[code], said[code] = (value, cell), hit
                card.notes.setdefault(other.text, (left, grid.cell(other.row, other.column)))
    return card


def _leave_beginnings(cards: Sequence[_Card], own: Sequence[tuple[Hit, Codes]], form: Form) -> None:
    """Take the beginning of a validity from *cards* whose label of both ends stands at days alone."""
    for label, codes in {(hit.text, codes): None for hit, codes in own if len(codes) > 1}:
        both = [card for card in cards if card.values.get(codes[0]) == card.values.get(codes[1])]
        held = [card.values[codes[0]][0] for card in both if codes[0] in card.values]
        if ends_alone(form, codes, label, held) != codes:
            for card in both:
                card.values.pop(codes[0], None)


def _part(card: _Card, block: Sequence[tuple[Hit, Codes]], labels: Labels, number: int) -> list[tuple[Hit, Codes]]:
    """Give each of two fields that stand in one cell of *card* its part; return the labels whose values can't be parted."""
    form = labels.forms[number]
    left: list[tuple[Hit, Codes]] = []
    for hit, codes in block:
        if not labels.is_two_things(number, codes) or is_blank(card.values[codes[0]][0]):
            continue
        value, cell = card.values[codes[0]]
        both = parted([value], (form.field(codes[0]), form.field(codes[1])))
        if both is None:
            card.notes[hit.text] = card.values.pop(codes[0])
            card.values.pop(codes[1], None)
            left.append((hit, codes))
        else:
            card.values[codes[0]], card.values[codes[1]] = (both[0][0], cell), (both[0][1], cell)
    return left


def _value_of(grid: Grid, hit: Hit, occupied: set[tuple[int, int]], *, beside: bool, inside: bool) -> tuple[Raw, int]:
    """Return the value of one label and its packed cell; *inside* says that the card's labels and values share cells."""
    if hit.value is not None:
        return hit.value, grid.cell(hit.row, hit.column)
    row, column = hit.row, hit.last_column + 1
    under = (hit.last_row + 1, hit.column)
    if not beside and under not in occupied and not _labels_itself(grid.at(*under)):
        return grid.at(*under), grid.cell(*under)
    if grid.merges is None and is_blank(grid.at(row, column)):
        for further in range(column, min(column + _REACH, grid.width)):
            if (row, further) in occupied:
                break
            if not is_blank(grid.at(row, further)):
                column = further
                break
    if (row, column) in occupied:
        if not inside and _holds(grid, *under, occupied):
            return grid.at(*under), grid.cell(*under)
        return "", grid.cell(hit.row, hit.column)
    value = grid.at(row, column)
    if _labels_itself(value):
        return "", grid.cell(hit.row, hit.column)
    if isinstance(value, str) and _BOXES.search(value):
        value = " ".join([value, *_further_boxes(grid, row, column + 1, occupied)])
    return value, grid.cell(row, column)


def _bottom(grid: Grid, last: int, tops: Sequence[int]) -> int:
    """Return the last row of a card whose last known label ends in row *last*.

    Labels that no form knows may follow, up to a blank row, a signature or the next card (they begin in *tops*).
    """
    end = next((top for top in tops if top > last), grid.height)
    for row in range(last + 1, end):
        texts = [as_text(value) for value in grid.rows[row] if not is_blank(value)]
        if not texts or reason_of_row(texts):
            return row - 1
    return end - 1


def _extras(
    sheet: SheetReading,
    hits: Sequence[Hit],
    bottom: int,
    occupied: set[tuple[int, int]],
    taken: set[int],
    *,
    beside: bool,
) -> dict[str, tuple[Raw, int]]:
    """Return values whose labels no form knows, where this card has its labels, with the packed cell of each."""
    grid = sheet.grid
    spans = grid.spans()
    extras: dict[str, tuple[Raw, int]] = {}
    values: set[tuple[int, int]] = set()
    rows = range(hits[0].row, bottom + 1)
    for row, column in itertools.product(rows, sorted({hit.column for hit in hits})):
        text = grid.at(row, column)
        if (row, column) in occupied or (row, column) in values or grid.cell(row, column) in taken:
            continue
        if not isinstance(text, str) or is_blank(text):
            continue
        pair = inline(text)
        label = pair[0] if pair else text.strip()
        last_row, last_column = spans.get((row, column), (row, column))
        place = (row, last_column + 1) if beside else (last_row + 1, column)
        if reason_of_text(text) or len(label) > LONGEST_LABEL:
            continue
        if pair and pair[1]:
            extras.setdefault(label, (pair[1], grid.cell(row, column)))
        elif _holds(grid, *place, occupied) and grid.cell(*place) not in taken:
            extras.setdefault(label, (grid.at(*place), grid.cell(row, column)))
            values.add(place)
    return extras


def _further_boxes(grid: Grid, row: int, column: int, occupied: set[tuple[int, int]]) -> list[str]:
    """Return the other boxes of a choice whose answers stand in a cell each."""
    boxes = []
    while column < grid.width and (row, column) not in occupied:
        value = grid.at(row, column)
        if isinstance(value, str) and _BOXES.search(value):
            boxes.append(value)
        elif not is_blank(value):
            break
        column += 1
    return boxes


def _misspelt(grid: Grid, own: Sequence[tuple[Hit, Codes]], labels: Labels, number: int) -> list[tuple[Hit, Codes]]:
    """Return cells that stand where labels stand and are misspelt ones of form *number*."""
    taken = {code for _, codes in own for code in codes}
    if all(each.code in taken for each in labels.forms[number].fields):
        return []
    spans = grid.spans()
    found: dict[Codes, list[Hit]] = {}
    columns = {hit.column for hit, _ in own}
    last = max(hit.row for hit, _ in own) + 2
    places = {(hit.row, hit.column) for hit, _ in own}
    for row, cells in enumerate(grid.rows[:last]):
        for column in columns:
            value = cells[column]
            if (row, column) in places or not isinstance(value, str) or labels.lookup(value):
                continue
            text, inside = inline(value) or (value, "")
            near = [] if labels.is_foreign(number, text) else slips(labels, number, text, taken)
            last_row, last_column = spans.get((row, column), (row, column))
            beside = inside or grid.at(row, last_column + 1), grid.at(last_row + 1, column)
            if len(near) == 1 and _may_be(labels.forms[number].field(near[0][0]), beside):
                hit = Hit(row, column, last_row, last_column, text, None, inside or None)
                found.setdefault(near[0], []).append(hit)
    return [(hit, codes) for codes, several in found.items() for hit in several]


def _may_be(field: Field, values: Sequence[Raw]) -> bool:
    """Tell whether a misspelt label may be that of *field*: of the key only where one of *values*, beside or below it, tells."""
    return not field.key or any(speaks_for(field, [value]) for value in values if not is_blank(value))


def _spread_once(cards: Sequence[_Card], form: Form) -> None:
    """Give a value that stands once for the sheet to every card that has no label for it."""
    for each in form.fields:
        holders = [card.values[each.code] for card in cards if each.code in card.values]
        if each.once and len(holders) == 1:
            for card in cards:
                card.values.setdefault(each.code, holders[0])
