"""Cells that hold two things side by side, a name and its number: ``张三 13932810018``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.domain.cell import Raw
from pipeline.read.formats.grid import as_text, is_blank
from schemas.language import Field, Kind

_PHONE = r"(?<!\d)(?:1[3-9]\d(?:[ -]?\d{4}){2}|0\d{2,3}-?\d{7,8}|[2-8]\d{6,7}|[48]00-?\d{3}-?\d{4})(?!\d)"
_AROUND = " \t\r\n\u3000\u00a0,，、;；:：/／|-—()（）[]【】"
_WORDS = re.compile(r"(?:联系)?(?:电话|手机)号?码?[:：]?")


def parted(values: Sequence[Raw], fields: tuple[Field, Field]) -> list[tuple[Raw, Raw]] | None:
    """Return what each of *values* holds of the one and of the other of *fields*; None when one of them can be parted in
    no way, or in several. Blank cells stay blank.
    """
    at = next((at for at, field in enumerate(fields) if field.kind is not Kind.TEXT), None)
    if at is None or fields[1 - at].kind is not Kind.TEXT:
        return None
    number = re.compile(_pattern(fields[at]))
    both: list[tuple[Raw, Raw]] = []
    for value in values:
        pair = _part(as_text(value), number) if not is_blank(value) else ("", "")
        if pair is None:
            return None
        both.append((pair[1], pair[0]) if at == 0 else pair)
    return both


def _pattern(field: Field) -> str:
    if field.kind is Kind.PHONE:
        return _PHONE
    length = max(len(field.example), 6)
    return rf"(?<![0-9A-Za-z])[0-9A-Z]{{{length - 1}}}[0-9A-Za-z](?![0-9A-Za-z])"


def _part(text: str, number: re.Pattern[str]) -> tuple[str, str] | None:
    """Return the text and the number in *text*, when there is exactly one number, before or behind the text."""
    found = list(number.finditer(text))
    if len(found) != 1:
        return None
    before, behind = (
        _WORDS.sub("", part).strip(_AROUND) for part in (text[: found[0].start()], text[found[0].end() :])
    )
    if bool(before) == bool(behind) or any(letter.isdigit() for letter in before + behind):
        return None
    return before or behind, found[0].group()
