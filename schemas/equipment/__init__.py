"""设备台账: each piece of equipment with its operator, its inspector and its spares, looked at every so many days.

``manual.toml`` says what the manuals give. Ours: how often it is looked at stands with each piece; a piece is taken out
of use by a form of its own, by the head alone where it is not his to run; a check is asked for half a cycle early, but no
more than three days, and taken whenever it was made; what was in use for long begins its cycle when it is entered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from schemas.language import (
    Against,
    Comparison,
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
    checks,
    durations,
    fields,
    naming,
    telling,
    watching,
)
from schemas.language.ending import Ended, ending
from schemas.language.model import Date, FormModel, Text, WholeNumber, describe, field, form
from schemas.language.work import NO, YES, Derived, FigureRows, Measure, RegisterView, Seen, Statistic, warning
from schemas.roster.roles import EQUIPMENT_HEAD, INSPECTOR, OPERATOR, STAFF, STAFF_UNTIL

_NO = ("设备编号", "Equipment No", "SB0001")
RUNS, RUNS_NOT = fields.options(("equipment_runs", "运行正常", "Runs"), ("equipment_fails", "运行异常", "Does not"))


class _OfEquipment(FormModel):
    equipment_no: Text = fields.number(*_NO)


class Equipment(
    _OfEquipment, form=form("equipment_record", "设备台账登记表", "Equipment", titles=("设备档案", "设备卡片"))
):
    equipment_name: Text = fields.text("设备名称", "Equipment", "1 号循环泵", means=FieldRole.TITLE)
    equipment_model: Text = field("设备规格型号", "Model", kind=Kind.CODE, example="ISG80-160")
    equipment_place: Text = fields.text("设备安装位置", "Where it stands", "换热站")
    equipment_operator: Text = fields.text("岗位操作人员", "Operator", "石师傅")
    equipment_inspector: Text = fields.text("设备点检员", "Inspector", "简工")
    equipment_spares: Text = field("主要备件", "Spares", kind=Kind.LIST, example="机械密封、轴承")
    spares_place: Text = field("备件存放处", "Where spares lie", example="换热站备件柜")
    in_use_from: Date = fields.day("设备启用日期", "In use from", example="2026-10-01")
    last_check: Date = field(
        "登记前上次点检日期", "Last check before it was entered", kind=Kind.DATE, tests=[checks.not_future()], example="2026-10-30",
        help=Localized("早已在用的设备填，从那天起算", "Of a piece in use for long: its cycle counts from then"),
    )  # fmt: skip
    check_cycle: WholeNumber = field(
        "点检周期（天）", "Days between checks", kind=Kind.INTEGER, required=True, ge=1, le=366, example="7"
    )
    equipment_listed_by: Text = fields.filled_by("设备登记人", "Listed by", "简工")

    checked_in_use = checks.in_order("in_use_from", "last_check")


class EquipmentCheck(_OfEquipment, form=form("equipment_check", "设备点检记录表", "Check of equipment")):
    check_state: Text = field("点检结果", "Result", required=True, options=(RUNS, RUNS_NOT), example=RUNS_NOT.words.zh)
    check_found: Text = field(
        "点检异常情况", "What is wrong", required_when={"check_state": (RUNS_NOT.code,)}, example="轴承温度偏高"
    )
    upkeep_done: Text = fields.text("日常维护内容", "Upkeep", "清扫、加油、紧固")
    equipment_checked_on: Date = fields.done_on("点检日期", "Checked on")
    equipment_checked_by: Text = fields.done_by("点检人", "Checked by", "石师傅")

    none_found = checks.nothing_beside("check_state", RUNS, "check_found")


class EquipmentRetired(Ended, form=form("equipment_retired", "设备停用单", "Equipment out of use")):
    equipment_no: Text = fields.number(*_NO)


IN_USE = State("equipment_in_use", Localized("在用", "In use"))
TO_CHECK = State("equipment_to_check", Localized("待点检", "To check"))
RETIRED, RETIRE = ending(
    "equipment",
    "equipment_retired",
    EQUIPMENT_HEAD.code,
    not_by=("equipment_operator",),
    against=(Against("ended_on", Comparison.NOT_BEFORE, "in_use_from"),),
)
_EARLY = 3
"""Days before it is due that a check is asked for at the most: before days off."""


def _next_check(values: Values) -> str | None:
    """A cycle after the last check, or after the piece was taken into use; where that was past when it was entered, after that day:
    what an office has had for years begins its cycle with the list, and nobody is late from before. Nothing is due before its use.
    """
    began, cycle = values.get("in_use_from"), values.get("check_cycle")
    last = max((str(day) for code in ("equipment_checked_on", "last_check") if (day := values.get(code))), default="")
    if not began or not cycle:
        return None
    last = last if last >= str(began) else ""
    days, listed = timedelta(days=int(cycle)), date.fromisoformat(str(values.get("equipment_listed_on") or began))
    first = date.fromisoformat(last or str(began)) + days
    return (first if last or first >= listed else listed + days).isoformat()


def _check_now(values: Values, held: RegisterView, today: date) -> str:
    early = timedelta(days=min(_EARLY, int(values.get("check_cycle", 0)) // 2))
    return (YES if str(values.get("next_check", "9999")) <= (today + early).isoformat() else NO).code


def _in_one_hand(held: RegisterView, today: date) -> Iterator[Seen]:
    for key, each in held["equipment"].items():
        operator = each.get("equipment_operator")
        if each.state != RETIRED.code and operator and operator == each.get("equipment_inspector"):
            yield Seen(key, "equipment_inspector", str(operator), EQUIPMENT_HEAD.code)


def _by_operator(held: RegisterView, today: date) -> FigureRows:
    every = [each for each in held["equipment"].values() if each.state != RETIRED.code]
    pieces = Counter(str(each.get("equipment_operator")) for each in every)
    waiting = Counter(str(each.get("equipment_operator")) for each in every if each.state == TO_CHECK.code)
    wrong = Counter(str(each.get("equipment_operator")) for each in every if each.get("check_state") == RUNS_NOT.code)
    missed: Counter[str] = Counter()
    for each in every:
        late = (today - date.fromisoformat(str(each.get("next_check") or today))).days
        missed[str(each.get("equipment_operator"))] += max(0, late // int(each.get("check_cycle") or 1))
    return [[who, count, waiting[who], missed[who], wrong[who]] for who, count in sorted(pieces.items())]


PROCEDURE = Procedure(
    "equipment",
    Localized("设备台账", "Equipment"),
    about=Localized(
        "每台设备写明操作人员、点检员和备件，按周期点检维护",
        "Each piece has an operator, an inspector and spares, and is looked at every so many days",
    ),
    roles=(OPERATOR, INSPECTOR, EQUIPMENT_HEAD),
    registers=(
        Register(
            "equipment",
            Localized("设备台账", "Equipment"),
            forms=tuple(map(describe, (Equipment, EquipmentCheck, EquipmentRetired))),
            states=(IN_USE, TO_CHECK, RETIRED),
            manager=EQUIPMENT_HEAD.code,
            stages=(
                Stage(
                    "list_equipment",
                    Localized("设备登记", "List"),
                    INSPECTOR.code,
                    "equipment_record",
                    expects_role=True,
                    transitions=(Transition(IN_USE.code),),
                ),
                Stage(
                    "wait_for_check",
                    Localized("等待点检", "Wait"),
                    EQUIPMENT_HEAD.code,
                    state=IN_USE.code,
                    transitions=(Transition(TO_CHECK.code, known=(("check_now", (YES.code,)),)),),
                ),
                Stage(
                    "check_equipment",
                    Localized("点检维护", "Check"),
                    OPERATOR.code,
                    "equipment_check",
                    TO_CHECK.code,
                    due_by="next_check",
                    whom="equipment_operator",
                    spread=True,
                    against=(Against("equipment_checked_on", Comparison.NOT_BEFORE, "in_use_from"),),
                    transitions=(Transition(IN_USE.code),),
                    between=(IN_USE.code,),
                    task=Localized(
                        "点检并做日常维护，异常的写明，由运行人员处理", "Look at it and care for it; say what is wrong"
                    ),
                ),
                RETIRE,
            ),
            derived=(
                durations.known_on("equipment_listed_on", Localized("台账登记日", "Entered on"), "in_use_from"),
                durations.entered_on(
                    "equipment_check_came", Localized("点检登记日", "Check entered on"), "equipment_checked_on"
                ),
                Derived(Field("next_check", Localized("下次点检日期", "Next check"), Kind.DATE), _next_check),
                Derived(
                    Field("check_now", Localized("是否到期点检", "Check now"), Kind.CHOICE, options=(YES, NO)),
                    look=_check_now,
                ),
            ),
            count_by=("equipment_place",),
            looks_at=("people",),
            watches=(
                naming.nobody_known(
                    "equipment.no_inspector",
                    "equipment",
                    ("equipment_inspector",),
                    (IN_USE.code, TO_CHECK.code),
                    "equipment_listed_by",
                    EQUIPMENT_HEAD.code,
                    STAFF_UNTIL,
                ),
                *(
                    naming.not_of_role(
                        f"equipment.{code}_role",
                        "equipment",
                        f"equipment_{code}",
                        (role,),
                        "equipment_listed_by",
                        STAFF,
                    )
                    for code, role in (("operator", OPERATOR), ("inspector", INSPECTOR))
                ),
                telling.came_in_late(
                    "equipment.came_late",
                    "equipment",
                    "equipment_checked_on",
                    "equipment_checked_by",
                    EQUIPMENT_HEAD.code,
                    "equipment_check_came",
                ),
                watching.still_blank(
                    "equipment.no_spares",
                    "equipment",
                    [describe(Equipment).field(code) for code in ("equipment_spares", "spares_place")],
                    "equipment_name",
                    (IN_USE.code, TO_CHECK.code),
                    "equipment_inspector",
                    EQUIPMENT_HEAD.code,
                    Localized(
                        "补在台账登记表上再交来；这台设备不备件的选“知道了”",
                        "Hand the sheet in again with them; note it where it has no spares",
                    ),
                ),
                warning(
                    "equipment.one_hand",
                    Localized(
                        "岗位操作人员和设备点检员都是“{value}”", "“{value}” is operator and inspector of the same piece"
                    ),
                    Localized("另定点检员", "Name another inspector"),
                    _in_one_hand,
                ),
            ),
            statistics=(
                Statistic(
                    "equipment_by_operator",
                    Localized("设备按操作人员", "Equipment by operator"),
                    Localized("操作人员", "Operator"),
                    (
                        Measure(Localized("设备", "Pieces")),
                        Measure(Localized("待点检", "To check")),
                        Measure(Localized("已漏检轮次", "Rounds missed by now")),
                        Measure(Localized("上次点检异常", "Wrong when last checked")),
                    ),
                    _by_operator,
                    on_page=False,
                ),
            ),
        ),
    ),
)
