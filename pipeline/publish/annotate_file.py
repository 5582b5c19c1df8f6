"""One return, made in a worker process: opened as reading opens it, marked, or built anew from its values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple

from pipeline.domain.passwords import NONE, Passwords
from pipeline.read.formats.check_package import Package
from pipeline.read.formats.decrypt import decrypt
from pipeline.read.formats.grid import Grid
from pipeline.read.formats.open_workbook import open_member, open_workbook
from pipeline.read.formats.open_zip import members
from pipeline.read.formats.refusal import Refusal
from pipeline.read.roundtrip.metadata_sheet import metadata_of
from pipeline.render.returns.mark_package import mark_package
from pipeline.render.returns.marking import Marking, UnmarkableError
from pipeline.render.returns.rebuild import SheetValues, plain_workbook, with_new_titles
from pipeline.render.xlsx.encrypt import encrypt


@dataclass(frozen=True, slots=True)
class AnnotationJob:
    """A workbook to be marked: *member* of the zip in ``content``, "" when it is the workbook itself."""

    name: str
    content: bytes
    member: str
    marking: Marking
    passwords: Passwords = NONE
    """That may open it: it goes back under the one that did."""
    anew: bool = False
    """Do not try to mark it as it is."""


class MarkedCopy(NamedTuple):
    """A marked workbook, and the suffix that it must have; no bytes when nothing can be read from what came."""

    content: bytes = b""
    suffix: str = ""
    whole: bool = False
    """It is the sender's own workbook with all that was in it, not its values alone."""


def make_return(job: AnnotationJob) -> MarkedCopy:
    """Return the marked workbook."""
    try:
        content, password, grids = _open(job)
    except Refusal:
        return MarkedCopy()
    marked = _marked(job, content, grids)
    return marked._replace(content=encrypt(marked.content, password)) if marked.content and password else marked


def explaining_workbook(marking: Marking) -> bytes:
    """Return a workbook of nothing but the page that explains: of what cannot be opened there is no more to show."""
    plain, _ = plain_workbook([SheetValues("_", (), hidden=True)])
    return mark_package(plain, marking, {})[0]


def _marked(job: AnnotationJob, content: bytes, grids: Sequence[Grid]) -> MarkedCopy:
    brought = metadata_of(grids)
    if not job.anew:
        try:
            return MarkedCopy(*mark_package(content, job.marking, brought), whole=not job.member)
        except UnmarkableError:
            pass
    try:
        plain, titles = plain_workbook([_values(grid) for grid in grids])
        return MarkedCopy(*mark_package(plain, with_new_titles(job.marking, titles), brought))
    except UnmarkableError:
        return MarkedCopy()


def _open(job: AnnotationJob) -> tuple[bytes, str, Sequence[Grid]]:
    """Return the workbook, the password that opened it, and what stands in it."""
    content, password = decrypt(job.name, job.content, job.passwords)
    opened = open_workbook(content, PurePosixPath(job.name).stem)
    if not isinstance(opened, Package):
        return content, password, opened
    for member, entry in members(opened):
        if member == job.member:
            content, password = decrypt(member, opened.read(entry), job.passwords)
            return content, password, open_member(content, PurePosixPath(member).stem)
    raise Refusal("file.foreign")


def _values(grid: Grid) -> SheetValues:
    return SheetValues(
        grid.title,
        grid.rows,
        grid.top,
        grid.left,
        grid.merges or (),
        grid.hidden,
        grid.hidden_rows,
        grid.hidden_columns,
        grid.outlying,
    )
