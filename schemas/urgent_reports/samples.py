"""Three urgent reports of November."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Filled, Returned, Scene
from schemas.roster.samples import PEOPLE, staff

HEAD = staff("人员表-急报.xlsx", ("BF01", "郑主任", "办公室主任"))
URGENT = Filled(
    "紧急情况报告.xlsx",
    "visit_urgent",
    tuple(
        {"urgent_customer": name, "urgent_at": "2026-11-03 08:30", "urgent_text": text, "urgent_by": "王建国"}
        for name, text in (
            ("惠民超市", "客户拟停止订货"),
            ("新星副食", "送错货，客户拒收"),
            ("平安街烟酒店", "仓库进水"),
        )
    ),
)
ANSWER = Returned(
    "急报批示-郑主任.xlsx",
    "BF01",
    {
        "JB261101": {
            "urgent_order": "当天上门",
            "urgent_answered_at": "2026-11-03 16:10",
            "urgent_answered_by": "郑主任",
        }
    },
)
SCENES = (
    Scene(date(2026, 11, 3), "急报", (PEOPLE, HEAD, URGENT)),
    Scene(date(2026, 11, 4), "急报批示", (ANSWER,)),
)
