"""What reading must know of the declarations."""

from __future__ import annotations

from pipeline.domain.extract import Known
from schemas.form import Catalogue


def known_forms(catalogue: Catalogue) -> Known:
    """Return the catalogue's forms, and for each stage's form the one that opens its register."""
    bases = {
        stage.form: register.base.code
        for register in catalogue.registers
        for stage in register.stages
        if stage.form and stage.form != register.base.code
    }
    return Known(catalogue.forms, bases)
