"""A project with its sales group, and two questions."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Cells, Filled, Returned, Scene
from schemas.roster.samples import staff

STAFF = staff("网上信息人员.xlsx", ("WS01", "施雯", "销售组"), ("WS02", "陶静", "客户中心"), ("KF03", "郝主管", "主管"))
PHASES = Filled(
    "项目阶段表.xlsx",
    "project_phase",
    ({"project_name": "金色家园", "group_from": "2026-03-01", "group_to": "2027-06-30", "handover_day": "2027-12-31"},),
)
QUESTIONS = Filled(
    "网上客户问题.xlsx",
    "online_question",
    tuple(
        {
            "question_source": "论坛",
            "question_project": "金色家园",
            "question_topic": topic,
            "question_dispute": dispute,
            "asked_at": at,
            "asker": who,
            "question_text": what,
            "collected_by": "陶静",
        }
        for topic, dispute, at, who, what in (
            ("其他", "明确", "2026-11-02 08:30", "业主张先生", "何时交房"),
            ("客户俱乐部", "有争议", "2026-11-02 09:10", "会员李女士", "积分少记"),
        )
    ),
)
_REPLY: Cells = {
    "reply_result": "已回复",
    "reply_text": "2027 年底",
    "reply_name": "公司",
    "replied_at": "2026-11-02 16:00",
    "replied_by": "施雯",
}
_WORD: Cells = {"guidance": "按积分规则第 3 条补记", "guided_at": "2026-11-02 15:00", "guided_by": "郝主管"}
SCENES = (
    Scene(date(2026, 11, 2), "网上问题", (STAFF, PHASES, QUESTIONS)),
    Scene(
        date(2026, 11, 3),
        "回复一个问题，主管定有争议的",
        (
            Returned("回复-施雯.xlsx", "WS01", {"WS2611001": _REPLY}),
            Returned("主管意见-郝主管.xlsx", "KF03", {"WS2611002": _WORD}),
        ),
    ),
)
