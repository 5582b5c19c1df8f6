"""The life of one record, value by value: what each event set, what stood before, and where it came from.

Also what the program makes of the rows (state, who has it, deadline, area): each is told with the event that set it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pipeline.domain.record import Event, RecordState
from pipeline.domain.record_fold import apply_event
from pipeline.domain.roster import Roster
from pipeline.render.wording import caption
from pipeline.render.xlsx.measure import text_width
from schemas.language import Language, Localized, Register

_STANDING = {
    "state": "state",
    "since": "since",
    "owner": "owner",
    "due": "due",
    "area": "area",
    "why": "why",
    "reason": "sent_back_why",
}
"""What stands of a record beside its fields, and the caption of its column in the master."""

_RUN = Localized("第 {run} 批", "run {run}")
_TAKEN_BACK = Localized("（已由第 {run} 批撤销）", "(taken back by run {run})")
_BLANK = Localized("（空）", "(blank)")
_COLUMNS = 100
_GAP = "    "


def record_history(
    register: Register, events: Iterable[Event], roster: Roster, language: Language
) -> Iterator[dict[str, Any]]:
    """Yield one object a value that one of *events* (of one record, in order, also those taken back) changed."""
    standing: RecordState | None = None
    gone: RecordState | None = None  # as it stood while what was taken back since still counted
    for event in events:
        before = gone if event.undone and gone else standing
        after = apply_event(before, event)
        if event.undone:
            gone = after
        else:
            standing, gone = after, None
        for line in (*_fields(register, event, language), *_standing(register, before, after, event, roster, language)):
            yield _about(event) | line


def chosen(lines: Iterable[dict[str, Any]], field: str, register: Register) -> list[dict[str, Any]]:
    """Return the *lines* of the field, or the master's column, called *field*: by code or by label in either language."""
    named = {field.lower()}
    for each in register.fields:
        if field.lower() in {each.code, each.label.zh, each.label.en.lower(), *map(str.lower, each.aliases)}:
            named.add(each.code)
    for name, column in _STANDING.items():
        if field.lower() in {caption(column, "zh"), caption(column, "en").lower()}:
            named.add(name)
    return [line for line in lines if not field or line["field"] in named or line["label"].lower() in named]


def _about(event: Event) -> dict[str, Any]:
    return {
        "run": event.run,
        "day": event.on.isoformat() if event.on else "",
        "register": event.register,
        "key": event.key,
        "actor": event.actor,
        "submission": event.submission,
        "file": event.file,
        "undone": event.undone,
    }


def _fields(register: Register, event: Event, language: Language) -> Iterator[dict[str, Any]]:
    for code, after in {**event.action, **event.values}.items():
        field = register.field(code)
        yield {
            "field": code,
            "label": field.label.to(language),
            "before": field.show(event.before.get(code), language),
            "after": field.show(after, language),
            "place": str(event.place(code)),
            "why": "",
        }
    for label, text in event.notes.items():
        yield {"field": "", "label": label, "before": None, "after": text, "place": str(event.place("")), "why": ""}


def _standing(
    register: Register, before: RecordState | None, after: RecordState, event: Event, roster: Roster, language: Language
) -> Iterator[dict[str, Any]]:
    place = str(event.place(next(iter(event.cells), "")))
    for name, column in _STANDING.items():
        old = _shown(register, name, getattr(before, name) if before else "", roster, language)
        new = _shown(register, name, getattr(after, name), roster, language)
        if old != new:
            yield {
                "field": name,
                "label": caption(column, language),
                "before": old or None,
                "after": new or None,
                "place": place,
                "why": event.why if name in {"owner", "area"} else "",
            }


def _shown(register: Register, name: str, value: Any, roster: Roster, language: Language) -> str:
    if not value:
        return ""
    if name == "state":
        state = register.state(value)
        return state.words.to(language) if state else str(value)
    if name == "owner":
        person = roster.everyone.get(value)
        return f"{value} {person.name}" if person else str(value)
    if name == "area":
        area = roster.areas.get(value)
        return area.name if area else str(value)
    return str(value)


def told(lines: Sequence[dict[str, Any]], language: Language) -> Iterator[str]:
    """Yield *lines* as text for a terminal: an event's heading, below it what it changed and in which cell."""
    heading: tuple[Any, ...] = ()
    for line in lines:
        own = (line["run"], line["submission"], line["file"], line["undone"])
        if own != heading:
            heading = own
            yield _heading(line, language)
        before, after = (str(line[name]) if line[name] is not None else "" for name in ("before", "after"))
        change = f"{before} → {after or _BLANK.to(language)}" if before else after
        said = f"  {line['label']}: {' '.join(change.split())}"
        where = "!".join(part for part in line["place"].removeprefix(line["file"]).split("!") if part)
        beside = "  ".join(part for part in (where, line["why"]) if part)
        if text_width(said) + text_width(beside) + len(_GAP) <= _COLUMNS:
            yield (said + _GAP + beside).rstrip()
        else:
            yield said
            yield f"      {beside}"


def _heading(line: dict[str, Any], language: Language) -> str:
    run = _RUN.to(language).format(run=line["run"])
    parts = (run, line["day"], line["actor"], line["file"], line["submission"][:12])
    undone = _TAKEN_BACK.to(language).format(run=line["undone"]) if line["undone"] else ""
    return "  ".join(str(part) for part in (*parts, undone) if part)
