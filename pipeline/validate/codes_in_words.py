"""Codes with words and signs around them: 证号：131123100018, No.131123100018, 131,123,100,018."""

from __future__ import annotations

import re

from pipeline.domain.cell import Raw
from pipeline.validate.outcome import Conversion, Convert, Repaired
from pipeline.validate.texts import convert_code
from schemas.language import Field

_LEAST = 6
"""Signs of an example from which on its length tells a code from a number beside it."""

_LABELLED = re.compile(r"[\u4e00-\u9fff()]{0,14}(?:号|码|证|编号|号码):")
_LABEL_OF_LATIN = re.compile(r"(?:NO|ID)[.:]*(?=[0-9])")
_WITHIN = re.compile(r"(?<=[0-9])[,.·'_-](?=[0-9])")
_RUN = re.compile("[0-9A-Z]+")
_WORDS = re.compile(r"[\u4e00-\u9fff\s:.,;()#。、\"'-]*")
_NOT_IT = re.compile("[旧废错非不无注销停换前原]|过期")
_RESIDENT_ID = 18


def code_converter(field: Field) -> Convert:
    """Return the converter of a field of codes.

    A code within words is taken out where its length is known by the field's example and nothing else can be meant.
    """
    example = field.example.upper()
    known = len(example) >= _LEAST and example.isascii() and example.isalnum()
    labels = sorted({"".join(name.split()).upper() for name in (field.label.zh, *field.aliases)}, key=len, reverse=True)

    def convert(raw: Raw) -> Conversion:
        outcome = convert_code(raw)
        if not isinstance(outcome, str) or (
            outcome.isascii() and outcome.isalnum() and not outcome.startswith(("NO", "ID"))
        ):
            return outcome
        code = _within(outcome, example) if known else _behind_label(outcome, labels)
        return outcome if code in (None, outcome) else Repaired(code, "repair.value", code or "")

    return convert


def _within(text: str, example: str) -> str | None:
    if _NOT_IT.search(text):
        return None
    text = _WITHIN.sub("", text) if example[:1].isdigit() else text
    text = _LABEL_OF_LATIN.sub("", text, count=1) if example[:1].isdigit() else text
    runs: list[str] = _RUN.findall(text)
    if len(runs) != 1 or len(runs[0]) != len(example) or not _WORDS.fullmatch(text.replace(runs[0], "", 1)):
        return None
    if example.isdigit():
        digits = runs[0].removesuffix("X") if len(example) == _RESIDENT_ID else runs[0]
        return runs[0] if digits.isdigit() else None
    return runs[0]


def _behind_label(text: str, labels: list[str]) -> str | None:
    if labelled := _LABELLED.match(text):
        return text[labelled.end() :] or None
    label = next((each for each in labels if text.startswith(each)), "")
    rest = text.removeprefix(label).lstrip(":")
    return rest if label and rest and rest.isascii() else None
