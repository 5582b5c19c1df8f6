import struct

from pipeline.domain.place import parse_cell
from pipeline.read.biff_parts import biff_parts

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512


def compound(name: str, stream: bytes) -> bytes:
    """Return a compound file that holds one stream, as MS-CFB describes it: sectors of table, directory, stream."""
    stream = stream.ljust(8 * SECTOR, b"\x00")
    count = -(-len(stream) // SECTOR)
    table = [FAT, END, *range(3, 2 + count), END]
    table += [FREE] * (SECTOR // 4 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16 + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    header += struct.pack("<6xIIIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0, 0) + struct.pack("<108I", *[FREE] * 108)

    def entry(title: str, kind: int, first: int, size: int) -> bytes:
        text = title.encode("utf-16-le") + b"\x00\x00"
        head = text.ljust(64, b"\x00") + struct.pack("<HBB", len(text), kind, 1) + struct.pack("<3I", FREE, FREE, 1)
        return head.ljust(116, b"\x00") + struct.pack("<IQ", first, size)

    directory = entry("Root Entry", 5, END, 0) + entry(name, 2, 2, len(stream))
    body = (
        struct.pack(f"<{len(table)}I", *table)
        + directory.ljust(SECTOR, b"\x00")
        + stream.ljust(count * SECTOR, b"\x00")
    )
    return header.ljust(SECTOR, b"\x00") + body


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


BEGIN, FINISH = record(0x0809, b"\x00" * 16), record(0x000A)


def workbook(*records: bytes, before: bytes = b"") -> bytes:
    bound = record(0x0085, struct.pack("<IHBB", 0, 0, 1, 0) + b"S")
    place = len(BEGIN) + len(before) + len(bound) + len(FINISH)
    bound = record(0x0085, struct.pack("<IHBB", place, 0, 1, 0) + b"S")
    return compound("Workbook", BEGIN + before + bound + FINISH + BEGIN + b"".join(records) + FINISH)


def test_error_cells_and_formulas_that_end_in_an_error() -> None:
    formula = struct.pack("<HHHBBBBBBH", 2, 1, 0, 2, 0, 7, 0, 0, 0, 0xFFFF)
    number = struct.pack("<HHHd", 3, 1, 0, 1.5)
    (part,), locked = biff_parts(
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
    (part,), _ = biff_parts(
        workbook(
            record(0x0208, struct.pack("<HHHHHHI", 4, 0, 9, 255, 0, 0, 0x20)),
            record(0x0208, struct.pack("<HHHHHHI", 5, 0, 9, 255, 0, 0, 0)),
            record(0x007D, struct.pack("<HHHHHH", 2, 3, 0, 0, 1, 0)),
        )
    )
    assert (part.hidden_rows, part.hidden_columns) == ([4], [2, 3])


def test_a_password() -> None:
    assert biff_parts(workbook(before=record(0x002F, b"\x01\x00"))) == ([], True)


def test_damage_gives_nothing() -> None:
    content = workbook()
    for cut in range(0, len(content), 97):
        parts, locked = biff_parts(content[:cut])
        assert not locked
        assert all(not part.broken for part in parts)
