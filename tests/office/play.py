"""A play: days of batches of actions, made from a seed, played in an office, judged after every run."""

from __future__ import annotations

import os
import shutil
import tempfile
import time as clock
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from tests.office import actions, answers, invariants, papers, people, robots, visits
from tests.office.oracle import Oracle, Wrong
from tests.office.papers import Kind
from tests.office.scene import Scene
from tests.office.world import Office, Register, in_this_process

FIRST_DAY = date(2026, 11, 2)
ACTIONS: dict[str, tuple[Callable[[Scene], None], int]] = {
    "grow": (actions.grow, 10), "mend_original": (actions.mend_original, 5), "change_in_list": (actions.change_in_list, 4),
    "shuffle": (actions.shuffle, 2), "old_copy": (actions.old_copy, 4), "mend_return": (actions.mend_return, 6),
    "single": (actions.single, 3), "other_clerk": (actions.other_clerk, 2), "change_sheet": (actions.change_sheet, 3),
    "renewal": (actions.renewal, 1), "visit": (visits.visit, 14), "decide": (visits.decide, 8), "stale": (visits.stale, 3),
    "go_on": (visits.go_on, 3), "colleague": (visits.colleague, 1), "correct_only": (visits.correct_only, 3),
    "half": (visits.half, 2), "judge": (visits.judge, 1), "edit_master": (visits.edit_master, 3),
    "stale_master": (visits.stale_master, 2), "hand_over": (visits.hand_over, 1), "leave": (visits.leave, 1),
    "arrive": (visits.arrive, 1), "answer": (answers.answer, 4), "set_back": (actions.set_back, 2),
}  # fmt: skip


@dataclass(frozen=True)
class Act:
    """Something that somebody does; its *salt* is what it chooses by."""

    name: str
    salt: int


Batch = tuple[Act, ...]
Day = tuple[Batch, ...]


@dataclass(frozen=True)
class Script:
    """What is played: it can be cut, and still be played."""

    seed: int
    size: int
    language: str
    days: tuple[Day, ...]


@dataclass(frozen=True)
class Violation:
    """An invariant that failed, on a day."""

    invariant: str
    day: int
    said: str


@dataclass
class Outcome:
    """What a play showed."""

    violations: list[Violation] = field(default_factory=list)
    figures: Counter[str] = field(default_factory=Counter)
    story: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Checks:
    """How much is looked at: what costs a run of its own is looked at in a share of the batches."""

    again: float = 0.5
    apart: float = 0.5
    robots: bool = True
    rebuild: bool = True
    counts: bool = True
    only: str = ""
    """Stop at the first failure of this invariant."""


def script(seed: int, days: int) -> Script:
    """Write the play of a seed."""
    random = Random(seed)
    size, language = random.choice((4, 5, 6)), "en" if random.random() < 0.25 else "zh"
    names = list(ACTIONS)
    weights = [ACTIONS[name][1] for name in names]

    def batch() -> Batch:
        count = random.choice((1, 2, 2, 3, 4))
        return tuple(Act(name, random.randrange(1 << 30)) for name in random.choices(names, weights, k=count))

    played: list[Day] = [((Act("grow", random.randrange(1 << 30)), Act("grow", random.randrange(1 << 30))),)]
    played += [(batch(), batch()) if random.random() < 0.2 else (batch(),) for _ in range(days - 1)]
    return Script(seed, size, language, tuple(played))


def play(given: Script, checks: Checks) -> Outcome:
    """Play it in a new office, in memory where the system has a place for that."""
    place = Path("/dev/shm") if Path("/dev/shm").is_dir() else Path(tempfile.gettempdir())
    folder = place / f"office-{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        with in_this_process():
            return _Play(given, checks, folder).go()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def play_seed(work: tuple[int, int]) -> tuple[int, Outcome]:
    """Play a seed for so many days; sent to other processes by name."""
    seed, days = work
    return seed, play(script(seed, days), Checks())


class _EnoughError(Exception):
    """The failure that was looked for has been found."""


