import struct
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.place import parse_cell
from pipeline.read.formats.biff_parts import biff_parts
from pipeline.read.read_file import read_file
from tests.read.compound_file import compound, small
from tests.read.packages import LIST
from tests.read.sheets import KNOWN, records, rules


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


BEGIN, FINISH = record(0x0809, struct.pack("<HH12x", 0x0600, 0x0005)), record(0x000A)


def workbook(*records: bytes, before: bytes = b"") -> bytes:
    return compound("Workbook", workbook_stream(*records, before=before))


def workbook_stream(*records: bytes, before: bytes = b"") -> bytes:
    bound = record(0x0085, struct.pack("<IBBBB", 0, 0, 0, 1, 0) + b"S")
    place = len(BEGIN) + len(before) + len(bound) + len(FINISH)
    bound = record(0x0085, struct.pack("<IBBBB", place, 0, 0, 1, 0) + b"S")
    return BEGIN + before + bound + FINISH + BEGIN + b"".join(records) + FINISH


def test_error_cells_and_formulas_that_end_in_an_error() -> None:
    formula = struct.pack("<HHHBBBBBBH", 2, 1, 0, 2, 0, 7, 0, 0, 0, 0xFFFF)
    number = struct.pack("<HHHd", 3, 1, 0, 1.5)
    (part,), locked, _ = biff_parts(
        workbook(
            record(0x0205, struct.pack("<HHHBB", 1, 0, 0, 42, 1)),
            record(0x0205, struct.pack("<HHHBB", 1, 1, 0, 1, 0)),  # TRUE, no error
            record(0x0006, formula),
            record(0x0006, number),
        )
    )
    assert part.broken == {parse_cell("A2"): "#N/A", parse_cell("B3"): "#DIV/0!"}
    assert not locked


def test_hidden_rows_and_columns() -> None:
    (part,), _, _ = biff_parts(
        workbook(
            record(0x0208, struct.pack("<HHHHHHI", 4, 0, 9, 255, 0, 0, 0x20)),
            record(0x0208, struct.pack("<HHHHHHI", 5, 0, 9, 255, 0, 0, 0)),
            record(0x007D, struct.pack("<HHHHHH", 2, 3, 0, 0, 1, 0)),
        )
    )
    assert (part.hidden_rows, part.hidden_columns) == ([4], [2, 3])


def test_a_password() -> None:
    assert biff_parts(workbook(before=record(0x002F, b"\x01\x00"))) == ([], True, None)


def test_damage_gives_nothing() -> None:
    content = workbook()
    for cut in range(0, len(content), 97):
        parts, locked, _ = biff_parts(content[:cut])
        assert not locked
        assert all(not part.broken for part in parts)


SMALL_TABLE, SMALL_TABLES, MORE_TABLES = 60, 64, 72
TABLES, SMALL_LIMIT, FIRST_MORE = 44, 56, 68
NEXT, DIRECTORY = 512, 1024
"""Where the allocation table begins, and the directory behind it."""
SIZE_OF_ROOT, SIZE_OF_STREAM = DIRECTORY + 120, DIRECTORY + 128 + 120


def lying(*said: tuple[int, int]) -> bytes:
    content = bytearray(workbook())
    for place, number in said:
        struct.pack_into("<I", content, place, number)
    return bytes(content)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param([(SIZE_OF_STREAM, 0xFFFFFF00), (NEXT + 4 * 3, 2)], id="a stream of 4 GB that goes in a circle"),
        pytest.param(
            [(SIZE_OF_STREAM, 64), (SIZE_OF_ROOT, 0xFFFFFF00), (DIRECTORY + 116, 2), (NEXT + 4 * 3, 2)],
            id="small streams in 4 GB that go in a circle",
        ),
        pytest.param(
            [(SIZE_OF_STREAM, 64), (SMALL_TABLES, 0x7FFFFF), (SMALL_TABLE, 2), (NEXT + 4 * 3, 2)],
            id="a table of small sectors without end",
        ),
        pytest.param(
            [(TABLES, 109 + 127 * 100_000), (FIRST_MORE, 2), (MORE_TABLES, 100_000)], id="tables of tables without end"
        ),
        pytest.param([(30, 0x0006FFFF)], id="sectors larger than any file"),
        pytest.param([(30, 0x00060000)], id="sectors of a single byte"),
    ],
)
def test_what_a_header_declares_beyond_the_file_is_not_looked_for(said: list[tuple[int, int]]) -> None:
    content = lying(*said)
    tracemalloc.start()
    begun = time.process_time()
    try:
        assert biff_parts(content) == ([], False, None)
        assert tracemalloc.get_traced_memory()[1] < 100 * len(content)
    finally:
        tracemalloc.stop()
    assert time.process_time() - begun < 1


