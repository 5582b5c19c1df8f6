"""The container of .xls files and of encrypted workbooks (MS-CFB), with one stream in it."""

from __future__ import annotations

import struct

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


def small(stream: bytes, name: str = "Workbook") -> bytes:
    """Return a compound file whose one stream is shorter than 4096 bytes: it lies in the container of small ones."""
    count, sectors = -(-len(stream) // 64), -(-len(stream) // SECTOR)
    table = [FAT, END, END, *range(4, 3 + sectors), END]  # itself, directory, table of small sectors, their container
    table += [FREE] * (SECTOR // 4 - len(table))
    smalls = [*range(1, count), END] + [FREE] * (SECTOR // 4 - count)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16 + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    header += struct.pack("<6xIIIIIIIIII", 0, 1, 1, 0, 4096, 2, 1, END, 0, 0) + struct.pack("<108I", *[FREE] * 108)
    directory = b"".join(
        (title.encode("utf-16-le") + b"\x00\x00").ljust(64, b"\x00")
        + struct.pack("<HBB3I", 2 * len(title) + 2, kind, 1, FREE, FREE, child)
        + struct.pack("<36xIQ", first, len(stream))
        for title, kind, child, first in (("Root Entry", 5, 1, 3), (name, 2, FREE, 0))
    )
    body = struct.pack("<128I", *table) + directory.ljust(SECTOR, b"\x00") + struct.pack("<128I", *smalls)
    return header + body + stream.ljust(sectors * SECTOR, b"\x00")
