"""Faults of a compiled procedure, as of any declaration, told at the cells that they come from."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from pipeline.definitions.mistakes import DefinitionCell, Mistakes
from pipeline.definitions.sheets import PROCEDURE
from schemas.language import Catalogue, Procedure
from schemas.language.catalogue import assemble
from schemas.language.declaration_faults import DeclarationFault, faults


def tell_faults(
    procedure: Procedure, office: Catalogue, cells: Mapping[str, DefinitionCell], mistakes: Mistakes
) -> None:
    """Note what is wrong with *procedure* beside the others of *office*; *cells* say where each code is declared."""
    for each in faults(assemble((*office.procedures, procedure))):
        if each.procedure == procedure.code:
            cell = _cell(each, cells) or cells.get(procedure.code) or DefinitionCell("", PROCEDURE.title.zh, "")
            mistakes.at(cell, each.what, each.fix)


def _cell(fault: DeclarationFault, cells: Mapping[str, DefinitionCell]) -> DefinitionCell | None:
    where = (*fault.where, fault.said)
    pairs = [f"{one}.{two}" for one, two in pairwise(where)]
    for name in (*reversed(where), *reversed(pairs)):
        if name in cells:
            return cells[name]
    return None
