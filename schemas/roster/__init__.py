"""人员与辖区: what the office says of itself: who works here, who serves what, what it has set, and what its papers call things.

Itself forms, dropped in the inbox like any other.
"""

from schemas.language import Localized, Procedure, Register
from schemas.language.model import describe
from schemas.language.parameters import DAY_BEGINS_AT, DAY_ENDS_AT
from schemas.language.work import Numbered
from schemas.roster.areas import AreaList
from schemas.roster.holidays import HolidayTable
from schemas.roster.learned_names import NameList, name_key
from schemas.roster.parameters import ParameterTable
from schemas.roster.people import StaffList

PROCEDURE = Procedure(
    code="roster",
    title=Localized("人员与辖区", "People and areas"),
    roster=True,
    parameters=(DAY_BEGINS_AT, DAY_ENDS_AT),
    registers=(
        Register("people", Localized("人员", "Staff"), forms=(describe(StaffList),)),
        Register("areas", Localized("辖区", "Areas"), forms=(describe(AreaList),)),
        Register(
            "names",
            Localized("栏目对照", "Column names"),
            forms=(describe(NameList),),
            numbered=Numbered("{prefix}", prefix=name_key),
        ),
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
