"""What the owner of a finding says to it in the exceptions workbook that he drops back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.domain.finding import Finding, identity
from schemas.language import Localized

CONFLICT = "value.conflict"
SET_BACK = "value.set_back"
TO_CHOOSE = frozenset({CONFLICT, SET_BACK})
"""Rules of which one of two values is chosen: the register's, or the one that waits."""
LABEL = Localized("处理", "Answer")
"""The column of the exceptions workbook in which it is chosen."""
_TOKEN_SIGNS = 24


class Choice(StrEnum):
    """``NOTED`` closes a finding as it is; the others settle a conflict."""

    NOTED = "noted"
    REGISTER = "register"
    MINE = "mine"


CHOICES: Mapping[Choice, Localized] = {
    Choice.REGISTER: Localized("以台账为准", "Keep the register"),
    Choice.MINE: Localized("以我为准", "Take mine"),
    Choice.NOTED: Localized("知道了", "Noted"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """``token`` names the finding; the place is where the answer was chosen."""

    token: str
    choice: Choice
    file: str
    sheet: str
    cell: str
    submission: str


def token_of(finding: Finding) -> str:
    """Return what names *finding* in the workbook, the same when the ledger is built anew."""
    return identity(finding)[:_TOKEN_SIGNS]


def chosen(text: str) -> Choice | None:
    """Return which choice *text* is, in either language; None when it is none."""
    found = text.strip().casefold()
    return next((code for code, words in CHOICES.items() if found in (words.zh, words.en.casefold())), None)
