"""Two questions found in forums: one drafted by its department, one that nobody can answer."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Cells, Filled, Returned, Scene
from schemas.roster.samples import staff

STAFF = staff(
    "物业行政人员.xlsx",
    ("XZ01", "宁秘书", "行政秘书"),
    ("XZ02", "杜部长", "部门负责人"),
    ("XZ03", "覃主管", "行政部主管"),
    ("TS02", "周岚", "经理"),
)
POSTS = Filled(
    "网帖问题.xlsx",
    "site_post",
    tuple(
        {
            "post_place": place,
            "post_text": text,
            "post_found_on": "2026-11-02",
            "post_department": "设备部",
            "post_head": "杜部长",
            "post_found_by": "宁秘书",
        }
        for place, text in (("公司外部网论坛", "电梯何时修好"), ("公共论坛", "会不会涨物业费"))
    ),
)
_DRAFTED: Cells = {"draft_result": "已拟回复", "draft_text": "周五前修好", "drafted_by": "杜部长"}
_CANNOT: Cells = {"draft_result": "无法回复", "draft_reason": "须公司定", "drafted_by": "杜部长"}
_REVIEWED: Cells = {"review_answer": "同意", "reply_reviewed_by": "周岚"}
SCENES = (
    Scene(date(2026, 11, 2), "网帖登记", (STAFF, POSTS)),
    Scene(
        date(2026, 11, 3),
        "拟复",
        (Returned("拟复-杜部长.xlsx", "XZ02", {"WT2611001": _DRAFTED, "WT2611002": _CANNOT}),),
    ),
    Scene(date(2026, 11, 4), "审阅", (Returned("审阅-周岚.xlsx", "TS02", {"WT2611001": _REVIEWED}),)),
)
