"""人员与辖区: who works here and who serves what. Itself two forms, dropped in the inbox like any other."""

from schemas.language import Procedure, Register, Words
from schemas.language.model import describe
from schemas.roster.areas import AreaList
from schemas.roster.people import StaffList

PROCEDURE = Procedure(
    code="roster",
    title=Words("人员与辖区", "People and areas"),
    roster=True,
    registers=(
        Register("people", Words("人员", "Staff"), forms=(describe(StaffList),)),
        Register("areas", Words("辖区", "Areas"), forms=(describe(AreaList),)),
    ),
)
