"""A duty that comes again: a check of the fire extinguishers, by the 20th working day of each month."""

from schemas.language import (
    Every,
    FieldRole,
    Kind,
    Localized,
    Option,
    Procedure,
    Recurring,
    Register,
    Stage,
    State,
    Transition,
    fields,
)
from schemas.language.model import Date, FormModel, Text, describe, field, form
from schemas.language.recurring import missed_in

GUARD = Option("fire_guard", Localized("消防员", "Fire guard"))
TO_CHECK, CHECKED = State("fire_to_check", Localized("待查", "To check")), State("fire_checked", Localized("已查", "Checked"), final=True)  # fmt: skip
MISSED = missed_in("fire_checks")


class Planned(FormModel, form=form("fire_plan", "消防检查计划表", "Fire check planned")):
    check_no: Text = fields.number("检查编号", "Check No", "2026-11")
    check_what: Text = fields.text("检查内容", "What", "灭火器", means=FieldRole.TITLE)
    check_due: Date = fields.day("检查期限", "Due")
    check_month: Text = field("检查月份", "Month", kind=Kind.MONTH)


class Done(FormModel, form=form("fire_done", "消防检查表", "Fire check")):
    check_no: Text = fields.number("检查编号", "Check No", "2026-11")
    check_found: Text = fields.text("检查情况", "Found", "压力正常")
    checked_by: Text = fields.done_by("检查人", "Checked by")


MONTHLY = Recurring(
    Every.MONTH, GUARD.code, due="check_due", key="{period}", values=(("check_what", "灭火器"),), workday=20, period="check_month", missed=MISSED.code
)  # fmt: skip
PROCEDURE = Procedure(
    "fire_checks", Localized("消防检查", "Fire checks"), roles=(GUARD,), registers=(Register(
        "fire_checks", Localized("消防检查", "Fire checks"), (describe(Planned), describe(Done)), (TO_CHECK, CHECKED, MISSED), recurs=(MONTHLY,),
        stages=(
            Stage("plan_fire", Localized("计划", "Plan"), GUARD.code, "fire_plan", transitions=(Transition(TO_CHECK.code),)),
            Stage("check_fire", Localized("检查", "Check"), GUARD.code, "fire_done", TO_CHECK.code, due_by="check_due", transitions=(Transition(CHECKED.code),)),
        ),
    ),),
)  # fmt: skip
