"""Whether sheets are right, before anybody drops them. Nothing is changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from pipeline.commands.check_definition import check_definition
from pipeline.commands.trial import judge, trial
from pipeline.domain.finding import Finding
from pipeline.domain.rulebook import Rulebook
from pipeline.outside.files.inbox import Dropped
from pipeline.settings import Settings
from pipeline.settings.run_context import begin
from schemas.language import Language, Severity


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
    """Return all that a run would say of the sheets at *paths* if they were dropped together now: they are entered on
    trial, and all is taken back.
    """
    context = begin(settings, today=today)
    rulebook, drawn = Rulebook(context.catalogue), {path: check_definition(path, settings) for path in paths}
    found = [_worded(each, rulebook, settings.language) for those in drawn.values() for each in those or ()]
    dropped = [_as_dropped(path, settings) for path in paths if drawn[path] is None]
    if not dropped:
        return found
    with trial(settings) as ledger:
        collected, settled = judge(context, ledger, dropped)
    rulebook = Rulebook(collected.catalogue)
    return [*found, *(_worded(finding, rulebook, settings.language) for finding in settled.intake.raised)]


def _as_dropped(path: Path, settings: Settings) -> Dropped:
    """Return the file at *path* as it would be read from the inbox; it is told of by the path that was given."""
    content = path.read_bytes()
    made = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Dropped(settings.inbox / path.name, str(path), "", content, hashlib.sha256(content).hexdigest(), made)


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
