"""What a register has to say of itself that keeps the drawn procedures which are handed in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HandedDefinitions:
    """Set for the register whose first paper is a workbook that draws a procedure: the program reads its one row off it.

    The others are codes of fields of its base form, ``approved`` that of the state in which the workbook is to be in force.
    """

    digest: str
    """The workbook's hash (SHA-256, hexadecimal): what was approved is in force, and nothing else."""
    workbook: str
    """What it is called in the office's folder of procedures: two of one name are versions of one procedure."""
    changes: str
    """What it changes, a line each."""
    approved: str
