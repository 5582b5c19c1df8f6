"""What many sheets say alike is one object; nothing that they say is changed by it."""

from __future__ import annotations

import copy
from datetime import date

from pipeline.domain.extract import Extract, Reading
from pipeline.domain.place import pack
from pipeline.intake.shared_cells import SharedCells
from schemas.language import Layout


def reading(number: int) -> Reading:
    rows = range(1, 5)
    extract = Extract(
        "registration", str(number), f"{number}.xlsx", "表1", Layout.LIST, [pack(row, 0) for row in rows],
        values={"name": [f"{number}店{row}" for row in rows], "area": ["".join(["周窝", "镇"]) for _ in rows], "odd": [1, True, 1.0, date(2026, 11, 2)]},
        cells={"name": [pack(row, 1) for row in rows], "area": [pack(row, 2) for row in rows]},
    )  # fmt: skip
    return Reading([extract])


def test_equal_texts_and_addresses_are_one_object_and_all_else_is_as_it_was() -> None:
    given = [reading(number) for number in range(3)]
    before = copy.deepcopy(given)

    one, *_, last = SharedCells().share(given)

    assert given == before
    assert [type(raw) for raw in last.extracts[0].values["odd"]] == [int, bool, float, date]
    assert one.extracts[0].values["area"][0] is last.extracts[0].values["area"][3]
    assert one.extracts[0].cells["area"][2] is last.extracts[0].cells["area"][2]
