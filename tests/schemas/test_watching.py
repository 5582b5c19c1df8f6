"""What registers are watched for, apart from any procedure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pipeline.domain.record import RecordState
from pipeline.domain.record_set import by_key
from pipeline.domain.register_views import Registers
from schemas.language import Catalogue, Procedure
from schemas.language.watching import not_among
from tests.render.offices import shop
from tests.tools.shop import SHOPS, words

LETTERS = replace(SHOPS, code="letters")
WATCH = not_among("letters.unknown", "letters", "shop_title", ((SHOPS.code, "shop_title"),), "", "boss")
CUSTOMERS = [shop("131123100001", "done", shop_title="惠民超市"), shop("131123100002", "done", shop_title="利民 商店")]


def letters(*names: str) -> list[RecordState]:
    return [shop(f"L{at}", "new", shop_title=name) for at, name in enumerate(names)]


def seen(held: Sequence[RecordState], customers: Sequence[RecordState] = CUSTOMERS) -> tuple[list[str], list[str]]:
    """Return the names that are told of, and the registers of which all records were fetched."""
    whole: list[str] = []

    def fetch(register: str) -> dict[str, RecordState]:
        whole.append(register)
        return by_key({LETTERS.code: held, SHOPS.code: customers}[register])

    def column(register: str, code: str) -> dict[str, str]:
        assert (register, code) == (SHOPS.code, "shop_title")
        return {each.key: str(each.values.get(code, "")) for each in customers}

    registers = Registers(Catalogue((Procedure("shop", words("开店"), (SHOPS, LETTERS)),)), fetch, {}, column=column)
    return [str(each.value) for each in WATCH.look(registers, date(2026, 11, 23))], whole


def test_who_is_none_of_the_customers_is_told_however_he_is_spelt_and_nobody_reads_all_customers_for_it() -> None:
    those = letters("惠民超市", "利民商店", "131123100002", "Ｌ利民", "惠民超市（北街）")
    assert seen(those) == (["Ｌ利民", "惠民超市（北街）"], [LETTERS.code])
    assert seen([]) == ([], [LETTERS.code])
    assert seen(those, []) == ([], [LETTERS.code])  # an office that keeps no customers knows nobody
