"""The life of a record as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.publish.record_history import ValueChange
from pipeline.render.text_width import text_width
from schemas.language import Language, Localized

_RUN = Localized("第 {run} 批", "run {run}")
_TAKEN_BACK = Localized("（已由第 {run} 批撤销）", "(taken back by run {run})")
_BLANK = Localized("（空）", "(blank)")
_COLUMNS = 100
_GAP = "    "


def history_lines(changes: Sequence[ValueChange], language: Language, titles: Mapping[str, Localized]) -> Iterator[str]:
    """Yield the *changes*: an event's heading, below it what it changed and in which cell.

    Where they are of several records a heading says which it is of: its register's name by *titles*, and its key.
    """
    several = len({(each.register, each.key) for each in changes}) > 1
    heading: tuple[object, ...] = ()
    for each in changes:
        own = (each.run, each.submission, each.file, each.undone, each.register, each.key)
        if own != heading:
            heading = own
            of = f"{titles[each.register].to(language)} {each.key}" if several else ""
            yield _heading(each, of, language)
        before, after = (str(value) if value is not None else "" for value in (each.before, each.after))
        change = f"{before} → {after or _BLANK.to(language)}" if before else after
        said = f"  {each.label}: {' '.join(change.split())}"
        where = "!".join(part for part in each.place.removeprefix(each.file).split("!") if part)
        beside = "  ".join(part for part in (where, each.why) if part)
        if text_width(said) + text_width(beside) + len(_GAP) <= _COLUMNS:
            yield (said + _GAP + beside).rstrip()
        else:
            yield said
            yield f"      {beside}"


def _heading(change: ValueChange, of: str, language: Language) -> str:
    run = _RUN.to(language).format(run=change.run)
    undone = _TAKEN_BACK.to(language).format(run=change.undone) if change.undone else ""
    day = change.day.isoformat() if change.day else ""
    parts = (run, day, of, change.actor, change.file, change.submission[:12], undone)
    return "  ".join(part for part in parts if part)
