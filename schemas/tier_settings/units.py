"""The units that approve and keep accounts: an office's own roles, and those of a company of several levels."""

from __future__ import annotations

from schemas.language import Localized, Option
from schemas.roster.roles import ACCOUNT_MANAGER, GENERAL_MANAGER, MANAGER, SALES_HEAD

UPPER = Option("upper_bureau", Localized("上级专业局", "Bureau above"), ("省局", "省函件集邮局", "省专业局"))
UPPER_CENTRE = Option(
    "upper_centre", Localized("上级大客户中心", "Key-account centre above"), ("省大客户中心", "省函件集邮局大客户中心")
)
BUREAU = Option("city_bureau", Localized("市专业局", "City bureau"), ("市局", "市邮政局", "市函件集邮局"))
CENTRE = Option("city_centre", Localized("市局大客户中心", "City's key-account centre"), ("大客户中心", "市大客户中心"))
COUNTY = Option("county_office", Localized("县函件集邮部", "County department"), ("县部", "区县函件集邮部", "县区部"))
UNITS = (GENERAL_MANAGER, MANAGER, SALES_HEAD, ACCOUNT_MANAGER, UPPER, UPPER_CENTRE, BUREAU, CENTRE, COUNTY)
"""Whoever may be chosen to approve, keep or be told of accounts: one office has the first four."""
