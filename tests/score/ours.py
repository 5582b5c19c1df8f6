"""The pipeline's own reading and validating of made files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from pipeline.domain.extract import Extract, Known
from pipeline.domain.finding import Finding
from pipeline.read.read_file import read_file
from pipeline.validate import check_form
from schemas.language import Severity
from schemas.language.catalogue import load_catalogue
from schemas.language.context import Context
from tests.score.judged import Judged, Said
from tests.score.people import AREAS, COUNTY, TODAY
from tests.score.truth import Case


def judge(cases: Sequence[Case], today: date = TODAY) -> dict[int, Judged]:
    """Return by seed what the pipeline says: every file read by itself, every form checked once over all files."""
    catalogue = load_catalogue()
    bases = {form.code: register.base.code for register in catalogue.registers for form in register.forms}
    known = Known(catalogue.forms, bases)
    judged = {case.seed: Judged() for case in cases}
    extracts: defaultdict[str, list[Extract]] = defaultdict(list)
    for case in cases:
        reading = read_file(case.name, case.content, str(case.seed), known)
        for finding in reading.findings:
            if finding.severity is Severity.ERROR:  # what reading warns of is labels and sheets, not values
                judged[case.seed].errors.append(_said(finding))
        for extract in reading.extracts:
            extracts[extract.form].append(extract)
    context = Context(today=today, areas=AREAS, county=COUNTY)
    for form in catalogue.forms:
        checked = check_form(form, extracts[form.code], context)
        for finding in checked.findings:
            _add(judged[int(finding.submission)], finding)
        for record in checked.records:
            judged[int(record.submission)].records.append((_sheet(record.sheet), dict(record.values)))
    return judged


def _add(judged: Judged, finding: Finding) -> None:
    if finding.severity is Severity.ERROR:
        judged.errors.append(_said(finding))
    elif finding.severity is Severity.WARNING:
        judged.doubts.append(_said(finding))


def _said(finding: Finding) -> Said:
    return Said(_sheet(finding.sheet), finding.cell, finding.field, finding.rule)


def _sheet(name: str) -> str:
    """Return the sheet's own name: those of an archive stand behind the workbook's."""
    return name.rpartition("/")[2]
