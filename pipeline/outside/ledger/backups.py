"""Copies of the ledger, one a day, each whole and of one moment; the oldest go. SQLite alone: a server has its own tools."""

from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from pipeline.errors import FolderError, LedgerError
from pipeline.outside.files.file_mode import granted
from pipeline.outside.files.outbox import sync_folder
from pipeline.outside.ledger_url import ledger_file
from schemas.language import Localized

_SUFFIX = ".db"
_PART = ".part"
_NO_PLACE = ("SQLITE_CANTOPEN", "SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR")
"""What is wrong with where a copy goes, and not with the ledger."""


def back_up(url: str, folder: Path, day: date, keep: int) -> Path | None:
    """Copy the ledger into *folder* as that of *day*, once a day, and leave the *keep* newest copies there.

    Return the copy; None when there is one of that day, or nothing to copy. Raise FolderError when it cannot be
    written, LedgerError when the ledger cannot be read.
    """
    file = ledger_file(url)
    if file is None or not keep:
        return None
    target = folder / f"{file.stem}-{day.isoformat()}{_SUFFIX}"
    if target.exists():
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(_PART)
        part.unlink(missing_ok=True)
        _copy(file, part)
        part.chmod(granted())
        _sync(part)
        part.replace(target)
        sync_folder(folder)
        for old in backups(folder, url)[keep:]:
            old.unlink(missing_ok=True)
    except OSError as error:
        raise _no_place(folder, error.strerror) from error
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorname", "").startswith(_NO_PLACE):
            raise _no_place(folder, str(error)) from error
        raise LedgerError(
            Localized(f"不能把账本备份到 {folder}：{error}", f"cannot back up the ledger to {folder}: {error}")
        ) from error
    return target


def _no_place(folder: Path, why: str | None) -> FolderError:
    return FolderError(
        Localized(
            f"不能把账本备份到 {folder}（{why}）：请检查文件夹的权限和磁盘空间，或改设置 backup_folder；这一批的来件已经入账",
            f"cannot back up the ledger to {folder} ({why}): check the folder's rights and the room on the disk, or set backup_folder; what "
            "this run took is entered",
        )
    )


def backups(folder: Path, url: str) -> list[Path]:
    """Return the copies of the ledger in *folder*, the newest first."""
    file = ledger_file(url)
    if file is None or not folder.is_dir():
        return []
    dated = {day: path for path in folder.glob(f"*{_SUFFIX}") if (day := backup_day(path, file.stem)) is not None}
    return [dated[day] for day in sorted(dated, reverse=True)]


def backup_day(path: Path, stem: str) -> date | None:
    """Return the day of the copy at *path* of a ledger that is called *stem*; None when it is no such copy."""
    name, dash, text = path.stem[: len(stem)], path.stem[len(stem) : len(stem) + 1], path.stem[len(stem) + 1 :]
    try:
        return date.fromisoformat(text) if (name, dash) == (stem, "-") else None
    except ValueError:
        return None


@contextmanager
def restored(copy: Path) -> Iterator[str]:
    """Restore *copy* into a temporary file and give its URL. Raise LedgerError when it is damaged."""
    with tempfile.TemporaryDirectory(prefix="ruwang-") as folder:
        file = Path(folder) / "restored.db"
        bring_back(copy, file)
        yield f"sqlite:///{file}"


def bring_back(copy: Path, file: Path) -> None:
    """Write *copy* into *file*. Raise LedgerError when it is damaged or not there; then nothing is left in *file*."""
    try:
        _copy(copy, file)
        with closing(sqlite3.connect(file)) as held:
            (said,) = held.execute("PRAGMA integrity_check(1)").fetchone()
    except (sqlite3.Error, OSError) as error:
        said = str(error)
    if said == "ok":
        return
    file.unlink(missing_ok=True)
    if not copy.exists():
        raise LedgerError(Localized(f"没有账本备份 {copy}", f"there is no copy of the ledger {copy}"))
    raise LedgerError(Localized(f"备份 {copy} 已损坏：{said}", f"the backup {copy} is damaged: {said}"))


def put_in_place(built: Path, file: Path) -> Path | None:
    """Put a ledger that was *built* in place of *file*; return where that lies from now on, None when there was none.

    At no moment is there no ledger: a run would begin an empty one. Raise FolderError where it may not be replaced.
    """
    try:
        kept = _keep(file) if file.exists() else None
        built.replace(file)
        file.chmod(granted())
    except OSError as error:
        built.unlink(missing_ok=True)
        raise FolderError(
            Localized(
                f"不能换下账本 {file}（{error.strerror}），账本未动：请检查文件和文件夹的权限",
                f"cannot replace {file} ({error.strerror}), the ledger is as it was: check the permissions of file and folder",
            )
        ) from error
    sync_folder(file.parent)
    return kept


def _keep(file: Path) -> Path:
    numbered = (file.with_name(f"{file.stem}.before-rebuild-{number}{file.suffix}") for number in itertools.count(1))
    kept = next(path for path in numbered if not path.exists())
    try:
        kept.hardlink_to(file)
    except OSError:  # not every file system has links
        shutil.copy2(file, kept)
    left = file.with_name(f"{file.name}-journal")
    if left.exists():  # of a transaction that was cut off: it belongs to the old one, and would spoil the new
        left.rename(kept.with_name(f"{kept.name}-journal"))
    return kept


def _copy(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as held,
        closing(sqlite3.connect(target)) as copy,
    ):
        held.backup(copy)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
