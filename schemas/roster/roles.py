"""The roles of a marketing office."""

from __future__ import annotations

from schemas.form import Option, Words

MARKET_MANAGER = Option("market_manager", Words("市场经理", "Market manager"), ("市场部经理",))
ACCOUNT_MANAGER = Option("account_manager", Words("客户经理", "Account manager"), ("客户代表",))
ADMINISTRATOR = Option("system_admin", Words("系统管理员", "System administrator"), ("管理员", "系统员"))

ROLES = (MARKET_MANAGER, ACCOUNT_MANAGER, ADMINISTRATOR)
