"""A play as a story: plain sentences, and what was wrong in the end."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from tests.office.play import Outcome, Script


def story(script: Script, outcome: Outcome, invariant: str = "") -> Iterator[str]:
    """Yield the story of a play; of what was wrong only *invariant*, when one is given."""
    yield f"seed {script.seed}: an office of {script.size}, in {'English' if script.language == 'en' else 'Chinese'}"
    for line in outcome.story:
        if "!! " not in line:
            yield f"  {line}"
        elif not invariant or f"!! {invariant}:" in line:
            yield f"  {line.replace('!! ', 'WRONG, invariant ')}"


def table(figures: Mapping[str, int], violations: Mapping[str, Counter[int]]) -> Iterator[str]:
    """Yield the figures of many plays, and the violations by invariant with the seeds of each."""
    days = max(1, figures.get("days", 0))
    for name in (
        "days",
        "runs",
        "statements",
        "conflicts",
        "refused",
        "settled by robots",
        "batches apart",
        "papers again",
    ):
        yield f"{name:24}{figures.get(name, 0):>8}"
    yield f"{'values lost':24}{figures.get('lost', 0):>8}"
    yield f"{'milliseconds a day':24}{figures.get('milliseconds', 0) // days:>8}"
    if not violations:
        yield "no invariant failed"
    for invariant, seeds in sorted(violations.items()):
        yield f"{invariant:24}{sum(seeds.values()):>8}  in {len(seeds)} seeds: {_some(seeds)}"


def markdown(
    figures: Mapping[str, int], violations: Mapping[str, Counter[int]], seeds: int, days: int, minutes: float
) -> str:
    """Return the figures of many plays as a table for the documentation."""
    told = {
        "working days": "days",
        "statements made": "statements",
        "statements replaced or dropped without a word": "lost",
        "conflicts met": "conflicts",
        "findings settled by robots that did as advised": "settled by robots",
        "batches handed in once more, paper by paper": "batches apart",
        "earlier papers dropped again": "papers again",
    }
    rows = "".join(f"| {words} | {figures.get(name, 0):,} |\n" for words, name in told.items())
    failed = "".join(
        f"| {invariant[2:]} | {sum(seen.values())} in {len(seen)} offices |\n"
        for invariant, seen in sorted(violations.items())
    )
    failed = failed or "| none | 0 |\n"
    return (
        f"| {seeds} offices of {days} days | |\n|---|---|\n{rows}\n| invariant that failed | how often |\n|---|---|\n{failed}\n"
        f"Made by `make office SEEDS={seeds} DAYS={days}` on {time.strftime('%Y-%m-%d')} in {minutes:.0f} minutes.\n"
    )


def _some(seeds: Iterable[int]) -> str:
    known = sorted(seeds)
    return ", ".join(map(str, known[:12])) + (", …" if len(known) > 12 else "")
