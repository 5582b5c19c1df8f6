"""A label of both ends of a validity (有效期) over days that stand alone: they are the ends, and none is a beginning."""

from __future__ import annotations

import pytest

from pipeline.domain.extract import Extract, Known
from schemas.language import Field, FieldRole, Form, Kind, Span
from schemas.language.catalogue import load_catalogue
from tests.read.sheets import places, read, records, rules, words

_TERM = ("有效期限", "有效期")
PERMIT = Form(
    "permit",
    words("许可登记表"),
    (
        Field("no", words("执照编号"), Kind.CODE, key=True, required=True, example="900001"),
        Field("name", words("招牌"), required=True, example="样板店"),
        Field("keeper", words("掌柜"), required=True, example="甲乙"),
        Field("since", words("有效期起"), Kind.DATE, span=Span(_TERM, 0)),
        Field("until", words("有效期止"), Kind.DATE, required=True, means=FieldRole.EXPIRES, span=Span(_TERM, 1)),
    ),
    "",
)


def listed(label: str, *cells: str) -> Extract:
    rows = [f"90000{at} | 甲{at} | 张 | {cell}" for at, cell in enumerate(cells, 2)]
    reading = read("\n".join([f"执照编号 | 招牌 | 掌柜 | {label}", *rows]), known=Known((PERMIT,), {}))
    assert rules(reading) == []
    return reading.extracts[0]


@pytest.mark.parametrize("label", ["有效期", "有效期限", "有效期（年月日）"])
@pytest.mark.parametrize(
    "cells",
    [
        ("2029-03-04", "2030年1月2日"),
        ("@2029-03-04", "#47000"),
        ("20290304", ""),
        ("29.3.4", "2030/1/2 9:30"),
        ("2029-03-04", "长期"),
        ("至2029-03-04", "2030-01-02止"),
        ("2029-03-04", "明年"),
        ("2019-12-20", "20201119"),
    ],
)
def test_a_day_alone_is_the_end(label: str, cells: tuple[str, ...]) -> None:
    extract = listed(label, *cells)

    assert "since" not in extract.values
    assert places(extract, "until") == ["D2", "D3"]
    assert [each is not None for each in extract.values["until"]] == [each != "" for each in cells]


@pytest.mark.parametrize(
    ("label", "cells"),
    [
        ("有效期", ("2029-03-04", "2025-01-05至2030-01-04")),
        ("有效期", ("2029-03-04", "24.3.5-29.3.4")),
        ("有效期", ("2029-03-04", "20240305-20290304")),
        ("有效期", ("2029-03-04", "2024-2029")),
        ("有效期", ("2029-03-04", "自2025年1月5日起")),
        ("有效期", ("长期", "明年")),
        ("有效期起止", ("2029-03-04", "2030-01-02")),
        ("有效期（起止日期）", ("2029-03-04", "2030-01-02")),
    ],
)
def test_where_both_ends_are_asked_or_some_cell_holds_both_a_day_alone_stays_in_doubt(
    label: str, cells: tuple[str, ...]
) -> None:
    extract = listed(label, *cells)

    assert places(extract, "since") == places(extract, "until") == ["D2", "D3"]


def test_a_range_far_below_speaks_for_the_whole_column() -> None:
    assert "since" in listed("有效期", *["2029-03-04"] * 80, "2025-01-05至2030-01-04").values


def test_a_column_of_the_beginning_keeps_it() -> None:
    reading = read(
        "执照编号 | 招牌 | 掌柜 | 有效期起 | 有效期\n900002 | 甲 | 张 | 2025-03-05 | 2029-03-04",
        known=Known((PERMIT,), {}),
    )
    assert records(reading.extracts[0])[0] == {
        "no": "900002", "name": "甲", "keeper": "张", "since": "2025-03-05", "until": "2029-03-04"
    }  # fmt: skip


@pytest.mark.parametrize(
    "card",
    [
        "执照编号 | 900002\n招牌 | 甲\n掌柜 | 张\n有效期 | 2029-03-04",
        "执照编号：900002 | 招牌：甲\n掌柜：张 | 有效期限：2029-03-04",
    ],
)
def test_on_a_card_too(card: str) -> None:
    (extract,) = read(card, known=Known((PERMIT,), {})).extracts

    assert records(extract) == [{"no": "900002", "name": "甲", "keeper": "张", "until": "2029-03-04"}]
    assert extract.values.get("since") in (None, [None])


def test_a_range_on_a_card_is_of_both() -> None:
    (extract,) = read(
        "执照编号 | 900002\n招牌 | 甲\n掌柜 | 张\n有效期 | 2025-03-05至2029-03-04", known=Known((PERMIT,), {})
    ).extracts

    assert extract.values["since"] == extract.values["until"] == ["2025-03-05至2029-03-04"]


def test_fields_down_and_records_across() -> None:
    (extract,) = read(
        "执照编号 | 900002 | 900003\n招牌 | 甲 | 乙\n掌柜 | 张 | 王\n有效期 | 2029-03-04 | 2030-01-02",
        known=Known((PERMIT,), {}),
    ).extracts

    assert (extract.values["until"], "since" in extract.values) == (["2029-03-04", "2030-01-02"], False)


@pytest.mark.parametrize("label", ["证件有效期", "许可证有效期", "有效期"])
def test_of_the_licence_of_a_new_retailer(label: str) -> None:
    (extract,) = read(
        f"许可证号 | 客户名称 | 负责人 | 联系电话 | 经营地址 | {label}\n"
        "131123100018 | 甲店 | 张三喜 | 13932810018 | 周窝镇1号 | 2029-03-04",
        known=Known(load_catalogue().forms, {}),
    ).extracts

    assert (extract.values["valid_until"], extract.values.get("valid_from")) == (["2029-03-04"], None)
