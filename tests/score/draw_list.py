"""Draws lists: a header row somewhere, one record a row; or the same turned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from schemas.language import Form, Kind
from tests.score.cells import Canvas, Typed
from tests.score.dice import Dice
from tests.score.drawn import Drawn
from tests.score.entries import Entry
from tests.score.labels import Column, label_of
from tests.score.truth import Told

_EXTRAS: tuple[tuple[str, tuple[Typed, ...]], ...] = (
    ("门头照片", ("有", "已拍", None)),
    ("受理单位", ("武强营销部", None)),
    ("营业面积", (30, 45.5, 120)),
    ("片警", ("老赵", None)),
    ("是否连锁", ("是", "否")),
)
_NOTES = (
    "注：1.许可证号按正本填写；2.电话务必真实。",
    "说明：本表一式两份，营销部存档一份。",
    "备注：以上信息由客户经理核对。",
    "※ 请于每月25日前报送",
)
_SIGNATURES = (
    "审核：",
    "审核人（签字）：",
    "单位负责人（签字）：",
    "制表单位（盖章）",
    "经办人（签字）：          年   月   日",
)


@dataclass(slots=True)
class Decor:
    """What stands on the sheet beside the records."""

    title: str = ""
    unit_row: bool = False
    blank_rows: int = 0
    counter: bool = False
    extras: list[tuple[str, tuple[Typed, ...]]] = field(default_factory=list)
    groups: bool = False
    """Two header rows: group headings above, other labels merged over both rows."""
    repeat: int = 0
    """The header comes again after so many records, 0: never."""
    subtotal: int = 0
    total: str = ""
    note_above: str = ""
    note: str = ""
    signature: str = ""
    example: bool = False
    once: Mapping[str, Any] = field(default_factory=dict)
    once_above: bool = False
    hidden_rows: bool = False
    hidden_columns: bool = False
    filtered: bool = False
    gaps: bool = False
    """Here and there a row between the records is blank."""
    numbered: bool = False
    """A row under the header numbers the columns."""
    page: str = ""
    """What printing puts under each page."""


def some_decor(dice: Dice, form: Form, free: Sequence[str]) -> Decor:
    """Return a decoration; *free* are fields of the form that may stand once for the sheet and are no columns."""
    titled = dice.often(0.6)
    once = {}
    for code in free:
        if dice.often(0.5):
            once[code] = "李敏" if form.field(code).kind is Kind.TEXT else f"2026-11-{dice.randint(2, 20):02}"
    return Decor(
        title=dice.choice((form.title.zh, *form.titles, f"武强县{form.title.zh}", f"2026年11月{form.title.zh}"))
        if titled
        else "",
        unit_row=dice.often(0.4),
        blank_rows=dice.choice((0, 0, 0, 1, 2)),
        counter=dice.often(0.4),
        extras=dice.sample(_EXTRAS, dice.choice((0, 0, 1, 1, 2))),
        groups=dice.often(0.3),
        repeat=dice.choice((0, 0, 0, 3)),
        subtotal=dice.choice((0, 0, 0, 0, 2)),
        total=dice.choice(("", "合计", "总计", "合  计", "共计")),
        note_above=dice.choice(_NOTES) if dice.often(0.1) else "",
        note=dice.choice(_NOTES) if dice.often(0.3) else "",
        signature=dice.choice(_SIGNATURES) if dice.often(0.4) else "",
        example=dice.often(0.12),
        once=once,
        once_above=dice.often(0.4),
        hidden_rows=dice.often(0.08),
        hidden_columns=dice.often(0.06),
        filtered=dice.often(0.1),
        gaps=dice.often(0.06),
        numbered=dice.often(0.05),
        page=dice.choice(("", "", "第 1 页 共 2 页", "续表")),
    )


def draw_list(
    dice: Dice, canvas: Canvas, form: Form, columns: Sequence[Column], entries: Sequence[Entry], decor: Decor,
    top: int, left: int,
) -> tuple[Drawn, int]:  # fmt: skip
    """Draw a list with its upper left corner at *top* and *left*; also return the first row below it."""
    slots = _slots(dice, columns, decor)
    width = len(slots)
    row = top
    row = _above(dice, canvas, form, decor, row, left, width)
    deep = decor.groups and any(isinstance(slot, Column) and slot.group for slot in slots)
    row = _header(canvas, slots, row, left, deep=deep)
    header = row - 1
    if decor.filtered:
        canvas.filtered = (header, left, header + len(entries), left + width - 1)
    row = _under_header(dice, canvas, form, slots, decor, row, left)
    places = []
    for number, entry in enumerate(entries):
        if number:
            row = _between(dice, canvas, slots, decor, number, row, left, deep=deep)
        spots = {}
        for offset, slot in enumerate(slots):
            if isinstance(slot, Column):
                at = columns.index(slot)
                spots[at] = (row, left + offset)
                canvas.put(row, left + offset, entry.typed[at])
            elif slot == "序号":
                canvas.put(row, left + offset, number + 1)
            else:
                canvas.put(row, left + offset, dice.choice(dict(_EXTRAS)[slot]))
        places.append([spots[at] for at in range(len(columns))])
        if decor.hidden_rows and dice.often(0.3):
            canvas.hidden_rows.add(row)
        row += 1
        if decor.subtotal and number + 1 == decor.subtotal and number + 1 < len(entries):
            _total(canvas, "小计", number + 1, row, left, width)
            row += 1
    if decor.hidden_columns:
        canvas.hidden_columns.add(left + dice.randrange(width))
    row = _below(canvas, form, decor, len(entries), row, left, width)
    told = tuple(slot.codes if isinstance(slot, Column) else () for slot in slots)
    return Drawn(places, decor.once, Told(header, left, told)), row


def draw_turned(
    dice: Dice, canvas: Canvas, form: Form, columns: Sequence[Column], entries: Sequence[Entry], decor: Decor,
    top: int, left: int,
) -> tuple[Drawn, int]:  # fmt: skip
    """Draw fields down and records across; also return the first row below."""
    row = _above(dice, canvas, form, decor, top, left, 2)
    if decor.counter:
        canvas.put(row, left, "序号")
        for number in range(len(entries)):
            canvas.put(row, left + 1 + number, number + 1)
        row += 1
    places: list[list[tuple[int, int]]] = [[] for _ in entries]
    for at, column in enumerate(columns):
        canvas.put(row, left, column.label)
        for number, entry in enumerate(entries):
            canvas.put(row, left + 1 + number, entry.typed[at])
            places[number].append((row, left + 1 + number))
        row += 1
    row = _below(
        canvas, form, Decor(once=decor.once, once_above=decor.once_above, signature=decor.signature), 0, row, left, 2
    )
    return Drawn(places, decor.once), row


def _slots(dice: Dice, columns: Sequence[Column], decor: Decor) -> list[Column | str]:
    """Return the columns in the order of the sheet; extra columns are texts. Groups stay together."""
    slots: list[Column | str] = list(columns)
    for label, _ in decor.extras:
        at = dice.randint(0, len(slots))
        before, after = (slots[at - 1] if at else ""), (slots[at] if at < len(slots) else "")
        inside = (
            isinstance(before, Column) and isinstance(after, Column) and before.group and before.group == after.group
        )
        slots.insert(len(slots) if inside else at, label)
    return ["序号", *slots] if decor.counter else slots


def _above(dice: Dice, canvas: Canvas, form: Form, decor: Decor, row: int, left: int, width: int) -> int:
    if decor.title:
        canvas.put(row, left, decor.title)
        if width > 1 and dice.often(0.7):
            canvas.merge(row, left, row, left + width - 1)
        row += 1
    if decor.unit_row:
        canvas.put(row, left, dice.choice(("填报单位：武强县烟草专卖局", "单位：户", "单位：武强镇")))
        if width > 4:
            canvas.put(row, left + 4, dice.choice(("2026年11月2日", "2026年11月", date(2026, 11, 2), "第三季度")))
        row += 1
    if decor.note_above:
        canvas.put(row, left, decor.note_above)
        row += 1
    if decor.once and decor.once_above:
        _once(canvas, form, decor.once, row, left)
        row += 1
    return row + decor.blank_rows


def _once(canvas: Canvas, form: Form, once: Mapping[str, Any], row: int, left: int) -> None:
    """Label and value in one cell for the first, in two cells for the second."""
    for number, (code, value) in enumerate(once.items()):
        label = form.field(code).label.zh
        if number == 0:
            canvas.put(row, left, f"{label}：{value}")
        else:
            canvas.put(row, left + 2, f"{label}：")
            canvas.put(row, left + 3, value)


def _header(canvas: Canvas, slots: Sequence[Column | str], row: int, left: int, *, deep: bool) -> int:
    for offset, slot in enumerate(slots):
        column = left + offset
        if not isinstance(slot, Column):
            canvas.put(row, column, slot)
        elif not deep or not slot.group:
            canvas.put(row, column, slot.group + slot.label if slot.group else slot.label)
        else:
            before = slots[offset - 1] if offset else ""
            if not (isinstance(before, Column) and before.group == slot.group):
                canvas.put(row, column, slot.group)
                members = [each for each in slots if isinstance(each, Column) and each.group == slot.group]
                canvas.merge(row, column, row, column + len(members) - 1)
            canvas.put(row + 1, column, slot.label)
            continue
        if deep:
            canvas.merge(row, column, row + 1, column)
    return row + (2 if deep else 1)


def _example(dice: Dice, canvas: Canvas, form: Form, slots: Sequence[Column | str], row: int, left: int) -> None:
    canvas.put(row, left, dice.choice(("示例", "例", "填写示例")))
    for offset, slot in enumerate(slots):
        if isinstance(slot, Column):
            canvas.put(row, left + offset, "至".join(form.field(code).example for code in slot.codes) or None)


def _under_header(
    dice: Dice, canvas: Canvas, form: Form, slots: Sequence[Column | str], decor: Decor, row: int, left: int
) -> int:
    if decor.numbered:
        for offset in range(len(slots)):
            canvas.put(row, left + offset, offset + 1)
        row += 1
    if decor.example and decor.counter:
        _example(dice, canvas, form, slots, row, left)
        row += 1
    return row


def _between(
    dice: Dice, canvas: Canvas, slots: Sequence[Column | str], decor: Decor, number: int, row: int, left: int, *,
    deep: bool,
) -> int:  # fmt: skip
    """Draw what stands before record *number*: a blank row, the end of a page and the head of the next."""
    if decor.gaps and dice.often(0.3):
        row += 1
    if not decor.repeat or number % decor.repeat:
        return row
    if decor.page:
        canvas.put(row, left, decor.page)
        row += 1
        if decor.title:
            canvas.put(row, left, decor.title)
            row += 1
    return _header(canvas, slots, row, left, deep=deep)


def _total(canvas: Canvas, word: str, count: int, row: int, left: int, width: int) -> None:
    canvas.put(row, left, word)
    if width > 2:
        canvas.put(row, left + 2, count)


def _below(canvas: Canvas, form: Form, decor: Decor, count: int, row: int, left: int, width: int) -> int:
    if decor.total:
        _total(canvas, decor.total, count, row, left, width)
        row += 1
    if decor.note:
        canvas.put(row, left, decor.note)
        row += 1
    if decor.once and not decor.once_above:
        _once(canvas, form, decor.once, row, left)
        row += 1
    if decor.signature:
        canvas.put(row, left, decor.signature)
        row += 1
    return row


__all__ = ["Decor", "draw_list", "draw_turned", "label_of", "some_decor"]
