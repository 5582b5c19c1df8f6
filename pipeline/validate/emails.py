"""E-mail addresses as people type them with a Chinese keyboard: ＠, a trailing ；, the name around the address."""

from __future__ import annotations

import re

from pipeline.domain.cell import Raw
from pipeline.validate.as_written import as_written
from pipeline.validate.outcome import Conversion, Repaired
from pipeline.validate.texts import clean_text, convert_text, half_width

_ADDRESS = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+"
_NAMED = re.compile(rf"[^<>@]{{1,40}}<({_ADDRESS})>")
_WORDS = re.compile(r"(?:mailto:)?[\u4e00-\u9fff\s<>();,、。.:\"'\[\]]*", re.IGNORECASE)


def convert_email(raw: Raw) -> Conversion:
    """Convert a cell of one address; what is no address stays as written, so that the check can quote it."""
    plain = convert_text(raw)
    if not isinstance(plain, str) or re.fullmatch(_ADDRESS, plain):
        return plain
    text = half_width(clean_text(as_written(raw))).replace("。", ".").rstrip(". ")
    found = re.findall(_ADDRESS, text)
    address = found[0].rstrip(".") if len(found) == 1 else ""
    named = _NAMED.fullmatch(text) is not None
    if not address or not (named or _WORDS.fullmatch(text.replace(address, "", 1))):
        return plain
    return Repaired(address, "repair.value", address)
