"""A stream of the small file system in which .xls files lie (MS-CFB), read and written over by olefile.

olefile follows what a header declares, and only tells of what is wrong with it: how much a file may make it read is
looked at first. It is asked to overlook small faults, as the reader of the workbook does.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping, Sequence

import olefile

_HEADER = 512
_IN_HEADER = 109
"""Sectors of the allocation table that the header itself names."""


class DamagedError(ValueError):
    """The container is not as it should be."""


class OleStream:
    """The first stream of the container *content* that has one of *names*; ``content`` is None when there is none.

    Raise ``DamagedError`` when the container is damaged, or declares more than it holds.
    """

    def __init__(self, content: bytes, names: Sequence[str]) -> None:
        _must_be_plausible(content)
        self._file = io.BytesIO(content)
        try:
            self._container = olefile.OleFileIO(self._file)
            name = next((name for name in names if self._container.get_type(name) == olefile.STGTY_STREAM), None)
            self._name = name or ""
            self.content = self._read(len(content)) if name else None
        except MemoryError:
            raise
        except Exception as error:  # whatever olefile stumbles over: it raises much beside its own
            raise DamagedError from error

    def _read(self, most: int) -> bytes:
        size, small = self._container.get_size(self._name), self._container.root.size
        if max(size, small) > most:
            raise DamagedError
        content: bytes = self._container.openstream(self._name).read()
        return content

    def overwritten(self, changes: Mapping[int, bytes]) -> bytes:
        """Return the file with *changes* by place in the stream; what lies outside the stream is left out.

        Raise ``DamagedError`` when the stream has no room for what it declares.
        """
        changed = bytearray(self.content or b"")
        for place, data in changes.items():
            changed[place : place + len(data)] = data[: max(0, len(changed) - place)]
        try:
            self._container.write_stream(self._name, bytes(changed))
        except (OSError, ValueError, IndexError, AssertionError) as error:
            raise DamagedError from error
        return self._file.getvalue()


def _must_be_plausible(content: bytes) -> None:
    if len(content) < _HEADER:
        raise DamagedError
    shift, small_shift = struct.unpack_from("<HH", content, 30)
    tables, small_tables = struct.unpack_from("<I", content, 44)[0], struct.unpack_from("<I", content, 64)[0]
    if not (7 <= shift <= 16 and small_shift < shift):
        raise DamagedError
    sectors = len(content) >> shift
    if tables > _IN_HEADER + 2 * sectors // ((1 << shift) // 4) or small_tables > sectors:
        raise DamagedError
