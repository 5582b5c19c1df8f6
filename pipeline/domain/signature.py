"""What stands where somebody has signed: his name, and often the day and what he is behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = r"\s*[年./\-]\s*"
_DAY = rf"(?:[0-9]{{2,4}}{_MARK}[0-9]{{1,2}}(?:\s*[月./\-]\s*[0-9]{{1,2}}\s*[日号]?|\s*月)|[0-9]{{1,2}}\s*月\s*[0-9]{{1,2}}\s*[日号]?|[0-9]{{8}})"
_NAME_FIRST = re.compile(rf"(?P<name>[^0-9]+?)[\s，,、（(]*(?P<day>{_DAY})[\s）)]*")
_DAY_FIRST = re.compile(rf"(?P<day>{_DAY})[\s，,、]*(?P<name>[^0-9年月日号][^0-9]*)")
_AND_MORE = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,4})(?:\s+(?=[^\s].{3})|\s*[（(]).*", re.DOTALL)
"""A name, and behind a gap or in brackets whatever else he says: his office, group or post."""
_LONGEST = 80
"""Characters: what is longer is no signature, and to search a whole story would take its time."""


@dataclass(frozen=True, slots=True)
class Signature:
    """``day`` is as it was written, "" where none was."""

    name: str
    day: str = ""


def parse_signature(text: str) -> Signature | None:
    """Return whose signature *text* is and of which day; None where it is a name and nothing else."""
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    dated = _NAME_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    name = dated["name"].strip() if dated else text
    more = _AND_MORE.fullmatch(name)
    name = more["name"] if more else name
    return Signature(name, dated["day"].strip() if dated else "") if name and name != text else None
