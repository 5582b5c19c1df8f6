"""人员表: people, roles and addresses, with the days in force."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, Localized, checks
from schemas.language.model import Date, FormModel, Text, field, form
from schemas.roster.roles import ROLES

# fmt: off


class StaffList(FormModel, form=form("staff_list", "人员表", "Staff", titles=("员工表", "人员名单", "职工花名册"))):
    """One person a row."""

    staff_no: Text = field("工号", "Staff No", kind=Kind.CODE, aliases=("员工编号", "人员编号"), key=True, example="K01", means=FieldRole.PERSON_NO)
    staff_name: Text = field("姓名", "Name", aliases=("员工姓名",), required=True, example="王建国", means=FieldRole.PERSON_NAME)
    staff_role: Text = field("角色", "Role", aliases=("岗位", "职务"), required=True, options=ROLES, more_options=True, example="客户经理", means=FieldRole.PERSON_ROLE)
    staff_also: Text = field("兼任岗位", "Further roles", kind=Kind.LIST, aliases=("兼任", "兼职岗位"), means=FieldRole.PERSON_ROLES,
        help=Localized("还担任别的岗位的，写上岗位名，用顿号隔开", "Further roles by name, separated by 、"))
    staff_email: Text = field("邮箱", "E-mail", aliases=("电子邮箱", "邮件地址", "E-mail地址"), example="wangjg@example.com", means=FieldRole.PERSON_EMAIL, tests=[checks.email()],
        help=Localized("任务表和异常表发到这里", "Worklists and exceptions are sent here"))
    staff_mobile: Text = field("手机", "Mobile", kind=Kind.PHONE, aliases=("手机号", "手机号码"), private=True, tests=[checks.phone_number()], example="13932810001")
    serves_from: Date = field("启用日期", "In force from", kind=Kind.DATE, aliases=("到岗日期",), means=FieldRole.STARTS, example="2025-01-01")
    serves_to: Date = field("停用日期", "In force to", kind=Kind.DATE, aliases=("离岗日期",), means=FieldRole.ENDS, help=Localized("在岗的人留空", "Leave blank while in force"))

    staff_stand_in: Text = field("代办人", "Stand-in", aliases=("代理人", "代班人"), means=FieldRole.STAND_IN,
        help=Localized("请假期间，或按规定须回避时，由谁代办；写姓名或工号", "Who does the work while this person is away, or may not do it himself: name or number"))
    staff_away_from: Date = field("代办开始日期", "Stand-in from", kind=Kind.DATE, aliases=("代办起", "请假开始日期"), means=FieldRole.AWAY_FROM)
    staff_away_to: Date = field("代办结束日期", "Stand-in to", kind=Kind.DATE, aliases=("代办止", "请假结束日期"), means=FieldRole.AWAY_TO)

    comes_back_after_leaving = checks.in_order("staff_away_from", "staff_away_to")

    ends_after_start = checks.in_order("serves_from", "serves_to")
