"""Who did a step held against whose it was: where nobody else may do it, it is refused; where another one may, it is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.domain.duties import managers_of
from pipeline.domain.finding import SAID_BY, Finding
from pipeline.domain.finding_at import finding_at
from pipeline.domain.record import Record, RecordState
from pipeline.domain.record_title import title_or_key
from pipeline.domain.roster import Person, Roster
from pipeline.domain.routing import role_for
from pipeline.domain.rulebook import details_of
from schemas.language import FieldRole, Form, Localized, Register, Stage, StoredValues
from schemas.language.ending import deciding_stage

_WHO = Localized("（{who}）", " ({who})")
_IN_PLACE = Localized("{role}（现由{name}办理）", "{role} ({name} has it now)")


def done_by_another(
    register: Register, form: Form, record: Record, entry: RecordState | None, roster: Roster
) -> list[Finding]:
    """Return the reminder that the step which *record*, a row of *form*, takes for *entry* was done by somebody whose it was
    not: not whom the record names for it, not whoever has it, nor anybody of its role; where an area has one of that role, not he.
    A strict stage refuses the row of another role instead.
    """
    stage, named = register.stage_of(form.code), form.meaning(FieldRole.ACTOR)
    if entry is None or (stage is not None and stage.ad_hoc):
        return _filled_by_another(register, form, record, entry, roster)
    if stage is None or named is None:
        return []
    name = str(record.values.get(named.code, ""))
    people = [each for each in roster.everyone.values() if name in (each.name, each.number)]
    told_elsewhere = bool(record.token) or not any(each.number in roster.people for each in people)
    if not name or (people and told_elsewhere):  # of somebody's worklist, and of who has left
        return []
    chosen = roster.named(str(entry.values.get(stage.whom, ""))) if stage.whom else None
    role = role_for(stage, {**entry.values, **record.values})
    serves = _serves(stage, entry, role, roster)
    mine = chosen or serves
    theirs = (each == mine if mine else each.has_role(role) for each in people)
    if any(each.number == entry.owner for each in people) or any(theirs) or (stage.strict and mine is None):
        return []
    whose = mine or roster.people.get(entry.owner)
    if whose is None and not roster.with_role(role):
        return []  # nobody could be asked: that is told
    title, who = title_or_key(register, entry), whose.name if whose else roster.role_words(role)
    about = {"title": title, "stage": stage.title, "who": who}
    told = [finding_at("step.by_another", form, record, named.code, **about)]
    if whose is not None:  # whose work it was should know, too, that it was done for him
        told.append(finding_at("step.by_another", form, record, named.code, **about, **{SAID_BY: whose.number}))
    return told


def _serves(stage: Stage, entry: RecordState, role: str, roster: Roster) -> Person | None:
    """Return who alone has *role* for the area of *entry*, and is there: what lies in an area is not everybody's of the role."""
    area = roster.areas.get(entry.area)
    person = roster.people.get(area.served_by.get(role, "")) if area and not stage.spread else None
    return None if person is None or person.is_absent_on(roster.day) else person


def _filled_by_another(
    register: Register, form: Form, record: Record, entry: RecordState | None, roster: Roster
) -> list[Finding]:
    """Return the reminder that *record*, a row of *form* that opens it, or of a deed that leads *entry* elsewhere at any time, was
    filled by somebody who has not the role that fills it (``Stage.expects_role``): his own, and one for each who watches over the
    register.
    """
    stage, named = register.stage_of(form.code), form.meaning(FieldRole.ACTOR) or form.meaning(FieldRole.SUBMITTER)
    if stage is None or named is None or not stage.expects_role:
        return []
    said = record.action or record.values
    name, role = str(said.get(named.code, "")), role_for(stage, said)
    people = [each for each in roster.everyone.values() if name in (each.name, each.number)]
    told_elsewhere = bool(people) and not any(each.number in roster.people for each in people)  # he has left
    may = any(each.has_role(role, stage.superior or role, *stage.also_of) for each in people)
    there = [each for each in (role, *stage.also_of) if roster.with_role(each)]
    if not name or told_elsewhere or not there or may:
        return []
    called = form.meaning(FieldRole.TITLE)
    title = title_or_key(register, entry) if entry else str(record.values.get(called.code, "")) if called else ""
    theirs = [roster.role_words(each) for each in there]
    who = Localized("、".join(each.zh for each in theirs), " / ".join(each.en for each in theirs))
    about = {"title": title or record.key, "stage": stage.title, "who": who}
    said_by = [{}, *({SAID_BY: each.number} for each in managers_of(register, roster))]
    return [finding_at("step.by_another", form, record, named.code, **about, **each) for each in said_by]


