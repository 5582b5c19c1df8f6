"""Archived customers whose address lies in another area than the one they belong to: who still waits for a step is told by that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schemas.language import Localized
from schemas.language.work import RegisterView, Seen, warning
from schemas.roster.roles import MARKET_MANAGER

_SETTLED = ("archived", "paused")


def _moved_away(held: RegisterView, today: date) -> Iterator[Seen]:
    """Told to the market manager of the area that he is of, and of the one in which he lies by now."""
    areas = {str(area.get("area_name")): area for area in held["areas"].values() if area.get("area_name")}
    written = held.column("customers", "area_of_shop")
    for key, address in held.column("customers", "shop_address").items() if len(areas) > 1 else ():
        named = [name for name in areas if name in address]
        if not named or not written.get(key) or written[key] in named:
            continue
        customer = held["customers"][key]
        own = held["areas"].get(customer.area)
        if customer.state not in _SETTLED or own is None or own.get("area_name") in named:
            continue
        about = {"address": address, "area": str(own.get("area_name"))}
        told = {str(area.get("market_manager_no") or "") for area in (own, *(areas[name] for name in named))}
        for person in sorted(told):
            yield Seen(key, "area_of_shop", str(customer.get("customer_name")), MARKET_MANAGER.code, about, person)


MOVED_AWAY = warning(
    "customers.moved_away",
    Localized(
        "“{value}”的经营地址是“{address}”，所属区域还是“{area}”，仍由该区域的客户经理负责",
        "“{value}” lies at “{address}”, and still belongs to “{area}”, whose account manager keeps him",
    ),
    Localized(
        "搬走了的，交信息变更表改所属区域；地址写错的改正",
        "Change his area by a sheet of changes, or correct the address",
    ),
    _moved_away,
)
