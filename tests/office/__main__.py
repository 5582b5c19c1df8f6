"""Play many offices: ``python -m tests.office --seeds 500 --days 15 [--first N] [--jobs 2] [--json FILE] [--stories N] [--page FILE]
[--add FILE ...]``: an hour's play can be played in parts, each with its own figures, of which the last writes the page.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import time
from collections import Counter, defaultdict
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.office.play import Checks, play_seed, script
from tests.office.shrink import shrink
from tests.office.story import markdown, story, table
from tests.tools.pages import write_figures


def main() -> int:
    """Play, print figures and stories; the exit code is 1 when an invariant failed."""
    asked = argparse.ArgumentParser(prog="python -m tests.office", description="Plays simulated offices.")
    asked.add_argument("--seeds", type=int, default=20, help="how many offices")
    asked.add_argument("--days", type=int, default=10, help="working days of each")
    asked.add_argument("--first", type=int, default=0, help="the first seed")
    asked.add_argument("--jobs", type=int, default=1, help="processes")
    asked.add_argument("--json", type=Path, help="write the figures there")
    asked.add_argument("--stories", type=int, default=0, help="shrink and tell so many failures of each invariant")
    asked.add_argument("--tell", action="store_true", help="tell each play in full")
    asked.add_argument("--page", type=Path, help="the page that holds the figures")
    asked.add_argument("--add", type=Path, nargs="*", default=[], help="figures (--json) of parts played before")
    asked.add_argument("--only", type=int, nargs="*", help="these seeds alone")
    asked.add_argument(
        "--again",
        type=Path,
        nargs="*",
        default=[],
        help="figures of seeds of these parts that were played again, mended",
    )
    given = asked.parse_args()
    begun = time.monotonic()
    figures: Counter[str] = Counter()
    failed: dict[str, Counter[int]] = defaultdict(Counter)
    said: dict[str, list[dict[str, Any]]] = defaultdict(list)
    seeds = range(given.first, given.first + given.seeds) if given.only is None else given.only
    work = [(seed, given.days) for seed in seeds]
    with multiprocessing.get_context("spawn").Pool(given.jobs) if given.jobs > 1 else _here() as pool:
        for seed, outcome in pool.imap_unordered(play_seed, work):
            figures.update(outcome.figures)
            for each in outcome.violations:
                failed[each.invariant][seed] += 1
                said[each.invariant].append({"seed": seed, **asdict(each)})
                _tell_now(f"seed {seed}, {each.invariant}: {each}")
            if given.tell:
                _say(*story(script(seed, given.days), outcome))
            if sys.stderr.isatty() or figures["days"] // given.days % 20 == 0:
                _tell_now(f"{figures['days'] // given.days}/{given.seeds} {dict(figures)}")
    minutes = (time.monotonic() - begun) / 60
    played, more = _with_parts(set(seeds), figures, failed, given.add, given.again)
    minutes += more
    _say(*table(figures, failed))
    for invariant in sorted(failed) if given.stories else ():
        for seed in [seed for seed, _ in failed[invariant].most_common()][-given.stories :]:
            short, outcome = shrink(script(seed, given.days), invariant, Checks())
            _say("", *story(short, outcome, invariant))
    if given.page:
        write_figures(given.page, "make office", markdown(figures, failed, len(played), given.days, minutes))
    if given.json:
        told = {
            "seeds": sorted(played),
            "minutes": minutes,
            "figures": dict(figures),
            "violations": {name: dict(seeds) for name, seeds in failed.items()},
            "said": said,
        }
        given.json.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    return 1 if failed else 0


def _with_parts(
    played: set[int], figures: Counter[str], failed: dict[str, Counter[int]], add: list[Path], again: list[Path]
) -> tuple[set[int], float]:
    """Put the parts that were played before to *figures* and to what *failed*; a seed that was played *again*, mended, is judged
    by that, and counted once. Return all seeds, and the minutes of the parts.
    """
    minutes = 0.0
    for path in (*add, *again):
        part = json.loads(path.read_text("utf-8"))
        minutes += part["minutes"]
        for times in failed.values():
            for seed in played.intersection(part["seeds"]):
                times.pop(seed, None)
        if path in add:
            figures.update(part["figures"])
        played |= set(part["seeds"])
        for invariant, times in part["violations"].items():
            failed[invariant].update({int(seed): count for seed, count in times.items()})
    for invariant in [name for name, times in failed.items() if not times]:
        del failed[invariant]
    return played, minutes


def _tell_now(line: str) -> None:
    """What is known before the end: 500 offices play for an hour, and a failing seed is looked into meanwhile."""
    sys.stderr.write(line + "\n")


def _say(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


class _here:  # noqa: N801
    """A pool of this process."""

    def __enter__(self) -> _here:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    imap_unordered = staticmethod(map)


if __name__ == "__main__":
    sys.exit(main())
