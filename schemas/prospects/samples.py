"""Two prospects, one of them contacted."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Cells, Filled, Returned, Scene
from schemas.roster.samples import PEOPLE

PROSPECTS = Filled(
    "潜在客户信息.xlsx",
    "prospect",
    tuple(
        {
            "prospect_name": name,
            "prospect_weight": weight,
            "prospect_kind": kind,
            "inner_findings": "夫妻店，有烟草证",
            "outer_findings": "临近学校",
            "next_contact": "2026-11-03",
            "prospect_owner": "刘洋",
        }
        for name, weight, kind in (("新星副食", "重要", "潜在客户"), ("老刘烟酒", "一般", "老客户"))
    ),
)
_CONTACT: Cells = {
    "step_reached": "初次接触",
    "contact_found": "愿意了解",
    "prospect_answer": "继续跟进",
    "next_contact": "2026-11-10",
    "contacted_on": "2026-11-03",
    "contacted_by": "刘洋",
}
SCENES = (
    Scene(date(2026, 11, 2), "潜在客户", (PEOPLE, PROSPECTS)),
    Scene(date(2026, 11, 3), "联系", (Returned("潜客-刘洋.xlsx", "K03", {"QZ260001": _CONTACT}),)),
)
