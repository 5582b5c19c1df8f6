"""A step that was taken after its day, of which nobody ever read as overdue: no run lay between the day and the sheet."""

from __future__ import annotations

from datetime import date, datetime

from pipeline.domain.due import due_moment
from pipeline.domain.duties import managers_of
from pipeline.domain.finding import SAID_BY, Finding
from pipeline.domain.finding_at import finding_at
from pipeline.domain.record import Record, RecordState
from pipeline.domain.record_title import title_or_key
from pipeline.domain.roster import Roster
from pipeline.domain.rulebook.merging import TAKEN_LATE
from schemas.language import FieldRole, Form, Localized, Register
from schemas.language.workdays import next_workday

_DONE, _CAME = Localized("办", "done"), Localized("交来", "handed in")


def taken_late(
    register: Register, form: Form, record: Record, entry: RecordState | None, roster: Roster, last_run: date | None
) -> list[Finding]:
    """Return for each who watches over *register* that the step which *record*, a row of *form*, takes for *entry* was done after
    the day, or the moment, by which it was due; or that it came more than a working day after it, and where the procedure itself
    names the day (``Stage.by_workday``), after that. Nothing where it was overdue in the *last_run*, as that was told, nor where a
    watch of the register tells it (``Watch.of_due``).
    """
    stage = register.stage_of(form.code)
    if stage is None or entry is None or entry.due is None or stage.state != entry.state:
        return []
    named = str(entry.values.get(stage.due_by) or "") if stage.due_by else ""
    if named and any(stage.due_by in watch.of_due for watch in register.watches):
        return []
    if last_run is not None and last_run > entry.due:
        return []
    day = form.meaning(FieldRole.DONE_ON)
    done = str(record.values.get(day.code) or "") if day else ""
    after = bool(done) and _is_after(done, entry.due, named)
    if not after and (roster.day <= entry.due or (not stage.by_workday and roster.day <= next_workday(entry.due))):
        return []  # it bears no day: it may have been done on the day before
    by, of_day = due_moment(entry.due, named), due_moment(entry.due)
    due = entry.due.isoformat() if by == of_day else by.isoformat(" ", "minutes")
    made = done[:10] if by == of_day else done.replace("T", " ")
    on, how = (made, _DONE) if after else (roster.day.isoformat(), _CAME)
    about = {"title": title_or_key(register, entry), "stage": stage.title, "due": due}
    at = day or form.meaning(FieldRole.ACTOR) or form.key
    return [
        finding_at(TAKEN_LATE, form, record, at.code, **about, on=on, how=how, **{SAID_BY: each.number})
        for each in managers_of(register, roster)
    ]


def _is_after(done: str, due: date, named: str) -> bool:
    """Tell whether what was *done* on a stored day, or moment, was after the day *due*, or the moment of it that is *named*; of a
    day without an hour nobody knows whether it was after the moment.
    """
    if date.fromisoformat(done[:10]) != due or "T" not in done:
        return date.fromisoformat(done[:10]) > due
    return datetime.fromisoformat(done) > due_moment(due, named)
