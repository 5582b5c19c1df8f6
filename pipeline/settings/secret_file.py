"""Files that hold a password, as settings name them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from pipeline.errors import SettingsError
from schemas.language import Localized


def secret_in(path: Path) -> str:
    """Return what is written in *path*. Raise SettingsError where it cannot be read."""
    try:
        return path.read_text("utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(Localized(f"不能读取密码文件 {path}", f"cannot read the password file {path}")) from error


def is_open_to_others(path: Path) -> bool:
    """Tell whether anybody but its owner may read or write *path*, where this system can say so."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return os.name == "posix" and bool(mode & (stat.S_IRWXG | stat.S_IRWXO))
