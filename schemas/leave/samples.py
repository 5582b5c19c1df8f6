"""Three leaves: one in writing, one by telephone with its slip, one that nobody has decided on yet."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Cells, Filled, Returned, Scene
from schemas.roster.samples import staff

STAFF = staff(
    "企划部人员.xlsx", ("QH01", "花策", "企划专员"), ("QH02", "齐经理", "企划部经理"), ("TS03", "高建军", "总经理")
)
LEAVES = Filled(
    "请假单.xlsx",
    "leave_request",
    tuple(
        {
            "leave_person": who,
            "leave_why": why,
            "leave_from": f"{day} 09:00",
            "leave_to": f"{day} 18:00",
            "leave_asked_at": asked,
            "leave_way": way,
            "leave_matters": matters,
            "leave_stand_in": other,
            "leave_handed_over": "海报付印" if other else "",
            "leave_phone": "13932820018",
        }
        for who, why, day, asked, way, matters, other in (
            ("花策", "家事", "2026-11-04", "2026-11-02 14:00", "书面", "是", "齐经理"),
            ("花策", "看病", "2026-11-03", "2026-11-03 08:30", "电话报备", "否", ""),
            ("齐经理", "培训", "2026-11-06", "2026-11-03 09:00", "书面", "否", ""),
        )
    ),
)
_ALLOWED: Cells = {"leave_decision": "同意", "leave_decided_by": "齐经理"}
_SLIP: Cells = {"slip_on": "2026-11-04", "slip_by": "花策"}
SCENES = (
    Scene(date(2026, 11, 3), "请假", (STAFF, LEAVES)),
    Scene(
        date(2026, 11, 3),
        "请假审批",
        (Returned("请假审批-齐经理.xlsx", "QH02", {"QJ2611001": _ALLOWED, "QJ2611002": _ALLOWED}),),
    ),
    Scene(date(2026, 11, 4), "补假条", (Returned("补假条-花策.xlsx", "QH01", {"QJ2611002": _SLIP}),)),
)
