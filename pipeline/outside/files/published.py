"""What a run wrote into the outbox and people may have changed since: looked at before it is written over."""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from pipeline.domain.partition import FOLDER
from pipeline.errors import InUseError
from pipeline.outside.files.inbox import Dropped, look_at_file
from pipeline.outside.files.outbox import publish_file
from schemas.language import Localized


@dataclass(frozen=True, slots=True)
class WatchedFiles:
    """A file of ours, and those that stand beside it, as they were when a run began."""

    edited: tuple[Dropped, ...] = ()
    """Those that people have changed since a run wrote them."""
    hashes: Mapping[Path, str] = field(default_factory=dict)
    """Of all of them; "" for one that is just being saved or cannot be read."""

    @property
    def are_still(self) -> bool:
        """Tell whether none of them is left for the next run: just being saved, or not to be read."""
        return all(self.hashes.values())

    def must_not_have_changed(self, path: Path) -> None:
        """Raise InUseError when *path* holds something else than was seen: it would be lost if it were written over."""
        if not os.path.lexists(path):
            return
        try:
            same = hashlib.sha256(path.read_bytes()).hexdigest() == self.hashes.get(path)
        except OSError:
            same = False
        if not same:
            raise InUseError(
                Localized(
                    f"{path} 刚被改过，留到下一批再取", f"{path} was changed a moment ago and waits for the next run"
                )
            )


def watch(
    paths: Iterable[Path], settle_seconds: float, now: datetime, known: Callable[[Collection[str]], Set[str]]
) -> WatchedFiles:
    """Look at *paths* and at what was written beside each while somebody had it open (``master.7.xlsx``).

    *known* tells which hashes are of files as a run wrote them, or that were taken. A changed file that was saved less
    than *settle_seconds* before *now* is left for the next run.
    """
    looked = {each: look_at_file(each) for path in paths for each in (path, *_beside(path))}
    files = {each: seen for each, seen in looked.items() if isinstance(seen, Dropped)}
    hashes = {each: "" for each, seen in looked.items() if seen is not None}
    hashes |= {each: seen.sha256 for each, seen in files.items()}
    familiar = known({seen.sha256 for seen in files.values()}) if files else frozenset()
    edited: list[Dropped] = []
    for each, seen in files.items():
        if seen.sha256 not in familiar:
            if timedelta(0) <= now - seen.modified < timedelta(seconds=settle_seconds):
                hashes[each] = ""
            else:
                edited.append(seen)
    return WatchedFiles(tuple(edited), hashes)


def _beside(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{glob.escape(path.stem)}.[0-9]*{path.suffix}"))


def lies_in(outbox: Path, path: Path) -> bool:
    """Tell whether *path* is where runs write the master or a part of it."""
    return path.parent in (outbox, outbox / FOLDER)


def keep_copy(file: Dropped, place: Path) -> None:
    """Put what *file* held into the archive at *place*, before it is written over."""
    publish_file(place, file.content)
    os.utime(place, (file.modified.timestamp(),) * 2)
