"""November's visits: a plan that is approved, two contacts."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Filled, Returned, Scene
from schemas.roster.samples import PEOPLE, staff

# fmt: off
_LISTED = (("惠民超市", "重点客户", 2), ("平安街烟酒店", "老客户", 1), ("新星副食", "潜在客户", 1))
_TALK = {"visit_way": "上门拜访", "visit_talk": "了解库存，介绍新品", "visited_by": "王建国"}
_APPROVED = {"plan_answer": "同意", "plan_approver": "郑主任"}

HEAD = staff("人员表-拜访.xlsx", ("BF01", "郑主任", "办公室主任"))
CUSTOMERS = Filled("巡访客户名录.xlsx", "visit_customer_list", tuple({"visit_customer": name, "visit_class": kind, "visit_owner": "王建国"} for name, kind, _ in _LISTED))
PLAN = Filled("月度巡访计划.xlsx", "visit_plan", tuple({"plan_month": "2026-11", "plan_customer": name, "planned_visits": visits, "plan_visitor": "王建国"} for name, _, visits in _LISTED))
LOG = Filled(
    "拜访日志.xlsx", "visit_diary",
    ({"visited_customer": "惠民超市", "visit_began": "2026-11-02 09:00", "visit_hours": 3, **_TALK}, {"visited_customer": "平安街烟酒店", "visit_began": "2026-11-02 14:00", "visit_hours": 1, **_TALK}),
)
APPROVAL = Returned("计划审批-郑主任.xlsx", "BF01", {"2026-11-王建国": _APPROVED})
SCENES = (Scene(date(2026, 11, 2), "巡访计划", (PEOPLE, HEAD, CUSTOMERS, PLAN)), Scene(date(2026, 11, 3), "计划审批、拜访日志", (LOG, APPROVAL)))
