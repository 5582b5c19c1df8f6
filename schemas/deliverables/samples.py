"""Two deliverables: one sent back by its checker and corrected, one on its way to approval."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Cells, Filled, Returned, Scene
from schemas.roster.samples import staff

STAFF = staff(
    "造价咨询人员.xlsx",
    ("CG01", "顾工", "编制人员"),
    ("CG02", "石工", "复核人员"),
    ("CG03", "项总", "项目负责人"),
    ("CG04", "严总工", "技术负责人"),
)
DELIVERABLES = Filled(
    "成果文件送审.xlsx",
    "deliverable",
    tuple(
        {
            "deliverable_title": title,
            "deliverable_client": "城投公司",
            "self_checked": "已逐项自查",
            "compiled_on": "2026-11-02",
            "compiled_by": "顾工",
        }
        for title in ("3 号楼结算书", "室外管网预算书")
    ),
)
_RIGHT: Cells = dict.fromkeys(
    ("basis_right", "nothing_missing", "norms_fit", "method_right", "trades_agree", "text_sound"), "是"
)
_SIGNED: Cells = {"deliverable_checked_on": "2026-11-03", "deliverable_checked_by": "石工"}
_CHECKED: Cells = {**_RIGHT, "check_decision": "同意", **_SIGNED}
_BACK: Cells = {**_RIGHT, "nothing_missing": "否", "check_decision": "退回", "check_problems": "土方漏算", **_SIGNED}
_CORRECTED: Cells = {"correction_text": "补算土方", "corrected_on": "2026-11-04", "corrected_by": "顾工"}
_REVIEWED: Cells = {
    "review_points": "管材单价",
    "client_opinion": "同意按信息价",
    "review_decision": "同意",
    "jointly_reviewed_on": "2026-11-04",
    "jointly_reviewed_by": "项总",
}
SCENES = (
    Scene(date(2026, 11, 2), "成果送审", (STAFF, DELIVERABLES)),
    Scene(
        date(2026, 11, 3), "复核", (Returned("复核-石工.xlsx", "CG02", {"CG2611001": _BACK, "CG2611002": _CHECKED}),)
    ),
    Scene(
        date(2026, 11, 4),
        "修改、会审",
        (
            Returned("修改-顾工.xlsx", "CG01", {"CG2611001": _CORRECTED}),
            Returned("会审-项总.xlsx", "CG03", {"CG2611002": _REVIEWED}),
        ),
    ),
)
