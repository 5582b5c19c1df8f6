"""Resolutions of a meeting, one of them looked back at in the next."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Cells, Filled, Returned, Scene
from schemas.roster.samples import staff

STAFF = staff("会务人员.xlsx", ("HW01", "文静", "会务人员"), ("HW02", "裴文", "会务人员"), ("KF03", "郝主管", "主管"))
RESOLUTIONS = Filled(
    "会议决议.xlsx",
    "meeting_resolution",
    tuple(
        {
            "resolved_in": "HY2611001",
            "resolution_text": text,
            "resolution_owner": who,
            "resolution_by": by,
            "resolution_listed_by": "文静",
        }
        for text, who, by in (
            ("检修供暖管道", "裴文", "2026-11-12"),
            ("张贴供暖通知", "文静", "2026-11-10"),
            ("增补应急水泵", "裴文", "2026-11-20"),
        )
    ),
)
_REVIEWED: Cells = {
    "resolution_result": "未达成",
    "resolution_progress": "已检修 12 栋",
    "resolution_problem": "配件未到货",
    "resolution_by": "2026-11-19",
    "resolution_reviewed_on": "2026-11-10",
    "resolution_reviewed_by": "裴文",
}
SCENES = (
    Scene(date(2026, 11, 3), "决议登记", (STAFF, RESOLUTIONS)),
    Scene(date(2026, 11, 10), "决议回顾", (Returned("决议回顾-裴文.xlsx", "HW02", {"JY2611001": _REVIEWED}),)),
)
