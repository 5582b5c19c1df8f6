"""Who is responsible for a complaint, and who carries out its measures: they read that it is theirs; part of ``complaints``, whose
``manual.toml`` says where that is from.
"""

from __future__ import annotations

from schemas.language import Localized
from schemas.language.naming import given_to
from schemas.roster.roles import STAFF_UNTIL

_SOLVED, _ACTING = ("to_approve", "to_tell", "to_act", "measures_to_approve"), ("acting",)

OWNED = (
    given_to(
        "complaints.yours",
        "complaints",
        "responsible_person",
        _SOLVED,
        "proposed_by",
        {"who": "complainant", "text": "complaint_text", "solution": "solution"},
        Localized(
            "“{who}”投诉“{text}”（{no}），责任人是{value}；处理方案：{solution}",
            "{value} is responsible for the complaint of “{who}” ({no}), “{text}”; the solution: {solution}",
        ),
        STAFF_UNTIL,
    ),
    given_to(
        "complaints.measures_yours",
        "complaints",
        "measures_owner",
        _ACTING,
        "decided_by",
        {
            "who": "complainant",
            "corrective": "corrective_action",
            "preventive": "preventive_action",
            "due": "measures_due",
        },
        Localized(
            "“{who}”投诉（{no}）的措施由{value}落实，{due} 以前：{corrective}；{preventive}",
            "{value} carries out the measures of the complaint of “{who}” ({no}) by {due}: {corrective}; {preventive}",
        ),
        STAFF_UNTIL,
    ),
)
