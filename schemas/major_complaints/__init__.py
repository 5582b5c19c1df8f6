"""重大投诉: what else a major complaint asks for: told at once, a meeting, two managers who meet the customer; part of ``complaints``.

Its ``manual.toml`` says what the manual gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from schemas.holders import holds_role
from schemas.language import Localized, Option, watching, work
from schemas.roster.roles import GENERAL_MANAGER, MANAGER

# fmt: off
MINOR = Option("minor", Localized("一般", "Minor"), ("一般投诉",))
MAJOR = Option("major", Localized("重大", "Major"), ("重大投诉", "严重"))
_TOLD_FOR = timedelta(days=30)


def _major(held: work.RegisterView, today: date) -> Iterator[work.Seen]:
    """Major complaints whose emergency meeting has not been held, for the general manager and the manager."""
    for key, each in held["complaints"].items():
        if each.get("complaint_grade") == MAJOR.code and not each.get("meeting_on") and each.state in ("to_solve", "to_approve"):
            about = {"what": str(each.get("complaint_text")), "on": str(each.get("complained_on"))}
            for role in (GENERAL_MANAGER.code, MANAGER.code):
                yield work.Seen(key, "complainant", str(each.get("complainant")), role, about)


MAJOR_ONES = work.warning(
    "complaints.major",
    Localized("“{value}”{on} 重大投诉：{what}，还没有开紧急会议", "Major complaint of “{value}”, {on}: {what}; no meeting yet"),
    Localized("立即召集责任部门开紧急会议，结论写在处理方案里", "Call the meeting at once; its outcome goes into the solution"), _major)

ONCE_MAJOR, LOWERED = watching.lowered(
    "complaints.lowered", "complaints", "complaint_grade", MAJOR, ("complaint_once_major", Localized("是否曾定为重大", "Was called major")),
    ("complainant", "complaint_text"), ("to_solve", "to_approve"), (GENERAL_MANAGER.code, MANAGER.code))


def _met_by_others(held: work.RegisterView, today: date) -> Iterator[work.Seen]:
    """Major complaints whose customer was answered within the month, and not met by two, the office's manager among them."""
    for key, each in held["complaints"].items():
        told = each.get("told_on")
        if each.get("complaint_grade") != MAJOR.code or not told or today - date.fromisoformat(str(told)[:10]) > _TOLD_FOR:
            continue
        names = [name for name in str(each.get("met_by") or "").split("、") if name]
        if len(names) < 2 or not any(holds_role(held, name, MANAGER) for name in names):
            about = {"who": "、".join(names) or str(each.get("told_by")), "on": str(told)}
            for role in (GENERAL_MANAGER.code, MANAGER.code):
                yield work.Seen(key, "complainant", str(each.get("complainant")), role, about)


MET = work.warning(
    "complaints.major_met",
    Localized("“{value}”的重大投诉 {on} 由{who}答复：应由业务部门经理和客户关系经理出面协商", "The major complaint of “{value}” was answered by {who} on {on}: two managers meet the customer"),
    Localized("请两位经理补上；确已出面的，在总表“出面协商人”写明两位姓名，其中一位是人员表上的“经理”", "Have both meet him; where they did, write both names in the master, one of them a manager by the sheet of staff"), _met_by_others)
