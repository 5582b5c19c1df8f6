"""The form of letters that authorise a unit to keep a diamond."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, checks, fields
from schemas.language.model import Date, FormModel, Text, field, form
from schemas.tier_settings.units import UNITS


class Authorisation(FormModel, form=form("tier_authorisation", "维护授权委托书登记表", "Letters of authorisation")):
    letter_no: Text = fields.number("授权委托书编号", "Letter No", "SQ2026001")
    authorised_customer: Text = fields.text(
        "授权客户", "Customer", "惠民超市", kind=Kind.CODE, names="customers", means=FieldRole.TITLE
    )
    authorised_unit: Text = field("受托单位", "Unit authorised", required=True, options=UNITS)
    authorised_from: Date = fields.day("授权起始日期", "From", example="2026-11-01")
    authorised_to: Date = fields.day("授权截止日期", "To", required=False, example="2027-10-31")
    authorised_by: Text = fields.filled_by("授权登记人", "Listed by", "马经理")

    ends_after_it_begins = checks.in_order("authorised_from", "authorised_to")
