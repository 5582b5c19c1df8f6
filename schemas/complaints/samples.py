"""Two complaints over three days."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Cells, Filled, Returned, Scene
from schemas.roster.samples import staff

STAFF = staff("投诉人员.xlsx", ("TS01", "陈静", "投诉专员"), ("TS02", "周岚", "经理"), ("TS03", "高建军", "总经理"))
_BOUGHT: Cells = {"order_no": "DD20261031", "product_no": "C1203", "delivered_on": "2026-10-31", "delivered_quantity": 50}  # fmt: skip
COMPLAINTS = Filled(
    "投诉登记.xlsx",
    "complaint",
    tuple(
        {"complained_on": "2026-11-02", "taken_by": "陈静", "complainant": name, "complaint_text": what, **more}
        for name, what, more in (
            (
                "惠民超市",
                "外包装破损",
                {"complaint_cause": "质量", "demand": "换货", "faulty_quantity": "3", **_BOUGHT},
            ),
            ("平安街烟酒店", "送货晚到一天", {"complaint_cause": "其他", "demand": "道歉"}),
        )
    ),
)
_SOLVED = {
    "complaint_justified": "成立",
    "responsible_department": "配送部",
    "responsible_person": "孙涛",
    "proposed_on": "2026-11-03",
    "proposed_by": "陈静",
}
_ANSWERS = {
    "261101": {
        "complaint_grade": "重大",
        "meeting_on": "2026-11-03",
        "meeting_said": "当天换货",
        "solution": "换货 3 件并致歉",
        **_SOLVED,
    },
    "261102": {"complaint_grade": "一般", "solution": "当面致歉", **_SOLVED},
}
_APPROVED = {"261102": {"approval": "同意", "approved_on": "2026-11-04", "approved_by": "高建军"}}
SCENES = (
    Scene(date(2026, 11, 2), "投诉登记", (STAFF, COMPLAINTS)),
    Scene(date(2026, 11, 3), "提出方案", (Returned("任务表-陈静.xlsx", "TS01", _ANSWERS),)),
    Scene(date(2026, 11, 4), "审批", (Returned("任务表-高建军.xlsx", "TS03", _APPROVED),)),
)
