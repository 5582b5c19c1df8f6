"""A new key that is no new customer: which older record it renews, and why that is thought."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher

from pipeline.domain.record import RecordState
from schemas.language import Field, FieldRole, Localized, Register, Renewal, Stored, StoredValues

_ALIKE = 0.8
"""Share of letters in common (difflib): one letter more or less in a shop's name or address passes."""
_TELLING = 4
"""Letters that a text must have to be found within another: 村 stands in every address."""
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Predecessor:
    """The older record and the fields in which both agree."""

    entry: RecordState
    agree: tuple[Field, ...]

    @property
    def because(self) -> Localized:
        """What speaks for it."""
        return Localized(
            "、".join(field.label.zh for field in self.agree) + "相符",
            "same " + ", ".join(field.label.en for field in self.agree),
        )


def predecessor(
    register: Register, values: StoredValues, candidates: Iterable[RecordState], day: date
) -> Predecessor | None:
    """Return the one record among *candidates* that *values*, under a new key, renew; None when none or several may."""
    renewal = register.renewal
    if renewal is None:
        return None
    found = [
        Predecessor(entry, tuple(register.field(code) for code in (*same, *alike)))
        for entry in candidates
        if _may_be_followed(register, renewal, entry, values, day)
        and (same := [code for code in renewal.same if values.get(code) and values[code] == entry.values.get(code)])
        and (alike := [code for code in renewal.alike if are_alike(values.get(code), entry.values.get(code))])
    ]
    most = max((len(each.agree) for each in found), default=0)
    best = [each for each in found if len(each.agree) == most]
    return best[0] if len(best) == 1 else None


def _may_be_followed(register: Register, renewal: Renewal, entry: RecordState, values: StoredValues, day: date) -> bool:
    """Tell whether *entry* ends before *values* do, soon or at the same place, or has ended, and nobody follows it yet."""
    if renewal.following.code in entry.values:
        return False
    state = register.state(entry.state)
    if state is not None and state.closed:
        return True
    expires = register.meaning(FieldRole.EXPIRES)
    if expires is None or not entry.values.get(expires.code):
        return False
    until = str(entry.values[expires.code])
    outlasted = until < str(values.get(expires.code) or until)
    address = register.meaning(FieldRole.ADDRESS)
    same_place = address is not None and are_alike(values.get(address.code), entry.values.get(address.code))
    return outlasted and (same_place or date.fromisoformat(until) <= day + timedelta(days=renewal.days))


def are_alike(one: Stored, other: Stored) -> bool:
    """Tell whether two names or addresses may be one: equal digits, and equal, one within the other, or nearly so."""
    left, right = _letters(one), _letters(other)
    if not left or _DIGITS.findall(left) != _DIGITS.findall(right):
        return False
    shorter, longer = sorted((left, right), key=len)
    within = len(shorter) >= _TELLING and shorter in longer
    return within or SequenceMatcher(None, left, right, autojunk=False).ratio() >= _ALIKE


def _letters(value: Stored) -> str:
    text = unicodedata.normalize("NFKC", str(value or "")).casefold()
    return "".join(sign for sign in text if sign.isalnum())
