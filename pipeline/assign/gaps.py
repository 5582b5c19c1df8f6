"""One cause, one finding: what nobody can be given, because of a gap in the roster, is told with the gap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.domain.finding import Finding
from pipeline.domain.roster import Roster
from pipeline.domain.rulebook import found
from schemas.language import Localized

UNSERVED, ROLE = "@area", "@role"
"""Details of a record that nobody can be given: the code of its area, the role that is wanted there."""
_BY_AREA = {"roster.nobody", "roster.stranger"}
_SHOWN = 5
"""So many records are named; the rest are counted."""
_LEFT = Localized("；有 {count} 件待办没人接手：{titles}", "; {count} open records wait for somebody: {titles}")
_AND_OTHERS = Localized("{titles}等", "{titles} and more")


def of_one_cause(findings: Iterable[Finding], roster: Roster) -> list[Finding]:
    """Return *findings* about the roster and about records that nobody can be given, those records told with their gap.

    A record is told by itself only where no gap of the roster is told for its area and role.
    """
    every = list(findings)
    gaps = {_gap(each, roster) for each in every if each.rule in _BY_AREA or each.rule == "roster.away"}
    left: dict[tuple[str, ...], list[str]] = defaultdict(list)
    alone: list[Finding] = []
    for each in every:
        cause = _cause(each, roster)
        if cause in gaps:
            left[cause].append(dict(each.details)["title"])
        else:
            alone.append(each)
    return [_with(each, left.get(_gap(each, roster), ())) for each in alone]


def first_of(titles: Sequence[str]) -> Localized:
    """Return the first *titles* in a sentence, and that there are more."""
    shown = "、".join(titles[:_SHOWN])
    return _AND_OTHERS.filled(titles=shown) if len(titles) > _SHOWN else Localized(shown, shown)


def _gap(finding: Finding, roster: Roster) -> tuple[str, ...]:
    """Return what is missing: a person, or a role of an area; () where *finding* tells of no gap."""
    if finding.rule == "roster.away":
        return (finding.key,)
    if finding.rule in _BY_AREA:
        return finding.key, dict(finding.details)[ROLE]
    return ()


def _cause(finding: Finding, roster: Roster) -> tuple[str, ...]:
    """Return the gap because of which nobody has a record; () where *finding* is about something else."""
    details = dict(finding.details)
    area = roster.areas.get(details.get(UNSERVED, "")) if finding.rule == "assign.nobody" else None
    if area is None:
        return ()
    number = area.served_by.get(details[ROLE], "")
    return (number,) if number in roster.everyone else (area.code, details[ROLE])


def _with(finding: Finding, titles: Sequence[str]) -> Finding:
    if not titles:
        return finding
    words = found(finding.rule, left=_LEFT.filled(count=str(len(titles)), titles=first_of(titles))).details
    return replace(finding, details=(*(each for each in finding.details if each[0] not in dict(words)), *words))
