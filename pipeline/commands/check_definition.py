"""Whether a workbook that draws a procedure is right, before anybody puts it into the folder of procedures."""

from __future__ import annotations

from pathlib import Path

from pipeline.definitions.drawn_procedures import codes_after, draws_a_procedure, judge_content, standing_for
from pipeline.definitions.drawn_workbook import DrawnWorkbook
from pipeline.domain.finding import Finding
from pipeline.domain.rulebook import found
from pipeline.intake.wrong_definitions import of_workbook
from pipeline.settings import Settings
from pipeline.settings.catalogue import drawn_of, procedures_beside
from schemas.language.catalogue import declared_procedures


def check_definition(path: Path, settings: Settings) -> list[Finding] | None:
    """Return what is wrong with the workbook at *path*, None where it draws no procedure: then it is a sheet like others."""
    if path.suffix.casefold() != ".xlsx":
        return None
    content = path.read_bytes()
    if not draws_a_procedure(path.name, content):
        return None
    drawn = drawn_of(settings)
    alone = judge_content(path.name, content, declared_procedures(str(settings.procedures_folder or "")))
    standing = standing_for(drawn, path.name, alone.code if alone else "")
    beside = procedures_beside(standing.path.name if standing else path.name, settings)
    compiled = judge_content(path.name, content, beside, codes_after(standing) if standing else ())
    if compiled is None:
        return None
    findings = list(of_workbook(DrawnWorkbook(path, content, compiled)))
    if standing is not None and standing.path.name != path.name:
        findings.append(found("definition.new_version", file=path.name, workbook=standing.path.name))
    return findings
