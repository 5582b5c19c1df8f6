"""Customers that are closed for good: what still stands in their name is told, and nobody is asked about them any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schemas.language.ending import ended
from schemas.language.words import Localized
from schemas.language.work import RegisterView, Seen, Watch, warning


def closed_since(held: RegisterView, customers: tuple[str, str, str], name: str) -> date | None:
    """Return the day on which the customer of that *name*, or key, was closed; None where there is none, or one of that name is
    not.

    *customers* are the register, its field of the name, and the state of those closed.
    """
    register, called, closed = customers
    keyed = held[register].get(name)
    shops = [keyed] if keyed is not None else held.holding(register, called, name)
    days = [shop.since or date.min for shop in shops if shop.state == closed]
    return max(days) if days and len(days) == len(shops) else None


def closed_before(
    rule: str,
    register: str,
    name: str,
    day: str,
    customers: tuple[str, str, str],
    person: str,
    roles: tuple[str, ...],
    *,
    over: tuple[str, ...] = (),
) -> Watch:
    """Return the watch that tells whoever stands in field *person*, and *roles*, of records whose field *name* names a customer
    that had been closed before their *day* (field of a day, or month); where the record is neither ended nor in a state of *over*.

    *customers* are as ``closed_since`` takes them.
    """
    silent = {ended(register), *over}

    def look(held: RegisterView, today: date) -> Iterator[Seen]:
        for key, each in held[register].items():
            about, on = str(each.get(name) or ""), str(each.get(day) or "")[:10]
            closed = closed_since(held, customers, about) if on and each.state not in silent else None
            if closed is not None and on > closed.isoformat()[: len(on)]:
                said: dict[str, str | Localized] = {"since": closed.isoformat(), "what": key}
                yield from (Seen(key, name, about, role, said) for role in roles)
                if each.get(person):
                    yield Seen(key, name, about, "", said, str(each.get(person)))

    return warning(
        rule,
        Localized(
            "“{value}”{since} 已注销，{what} 却在其后",
            "“{value}” was closed on {since}, and {what} is of a later day",
        ),
        Localized(
            "核对客户名称和日期；确是注销后的，作废或退回", "Check name and day; end it, or return it, where he is gone"
        ),
        look,
    )
