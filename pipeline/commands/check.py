"""Whether sheets are right, before anybody drops them. Nothing is changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from pipeline.commands.reading import office_day, reading
from pipeline.domain.finding import Finding
from pipeline.domain.roster import Roster
from pipeline.domain.rulebook import Rulebook
from pipeline.errors import NoLedgerError
from pipeline.intake.roster import read_roster
from pipeline.outside.workers.read_all import read_all
from pipeline.read.read_file import read_file
from pipeline.settings import Settings
from pipeline.settings.catalogue import in_force, known_forms
from pipeline.validate.check_actions import check_sheets
from schemas.language import Language, Severity
from schemas.language.context import Context


@dataclass(frozen=True, slots=True)
class WordedFinding:
    """What is wrong at one place, in sentences of one language. ``sheet``, ``cell`` and ``field`` may be empty."""

    file: str
    sheet: str
    cell: str
    field: str
    value: str
    """As it is written there."""
    rule: str
    severity: Severity
    message: str
    fix: str

    def to_json(self) -> dict[str, str]:
        """Return the plain object for ``--json``."""
        return {**asdict(self), "severity": self.severity.value}


def check(paths: Sequence[Path], settings: Settings, *, today: date | None = None) -> list[WordedFinding]:
    """Return what is wrong with the sheets at *paths*. When there is a ledger its roster is known."""
    catalogue = in_force(settings)
    day = today or office_day(settings)
    files = [(str(path), content := path.read_bytes(), hashlib.sha256(content).hexdigest()) for path in paths]
    roster = _roster(settings, day)
    context = Context(today=day, areas=frozenset(roster.areas), people=frozenset(roster.people), county=settings.county)
    readings = list(read_all(files, known_forms(catalogue, settings.passwords), read_file, settings.readers))
    found: list[Finding] = [finding for one in readings for finding in one.findings]
    for form in catalogue.forms:
        extracts = [each for one in readings for each in one.extracts if each.form == form.code]
        if extracts:
            found += check_sheets(catalogue.register_of(form.code), form, extracts, context).findings
    rulebook = Rulebook(catalogue)
    return [_worded(finding, rulebook, settings.language) for finding in found]


def _worded(finding: Finding, rulebook: Rulebook, language: Language) -> WordedFinding:
    wording = rulebook.word(finding, language)
    return WordedFinding(
        file=finding.file,
        sheet=finding.sheet,
        cell=finding.cell,
        field=finding.field,
        value=finding.value,
        rule=finding.rule,
        severity=finding.severity,
        message=wording.sentence,
        fix=wording.fix,
    )


def _roster(settings: Settings, day: date) -> Roster:
    try:
        with reading(settings) as uow:
            return read_roster(in_force(settings), uow, day)
    except NoLedgerError:
        return Roster(day)
