"""A row typed below those of a worklist: taken where the record is his, else told once, with advice that works."""

from __future__ import annotations

from datetime import date

from pipeline.commands.run import run
from pipeline.settings import Settings
from schemas.language.sample import Cells
from tests.intake import test_returned_worklists
from tests.intake.test_returned_worklists import DAY, MINE, SECOND, hand_back, row_of, settings, typed_in
from tests.tools.customers import SHOP, customers, drop, shops, told

__all__ = ["settings"]
NEW: Cells = {**SHOP, "licence_no": "131123100042", "customer_name": "新开店", "contact_phone": "13932820042"}


def test_a_new_customer_typed_below_is_told_once_and_registering_it_settles_it(settings: Settings) -> None:
    hand_back(settings, lambda page: typed_in(page, "131123100042"))
    run(settings, today=DAY)
    ((_, sentence),) = told(settings)
    assert "131123100042”还没有登记" in sentence
    assert "131123100042" not in customers(settings)

    drop(settings, shops(NEW, name="登记.xlsx"))  # as advised
    run(settings, today=DAY)
    assert told(settings) == []
    assert customers(settings)["131123100042"]["当前状态"] == "待核实"

    hand_back(settings, lambda page: test_returned_worklists.fill(page, row_of(page, "131123100042")), "再填.xlsx")
    run(settings, today=DAY)
    assert told(settings) == []
    assert customers(settings)["131123100042"]["当前状态"] == "待审核"


def test_the_same_worklist_again_is_taken_once_the_customer_is_registered(settings: Settings) -> None:
    hand_back(settings, lambda page: typed_in(page, "131123100042"))
    content = (settings.inbox / "填好.xlsx").read_bytes()
    run(settings, today=DAY)
    drop(settings, shops(NEW, name="登记.xlsx"))
    (settings.inbox / "填好.xlsx").write_bytes(content)
    run(settings, today=DAY)
    run(settings, today=date(2026, 11, 4))
    assert told(settings) == []


def test_a_customer_of_his_typed_below_is_taken(settings: Settings) -> None:
    old = (settings.outbox / "worklists" / MINE).read_bytes()
    drop(settings, shops(NEW, name="登记.xlsx"))
    run(settings, today=DAY)
    (settings.outbox / "worklists" / MINE).write_bytes(old)

    hand_back(settings, lambda page: typed_in(page, "131123100042"))
    run(settings, today=DAY)

    assert told(settings) == []
    assert customers(settings)["131123100042"]["当前状态"] == "待审核"
    assert customers(settings)[str(SECOND["licence_no"])]["当前状态"] == "待核实"
