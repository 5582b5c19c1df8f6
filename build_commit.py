"""Puts the commit that a wheel is built from into it, so that ``pipeline --version`` can tell. Without git there is none to tell."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_DESCRIBE = ("git", "describe", "--always", "--dirty", "--exclude=*")


class Commit(BuildHookInterface):  # type: ignore[type-arg]
    """Writes ``pipeline/commit.txt`` into the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Ask git, unless the program is only to be linked to where it lies: there git is asked each time."""
        if version == "editable" or not (Path(self.root) / ".git").exists():
            return
        try:
            said = subprocess.run(_DESCRIBE, cwd=self.root, capture_output=True, text=True, check=True)
        except (OSError, subprocess.CalledProcessError):
            return
        with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False) as file:
            file.write(said.stdout.strip())
        build_data["force_include"][file.name] = "pipeline/commit.txt"
