"""People whom a sheet names for a deed, held against the roster of that day: who has left can have done nothing, nor do it; and
who was away has hardly signed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.domain.duties import managers_of
from pipeline.domain.finding import FOR_PERSON, SAID_BY, Finding
from pipeline.domain.finding_at import finding_at
from pipeline.domain.record import Record, RecordState
from pipeline.domain.roster import Person, Roster, dates_in_words
from schemas.language import FieldRole, Form, Localized, Register

_NAMING = (FieldRole.ACTOR, FieldRole.SUBMITTER)


@dataclass(frozen=True, slots=True)
class Signing:
    """Where a form is signed: ``waiting`` are the records that wait for its step, if only some may do that, ``watching`` who watches
    over the register, ``brought`` who has brought each paper, by submission.
    """

    waiting: Mapping[str, RecordState] = field(default_factory=dict)
    watching: Sequence[Person] = ()
    brought: Mapping[str, str] = field(default_factory=dict)

    def is_absent(self, record: Record, named: Sequence[Person], done: date | None, today: date) -> bool:
        """Tell whether all who are *named* were away when *record* was signed: on the day that it says; where it says none they are
        *today*, none of them has brought it himself, and it came to be signed when they had gone.
        """
        if done is not None:
            return all(one.is_absent_on(done) for one in named)
        entry = self.waiting.get(record.key)
        since = entry.since if entry else None
        if since is None or self.brought.get(record.submission) in _called(named):
            return False
        return all(one.is_absent_on(today) and one.is_absent_on(since) for one in named)

    def readers(self, record: Record, named: Sequence[Person], roster: Roster) -> list[str]:
        """Return the staff numbers of those who watch over it, are there today, and have neither signed nor brought it: "", the
        office, where there is nobody and another one has brought it.
        """
        brought = self.brought.get(record.submission, "")
        there = [each for each in self.watching if not each.is_absent_on(roster.day) and each not in named]
        by_another = bool(brought) and brought not in _called(named)
        others = [each.number for each in there if brought not in _called([each])]
        return others or ([""] if by_another and not there else [])


NOWHERE = Signing()


def signing_of(
    register: Register, form: Form, entries: Mapping[str, RecordState], roster: Roster, brought: Mapping[str, str]
) -> Signing:
    """Return where *form* is signed in *register*, of which *entries* are at hand; who has *brought* each paper."""
    stage = register.stage_of(form.code)
    waiting: Mapping[str, RecordState] = {}
    if stage is not None and (stage.strict or stage.not_by):
        waiting = {key: each for key, each in entries.items() if each.state == stage.state}
    return Signing(waiting, managers_of(register, roster), brought)


def _called(people: Iterable[Person]) -> set[str]:
    return {name for each in people for name in (each.number, each.name)}


def judge_names(
    form: Form,
    records: Iterable[Record],
    roster: Roster,
    staff_form: Localized,
    to_do: Collection[str] = (),
    signing: Signing = NOWHERE,
) -> list[Finding]:
    """Return a finding for each of *records* that names somebody of the roster who was not in force, or away, on the day of the
    deed: the day the sheet says (``FieldRole.DONE_ON``), else the roster's own; in a field of *to_do*, which names who is to
    do a step yet, always the roster's own. A name that is not on the roster is nobody's business here; of two people of one
    name, one in force is enough. *staff_form* is what the sheet of staff is called.

    Who was away is told to who watches over it, too (*signing*).
    """
    naming = [each for each in form if each.means in _NAMING or each.code in to_do]
    done_on = form.meaning(FieldRole.DONE_ON)
    findings: list[Finding] = []
    for record in records if naming else ():
        done = _day(record.values.get(done_on.code)) if done_on else None
        for named in naming:
            day = roster.day if done is None or named.means not in _NAMING else done
            name = str((record.action or record.values).get(named.code, ""))
            people = _people(name, roster) if name else ()
            there = [person for person in people if person.serves_on(day)]
            others: list[str] = []
            if people and not there:
                rule, begins, ends = "person.not_in_force", people[-1].starts, people[-1].ends
            elif named.means in _NAMING and there and signing.is_absent(record, there, done, roster.day):
                rule, begins, ends = "person.absent", there[-1].away_from, there[-1].away_to
                others = signing.readers(record, there, roster)
            else:
                continue
            asked = {SAID_BY: by} if named.code in to_do and (by := _signer(form, record)) else {}
            about = {"day": day.isoformat(), "term": dates_in_words(begins, ends), "staff_form": staff_form}
            whom = [asked, *({FOR_PERSON: number} for number in others)]
            findings += [finding_at(rule, form, record, named.code, **about, **each) for each in whom]
    return findings


def _signer(form: Form, record: Record) -> str:
    """Who has filled the row: he has named whoever is to do it, and reads of it, whoever has the record now."""
    named = form.meaning(FieldRole.ACTOR) or form.meaning(FieldRole.SUBMITTER)
    return str((record.action or record.values).get(named.code) or "") if named else ""


def _people(name: str, roster: Roster) -> list[Person]:
    known = roster.everyone.get(name)
    return [known] if known else [person for person in roster.everyone.values() if person.name == name]


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None
