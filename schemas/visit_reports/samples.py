"""The reports of October, due in November."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Cells, Filled, Returned, Scene
from schemas.roster.samples import PEOPLE, staff

HEAD = staff("人员表-月报.xlsx", ("BF01", "郑主任", "办公室主任"))
_SAID: Cells = {
    "market_news": "竞品降价 5%",
    "customers_said": "希望周五送货",
    "visit_outcome": "新增 3 户订货",
    "visit_reported_on": "2026-11-03",
    "visit_reported_by": "王建国",
}
LAST_VISIT = Filled(
    "拜访日志-10月.xlsx",
    "visit_diary",
    (
        {
            "visited_customer": "惠民超市",
            "visit_began": "2026-10-30 15:00",
            "visit_hours": 1,
            "visit_way": "上门拜访",
            "visit_talk": "了解库存",
            "visited_by": "王建国",
        },
    ),
)
SUMMARY = Returned("月度信息汇总-王建国.xlsx", "K01", {"HB2026-10-K01": _SAID})
SCENES = (
    Scene(date(2026, 11, 2), "10 月最后一次拜访", (PEOPLE, LAST_VISIT)),
    Scene(date(2026, 11, 3), "月报任务", (PEOPLE, HEAD)),
    Scene(date(2026, 11, 4), "月度信息汇总", (SUMMARY,)),
)
