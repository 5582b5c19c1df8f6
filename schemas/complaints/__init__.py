"""客户投诉处理: a complaint is registered, judged, solved, approved, told, and kept from coming again.

``manual.toml`` says what the manuals give. Ours: two days to tell the customer, three to decide on
measures, one for each approval; where a complaint comes more than a working day late, its solution has a working day from then; three complaints of one cause within 90 days count as repeated.
"""

from __future__ import annotations

from datetime import date

from schemas.complaint_owners import OWNED
from schemas.complaints import figures, forms
from schemas.complaints.forms import HANDLER
from schemas.language import Against, Comparison, Field, Kind, Localized, Procedure, Register, Sealed, Stage, State, Transition, Values, fields, telling, watching  # fmt: skip
from schemas.language.durations import counts_from, known_on
from schemas.language.model import describe
from schemas.language.work import Derived, Numbered
from schemas.language.workdays import next_workday
from schemas.major_complaints import LOWERED, MAJOR_ONES, MET, ONCE_MAJOR
from schemas.roster.roles import GENERAL_MANAGER, MANAGER

# fmt: off

TO_SOLVE = State("to_solve", Localized("待提方案", "To solve"))
TO_APPROVE = State("to_approve", Localized("待审批", "To approve"))
TO_TELL = State("to_tell", Localized("待答复", "To tell"))
TO_ACT = State("to_act", Localized("待定措施", "To act on"))
TO_ALLOW = State("measures_to_approve", Localized("措施待审批", "Measures to approve"))
ACTING = State("acting", Localized("措施落实中", "Acting"))
REFUTED = State("complaint_unfounded", Localized("不成立，已答复", "Unfounded, told"), final=True)
SETTLED = State("settled", Localized("已结案", "Settled"), final=True)


def _solved_anew_from(values: Values) -> str | None:
    """The day on which a plan was last asked for anew: the customer's answer where he is not content, the decision that returned
    the plan. It stays when the case goes on.
    """
    since = [str(values.get("solve_from") or "")]
    since += [str(values["told_on"])] if values.get("reply_content") == fields.DISSATISFIED.code and values.get("told_on") else []
    since += [str(values["approved_on"])] if values.get("approval") == fields.RETURNED.code and values.get("approved_on") else []
    return max(since)[:10] or None


def _solve_by(values: Values) -> str:
    """One working day from the complaint, or from when it came that came late; from the day on which it was asked for anew."""
    return next_workday(date.fromisoformat(max(str(values.get("complaint_counts_from") or values["complained_on"]), str(values.get("solve_from") or ""))[:10])).isoformat()


_OF_SOLUTION = ("complaint_text", "demand", "faulty_quantity", "complaint_grade", "complaint_justified", "unfounded_why", "responsible_department", "responsible_person", "solution", "meeting_on", "meeting_said")
_OF_MEASURES = ("root_cause", "corrective_action", "preventive_action", "measures_owner", "measures_due")
_CONTENT = (("reply_content", (fields.SATISFIED.code, fields.FAIRLY_SATISFIED.code)),)
STAGES = (
    Stage("take_complaint", Localized("投诉登记", "Take"), HANDLER.code, "complaint", transitions=(Transition(TO_SOLVE.code),)),
    Stage(
        "solve_complaint", Localized("提出方案", "Solve"), HANDLER.code, "complaint_solution", TO_SOLVE.code, due_by="solve_by", spread=True, whom="proposed_by",
        against=(Against("meeting_on", Comparison.NOT_BEFORE, "complained_on"),),
        renews=("complaint_grade",), anew=True, transitions=(Transition(TO_APPROVE.code),),
        task=Localized("判定投诉是否成立，查明责任部门，定等级，提出处理方案", "Judge whether it is justified, find who is responsible, grade it, propose a solution")),
    Stage(
        "approve_solution", Localized("方案审批", "Approve"), GENERAL_MANAGER.code, "solution_approval", TO_APPROVE.code, days=1, strict=True,
        not_by=("proposed_by",), transitions=fields.decided("approval", TO_TELL, TO_SOLVE),
        task=Localized("审批处理方案，退回的写明原因", "Approve the solutions, or return them with a reason")),
    Stage(
        "tell_customer", Localized("答复客户", "Tell"), HANDLER.code, "complaint_reply", TO_TELL.code, days=2, whom="proposed_by",
        transitions=(Transition(TO_SOLVE.code, when=(("reply_content", ("dissatisfied",)),), back=True), Transition(REFUTED.code, when=_CONTENT, known=(("complaint_justified", (forms.UNFOUNDED.code,)),)), Transition(TO_ACT.code, when=_CONTENT)),
        task=Localized("把处理结果告诉客户，问是否满意；重大的由业务部门经理和客户关系经理出面", "Tell the customer the result and ask whether he is satisfied; two managers meet him where it is major")),
    Stage(
        "decide_measures", Localized("纠正预防", "Measures"), HANDLER.code, "complaint_measures", TO_ACT.code, days=3, whom="proposed_by",
        against=tuple(Against("measures_due", Comparison.NOT_BEFORE, since) for since in ("complained_on", "told_on", "confirmed_on")),
        anew=True, transitions=(Transition(TO_ALLOW.code),), task=Localized("定纠正和预防措施、责任人和完成日期", "Decide on measures, who carries them out and by when")),
    Stage(
        "approve_measures", Localized("措施审批", "Approve measures"), GENERAL_MANAGER.code, "measures_approval", TO_ALLOW.code, days=1, strict=True,
        not_by=("decided_by",), against=(Against("measures_supervisor", Comparison.ANOTHER, "measures_owner"), Against("measures_supervisor", Comparison.ANOTHER, "decided_by")), transitions=fields.decided("measures_answer", ACTING, TO_ACT),
        task=Localized("批准措施，指派监督人；退回的写明原因", "Approve the measures and name who supervises them")),
    Stage(
        "confirm_effect", Localized("效果验证", "Effect"), MANAGER.code, "measures_effect", ACTING.code, days=1, due_by="measures_due",
        whom="measures_supervisor", not_by=("measures_owner", "decided_by"), superior=GENERAL_MANAGER.code,  # whomever he names
        transitions=fields.decided("effect", SETTLED, TO_ACT, forms.EFFECTIVE, forms.INEFFECTIVE),
        task=Localized("验证措施是否有效；无效的写明原因，重定措施", "Confirm that the measures help; say why not")),
)