@given(st.lists(st.tuples(st.integers(8, 1279), st.binary(min_size=1, max_size=8)), min_size=1, max_size=6))
def test_whatever_stands_in_the_container_it_is_read_or_given_up(harm: list[tuple[int, bytes]]) -> None:
    content = bytearray(workbook(*sheet_of(LIST), label(65_535, 255, "手滑")))
    for place, data in harm:
        content[place : place + len(data)] = data
    parts, locked, mended = biff_parts(bytes(content))
    assert not locked
    assert parts or mended is None


def test_a_stream_in_the_container_of_small_ones_is_read_and_written_over() -> None:
    content = small(workbook_stream(*sheet_of(LIST), label(65_535, 255, "手滑")))
    (part,), _, mended = biff_parts(content)
    assert part.outlying == [(parse_cell("IV65536"), "")]
    assert mended is not None
    assert len(mended) == len(content)
    ((again,), _, nothing) = biff_parts(mended)
    assert (again.outlying, nothing) == ([], None)


def label(row: int, column: int, text: str) -> bytes:
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def sheet_of(table: str) -> list[bytes]:
    lines = [line.split("|") for line in table.splitlines()]
    return [label(row, at, each.strip()) for row, line in enumerate(lines) for at, each in enumerate(line)]


def test_a_formula_that_waits_to_be_calculated_is_no_zero_and_a_calculated_zero_is_one() -> None:
    waiting, done = (struct.pack("<HHHdH", 2, column, 0, 0.0, flags) for column, flags in ((0, 3), (1, 0)))
    (part,), _, _ = biff_parts(workbook(record(0x0006, waiting), record(0x0006, done)))
    assert part.broken == {parse_cell("A3"): "=…"}


def test_a_stray_cell_in_the_last_corner_is_told_and_the_sheet_read() -> None:
    size = record(0x0200, struct.pack("<IIHHH", 0, 65_536, 0, 256, 0))
    content = workbook(size, *sheet_of(LIST), label(65_535, 255, "手滑"))
    reading = read_file("来件.xls", content, "hash", KNOWN)
    assert [each["no"] for each in records(reading.extracts[0])] == ["900002", "900003"]
    assert rules(reading) == [("cell.stray", "IV65536")]


def test_the_string_of_a_stray_formula_goes_with_it() -> None:
    text = struct.pack("<HHHBBHHHH", 65_535, 255, 0, 0, 0, 0, 0, 0xFFFF, 0)
    stray = record(0x0006, text) + record(0x0207, struct.pack("<HB", 1, 1) + "错".encode("utf-16-le"))
    reading = read_file("来件.xls", workbook(*sheet_of(LIST), stray), "hash", KNOWN)
    assert [each["no"] for each in records(reading.extracts[0])] == ["900002", "900003"]
    assert rules(reading) == [("cell.stray", "IV65536")]


def test_a_declared_size_that_lies_costs_nothing() -> None:
    size = record(0x0200, struct.pack("<IIHHH", 0, 0xFFFFFFF0, 0, 0xFFFF, 0))
    reading = read_file("来件.xls", workbook(size, *sheet_of(LIST)), "hash", KNOWN)
    assert [each["no"] for each in records(reading.extracts[0])] == ["900002", "900003"]
    assert rules(reading) == []
