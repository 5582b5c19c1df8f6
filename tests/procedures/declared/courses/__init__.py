"""培训签到: one head for the whole sheet, a row an attendee, and a tenth of each course asked afterwards."""

from schemas.language import FieldRole, Localized, Option, Procedure, Register, Stage, State, Transition, fields
from schemas.language.model import Date, FormModel, Text, describe, field, form
from schemas.language.sampling import plain_share
from schemas.language.work import Numbered

TRAINER = Option("trainer", Localized("培训专员", "Trainer"))
ATTENDED = State("course_attended", Localized("已参加", "Attended"), final=True)


class Attendance(FormModel, form=form("course_attendance", "培训签到表", "Attendance of a course")):
    attendance_no: Text = fields.number("签到编号", "Attendance No", "安全-王建国", given=True)
    course: Text = field("课程", "Course", required=True, head=True, example="安全生产")
    course_on: Date = fields.day("培训日期", "Held on", trends=True)
    attendee: Text = fields.text("参训人", "Attendee", "王建国", means=FieldRole.TITLE)


PROCEDURE = Procedure(
    "courses",
    Localized("培训", "Courses"),
    roles=(TRAINER,),
    registers=(
        Register(
            "courses", Localized("培训", "Courses"), forms=(describe(Attendance),), states=(ATTENDED,),
            numbered=Numbered("{course}-{attendee}"),
            derived=(plain_share("asked_after", Localized("抽中回访", "Asked afterwards"), "courses", "attendance_no", "course", 10),),
            stages=(Stage("list_attendance", Localized("签到", "List"), TRAINER.code, "course_attendance", transitions=(Transition(ATTENDED.code),)),),
        ),
    ),
)  # fmt: skip
