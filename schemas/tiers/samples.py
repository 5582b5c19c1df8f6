"""A year's revenues of four customers, one registered upstream, tiers confirmed; one account claimed by two units."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Cells, Filled, Returned, Scene
from schemas.roster.samples import PEOPLE, staff

STAFF = staff("人员表-分级.xlsx", ("TS03", "高建军", "总经理"), ("TS02", "周岚", "经理"), ("FY02", "孙强", "销售主管"))
REVENUES = Filled(
    "客户销售收入.xlsx",
    "revenue",
    tuple(
        {"revenue_customer": name, "revenue_month": f"2026-{month:02d}", "revenue_amount": amount}
        for name, amount in (("衡水商贸", 520_000), ("惠民超市", 19_500), ("平安街烟酒店", 1_200), ("新星副食", 600))
        for month in range(1, 11)
    ),
)
CLAIMS = Filled(
    "重点客户申报.xlsx",
    "key_account_claim",
    tuple(
        {"claim_customer": "衡水商贸", "claim_unit": unit, "claim_ground": "长期供货", "claim_by": "孙强"}
        for unit in ("销售一部", "销售二部")
    ),
)
UPSTREAM = Filled(
    "上游大客户注册.xlsx",
    "upstream_account",
    ({"upstream_customer": "新星副食", "upstream_unit": "省公司", "upstream_on": "2026-09-01", "upstream_by": "周岚"},),
)
_BY: Cells = {"authorised_from": "2026-10-01", "authorised_by": "周岚"}
LETTER = Filled(
    "授权委托书登记.xlsx",
    "tier_authorisation",
    ({"letter_no": "SQ2026001", "authorised_customer": "新星副食", "authorised_unit": "销售主管", **_BY},),
)
CONFIRMED = Returned(
    "级别审批-高建军.xlsx",
    "TS03",
    {"衡水商贸": {"tier_answer": "同意", "confirmed_tier": "钻石", "tier_confirmed_by": "高建军"}},
)
VIP = Returned(
    "级别审批-孙强.xlsx",
    "FY02",
    {"惠民超市": {"tier_answer": "同意", "confirmed_tier": "VIP", "tier_confirmed_by": "孙强"}},
)
SCENES = (
    Scene(date(2026, 11, 2), "收入、申报", (PEOPLE, STAFF, REVENUES, UPSTREAM, LETTER, CLAIMS)),
    Scene(date(2026, 11, 3), "级别审批", (CONFIRMED, VIP)),
)
