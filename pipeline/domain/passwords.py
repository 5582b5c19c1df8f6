"""Passwords of people's own workbooks, as the office sets them: a line each, staff number and password."""

from __future__ import annotations

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from unicodedata import normalize

EVERYBODY = "*"
_MOST_TRIED = 20
"""Each costs half a tenth of a second by design of the format."""


class BadLineError(ValueError):
    """Line *number* is no staff number with a password. The line itself is never repeated."""

    def __init__(self, number: int) -> None:
        """Name the line alone."""
        super().__init__(f"line {number}")
        self.number = number


@dataclass(frozen=True, slots=True, repr=False)
class Passwords:
    """In order. The first of a person is set on what is written; any of them may open what comes back."""

    lines: tuple[tuple[str, str], ...] = ()
    key: bytes = b""
    """By which ``trace`` is made: known to this machine alone."""

    @classmethod
    def parse(cls, text: str) -> Passwords:
        """Return those in *text*: ``K01 secret`` a line, ``*`` for everybody else; blank lines and ``#`` say nothing.

        Raise BadLineError of any other: who is passed over would get his worklist open.
        """
        found = []
        for number, line in enumerate(text.splitlines(), 1):
            words = line.split(maxsplit=1)
            if not words or words[0].startswith("#"):
                continue
            if len(words) == 1:
                raise BadLineError(number)
            found.append((normalize("NFKC", words[0]), words[1].strip()))
        return cls(tuple(found))

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self.lines)

    def unheard_of(self, people: Collection[str]) -> list[str]:
        """Return the staff numbers that none of *people* has."""
        known = {person.casefold() for person in people} | {EVERYBODY}
        return [who for who, _ in self.lines if who.casefold() not in known]

    def trace(self, person: str) -> str:
        """Return what is another text when the password of *person* is, and tells nothing of it without the key."""
        password = self.of(person)
        return hmac.digest(self.key, password.encode(), "sha256").hex() if password else ""

    def of(self, person: str) -> str:
        """Return the password of *person*'s workbooks, "" when they have none."""
        own = [password for who, password in self.lines if who.casefold() == person.casefold()]
        every = [password for who, password in self.lines if who == EVERYBODY]
        return next(iter([*own, *every]), "")

    def to_try(self, name: str) -> list[str]:
        """Return those that may open a file called *name*, the likeliest first: of whom it names, everybody's, others'."""
        rank = {password: 2 for _, password in self.lines}
        for who, password in self.lines:
            if who == EVERYBODY:
                rank[password] = min(rank[password], 1)
            elif who.casefold() in name.casefold():
                rank[password] = 0
        return sorted(rank, key=rank.__getitem__)[:_MOST_TRIED]


NONE = Passwords()
