"""人员与辖区: who works here and who serves what, and what the office has set. Themselves forms, dropped in the inbox like
any other.
"""

from schemas.language import Localized, Procedure, Register
from schemas.language.model import describe
from schemas.language.parameters import DAY_ENDS_AT
from schemas.language.work import Numbered
from schemas.roster.areas import AreaList
from schemas.roster.holidays import HolidayTable
from schemas.roster.parameters import ParameterTable
from schemas.roster.people import StaffList

PROCEDURE = Procedure(
    code="roster",
    title=Localized("人员与辖区", "People and areas"),
    roster=True,
    parameters=(DAY_ENDS_AT,),
    registers=(
        Register("people", Localized("人员", "Staff"), forms=(describe(StaffList),)),
        Register("areas", Localized("辖区", "Areas"), forms=(describe(AreaList),)),
        Register(
            "holidays",
            Localized("节假日", "Holidays"),
            forms=(describe(HolidayTable),),
            numbered=Numbered("{holiday_on}"),
        ),
        Register(
            "parameters",
            Localized("参数", "Parameters"),
            forms=(describe(ParameterTable),),
            numbered=Numbered("{parameter_name}@{parameter_from}"),
        ),
    ),
)
