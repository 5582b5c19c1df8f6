"""What the workers run: the program's own reading, and how long it took. It imports no more than a run's workers do."""

from __future__ import annotations

import time

from pipeline.domain.extract import Known, Reading
from pipeline.read.read_file import read_file

TOOK = "seconds"


def timed(name: str, content: bytes, submission: str, known: Known) -> Reading:
    """Read a file as a run does, and write down how long it took."""
    began = time.monotonic()
    reading = read_file(name, content, submission, known)
    reading.metadata[TOOK] = str(time.monotonic() - began)
    return reading
