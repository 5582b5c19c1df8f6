"""What lies in folders, told without opening a file: whether anything was put there, changed or taken away since."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FolderEntry:
    """A file as the folder tells of it. ``changed`` is the later of its times, in ns: a copy may keep an old one."""

    path: str
    size: int
    inode: int
    changed: int

    @property
    def is_hidden(self) -> bool:
        """Tell whether its name begins with a dot."""
        return Path(self.path).name.startswith(".")


def list_files(folder: Path, enter: Callable[[Path], bool] = lambda _: True) -> Iterator[FolderEntry]:
    """Yield the files below *folder*, always in the same order, and folders that are not to *enter* as if they were files;
    nothing where there is no such folder.
    """
    folders = [folder]
    while folders:
        try:
            with os.scandir(folders.pop()) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False) and enter(Path(entry.path)):
                folders.append(Path(entry.path))
                continue
            try:
                status = entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue  # taken away while we looked
            yield FolderEntry(entry.path, status.st_size, status.st_ino, max(status.st_mtime_ns, status.st_ctime_ns))
