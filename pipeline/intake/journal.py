"""The journal: beside the originals in the archive, one small file a run says when it was and what it took in which order.

With it the archive alone is enough to build the ledger anew (``pipeline.commands.rebuild``). A run that changed nothing has none.
The ledger holds the same in its runs, and a run writes what the archive lacks: one killed in between is made up for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from pipeline.domain.json_values import JsonRead
from pipeline.errors import RuwangError
from pipeline.outside.files import outbox
from pipeline.outside.files.inbox import Dropped
from pipeline.outside.files.published import lies_in
from pipeline.outside.ledger import UnitOfWork
from pipeline.outside.ledger_url import on_server
from pipeline.settings import Settings
from schemas.language import Localized

KEPT = "journal"
"""Where the ledger keeps a run's page among what the run did."""

_FOLDER = "runs"
_UNDO = "undo"
_BEARING = ("county", "language", "deadlines", "procedures", "parameters")
"""Settings that bear on what a run enters."""


_ON_A_FILE = Localized(
    "运行 pipeline rebuild --from-backup，由最近的备份和存档恢复（没有备份的，运行 pipeline rebuild）",
    "pipeline rebuild --from-backup brings it back from the newest copy and the archive (pipeline rebuild where there is no copy)",
)
_ON_A_SERVER = Localized(
    "用 pipeline rebuild --to 由存档重建到一个空的数据库，再改设置 ledger",
    "pipeline rebuild --to builds it from the archive in an empty database; then set ledger",
)


class JournalError(RuwangError):
    """A page of the journal cannot be read."""

    exit_code = 2


class RunsMissingError(RuwangError):
    """The archive knows of runs that the ledger does not: it is gone, or an older one stands in its place."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class JournalFile:
    """A file that a run took."""

    name: str
    sender: str
    sha256: str
    edited: bool = False
    """It is one of ours that people changed where it lay, in the outbox."""
    modified: str = ""
    """When it was saved, as ISO text; "" in pages of version 0.1."""


@dataclass(frozen=True, slots=True)
class JournalPage:
    """What one run did to the books: took *files* in this order, or took back *undo* (a run's number or a hash)."""

    run: int
    day: date
    started: datetime
    files: Sequence[JournalFile] = ()
    settings: JsonRead | None = None
    """Those that bear on what is entered, as they were; None where it is not known."""
    undo: str = ""
    office: str = ""
    """The identity of the office whose run it was; "" in pages of earlier versions."""
    drawn: Mapping[str, str] | None = None
    """Which versions of drawn procedures were in force, by the workbook's name; None where it is not known."""
    latest: str = ""
    """The last time of the day that a paper could tell of, as ISO text; "" where it is not known."""


def about(settings: Settings, taken: Iterable[Dropped], drawn: Mapping[str, str], latest: time) -> JsonRead:
    """Return what the ledger keeps of a run that took *taken* while the versions *drawn* were in force, up to the time *latest*."""
    kept: JsonRead = {
        "files": [
            asdict(
                JournalFile(
                    each.name,
                    each.sender,
                    each.sha256,
                    lies_in(settings.outbox, each.path),
                    each.modified.astimezone(UTC).isoformat(),
                )
            )
            for each in taken
        ],
        "settings": settings.model_dump(mode="json", include=set(_BEARING)),
        "latest": latest.isoformat(),
    }
    return kept | ({"drawn": dict(drawn)} if settings.procedures_folder else {})


def write_lacking(uow: UnitOfWork, archive: Path) -> None:
    """Write into the *archive* the pages that it lacks: those of all runs after its newest one.

    Raise FolderError when it cannot be written.
    """
    folder = archive / _FOLDER
    last = _newest(archive)
    office = uow.about.office()
    for number, day, started, did in uow.runs.after(after=last):
        page = _page(uow, number, day, started, did)
        if page is not None:
            outbox.publish_file(folder / f"{number:06}.json", _to_json(replace(page, office=office)))


def read_pages(archive: Path) -> Iterator[JournalPage]:
    """Yield the pages in the order of their runs. Raise JournalError for one that is damaged."""
    for path in sorted(_files(archive / _FOLDER), key=lambda each: int(each.stem)):
        try:
            held = json.loads(path.read_bytes())
            yield JournalPage(
                run=int(held["run"]),
                day=date.fromisoformat(held["day"]),
                started=datetime.fromisoformat(held["started"]),
                files=tuple(JournalFile(**each) for each in held["files"]),
                settings=held["settings"],
                undo=held["undo"],
                office=held.get("office", ""),
                drawn=held.get("drawn"),
                latest=held.get("latest", ""),
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise JournalError(
                Localized(
                    f"批次记录 {path} 已损坏，请从备份中恢复该文件", f"{path} is damaged: restore this file from a copy"
                )
            ) from error


def must_know_every_run(last: tuple[int, date] | None, archive: Path, ledger: str) -> None:
    """Raise RunsMissingError when *archive* holds pages of runs later than the *last* one that the *ledger* knows.

    Going on would enter known customers as new ones, and give numbers of runs once more, whose pages would be lost.
    """
    newest, known = _newest(archive), last[0] if last else 0
    if newest > known:
        how = _ON_A_SERVER if on_server(ledger) else _ON_A_FILE
        raise RunsMissingError(
            Localized(
                f"存档 {archive} 已记到第 {newest} 批，账本 {ledger} 只到第 {known} 批：本次不运行。请检查设置 ledger；设置没错的，{how.zh}；"
                "要从头开始，请先移走发件夹",
                f"the archive {archive} knows of run {newest}, the ledger {ledger} of no run after {known}: nothing was done. "
                f"Look at the setting ledger; if it is right, {how.en}; to begin anew, move the outbox away first",
            )
        )


def has_pages(archive: Path) -> bool:
    """Tell whether *archive* holds pages of any run."""
    return bool(_files(archive / _FOLDER))


def _newest(archive: Path) -> int:
    return max((int(path.stem) for path in _files(archive / _FOLDER)), default=0)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*.json") if path.stem.isdecimal()] if folder.is_dir() else []


def _page(uow: UnitOfWork, number: int, day: date, started: datetime, did: JsonRead) -> JournalPage | None:
    if _UNDO in did:
        undone = did[_UNDO]
        return JournalPage(number, day, started, undo=str(undone["run"] or undone["submissions"][0]))
    if KEPT in did:
        kept = did[KEPT]
        files = tuple(JournalFile(**each) for each in kept.get("files", ()))
        if not kept:
            return None
        told = {"drawn": kept.get("drawn"), "latest": kept.get("latest", "")}
        return JournalPage(number, day, started, files, kept["settings"], **told)
    # a run of a version that kept none
    files = tuple(JournalFile(each.name, each.sender, each.sha256) for each in uow.submissions.find(run=number))
    return JournalPage(number, day, started, files) if files or uow.events.exist_for_run(number) else None


def _to_json(page: JournalPage) -> bytes:
    held = {**asdict(page), "day": page.day.isoformat(), "started": page.started.astimezone(UTC).isoformat()}
    return (json.dumps(held, ensure_ascii=False, indent=1) + "\n").encode()
