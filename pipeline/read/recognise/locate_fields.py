"""Where a list's header stands, what each of its columns is called, and which field each column holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.domain.cell import Raw
from pipeline.read.formats.grid import Grid, as_text, is_blank
from pipeline.read.recognise.labels import Codes, Labels, inline, normalise
from pipeline.read.recognise.recognise_form import Meaning

_COUNTER = re.compile(r"序号?|行号|次序|no|id|")  # a column that only counts rows, or has no name
_DATA = re.compile(r"\d")
_END = {
    **dict.fromkeys(("起", "自", "从", "始", "开始", "起始", "起日", "起始日期", "开始日期", "from", "start"), 0),
    **dict.fromkeys(
        (
            "止",
            "至",
            "到",
            "终",
            "结束",
            "终止",
            "截止",
            "止日",
            "终止日期",
            "截止日期",
            "结束日期",
            "to",
            "until",
            "end",
        ),
        1,
    ),
}
"""What stands under the label of a range: which end."""


@dataclass(frozen=True, slots=True)
class Head:
    """One column's label as written, and what it means by form."""

    column: int
    row: int
    text: str
    meaning: Meaning
    answer: str = ""
    """Set for one of several columns under a choice's label: a tick in it gives this answer."""


@dataclass(frozen=True, slots=True)
class Header:
    """A row of labels, or two under each other."""

    top: int
    bottom: int
    heads: tuple[Head, ...]

    @property
    def first(self) -> int:
        """First column."""
        return self.heads[0].column

    @property
    def last(self) -> int:
        """Last column."""
        return self.heads[-1].column


@dataclass(slots=True)
class Columns:
    """Which column holds which field of one form; what is doubtful about the labels."""

    fields: dict[str, Head] = field(default_factory=dict)
    ticked: dict[str, list[Head]] = field(default_factory=dict)
    """Fields that have a column for each answer; the first of these stands for all in ``fields``."""
    unknown: list[Head] = field(default_factory=list)
    misspelt: list[tuple[Head, Codes]] = field(default_factory=list)
    ambiguous: list[tuple[Head, list[Codes]]] = field(default_factory=list)
    twice: list[tuple[Head, Head, Codes]] = field(default_factory=list)

    @property
    def doubtful(self) -> set[str]:
        """Fields that some column may hold: they are not missing, they are in doubt."""
        doubtful = {code for _, each in self.ambiguous for codes in each for code in codes}
        return doubtful | {code for _, _, codes in self.twice for code in codes}


def header_at(grid: Grid, row: int, labels: Labels, *, alone: bool = False) -> Header | None:
    """Return the header that begins at *row*, or None.

    Labels of a header are neighbours; labels of a card have their values between them. With *alone* they need not be.
    """
    cells = grid.rows[row]
    found = [(column, labels.lookup(value)) for column, value in enumerate(cells) if value != ""]
    hits = [column for column, meaning in found if meaning]
    if len(hits) < 2 or 4 * len(hits) < len(found) or any(_is_pair(cells[column], labels) for column, _ in found):
        return None
    if not alone and not _are_neighbours(grid, row, dict(found), labels):
        return None
    heads = [Head(column, row, as_text(cells[column]), meaning) for column, meaning in found]
    second = _second_row(grid, row, labels)
    if second is None:
        return Header(row, row, tuple(heads))
    by_column = {head.column: head for head in heads}
    by_column.update((head.column, head) for head in second)
    return Header(row, row + 1, tuple(by_column[column] for column in sorted(by_column)))


