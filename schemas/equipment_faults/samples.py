"""Three faults: one cleared at once, one that the inspector had to repair, one to which the operator called him himself."""

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
FAULTS = Filled(
    "设备异常单.xlsx",
    "equipment_fault",
    tuple(
        {
            "faulty_equipment": number,
            "fault_text": text,
            "fault_at": at,
            "first_aid": done,
            "first_result": result,
            "fault_told": told,
            "shift_note": "已告知夜班",
            "fault_by": "石师傅",
        }
        for number, text, at, done, result, told in (
            ("SB0001", "轴承温度 90 度", "2026-11-02 21:30", "停机，切换备用泵", "未排除", ""),
            ("SB0002", "压力波动", "2026-11-02 15:00", "排气", "已排除", ""),
            ("SB0003", "减速机异响", "2026-11-02 22:00", "停机", "未排除", "点检员"),
        )
    ),
)
_ON_DUTY: Cells = {
    "duty_text": "更换润滑脂",
    "duty_result": "未排除",
    "duty_reason": "轴承已损坏",
    "duty_ended_at": "2026-11-02 22:30",
    "fault_duty_by": "云师傅",
}
_REPAIRED: Cells = {
    "repair_text": "更换轴承",
    "repair_spares": "轴承 6308 一套",
    "runs_again_at": "2026-11-03 02:00",
    "repaired_by": "简工",
}
SCENES = (
    Scene(date(2026, 11, 3), "设备异常", (STAFF, FAULTS)),
    Scene(date(2026, 11, 3), "运行人员处理", (Returned("运行-云师傅.xlsx", "SB04", {"YC2611001": _ON_DUTY}),)),
    Scene(date(2026, 11, 4), "抢修", (Returned("抢修-简工.xlsx", "SB02", {"YC2611001": _REPAIRED}),)),
)
