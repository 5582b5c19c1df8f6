"""The forms of a property office: what is looked at each day, what each week, quarter and year asks, what is to be mended."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, Localized, Option, Rule, Severity, checks, fields
from schemas.language.context import context
from schemas.language.ending import Ended
from schemas.language.model import Date, Declared, FormModel, Frame, Text, Verdict, WholeNumber, field, form, row_rule
from schemas.language.work import NO, YES

NORMAL = Option("point_normal", Localized("正常", "In order"), ("无异常", "完好"))
AT_ONCE = Option("mended_at_once", Localized("已当场处理", "Mended at once"), ("当场处理",))
TO_MEND = Option("point_to_mend", Localized("待整改", "To mend"), ("需整改",))
TO_STATION = Option("for_station_head", Localized("上报站长", "For the head of the station"), ("上报", "重大"))
TO_COLLECTOR = Option("for_collector", Localized("转收费员", "For the fee collector"), ("告知收费员",))
FOUND = (NORMAL, AT_ONCE, TO_MEND, TO_STATION)
POINTS = ("unlawful_use", "dangers", "cleanliness", "public_works", "outdoor_drains")
"""The fields of a patrol that hold what was found at each of its five points."""
_NO = ("管理处事项编号", "Duty No", "XS2026-11-03-WY01")
UNSAID = Rule(
    "property.unsaid",
    Severity.ERROR,
    Localized("有项目不正常，没有写明发现了什么", "A point is not in order, and what was found is not said"),
    Localized("写明在哪里、是什么问题", "Say where it is, and what is wrong"),
)
NO_DAY = Rule(
    "property.no_day",
    Severity.ERROR,
    Localized("有项目待整改，没有写明整改期限", "A point is to be mended, and no day is given"),
    Localized("写明哪天前整改好", "Give the day by which it is to be mended"),
)


class _OfDuty(FormModel):
    duty_no: Text = fields.number(*_NO)


class PropertyDuty(
    _OfDuty, form=form("property_duty", "管理处事项", "Duty of a property office")
):  # the program opens it
    duty_title: Text = field("管理处事项", "Duty", means=FieldRole.TITLE)
    duty_rhythm: Text = field(
        "事项周期",
        "How often",
        options=fields.options(
            ("each_day", "每日", "Daily"),
            ("each_week", "每周", "Weekly"),
            ("each_quarter", "每季", "Quarterly"),
            ("each_year", "每年", "Yearly"),
        ),
    )
    duty_sheet: Text = field(
        "记录方式",
        "How it is recorded",
        options=fields.options(
            ("as_patrol", "巡视记录", "Patrol"),
            ("as_log", "当日工作记录", "Log"),
            ("as_check", "检查走访记录", "Check"),
            ("as_report", "报表计划", "Report"),
        ),
    )
    duty_by: Date = field("事项期限", "Due", kind=Kind.DATE)
    duty_person: Text = field("事项责任人", "Whose it is")


class _DutyDone(_OfDuty):
    duty_done_on: Date = fields.done_on("事项办理日期", "Done on")
    duty_done_by: Text = fields.done_by("事项办理人", "Done by", "温主任")


def _point(zh: str, en: str, zh_look: str, en_look: str, example: Option = NORMAL) -> Declared:
    return field(zh, en, required=True, options=FOUND, help=Localized(zh_look, en_look), example=example.words.zh)


class _Found(_DutyDone):
    """What a patrol or a check leaves to be mended."""

    mend_before: Date = fields.day("整改期限", "Mend by", required=False, example="2026-11-06")
    mender: Text = field("整改责任人", "Who mends it", example="周维修")

    @row_rule(checks.ORDER, at="mend_before")
    def mended_afterwards(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """What was found is mended on the day on which it was found, or later."""
        import pandas as pd

        done = frame["duty_done_on"]
        return ~(frame["mend_before"] < done) | (
            done > pd.Timestamp(context().today)
        )  # a day to come is told for itself


class PropertyPatrol(
    _Found, form=form("property_patrol", "小区巡视记录表", "Patrol of the estate", titles=("巡视记录",))
):
    unlawful_use: Text = _point(
        "违章行为", "Unlawful use", "私搭乱建、违章装修、乱画乱贴、乱摆摊位", "Building, posters, stalls"
    )
    dangers: Text = _point(
        "安全隐患", "Dangers", "房屋、消防、电线、可疑人员", "Houses, fire, wires, strangers", TO_MEND
    )
    cleanliness: Text = _point(
        "环境卫生", "Cleanliness", "垃圾、花木、车辆停放", "Litter, trees and flowers, parked cars"
    )
    public_works: Text = _point(
        "基础设施", "Public works", "照明、上下水、道路、娱乐设施、路障", "Lamps, water, roads, barriers"
    )
    outdoor_drains: Text = _point("室外雨污水管道", "Drains outdoors", "有无阻塞", "Whether they are blocked")
    patrol_found: Text = field("巡视发现的问题", "What was found", example="3 号楼消防通道被堵")

    @row_rule(UNSAID, at="patrol_found")
    def found_is_said(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """What is not in order is told."""
        return _all_in(frame, (NORMAL,)) | frame["patrol_found"].notna()

    # a matter is opened by the point that is not in order: what is said beside five in order would be lost
    none_found = checks.nothing_beside(POINTS, NORMAL, "patrol_found")
    none_to_mend = checks.nothing_beside(POINTS, NORMAL, "mend_before")
    nobody_mends = checks.nothing_beside(POINTS, NORMAL, "mender")

    @row_rule(NO_DAY, at="mend_before")
    def day_is_given(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """What is to be mended has a day."""
        return _all_in(frame, (NORMAL, AT_ONCE, TO_STATION)) | frame["mend_before"].notna()


def _all_in(frame: Frame, those: tuple[Option, ...]) -> Verdict:
    codes = [each.code for each in those]
    fits: Verdict = frame[list(POINTS)].apply(lambda column: column.isna() | column.isin(codes)).all(axis=1)
    return fits


class PropertyLog(_DutyDone, form=form("property_log", "管理处当日工作记录表", "Log of the day")):
    fees_helped: WholeNumber = field(
        "协助收费户数", "Fees collected", kind=Kind.INTEGER, required=True, ge=0, example="3"
    )
    received: WholeNumber = field(
        "接待来信来访件数", "Letters and callers", kind=Kind.INTEGER, required=True, ge=0, example="2"
    )
    advised: WholeNumber = field(
        "解答业务咨询件数", "Questions answered", kind=Kind.INTEGER, required=True, ge=0, example="4"
    )
    office_kept: Text = field("内务整理", "Office kept in order", required=True, options=(YES, NO))


class PropertyCheck(_Found, form=form("property_check", "管理处检查走访记录表", "Check or visit")):
    check_text: Text = fields.text("检查走访情况", "What was found", "2 单元楼梯间照明不亮")
    check_result: Text = field(
        "检查走访结论", "Result", required=True, options=(*FOUND, TO_COLLECTOR), example="待整改"
    )
    written_report: Text = field(
        "书面报告编号",
        "Written report",
        kind=Kind.CODE,
        required_when={"check_result": (TO_STATION.code,)},
        example="SM2611001",
    )

    @row_rule(NO_DAY, at="mend_before")
    def check_gives_a_day(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """What is to be mended has a day."""
        return (frame["check_result"] != TO_MEND.code) | frame["mend_before"].notna()

    none_to_mend = checks.nothing_beside("check_result", NORMAL, "mend_before")
    nobody_mends = checks.nothing_beside("check_result", NORMAL, "mender")


class PropertyReport(
    _DutyDone, form=form("property_report", "管理处报表计划登记表", "Report or plan of a property office")
):
    report_no: Text = fields.text("报表计划编号", "Report plan No", "BB2026-4", kind=Kind.CODE)
    report_text: Text = fields.text("报表计划要点", "What it says", "应收 120 户，拖欠 3 户，已上门催缴")


class DutyEnded(Ended, form=form("property_duty_ended", "管理处事项作废单", "Duty ended")):
    duty_no: Text = fields.number(*_NO)
