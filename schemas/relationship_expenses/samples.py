"""October's expenses: listed, summed up, on their way through the signatures."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Cells, Filled, Returned, Scene
from schemas.roster.samples import staff

# fmt: off


STAFF = staff("费用人员.xlsx", ("FY01", "何敏", "费用专员"), ("FY02", "孙强", "销售主管"), ("FY03", "许会计", "财务"))
LINES = Filled(
    "10月采购及费用.xlsx",
    "expense_line",
    tuple(
        {"expense_month": "2026-10", "line_customer": customer, "purchases": bought, "payment_received": received, "line_expense": expense, "line_by": "何敏"}
        for customer, bought, received, expense in (("惠民超市", 52000, "是", 300), ("平安街烟酒店", 18000, "否", 200))
    ),
)
REQUESTS = Filled(
    "特殊费用申请.xlsx",
    "expense_request",
    ({"expense_kind": "新客户特殊费用", "expense_customer": "小芳食杂店", "requested_amount": 800, "expense_use": "开业赞助", "requested_on": "2026-11-02", "requested_by": "何敏"},),
)
_SUM: dict[str, Cells] = {"2026-10": {"customers_counted": 2, "month_total": 500, "summed_by": "何敏"}}
_GRANT: dict[str, Cells] = {"FY261101": {"expense_answer": "同意", "granted_by": "孙强", "granted_on": "2026-11-03"}}
SCENES = (Scene(date(2026, 11, 2), "费用统计", (STAFF, LINES, REQUESTS)), Scene(date(2026, 11, 3), "汇总、审批", (Returned("任务表-何敏.xlsx", "FY01", _SUM), Returned("任务表-孙强.xlsx", "FY02", _GRANT))))
