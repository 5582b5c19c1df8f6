"""Text with separators: .csv and .txt in the encodings that offices use."""

from __future__ import annotations

import csv
import re

from pipeline.domain.cell import Raw
from pipeline.domain.place import MAX_ROWS
from pipeline.read.formats import limits
from pipeline.read.formats.grid import Grid
from pipeline.read.formats.refusal import bomb, unreadable

_SEPARATORS = (",", "\t", ";", "|", "，")
_LOOKED_AT = 20
_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)  # how Excel is told to keep digits: ="0123"


def open_delimited(content: bytes, title: str) -> list[Grid]:
    """Return the one sheet of a text file. Raises ``Refusal`` when its encoding is none that is known."""
    text = decode(content)
    lines = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]
    separator = max(_SEPARATORS, key=lambda each: (sum(each in line for line in lines), -_SEPARATORS.index(each)))
    csv.field_size_limit(1 << 20)
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=separator))
    except csv.Error as error:
        raise unreadable("文本格式不正确", "its text is malformed") from error
    width = max((len(row) for row in rows), default=0)
    if len(rows) > MAX_ROWS or len(rows) * width > limits.MOST_CELLS:
        raise bomb(f"有 {len(rows)} 行", f"it has {len(rows)} rows")
    return [Grid(title, [[*map(_plain, row), *[""] * (width - len(row))] for row in rows])]


def decode(content: bytes) -> str:
    """Return *content* as text: by its byte order mark, else UTF-8, else GB 18030 (which holds GBK and GB 2312)."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise unreadable("文字编码无法识别，请另存为 .xlsx", "its text encoding is unknown; save it as .xlsx")


def _plain(text: str) -> Raw:
    quoted = _AS_TEXT.fullmatch(text)
    return quoted[1] if quoted else text
