"""设备异常处理: the operator deals with it at once, else the people on duty, else the inspector, who says why afterwards.

``manual.toml`` says what the manual gives. Ours: the same day for the people on duty, a working day for the inspector,
three to say why it failed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schemas.equipment import RUNS_NOT
from schemas.language import (
    FieldRole,
    Kind,
    Localized,
    Option,
    Procedure,
    Register,
    Stage,
    State,
    Transition,
    durations,
    fields,
    telling,
    work,
)
from schemas.language.ending import Ended, ending
from schemas.language.model import Date, FormModel, Text, describe, field, form
from schemas.language.work import (
    CreatedRecord,
    CreatesRecords,
    FigureRows,
    Measure,
    Numbered,
    Refers,
    RegisterView,
    Statistic,
)
from schemas.roster.roles import EQUIPMENT_HEAD, INSPECTOR, OPERATOR

ON_DUTY = Option("equipment_on_duty", Localized("设备运行人员", "Equipment staff on duty"), ("运行维护人员",))
CLEARED = Option("fault_cleared", Localized("已排除", "Cleared"), ("已恢复",))
NOT_CLEARED = Option("fault_not_cleared", Localized("未排除", "Not cleared"), ("无法排除",))
_NO = ("设备异常编号", "Fault No", "YC2611001")


class _OfFault(FormModel):
    fault_no: Text = fields.number(*_NO)


class Fault(FormModel, form=form("equipment_fault", "设备异常单", "Equipment fault", titles=("设备故障登记表",))):
    fault_no: Text = fields.number(*_NO, given=True)
    faulty_equipment: Text = fields.text("异常设备编号", "Equipment", "SB0001", kind=Kind.CODE)
    fault_text: Text = fields.text("设备异常现象", "What is wrong", "轴承温度 90 度", means=FieldRole.TITLE)
    fault_at: Text = fields.moment("异常发生时间", "When", "2026-11-03 21:30", means=FieldRole.CAME_ON)
    first_aid: Text = fields.text("紧急处理情况", "What was done at once", "停机，切换备用泵")
    first_result: Text = field("紧急处理结果", "Result", required=True, options=(CLEARED, NOT_CLEARED))
    shift_note: Text = fields.text("交接班记录", "Handed over to the next shift", "已告知夜班")
    fault_by: Text = fields.filled_by("异常报告人", "Reported by", "石师傅")


class FaultOnDuty(_OfFault, form=form("fault_on_duty", "运行人员处理单", "What the people on duty did")):
    duty_text: Text = fields.text("运行人员处理情况", "What was done", "更换润滑脂")
    duty_result: Text = field("运行人员处理结果", "Result", required=True, options=(CLEARED, NOT_CLEARED))
    duty_reason: Text = fields.reason(
        "呼叫点检员的原因", "Why the inspector is called", "duty_result", NOT_CLEARED.code
    )
    duty_ended_at: Text = fields.moment("运行人员处理时间", "When", "2026-11-03 22:30", means=FieldRole.DONE_ON)
    fault_duty_by: Text = fields.done_by("当班运行人员", "On duty", "云师傅")


class FaultRepaired(_OfFault, form=form("fault_repaired", "设备抢修记录表", "Repair of equipment")):
    repair_text: Text = fields.text("抢修内容", "What was repaired", "更换轴承")
    repair_spares: Text = field("抢修用备件", "Spares used", example="轴承 6308 一套")
    runs_again_at: Text = fields.moment("恢复运行时间", "Runs again at", "2026-11-04 02:00", means=FieldRole.DONE_ON)
    repaired_by: Text = fields.done_by("抢修负责人", "Repaired by", "简工")


class FaultAnalysed(_OfFault, form=form("fault_analysed", "设备故障分析表", "Why equipment failed")):
    fault_cause: Text = fields.text("故障原因", "Cause", "润滑不足")
    fault_prevented: Text = fields.text("故障防范措施", "What prevents it", "加油周期改为 15 天")
    fault_analysed_on: Date = fields.done_on("故障分析日期", "Said on")
    fault_analysed_by: Text = fields.done_by("故障分析人", "Said by", "简工")


class FaultEnded(Ended, form=form("fault_ended", "设备异常作废单", "Fault ended")):
    fault_no: Text = fields.number(*_NO)


TO_HELP = State("fault_on_duty_now", Localized("待运行人员处理", "With the people on duty"))
TO_REPAIR = State("fault_to_repair", Localized("待抢修", "To repair"))
TO_ANALYSE = State("fault_to_analyse", Localized("待分析", "To say why"))
FAULT_OVER = State("fault_over", Localized("已关闭", "Closed"), final=True)
FAULT_ENDED, END_FAULT = ending("equipment_faults", "fault_ended", EQUIPMENT_HEAD.code)


def _from_checks(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    for key, each in held["equipment"].items():
        if each.get("check_state") == RUNS_NOT.code:
            checked = each.get("equipment_checked_on")
            said = {"faulty_equipment": key, "fault_text": each.get("check_found"), "fault_at": checked}
            said |= {"fault_by": each.get("equipment_checked_by")}
            yield CreatedRecord(
                f"DJ-{key}-{checked}", said, TO_HELP.code, Localized("点检发现异常", "A check found it")
            )


def _by_month(held: RegisterView, today: date) -> FigureRows:
    rows: list[list[work.FigureCell]] = []
    for month, those in work.by_month(held["equipment_faults"].values(), "fault_at", today).items():
        at_once = sum(each.get("first_result") == CLEARED.code for each in those)
        stood = work.mean(durations.hours_taken(each.get("fault_at"), each.get("runs_again_at")) for each in those)
        rows.append([month, len(those), at_once, stood])
    return rows


PROCEDURE = Procedure(
    "equipment_faults",
    Localized("设备异常处理", "Equipment faults"),
    about=Localized(
        "操作人员先处理，不行找运行人员，再不行呼叫点检员抢修，之后分析原因",
        "The operator first, then the people on duty, then the inspector; afterwards it is said why",
    ),
    roles=(OPERATOR, ON_DUTY, INSPECTOR, EQUIPMENT_HEAD),
    registers=(
        Register(
            "equipment_faults",
            Localized("设备异常", "Faults"),
            forms=tuple(map(describe, (Fault, FaultOnDuty, FaultRepaired, FaultAnalysed, FaultEnded))),
            states=(TO_HELP, TO_REPAIR, TO_ANALYSE, FAULT_OVER, FAULT_ENDED),
            manager=EQUIPMENT_HEAD.code,
            looks_at=("equipment",),
            opens=(CreatesRecords(_from_checks),),
            refers=(Refers("faulty_equipment", "equipment"),),
            stages=(
                Stage(
                    "report_fault",
                    Localized("异常报告", "Report"),
                    OPERATOR.code,
                    "equipment_fault",
                    transitions=(
                        Transition(FAULT_OVER.code, when=(("first_result", (CLEARED.code,)),)),
                        Transition(TO_HELP.code, when=(("first_result", (NOT_CLEARED.code,)),)),
                    ),
                ),
                Stage(
                    "help_on_duty",
                    Localized("运行人员处理", "Help"),
                    ON_DUTY.code,
                    "fault_on_duty",
                    TO_HELP.code,
                    due_by="help_by",
                    strict=True,
                    spread=True,
                    transitions=fields.decided("duty_result", TO_ANALYSE, TO_REPAIR, CLEARED, NOT_CLEARED),
                    task=Localized(
                        "及时处理；不能排除的呼叫点检员，夜间和节假日也呼叫",
                        "Deal with it, or call the inspector, at night too",
                    ),
                ),
                Stage(
                    "repair_fault",
                    Localized("抢修", "Repair"),
                    INSPECTOR.code,
                    "fault_repaired",
                    TO_REPAIR.code,
                    days=1,
                    strict=True,
                    spread=True,
                    transitions=(Transition(TO_ANALYSE.code),),
                    task=Localized("到场抢修，写明用了哪些备件", "Come and repair it; say which spares were used"),
                ),
                Stage(
                    "analyse_fault",
                    Localized("故障分析", "Say why"),
                    INSPECTOR.code,
                    "fault_analysed",
                    TO_ANALYSE.code,
                    days=3,
                    strict=True,
                    spread=True,
                    transitions=(Transition(FAULT_OVER.code),),
                    task=Localized("分析原因，写明防范措施", "Say why it failed, and what prevents it"),
                ),
                END_FAULT,
            ),
            numbered=Numbered("YC{yy}{month}{serial:03d}", ("faulty_equipment", "fault_at"), "fault_at"),
            derived=(durations.after_hours("help_by", Localized("运行人员到场时限", "Help by"), "fault_at", 4),),
            count_by=("faulty_equipment",),
            watches=(
                telling.same_again(
                    "faults.same_again",
                    "equipment_faults",
                    ("faulty_equipment", "fault_at"),
                    Localized("设备和发生时间", "equipment and moment"),
                    "fault_by",
                ),
            ),
            statistics=(
                Statistic(
                    "faults_by_month",
                    Localized("设备异常按月", "Faults by month"),
                    Localized("月份", "Month"),
                    (
                        Measure(Localized("异常", "Faults")),
                        Measure(Localized("当场排除", "Cleared at once")),
                        Measure(Localized("平均停机（小时）", "Hours down"), Kind.NUMBER),
                    ),
                    _by_month,
                ),
            ),
        ),
    ),
)