def _are_neighbours(grid: Grid, row: int, meanings: Mapping[int, Meaning], labels: Labels) -> bool:
    """Tell whether enough labels of one form stand side by side; a misspelt one between them counts."""
    known = {column: meaning for column, meaning in meanings.items() if meaning}
    enough = max(1, len(known) // 3)
    if _neighbours(grid, row, known) >= enough:
        return True
    form, _ = Counter(number for meaning in known.values() for number in meaning).most_common(1)[0]
    for column, meaning in meanings.items():
        text = grid.rows[row][column]
        near = labels.near(form, text, ()) if not meaning and isinstance(text, str) else []
        if near:
            known[column] = {form: near[0][0]}
    return len(known) > 2 and _neighbours(grid, row, known) >= max(enough, len(known) // 3)


def _neighbours(grid: Grid, row: int, known: Mapping[int, Mapping[int, Codes]]) -> int:
    spans = grid.spans()
    return sum(
        spans.get((row, column), (row, column))[1] + 1 == following and not known[column].keys().isdisjoint(meaning)
        for column, (following, meaning) in zip(sorted(known), sorted(known.items())[1:], strict=False)
    )


def _is_pair(value: Raw, labels: Labels) -> bool:
    """Tell whether a cell holds a label with its value: then the row is of a card."""
    pair = inline(value) if isinstance(value, str) else None
    return pair is not None and pair[1] != "" and labels.lookup(pair[0]) is not None


def _second_row(grid: Grid, row: int, labels: Labels) -> list[Head] | None:
    """Return the heads of a second header row (电话 and 邮箱 under 联系方式), or None when *row* + 1 holds data."""
    if row + 1 >= grid.height:
        return None
    upper, lower = grid.rows[row], grid.rows[row + 1]
    spans = grid.spans()
    heads = []
    parent, reach, shared = "", -1, False
    for column in range(grid.width):
        if not is_blank(upper[column]):
            parent = as_text(upper[column])
            reach = spans.get((row, column), (row, grid.width))[1]  # unmerged: as far as the next label
            beside = column + 1 < grid.width and is_blank(upper[column + 1]) and not is_blank(lower[column + 1])
            shared = beside and reach > column
        child = lower[column]
        if is_blank(child):
            continue
        if child.__class__ is not str or _DATA.match(as_text(child)):
            return None
        under = column <= reach and parent != ""
        if not is_blank(upper[column]) and not shared:
            return None
        text = as_text(child)
        joined = f"{parent}{text}" if under else text
        meaning = labels.lookup(joined) or (_end_of(labels.lookup(parent), child) if under else None)
        meaning = meaning or labels.lookup(child)
        if under and meaning is None and labels.answered(labels.lookup(parent), child):
            heads.append(Head(column, row + 1, joined, labels.lookup(parent), text))
            continue
        heads.append(Head(column, row + 1, joined if labels.lookup(child) is None else text, meaning))
    return heads if any(head.meaning for head in heads) else None


def _end_of(ranges: Meaning, child: Raw) -> Meaning:
    """Return what *child* (起 or 止) means under the label of both ends of a range; None when it is neither."""
    end = _END.get(normalise(as_text(child)))
    if end is None or not ranges:
        return None
    return {number: (codes[end],) for number, codes in ranges.items() if len(codes) == 2} or None


def split(grid: Grid, header: Header, labels: Labels) -> list[Header]:
    """Return the headers of tables that stand side by side: the same labels come again, or each has a key of its own.

    A key that comes again begins a table even without a column between.
    """
    spans = grid.spans()
    groups: list[list[Head]] = [[header.heads[0]]]
    for position, head in enumerate(header.heads[1:], 1):
        group = groups[-1]
        last = group[-1]
        gap = spans.get((last.row, last.column), (last.row, last.column))[1] + 1 < head.column
        rest = header.heads[position:] if gap else [head]
        ours, theirs = _meanings(group), _meanings(rest)
        keys, their_keys = _keys(ours, labels), _keys(theirs, labels)
        again = len(ours & theirs) > 1 or (keys and their_keys) or _differ(group, rest)
        if again if gap else keys & their_keys:
            groups.append([])
        groups[-1].append(head)
    return [Header(header.top, header.bottom, tuple(group)) for group in groups]


def _differ(ours: Sequence[Head], theirs: Sequence[Head]) -> bool:
    """Tell whether two groups of labels are plainly of different forms."""
    own = Counter(number for head in ours for number in head.meaning or ())
    other = Counter(number for head in theirs for number in head.meaning or ())
    if not own or not other:
        return False
    (form, count), (their_form, their_count) = own.most_common(1)[0], other.most_common(1)[0]
    return count > 2 and their_count > 2 and other[form] < 2 and own[their_form] < 2


def _meanings(heads: Sequence[Head]) -> set[tuple[int, Codes]]:
    return {meaning for head in heads for meaning in (head.meaning or {}).items()}


def _keys(meanings: set[tuple[int, Codes]], labels: Labels) -> set[tuple[int, Codes]]:
    return {(number, codes) for number, codes in meanings if labels.forms[number].key.code in codes}


def assign_columns(heads: Sequence[Head], labels: Labels, number: int) -> Columns:
    """Return which of *heads* holds which field of form *number*."""
    form = labels.forms[number]
    columns = Columns()
    exact: dict[Codes, list[Head]] = {}
    rest: list[Head] = []
    for head in heads:
        codes = (head.meaning or {}).get(number)
        if codes and head.answer:
            columns.ticked.setdefault(codes[0], []).append(head)
            columns.fields.setdefault(codes[0], head)
        elif codes:
            exact.setdefault(codes, []).append(head)
        elif labels.is_foreign(number, head.text):
            columns.unknown.append(head)
        else:
            rest.append(head)
    for codes, several in exact.items():
        label = form.field(codes[0]).label.zh
        chosen, *others = sorted(several, key=lambda head: not _is_main(head, label))
        if others and _is_main(chosen, label) == _is_main(others[0], label):
            columns.twice.append((chosen, others[0], codes))
            continue
        columns.unknown += others
        for code in codes:
            # A label of its own beats one cell for both ends of a range.
            if code not in columns.fields or len(codes) == 1:
                columns.fields[code] = chosen
    columns.unknown += [head for head in rest if is_counter(head.text)]
    _match_misspelt(columns, [head for head in rest if not is_counter(head.text)], labels, number)
    return columns


def _is_main(head: Head, label: str) -> bool:
    return normalise(head.text) == normalise(label)


def _match_misspelt(columns: Columns, rest: Sequence[Head], labels: Labels, number: int) -> None:
    taken = set(columns.fields)
    candidates: dict[Codes, list[Head]] = {}
    for head in rest:
        near = [] if head.meaning else [codes for codes, _ in labels.near(number, head.text, taken)]
        if len(near) > 1:
            columns.ambiguous.append((head, near))
        elif near:
            candidates.setdefault(near[0], []).append(head)
        else:
            columns.unknown.append(head)
    for codes, heads in candidates.items():
        if len(heads) > 1:
            columns.twice.append((heads[0], heads[1], codes))
            continue
        columns.misspelt.append((heads[0], codes))
        for code in codes:
            columns.fields.setdefault(code, heads[0])


def is_counter(text: Raw) -> bool:
    """Tell whether *text* is the label of a column that only counts rows."""
    return _COUNTER.fullmatch(normalise(as_text(text))) is not None
