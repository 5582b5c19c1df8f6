"""What whoever repairs has to know of the machine: where it stands, which spares there are and where they lie; and whether a check
has called it well meanwhile. A part of ``equipment_faults``, whose ``manual.toml`` says where that is from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from schemas.equipment import RUNS
from schemas.language import Field, Localized, Values
from schemas.language.durations import known_on
from schemas.language.telling import came_in_late
from schemas.language.work import Derived, RecordView, RegisterView, Seen, Watch, warning
from schemas.roster.roles import EQUIPMENT_HEAD

_Said = Callable[[RecordView, RegisterView], str | None]


def _kept(piece: RecordView, held: RegisterView) -> str | None:
    """The spares of *piece* by number and name, with how many there are and where."""
    those = sorted(held.holding("spares", "spare_for", piece.key), key=lambda each: each.key)
    said = (
        f"{each.key} {each.get('spare_name')}：{float(each.get('spare_stock') or 0):g}（{each.get('spare_lies')}）"
        for each in those
        if each.state == "spare_kept"
    )
    return "；".join(said) or None


def _of_piece(code: str) -> _Said:
    return lambda piece, held: str(piece.get(code)) if piece.get(code) else None


def known_of_piece(is_repaired: Callable[[Values], bool]) -> tuple[Derived, ...]:
    """Return the fields that a fault shows of its machine, as they stood when it was repaired."""

    def shown(code: str, zh: str, en: str, said: _Said) -> Derived:
        def look(values: Values, held: RegisterView, today: date) -> str | None:
            if is_repaired(values):
                return str(values[code]) if values.get(code) else None
            piece = held["equipment"].get(str(values.get("faulty_equipment")))
            return said(piece, held) if piece is not None else None

        return Derived(Field(code, Localized(zh, en)), look=look)

    return (
        shown("fault_equipment", "异常设备名称", "What it is called", _of_piece("equipment_name")),
        shown("fault_place", "异常设备安装位置", "Where it is", _of_piece("equipment_place")),
        shown("fault_main_spares", "异常设备主要备件", "Its spares", _of_piece("equipment_spares")),
        shown("fault_spares_place", "异常设备备件存放处", "Where its spares lie", _of_piece("spares_place")),
        shown("fault_spares_kept", "异常设备现有备件", "Spares in stock", _kept),
    )


FAULT_CAME = known_on("fault_known_on", Localized("异常登记日", "Entered on"), "fault_at")
TOLD_LATE = came_in_late(
    "faults.came_late", "equipment_faults", "fault_at", "fault_by", EQUIPMENT_HEAD.code, FAULT_CAME.field.code
)
"""2.1.1.2: who cannot help himself calls the others in time; what came days later was written down, nobody was called."""


def checked_well(states: tuple[str, ...], inspector: str) -> Watch:
    """Return the watch that tells the inspector (field) and the head of a machine that a check calls well while a fault of an earlier
    day stands in one of *states*, unrepaired. Of one day it is not known which was first.
    """

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        for key, each in held["equipment_faults"].items():
            if each.state not in states:
                continue
            piece = held["equipment"].get(str(each.get("faulty_equipment")))
            checked = str(piece.get("equipment_checked_on") or "") if piece else ""
            at = str(each.get("fault_at") or "")[:10]
            if piece is None or piece.get("check_state") != RUNS.code or not at or at >= checked:
                continue
            said = {"on": checked, "at": at, "what": str(each.get("fault_text")), "by": str(piece.get("equipment_checked_by"))}  # fmt: skip
            yield Seen(key, "faulty_equipment", piece.key, EQUIPMENT_HEAD.code, said)
            yield Seen(key, "faulty_equipment", piece.key, details=said, person=str(each.get(inspector) or ""))

    return warning(
        "faults.checked_well",
        Localized(
            "设备“{value}”{at} 的异常“{what}”还没有修好，{by} {on} 点检写的是“运行正常”",
            "“{what}” of {at} on “{value}” is not repaired, yet {by} found it running well on {on}",
        ),
        Localized(
            "到现场核实：已修好的把抢修（处理）记录交来；没有修好的更正点检结果",
            "Look at it: hand in what was done where it is repaired, else correct the check",
        ),
        look,
    )
