"""Two activities: one within its budget, one that is off it."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Cells, Filled, Returned, Scene
from schemas.roster.samples import staff

STAFF = staff(
    "企划部人员.xlsx", ("QH01", "花策", "企划专员"), ("QH02", "齐经理", "企划部经理"), ("TS03", "高建军", "总经理")
)
BUDGETS = Filled(
    "活动费用预算.xlsx",
    "activity_budget",
    tuple(
        {
            "promoted_activity": activity,
            "promoted_on": "2026-11-03",
            "budget_amount": amount,
            "budget_made_on": "2026-11-02",
            "budget_by": "花策",
        }
        for activity, amount in (("开业促销", 20000), ("社区路演", 8000))
    ),
)
_DECIDED: Cells = {"budget_decision": "同意", "budget_decided_by": "高建军"}


def _cost(amount: int) -> Cells:
    return {"cost_amount": amount, "cost_on": "2026-11-04", "cost_by": "花策"}


SCENES = (
    Scene(date(2026, 11, 2), "活动预算", (STAFF, BUDGETS)),
    Scene(
        date(2026, 11, 3),
        "预算审批",
        (Returned("预算审批-高建军.xlsx", "TS03", {"YS2611001": _DECIDED, "YS2611002": _DECIDED}),),
    ),
    Scene(
        date(2026, 11, 4),
        "费用登记",
        (Returned("费用-花策.xlsx", "QH01", {"YS2611001": _cost(21000), "YS2611002": _cost(9500)}),),
    ),
)
