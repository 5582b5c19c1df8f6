"""Which commit of the program this is: built into a wheel, or asked of git where the program lies in a clone."""

from __future__ import annotations

import subprocess
from contextlib import suppress
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_BUILT_IN = _ROOT / "pipeline" / "commit.txt"
_DESCRIBE = ("git", "describe", "--always", "--dirty", "--exclude=*")


def commit(root: Path = _ROOT, built_in: Path = _BUILT_IN) -> str:
    """Return the commit, with ``-dirty`` where files were changed since; "" where nobody knows."""
    with suppress(OSError):
        return built_in.read_text("utf-8").strip()
    if (root / ".git").exists():
        with suppress(OSError, subprocess.SubprocessError):
            done = subprocess.run(_DESCRIBE, cwd=root, capture_output=True, text=True, check=True, timeout=10)
            return done.stdout.strip()
    return ""
