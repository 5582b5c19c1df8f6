"""What LibreOffice prints of workbooks: how many pages, of which size, in letters of which size, and what stands on each."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest

A4 = (595.3, 841.9)
"""In points; the short side first."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One PDF."""

    path: Path

    @property
    def content(self) -> bytes:
        return self.path.read_bytes()

    @property
    def pages(self) -> int:
        return len(re.findall(rb"/Type\s*/Page\b", self.content))

    def sizes(self) -> set[tuple[int, int]]:
        """The sizes of its pages in whole points, width and height."""
        boxes = re.findall(rb"/MediaBox\s*\[0 0 ([0-9.]+) ([0-9.]+)", self.content)
        return {(round(float(width)), round(float(height))) for width, height in boxes}

    def least_letters(self) -> float:
        """The size of its smallest letters in points."""
        found: list[float] = []
        for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", self.content, re.DOTALL):
            try:
                drawn = zlib.decompress(stream)
            except zlib.error:  # a picture or a font
                continue
            if b"BT" in drawn:
                found += map(float, re.findall(rb"/F\d+ ([0-9.]+) Tf", drawn))
        return min(found)

    def texts(self) -> list[str]:
        """The text of each page, words where they stand."""
        if shutil.which("pdftotext") is None:
            pytest.skip("pdftotext (poppler-utils) is not installed")
        made = subprocess.run(["pdftotext", "-layout", str(self.path), "-"], check=True, capture_output=True)
        return made.stdout.decode().split("\f")[:-1]


def is_a4(size: tuple[int, int]) -> bool:
    return all(abs(side - whole) <= 1 for side, whole in zip(sorted(size), A4, strict=True))
