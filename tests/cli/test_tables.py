"""Text tables."""

from __future__ import annotations

from pipeline.cli.tables import aligned


def test_columns_stand_under_each_other_with_chinese_counted_as_two() -> None:
    assert list(aligned([("设置", "x", "来源"), ("office", "", "默认")])) == [
        "设置    x  来源",
        "office     默认",
    ]


def test_a_cell_keeps_to_its_line_and_rows_may_be_short() -> None:
    assert list(aligned([("a\nb", None), ("c",), (1, 2)])) == ["a b", "c", "1    2"]
    assert list(aligned([])) == []
