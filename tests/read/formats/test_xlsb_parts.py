import struct

from pipeline.domain.cell import Broken
from pipeline.domain.extract import Reading
from pipeline.read.read_file import read_file
from tests.read.binaries import (
    error,
    formula_error,
    formula_number,
    hidden_columns,
    record,
    row,
    text,
    texts,
    xlsb,
)
from tests.read.sheets import KNOWN, records, rules

HEAD = texts(0, "店铺编码 | 店铺名称 | 掌柜 | 镇街")
SHOP = texts(1, "900002 | 甲 | 张 | 东镇")


def read(content: bytes) -> Reading:
    return read_file("来件.xlsb", content, "hash", KNOWN)


def test_error_cells_are_seen_at_their_cells() -> None:
    second = row(2, text(0, "900003"), error(1, 42), formula_error(2, 23), text(3, "西镇"))
    (extract,) = read(xlsb(HEAD, SHOP, second)).extracts
    assert records(extract) == [
        {"no": "900002", "name": "甲", "keeper": "张", "town": "东镇"},
        {"no": "900003", "name": Broken("#N/A"), "keeper": Broken("#REF!"), "town": "西镇"},
    ]


def test_a_formula_that_waits_to_be_calculated_is_no_zero_and_a_calculated_zero_is_one() -> None:
    second = row(2, text(0, "900003"), text(1, "乙"), formula_number(2, 0.0, flags=2), formula_number(3, 0.0))
    (extract,) = read(xlsb(HEAD, SHOP, second)).extracts
    assert (extract.values["keeper"][1], extract.values["town"][1]) == (Broken("=…"), 0.0)


def test_hidden_rows_and_columns_are_read_and_said_so() -> None:
    reading = read(xlsb(HEAD, SHOP, texts(2, "900003 | 乙 | 王 | 西镇", hidden=True), before=hidden_columns(2, 3)))
    assert [each["no"] for each in records(reading.extracts[0])] == ["900002", "900003"]
    (finding,) = reading.findings
    assert dict(finding.details)["hidden@zh"] == "第 3 行、C–D 列"


def test_a_merged_cell_counts_for_each_of_its_rows() -> None:
    merge = record(176, struct.pack("<IIII", 1, 2, 3, 3))
    (extract,) = read(xlsb(HEAD, SHOP, texts(2, "900003 | 乙 | 王"), after=merge)).extracts
    assert extract.values["town"] == ["东镇", "东镇"]


def test_a_stray_cell_in_the_last_corner_is_told_and_the_sheet_read() -> None:
    reading = read(xlsb(HEAD, SHOP, row(1_048_575, text(16_383, "手滑")), size=(1_048_575, 16_383)))
    assert [each["no"] for each in records(reading.extracts[0])] == ["900002"]
    assert rules(reading) == [("cell.stray", "XFD1048576")]


def test_a_declared_size_that_lies_costs_nothing() -> None:
    reading = read(xlsb(HEAD, SHOP, size=(1_048_575, 16_383)))
    assert [each["no"] for each in records(reading.extracts[0])] == ["900002"]
    assert rules(reading) == []
