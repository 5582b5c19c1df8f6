"""The container of .xls files: a small file system in one file (MS-CFB)."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

_END = 0xFFFFFFFA  # sector numbers from here on are marks
_ENTRY = 128
_SMALL = 4096  # shorter streams lie in a container of their own


class DamagedError(ValueError):
    """The container is not as it should be."""


class Compound:
    """A compound file. Raises ``DamagedError`` when it is damaged."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        try:
            shift, small_shift = struct.unpack_from("<HH", content, 30)
            tables, first_entry = struct.unpack_from("<I", content, 44)[0], struct.unpack_from("<I", content, 48)[0]
            first_small, _, first_more, more = struct.unpack_from("<IIII", content, 60)
            sectors = list(struct.unpack_from("<109I", content, 76))
        except struct.error as error:
            raise DamagedError from error
        if not (7 <= shift <= 16 and small_shift < shift):
            raise DamagedError
        self._size, self._small_size = 1 << shift, 1 << small_shift
        for _ in range(min(more, len(content) // self._size)):
            if first_more >= _END:
                break
            numbers = self._numbers(first_more)
            sectors += numbers[:-1]
            first_more = numbers[-1]
        self._next: list[int] = []
        for sector in sectors[: min(tables, len(content) // self._size + 1)]:
            if sector < _END:
                self._next += self._numbers(sector)
        self._directory = self._chain(first_entry)
        self._small_next = [number for sector in self._sectors(first_small) for number in self._numbers(sector)]

    def stream(self, *names: str) -> bytes | None:
        """Return the first stream that has one of *names*, None when there is none."""
        found = self._find(*names)
        if found is None:
            return None
        sectors, size, length = found
        return b"".join(self._content[each : each + size] for each in sectors)[:length]

    def overwritten(self, name: str, *other: str, changes: Mapping[int, bytes]) -> bytes:
        """Return the file with *changes* by place in that stream; what lies outside the stream is left out."""
        content = bytearray(self._content)
        sectors, size, length = self._find(name, *other) or ((), 1, 0)
        for place, data in changes.items():
            for at, byte in enumerate(data, place):
                if at < length and at // size < len(sectors):
                    content[sectors[at // size] + at % size] = byte
        return bytes(content)

    def _find(self, *names: str) -> tuple[Sequence[int], int, int] | None:
        """Return where the sectors of the first stream with one of *names* lie, their size, and the stream's length."""
        root: list[int] = []
        for start in range(0, len(self._directory) - _ENTRY + 1, _ENTRY):
            entry = self._directory[start : start + _ENTRY]
            length = struct.unpack_from("<H", entry, 64)[0]
            name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            first, size = struct.unpack_from("<II", entry, 116)
            if entry[66] == 5:
                root = [self._at(sector) for sector in self._sectors(first)]
            elif entry[66] == 2 and name in names:
                if size < _SMALL:
                    return self._small_places(root, first), self._small_size, size
                return [self._at(sector) for sector in self._sectors(first)], self._size, size
        return None

    def _at(self, sector: int) -> int:
        place: int = (sector + 1) * self._size
        return place

    def _numbers(self, sector: int) -> tuple[int, ...]:
        try:
            return struct.unpack_from(f"<{self._size // 4}I", self._content, self._at(sector))
        except struct.error as error:
            raise DamagedError from error

    def _sectors(self, first: int) -> list[int]:
        sectors: list[int] = []
        while first < len(self._next) and len(sectors) <= len(self._next):
            sectors.append(first)
            first = self._next[first]
        return sectors

    def _chain(self, first: int) -> bytes:
        return b"".join(self._content[self._at(each) : self._at(each) + self._size] for each in self._sectors(first))

    def _small_places(self, root: Sequence[int], first: int) -> list[int]:
        each = self._size // self._small_size
        places: list[int] = []
        while first < len(self._small_next) and len(places) <= len(self._small_next) and first // each < len(root):
            places.append(root[first // each] + first % each * self._small_size)
            first = self._small_next[first]
        return places
