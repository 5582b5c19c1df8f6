"""Names of people as they are signed: with blanks between their characters, to line up a column (李 四), or with the day
behind them.
"""

from __future__ import annotations

import re

from pipeline.domain.cell import Raw
from pipeline.domain.signature import parse_signature
from pipeline.validate.outcome import Conversion, Repaired
from pipeline.validate.texts import convert_text

_HAN = "[\u4e00-\u9fff]"
_SPACED = re.compile(rf"{_HAN} +{_HAN}{{1,3}}|{_HAN}{{2,3}} +{_HAN}|{_HAN} +{_HAN} +{_HAN}")


def convert_person(raw: Raw) -> Conversion:
    """Convert the name of one person. Two words of two characters may be two people, and are left as they stand; a day
    beside the name is no part of it, which is told.
    """
    text = convert_text(raw)
    if isinstance(text, str) and (signed := parse_signature(text)) and signed.day:
        return Repaired(signed.name, "repair.value", signed.name)
    if isinstance(text, str) and _SPACED.fullmatch(text):
        name = text.replace(" ", "")
        return Repaired(name, "repair.value", name)
    return text
