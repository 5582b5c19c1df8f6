"""The area that a sheet's name or title gives is its rows' where they name none, and it is told."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.assign.area_of_sheet import fill_areas
from pipeline.domain.extract import Extract
from pipeline.domain.roster import Area, Roster
from schemas.language import Field, FieldRole, Form, Kind, Layout, Localized

FORM = Form(
    "stall",
    Localized("摊位表", "Stalls"),
    (
        Field("no", Localized("编号", "No"), Kind.CODE, key=True),
        Field("where", Localized("地点", "Where"), means=FieldRole.ADDRESS),
        Field("town", Localized("镇", "Town"), means=FieldRole.AREA),
    ),
    "",
)
ROSTER = Roster(
    date(2026, 11, 23), areas={"1": Area("1", "东镇", ("东关村",)), "2": Area("2", "西镇"), "3": Area("3", "大营乡")}
)


def towns(*titles: str, where: str = "和平街5号", town: str | None = None, **more: object) -> tuple[object, list[str]]:
    """The town of a sheet's one row, and what is told, by rule and value."""
    extract = Extract("stall", "sha", "来件.xlsx", titles[0], Layout.LIST, [1], titles=titles)
    extract.values = {"no": ["7"], "where": [where]} | ({"town": [town]} if town is not None else {})
    extract.cells = {code: [2] for code in extract.values}
    for name, value in more.items():
        setattr(extract, name, value)
    (filled,), told = fill_areas(FORM, [extract], ROSTER)
    assert extract.values.get("town") in (None, [town]), "what was read stays as it was"
    return (filled.values.get("town") or [None])[0], [f"{each.rule} {each.sheet} {each.value}" for each in told]


@pytest.mark.parametrize(
    "titles",
    [("东镇",), ("东镇摊位登记",), ("1.东镇",), ("东",), ("东关村",), ("Sheet1", "东镇2026年摊位表"), ("Sheet1", "摊位表", "乡镇：东镇"),
     ("各镇.xlsx/东镇",), ("东镇", "东镇摊位表")],
)  # fmt: skip
def test_the_one_area_above_the_rows_is_theirs_and_is_told(titles: tuple[str, ...]) -> None:
    if len(titles[0]) > 1:
        assert towns(*titles) == ("东镇", [f"repair.area_of_sheet {titles[0]} 东镇"])
    else:
        assert towns(*titles) == (None, []), "one sign is no name"


@pytest.mark.parametrize(
    "titles", [("Sheet1",), ("东镇、西镇",), ("东镇", "西镇摊位表"), ("东关村东头",), ("大营商户",)]
)
def test_none_or_several_areas_are_no_answer(titles: tuple[str, ...]) -> None:
    assert towns(*titles) == (None, [])


def test_what_a_row_says_of_itself_goes_before() -> None:
    assert towns("东镇", town="西镇") == ("西镇", [])
    assert towns("东镇", where="西镇和平街5号") == (None, [])
    assert towns("东镇", where="东镇和平街5号") == (None, [])


@pytest.mark.parametrize("own", [{"tokens": ["t"]}, {"partial": True}, {"single": True}])
def test_a_sheet_of_the_programs_own_says_only_what_stands_in_its_cells(own: dict[str, object]) -> None:
    assert towns("东镇", **own) == (None, [])
