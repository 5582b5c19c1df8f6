"""The pipeline's own reading and validating of made files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

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


@dataclass(slots=True)
class ReadFile:
    """What the pipeline says of one file: when ``reading`` it, when its rows were ``checked``, and what it accepts."""

    reading: list[Finding] = field(default_factory=list)
    checked: list[Finding] = field(default_factory=list)
    records: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    """The sheet and the converted values of each."""


def read_files(files: Iterable[tuple[int, str, bytes]], today: date = TODAY) -> dict[int, ReadFile]:
    """Return by number what the pipeline says of *files*, given with a number and a name each.

    Every file is read by itself, every form checked once over all files.
    """
    catalogue = load_catalogue()
    bases = {form.code: register.base.code for register in catalogue.registers for form in register.forms}
    known = Known(catalogue.forms, bases)
    read: dict[int, ReadFile] = {}
    extracts: defaultdict[str, list[Extract]] = defaultdict(list)
    for number, name, content in files:
        reading = read_file(name, content, str(number), known)
        read[number] = ReadFile(list(reading.findings))
        for extract in reading.extracts:
            extracts[extract.form].append(extract)
    context = Context(today=today, areas=AREAS, county=COUNTY)
    for form in catalogue.forms:
        checked = check_form(form, extracts[form.code], context)
        for finding in checked.findings:
            read[int(finding.submission)].checked.append(finding)
        for record in checked.records:
            read[int(record.submission)].records.append((_sheet(record.sheet), dict(record.values)))
    return read


def judge(cases: Sequence[Case], today: date = TODAY) -> dict[int, Judged]:
    """Return by seed what the pipeline says, as the board counts it."""
    judged = {}
    for seed, read in read_files(((case.seed, case.name, case.content) for case in cases), today).items():
        judged[seed] = Judged(records=read.records)
        for finding in read.reading:
            if finding.severity is Severity.ERROR:  # what reading warns of is labels and sheets, not values
                judged[seed].errors.append(_said(finding))
        for finding in read.checked:
            _add(judged[seed], finding)
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
