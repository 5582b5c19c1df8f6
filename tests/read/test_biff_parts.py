import struct

from pipeline.domain.place import parse_cell
from pipeline.read.formats.biff_parts import biff_parts
from pipeline.read.read_file import read_file
from tests.read.compound_file import compound
from tests.read.packages import LIST
from tests.read.sheets import KNOWN, records, rules


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


BEGIN, FINISH = record(0x0809, struct.pack("<HH12x", 0x0600, 0x0005)), record(0x000A)


def workbook(*records: bytes, before: bytes = b"") -> bytes:
    bound = record(0x0085, struct.pack("<IBBBB", 0, 0, 0, 1, 0) + b"S")
    place = len(BEGIN) + len(before) + len(bound) + len(FINISH)
    bound = record(0x0085, struct.pack("<IBBBB", place, 0, 0, 1, 0) + b"S")
    return compound("Workbook", BEGIN + before + bound + FINISH + BEGIN + b"".join(records) + FINISH)


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
