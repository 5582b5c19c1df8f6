"""The forms of a meeting: planned, confirmed, its room booked, rechecked, its minutes."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, Localized, Option, Rule, Severity, checks, fields
from schemas.language.ending import Ended
from schemas.language.model import Date, FormModel, Test, Text, WholeNumber, field, form
from schemas.language.work import NO, YES

READY = Option("things_ready", Localized("齐备可用", "Ready and working"), ("齐备", "正常"))
LACKING = Option("things_lacking", Localized("有缺项", "Something is missing"), ("缺",))
_NO = ("会议编号", "Meeting No", "HY2611001")
NO_HOUR = Rule(
    "meetings.no_hour",
    Severity.ERROR,
    Localized("{label}“{value}”没有写几点", "{label} “{value}” says no hour"),
    Localized("写明日期和几点几分，如 2026-11-05 10:00", "Give day and hour, like 2026-11-05 10:00"),
    "2026-11-05",
)


def _hour() -> Test:
    """What is to be ready hours before needs an hour."""
    return Test(NO_HOUR, lambda column: column.astype(str).str.len() > len("2026-11-05"))


def _when(*, required: bool) -> Text:
    moment: Text = field(
        "会议时间", "Held at", kind=Kind.MOMENT, required=required, tests=[_hour()], example="2026-11-05 10:00"
    )
    return moment


_LOOKS_BACK = Localized("同一系列的会，下次回顾上次的决议", "Meetings of one series look back at the one before")


class _OfMeeting(FormModel):
    meeting_no: Text = fields.number(*_NO)


class Meeting(
    FormModel, form=form("meeting_plan", "会议计划表", "Plan of a meeting", titles=("会议登记表", "会议通知"))
):
    meeting_no: Text = fields.number(*_NO, given=True)
    meeting_topic: Text = fields.text("会议主题", "About", "冬季供暖安排", means=FieldRole.TITLE)
    meeting_series: Text = fields.text("会议系列", "Series", "物业部例会", kind=Kind.CODE, help=_LOOKS_BACK)
    meeting_at: Text = _when(required=True)
    meeting_chair: Text = fields.text("会议主持人", "Chair", "郝主管")
    meeting_organiser: Text = fields.filled_by("会务责任人", "Organised by", "文静")


class MeetingConfirmed(_OfMeeting, form=form("meeting_confirmed", "会议确认表", "Meeting, confirmed")):
    meeting_topic: Text = field("会议主题", "About", example="冬季供暖安排")
    meeting_at: Text = _when(required=False)
    meeting_place: Text = fields.text("会议地点", "Place", "二楼会议室")
    attendees: Text = fields.text("参会人员", "Who takes part", "郝主管、施雯、陶静", kind=Kind.LIST)
    confirmed_at: Text = fields.moment("会议确认时间", "Confirmed at", "2026-11-03 16:00", means=FieldRole.DONE_ON)
    confirmed_by: Text = fields.done_by("会议确认人", "Confirmed by", "文静")


class RoomBooked(_OfMeeting, form=form("meeting_room", "会议室预约单", "Room booked")):
    meeting_room: Text = fields.text("预约会议室", "Room", "201 室")
    booked_at: Text = fields.moment("会议室预约时间", "Booked at", "2026-11-04 15:30", means=FieldRole.DONE_ON)
    booked_by: Text = fields.done_by("会议室预约人", "Booked by", "文静")


class Rechecked(_OfMeeting, form=form("meeting_rechecked", "会前复核表", "Checked before it begins")):
    meeting_changed: Text = field("会议安排有无变更", "Changed", required=True, options=(YES, NO))
    changes_told: Text = field(
        "变更告知情况",
        "Whom the change was told",
        required_when={"meeting_changed": (YES.code,)},
        example="已逐人电话告知",
    )
    meeting_at: Text = _when(required=False)
    meeting_place: Text = field("会议地点", "Place", example="二楼会议室")
    meeting_things: Text = field(
        "资料物品准备",
        "Papers and things",
        required=True,
        options=(READY, LACKING),
        example="有缺项",
        help=Localized("投影仪、电脑、录音笔、印刷品、饮水等", "Projector, computer, recorder, prints, water"),
    )
    things_lacking: Text = field(
        "缺项及补救", "What is missing", required_when={"meeting_things": (LACKING.code,)}, example="遥控笔，已借"
    )
    rechecked_at: Text = fields.moment("会前复核时间", "Checked at", "2026-11-05 08:00", means=FieldRole.DONE_ON)
    rechecked_by: Text = fields.done_by("会前复核人", "Checked by", "文静")

    none_told = checks.nothing_beside("meeting_changed", NO, "changes_told")
    none_lacking = checks.nothing_beside("meeting_things", READY, "things_lacking")


class Minutes(_OfMeeting, form=form("meeting_minutes", "会议纪要", "Minutes of a meeting", titles=("会议记录",))):
    meeting_came: WholeNumber = field("实到人数", "Came", kind=Kind.INTEGER, required=True, ge=1, example="8")
    minutes_text: Text = fields.text("会议内容纪要", "What was said", "供暖前完成管道检修")
    minutes_on: Date = fields.done_on("纪要日期", "Written on")
    minutes_by: Text = fields.done_by("纪要记录人", "Written by", "文静")


class MeetingEnded(Ended, form=form("meeting_ended", "会议取消单", "Meeting called off")):
    meeting_no: Text = fields.number(*_NO)
