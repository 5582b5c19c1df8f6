"""Workbooks of which a part is not as a spreadsheet program would write it."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable

from tests.read.sheets import as_bytes, workbook

SHEET = "xl/worksheets/sheet1.xml"
LIST = "店铺编码 | 店铺名称 | 掌柜\n900002 | 甲 | 张\n900003 | 乙 | 王"


def plain(text: str = LIST) -> bytes:
    return as_bytes(workbook(text))


def patched(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return *content* with one part changed."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            data = source.read(info)
            target.writestr(info.filename, change(data) if info.filename == part else data)
    return output.getvalue()


def added(content: bytes, part: str, data: bytes) -> bytes:
    """Return *content* with one more part, even when there is one of that name."""
    output = io.BytesIO(content)
    with warnings.catch_warnings(), zipfile.ZipFile(output, "a", zipfile.ZIP_DEFLATED) as target:
        warnings.simplefilter("ignore")
        target.writestr(part, data)
    return output.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in members.items():
            target.writestr(name, data)
    return output.getvalue()
