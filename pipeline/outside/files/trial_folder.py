"""The trial folder of the inbox: what lies there is told apart from what is handed in, and leaves once it was judged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pipeline.domain.trial_marks import TRIAL_FOLDER, without_trial_folder
from pipeline.outside.files.inbox import Dropped, Scan, is_owner_file
from schemas.language import Language


def part_trials(scan: Scan) -> tuple[Scan, Scan]:
    """Return what is handed in, and what is only to be tried: that is named as if it were handed in, so that it is judged
    as it would be then.
    """
    handed_in, tried = Scan(), Scan()
    for dropped in scan.dropped:
        name = without_trial_folder(dropped.name)
        if name is None:
            handed_in.dropped.append(dropped)
        else:
            sender = name.split("/")[0] if "/" in name else ""
            tried.dropped.append(replace(dropped, name=name, sender=sender))
    for waiting in scan.waiting:
        name = without_trial_folder(waiting.name)
        if name is None:
            handed_in.waiting.append(waiting)
        elif not is_owner_file(waiting.path.name):
            tried.waiting.append(replace(waiting, name=name))
    return handed_in, tried


def make_trial_folder(inbox: Path, language: Language) -> None:
    """Make the trial folder where there is none, open to whoever may drop sheets into the *inbox*."""
    folder = inbox / TRIAL_FOLDER.to(language)
    with suppress(OSError):  # it is an offer: whoever may not write there cannot take sheets either, and is told so
        if any(_trial_folders(inbox)):
            return
        folder.mkdir()
        folder.chmod(inbox.stat().st_mode & 0o7777)


def take_away(dropped: Dropped) -> None:
    """Take a tried file out of its folder; one that was changed meanwhile stays, to be tried as it is now."""
    with suppress(OSError):  # left where it lies it is tried again, with the same result
        if dropped.path.read_bytes() == dropped.content:
            dropped.path.unlink(missing_ok=True)


def _trial_folders(inbox: Path) -> Iterator[Path]:
    return (path for path in inbox.iterdir() if path.is_dir() and without_trial_folder(f"{path.name}/") is not None)
