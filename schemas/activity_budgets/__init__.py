"""活动费用预算: what an activity may cost, what it has cost, and why where the two are more than a tenth apart.

``manual.toml`` says what the manual gives. Ours: two working days to decide and to explain, three after the activity
to list what it has cost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from schemas.language import (
    Against,
    Comparison,
    Field,
    FieldRole,
    Kind,
    Localized,
    Procedure,
    Register,
    Rule,
    Sealed,
    Severity,
    Stage,
    State,
    Transition,
    Values,
    answers,
    checks,
    durations,
    fields,
    watching,
    work,
)
from schemas.language.ending import Ended, ending
from schemas.language.model import Date, FormModel, Number, Text, describe, form, row_rule
from schemas.language.ordering import approved_late
from schemas.language.parameters import SetValue
from schemas.language.work import NO, YES, Derived, FigureRows, Measure, Numbered, Parameter, RegisterView, Statistic
from schemas.language.workdays import next_workday
from schemas.roster.roles import GENERAL_MANAGER, PLANNER, PLANNING_HEAD

SPREAD = Parameter(
    "budget_spread", Localized("活动费用允许偏差（%）", "How far cost may be off the budget (%)"), 10, 0, 100
)
OVER = Rule(
    "budget.over",
    Severity.ERROR,
    Localized("{label}“{value}”早于预算编制日期：活动费用先批后用", "{label} “{value}” is before the budget was made"),
    Localized("核对两个日期", "Check both days"),
)
_NO = ("活动预算编号", "Budget No", "YS2611001")


class _OfBudget(FormModel):
    budget_no: Text = fields.number(*_NO)


class ActivityBudget(
    FormModel, form=form("activity_budget", "活动推广费用预算表", "Budget of an activity", titles=("活动费用预算",))
):
    budget_no: Text = fields.number(*_NO, given=True)
    promoted_activity: Text = fields.text("推广活动名称", "Activity", "双十一促销", means=FieldRole.TITLE)
    promoted_on: Date = fields.day("推广活动日期", "Held on", example="2026-11-11")
    budget_amount: Number = fields.amount("预算费用（元）", "Budget", example="20000", tests=[answers.not_nothing()])
    budget_made_on: Date = fields.day("预算编制日期", "Made on", trends=True, means=FieldRole.CAME_ON)
    budget_by: Text = fields.filled_by("预算编制人", "Made by", "花策")

    @row_rule(OVER, at="promoted_on")
    def lies_ahead(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """A budget is made before its activity."""
        made = frame["budget_made_on"]
        return ~(checks.reached(made) & (frame["promoted_on"] < made))


class BudgetDecision(_OfBudget, form=form("budget_decision", "活动预算审批表", "Decision on a budget")):
    budget_decision: Text = fields.decision("预算审批结论", "Decision")
    budget_reason: Text = fields.reason("预算审批意见", "Remark", "budget_decision")
    budget_decided_by: Text = fields.done_by("预算审批人", "Decided by", "高总")


class BudgetRevised(_OfBudget, form=form("budget_revised", "活动预算修改表", "Budget, revised")):
    budget_amount: Number = fields.amount("预算费用（元）", "Budget", example="18000", tests=[answers.not_nothing()])
    budget_revised_by: Text = fields.done_by("预算修改人", "Revised by", "花策")


class ActivityCost(_OfBudget, form=form("activity_cost", "活动实际费用登记表", "Cost of an activity")):
    cost_amount: Number = fields.amount("活动实际费用（元）", "Cost", example="21000")
    cost_on: Date = fields.done_on("费用登记日期", "Listed on")
    cost_by: Text = fields.done_by("费用登记人", "Listed by", "花策")


class CostExplained(_OfBudget, form=form("cost_explained", "费用偏差说明表", "Why it is off the budget")):
    off_why: Text = fields.text("费用偏差原因", "Why", "增加一块屏幕")
    off_by: Text = fields.done_by("费用偏差说明人", "Said by", "花策")


class CostAccepted(_OfBudget, form=form("cost_accepted", "费用偏差审批表", "Decision on the difference")):
    off_decision: Text = fields.decision("偏差审批结论", "Decision")
    off_reason: Text = fields.reason("偏差审批意见", "Remark", "off_decision")
    off_decided_by: Text = fields.done_by("偏差审批人", "Decided by", "高总")


class BudgetEnded(Ended, form=form("budget_ended", "活动预算作废单", "Budget ended")):
    budget_no: Text = fields.number(*_NO)


TO_DECIDE = State("budget_to_decide", Localized("待审批", "To decide"))
TO_REVISE = State("budget_to_revise", Localized("待修改", "To revise"))
TO_SPEND = State("budget_to_spend", Localized("待登记费用", "Cost to list"))
SPENT = State("budget_spent", Localized("待核对", "To compare"))
TO_EXPLAIN = State("cost_to_explain", Localized("待说明偏差", "To explain"))
TO_ACCEPT = State("cost_to_accept", Localized("偏差待审批", "Difference to decide"))
SETTLED = State("budget_settled", Localized("已核销", "Settled"), final=True)
BUDGET_ENDED, END_BUDGET = ending("activity_budgets", "budget_ended", PLANNING_HEAD.code)


def _off(values: Values) -> float | None:
    """By how many per cent the cost is above the budget; below it is negative."""
    cost, budget = values.get("cost_amount"), values.get("budget_amount")
    if cost is None or not budget:
        return None if cost is None or budget is None else (100.0 if cost else 0.0)
    return round((float(cost) - float(budget)) / float(budget) * 100, 6)  # to the fen of any budget


def _within(value: SetValue) -> Callable[[Values], str | None]:
    def compute(values: Values) -> str | None:
        off = _off(values)
        made_on = str(values.get("budget_made_on") or "")
        return None if off is None else str((YES if abs(off) <= float(value(SPREAD.code, made_on)) else NO).code)

    return compute


def _decide_by(values: Values) -> str | None:
    """The day of the activity, where it is sooner than the days of the stage: what is not approved is not spent."""
    made, on = str(values.get("budget_made_on") or ""), str(values.get("promoted_on") or "")
    if not made or on < made:
        return None
    return on if on <= next_workday(next_workday(date.fromisoformat(made))).isoformat() else None


def _beyond(held: RegisterView, today: date) -> Iterator[work.Seen]:
    for key, each in held["activity_budgets"].items():
        if each.state == TO_EXPLAIN.code:
            yield work.Seen(key, "cost_amount", f"{each.values['cost_off']:g}", PLANNING_HEAD.code)


def _by_month(held: RegisterView, today: date) -> FigureRows:
    rows: list[list[work.FigureCell]] = []
    for month, those in work.by_month(held["activity_budgets"].values(), "promoted_on", today).items():
        spent = [each for each in those if each.get("cost_amount") is not None]
        budget, cost = (sum(float(each.values[code]) for each in spent) for code in ("budget_amount", "cost_amount"))
        rows.append([month, len(those), budget, cost, work.share_with(spent, "within_budget", YES.code)])
    return rows


def _stage(code: str, title: Localized, form: str, state: State, to: State, task: Localized, **more: Any) -> Stage:
    ways = (Transition(to.code),)
    return Stage(code, title, PLANNER.code, form, state.code, 2, ways, task, whom="budget_by", **more)


def _decides(code: str, title: Localized, form: str, state: State, decision: str, to: State, back: State) -> Stage:
    asked = Localized("费用由总经理审批", "The general manager decides on what it costs")
    ways = fields.decided(decision, to, back)
    named: dict[str, Any] = {"not_by": ("budget_by", "off_by")}
    if state is TO_DECIDE:
        named["due_by"] = "budget_decide_by"
    return Stage(code, title, GENERAL_MANAGER.code, form, state.code, 2, ways, asked, strict=True, spread=True, **named)


APPROVED_ON, APPROVED_LATE = approved_late(
    "budget.approved_late",
    "activity_budgets",
    "promoted_on",
    ("budget_decision", fields.APPROVED.code),
    ("budget_approved_on", Localized("预算批准登记日", "Approval entered on")),
    (GENERAL_MANAGER.code, "budget_by"),
    Localized(
        "推广活动日期是 {value}，费用 {approved} 才批",
        "The activity was on {value}, its cost was approved on {approved} only",
    ),
    fix=Localized("先批后用；日期写错的改正", "It is approved before it is spent; correct the day where it is wrong"),
    due="budget_decide_by",
)
FORMS = (ActivityBudget, BudgetDecision, BudgetRevised, ActivityCost, CostExplained, CostAccepted, BudgetEnded)
PROCEDURE = Procedure(
    "activity_budgets",
    Localized("活动费用预算", "Budgets of activities"),
    about=Localized(
        "活动费用先批后用，实际与预算相差超过 10% 的说明原因再批",
        "Decided before it is spent; what is more than a tenth off is explained and decided again",
    ),
    roles=(PLANNER, PLANNING_HEAD, GENERAL_MANAGER),
    parameters=(SPREAD,),
    registers=(
        Register(
            "activity_budgets",
            Localized("活动费用", "Budgets of activities"),
            forms=tuple(map(describe, FORMS)),
            states=(TO_DECIDE, TO_REVISE, TO_SPEND, SPENT, TO_EXPLAIN, TO_ACCEPT, SETTLED, BUDGET_ENDED),
            manager=PLANNING_HEAD.code,
            stages=(
                Stage(
                    "make_budget",
                    Localized("预算编制", "Make"),
                    PLANNER.code,
                    "activity_budget",
                    expects_role=True,
                    transitions=(Transition(TO_DECIDE.code),),
                ),
                _decides(
                    "decide_budget",
                    Localized("预算审批", "Decide"),
                    "budget_decision",
                    TO_DECIDE,
                    "budget_decision",
                    TO_SPEND,
                    TO_REVISE,
                ),
                _stage(
                    "revise_budget",
                    Localized("预算修改", "Revise"),
                    "budget_revised",
                    TO_REVISE,
                    TO_DECIDE,
                    Localized("按审批意见修改", "Revise it"),
                    renews=("budget_amount",),
                    anew=True,
                ),
                _stage(
                    "list_cost",
                    Localized("费用登记", "List the cost"),
                    "activity_cost",
                    TO_SPEND,
                    SPENT,
                    Localized("活动后登记实际费用", "List what it has cost"),
                    due_by="cost_due",
                    against=(Against("cost_on", Comparison.NOT_BEFORE, "promoted_on"),),
                ),
                Stage(
                    "compare_cost",
                    Localized("核对偏差", "Compare"),
                    PLANNING_HEAD.code,
                    state=SPENT.code,
                    transitions=(
                        Transition(SETTLED.code, known=(("within_budget", (YES.code,)),)),
                        Transition(TO_EXPLAIN.code, known=(("within_budget", (NO.code,)),)),
                    ),
                ),
                _stage(
                    "explain_cost",
                    Localized("偏差说明", "Explain"),
                    "cost_explained",
                    TO_EXPLAIN,
                    TO_ACCEPT,
                    Localized("实际与预算相差过多，说明原因", "Say why it is so far off the budget"),
                    anew=True,
                ),
                _decides(
                    "accept_cost",
                    Localized("偏差审批", "Decide"),
                    "cost_accepted",
                    TO_ACCEPT,
                    "off_decision",
                    SETTLED,
                    TO_EXPLAIN,
                ),
                END_BUDGET,
            ),
            sealed=Sealed(
                "activity_budgets",
                "{budget_no}",
                tuple(each.code for each in (TO_SPEND, SPENT, TO_EXPLAIN, TO_ACCEPT, SETTLED)),
                ("promoted_activity", "promoted_on", "budget_amount"),
                TO_DECIDE.code,
                final=(SETTLED.code,),
            ),
            also_sealed=(
                Sealed("activity_budgets", "{budget_no}", (SETTLED.code,), ("cost_amount", "off_why"), SPENT.code),
            ),
            numbered=Numbered("YS{yy}{month}{serial:03d}", ("promoted_activity", "promoted_on"), "budget_made_on"),
            derived=(
                Derived(Field("cost_off", Localized("费用偏差（%）", "Off the budget (%)"), Kind.NUMBER), _off),
                Derived(
                    Field("within_budget", Localized("是否在允许偏差内", "Within"), Kind.CHOICE, options=(YES, NO)),
                    _within(lambda code, on: SPREAD.value),
                    set_by=_within,
                ),
                Derived(Field("budget_decide_by", Localized("预算审批期限", "Decide by"), Kind.DATE), _decide_by),
                APPROVED_ON,
                durations.after_workdays("cost_due", Localized("费用登记期限", "Cost by"), "promoted_on", 3),
            ),
            watches=(
                watching.day_has_come(
                    "budget.unapproved",
                    "activity_budgets",
                    (TO_DECIDE.code, TO_REVISE.code),
                    "promoted_on",
                    Localized(
                        "推广活动日期 {value} 已到，费用还没有批：批准以前不能用",
                        "The activity of {value} is due, and its cost is not approved: nothing may be spent before",
                    ),
                    Localized("马上审批，或改期、取消活动", "Decide at once, or put the activity off"),
                    GENERAL_MANAGER.code,
                ),
                APPROVED_LATE,
                work.warning(
                    "budget.off",
                    Localized(
                        "实际费用比预算差 {value}%，超出允许的偏差",
                        "The cost is {value}% off the budget, more than may be",
                    ),
                    Localized("说明偏差原因，报总经理审批", "Say why; the general manager decides"),
                    _beyond,
                ),
                watching.same_again(
                    "budget.same_again",
                    "activity_budgets",
                    ("promoted_activity", "promoted_on", "budget_amount"),
                    Localized("活动、日期和金额", "activity, day and amount"),
                    "budget_by",
                ),
            ),
            statistics=(
                Statistic(
                    "activity_costs_by_month",
                    Localized("活动费用按月", "Cost of activities by month"),
                    Localized("月份", "Month"),
                    (
                        Measure(Localized("活动", "Activities")),
                        Measure(Localized("预算（元）", "Budget"), Kind.NUMBER),
                        Measure(Localized("实际（元）", "Cost"), Kind.NUMBER),
                        work.rate("偏差内比例", "Within"),
                    ),
                    _by_month,
                ),
            ),
        ),
    ),
)
