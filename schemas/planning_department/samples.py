"""A week of a planning department, and its plan of next year."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Cells, Returned, Scene
from schemas.roster.samples import staff

STAFF = staff(
    "企划部人员.xlsx", ("QH01", "花策", "企划专员"), ("QH02", "齐经理", "企划部经理"), ("TS03", "高建军", "总经理")
)
_WEEK: Cells = {
    "this_week": "双十一海报，周四定稿",
    "last_week": "有未完成",
    "left_over_why": "印厂停电，周二交货",
    "week_handed_at": "2026-11-02 08:50",
    "week_handed_by": "花策",
}
_MINUTES: Cells = {
    "planning_came": 2,
    "looked_back": "选址已定",
    "planning_resolved": "周四前海报定稿",
    "planning_met_on": "2026-11-02",
    "planning_minutes_by": "花策",
}
_YEAR: Cells = {
    "scheme_text": "四次主题活动",
    "scheme_budget": 200000,
    "scheme_on": "2026-11-02",
    "scheme_by": "齐经理",
}
SCENES = (
    Scene(date(2026, 11, 2), "企划部人员", (STAFF,)),
    Scene(
        date(2026, 11, 3),
        "周计划、例会、年度方案",
        (
            Returned("周计划-花策.xlsx", "QH01", {"ZJ2026-11-02-QH01": _WEEK}),
            Returned("例会-花策.xlsx", "QH01", {"LH2026-11-02": _MINUTES}),
            Returned("年度方案-齐经理.xlsx", "QH02", {"ND2027": _YEAR}),
        ),
    ),
)
