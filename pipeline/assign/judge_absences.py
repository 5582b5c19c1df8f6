"""Work that falls due while whoever has it is away, and nobody stands in: who watches over it reads of it at once, not when it is
overdue.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pipeline.domain.finding import Finding
from pipeline.domain.record import RecordState
from pipeline.domain.record_title import title_or_key
from pipeline.domain.roster import Roster
from pipeline.domain.rulebook import found
from schemas.language import Localized, Register

_SHOWN = 5
"""So many records are named; the rest are counted."""


def due_in_absence(
    register: Register, entries: Iterable[RecordState], roster: Roster, staff_form: Localized
) -> list[Finding]:
    """Return a finding for each person who is away today, without a stand-in, of what is due of *entries* before he is back;
    of all that he has where nobody knows when that is.
    """
    theirs: dict[str, list[RecordState]] = defaultdict(list)
    for record in entries:
        person = roster.people.get(record.owner)
        if person is None or person.stand_in or record.due is None or not person.is_absent_on(roster.day):
            continue
        if person.away_to is None or record.due <= person.away_to:
            theirs[record.owner].append(record)
    findings = []
    for number, those in sorted(theirs.items()):
        person = roster.people[number]
        term = "–".join(day.isoformat() if day else "" for day in (person.away_from, person.away_to))
        titles = "、".join(title_or_key(register, each) for each in those[:_SHOWN])
        about = {"form": register.base.code, "key": number, "value": person.name, "name": person.name}
        more = titles + ("…" if len(those) > _SHOWN else "")
        findings.append(
            found("assign.absent", **about, term=term, count=len(those), titles=more, staff_form=staff_form)
        )
    return findings
