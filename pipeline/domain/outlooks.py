"""What the running period still asks of each person, as declarations count it (``schemas.language.outlook``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.domain.register_views import Registers
from pipeline.domain.roster import Roster
from schemas.language import Catalogue
from schemas.language.outlook import Outlook, Owed


@dataclass(frozen=True, slots=True)
class Ahead:
    """The lines of one outlook for one person: what is furthest from done first."""

    outlook: Outlook
    lines: Sequence[Owed]

    @property
    def missing(self) -> int:
        """How many lines are not done yet."""
        return sum(line.missing > 0 for line in self.lines)


def look_ahead(catalogue: Catalogue, held: Registers, roster: Roster, day: date) -> Mapping[str, Sequence[Ahead]]:
    """Return by staff number what each person on *roster* still owes on *day*; who owes nothing any more is left out."""
    found: dict[str, list[Ahead]] = defaultdict(list)
    for register in catalogue.registers:
        for outlook in register.outlooks:
            owed: dict[str, list[Owed]] = defaultdict(list)
            for line in outlook.owed(held, day):
                person = roster.named(line.person)
                if person is not None and line.due > 0:
                    owed[person.number].append(line)
            for number, lines in owed.items():
                ahead = Ahead(outlook, sorted(lines, key=lambda line: line.made / line.due))
                if ahead.missing:
                    found[number].append(ahead)
    return dict(found)
