"""Work that falls due while whoever has it is away, and nobody stands in: who watches over it reads of it at once, not when it is
overdue.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.assign.gaps import first_of
from pipeline.domain.finding import Finding
from pipeline.domain.record import RecordState
from pipeline.domain.record_title import title_or_key
from pipeline.domain.roster import Person, Roster, dates_in_words
from pipeline.domain.rulebook import found
from schemas.language import Localized, Register


def due_in_absence(
    register: Register, entries: Iterable[RecordState], roster: Roster, staff_form: Localized
) -> list[Finding]:
    """Return a finding for each person who is away today, without a stand-in, of what is due of those *entries* that wait before he is back;
    of all that he has where nobody knows when that is.
    """
    away = {
        number: person
        for number, person in roster.people.items()
        if not person.stand_in and person.is_absent_on(roster.day)
    }
    theirs: dict[str, list[RecordState]] = defaultdict(list)
    for record in entries if away else ():
        person = away.get(record.owner)
        if person is None or record.due is None or register.waiting_for(record.state) is None:
            continue
        if person.away_to is None or record.due <= person.away_to:
            theirs[record.owner].append(record)
    return [_told(register, away[number], those, staff_form) for number, those in sorted(theirs.items())]


def _told(register: Register, person: Person, those: Sequence[RecordState], staff_form: Localized) -> Finding:
    return found(
        "assign.absent",
        form=register.base.code,
        key=person.number,
        value=person.name,
        name=person.name,
        term=dates_in_words(person.away_from, person.away_to),
        count=len(those),
        titles=first_of([title_or_key(register, each) for each in those]),
        staff_form=staff_form,
    )
