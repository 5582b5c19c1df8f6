"""人员与辖区: who works here and who serves what. Itself two forms, dropped in the inbox like any other."""

from schemas.language import Localized, Procedure, Register
from schemas.language.model import describe
from schemas.roster.areas import AreaList
from schemas.roster.people import StaffList

PROCEDURE = Procedure(
    code="roster",
    title=Localized("人员与辖区", "People and areas"),
    roster=True,
    registers=(
        Register("people", Localized("人员", "Staff"), forms=(describe(StaffList),)),
        Register("areas", Localized("辖区", "Areas"), forms=(describe(AreaList),)),
    ),
)
