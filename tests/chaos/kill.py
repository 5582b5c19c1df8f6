"""Kills an office at every named point and runs it again: nothing lost, nothing doubled, every mail once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.commands.run import run
from pipeline.settings import Settings
from tests.chaos.office import DAY, PostOffice, Seen, copy, found_office, here, killed, look, play, whole_now
from tests.chaos.points import POINTS, Point, counting


@dataclass
class Ground:
    """Offices as they are before each scene, how one looks that was left in peace, and how often points are passed."""

    folder: Path
    post: PostOffice
    before: dict[str, Settings] = field(default_factory=dict)
    in_peace: dict[str, Seen] = field(default_factory=dict)
    passings: dict[str, Counter[str]] = field(default_factory=dict)

    @classmethod
    def prepare(cls, folder: Path) -> Ground:
        """Play every scene once, undisturbed."""
        post = PostOffice(folder / "post")
        ground = cls(folder, post)
        day = found_office(folder / "office", post)
        with here():
            done = copy(day, folder / "done")
            run(done, today=DAY)
        ground.before = {"day": day, "copied": day, "undo": done}
        for scene, before in ground.before.items():
            points = tuple(point for point in POINTS if point.scene == scene)
            post.empty()
            trial, counted = copy(before, folder / f"in-peace-{scene}"), Counter[str]()
            with here(), counting(points, counted):
                play(trial, scene)
            with here():
                run(trial, today=DAY)
            ground.passings[scene], ground.in_peace[scene] = counted, look(trial, post)
        return ground

    def close(self) -> None:
        """End the mail server."""
        self.post.close()

    def passings_of(self, point: Point, most: int) -> list[int]:
        """Return *most* passings, spread over those of an undisturbed run; the same again where there are fewer."""
        passed = self.passings[point.scene][point.name]
        return [1 + at * passed // most for at in range(most)] if passed else []

    def complaints(self, point: Point, passing: int) -> Iterator[str]:
        """Kill once, run again, and yield what a person would miss, find twice or not be able to open."""
        self.post.empty()
        trial = copy(self.before[point.scene], self.folder / "trial")
        if not killed(trial, point, passing):
            yield "was not killed"
        yield from (f"right after the kill: {each}" for each in whole_now(trial))
        with here():
            play(trial, point.scene)
        yield from self.aftermath(trial, point.scene, twice=point.twice)

    def aftermath(self, trial: Settings, scene: str, *, twice: bool, mails: bool = True) -> Iterator[str]:
        """Run once more and yield in what the office differs from one left in peace.

        *twice*: one mail may have come a second time, under the same Message-ID. *mails*: they are looked at.
        """
        with here():
            run(trial, today=DAY)
        seen, expected = look(trial, self.post), self.in_peace[scene]
        yield from _differing(seen, expected)
        for mail in (expected.mails - seen.mails) + (seen.mails - expected.mails):
            yield f"a mail too few or too many: {mail}"
        if mails and seen.doubled > twice:
            yield f"{seen.doubled} mails twice"
        yield from seen.faults


def _differing(seen: Seen, expected: Seen) -> Iterator[str]:
    for table, rows in expected.rows.items():
        for row in rows - seen.rows[table]:
            yield f"lost from {table}: {row}"
        for row in seen.rows[table] - rows:
            yield f"too much in {table}: {row}"
    if seen.originals != expected.originals:
        yield "originals differ"
