"""The registers as declarations see them."""

from __future__ import annotations

from pipeline.domain.record import RecordState
from pipeline.domain.record_set import by_key
from pipeline.domain.register_views import Registers
from tests.render.offices import CATALOGUE, shop
from tests.tools.shop import SHOPS


def test_records_are_found_by_what_they_hold_also_when_that_has_changed_meanwhile() -> None:
    entries: dict[str, RecordState] = by_key(
        [shop("1", "new", town="北镇"), shop("2", "new", town="南镇"), shop("3", "new")]
    )
    held = Registers(CATALOGUE, lambda register: entries if register == SHOPS.code else {}, {})

    def keys(value: object) -> list[str]:
        return [each.key for each in held.holding(SHOPS.code, "town", value)]

    assert (keys("北镇"), keys("南镇"), keys("东镇"), keys(None), keys("")) == (["1"], ["2"], [], [], [])
    held.refresh(SHOPS.code, by_key([shop("2", "new", town="北镇"), shop("4", "new", town="南镇")]))
    assert (keys("北镇"), keys("南镇")) == (["1", "2"], ["4"])
    assert list(held.holding("nowhere", "town", "北镇")) == []
