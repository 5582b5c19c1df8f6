"""Two days of a property office: a patrol with something to mend and something for the station, and the log."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Cells, Returned, Scene
from schemas.roster.samples import staff

STAFF = staff("物业管理处人员.xlsx", ("WY01", "温主任", "管理处主任"), ("WY02", "岳站长", "物业站站长"))
_DONE: Cells = {"duty_done_on": "2026-11-03", "duty_done_by": "温主任"}
_PATROL: Cells = {
    "unlawful_use": "正常",
    "dangers": "待整改",
    "cleanliness": "已当场处理",
    "public_works": "上报站长",
    "outdoor_drains": "正常",
    "patrol_found": "3 号楼消防通道堆放杂物；北门路灯不亮",
    "mend_before": "2026-11-05",
    "mender": "温主任",
    **_DONE,
}
_LOG: Cells = {"fees_helped": 3, "received": 2, "advised": 4, "office_kept": "是", **_DONE}
SCENES = (
    Scene(date(2026, 11, 2), "管理处人员", (STAFF,)),
    Scene(
        date(2026, 11, 3),
        "巡视和当日工作",
        (Returned("巡视-温主任.xlsx", "WY01", {"XS2026-11-02-WY01": _PATROL, "RZ2026-11-02-WY01": _LOG}),),
    ),
)