class _Play:
    def __init__(self, given: Script, checks: Checks, folder: Path) -> None:
        self.script, self.checks, self.folder = given, checks, folder
        self.outcome, self.oracle = Outcome(), Oracle()
        random = Random(given.seed)
        office = Office(folder / "office", given.language)
        self.scene = Scene(office, people.staff(random, given.size), random, FIRST_DAY)
        self.outcome.story = self.scene.story
        self.register: Register = {}

    def go(self) -> Outcome:
        started = clock.perf_counter()
        scene = self.scene
        try:
            visits.drop_staff(scene, scene.staff.there(scene.day))
            visits.drop_areas(scene, list(scene.staff.areas))
            for number, (day, batches) in enumerate(zip(_days(), self.script.days, strict=False), 1):
                scene.day, scene.number = day, number
                for at, batch in enumerate(batches):
                    if number > 1 or at:
                        scene.next_batch(time(9 + 5 * at))
                    self._batch(batch)
                self.outcome.figures["days"] += 1
            self._end()
        except _EnoughError:
            pass
        for name in ("statements", "conflicts", "lost", "refused"):
            self.outcome.figures[name] = getattr(self.oracle, name)
        self.outcome.figures["milliseconds"] = int(1000 * (clock.perf_counter() - started))
        return self.outcome

    def _batch(self, batch: Batch) -> None:
        scene = self.scene
        for act in batch:
            scene.random = Random(act.salt)
            ACTIONS[act.name][0](scene)
        scene.random = Random(sum(act.salt for act in batch))
        apart = len(scene.batch) > 1 and scene.number > 1 and scene.random.random() < self.checks.apart
        other = scene.office.copy(self.folder / "apart") if apart else None
        before = self.register
        self._run()
        findings, mails = scene.office.findings(), scene.office.mails()
        seen = invariants.seen_after(scene, findings, mails)
        self._note(
            self.oracle.judge(
                invariants.cells(before), invariants.states(before), invariants.cells(self.register),
                invariants.states(self.register), scene.batch, seen,
            )
        )  # fmt: skip
        self._note(invariants.asked(scene, findings))
        self._note(invariants.served(scene, findings))
        if self.checks.counts:
            staff = {each.email: each.number for each in scene.staff.people.values()}
            self._note(invariants.counts(scene.office, scene.day, self.register, findings, mails, staff))
        scene.collect()
        if other is not None:
            self._apart(other)
        if scene.number > 2 and scene.random.random() < self.checks.again:
            self._again()

    def _run(self) -> None:
        scene = self.scene
        scene.office.run(scene.day, scene.clock)
        self.outcome.figures["runs"] += 1
        self.register = scene.office.register()

    def _apart(self, other: Office) -> None:
        """The same papers one by one, in the order of their time; those of staff and areas first: a run must know who is
        there before it gives anybody work, so no new shop comes to one who leaves on the same day.
        """
        scene = self.scene
        for paper in sorted(scene.batch, key=lambda each: (each.kind is not Kind.ROSTER, each.made, each.name)):
            other.put(paper.name, paper.content, paper.made)
            other.run(scene.day, scene.clock)
        self.outcome.figures["batches apart"] += 1
        differing = invariants.differing(self.register, other.register())
        named = invariants.papers_named(scene.batch)
        self._note(
            Wrong("2 order", f"in one batch / one by one ({named}): {said}", key) for key, said in differing.items()
        )

    def _again(self) -> None:
        """An earlier paper again, in a copy of the office: the same bytes, or saved anew."""
        scene = self.scene
        earlier = [
            each for each in scene.dropped if each.kind in (Kind.OWN, Kind.WORKLIST, Kind.CHANGE) and not each.again
        ]
        if not earlier:
            return
        paper = scene.random.choice(earlier)
        anew = scene.random.random() < 0.5
        other = scene.office.copy(self.folder / "again")
        content = papers.saved_anew(paper.content) if anew else paper.content
        made = datetime.combine(scene.day, scene.clock) if anew else paper.made
        before = {(each.rule, each.field, each.value) for each in scene.office.findings()}
        other.put(paper.name, content, made)
        other.run(scene.day, scene.clock)
        self.outcome.figures["papers again"] += 1
        how = f"{paper.told_as} (paper {paper.number}) again, {'saved anew' if anew else 'the same bytes'}"
        kept = self.oracle.accepted.get(paper.number, set())
        differing = invariants.differing(self.register, other.register())
        self._note(Wrong("2 again", f"{how}: {said}", key) for key, said in differing.items() if key in kept)
        if not differing.keys() - kept:
            new = [each for each in other.findings() if (each.rule, each.field, each.value) not in before]
            self._note(
                Wrong("2 reopened", f"{how} opens {each}", each.key)
                for each in new
                if each.severity == invariants.ERROR and each.submission and (not each.key or each.key in kept)
            )

    def _end(self) -> None:
        scene = self.scene
        if self.checks.robots:
            settled, stuck = robots.settle_all(scene, self.folder / "robots")
            self.outcome.figures["settled by robots"] += settled
            self._note(stuck)
        folded = invariants.differing(self.register, scene.office.folded(), owners=True)
        self._note(Wrong("5 fold", said, key) for key, said in folded.items())
        if self.checks.rebuild:
            self._note(
                Wrong("5 rebuild", f"{title}: {key} differs", key)
                for title, keys in scene.office.rebuild().items()
                for key in keys
            )

    def _note(self, wrongs: Iterator[Wrong] | Sequence[Wrong]) -> None:
        for each in wrongs:
            self.outcome.violations.append(Violation(each.invariant, self.scene.number, each.said))
            self.scene.tell(f"!! {each.invariant}: {each.said}")
            if each.invariant == self.checks.only:
                raise _EnoughError


def _days() -> Iterator[date]:
    day = FIRST_DAY
    while True:
        if day.weekday() < 5:
            yield day
        day += timedelta(days=1)
