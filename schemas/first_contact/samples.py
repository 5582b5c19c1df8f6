"""Two matters received, dispatched and handled."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Cells, Filled, Returned, Scene
from schemas.roster.samples import staff

STAFF = staff("首接人员.xlsx", ("KF01", "周婷", "客户中心"), ("KF02", "吴刚", "客户中心"), ("KF03", "郝主管", "主管"))
MATTERS = Filled(
    "首接登记.xlsx",
    "matter",
    tuple(
        {
            "matter_source": source,
            "received_at": at,
            "matter_customer": who,
            "matter_text": what,
            "solved_at_once": "是",
            "first_receiver": "周婷",
        }
        for source, at, who, what in (
            ("来电", "2026-11-02 09:30", "惠民超市", "冰柜不制冷"),
            ("前台来访", "2026-11-02 10:15", "平安街烟酒店", "送货员态度差"),
        )
    ),
)


def _sent(kind: str) -> Cells:
    return {"matter_kind": kind, "matter_nature": "一般", "matter_handler": "吴刚", "dispatched_by": "周婷"}


_DONE: Cells = {
    "handling_result": "已处理",
    "handling": "已上门解决",
    "handled_on": "2026-11-03",
    "matter_handled_by": "吴刚",
}
SCENES = (
    Scene(date(2026, 11, 2), "首接登记", (STAFF, MATTERS)),
    Scene(
        date(2026, 11, 3),
        "派发",
        (Returned("派发-周婷.xlsx", "KF01", {"SJ2611001": _sent("报修"), "SJ2611002": _sent("投诉")}),),
    ),
    Scene(
        date(2026, 11, 4),
        "处理",
        (Returned("处理-吴刚.xlsx", "KF02", {"SJ2611001": _DONE, "SJ2611002": _DONE}),),
    ),
)
