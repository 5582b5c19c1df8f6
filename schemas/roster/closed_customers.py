"""Customers that are no more, for declarations that go on about them by name."""

from __future__ import annotations

from schemas.language.work import RegisterView

GONE = "closed"
"""The state of a customer whose licence was given up (已注销)."""


def is_closed(held: RegisterView, name: str) -> bool:
    """Tell whether the register of customers knows a customer of that *name*, and none that still stands; no where it is not kept."""
    shops = held.holding("customers", "customer_name", name) if name else ()
    return bool(shops) and all(each.state == GONE for each in shops)
