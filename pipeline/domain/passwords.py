"""Passwords of people's own workbooks, as the office sets them: a line each, staff number and password."""

from __future__ import annotations

from dataclasses import dataclass

EVERYBODY = "*"
_MOST_TRIED = 20
"""Each costs a tenth of a second by design of the format."""


@dataclass(frozen=True, slots=True, repr=False)
class Passwords:
    """In order. The first of a person is set on what is written; any of them may open what comes back."""

    lines: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, text: str) -> Passwords:
        """Return those in *text*: ``K01 secret`` a line, ``*`` for everybody else; blank lines and ``#`` say nothing."""
        lines = (line.strip() for line in text.splitlines())
        split = (line.split(maxsplit=1) for line in lines if line and not line.startswith("#"))
        return cls(tuple((each[0], each[1]) for each in split if len(each) > 1))

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
