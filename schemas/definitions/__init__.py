"""流程定义: a drawn procedure that was handed in is in force once somebody else has approved of it.

In force where the office has a folder for procedures of its own. The workbook itself is the first paper: its row is read off it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schemas.language import (
    Field,
    FieldRole,
    Kind,
    Localized,
    Procedure,
    Register,
    Stage,
    State,
    Transition,
    Values,
    fields,
    work,
)
from schemas.language.definitions import HandedDefinitions
from schemas.language.model import Date, FormModel, Text, describe, field, form
from schemas.language.parameters import Parameter
from schemas.language.work import NO, YES, Derived, Numbered, RegisterView
from schemas.roster.roles import (
    ADMIN_HEAD,
    ADMINISTRATOR,
    DEPARTMENT_HEAD,
    DIRECTOR,
    EQUIPMENT_HEAD,
    GENERAL_MANAGER,
    IT_HEAD,
    MANAGER,
    MARKET_MANAGER,
    OFFICE_HEAD,
    PLANNING_HEAD,
    PROJECT_HEAD,
    PROPERTY_HEAD,
    SALES_HEAD,
    SUPERVISOR,
)

_NO = ("送审编号", "Definition No", "LC26001")
_REFUSED = fields.options(("definition_refused", "不同意", "Not approved"))[0]
APPROVED = fields.options(("definition_approved", "同意", "Approved"))[0]
APPROVER = Parameter(
    "definition_approver",
    Localized("批准流程定义的岗位", "Who approves drawn procedures"),
    MARKET_MANAGER.code,
    options=(
        MARKET_MANAGER, GENERAL_MANAGER, MANAGER, OFFICE_HEAD, SALES_HEAD, SUPERVISOR, DIRECTOR, IT_HEAD, PROPERTY_HEAD,
        PLANNING_HEAD, EQUIPMENT_HEAD, ADMIN_HEAD, DEPARTMENT_HEAD, PROJECT_HEAD,
    ),
)  # fmt: skip


class DefinitionHandedIn(FormModel, form=form("definition_handed_in", "流程定义送审单", "Drawn procedure handed in")):
    definition_no: Text = fields.number(*_NO, given=True)
    definition_title: Text = fields.text("流程名称", "Procedure", "维修登记", means=FieldRole.TITLE)
    definition_changes: Text = fields.text("改动内容", "What it changes", "新的流程")
    definition_workbook: Text = fields.text("定义文件", "Workbook", "流程定义-维修登记.xlsx")
    definition_digest: Text = field("文件指纹", "Hash of the workbook", required=True, example="5f2b")
    definition_by: Text = fields.filled_by("定义送审人", "Handed in by", "李敏")
    definition_on: Date = fields.day("送审日期", "Handed in on", means=FieldRole.CAME_ON)


class DefinitionAnswer(FormModel, form=form("definition_answer", "流程定义审批单", "Answer to a drawn procedure")):
    definition_no: Text = fields.number(*_NO)
    definition_opinion: Text = field("定义审批意见", "Answer", required=True, options=(APPROVED, _REFUSED))
    definition_why: Text = fields.reason("不同意原因", "Why not", "definition_opinion", _REFUSED.code)
    definition_answered_on: Date = fields.done_on("定义审批日期", "Answered on")
    definition_answered_by: Text = fields.done_by("定义审批人", "Answered by", "季主任")


TO_APPROVE = State("definition_to_approve", Localized("待同意", "To approve"))
IN_FORCE = State("definition_is_approved", Localized("已同意", "Approved"), final=True, closed=True)
NOT_APPROVED = State("definition_not_approved", Localized("未同意", "Not approved"), final=True, closed=True)
SUPERSEDED = State("definition_superseded", Localized("已被后一版取代", "Superseded"), final=True, closed=True)


def _superseded(values: Values, held: RegisterView, today: date) -> str:
    """Whether a later version of the same procedure was handed in while this one waits."""
    own = values.get("definition_no")
    later = held.holding("definitions", "definition_workbook", values.get("definition_workbook"))
    return (YES if any(each.key > str(own) for each in later) else NO).code


def _told_superseded(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Versions that no longer wait for an answer: whoever handed them in, and who was to answer, hear of it that day."""
    for key, each in held["definitions"].items():
        if each.state == SUPERSEDED.code and each.since == today:
            later = held.holding("definitions", "definition_workbook", each.get("definition_workbook"))
            said = {"later": max(one.key for one in later)}
            title, by = str(each.get("definition_title")), str(each.get("definition_by"))
            yield work.Seen(key, "definition_title", title, details=said, person=by)
            yield work.Seen(key, "definition_title", title, held.chosen(APPROVER.code), said)


