"""Publishes files: each appears whole or not at all, and is left alone when nothing in it has changed."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from pipeline.errors import FolderError, InUseError
from pipeline.outside.files.file_mode import granted
from pipeline.outside.files.names import safe_name
from schemas.language import Localized

_KEY = ".ruwang.key"
_KEY_BYTES = 32
_PREFIX = ".ruwang-"
_SUFFIX = ".part"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def file_name(number: str, name: str, suffix: str = ".xlsx") -> str:
    """Return the name of a person's file, ``K01-王建国.xlsx``, safe on every system."""
    return safe_name("-".join(part for part in (number, name) if part), suffix)


def publish_file(path: Path, content: bytes) -> bool:
    """Make *path* hold *content*; return False when it did already.

    Readers see the old file or the new one, never a part. Raise InUseError when another program holds the file open,
    FolderError when the folder is full or may not be written.
    """
    if has_content(path, content):
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=path.parent)
    except OSError as error:
        raise _folder_error(path.parent, error) from error
    part = Path(name)
    try:
        _write(descriptor, content, path.parent)
        _read_back(part, content)
        _replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
    return True


def unchanged_content(path: Path, sha256: str) -> bytes | None:
    """Return what *path* holds when it is what has that hash; None when it is something else, or not there."""
    try:
        content = None if path.is_symlink() else path.read_bytes()
    except OSError:
        return None
    return content if content is not None and hashlib.sha256(content).hexdigest() == sha256 else None


def own_key(folder: Path) -> bytes:
    """Return a random key that the program keeps in *folder* for itself; one is made where there is none."""
    path = folder / _KEY
    with suppress(OSError):
        key = path.read_bytes()
        if len(key) == _KEY_BYTES:
            return key
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key := secrets.token_bytes(_KEY_BYTES))
    except OSError as error:
        raise _folder_error(folder, error) from error
    return key


def withdraw(path: Path) -> bool:
    """Take *path* away; return False when it was not there. Raise InUseError when another program holds it open."""
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except PermissionError as error:
        raise _in_use(path) from error
    except OSError as error:
        raise _folder_error(path.parent, error) from error
    sync_folder(path.parent)
    return True


def listed(folder: Path) -> list[str]:
    """Return the names of the files in *folder*, but for hidden ones; none when there is no such folder."""
    with suppress(FileNotFoundError):
        return sorted(path.name for path in folder.iterdir() if path.is_file() and not path.name.startswith((".", "~")))
    return []


def sweep(folder: Path) -> int:
    """Take away, below *folder*, what publishing left half-written when it was killed; return how many files.

    To be called under the lock: no other run is writing there.
    """
    left = [part for part in folder.rglob(f"{_PREFIX}*{_SUFFIX}") if part.is_file() and not part.is_symlink()]
    for part in left:
        part.unlink(missing_ok=True)
    return len(left)


def sync_folder(folder: Path) -> None:
    """Have the folder's entries written to disk, where the system can do that."""
    with suppress(OSError):  # Windows opens no folders, some shares sync none
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def has_content(path: Path, content: bytes) -> bool:
    """Tell whether *path* is a file, no link, of that very *content*."""
    try:
        return not path.is_symlink() and path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _write(descriptor: int, content: bytes, folder: Path) -> None:
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            if hasattr(os, "fchmod"):
                os.fchmod(descriptor, granted())
            os.fsync(descriptor)
    except OSError as error:
        raise _folder_error(folder, error) from error


def _read_back(part: Path, content: bytes) -> None:
    """Hold what lies on the disk against what was to be written. A torn workbook may pass as a zip: bytes tell more."""
    try:
        with part.open("rb") as file:
            if hasattr(os, "posix_fadvise"):  # from the disk, not from memory, where the system lets us ask for it
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            same = file.read() == content
    except OSError as error:
        raise _folder_error(part.parent, error) from error
    if not same:
        raise FolderError(
            Localized(
                f"{part.parent} 写入的内容读回来不一样：请检查磁盘或共享后再运行",
                f"what was written in {part.parent} reads back differently: check the disk or the share and run again",
            )
        )


def _replace(part: Path, path: Path) -> None:
    try:
        part.replace(path)
    except PermissionError as error:
        raise _in_use(path) from error
    except OSError as error:
        raise _folder_error(path.parent, error) from error


def _in_use(path: Path) -> InUseError:
    return InUseError(
        Localized(
            f"{path} 被其他程序打开或不允许改写：请关闭后再运行",
            f"{path} is open in another program or may not be replaced: close it and run again",
        )
    )


def _folder_error(folder: Path, error: OSError) -> FolderError:
    if error.errno in _FULL:
        return FolderError(
            Localized(f"{folder} 没有空间了：请清理磁盘后再运行", f"no space left in {folder}: make room and run again")
        )
    return FolderError(
        Localized(
            f"不能写入 {folder}（{error.strerror}）：请检查文件夹和权限",
            f"cannot write in {folder} ({error.strerror}): check the folder and its permissions",
        )
    )
