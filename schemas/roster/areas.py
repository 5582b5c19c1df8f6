"""辖区表: the areas of the county, their other names and who serves them, with the days in force."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, Localized, checks
from schemas.language.model import Date, FormModel, Text, field, form
from schemas.roster.roles import ACCOUNT_MANAGER, MARKET_MANAGER


class AreaList(FormModel, form=form("area_list", "辖区表", "Areas", titles=("区域表", "片区划分表", "辖区划分表"))):
    """One area a row."""

    area_code: Text = field(
        "区域代码",
        "Area code",
        kind=Kind.CODE,
        aliases=("辖区代码", "行政区划代码", "区划代码"),
        key=True,
        example="131123100",
        means=FieldRole.AREA_CODE,
        tests=[checks.area_code()],
        help=Localized("9 位数字：6 位县代码 + 3 位乡镇代码", "9 digits: 6 of the county, 3 of the town"),
    )
    area_name: Text = field(
        "区域名称", "Area", aliases=("辖区名称",), required=True, example="武强镇", means=FieldRole.AREA_NAME
    )
    area_aliases: Text = field(
        "别名",
        "Other names",
        kind=Kind.LIST,
        aliases=("别称", "村街名称", "所辖村街"),
        means=FieldRole.AREA_ALIASES,
        example="城关镇、平安街",
        help=Localized("村名、街道、旧名，用顿号隔开", "Villages, streets, old names, separated by 、"),
    )
    account_manager_no: Text = field(
        "客户经理工号", "Account manager No", kind=Kind.CODE, required=True, serves=ACCOUNT_MANAGER.code, example="K01"
    )
    market_manager_no: Text = field(
        "市场经理工号", "Market manager No", kind=Kind.CODE, required=True, serves=MARKET_MANAGER.code, example="S01"
    )
    in_force_from: Date = field(
        "启用日期", "In force from", kind=Kind.DATE, means=FieldRole.STARTS, example="2025-01-01"
    )
    in_force_to: Date = field(
        "停用日期",
        "In force to",
        kind=Kind.DATE,
        means=FieldRole.ENDS,
        help=Localized("在用的区域留空", "Leave blank while in force"),
    )

    ends_after_start = checks.in_order("in_force_from", "in_force_to")
