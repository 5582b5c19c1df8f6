"""Two pieces of equipment, one of them due to be checked."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Cells, Filled, Returned, Scene
from schemas.roster.samples import staff

STAFF = staff(
    "设备人员.xlsx",
    ("SB01", "石师傅", "设备操作人员"),
    ("SB02", "简工", "点检员"),
    ("SB03", "齐主任", "设备主管"),
    ("SB04", "云师傅", "设备运行人员"),
)
EQUIPMENT = Filled(
    "设备台账.xlsx",
    "equipment_record",
    tuple(
        {
            "equipment_no": number,
            "equipment_name": name,
            "equipment_model": model,
            "equipment_place": "换热站",
            "equipment_operator": "石师傅",
            "equipment_inspector": "简工",
            "equipment_spares": spares,
            "spares_place": "换热站备件柜",
            "in_use_from": since,
            "check_cycle": 7,
            "equipment_listed_by": "简工",
        }
        for number, name, model, spares, since in (
            ("SB0001", "1 号循环泵", "ISG80-160", "机械密封、轴承", "2026-10-26"),
            ("SB0002", "2 号补水泵", "QDL4-80", "机械密封", "2026-11-01"),
        )
    ),
)
_CHECKED: Cells = {
    "check_state": "运行异常",
    "check_found": "轴承温度偏高",
    "upkeep_done": "加油、紧固",
    "equipment_checked_on": "2026-11-03",
    "equipment_checked_by": "石师傅",
}
SCENES = (
    Scene(date(2026, 11, 2), "设备登记", (STAFF, EQUIPMENT)),
    Scene(date(2026, 11, 3), "点检", (Returned("点检-石师傅.xlsx", "SB01", {"SB0001": _CHECKED}),)),
)
