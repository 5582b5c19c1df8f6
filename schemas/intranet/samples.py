"""A department's week, handed in and posted, and news: ordinary ones and great ones."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Cells, Filled, Returned, Scene
from schemas.roster.samples import staff

STAFF = staff(
    "物业行政人员.xlsx",
    ("XZ01", "宁秘书", "行政秘书"),
    ("XZ02", "杜部长", "部门负责人"),
    ("XZ03", "覃主管", "行政部主管"),
)
NEWS = Filled(
    "新闻.xlsx",
    "site_news",
    tuple(
        {"news_title": title, "news_weight": weight, "news_on": "2026-11-02", "news_by": "杜部长"}
        for title, weight in (("小区获评优秀", "重大新闻"), ("消防演练结束", "一般新闻"))
    ),
)
_WEEK: Cells = {"department_text": "周三电梯年检", "department_on": "2026-11-02", "department_by": "杜部长"}
_DECIDED: Cells = {"news_decision": "同意", "news_decided_by": "覃主管"}
_POSTED: Cells = {"week_posted_on": "2026-11-03", "week_posted_by": "宁秘书"}
_NEWS_POSTED: Cells = {"news_posted_on": "2026-11-03", "news_posted_by": "宁秘书"}
SCENES = (
    Scene(date(2026, 11, 2), "新闻", (STAFF, NEWS)),
    Scene(
        date(2026, 11, 3),
        "周安排、新闻审批",
        (
            Returned("周安排-杜部长.xlsx", "XZ02", {"BZ2026-11-02-XZ02": _WEEK}),
            Returned("新闻审批-覃主管.xlsx", "XZ03", {"XW2611001": _DECIDED}),
            Returned("挂网-宁秘书.xlsx", "XZ01", {"GW2026-11-02": _POSTED, "XW2611002": _NEWS_POSTED}),
        ),
    ),
)
