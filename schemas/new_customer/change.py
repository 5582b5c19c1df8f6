"""信息变更表: what changes about a customer after registration: a value, a pause, a return, the end."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, Localized, Option
from schemas.language.model import Date, FormModel, Text, field, form
from schemas.new_customer import shared

CHANGED = Option("changed", Localized("变更", "Change"), ("信息变更", "更改", "更正", "变动"))
SUSPENDED = Option("suspended", Localized("停业", "Suspend"), ("歇业", "暂停营业", "暂停", "停业登记"))
RESUMED = Option("resumed", Localized("恢复营业", "Resume"), ("恢复", "复业", "重新营业", "恢复营业登记"))
CANCELLED = Option("cancelled", Localized("注销", "Cancel"), ("销户", "注销登记", "收回"))


class CustomerChange(
    FormModel,
    form=form(
        "change_sheet",
        "信息变更表",
        "Customer change",
        titles=("客户信息变更表", "零售户信息变更表", "信息变更登记表", "客户变更登记表"),
    ),
):
    """One change of one customer."""

    licence_no: Text = shared.licence_no()
    change_kind: Text = field(
        "变更类型",
        "Kind of change",
        aliases=("变更类别", "变更种类", "业务类型"),
        required=True,
        options=(CHANGED, SUSPENDED, RESUMED, CANCELLED),
    )
    change_item: Text = field(
        "变更项目",
        "Item",
        aliases=("变更内容", "变更事项", "变更栏目"),
        required_when={"change_kind": (CHANGED.code,)},
        means=FieldRole.ITEM,
        example="联系电话",
        help=Localized(
            "写登记表或核实表上的栏目名；同时改几项的，在单元格内换行，一行一项",
            "A label of the registration or verification; several of them on lines of their own within the cell",
        ),
    )
    changed_to: Text = field(
        "变更后内容",
        "New value",
        aliases=("变更后", "变更为", "新内容", "变更后信息", "更改后信息", "变更后值", "变更后情况", "变更后填写内容"),
        required_when={"change_kind": (CHANGED.code,)},
        means=FieldRole.NEW_VALUE,
        example="13932810019",
        help=Localized("与变更项目逐行对应", "Line by line as the items"),
    )
    effective_on: Date = field(
        "生效日期",
        "In force from",
        kind=Kind.DATE,
        aliases=("变更日期", "执行日期", "生效时间"),
        required=True,
        means=FieldRole.STARTS,
        example="2026-11-10",
        help=Localized("以后的日子也可以，到那天才生效", "It may lie ahead: the change then waits for its day"),
    )
    change_reason: Text = field(
        "原因",
        "Reason",
        aliases=("变更原因", "变更事由", "停业原因", "注销原因", "停业或注销原因", "停业/注销原因"),
        means=FieldRole.REASON,
        example="换号",
    )
    handled_by: Text = field(
        "经办人",
        "Handled by",
        aliases=(
            "经手人",
            "办理人",
            "经办",
            "经办客户经理",
            "业务经办人",
            "登记人",
            "录入人",
            "受理人",
            "操作人",
            "操作员",
        ),
        once=True,
        means=FieldRole.ACTOR,
        example="李敏",
    )
