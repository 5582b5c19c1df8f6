"""Whether a workbook that draws a procedure is right, before anybody puts it into the folder of procedures."""

from __future__ import annotations

from pathlib import Path

from pipeline.definitions.drawn_procedures import draws_a_procedure, judge_content
from pipeline.definitions.drawn_workbook import DrawnWorkbook
from pipeline.domain.finding import Finding
from pipeline.intake.wrong_definitions import of_workbook
from pipeline.settings import Settings
from pipeline.settings.catalogue import procedures_beside


def check_definition(path: Path, settings: Settings) -> list[Finding] | None:
    """Return what is wrong with the workbook at *path*, None where it draws no procedure: then it is a sheet like others."""
    if path.suffix.casefold() != ".xlsx":
        return None
    content = path.read_bytes()
    if not draws_a_procedure(path.name, content):
        return None
    compiled = judge_content(path.name, content, procedures_beside(path.name, settings))
    return None if compiled is None else list(of_workbook(DrawnWorkbook(path, content, compiled)))
