"""The form of accounts that the company above has registered as its own."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, checks, fields
from schemas.language.model import Date, FormModel, Text, form


class UpstreamAccount(
    FormModel,
    form=form("upstream_account", "上游大客户注册表", "Accounts registered upstream", titles=("上游客户注册表",)),
):
    upstream_no: Text = fields.number("上游注册编号", "Upstream No", "惠民超市-2026-03-01", given=True)
    upstream_customer: Text = fields.text(
        "注册客户", "Customer registered", "惠民超市", kind=Kind.CODE, names="customers", means=FieldRole.TITLE
    )
    upstream_unit: Text = fields.text("上游注册单位", "Registered by", "省公司", aliases=("注册单位",))
    upstream_on: Date = fields.day("上游注册日期", "Registered on", trends=True, aliases=("注册日期",))
    upstream_until: Date = fields.day(
        "注册截止日期", "Last day registered", required=False, example="2027-12-31", aliases=("注销日期",)
    )
    upstream_by: Text = fields.filled_by("上游注册登记人", "Listed by", "马经理")

    ends_after_it_began = checks.in_order("upstream_on", "upstream_until", trends=True)
