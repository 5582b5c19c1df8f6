"""设备异常处理: the operator deals with it at once, else the people on duty, else the inspector, who says why afterwards;
the operator may call the inspector himself, and an inspector who came and repaired it has.

``manual.toml`` says what the manual gives. Ours: four hours for the people on duty, and as many (``repair_hours``) for the
inspector, whatever the day; three working days to say why it failed. What a check has found has no first aid and no shift
note yet: the people on duty write them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schemas.equipment import IN_USE, RETIRED, RUNS_NOT, TO_CHECK
from schemas.fault_details import FAULT_CAME, TOLD_LATE, checked_well, known_of_piece
from schemas.language import Field, FieldRole, Kind, LedAnew, Localized, Option, Procedure, Register, Stage, State, Transition, Values, durations, fields, watching, work  # fmt: skip
from schemas.language.ending import Ended, ending
from schemas.language.letters import plain_label
from schemas.language.model import Date, FormModel, Text, describe, field, form
from schemas.language.work import CreatedRecord, CreatesRecords, Derived, FigureRows, Measure, Numbered, Parameter, RecordView, Refers, RegisterView, Seen, Statistic, warning  # fmt: skip
from schemas.roster.roles import EQUIPMENT_HEAD, INSPECTOR, ON_DUTY, OPERATOR

CLEARED = Option("fault_cleared", Localized("已排除", "Cleared"), ("已恢复",))
NOT_CLEARED = Option("fault_not_cleared", Localized("未排除", "Not cleared"), ("无法排除",))
_NO = ("设备异常编号", "Fault No", "YC2611001")
REPAIR_HOURS = Parameter("repair_hours", Localized("呼叫点检员后几小时内抢修", "Hours for the inspector's repair"), 4, 1, 72)  # fmt: skip


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
    fault_told: Text = field(
        "通知何人",
        "Who was called",
        options=(ON_DUTY, INSPECTOR),
        help=Localized("没有排除的填；不填是通知设备运行人员", "Of what was not cleared; blank is the people on duty"),
        example=INSPECTOR.words.zh,
    )
    fault_by: Text = fields.filled_by("异常报告人", "Reported by", "石师傅")


def _said_at_once(zh: str, en: str, example: str) -> Text:
    help = Localized("点检发现的异常在这里补写；报告时写过的不用填", "Of what a check found; blank where it was reported")  # fmt: skip
    return field(zh, en, example=example, help=help)  # type: ignore[no-any-return]


class FaultOnDuty(_OfFault, form=form("fault_on_duty", "运行人员处理单", "What the people on duty did")):
    first_aid: Text = _said_at_once("紧急处理情况", "What was done at once", "停机，切换备用泵")
    shift_note: Text = _said_at_once("交接班记录", "Handed over to the next shift", "已告知夜班")
    duty_text: Text = fields.text("运行人员处理情况", "What was done", "更换润滑脂")
    duty_result: Text = field("运行人员处理结果", "Result", required=True, options=(CLEARED, NOT_CLEARED))
    duty_reason: Text = fields.reason("呼叫点检员的原因", "Why the inspector is called", "duty_result", NOT_CLEARED.code)  # fmt: skip
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
INSPECTED_BY = Field("fault_inspector", Localized("本设备点检员", "Its inspector"))
_NOT_CLEARED = ("first_result", (NOT_CLEARED.code,))
LED_ANEW = LedAnew(Field("fault_open_again_at", Localized("重新打开时间", "Open again since"), Kind.MOMENT))
CALLED_AT = Field("inspector_called_at", Localized("呼叫点检员时间", "Inspector called at"), Kind.MOMENT)
FAULT_ENDED, END_FAULT = ending("equipment_faults", "fault_ended", EQUIPMENT_HEAD.code)


def _called_at(values: Values) -> str | None:
    """When the inspector was called: by the people on duty who could not clear it, or at once, or only later."""
    at_once = values.get("fault_at") if values.get("fault_told") == INSPECTOR.code else None
    by_duty = values.get("duty_ended_at") if values.get("duty_result") == NOT_CLEARED.code else None
    return durations.later_start(by_duty or at_once, values.get(LED_ANEW.field.code) if at_once else None) or None


def _is_repaired(values: Values) -> bool:
    cleared = CLEARED.code in (values.get("first_result"), values.get("duty_result"))
    return cleared or bool(values.get("runs_again_at"))


def _inspector(values: Values, held: RegisterView, today: date) -> str | None:
    piece = held["equipment"].get(str(values.get("faulty_equipment")))
    return piece.get("equipment_inspector") if piece else None  # the piece is his


def _from_checks(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    for key, each in held["equipment"].items():
        if each.get("check_state") == RUNS_NOT.code:
            checked = each.get("equipment_checked_on")
            said = {"faulty_equipment": key, "fault_text": each.get("check_found"), "fault_at": checked}
            said |= {"fault_by": each.get("equipment_checked_by")}
            why = Localized("点检发现异常", "A check found it")
            yield CreatedRecord(f"DJ-{key}-{checked}", said, TO_HELP.code, why)


def _open(held: RegisterView) -> Iterator[tuple[str, RecordView]]:
    """Each fault that is not over, by its number."""
    for key, each in held["equipment_faults"].items():
        if each.state in (TO_HELP.code, TO_REPAIR.code, TO_ANALYSE.code):
            yield key, each


def _of_retired(held: RegisterView, today: date) -> Iterator[Seen]:
    for key, each in _open(held):
        piece = held["equipment"].get(str(each.get("faulty_equipment")))
        if piece is not None and piece.state == RETIRED.code:
            yield Seen(key, "faulty_equipment", piece.key, EQUIPMENT_HEAD.code)


def _before_use(held: RegisterView, today: date) -> Iterator[Seen]:
    for key, each in held["equipment_faults"].items():
        piece, at = held["equipment"].get(str(each.get("faulty_equipment"))), str(each.get("fault_at") or "")[:10]
        since = str(piece.get("in_use_from") or "") if piece else ""
        if at and at < since and each.state != FAULT_ENDED.code:
            about = {"equipment": str(each.get("faulty_equipment")), "since": since}
            yield Seen(key, "fault_at", at, EQUIPMENT_HEAD.code, about, str(each.get("fault_by")))


def _no_shift_note(held: RegisterView, today: date) -> Iterator[Seen]:
    for key, each in _open(held):
        if each.state != TO_HELP.code and not (each.get("first_aid") and each.get("shift_note")):
            by = str(each.get("fault_duty_by"))
            yield Seen(key, "shift_note", str(each.get("fault_text")), ON_DUTY.code, person=by)


def _not_taken_out(held: RegisterView, today: date) -> Iterator[Seen]:
    """Repairs that used a spare, by its very name, of which nothing was taken out since the fault came up."""
    named = {key: plain_label(str(each.get("spare_name"))) for key, each in held["spares"].items()}
    for key, each in held["equipment_faults"].items() if named else ():
        used, at = plain_label(str(each.get("repair_spares") or "")), str(each.get("fault_at") or "")[:10]
        for spare, name in named.items():
            if name not in used or str(each.get("runs_again_at"))[:10] >= today.isoformat():
                continue
            moves = held.holding("spare_moves", "moved_spare", spare)
            taken = (str(one.get("moved_at"))[:10] for one in moves if one.get("move_kind") == "spare_taken_out")
            if not any(day >= at for day in taken):
                about = {"spare": f"{spare} {held['spares'][spare].get('spare_name')}", "at": at}
                by = str(each.get("repaired_by"))
                yield Seen(key, "repair_spares", str(each.get("repair_spares")), INSPECTOR.code, about, by)


def _by_month(held: RegisterView, today: date) -> FigureRows:
    rows: list[list[work.FigureCell]] = []
    for month, those in work.by_month(held["equipment_faults"].values(), "fault_at", today).items():
        at_once = sum(each.get("first_result") == CLEARED.code for each in those)
        stood = work.mean(durations.hours_taken(each.get("fault_at"), each.get("runs_again_at")) for each in those)
        rows.append([month, len(those), at_once, stood])
    return rows


_ABOUT = Localized("操作人员先处理，不行找运行人员，再不行呼叫点检员抢修，之后分析原因", "The operator first, then the people on duty, then the inspector; afterwards it is said why")  # fmt: skip
_HELP = Localized("及时处理；不能排除的呼叫点检员，夜间和节假日也呼叫", "Deal with it, or call the inspector, at night too")  # fmt: skip
_REPAIR = Localized("马上到场抢修，夜间和节假日也一样；写明用了哪些备件", "Come at once and repair it, at night and on holidays too; say which spares were used")  # fmt: skip
_RETIRED = Localized("设备“{value}”已停用，这条异常还没有关闭", "“{value}” is out of use, and this fault is still open")  # fmt: skip
_NO_NOTE = Localized("“{value}”没有写紧急处理情况或交接班记录", "“{value}”: nobody has said what was done at once, or handed over")  # fmt: skip
PROCEDURE = Procedure(
    "equipment_faults",
    Localized("设备异常处理", "Equipment faults"),
    about=_ABOUT,
    roles=(OPERATOR, ON_DUTY, INSPECTOR, EQUIPMENT_HEAD),
    parameters=(REPAIR_HOURS,),
    registers=(
        Register(
            "equipment_faults",
            Localized("设备异常", "Faults"),
            forms=tuple(map(describe, (Fault, FaultOnDuty, FaultRepaired, FaultAnalysed, FaultEnded))),
            states=(TO_HELP, TO_REPAIR, TO_ANALYSE, FAULT_OVER, FAULT_ENDED),
            manager=EQUIPMENT_HEAD.code,
            told=("first_result",),
            looks_at=("equipment", "spares", "spare_moves"),
            opens=(CreatesRecords(_from_checks),),
            led_anew=LED_ANEW,
            refers=(Refers("faulty_equipment", "equipment", (IN_USE.code, TO_CHECK.code)),),
            stages=(
                Stage(
                    "report_fault",
                    Localized("异常报告", "Report"),
                    OPERATOR.code,
                    "equipment_fault",
                    transitions=(
                        Transition(FAULT_OVER.code, when=(("first_result", (CLEARED.code,)),)),
                        Transition(TO_REPAIR.code, when=(_NOT_CLEARED, ("fault_told", (INSPECTOR.code,)))),
                        Transition(TO_HELP.code, when=(_NOT_CLEARED,)),
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
                    transitions=fields.decided("duty_result", TO_ANALYSE, TO_REPAIR, CLEARED, NOT_CLEARED, calls=True),
                    task=_HELP,
                ),
                Stage(
                    "repair_fault",
                    Localized("抢修", "Repair"),
                    INSPECTOR.code,
                    "fault_repaired",
                    TO_REPAIR.code,
                    between=(TO_HELP.code,),  # called, or come, while the people on duty were asked
                    due_by="repair_by",
                    strict=True,
                    whom=INSPECTED_BY.code,
                    spread=True,
                    transitions=(Transition(TO_ANALYSE.code),),
                    task=_REPAIR,
                ),
                Stage(
                    "analyse_fault",
                    Localized("故障分析", "Say why"),
                    INSPECTOR.code,
                    "fault_analysed",
                    TO_ANALYSE.code,
                    days=3,
                    strict=True,
                    whom=INSPECTED_BY.code,
                    spread=True,
                    transitions=(Transition(FAULT_OVER.code),),
                    task=Localized("分析原因，写明防范措施", "Say why it failed, and what prevents it"),
                ),
                END_FAULT,
            ),
            numbered=Numbered("YC{yy}{month}{serial:03d}", ("faulty_equipment", "fault_at"), "fault_at"),
            derived=(
                Derived(INSPECTED_BY, look=_inspector),
                Derived(CALLED_AT, _called_at),
                FAULT_CAME,
                *known_of_piece(_is_repaired),
                durations.after_hours(
                    "help_by", Localized("运行人员到场时限", "Help by"), "fault_at", 4, anew=LED_ANEW.field.code
                ),
                durations.after_hours("repair_by", Localized("抢修时限", "Repair by"), CALLED_AT.code, REPAIR_HOURS),
            ),
            count_by=("faulty_equipment",),
            watches=(
                watching.same_again(
                    "faults.same_again",
                    "equipment_faults",
                    ("faulty_equipment", "fault_at"),
                    Localized("设备和发生时间", "equipment and moment"),
                    "fault_by",
                ),
                watching.passed_over(
                    "faults.not_over",
                    "equipment_faults",
                    (("first_result", NOT_CLEARED),),
                    ("duty_ended_at", "repaired_by"),
                    "fault_text",
                    (FAULT_OVER.code,),
                    Localized(
                        "“{what}”办结以后才改为“{value}”，没有人去处理",
                        "“{what}” was over before it was called {value}: nobody has been called to it",
                    ),
                    Localized(
                        "还没有好的，另报一条设备异常；已经好了的改回，或选“知道了”",
                        "Report what still does not work as a fault of its own; else put it right, or note it",
                    ),
                    EQUIPMENT_HEAD.code,
                ),
                TOLD_LATE,
                checked_well((TO_HELP.code, TO_REPAIR.code), INSPECTED_BY.code),
                warning(
                    "faults.retired",
                    _RETIRED,
                    Localized(
                        "不用再修的作废；设备还在用的换新编号登记，再在总表把本条改为新编号",
                        "End it; what still runs is listed under a new number, to be put here in the master",
                    ),
                    _of_retired,
                ),
                warning(
                    "faults.before_use",
                    Localized(
                        "异常发生在 {value}，设备“{equipment}”{since} 才启用",
                        "It came up on {value}; “{equipment}” is in use from {since} only",
                    ),
                    Localized("核对设备编号和日期", "Check the number of the equipment, and both days"),
                    _before_use,
                ),
                warning(
                    "faults.no_shift_note",
                    _NO_NOTE,
                    Localized(
                        "在总表这一行补写，或请设备主管补写",
                        "Write it into its row of the master, or have the head do so",
                    ),
                    _no_shift_note,
                ),
                warning(
                    "faults.not_taken_out",
                    Localized(
                        "抢修写明用了“{value}”，备件 {spare} 从 {at} 起没有领用记录",
                        "The repair used “{value}”, but of spare {spare} nothing was taken out since {at}",
                    ),
                    Localized("补登记领用；没有用的改正备件", "List what was taken out, or correct the spares used"),
                    _not_taken_out,
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
