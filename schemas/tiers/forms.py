"""The forms of tiers: a customer's tier, its confirmation, and what was found when it was looked at again."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, Localized, Option, fields
from schemas.language.model import Declared, FormModel, Number, Text, field, form
from schemas.tier_settings import TIERS

QUANTILES = tuple(Option(f"quantile_{letter.lower()}", Localized(letter, letter)) for letter in "ABCD")
UP = Option("tier_up", Localized("上升", "Up"))
DOWN = Option("tier_down", Localized("下降", "Down"))
SAME = Option("tier_same", Localized("不变", "As before"))
BY_REVENUE = Option("by_revenue", Localized("按年收入", "By revenue"))
BY_UPSTREAM = Option("by_upstream", Localized("上游注册", "Registered upstream"))


def _customer(*, key: bool = True) -> Declared:
    words = ("分级客户", "Customer")
    return field(*words, kind=Kind.CODE, key=key, means=FieldRole.TITLE, example="惠民超市", names="customers")


class Tier(FormModel, form=form("customer_tier_sheet", "客户分级", "Tier of a customer")):  # the program opens it
    tier_customer: Text = _customer()
    customer_tier: Text = field("应列级别", "Tier by revenue", options=TIERS)
    tier_ground: Text = field("列级依据", "Why this tier", options=(BY_REVENUE, BY_UPSTREAM))
    year_revenue: Number = field("近 12 个月收入", "Revenue of 12 months", kind=Kind.NUMBER)
    tier_before: Text = field("上月应列级别", "Tier by revenue a month ago", aliases=("上月级别",), options=TIERS)
    revenue_before: Number = field("上月时 12 个月收入", "Revenue a month ago", kind=Kind.NUMBER)
    tier_move: Text = field("应列级别升降", "Tier by revenue moved", aliases=("级别升降",), options=(UP, DOWN, SAME))
    next_tier: Text = field("将达级别", "Tier nearly reached", options=TIERS)
    next_gap: Number = field("尚差金额", "Still missing", kind=Kind.NUMBER)
    quantile_tier: Text = field("四分位级别", "Tier by quantile", options=QUANTILES)


class TierConfirmation(FormModel, form=form("tier_confirmation", "客户级别审批表", "Decision on a tier")):
    tier_customer: Text = _customer()
    tier_answer: Text = fields.decision("级别审批结论", "Decision")
    confirmed_tier: Text = field(
        "核定级别", "Tier approved", options=TIERS, required_when={"tier_answer": (fields.APPROVED.code,)}
    )
    tier_reason: Text = fields.reason("级别审批意见", "Remark", "tier_answer")
    tier_confirmed_by: Text = fields.done_by("级别审批人", "Decided by", "孙总")


class Explanation(FormModel, form=form("tier_explanation", "客户级别复核表", "Tier, looked at again")):
    tier_customer: Text = _customer()
    tier_found: Text = fields.text("复核情况", "What was found", "10 月收入已更正")
    tier_explained_by: Text = fields.done_by("级别复核人", "Looked at by")
