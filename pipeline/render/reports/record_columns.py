"""Where a record stands, in words and marks: the columns that master and worklists share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.domain.changing_hands import came_by, stands_in_for
from pipeline.domain.office import Office
from pipeline.domain.record import RecordState
from pipeline.render.wording import caption
from pipeline.render.xlsx.workbook import Mark
from schemas.language import Language, Register


def lateness(office: Office, entry: RecordState) -> str:
    """Return how late *entry* is, "" while there is time."""
    if entry.due is None or entry.due > office.today:
        return ""
    if entry.due == office.today:
        moment = office.named_moment(entry)
        if moment is None:
            return caption("due_today", office.language)
        code = "late_since" if office.overdue(entry) else "due_at"
        return caption(code, office.language, time=moment.strftime("%H:%M"))
    return caption("late", office.language, days=(office.today - entry.due).days)


def coming(office: Office, entry: RecordState, *, known: bool = False) -> Iterator[str]:
    """Yield how *entry* came to who has it: too late, in whose place, from whom, and whether that was today, unless it is
    *known* to him.
    """
    language = office.language
    if entry.due is not None and entry.since is not None and entry.due < entry.since:
        yield caption("late_when_it_came", language)  # whoever had it before was late
    absent, came = stands_in_for(entry.why, entry.owner, office.roster), came_by(entry.why)
    if absent is not None:
        yield caption("stands_in_for", language, name=absent.name)
    elif came is not None:
        yield caption("handed_from", language, name=came.giver)
    if known:
        return
    if office.today == entry.since or (entry.register, entry.key) in office.came_today:
        yield caption("new_here", language)


def mark(office: Office, entry: RecordState) -> Mark | None:
    """Return how *entry* stands out in a list, None when it does not."""
    if office.overdue(entry):
        return Mark.LATE
    return Mark.WARN if entry.due == office.today or entry.reason else None


def marks(office: Office, entries: Iterable[RecordState]) -> dict[int, Mark]:
    """Return how each of *entries* stands out, by its row, without those that do not."""
    return {row: found for row, entry in enumerate(entries) if (found := mark(office, entry)) is not None}


def state_name(register: Register, entry: RecordState, language: Language) -> str:
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


def as_of(office: Office) -> str:
    """Return the line below a heading: whose report it is, and of which day."""
    return "    ".join(
        part for part in (office.name, caption("as_of", office.language, day=office.today.isoformat())) if part
    )
