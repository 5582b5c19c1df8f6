"""Samples: a tenth of a group, however they come to be listed; a share as records enter a state."""

from schemas.language import Field, Kind, Localized, Option, Procedure, Register, Stage, State, Transition, fields
from schemas.language.model import FormModel, Text, describe, form
from schemas.language.sampling import plain_share
from schemas.language.work import NO, YES, Draw

CHECKER = Option("letter_checker", Localized("信函抽查员", "Letter checker"))
SENT = State("letter_sent", Localized("已发", "Sent"), final=True)


class LetterSent(FormModel, form=form("letter", "信函登记表", "Letter")):
    letter_no: Text = fields.number("信函编号", "Letter No", "XH01")
    letter_to: Text = fields.text("收信乡镇", "Town", "周窝镇")
    letter_sort: Text = fields.text("信函种类", "Sort", "挂号")


CHECKED = Draw(Field("letter_checked", Localized("抽查", "Checked"), Kind.CHOICE, options=(YES, NO)), SENT.code, by="letter_sort", shares=(("挂号", 50),), rest=5)  # fmt: skip
ASKED = plain_share("letter_asked", Localized("抽中回访", "Asked"), "letters", "letter_no", "letter_to", 10)
PROCEDURE = Procedure(
    "letters", Localized("信函", "Letters"), roles=(CHECKER,), registers=(Register(
        "letters", Localized("信函", "Letters"), (describe(LetterSent),), (SENT,), draws=(CHECKED,), derived=(ASKED,),
        stages=(Stage("send_letter", Localized("发信", "Send"), CHECKER.code, "letter", transitions=(Transition(SENT.code),)),),
    ),),
)  # fmt: skip
