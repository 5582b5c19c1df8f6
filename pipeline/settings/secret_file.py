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
        why = error.strerror if isinstance(error, OSError) else "UTF-8?"
        raise SettingsError(
            Localized(
                f"不能读取密码文件 {path}（{why}）：请核对设置里的文件名，和运行程序的用户对它的权限",
                f"cannot read the password file {path} ({why}): look at its name in the settings, and at the rights of the program's user",
            )
        ) from error


def is_open_to_others(path: Path) -> bool:
    """Tell whether anybody but its owner may read or write *path*, where this system can say so."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return os.name == "posix" and bool(mode & (stat.S_IRWXG | stat.S_IRWXO))
