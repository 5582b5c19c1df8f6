"""The customer class code: market, trade and scale in three characters, CZ1."""

from __future__ import annotations

from schemas.language import Values
from schemas.new_customer import shared
from schemas.new_customer.verification import LARGE, MEDIUM, SMALL

_MARKET = {shared.URBAN.code: "C", shared.RURAL.code: "X"}
_TRADE = {
    shared.GROCERY.code: "Z",
    shared.CONVENIENCE.code: "B",
    shared.SUPERMARKET.code: "S",
    shared.MALL.code: "N",
    shared.TOBACCO.code: "Y",
    shared.LEISURE.code: "F",
    shared.OTHER_TRADE.code: "Q",
}
_SCALE = {LARGE.code: "1", MEDIUM.code: "2", SMALL.code: "3"}


def class_code(values: Values) -> str | None:
    """Return the class code of a verified customer; None until all three parts are known."""
    parts = (
        _MARKET.get(values.get("market_type", "")),
        _TRADE.get(values.get("trade_type", "")),
        _SCALE.get(values.get("shop_scale", "")),
    )
    return None if None in parts else "".join(part for part in parts if part)
