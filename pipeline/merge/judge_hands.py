"""Who did a step held against whose it was: where another one may do it, it is taken, and told."""

from __future__ import annotations

from pipeline.domain.finding import SAID_BY, Finding
from pipeline.domain.record import Record, RecordState
from pipeline.domain.record_title import title_or_key
from pipeline.domain.roster import Roster
from pipeline.domain.routing import role_for
from pipeline.merge.finding_at import finding_at
from schemas.language import FieldRole, Form, Register


def done_by_another(
    register: Register, form: Form, record: Record, entry: RecordState | None, roster: Roster
) -> list[Finding]:
    """Return the reminder that the step which *record*, a row of *form*, takes for *entry* was done by somebody whose it was
    not: not whom the record names for it, not whoever has it, nor anybody of its role. A strict stage refuses the row instead.
    """
    stage, named = register.stage_of(form.code), form.meaning(FieldRole.ACTOR)
    if stage is None or named is None or entry is None or stage.strict or stage.ad_hoc:
        return []
    name = str(record.values.get(named.code, ""))
    people = [each for each in roster.everyone.values() if name in (each.name, each.number)]
    told_elsewhere = bool(record.token) or not any(each.number in roster.people for each in people)
    if not name or (people and told_elsewhere):  # of somebody's worklist, and of who has left
        return []
    chosen = roster.named(str(entry.values.get(stage.whom, ""))) if stage.whom else None
    role = role_for(stage, {**entry.values, **record.values})
    theirs = (each == chosen if chosen else each.has_role(role) for each in people)
    if any(each.number == entry.owner for each in people) or any(theirs):
        return []
    whose = chosen or roster.people.get(entry.owner)
    if whose is None and not roster.with_role(role):
        return []  # nobody could be asked: that is told
    title, who = title_or_key(register, entry), whose.name if whose else roster.role_words(role)
    about = {"title": title, "stage": stage.title, "who": who}
    told = [finding_at("step.by_another", form, record, named.code, **about)]
    if whose is not None:  # whose work it was should know, too, that it was done for him
        told.append(finding_at("step.by_another", form, record, named.code, **about, **{SAID_BY: whose.number}))
    return told
