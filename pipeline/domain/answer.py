"""What the owner of a finding says to it in the exceptions workbook, or the return, that he drops back."""

from __future__ import annotations

import hashlib
import json
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
TOKEN_SIGNS = 24
MOVED_ON = "answer.moved_on"
"""The rule about a choice that was made over a value which the register holds no more."""
SAID = "@said"
"""The detail of a conflict that holds the value as it would be stored, in JSON."""
_SEEN = "."
_SEEN_SIGNS = 8

NOT_OURS = Localized("不是本表栏目", "Not one of our columns")
"""What is chosen for a label that is none of the form's."""
OFFERED = "@offered"
"""The detail of a finding about a label that is asked: the codes of the fields that it may mean, the likeliest first."""
SAMPLES = "@samples"
"""The detail that holds some of the values below such a label: for its own sender's eyes."""
_ASKED = "?"
_ASKED_LABELS = frozenset({"column.unknown", "header.ambiguous"})
_ASKED_OPTION = "value.choice"
_LONGEST_OPTION = 40
_BOXES = frozenset("☑☒□■☐√✓✔●○◉×✗")
"""What stands beside the answers of a ticked choice: such a cell names several of them."""


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

    @property
    def about(self) -> str:
        """What names the finding, whatever stood beside it when it was answered."""
        return self.token.partition(_SEEN)[0]

    @property
    def place(self) -> dict[str, str]:
        """Where it was chosen, as a finding has it."""
        return {"submission": self.submission, "file": self.file, "sheet": self.sheet, "cell": self.cell}

    def saw(self, finding: Finding) -> bool:
        """Tell whether it was chosen between the very values that *finding* tells of now. Workbooks of version 0.1 do not
        say what they showed.
        """
        return self.token in (self.about, token_of(finding))


TOKENS_APART = " "
"""Stands between the tokens of findings that are answered in one line."""


def token_of(finding: Finding) -> str:
    """Return what names *finding* in the workbook, the same when the ledger is built anew; of a conflict with what tells its
    two values from others.
    """
    about = identity(finding)[:TOKEN_SIGNS]
    if finding.rule not in TO_CHOOSE:
        return about
    details = dict(finding.details)
    shown = json.dumps([details["now"], details[SAID]], ensure_ascii=False)
    return f"{about}{_SEEN}{hashlib.sha256(shown.encode('utf-8', 'surrogatepass')).hexdigest()[:_SEEN_SIGNS]}"


def chosen(text: str) -> Choice | None:
    """Return which choice *text* is, in either language; None when it is none."""
    found = text.strip().casefold()
    return next((code for code, words in CHOICES.items() if found in (words.zh, words.en.casefold())), None)


@dataclass(frozen=True, slots=True)
class AskedName:
    """A name of somebody's own of which it is asked what it means: the label of a column, or, with ``field``, an answer to
    that choice.
    """

    form: str
    written: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class NameAnswer:
    """What a name was said to mean, as it stands in the cell. ``token`` names the finding by which it was asked."""

    token: str
    name: AskedName
    meaning: str
    file: str
    sheet: str
    cell: str
    submission: str


def asked_name(finding: Finding) -> AskedName | None:
    """Return the name that *finding* asks about, None where there is nothing that can be said once and for all."""
    if not finding.form or not finding.value.strip():
        return None
    if finding.rule in _ASKED_LABELS and any(name == OFFERED and codes for name, codes in finding.details):
        return AskedName(finding.form, finding.value)
    is_short = len(finding.value) <= _LONGEST_OPTION and not _BOXES.intersection(finding.value)
    if finding.rule == _ASKED_OPTION and finding.field and is_short:
        return AskedName(finding.form, finding.value, finding.field)
    return None


def asked_token(finding: Finding, name: AskedName) -> str:
    """Return what names *finding* in a return where it is asked what *name* means."""
    asked = [token_of(finding), name.form, name.field, name.written]
    return _ASKED + json.dumps(asked, ensure_ascii=False, separators=(",", ":"))


def parse_asked(text: str) -> tuple[str, AskedName] | None:
    """Return token and name of what ``asked_token`` has written; None for any other text."""
    if not text.startswith(_ASKED):
        return None
    try:
        token, form, field, written = map(str, json.loads(text.removeprefix(_ASKED)))
    except ValueError:  # somebody has typed in the hidden column
        return None
    return token, AskedName(form, written, field)
