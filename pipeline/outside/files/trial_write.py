"""Tries whether a folder can be written in, as a run would, and leaves nothing behind."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

_BYTES = bytes(64 << 10)  # a full disk takes a name all the same


def unwritable(folder: Path) -> Iterator[tuple[Path, OSError]]:
    """Yield *folder*, and those right below it, as far as nothing can be written there; of one that is yet to be made the
    folder above it.
    """
    place = folder
    while not place.exists() and place.parent != place:
        place = place.parent
    try:
        below = sorted(path for path in place.iterdir() if path.is_dir()) if place == folder and place.is_dir() else []
    except OSError as error:
        yield place, error
        return
    for each in (place, *below):
        try:
            with tempfile.TemporaryFile(dir=each, prefix=".ruwang-") as trial:
                trial.write(_BYTES)
                trial.flush()
        except OSError as error:
            yield each, error
