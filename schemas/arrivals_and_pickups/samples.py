"""A container and an order by telephone over two days."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Cells, Filled, Returned, Scene
from schemas.roster.samples import staff

STAFF = staff("仓储人员.xlsx", ("CK01", "钱仓", "仓管员"), ("CK02", "吴芳", "计划员"), ("CK03", "郑强", "仓储主管"))
PLANS = Filled(
    "日生产计划.xlsx",
    "production_plan",
    tuple(
        {"plan_kind": "日计划", "plan_day": day, "plan_product": "P-203", "plan_quantity": quantity, "by_phone": "否"}
        for day, quantity in (("2026-11-02", 120), ("2026-11-03", 80))
    ),
)
CALL = Filled(
    "电话记录单.xlsx",
    "phone_record",
    ({"called_at": "2026-11-02 09:20", "caller": "张三喜", "call_content": "P-203 提 20 箱", "call_taken_by": "吴芳"},),
)
ARRIVALS = Filled(
    "到货通知单.xlsx",
    "arrival_order",
    tuple(
        {
            "arrival_no": number,
            "load_kind": load,
            "pickup_state": state,
            "arrival_product": "P-203",
            "arrival_quantity": quantity,
            "expected_on": "2026-11-02",
            "by_phone": "否",
            "arrival_told_on": "2026-11-02",
            "arrival_by": "吴芳",
        }
        for number, load, state, quantity in (("RK001", "集装箱", "可提货", 120), ("RK002", "CASE", "未到港", 30))
    ),
)
PICKS = Filled(
    "客户提货单.xlsx",
    "pick_order",
    (
        {
            "pick_no": "CK001",
            "pick_customer": "惠民超市",
            "pick_product": "P-203",
            "pick_quantity": 20,
            "pick_on": "2026-11-03",
            "delivery_state": "自提",
            "by_phone": "是",
            "phone_record_no": "DH2611001",
            "pick_listed_on": "2026-11-02",
            "pick_by": "吴芳",
        },
    ),
)
_DONE: dict[str, Cells] = {
    "RK001": {
        "store_check": "不符",
        "store_reason": "少 2 箱",
        "stored_quantity": 118,
        "stored_on": "2026-11-02",
        "stored_by": "钱仓",
    },
    "CK001": {"shipped_quantity": 20, "shipped_on": "2026-11-03", "shipped_by": "钱仓"},
}
SCENES = (
    Scene(date(2026, 11, 2), "到货、提货", (STAFF, PLANS, CALL, ARRIVALS, PICKS)),
    Scene(date(2026, 11, 3), "入库、出库", (Returned("任务表-钱仓.xlsx", "CK01", _DONE),)),
)
