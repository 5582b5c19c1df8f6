"""Two files, one of them incomplete; a loan and an update."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Cells, Filled, Returned, Scene
from schemas.roster.samples import PEOPLE, staff

KEEPER = staff("人员表-档案.xlsx", ("DA01", "方晴", "档案管理员"))
_FULL: Cells = {
    "file_phone": "13932820018",
    "file_address": "周窝镇周窝村12号",
    "file_licence": "92131123MA0A1B2C3L",
    "file_goods": "烟酒副食",
    "file_terms": "月结",
}
_BY: Cells = {"file_holder": "方晴", "filed_on": "2026-11-02", "file_by": "王建国"}
_UPDATED: Cells = {"updated_on": "2026-11-03", "updated_by": "王建国"}
FILES = Filled(
    "客户建档.xlsx",
    "customer_file",
    tuple(
        {"file_customer": name, "file_class": kind, "file_contact": contact, **more, **_BY}
        for name, kind, contact, more in (
            ("惠民超市", "会员", "张三喜", _FULL),
            ("新星副食", "其他客户", "李新", {"file_phone": "13932820088"}),
        )
    ),
)
UPDATE = Filled(
    "档案更新.xlsx",
    "file_update",
    ({"updated_file": "A0001", "updated_item": "结算方式", "updated_content": "现结", **_UPDATED},),
)
LOAN = Filled(
    "档案借阅.xlsx",
    "file_loan",
    ({"lent_file": "A0001", "lent_on": "2026-11-03", "lent_until": "2026-11-05", "lent_to": "王建国"},),
)
_SIGNED: Cells = {"sign_answer": "同意", "file_signed_on": "2026-11-03", "file_signed_by": "赵敏"}
SIGNED = Returned("档案签阅-赵敏.xlsx", "S01", {"A0001": _SIGNED})
CHECKED = Returned("档案验收-方晴.xlsx", "DA01", {"A0001": {"file_answer": "同意", "file_checked_by": "方晴"}})
SCENES = (
    Scene(date(2026, 11, 2), "建档", (PEOPLE, KEEPER, FILES)),
    Scene(date(2026, 11, 3), "签阅", (SIGNED,)),
    Scene(date(2026, 11, 3), "验收、更新、借阅", (CHECKED, UPDATE, LOAN)),
)
