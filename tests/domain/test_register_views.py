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


def test_one_field_of_a_register_is_told_without_its_records_until_they_are_wanted() -> None:
    held = [shop("1", "new", town="北镇", size=3), shop("2", "new")]
    whole: list[str] = []

    def fetch(register: str) -> dict[str, RecordState]:
        whole.append(register)
        return by_key(held)

    seen = Registers(
        CATALOGUE, fetch, {}, column=lambda register, code: {each.key: str(each.values.get(code, "")) for each in held}
    )
    assert seen.column(SHOPS.code, "town") == {"1": "北镇", "2": ""}
    seen.refresh(SHOPS.code, by_key([shop("2", "new", town="南镇"), shop("3", "new", size=4)]))
    assert seen.column(SHOPS.code, "town") == {"1": "北镇", "2": "南镇", "3": ""}
    assert seen.column("nowhere", "town") == {}
    assert whole == []

    size = {"1": "3", "2": "", "3": "4"}
    assert seen.column(SHOPS.code, "size") == size
    assert [each.key for each in seen[SHOPS.code].values()] == ["1", "2", "3"]  # what had changed before is among them
    assert (seen.column(SHOPS.code, "size"), seen.column(SHOPS.code, "town")["2"], whole) == (
        size,
        "南镇",
        [SHOPS.code],
    )
