"""Where a list's header stands, and what each of its columns is called: by one row of labels, or by up to three."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.domain.cell import Raw
from pipeline.read.formats.grid import Grid, as_text, is_blank
from pipeline.read.recognise.labels import Codes, Labels, inline, normalise
from pipeline.read.recognise.recognise_form import Meaning, choose, required_codes
from pipeline.read.recognise.slips import slips
from schemas.language.references import names_somebody, of_group

_DATA = re.compile(r"\d")
_FEW = 2
_DEEPEST = 3
"""So many rows of labels a header has at the most."""
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
    said: str = ""
    """The label with what stands above it (负责人信息, 姓名), where both together tell what is meant."""
    samples: tuple[str, ...] = ()
    """The first three values below a label that is not understood, or might mean several fields."""

    @property
    def words(self) -> str:
        """What tells the meaning."""
        return self.said or self.text


@dataclass(frozen=True, slots=True)
class Header:
    """A row of labels, or two or three under each other."""

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
    if not are_labels(labels, {as_text(cells[column]): meaning for column, meaning in found if meaning}):
        return None
    header = Header(row, row, tuple(Head(column, row, as_text(cells[column]), meaning) for column, meaning in found))
    parents = {head.column: head.text for head in header.heads}
    for below in range(row + 1, min(row + _DEEPEST, grid.height)):
        second = _next_row(grid, below, parents, labels)
        if second is None:
            break
        by_column = {head.column: head for head in header.heads}
        by_column.update((head.column, head) for head in second)
        header = Header(row, below, tuple(by_column[column] for column in sorted(by_column)))
        parents = {head.column: head.words for head in header.heads if head.row == below}
    return header


def are_labels(labels: Labels, meanings: Mapping[str, Meaning]) -> bool:
    """Tell whether texts that mean something (*meanings*) are labels: one is a form's own as it stands, or they make up all
    that a form must have. Words alone (数量, 日期) stand on many a sheet.
    """
    written = {text for text in meanings if labels.is_label(text)}
    if len(written) > 1:
        return True
    numbers = Counter(number for meaning in meanings.values() for number in meaning or ())
    if any(
        numbers[number] > 1 and labels.is_written(number, text) for text in written for number in meanings[text] or ()
    ):
        return True
    choice = choose(labels, meanings.items(), ())
    if choice.form is None:
        return False
    found = {code for meaning in meanings.values() for code in (meaning or {}).get(choice.form, ())}
    return len(meanings) > _FEW and required_codes(labels.forms[choice.form]) <= found


def _are_neighbours(grid: Grid, row: int, meanings: Mapping[int, Meaning], labels: Labels) -> bool:
    """Tell whether enough labels of one form stand side by side; a misspelt one between them counts."""
    known = {column: meaning for column, meaning in meanings.items() if meaning}
    enough = max(1, len(known) // 3)
    if _neighbours(grid, row, known) >= enough:
        return True
    form, _ = Counter(number for meaning in known.values() for number in meaning).most_common(1)[0]
    for column, meaning in meanings.items():
        text = grid.rows[row][column]
        near = slips(labels, form, text, ()) if not meaning and isinstance(text, str) else []
        if near:
            known[column] = {form: near[0]}
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


def _next_row(grid: Grid, row: int, parents: Mapping[int, str], labels: Labels) -> list[Head] | None:
    """Return the heads of a further header row (电话 and 邮箱 under 联系方式), or None when *row* holds data.

    *parents* are the labels above it that may have others below them, by column.
    """
    lower = grid.rows[row]
    spans = grid.spans()
    heads = []
    parent, above, reach, shared = "", -1, -1, False
    for column in range(grid.width):
        if not is_blank(grid.at(row - 1, column)):
            parent, above = parents.get(column, ""), column
            reach = spans.get((row - 1, column), (row - 1, grid.width))[1]  # unmerged: as far as the next label
            beside = (
                column + 1 < grid.width and is_blank(grid.at(row - 1, column + 1)) and not is_blank(lower[column + 1])
            )
            shared = beside and reach > column
        child = lower[column]
        if is_blank(child):
            continue
        if child.__class__ is not str or _DATA.match(as_text(child)):
            return None
        under = column <= reach and parent != ""
        text = as_text(child)
        if column == above and not shared:
            joined = f"{parent}{text}"
            split = labels.is_label(joined) or not labels.is_label(parent)  # 许可 over 证号
            broken = labels.lookup(joined) if under and split else None
            if broken is None:
                return None
            heads.append(Head(column, row, joined, broken))
            continue
        heads.append(
            _under(parent, text, column, row, labels) if under else Head(column, row, text, labels.lookup(text))
        )
    # labels of somebody whom the form does not know are labels, too
    return heads if any(head.meaning or labels.lookup(lower[head.column]) for head in heads) else None


def _under(parent: str, text: str, column: int, row: int, labels: Labels) -> Head:
    """Return the head that *text* is under the label *parent*, which may say whose it is."""
    joined = f"{parent}{text}"
    whole = {**(labels.lookup(f"{of_group(parent)}{text}") or {}), **(labels.lookup(joined) or {})} or None
    own, over = labels.lookup(text), labels.lookup(parent)
    ends = _end_of(over, text)
    if own and names_somebody(parent):  # the telephone of a carrier is nobody's whom the form knows
        own = {number: codes for number, codes in own.items() if number in (whole or {})} or None
    if not (whole or ends or own) and labels.answered(over, text):
        return Head(column, row, joined, over, text)
    meaning = {**(own or {}), **(ends or {}), **(whole or {})} or None
    return Head(column, row, text if own else joined, meaning, said=joined if whole and own else "")


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
        if not gap and not _keys(_meanings([head]), labels):
            group.append(head)
            continue
        rest = header.heads[position:] if gap else [head]
        ours, theirs = _meanings(group), _meanings(rest)
        keys, their_keys = _keys(ours, labels), _keys(theirs, labels)
        again = len(ours & theirs) > 1 or (keys and their_keys) or _differ(group, rest)
        if again if gap else _say_the_same(group, head, keys & their_keys, labels):
            groups.append([])
        groups[-1].append(head)
    return [Header(header.top, header.bottom, tuple(group)) for group in groups]


def _say_the_same(ours: Sequence[Head], head: Head, keys: set[tuple[int, Codes]], labels: Labels) -> bool:
    """Tell whether *head* and one before it both are, as they stand, labels of a key of *keys*.

    Of other words one may well be something else: 姓名 behind 客户名称 is no second customer.
    """
    return any(
        head.words == each.words or (labels.is_written(number, head.words) and labels.is_written(number, each.words))
        for number, codes in keys
        for each in ours
        if (each.meaning or {}).get(number) == codes
    )


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


def with_groups(grid: Grid, header: Header, labels: Labels) -> Header:
    """Return *header* with what stands above groups of its labels (负责人信息 over 姓名 and 联系电话), and with labels that
    are merged down into it, or broken over the row above and its own.
    """
    while header.top > 0 and header.bottom - header.top + 1 < _DEEPEST:
        wider = _under_groups(grid, header, labels) or _broken(grid, header, labels)
        if wider is None:
            break
        header = wider
    return header


def _under_groups(grid: Grid, header: Header, labels: Labels) -> Header | None:
    row = header.top - 1
    cells = grid.rows[row]
    spans = grid.spans()
    groups: list[tuple[int, int, str]] = []
    heads = {head.column: head for head in header.heads}
    for column, value in enumerate(cells):
        if is_blank(value):
            continue
        if value.__class__ is not str or _DATA.match(as_text(value)):
            return None
        last_row, last = spans.get((row, column), (row, column))
        if last_row >= header.top and last == column:
            if column in heads:
                return None
            heads[column] = Head(column, row, as_text(value), labels.lookup(value))
        elif last > column and any(column <= each <= last for each in heads):
            groups.append((column, last, as_text(value)))
        else:
            return None
    if not groups or (len(groups) == 1 and groups[0][0] <= header.first and groups[0][1] >= header.last):
        return None  # a title
    for first, last, parent in groups:
        for column in range(first, last + 1):
            head = heads.get(column)
            if head is not None and head.row == header.top:
                found = _under(parent, head.text, column, head.row, labels)
                heads[column] = replace(found, text=head.text, said=found.words)
    return Header(row, header.bottom, tuple(heads[column] for column in sorted(heads)))


def _broken(grid: Grid, header: Header, labels: Labels) -> Header | None:
    """Return *header* with each label's beginning from the row above: 许可 over 证号."""
    row = header.top - 1
    above = sum(isinstance(grid.at(row, head.column), str) and grid.at(row, head.column) != "" for head in header.heads)
    if header.bottom > header.top or above * 2 <= len(header.heads):
        return None
    joined = []
    for head in header.heads:
        begins = grid.at(row, head.column)
        text = f"{as_text(begins)}{head.text}" if isinstance(begins, str) else head.text
        joined.append(Head(head.column, head.row, text, labels.lookup(text)))
    gained = max(Counter(itertools.chain(*(labels.written_in(head.text) for head in joined))).values(), default=0)
    had = max(Counter(itertools.chain(*(labels.written_in(head.text) for head in header.heads))).values(), default=0)
    return Header(row, header.bottom, tuple(joined)) if gained > max(had, 1) and gained * 2 > len(joined) else None