PROCEDURE = Procedure(
    code="complaints", title=Localized("客户投诉处理", "Complaints"),
    about=Localized("投诉登记、一个工作日内提出方案、总经理审批、答复客户、纠正预防有人监督", "Complaints are taken, solved within a working day, approved, told, and kept from coming again under supervision"),
    roles=(HANDLER, MANAGER, GENERAL_MANAGER), parameters=(figures.REPEAT_COUNT, figures.REPEAT_DAYS),
    registers=(
        Register(
            code="complaints", title=Localized("客户投诉", "Complaints"), forms=tuple(map(describe, forms.ALL)),
            states=(TO_SOLVE, TO_APPROVE, TO_TELL, TO_ACT, TO_ALLOW, ACTING, REFUTED, SETTLED), stages=STAGES, manager=MANAGER.code,
            sealed=Sealed("complaints", "{complaint_no}", (TO_TELL.code, TO_ACT.code, TO_ALLOW.code, ACTING.code, REFUTED.code, SETTLED.code), _OF_SOLUTION, TO_APPROVE.code, final=(REFUTED.code, SETTLED.code)),
            also_sealed=(Sealed("complaints", "{complaint_no}", (ACTING.code, SETTLED.code), _OF_MEASURES, TO_ALLOW.code, final=(SETTLED.code,)),),
            derived=(Derived(Field("solve_from", Localized("重提方案起算日期", "Asked for anew on"), Kind.DATE), _solved_anew_from), known_on("complaint_known_on", Localized("投诉登记日", "Entered on"), "complained_on"), counts_from("complaint_counts_from", Localized("提方案起算时间", "Counts from"), "complained_on", "complaint_known_on"), Derived(Field("solve_by", Localized("最迟提出方案日期", "Solve by"), Kind.DATE), _solve_by), ONCE_MAJOR, figures.MEASURES_KNOWN),
            numbered=Numbered("{yy}{month}{serial:02d}", same=("complained_on", "complainant", "complaint_text"), day="complained_on"),
            count_by=("complaint_cause", "demand"), watches=(*OWNED, figures.ALLOWED_LATE, figures.EFFECT_BEFORE, figures.OWN_CASE, watching.number_of_another_month("complaints.number", "complaints", "complained_on", "complaint_known_on", "taken_by", MANAGER.code), watching.same_again("complaints.same_again", "complaints", ("complainant", "complained_on", "complaint_text"), Localized("投诉客户、日期和内容", "complainant, day and text"), "taken_by", over=(REFUTED.code, SETTLED.code), since="complaint_known_on", fix=watching.ANSWER_BOTH), telling.came_in_late("complaints.came_late", "complaints", "complained_on", "taken_by", MANAGER.code, "complaint_known_on"), figures.REPEATED, MAJOR_ONES, LOWERED, MET, figures.LOOKED_UP), statistics=(figures.BY_MONTH, figures.BY_CAUSE)),
    ),
)
