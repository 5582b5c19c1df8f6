"""A zip container, looked at before anybody inflates it: sizes, count, names, passwords."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

from pipeline.read.formats import limits
from pipeline.read.formats.refusal import Refusal, bomb, unreadable
from schemas.language import Localized

_CHUNK = 1 << 20
_DEFLATE_BEST = 1032  # deflate cannot pack tighter than this


class Package:
    """The parts of a zip, each counted as it inflates. Raises ``Refusal`` when it is damaged or hostile."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError) as error:
            raise unreadable("压缩包不完整或已损坏", "the package is incomplete or damaged") from error
        self.entries: Mapping[str, zipfile.ZipInfo] = {}
        self._inflated = 0
        self._check()

    def _check(self) -> None:
        infos = self._zip.infolist()
        if len(infos) > limits.MOST_ENTRIES:
            raise bomb(f"内含 {len(infos)} 个部分", f"it holds {len(infos)} parts")
        declared = unchecked = 0
        entries: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            if info.filename in entries:
                raise Refusal("file.twice", Localized(info.filename, info.filename))
            entries[info.filename] = info
            declared += info.file_size
            unchecked += info.compress_size
            if info.flag_bits & 0x1:
                raise Refusal("file.encrypted")
            if info.file_size > max(limits.RATIO_COUNTS_FROM, info.compress_size * limits.MOST_RATIO):
                raise bomb("内容的压缩比异常", "its contents are packed suspiciously tight")
        if declared > limits.MOST_INFLATED:
            raise bomb(f"展开后超过 {declared >> 20} MB", f"it inflates to {declared >> 20} MB")
        self.entries = entries
        if unchecked * _DEFLATE_BEST > limits.MOST_INFLATED:
            for info in infos:  # declared sizes may lie
                self._count(info)

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def read(self, name: str) -> bytes:
        """Return the bytes of part *name*, no more than it declared."""
        info = self.entries[name]
        try:
            return self._zip.read(info)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            OSError,
            ValueError,
            RuntimeError,
        ) as error:
            raise unreadable("压缩包不完整或已损坏", "the package is incomplete or damaged") from error

    def _count(self, info: zipfile.ZipInfo) -> None:
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    self._inflated += len(chunk)
                    if self._inflated > limits.MOST_INFLATED:
                        raise bomb("展开后过大", "it inflates beyond measure")
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            OSError,
            ValueError,
            RuntimeError,
        ) as error:
            raise unreadable("压缩包不完整或已损坏", "the package is incomplete or damaged") from error

    def replace(self, parts: Mapping[str, bytes]) -> bytes:
        """Return the package with *parts* in place of those of the same name."""
        output = io.BytesIO()
        with zipfile.ZipFile(output, "w") as copy:
            for name in self.entries:
                copy.writestr(zipfile.ZipInfo(name), parts[name] if name in parts else self.read(name))
        return output.getvalue()
