"""What an office has drawn in workbooks, for whoever asks after it: without what it takes to read and compile one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.definitions.codebook import Renamed
    from pipeline.definitions.compile_definition import Compiled
    from pipeline.definitions.mistakes import Mistake
    from schemas.language import Procedure


@dataclass(frozen=True, slots=True)
class DrawnWorkbook:
    """A workbook of the folder: what is wrong with it, and whether an earlier version of it is in force instead."""

    path: Path
    content: bytes
    compiled: Compiled
    earlier: bool = False

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """What keeps it from being in force."""
        return self.compiled.mistakes

    @property
    def renamed(self) -> tuple[Renamed, ...]:
        """What has another label than before, and is taken for the same."""
        return self.compiled.renamed


@dataclass(frozen=True, slots=True)
class DrawnProcedures:
    """The procedures in force that are drawn, and the workbooks of the folder."""

    procedures: tuple[Procedure, ...] = ()
    workbooks: tuple[DrawnWorkbook, ...] = ()

    @property
    def wrong(self) -> list[DrawnWorkbook]:
        """The workbooks that cannot be in force as they are."""
        return [each for each in self.workbooks if each.mistakes]
