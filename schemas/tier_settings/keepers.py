"""Who of the account managers keeps a customer: whoever serves the area of his shop."""

from __future__ import annotations

from schemas.language.work import RegisterView
from schemas.roster.roles import ACCOUNT_MANAGER

CUSTOMERS, AREAS = "customers", "areas"
CLOSED_CUSTOMERS = (CUSTOMERS, "customer_name", "closed")
"""The register of customers, its field of the name, and the state of those who are closed for good."""


def account_manager_of(held: RegisterView, customer: str) -> str | None:
    """Return the staff number of the account manager who serves *customer*, by name; None where it is not one alone."""
    shops = held.holding(CUSTOMERS, "customer_name", customer)
    areas = (held[AREAS].get(shop.area) for shop in shops if shop.state not in ("closed", "renewed"))
    managers = {str(area.get("account_manager_no") or "") for area in areas if area is not None}
    return managers.pop() or None if len(managers) == 1 else None


def keeper_of(held: RegisterView, customer: str, unit: str) -> str | None:
    """Return who of *unit* keeps *customer*, where it is an account manager's."""
    return account_manager_of(held, customer) if unit == ACCOUNT_MANAGER.code else None
