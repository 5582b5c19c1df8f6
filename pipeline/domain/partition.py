"""The parts of a master that would be too long for one sheet: each the records of one area, in a workbook of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.domain.record import RecordState

MASTER = "master.xlsx"
"""Below the outbox."""
FOLDER = "master"
"""Where the parts are, beside it."""


@dataclass(frozen=True, slots=True)
class PartitionRange:
    """Which records a part holds: those of one *area* ("" for none) whose keys lie between two, both included.

    Without a *last* one it holds all from the first on, so that whoever is new in the area is in it.
    """

    area: str
    first: str = ""
    last: str = ""

    def holds(self, entry: RecordState) -> bool:
        """Tell whether *entry* belongs into the part."""
        return entry.area == self.area and self.first <= entry.key and (not self.last or entry.key <= self.last)


@dataclass(frozen=True, slots=True)
class MasterPartition:
    """One of them: where it lies below the outbox, what it is called, and which records of which register it holds."""

    path: str
    title: str
    register: str
    extent: PartitionRange

    @property
    def name(self) -> str:
        """What its file is called."""
        return PurePosixPath(self.path).name


def is_master(path: str) -> bool:
    """Tell whether *path* below the outbox is the master, or a part of it: what people may edit where it lies."""
    return path == MASTER or path.startswith(f"{FOLDER}/")
