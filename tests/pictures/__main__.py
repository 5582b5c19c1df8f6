"""``python -m tests.pictures [--if-possible] [--before]``: write all pictures into docs/pictures, or those of an earlier commit."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.pictures.take import missing, take, take_before

TARGET = Path(__file__).parents[2] / "docs" / "pictures"


if __name__ == "__main__":
    if lacking := missing():
        sys.stderr.write(f"the pictures stay as they are, not installed: {', '.join(lacking)}\n")
        sys.exit(0 if "--if-possible" in sys.argv else 2)
    with tempfile.TemporaryDirectory() as work:
        (take_before if "--before" in sys.argv else take)(TARGET, Path(work))