def _told_in_force(held: RegisterView, today: date) -> Iterator[work.Seen]:
    """Versions approved today: from the next run on the procedure goes by them."""
    for key, each in held["definitions"].items():
        if each.state == IN_FORCE.code and each.since == today:
            said = {"by": str(each.get("definition_answered_by")), "workbook": str(each.get("definition_workbook"))}
            title, person = str(each.get("definition_title")), str(each.get("definition_by"))
            yield work.Seen(key, "definition_title", title, details=said, person=person)


PROCEDURE = Procedure(
    "definitions",
    Localized("流程定义", "Drawn procedures"),
    about=Localized(
        "画好的流程由管理员交来，另一个人同意以后启用",
        "A drawn procedure is handed in by the administrator, and in force once another person has approved",
    ),
    of_definitions=True,
    roles=(ADMINISTRATOR, MARKET_MANAGER),
    parameters=(APPROVER,),
    registers=(
        Register(
            "definitions",
            Localized("流程定义", "Drawn procedures"),
            forms=tuple(map(describe, (DefinitionHandedIn, DefinitionAnswer))),
            states=(TO_APPROVE, IN_FORCE, NOT_APPROVED, SUPERSEDED),
            manager=ADMINISTRATOR.code,
            stages=(
                Stage(
                    "hand_in_definition",
                    Localized("定义送审", "Hand in"),
                    ADMINISTRATOR.code,
                    "definition_handed_in",
                    strict=True,
                    transitions=(Transition(TO_APPROVE.code),),
                ),
                Stage(
                    "approve_definition",
                    Localized("定义审批", "Approve"),
                    MARKET_MANAGER.code,
                    "definition_answer",
                    TO_APPROVE.code,
                    days=3,
                    role_set_by=APPROVER.code,
                    strict=True,
                    not_by=("definition_by",),
                    task=Localized(
                        "看“改动内容”，同意的下一次运行启用，不同意的写明原因",
                        "Look at what it changes: approved, it is in force from the next run; else say why not",
                    ),
                    transitions=(
                        Transition(SUPERSEDED.code, known=(("definition_is_superseded", (YES.code,)),), by_itself=True),
                        Transition(IN_FORCE.code, when=(("definition_opinion", (APPROVED.code,)),)),
                        Transition(NOT_APPROVED.code, when=(("definition_opinion", (_REFUSED.code,)),), back=True),
                    ),
                ),
            ),
            numbered=Numbered("LC{yy}{serial:03d}", same=("definition_digest",)),
            derived=(
                Derived(
                    Field(
                        "definition_is_superseded",
                        Localized("有无后一版", "A later version"),
                        Kind.CHOICE,
                        options=(YES, NO),
                    ),
                    look=_superseded,
                ),
            ),
            watches=(
                work.warning(
                    "definitions.superseded",
                    Localized(
                        "“{value}”的定义已由后一版 {later} 取代，不用再批",
                        "The definition of “{value}” is superseded by the later {later}: no answer is needed",
                    ),
                    Localized("看后一版", "Look at the later one"),
                    _told_superseded,
                    asks=False,
                ),
                work.warning(
                    "definitions.approved",
                    Localized(
                        "“{value}”的定义由 {by} 同意，作为 {workbook} 放进流程文件夹，下一次运行启用",
                        "The definition of “{value}” is approved by {by}; it goes into the folder of procedures as {workbook} and is in "
                        "force from the next run",
                    ),
                    Localized("不用办理", "Nothing is to be done"),
                    _told_in_force,
                    asks=False,
                ),
            ),
            definitions=HandedDefinitions(
                "definition_digest", "definition_workbook", "definition_changes", IN_FORCE.code
            ),
        ),
    ),
)