def once_a_sheet(opened: Iterable[Finding]) -> list[Finding]:
    """Return of what was told of rows that somebody without the role has *opened* one finding for each sheet, reader and role they
    are for, with how many rows there are: a list of a county is not told row by row.
    """
    of_sheets: dict[tuple[str, str, str, tuple[tuple[str, str], ...]], list[Finding]] = defaultdict(list)
    for each in opened:
        said = tuple(detail for detail in each.details if detail[0] != "title")  # the role can hang on the row
        of_sheets[each.submission, each.sheet, each.value, said].append(each)
    return [_of_several(those) for those in of_sheets.values()]


def _of_several(those: Sequence[Finding]) -> Finding:
    first, count = those[0], len(those)
    if count == 1:
        return first
    title = dict(first.details)["title"]
    several = details_of({"title": Localized(f"{title}等 {count} 件", f"{title} and {count - 1} more")})
    return replace(first, details=(*(each for each in first.details if each[0] != "title"), *several))


def not_theirs(
    register: Register,
    form: Form,
    stage: Stage,
    record: Record,
    entry: RecordState | None,
    roster: Roster,
    author: str,
) -> Finding | None:
    """Return why whoever has filled *record*, a row of *form*, had no business to: it is his own, or another role's; *author* is
    whose worklist it is, where the row itself names nobody.
    """
    if not stage.strict and not stage.not_by:
        return None
    named = form.meaning(FieldRole.ACTOR) or form.meaning(FieldRole.SUBMITTER)
    said = record.action or record.values
    actor = str((said.get(named.code) if named else "") or author)
    values = {**(entry.values if entry else {}), **record.values}
    about = {
        "title": title_or_key(register, entry) if entry else record.key,
        "stage": stage.title,
        "name": actor,
        SAID_BY: actor,  # whoever has the record has done nothing wrong
    }
    at = (named or form.key).code
    person = roster.named(actor)
    number = person.number if person else actor
    for code in stage.not_by:
        other = str(values.get(code, ""))
        theirs = roster.named(other)
        if actor and other and number == (theirs.number if theirs else other):
            has = _taken_by(stage, entry, roster)
            who = _WHO.filled(who=has) if has else ""
            return finding_at("step.own", form, record, at, what=register.field(code).label, who=who, **about)
    given = entry is not None and person is not None and person.number == entry.owner  # also as stand-in or superior
    deciding = deciding_stage(register.stages, entry.state) if stage.ends and entry is not None else None
    if deciding is not None and entry is not None:
        if _decides(deciding, entry, person, roster):
            return None
        who = _who_may(deciding, entry, values, roster)
        return finding_at("end.decided", form, record, at, role=who, decides=deciding.title, **about)
    begun = str(values.get(stage.begins) or "")[:10] if stage.begins else ""
    if stage.owed or (begun and begun < roster.day.isoformat()):
        given = False  # it is owed, or has taken place, whoever has what is left to do
    role = role_for(stage, values)
    if stage.strict and (person is None or not (person.has_role(role) or given)):
        return finding_at("step.wrong_role", form, record, at, role=_who_may(stage, entry, values, roster), **about)
    return None


def _who_may(stage: Stage, entry: RecordState | None, values: StoredValues, roster: Roster) -> Localized:
    """Return what those are called who may do *stage* of *entry*, which holds *values*: of its own role, unless it has gone to
    somebody else, or may not be done by any of that role, as it is their own.
    """
    role = role_for(stage, values)
    owner = _taken_by(stage, entry, roster)
    if owner is not None:
        return owner
    barred = [roster.named(str(values.get(code, ""))) for code in stage.not_by]
    holders = roster.with_role(role)
    above = bool(stage.superior and holders) and all(each in barred for each in holders)
    return roster.role_words(stage.superior if above else role)


def _taken_by(stage: Stage, entry: RecordState | None, roster: Roster) -> Localized | None:
    """Return what he is called who has *entry*, where it waits for *stage* and has gone to the superior, or to another one in the
    place of its role; None where one of its role has it, or nobody.
    """
    owner = roster.people.get(entry.owner) if entry is not None and entry.state == stage.state else None
    if entry is None or owner is None:
        return None
    role = role_for(stage, entry.values)
    if owner.has_role(role):
        return None
    if stage.superior and owner.has_role(stage.superior):
        return roster.role_words(stage.superior)
    return _IN_PLACE.filled(role=roster.role_words(role), name=owner.name)


def _decides(deciding: Stage, entry: RecordState, person: Person | None, roster: Roster) -> bool:
    """Tell whether *person* may take back what the stage *deciding* has decided on *entry*, or is to decide."""
    if person is None:
        return False
    if entry.state == deciding.state and person.number == entry.owner:  # also as stand-in or superior
        return True
    barred = [roster.named(str(entry.values.get(code, ""))) for code in deciding.not_by]
    return person not in barred and person.has_role(
        role_for(deciding, entry.values), deciding.superior or deciding.role
    )
