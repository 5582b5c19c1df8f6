"""What reading must know of the procedures in force."""

from __future__ import annotations

from pipeline.definitions.drawn_workbook import TITLES
from pipeline.domain.extract import Known
from pipeline.domain.passwords import NONE, Passwords
from schemas.language import Catalogue


def known_forms(catalogue: Catalogue, passwords: Passwords = NONE) -> Known:
    """Return what reading must know: the forms, and for each stage's form the one that opens its register."""
    bases = {
        stage.form: register.base.code
        for register in catalogue.registers
        for stage in register.stages
        if stage.form and stage.form != register.base.code
    }
    kept = frozenset(register.base.code for register in catalogue.registers if register.only_shown)
    return Known(catalogue.forms, bases, passwords, kept, TITLES)
