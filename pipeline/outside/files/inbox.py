"""The inbox: what was dropped and is whole, what must wait and why, and the way of a handled sheet into the archive."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Set
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from pipeline.domain.finding import Finding
from pipeline.domain.redaction import plain
from pipeline.domain.rulebook import found
from pipeline.errors import FolderError, NoInboxError
from pipeline.outside.files.file_mode import granted
from pipeline.outside.files.names import keep_suffix
from pipeline.outside.files.outbox import publish_file
from schemas.language import Localized

LARGEST = 100 * 1024 * 1024
"""Bytes of a file that is looked into; a sheet that people fill has a thousandth of it."""
OWN_LARGEST = 1 << 30
"""The same of what the program itself has written: a master of a million records has a third of it."""

# Office programs keep such a file beside a workbook while somebody has it open: Excel, LibreOffice, WPS.
_OWNERS = (("~$", ""), (".~lock.", "#"), (".~", ""))
_OWNER_CUTS = 2  # some cut two letters off long names: ~$名单.xlsx stands for 客户名单.xlsx
_PATIENCE = timedelta(hours=1)
_README = "readme.md"
_ZIP = b"PK\x03\x04"
_ZIP_END = b"PK\x05\x06"
_ZIP_END_BYTES = 22
_ZIP_COMMENT_BYTES = 0xFFFF
_OF_PROGRAMS = re.compile(
    r"thumbs\.db|desktop\.ini|.*\.(tmp|part|partial|crdownload|download)|(?=.*[a-f])[0-9a-f]{8}",
    re.IGNORECASE,
)
"""Files that no person has made: of folders that are looked at, of downloads under way, and of Excel while it saves (8 hex
digits; of figures alone it may be a day that somebody has named his file by).
"""
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Why(StrEnum):
    """Why a file is not taken. The rulebook has a rule ``inbox.<why>`` for each."""

    OPEN = "open"  # somebody has it open in Excel
    COPYING = "copying"  # it changed a moment ago, or is not there to its end
    LINK = "link"  # symbolic links are never followed
    SPECIAL = "special"  # pipes, devices, sockets
    LARGE = "large"
    FORBIDDEN = "forbidden"  # it may not be read, or the disk fails


_PASSING = {Why.OPEN, Why.COPYING}


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file that is whole. ``name`` is its path below the inbox, fit to be shown; ``sender`` the first folder of it."""

    path: Path
    name: str
    sender: str
    content: bytes = field(repr=False)
    sha256: str
    modified: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that is left for the next run. ``since`` is its last change."""

    path: Path
    name: str
    why: Why
    since: datetime


@dataclass(frozen=True, slots=True)
class Scan:
    """The inbox at one moment, each list in order of time, then name."""

    dropped: list[Dropped] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    ignored: list[Path] = field(default_factory=list)
    """Files that no person has made (Thumbs.db, downloads under way): they stay, and nothing is told of them."""


@dataclass(frozen=True, slots=True)
class _Seen:
    path: Path
    status: os.stat_result

    @property
    def changed(self) -> float:
        # a copy made by Windows keeps the old time of change: the inode's own tells when it was last written to
        return max(self.status.st_mtime, self.status.st_ctime)

    def same(self, other: os.stat_result) -> bool:
        mine = self.status
        return (mine.st_ino, mine.st_size, mine.st_mtime_ns) == (other.st_ino, other.st_size, other.st_mtime_ns)


def scan(inbox: Path, settle_seconds: float, now: datetime, pause: Callable[[float], None] = time.sleep) -> Scan:
    """Read every file below *inbox* that is whole. README.md and dot files are no sheets.

    A file that changed less than *settle_seconds* before *now* is watched until it has stood still that long, all such
    files at once; one that then still grows waits for the next run. Raise NoInboxError when there is no inbox.
    """
    seen, result = [], Scan()
    files = list(_files(inbox))
    opened = {(path.parent, stands_for) for path, _ in files if (stands_for := _owned(path.name))}
    for path, status in files:
        if path.name.startswith("."):
            continue
        if _OF_PROGRAMS.fullmatch(path.name) and not stat.S_ISLNK(status.st_mode):
            result.ignored.append(path)
            continue
        why = _refused(path, status, opened, LARGEST)
        if why is None:
            seen.append(_Seen(path, status))
        else:
            result.waiting.append(_waiting(inbox, path, why, status))
    _let_settle(seen, settle_seconds, now.timestamp(), pause)
    for each in seen:
        taken = _take(inbox, each, LARGEST)
        if isinstance(taken, Dropped):
            result.dropped.append(taken)
        elif taken is not None:
            result.waiting.append(_waiting(inbox, each.path, taken, each.status))
    result.dropped.sort(key=lambda each: (each.modified, each.name))
    result.waiting.sort(key=lambda each: (each.since, each.name))
    return result


def look_at_file(path: Path) -> Dropped | Why | None:
    """Read a file that the program has written, if it is whole: else say why not. None when there is none."""
    try:
        status = path.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None
    why = _refused(path, status, frozenset(), OWN_LARGEST)
    return why or _take(path.parent, _Seen(path, status), OWN_LARGEST)


def report(waiting: Iterable[Waiting], now: datetime) -> list[Finding]:
    """Return findings about files that will not be taken by waiting a little: at once, or after an hour of it."""
    return [
        found(f"inbox.{each.why}", file=each.name)
        for each in waiting
        if each.why not in _PASSING or now - each.since >= _PATIENCE
    ]


def destination(dropped: Dropped, archive_folder: Path, day: date, taken: Collection[Path] = ()) -> Path:
    """Return where ``archive`` puts a file: under its own name, which gets part of its hash when another file has it.

    *taken* are destinations given to other files that are not there yet.
    """
    folder = archive_folder / f"{day:%Y-%m}"
    name = dropped.name.rpartition("/")[2]
    path = folder / keep_suffix(name)
    if path not in taken and not os.path.lexists(path):
        return path
    if _is(path, dropped):  # asked last: another run may have put it there a moment ago
        return path
    return folder / keep_suffix(name, f".{dropped.sha256[:12]}")


def archive(dropped: Dropped, archive_folder: Path, day: date, taken: Collection[Path] = ()) -> Path:
    """Move the original into ``<archive>/<year-month>/``, its bytes unchanged, and return where it lies.

    Never overwrites. When the file in the inbox was changed meanwhile, what was read is archived and the changed file
    stays for the next run; so it is when it has vanished. Raise FolderError when the archive cannot be written.
    """
    target = destination(dropped, archive_folder, day, taken)
    unchanged = _is(dropped.path, dropped)
    if _is(target, dropped):
        if unchanged:
            _remove(dropped.path)
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _no_folder(target.parent, error) from error
    if not (unchanged and _rename(dropped.path, target)):
        publish_file(target, dropped.content)  # verified below before the original goes
        os.utime(target, (dropped.modified.timestamp(),) * 2)
        if not _is(target, dropped):
            raise FolderError(f"{target} does not hold what was written to it")
        if unchanged:
            _remove(dropped.path)
    return target


def must_be_there(inbox: Path) -> None:
    """Raise NoInboxError when there is no inbox: making one would hide that the setting is wrong."""
    if not inbox.is_dir():
        raise NoInboxError(
            Localized(
                f"没有收件夹 {inbox}：请建立它，或改正设置 inbox",
                f"there is no inbox {inbox}: make it, or mend the setting inbox",
            )
        )


def _files(inbox: Path) -> Iterator[tuple[Path, os.stat_result]]:
    must_be_there(inbox)
    folders = [inbox]
    while folders:
        try:
            with os.scandir(folders.pop()) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            raise _no_folder(inbox, error) from error
        for entry in found:
            if entry.name.lower() == _README or (entry.name.startswith(".") and not _owned(entry.name)):
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(Path(entry.path))
                else:
                    yield Path(entry.path), entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue  # taken away while we looked


def is_owner_file(name: str) -> bool:
    """Tell whether a file of that *name* is what an office program keeps beside a workbook that somebody has open."""
    return bool(_owned(name))


def _owned(name: str) -> str:
    """Return the workbook that an owner file stands for; "" when it is none."""
    for prefix, suffix in _OWNERS:
        if name.startswith(prefix) and name.endswith(suffix):
            return name.removeprefix(prefix).removesuffix(suffix)
    return ""


def _refused(path: Path, status: os.stat_result, opened: Set[tuple[Path, str]], largest: int) -> Why | None:
    if stat.S_ISLNK(status.st_mode):
        return Why.LINK
    if not stat.S_ISREG(status.st_mode):
        return Why.SPECIAL
    if _owned(path.name) or not opened.isdisjoint((path.parent, path.name[cut:]) for cut in (0, _OWNER_CUTS)):
        return Why.OPEN
    return Why.LARGE if status.st_size > largest else None


def _let_settle(seen: Iterable[_Seen], settle_seconds: float, now: float, pause: Callable[[float], None]) -> None:
    # a clock that was put back makes files of the future: they too are watched for the whole time, and no longer
    young = [max(0.0, now - each.changed) for each in seen if now - each.changed < settle_seconds]
    if young:
        pause(settle_seconds - min(young))


def _take(inbox: Path, seen: _Seen, largest: int) -> Dropped | Why | None:
    try:
        descriptor = os.open(seen.path, os.O_RDONLY | _NO_FOLLOW)
    except FileNotFoundError:
        return None
    except OSError as error:
        return Why.LINK if error.errno in {errno.ELOOP, errno.EMLINK} else Why.FORBIDDEN
    try:
        with os.fdopen(descriptor, "rb") as file:
            before = os.fstat(descriptor)
            if not stat.S_ISREG(before.st_mode):
                return Why.SPECIAL
            content = file.read(largest + 1)
            after = os.fstat(descriptor)
    except OSError:
        return Why.FORBIDDEN
    if not (seen.same(before) and seen.same(after)) or len(content) != after.st_size or _cut_off(content):
        return Why.COPYING
    name = plain(seen.path.relative_to(inbox).as_posix())
    return Dropped(
        path=seen.path,
        name=name,
        sender=name.split("/")[0] if "/" in name else "",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        modified=datetime.fromtimestamp(after.st_mtime, UTC),
    )


def _cut_off(content: bytes) -> bool:
    """A zip whose end record has not arrived. What is no zip cannot be told from its bytes."""
    return content.startswith(_ZIP) and _ZIP_END not in content[-(_ZIP_END_BYTES + _ZIP_COMMENT_BYTES) :]


def _waiting(inbox: Path, path: Path, why: Why, status: os.stat_result) -> Waiting:
    since = datetime.fromtimestamp(status.st_mtime, UTC)
    return Waiting(path, plain(path.relative_to(inbox).as_posix()), why, since)


def _is(path: Path, dropped: Dropped) -> bool:
    try:
        descriptor = os.open(path, os.O_RDONLY | _NO_FOLLOW)
        with os.fdopen(descriptor, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == dropped.sha256
    except OSError:
        return False


def _rename(source: Path, target: Path) -> bool:
    """Move within one file system; False when that cannot be done here."""
    try:
        source.rename(target)
    except OSError as error:
        if error.errno in {errno.EXDEV, errno.EPERM, errno.EACCES}:
            return False
        raise _no_folder(target.parent, error) from error
    with suppress(PermissionError):  # somebody else's file stays as its owner had it
        target.chmod(granted())
    return True


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise _no_folder(path.parent, error) from error


def _no_folder(folder: Path, error: OSError) -> FolderError:
    return FolderError(
        Localized(f"不能使用文件夹 {folder}（{error.strerror}）", f"cannot use the folder {folder} ({error.strerror})")
    )
