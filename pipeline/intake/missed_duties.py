"""A duty that nobody has done is counted as missed, and told once: to whoever had it, and to whoever watches over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from pipeline.domain.finding import FOR_PERSON, FOR_ROLE, TOLD_ONLY, Finding
from pipeline.domain.notice import TOLD_FOR
from pipeline.domain.record import RecordState
from pipeline.domain.record_title import title_or_key
from pipeline.domain.roster import Roster
from pipeline.domain.rulebook import found
from pipeline.intake.finding_assignee import readers_of
from schemas.language import Register
from schemas.language.work import YES

MISSED = "duty.missed"


def told_missed(
    register: Register, standing: Mapping[str, RecordState], roster: Roster, day: date
) -> Iterator[Finding]:
    """Yield what is told of those of the records *standing* in *register* that have ended as missed in the last days."""
    codes = {state.code for state in register.states if state.missed}
    for record in standing.values() if codes else ():
        if record.state not in codes or record.since is None or day - record.since >= TOLD_FOR:
            continue
        watching = [
            ({FOR_PERSON: number} if number else {}) | {FOR_ROLE: register.manager}
            for number in readers_of(register.manager, register, roster)
        ]
        for whom in ({FOR_PERSON: record.owner} if record.owner else {}, *watching):
            if whom:
                yield found(
                    MISSED,
                    form=register.base.code,
                    field=register.key.code,
                    key=record.key,
                    value=record.key,
                    title=title_or_key(register, record),
                    **whom,
                    **{TOLD_ONLY: YES.code},
                )
