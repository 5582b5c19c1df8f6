"""Files of earlier runs out of the archive, so that what was made of them can be drawn anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.domain.office import Office
from pipeline.outside.ledger import UnitOfWork


@dataclass(frozen=True, slots=True)
class EarlierFile:
    """A file as it was dropped, and the rows of it that are in: sheet and first cell."""

    submission: str
    name: str
    content: bytes = field(repr=False)
    taken: tuple[tuple[str, int], ...]
    is_worklist: bool = False
    """It may have had no return so far, while its rows stood on a worklist."""


def earlier_files(outbox: Path, office: Office, uow: UnitOfWork, submissions: Iterable[str]) -> list[EarlierFile]:
    """Return those of *submissions* in which something is still open, as the archive holds them."""
    submissions = set(submissions)
    waiting = {each.finding.submission for each in office.findings}
    files: list[EarlierFile] = []
    worklists = uow.papers.worklists(waiting.intersection(submissions))
    for submission, known in sorted(uow.submissions.known(waiting.intersection(submissions)).items()):
        try:
            content = (outbox / known.archived).read_bytes() if known.archived else b""
        except OSError:  # not archived yet, or taken away by somebody: its return stays as it is
            content = b""
        if content:
            rows = [
                (sheet.sheet, row)
                for paper in uow.papers.of(submission)
                for sheet in paper.sheets
                for row, taken in zip(sheet.rows, sheet.taken, strict=False)
                if taken
            ]
            files.append(EarlierFile(submission, known.name, content, tuple(rows), submission in worklists))
    return files
