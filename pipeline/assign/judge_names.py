"""People whom a sheet names for a deed, held against the roster of that day: who has left can have done nothing, nor do it; and
who was away has hardly signed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from pipeline.domain.finding import SAID_BY, Finding
from pipeline.domain.finding_at import finding_at
from pipeline.domain.record import Record
from pipeline.domain.roster import Person, Roster, dates_in_words
from schemas.language import FieldRole, Form, Localized

_NAMING = (FieldRole.ACTOR, FieldRole.SUBMITTER)


def judge_names(
    form: Form, records: Iterable[Record], roster: Roster, staff_form: Localized, to_do: Collection[str] = ()
) -> list[Finding]:
    """Return a finding for each of *records* that names somebody of the roster who was not in force, or away, on the day of the
    deed: the day the sheet says (``FieldRole.DONE_ON``), else the roster's own; in a field of *to_do*, which names who is to
    do a step yet, always the roster's own. A name that is not on the roster is nobody's business here; of two people of one
    name, one in force is enough. *staff_form* is what the sheet of staff is called.
    """
    fields = [each for each in form if each.means in _NAMING or each.code in to_do]
    done_on = form.meaning(FieldRole.DONE_ON)
    findings: list[Finding] = []
    for record in records if fields else ():
        done = _day(record.values.get(done_on.code)) if done_on else None
        for field in fields:
            day = roster.day if done is None or field.means not in _NAMING else done
            name = str((record.action or record.values).get(field.code, ""))
            people = _people(name, roster) if name else ()
            there = [person for person in people if person.serves_on(day)]
            if people and not there:
                rule, begins, ends = "person.not_in_force", people[-1].starts, people[-1].ends
            elif done is not None and field.means in _NAMING and there and all(one.is_absent_on(done) for one in there):
                rule, begins, ends = "person.absent", there[-1].away_from, there[-1].away_to
            else:
                continue
            asked = {SAID_BY: by} if field.code in to_do and (by := _signer(form, record)) else {}
            about = {"day": day.isoformat(), "term": dates_in_words(begins, ends), "staff_form": staff_form}
            findings.append(finding_at(rule, form, record, field.code, **about, **asked))
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
