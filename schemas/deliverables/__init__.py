"""成果文件三级复核: compiled, checked, reviewed with its client, approved, each by somebody else; what is wrong goes back to the first.

``manual.toml`` says what the manual gives. Ours: two working days to check, three to review, two to approve, three to
correct and to file.
"""

from __future__ import annotations

from datetime import date

from schemas.deliverables import forms
from schemas.language import (
    Localized,
    Option,
    Procedure,
    Register,
    Sealed,
    Stage,
    State,
    Transition,
    fields,
    watching,
    work,
)
from schemas.language.ending import ending
from schemas.language.model import describe
from schemas.language.work import FigureRows, Measure, Numbered, RegisterView, Statistic
from schemas.roster.roles import PROJECT_HEAD

COMPILER = Option("deliverable_compiler", Localized("编制人员", "Compiler"), ("造价编制人员",))
CHECKER = Option("deliverable_checker", Localized("复核人员", "Checker"), ("校核人员",))
APPROVER = Option("technical_head", Localized("技术负责人", "Technical head"), ("项目技术负责人", "审定人员"))

TO_CHECK = State("deliverable_to_check", Localized("待复核", "To check"))
TO_REVIEW = State("deliverable_to_review", Localized("待会审", "To review"))
TO_APPROVE = State("deliverable_to_approve", Localized("待审定", "To approve"))
TO_CORRECT = State("deliverable_to_correct", Localized("待修改", "To correct"))
TO_FILE = State("deliverable_to_file", Localized("待归档", "To file"))
FILED = State("deliverable_is_filed", Localized("已归档", "Filed"), final=True)
ENDED, END_DELIVERABLE = ending("deliverables", "deliverable_ended", PROJECT_HEAD.code)
SIGNED = ("compiled_by", "deliverable_checked_by", "jointly_reviewed_by")
"""Who has signed, level by level: whoever stands there signs no later one."""


def _by_month(held: RegisterView, today: date) -> FigureRows:
    months = work.by_month(held["deliverables"].values(), "compiled_on", today)
    rows: list[list[work.FigureCell]] = []
    for month, those in months.items():
        approved = [each for each in those if each.state in (TO_FILE.code, FILED.code)]
        at_once = sum("corrected_on" not in each.values for each in approved)
        rows.append([month, len(those), len(approved), work.share(at_once, len(approved))])
    return rows


PROCEDURE = Procedure(
    "deliverables",
    Localized("成果三级复核", "Review of deliverables"),
    about=Localized(
        "编制自查、复核、会审、审定逐级把关，各级不得同一人，退回交原编制人修改后再复核",
        "Compiled, checked, reviewed, approved, each by somebody else; what is sent back is corrected by its compiler and checked anew",
    ),
    roles=(COMPILER, CHECKER, PROJECT_HEAD, APPROVER),
    registers=(
        Register(
            "deliverables",
            Localized("成果文件", "Deliverables"),
            forms=tuple(
                describe(each)
                for each in (
                    forms.Deliverable,
                    forms.DeliverableCheck,
                    forms.JointReview,
                    forms.DeliverableApproval,
                    forms.DeliverableCorrected,
                    forms.DeliverableFiled,
                    forms.DeliverableEnded,
                )
            ),
            states=(TO_CHECK, TO_REVIEW, TO_APPROVE, TO_CORRECT, TO_FILE, FILED, ENDED),
            manager=PROJECT_HEAD.code,
            told=("compiled_by",),  # it is corrected by him, and who has signed is held against him
            stages=(
                Stage(
                    "compile_deliverable",
                    Localized("编制", "Compile"),
                    COMPILER.code,
                    "deliverable",
                    expects_role=True,
                    transitions=(Transition(TO_CHECK.code),),
                ),
                Stage(
                    "check_deliverable",
                    Localized("复核", "Check"),
                    CHECKER.code,
                    "deliverable_check",
                    TO_CHECK.code,
                    days=2,
                    strict=True,
                    spread=True,
                    not_by=(*SIGNED[:1], "corrected_by"),
                    transitions=fields.decided("check_decision", TO_REVIEW, TO_CORRECT),
                    task=Localized(
                        "逐项复核，发现的问题列明后退回原编制人", "Check every aspect; list problems and send it back"
                    ),
                ),
                Stage(
                    "review_deliverable",
                    Localized("会审", "Review"),
                    PROJECT_HEAD.code,
                    "joint_review",
                    TO_REVIEW.code,
                    days=3,
                    strict=True,
                    spread=True,
                    not_by=SIGNED[:2],
                    transitions=fields.decided("review_decision", TO_APPROVE, TO_CORRECT),
                    task=Localized("组织会审，征询委托方意见", "Review it together, and hear the client"),
                ),
                Stage(
                    "approve_deliverable",
                    Localized("审定", "Approve"),
                    APPROVER.code,
                    "deliverable_approval",
                    TO_APPROVE.code,
                    days=2,
                    strict=True,
                    spread=True,
                    not_by=SIGNED,
                    transitions=fields.decided("approval_decision", TO_FILE, TO_CORRECT),
                    task=Localized("审定后才能交付", "Nothing is delivered before"),
                ),
                Stage(
                    "correct_deliverable",
                    Localized("修改", "Correct"),
                    COMPILER.code,
                    "deliverable_corrected",
                    TO_CORRECT.code,
                    days=3,
                    whom="compiled_by",
                    anew=True,
                    transitions=(Transition(TO_CHECK.code),),
                    task=Localized("由原编制人修改，改后再复核", "Correct it; it is checked anew"),
                ),
                Stage(
                    "file_deliverable",
                    Localized("归档", "File"),
                    COMPILER.code,
                    "deliverable_filed",
                    TO_FILE.code,
                    days=3,
                    whom="compiled_by",
                    transitions=(Transition(FILED.code),),
                    task=Localized("资料归档，登记档案号", "File the papers, and give the archive number"),
                ),
                END_DELIVERABLE,
            ),
            sealed=Sealed(
                "deliverables",
                "{deliverable_no}",
                (TO_REVIEW.code, TO_APPROVE.code, TO_FILE.code, FILED.code),
                ("deliverable_title", "deliverable_client", "compiled_by", "correction_text"),
                TO_CHECK.code,
                final=(FILED.code,),
            ),
            numbered=Numbered("CG{yy}{month}{serial:03d}", ("deliverable_title", "deliverable_client"), "compiled_on"),
            watches=(
                watching.same_again(
                    "deliverables.same_again",
                    "deliverables",
                    ("deliverable_title", "deliverable_client"),
                    Localized("名称和委托方", "title and client"),
                    "compiled_by",
                ),
                watching.same_again(
                    "deliverables.one_archive",
                    "deliverables",
                    ("archive_no",),
                    Localized("成果档案号", "archive number"),
                    "filed_by",
                ),
            ),
            statistics=(
                Statistic(
                    "deliverables_by_month",
                    Localized("成果文件按月", "Deliverables by month"),
                    Localized("月份", "Month"),
                    (
                        Measure(Localized("编制", "Compiled")),
                        Measure(Localized("已审定", "Approved")),
                        work.rate("一次通过率", "At the first attempt"),
                    ),
                    _by_month,
                ),
            ),
        ),
    ),
)
