"""节假日表: days off, and the weekends that are worked for them, where the program does not know them yet."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, Localized
from schemas.language.model import Date, FormModel, Text, field, form
from schemas.language.work import DAY_OFF, WORKED_DAY

# fmt: off


class HolidayTable(
    FormModel, form=form("holiday_table", "节假日表", "Holidays", titles=("节假日安排表", "放假安排表"))
):
    """One day a row."""

    holiday_no: Text = field("节假日编号", "Holiday No", kind=Kind.CODE, key=True, given=True, example="2027-01-01",
        help=Localized("不填，由程序编号", "Leave blank: the program gives it"))
    holiday_on: Date = field("放假补班日期", "Day", kind=Kind.DATE, aliases=("节假日日期", "放假日期", "调休日期"), required=True, means=FieldRole.CALENDAR_DAY, example="2027-01-01",
        help=Localized("一天一行，照国务院办公厅的通知", "A row for each day, as the State Council announces"))
    holiday_kind: Text = field("放假或补班", "Off or worked", aliases=("放假/补班", "节假日类别", "安排"), required=True, options=(DAY_OFF, WORKED_DAY), means=FieldRole.DAY_KIND,
        help=Localized("周一至周五不上班的写放假，周六周日上班的写补班", "A weekday that is free, or a weekend day that is worked"))
    holiday_name: Text = field("节日", "Holiday", aliases=("节日名称", "节假日名称"), example="元旦")
