"""Robots that do what the advice of a finding says."""
from __future__ import annotations
from pathlib import Path
from tests.office.oracle import Wrong
from tests.office.scene import Scene
def settle_all(scene: Scene, folder: Path) -> tuple[int, list[Wrong]]:
    return 0, []
