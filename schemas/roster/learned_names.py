"""栏目对照: what a label or an answer of people's own means, as somebody has said who was asked."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, Layout, Localized, Values
from schemas.language.identifier import identifier
from schemas.language.model import Date, FormModel, Text, field, form

# fmt: off


class NameList(
    FormModel,
    form=form("name_list", "栏目对照", "Column names", titles=("栏目对照表",), layouts=(Layout.LIST,)),
):
    """One name a row: a label, or an answer to a choice."""

    taught_no: Text = field("对照编号", "Name No", kind=Kind.CODE, key=True, given=True, help=Localized("不填，由程序编号", "Leave blank: the program gives it"))
    taught_form: Text = field("所在表格", "On the form", required=True, means=FieldRole.NAME_FORM, example="新入网户登记表")
    taught_field: Text = field("所在栏目", "In the column", means=FieldRole.NAME_FIELD, help=Localized("表头的写法不填；选项的写法填它在哪一栏", "Blank for a label; for an option its column"))
    taught_as: Text = field("原有写法", "As written", required=True, means=FieldRole.NAME_WRITTEN, example="店老板")
    taught_means: Text = field("对照含义", "Stands for", required=True, means=FieldRole.NAME_MEANS, example="负责人",
        help=Localized("本表的栏目名、选项名，或“不是本表栏目”", "A column or option of that form, or “Not one of our columns”"))
    taught_by: Text = field("答复人", "Answered by", means=FieldRole.SUBMITTER, example="王建国")
    taught_since: Date = field("启用日期", "In force from", kind=Kind.DATE, means=FieldRole.STARTS, example="2026-11-03")
    taught_until: Date = field("停用日期", "Taken back on", kind=Kind.DATE, means=FieldRole.NAME_DROPPED,
        help=Localized("从这天起不再照此读，留空为一直有效", "From this day it holds no more; blank while it does"))


def name_key(values: Values) -> str:
    """Return the key of a name: the form, the field of an answer, and what is written, however it is spaced."""
    parts = (str(values.get(code) or "") for code in ("taught_form", "taught_field", "taught_as"))
    return "·".join(filter(None, map(identifier, parts)))
