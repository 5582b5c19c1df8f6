"""The forms of customer files: the file, what completes it, its signature, its check, its end; what was updated when."""

from __future__ import annotations

import unicodedata

from schemas.language import FieldRole, Kind, Localized, Option, Rule, Severity, checks, fields
from schemas.language.ending import Ended
from schemas.language.model import Date, FormModel, Text, field, form, row_rule

MEMBER = Option("file_member", Localized("会员", "Member"))
OTHER = Option("file_other", Localized("其他客户", "Other"), ("非会员", "其他"))
WANTED = {
    "file_contact": Localized("建档联系人", "Contact"),
    "file_phone": Localized("建档电话", "Phone"),
    "file_address": Localized("建档地址", "Address"),
    "file_licence": Localized("执照号", "Business licence"),
    "file_goods": Localized("主营品类", "Main goods"),
    "file_terms": Localized("结算方式", "Terms of payment"),
}
"""What a complete file holds, by field code."""
ITEMS = (
    *(Option(f"{code}_item", words) for code, words in WANTED.items()),
    Option("file_other_item", Localized("其他资料", "Something else")),
)
FIELD_OF = {f"{code}_item": code for code in WANTED}
"""The field of the file that an item is about."""
PHONE_ITEM = "file_phone_item"

_ALSO = {
    "file_goods": ("主营产品", "主营业务", "主营商品", "主要品类", "经营品类", "经营范围", "主营项目"),
    "file_address": ("联系地址", "通讯地址", "通信地址", "单位地址", "公司地址", "邮寄地址"),
    "file_terms": ("货款结算方式", "付款方式", "支付方式", "付款条件", "结算条件", "结算周期", "结算条款", "付款周期"),
    "file_licence": ("营业执照号", "执照编号", "营业执照编号"),
}
NUMBER = Rule(
    "files.number",
    Severity.ERROR,
    Localized("{label}“{value}”不是 A 或 B 加 4 位数字", "{label} “{value}” is not A or B and 4 digits"),
    Localized(
        "会员 A 加 4 位数字，其他 B 加 4 位；新建的不填，由程序编号",
        "A and 4 digits for members, B for others; leave it blank where it is new",
    ),
    "A00123",
)
_FILE_NO = ("客户档案编号", "File No", "A0001")


def _wanted(code: str, example: str) -> Text:
    return field(WANTED[code].zh, WANTED[code].en, aliases=_ALSO.get(code, ()), example=example)  # type: ignore[no-any-return]


_KEEPERS = ("保管人", "档案保管人", "纸质档案保管人", "资料保管人", "档案管理员", "保管责任人", "存档人")
_FILERS = ("建档责任人", "建档经办人", "归档人", "档案建立人")


def _phone() -> Text:
    return fields.phone(WANTED["file_phone"].zh, WANTED["file_phone"].en, "13932820018")  # type: ignore[no-any-return]


class CustomerFile(
    FormModel, form=form("customer_file", "客户建档表", "Customer file", titles=("客户档案表", "客户档案登记表"))
):
    file_no: Text = fields.number(*_FILE_NO, given=True)
    file_customer: Text = fields.text("建档客户", "Customer", "惠民超市", names="customers", means=FieldRole.TITLE)
    file_class: Text = field("建档类别", "Class", aliases=("会员类别",), required=True, options=(MEMBER, OTHER))
    file_contact: Text = _wanted("file_contact", "张三喜")
    file_phone: Text = _phone()
    file_address: Text = _wanted("file_address", "周窝镇周窝村12号")
    file_licence: Text = _wanted("file_licence", "92131123MA0A1B2C3L")
    file_goods: Text = _wanted("file_goods", "烟酒副食")
    file_terms: Text = _wanted("file_terms", "月结")
    file_holder: Text = fields.text("纸档保管人", "Who keeps the paper file", "方晴", aliases=_KEEPERS)
    filed_on: Date = fields.day(
        "建档日期", "Filed on", trends=True, means=FieldRole.CAME_ON, aliases=("建立日期", "档案建立日期", "归档日期")
    )
    file_by: Text = fields.filled_by("建档人", "Filed by", "王建国", aliases=_FILERS)

    @row_rule(NUMBER, at="file_no")
    def is_a_file_number(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """A number that is typed is one of a member's file or of another one."""
        return frame["file_no"].isna() | frame["file_no"].astype(str).str.fullmatch("[AB][0-9]{4}")


class FileCompletion(FormModel, form=form("file_completion", "客户档案补充表", "Completing a file")):
    file_no: Text = fields.number(*_FILE_NO)
    file_contact: Text = _wanted("file_contact", "张三喜")
    file_phone: Text = _phone()
    file_address: Text = _wanted("file_address", "周窝镇周窝村12号")
    file_licence: Text = _wanted("file_licence", "92131123MA0A1B2C3L")
    file_goods: Text = _wanted("file_goods", "烟酒副食")
    file_terms: Text = _wanted("file_terms", "月结")
    file_mended: Text = field("补正说明", "What was put right", example="执照复印件已补入纸档")
    file_completed_by: Text = fields.done_by("档案补充人", "Completed by")


class FileSigned(FormModel, form=form("file_signed", "客户档案签阅表", "Signature of a file")):
    file_no: Text = fields.number(*_FILE_NO)
    sign_answer: Text = fields.decision("档案签阅结论", "Decision")
    sign_reason: Text = fields.reason("档案签阅意见", "Remark", "sign_answer")
    file_signed_on: Date = fields.done_on("档案签阅日期", "Signed on")
    file_signed_by: Text = fields.done_by("档案签阅人", "Signed by", "赵敏")


class FileCheck(FormModel, form=form("file_check", "客户档案验收表", "Check of a file")):
    file_no: Text = fields.number(*_FILE_NO)
    file_answer: Text = fields.decision("档案验收结论", "Decision")
    file_reason: Text = fields.reason("档案验收意见", "Remark", "file_answer")
    file_checked_by: Text = fields.done_by("档案验收人", "Checked by", "方晴")


def as_phone(text: str) -> str:
    """Return a telephone number as the file's own field holds it: no blanks, half-width figures."""
    return "".join(unicodedata.normalize("NFKC", text).split())


class FileUpdate(FormModel, form=form("file_update", "客户档案更新记录表", "What was updated")):
    file_update_no: Text = fields.number("更新编号", "Update No", "GX261101", given=True)
    updated_file: Text = fields.text("所更新档案", "File", "A0001", kind=Kind.CODE)
    updated_item: Text = field("更新项目", "What was updated", required=True, options=ITEMS)
    updated_content: Text = fields.text("更新内容", "New content", "13932829999")
    updated_on: Date = fields.done_on("更新日期", "Updated on")
    updated_by: Text = fields.filled_by("更新人", "Updated by", "王建国")

    @row_rule(checks.PHONE, at="updated_content")
    def is_a_phone(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """A new phone is judged as the file's own."""
        import pandas as pd

        fits = pd.Series(True, index=frame.index)
        said = frame["updated_content"][frame["updated_item"] == PHONE_ITEM].dropna().map(as_phone)
        fits[said.index] = checks.phone_number().holds(said)
        return fits


class FileEnded(Ended, form=form("file_ended", "客户档案作废单", "File ended")):
    file_no: Text = fields.number(*_FILE_NO)
