"""Three meetings, one of them from its plan to its minutes."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Cells, Filled, Returned, Scene
from schemas.roster.samples import staff

STAFF = staff("会务人员.xlsx", ("HW01", "文静", "会务人员"), ("HW02", "裴文", "会务人员"), ("KF03", "郝主管", "主管"))
MEETINGS = Filled(
    "会议计划.xlsx",
    "meeting_plan",
    tuple(
        {
            "meeting_topic": topic,
            "meeting_series": series,
            "meeting_at": at,
            "meeting_chair": "郝主管",
            "meeting_organiser": who,
        }
        for topic, series, at, who in (
            ("冬季供暖安排", "物业部例会", "2026-11-03 15:00", "文静"),
            ("供暖检修回顾", "物业部例会", "2026-11-12 15:00", "文静"),
            ("消防演练", "安全会", "2026-11-06 10:00", "裴文"),
        )
    ),
)
_CONFIRMED: Cells = {
    "meeting_place": "二楼会议室",
    "attendees": "郝主管、裴文、文静",
    "confirmed_at": "2026-11-02 10:00",
    "confirmed_by": "文静",
}
_BOOKED: Cells = {"meeting_room": "201 室", "booked_at": "2026-11-03 08:30", "booked_by": "文静"}
_RECHECKED: Cells = {
    "meeting_changed": "否",
    "meeting_things": "齐备可用",
    "rechecked_at": "2026-11-03 12:30",
    "rechecked_by": "文静",
}
_MINUTES: Cells = {"meeting_came": 3, "minutes_text": "检修管道", "minutes_on": "2026-11-03", "minutes_by": "文静"}
SCENES = (
    Scene(date(2026, 11, 2), "会议计划", (STAFF, MEETINGS)),
    Scene(date(2026, 11, 2), "会议确认", (Returned("会议确认-文静.xlsx", "HW01", {"HY2611001": _CONFIRMED}),)),
    Scene(date(2026, 11, 3), "预约会议室", (Returned("会议室-文静.xlsx", "HW01", {"HY2611001": _BOOKED}),)),
    Scene(date(2026, 11, 3), "会前复核", (Returned("会前复核-文静.xlsx", "HW01", {"HY2611001": _RECHECKED}),)),
    Scene(date(2026, 11, 4), "会议纪要", (Returned("会议纪要-文静.xlsx", "HW01", {"HY2611001": _MINUTES}),)),
)
