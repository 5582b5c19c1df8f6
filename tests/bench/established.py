"""An office that has been at work for years: its customers stand in the ledger, verified, reviewed and archived.

They are written into the ledger by its own door, not read from sheets: the licence numbers of one county have room for
200,000, and what is measured is the day after. They are of as many counties as it takes, none of them that of the new
sheets. The run that follows, which is not measured, writes all reports.
"""

from __future__ import annotations

import random
from datetime import date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from pipeline.domain.place import column_name
from pipeline.domain.record import Event, RecordState
from pipeline.domain.record_fold import fold
from pipeline.merge.find_duplicates import FindDuplicates
from pipeline.outside.ledger import open_ledger
from schemas.language.catalogue import load_catalogue
from tests.bench.sheets import TOWNS, customer

_DAY = date(2026, 10, 30)
_NOW = datetime(2026, 10, 30, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
_FIRST_COUNTY, _A_COUNTY = 131_130, 200_000
_AT_ONCE = 10_000


def fill(ledger_url: str, count: int) -> None:
    """Enter *count* customers into the ledger of an office that has taken in its roster."""
    ledger = open_ledger(ledger_url)
    with ledger.transaction() as uow:
        areas = {str(area.values["area_name"]): area.key for area in uow.records.get("areas").values()}
        owners = {key: str(area.values["account_manager_no"]) for key, area in uow.records.get("areas").items()}
        run, first = uow.runs.start(_DAY, _NOW), uow.events.last_number() + 1
    events = (_archived(at, first + at, run, areas, owners) for at in range(count))
    while held := list(islice(events, _AT_ONCE)):
        entries = [entry for event in held if (entry := fold([event])) is not None]
        with ledger.transaction() as uow:
            uow.events.add(held)
            uow.records.put(entries)
            uow.blocking_keys.put("customers", _traits(entries), held[-1].number)
    ledger.close()


def _traits(entries: list[RecordState]) -> set[tuple[int, str]]:
    """By what later records that are one with these will be found, as the run that takes in a record keeps it."""
    register = load_catalogue().register("customers")
    assert register.duplicate_rule is not None
    finder = FindDuplicates(register, register.duplicate_rule)
    return {
        (trait, entry.key)
        for entry in entries
        for blocking_keys in finder.blocking_keys(finder.profile(entry.values))
        for trait in blocking_keys
    }


def _archived(at: int, number: int, run: int, areas: dict[str, str], owners: dict[str, str]) -> Event:
    """One customer as registration, visit and review have left it: some thirty columns of the master."""
    values = _values(at)
    area = areas[TOWNS[at % len(TOWNS)]]
    return Event(
        register="customers",
        key=values["licence_no"],
        form="registration",
        values=values,
        cells={code: f"{column_name(column)}{at % 20 + 2}" for column, code in enumerate(values)},
        before={},
        state="archived",
        owner=owners[area],
        area=area,
        why=f"{TOWNS[at % len(TOWNS)]}（所属区域）",
        submission=f"{at // 20:064}",
        file=f"登记-{at // 20:05}.xlsx",
        sheet="登记",
        actor="李敏",
        on=_DAY,
        opens=True,
        number=number,
        run=run,
    )


def _values(at: int) -> dict[str, str]:
    row, dice = customer(at % _A_COUNTY), random.Random(at)
    licence = f"{_FIRST_COUNTY + at // _A_COUNTY}{str(row[0])[6:]}"
    urban = dice.random() < 0.5
    return {
        "licence_no": licence,
        "customer_name": f"{row[1]}",
        "principal": f"{row[2]}",
        "resident_id": f"{licence[:6]}{str(row[3])[6:]}",
        "credit_code": f"92{licence[:6]}MA{at:08}",
        "contact_phone": f"139{at:08}",
        "shop_address": f"{row[6]}{at}室",
        "area_of_shop": f"{row[7]}",
        "market_type": "urban" if urban else "rural",
        "trade_type": "grocery",
        "valid_from": f"{row[10]}",
        "valid_until": f"{row[11]}",
        "registered_on": "2026-10-12",
        "filled_by": "李敏",
        "verdict": "as_stated",
        "trading_district": dice.choice(("commercial", "residential", "fair")),
        "shop_scale": dice.choice(("large", "medium", "small")),
        "order_way": "online",
        "pay_way": "electronic",
        "order_day": dice.choice(("mon", "tue", "wed", "thu", "fri")),
        "delivery_route": f"{at % 40:02}线",
        "customer_grade": str(dice.randint(1, 30)),
        "policy_told": "done",
        "supply_told": "done",
        "ordering_told": "done",
        "verified_on": "2026-10-20",
        "verified_by": "王建国",
        "conclusion": "passed",
        "reviewed_by": "赵敏",
        "customer_class": "1101",
        "archive_no": f"2026-{at:07}",
    }
