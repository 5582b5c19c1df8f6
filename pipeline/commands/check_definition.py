"""Whether a workbook that draws a procedure is right, before anybody puts it into the folder of procedures."""

from __future__ import annotations

from pathlib import Path

from pipeline.definitions.drawn_procedures import draws_a_procedure, judge_next
from pipeline.definitions.drawn_workbook import DrawnWorkbook
from pipeline.domain.finding import Finding
from pipeline.domain.rulebook import found
from pipeline.intake.wrong_definitions import of_workbook
from pipeline.settings import Settings
from pipeline.settings.catalogue import drawn_of
from schemas.language.catalogue import declared_procedures


def check_definition(path: Path, settings: Settings) -> list[Finding] | None:
    """Return what is wrong with the workbook at *path*, None where it draws no procedure: then it is a sheet like others."""
    if path.suffix.casefold() != ".xlsx":
        return None
    content = path.read_bytes()
    if not draws_a_procedure(path.name, content):
        return None
    declared = declared_procedures(str(settings.procedures_folder or ""))
    standing, compiled = judge_next(path.name, content, declared, drawn_of(settings))
    if compiled is None:
        return None
    findings = list(of_workbook(DrawnWorkbook(path, content, compiled)))
    if standing is not None and standing.path.name != path.name:
        findings.append(found("definition.new_version", file=path.name, workbook=standing.path.name))
    return findings
