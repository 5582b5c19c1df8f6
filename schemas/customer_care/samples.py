"""A birthday and an anniversary ahead, one campaign with its guests."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Cells, Filled, Returned, Scene
from schemas.roster.samples import PEOPLE

CONTACTS = Filled(
    "客户关怀信息.xlsx",
    "care_contact",
    tuple(
        {"care_customer": customer, "contact_name": name, "born_on": born, "opened_on": opened, "care_person": "王建国"}
        for customer, name, born, opened in (
            ("惠民超市", "张三喜", "1980-11-05", "2015-03-08"),
            ("平安街烟酒店", "赵国庆", "1975-04-12", "2016-11-08"),
        )
    ),
)
CAMPAIGN = Filled(
    "客户活动方案.xlsx",
    "care_campaign",
    ({"campaign_name": "年终答谢会", "campaign_on": "2026-12-20", "campaign_budget": 3000, "planned_by": "王建国"},),
)
GUESTS = Filled(
    "活动邀请.xlsx",
    "campaign_guest",
    tuple({"campaign_no": "HD2601", "guest_name": name} for name in ("惠民超市", "平安街烟酒店")),
)
_GIVEN: Cells = {
    "care_deed": "上门祝贺",
    "given_item": "贺卡",
    "given_value": 20,
    "cared_on": "2026-11-03",
    "cared_by": "王建国",
}
SCENES = (
    Scene(date(2026, 11, 2), "关怀登记", (PEOPLE, CONTACTS, CAMPAIGN)),
    Scene(
        date(2026, 11, 3),
        "关怀、邀请",
        (GUESTS, Returned("关怀-王建国.xlsx", "K01", {"GH0001-2026-生日": _GIVEN})),
    ),
)
