"""Two spares with what was put in and taken out; one runs short."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Filled, Scene
from schemas.roster.samples import staff

STAFF = staff(
    "设备人员.xlsx",
    ("SB01", "石师傅", "设备操作人员"),
    ("SB02", "简工", "点检员"),
    ("SB03", "齐主任", "设备主管"),
    ("SB04", "云师傅", "设备运行人员"),
)
SPARES = Filled(
    "备件台账.xlsx",
    "spare_part",
    tuple(
        {
            "spare_no": number,
            "spare_name": name,
            "spare_for": "SB0001",
            "spare_lies": "换热站备件柜 2 层",
            "least_stock": least,
            "spare_listed_by": "简工",
        }
        for number, name, least in (("BJ0001", "轴承 6308", 2), ("BJ0002", "机械密封 108-35", 1))
    ),
)
MOVES = Filled(
    "备件收发.xlsx",
    "spare_move",
    tuple(
        {
            "moved_spare": number,
            "move_kind": kind,
            "moved_quantity": quantity,
            "moved_at": at,
            "moved_for": what,
            "moved_by": "石师傅",
        }
        for number, kind, quantity, at, what in (
            ("BJ0001", "入库", 2, "2026-11-02 09:00", ""),
            ("BJ0002", "入库", 3, "2026-11-02 09:05", ""),
            ("BJ0001", "领用", 1, "2026-11-03 01:00", "1 号循环泵换轴承"),
        )
    ),
)
SCENES = (
    Scene(date(2026, 11, 2), "备件登记", (STAFF, SPARES)),
    Scene(date(2026, 11, 3), "备件收发", (MOVES,)),
)
