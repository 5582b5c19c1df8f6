"""The command line as a process of its own, in an office's folder: what it has declared is read once a process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def pipeline(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run ``pipeline`` with *words* in *folder*, and return what it ended with and said."""
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
