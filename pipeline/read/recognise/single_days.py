"""Days that stand alone under a label of both ends of a validity: 有效期 over 2029-03-04 says until when."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from pipeline.domain.cell import Raw
from pipeline.read.formats.grid import as_text, is_blank
from pipeline.read.recognise.labels import Codes
from schemas.language import FieldRole, Form

_BOTH = re.compile(r"[起讫始自从]|from", re.IGNORECASE)
_DAY = re.compile(
    r"(?<!\d)(?:(?:(?:19|20)?\d\d)\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}|(?:19|20)\d{6}|[345]\d{4}(?:\.0)?)(?!\d)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BEGINS = re.compile(r"[起自从始]|\d\D*[至到~—–]\D*")
"""What speaks of a beginning: a word for it, or something before the word for the end."""


def ends_alone(form: Form, codes: Codes, label: str, values: Iterable[Raw]) -> Codes:
    """Return the fields of *form* that *values* hold under *label*, which asks for *codes*.

    Of both ends of a validity these are only its end, where a day stands in some cell and no cell speaks of a beginning.
    """
    if len(codes) != 2 or form.field(codes[1]).means is not FieldRole.EXPIRES or _BOTH.search(label):
        return codes
    if form.field(codes[0]).span is None:
        return codes
    days = 0
    for value in values:
        if isinstance(value, date):
            days += 1
            continue
        text = "" if is_blank(value) else unicodedata.normalize("NFKC", as_text(value))
        found = len(_DAY.findall(text))
        if found > 1 or len(_YEAR.findall(text)) > 1 or _BEGINS.search(text):
            return codes
        days += found
    return codes[1:] if days else codes
