"""What an office has drawn in workbooks, for whoever asks after it: without what it takes to read and compile one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.definitions.codebook import LabelCode, Renamed, Scope
    from pipeline.definitions.compile_definition import Compiled
    from pipeline.definitions.lookup import CalledOtherwise
    from pipeline.definitions.mistakes import Mistake
    from schemas.language import Localized, Procedure

    GivenCodes = tuple[tuple[Scope, tuple[LabelCode, ...]], ...]

TITLES = frozenset(
    frozenset((first, fields)) for first in ("环节", "Stages", "流程", "Procedure") for fields in ("栏目", "Fields")
)
"""Titles of sheets that a workbook has which draws a procedure: all of one of these sets."""


@dataclass(frozen=True, slots=True)
class GoneState:
    """A state of an earlier version that this one has no more: what becomes of records that stand there."""

    register: str
    title: Localized
    """Of the register."""
    state: str
    words: Localized
    to: Localized | None = None
    """The state to which they are led."""
    stays: Localized | None = None
    """The stage of the earlier version by which they are done as they began."""
    over: bool = False
    """Nothing was to be done there."""


@dataclass(frozen=True, slots=True)
class DrawnWorkbook:
    """A workbook of the folder: what is wrong with it, and whether an earlier version of it is in force instead."""

    path: Path
    content: bytes
    compiled: Compiled
    earlier: bool = False
    in_force: bytes = b""
    """The workbook by which the procedure goes: this one, or the earlier version; nothing where neither is right."""
    before: GivenCodes = ()
    """The codes that were known when what is in force was compiled."""
    passed: tuple[tuple[bytes, GivenCodes], ...] = ()
    """Earlier versions in which records on their way may have begun, the newest first, each with the codes known before it."""
    gone: tuple[GoneState, ...] = ()

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """What keeps it from being in force."""
        return self.compiled.mistakes

    @property
    def renamed(self) -> tuple[Renamed, ...]:
        """What has another label than before, and is taken for the same."""
        return self.compiled.renamed

    @property
    def otherwise(self) -> tuple[CalledOtherwise, ...]:
        """Which roles that are there already it calls by another of their names."""
        return self.compiled.otherwise


@dataclass(frozen=True, slots=True)
class DrawnProcedures:
    """The procedures in force that are drawn, and the workbooks of the folder."""

    procedures: tuple[Procedure, ...] = ()
    workbooks: tuple[DrawnWorkbook, ...] = ()
    missing: tuple[tuple[str, Procedure], ...] = ()
    """Procedures whose workbook (its name) was right once and lies in the folder no more."""

    @property
    def wrong(self) -> list[DrawnWorkbook]:
        """The workbooks that cannot be in force as they are."""
        return [each for each in self.workbooks if each.mistakes]
