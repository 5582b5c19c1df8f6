"""Where a record stands, in words and marks: the columns that master and worklists share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pipeline.domain.duties import overdue
from pipeline.domain.office import Office
from pipeline.domain.record import Entry
from pipeline.render.wording import caption
from pipeline.render.workbook import Mark
from schemas.form import Language, Means, Register


def lateness(entry: Entry, today: date, language: Language) -> str:
    """Return how late *entry* is, "" while there is time."""
    if entry.due is None or entry.due > today:
        return ""
    if entry.due == today:
        return caption("due_today", language)
    return caption("late", language, days=(today - entry.due).days)


def mark(entry: Entry, today: date) -> Mark | None:
    """Return how *entry* stands out in a list, None when it does not."""
    if overdue(entry, today):
        return Mark.LATE
    return Mark.WARN if entry.due == today or entry.reason else None


def marks(entries: Iterable[Entry], today: date) -> dict[int, Mark]:
    """Return how each of *entries* stands out, by its row, without those that do not."""
    return {row: found for row, entry in enumerate(entries) if (found := mark(entry, today)) is not None}


def state_name(register: Register, entry: Entry, language: Language) -> str:
    """Return the state of *entry* in words."""
    state = register.state(entry.state)
    return state.words.to(language) if state else entry.state


def owner_name(office: Office, number: str) -> str:
    """Return the name of staff *number*, or that it is nobody."""
    return office.person_name(number) if number else caption("nobody", office.language)


def name_of_area(office: Office, code: str) -> str:
    """Return the name of the area *code*, or the code itself when it is no longer on the roster."""
    area = office.roster.areas.get(code)
    return area.name if area else code


def title_of(register: Register, entry: Entry | None) -> str:
    """Return what people call *entry*, "" when it has no name."""
    field = register.meaning(Means.TITLE)
    return str(entry.values.get(field.code, "")) if field and entry else ""


def as_of(office: Office) -> str:
    """Return the line below a heading: whose report it is, and of which day."""
    return "    ".join(
        part for part in (office.name, caption("as_of", office.language, day=office.today.isoformat())) if part
    )
