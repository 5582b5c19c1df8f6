"""A matter that the head of a property office lists, and what becomes of it."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Cells, Filled, Returned, Scene
from schemas.roster.samples import staff

STAFF = staff(
    "物业管理处人员.xlsx",
    ("WY01", "温主任", "管理处主任"),
    ("WY02", "岳站长", "物业站站长"),
    ("WY03", "费姐", "收费员"),
)
MATTERS = Filled(
    "整改事项.xlsx",
    "matter_to_mend",
    (
        {
            "mend_what": "5 号楼外墙瓷砖松动",
            "mend_found_at": "安全隐患",
            "mend_found_on": "2026-11-02",
            "mend_goes_to": "上报站长",
            "mend_found_by": "温主任",
        },
        {
            "mend_what": "西门花坛缺株",
            "mend_found_at": "环境卫生",
            "mend_found_on": "2026-11-02",
            "mend_goes_to": "待整改",
            "mend_by": "2026-11-06",
            "mend_person": "温主任",
            "mend_found_by": "温主任",
        },
    ),
)
_WORD: Cells = {
    "station_word": "围挡，请施工单位修补",
    "mend_by": "2026-11-10",
    "mend_person": "温主任",
    "word_by": "岳站长",
}
_MENDED: Cells = {"mend_result": "已整改", "mend_text": "已补种", "mended_on": "2026-11-03", "mended_by": "温主任"}
SCENES = (
    Scene(date(2026, 11, 2), "整改登记", (STAFF, MATTERS)),
    Scene(
        date(2026, 11, 3),
        "处置和整改",
        (
            Returned("处置-岳站长.xlsx", "WY02", {"ZG2611001": _WORD}),
            Returned("整改-温主任.xlsx", "WY01", {"ZG2611002": _MENDED}),
        ),
    ),
)
