"""A survey of the customers with a tier: one is asked and scores the price low, which is followed up."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Filled, Scene
from schemas.roster.samples import PEOPLE, staff

STAFF = staff("人员表-满意度.xlsx", ("KF01", "周婷", "客户中心"), ("KF03", "郝主管", "主管"))
ROUND = Filled(
    "满意度调查计划.xlsx",
    "survey_round",
    ({"survey_month": "2026-11", "survey_due": "2026-11-20", "survey_planned_by": "郝主管"},),
)
ANSWERS = Filled(
    "客户满意度调查.xlsx",
    "survey_answers",
    (
        {
            "survey_no": "2026-11-衡水商贸",
            **{"score_quality": 5, "score_service": 4, "score_price": 2, "score_image": 4, "score_loyalty": 4},
            "survey_way": "问卷调查",
            "survey_opinion": "价格比同行高",
            "surveyed_on": "2026-11-04",
            "surveyed_by": "周婷",
        },
    ),
)
HANDLED = Filled(
    "低分处理.xlsx",
    "low_score_handling",
    (
        {
            "survey_no": "2026-11-衡水商贸",
            "low_cause": "未享受级别价",
            "low_action": "按钻石级结算",
            "low_handled_by": "周婷",
        },
    ),
)
SCENES = (
    Scene(date(2026, 11, 3), "调查计划", (PEOPLE, STAFF, ROUND)),
    Scene(date(2026, 11, 4), "满意度调查", (ANSWERS,)),
    Scene(date(2026, 11, 5), "低分处理", (HANDLED,)),
)
