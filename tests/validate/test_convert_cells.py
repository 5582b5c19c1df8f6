"""What becomes of cells hangs on the file and on what their field means, not on the cell alone."""

from __future__ import annotations

import pytest

from pipeline.domain.cell import Raw
from pipeline.domain.extract import Extract
from pipeline.validate import check_form
from schemas.language import Layout
from schemas.language.catalogue import load_catalogue
from schemas.language.context import Context
from tests.validate.visits import TODAY

FORM = load_catalogue().form("area_list")


def _area(file: str, begins: Raw) -> tuple[object, list[str]]:
    values: dict[str, list[Raw]] = {
        "area_code": ["131123100"], "area_name": ["武强镇"], "account_manager_no": ["K01"], "market_manager_no": ["S01"], "in_force_from": [begins],
    }  # fmt: skip
    cells = {code: [at] for at, code in enumerate(values)}
    checked = check_form(
        FORM, [Extract("area_list", "0" * 64, file, "1", Layout.LIST, [0], values, cells)], Context(TODAY)
    )
    return next((each.values.get("in_force_from") for each in checked.records), None), [
        each.rule for each in checked.findings
    ]


@pytest.mark.parametrize(
    ("file", "begins", "found"),
    [
        ("辖区.xlsx", "2020.1", ("2020-01-01", ["repair.date"])),
        ("辖区.csv", "2020.1", (None, ["value.date"])),  # 2020.10 typed as a number is saved as this
        ("辖区.csv", "2020.10", ("2020-10-01", ["repair.date"])),
        ("辖区.xlsx", 2020.1, (None, ["value.date"])),
    ],
)
def test_a_month_that_a_workbook_may_have_cut_is_asked(file: str, begins: Raw, found: tuple[object, list[str]]) -> None:
    assert _area(file, begins) == found
