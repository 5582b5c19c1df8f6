"""A failing play made short: days, then batches, then single actions are left out while the same invariant fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tests.office.play import Batch, Checks, Day, Outcome, Script, play

TRIES = 60


def shrink(script: Script, invariant: str, checks: Checks, tries: int = TRIES) -> tuple[Script, Outcome]:
    """Return the shortest play that was found in which *invariant* still fails, and what it showed."""
    looking = replace(
        checks, only=invariant, again=1.0 if invariant in _AGAIN else 0.0, apart=1.0 if invariant == "2 order" else 0.0,
        robots=invariant.startswith("3"), rebuild=invariant == "5 rebuild", counts=invariant.startswith("4"),
    )  # fmt: skip
    left = [tries]

    def fails(given: Script) -> Outcome | None:
        if left[0] <= 0:
            return None
        left[0] -= 1
        outcome = play(given, looking)
        return outcome if any(each.invariant == invariant for each in outcome.violations) else None

    best = fails(script)
    if best is None:  # what was looked at by chance then is not now
        looking = replace(checks, only=invariant)
        best = fails(script)
    if best is None:
        return script, play(script, checks)
    last = max(each.day for each in best.violations if each.invariant == invariant)
    script = replace(script, days=script.days[:last])
    again = True
    while again and left[0] > 0:
        again = False
        for shorter in _shorter(script):
            outcome = fails(shorter)
            if outcome is not None:
                script, best, again = shorter, outcome, True
                break
    return script, best


_AGAIN = {"2 again", "2 reopened"}


def _shorter(script: Script) -> Iterator[Script]:
    """Yield plays with less: halves of the days, single days, single actions."""
    days = script.days
    if len(days) > 3:
        middle = len(days) // 2
        yield replace(script, days=(*_empty(days[:middle]), *days[middle:]))
        yield replace(script, days=(days[0], *_empty(days[1:middle]), *days[middle:]))
    for at in range(len(days)):
        if any(days[at]):
            yield replace(script, days=(*days[:at], ((),), *days[at + 1 :]))
    for at, day in enumerate(days):
        for number, batch in enumerate(day):
            for act in range(len(batch)) if len(batch) > 1 or len(day) > 1 else ():
                shorter: Batch = (*batch[:act], *batch[act + 1 :])
                yield replace(script, days=(*days[:at], (*day[:number], shorter, *day[number + 1 :]), *days[at + 1 :]))


def _empty(days: tuple[Day, ...]) -> tuple[Day, ...]:
    return tuple(((),) for _ in days)
