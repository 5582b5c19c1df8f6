"""What a run did, in numbers: the object that ``run --json`` prints."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Self

from pipeline.domain.json_values import JsonRead
from pipeline.domain.mail import Undelivered

_ONLY_WHERE_SO = {"failed_declarations", "unknown_holidays"}


@dataclass(slots=True)
class FileCount:
    """Files of the inbox by fate."""

    seen: int = 0
    read: int = 0
    known: int = 0
    refused: int = 0
    waiting: int = 0
    ignored: int = 0
    """Of programs and not of people (Thumbs.db, downloads under way); not among those ``seen``."""


@dataclass(slots=True)
class RowCount:
    """Records by fate: read = accepted + unchanged + rejected; repaired is part of accepted."""

    read: int = 0
    accepted: int = 0
    unchanged: int = 0
    rejected: int = 0
    repaired: int = 0


@dataclass(slots=True)
class FindingCount:
    """Findings by severity."""

    error: int = 0
    warning: int = 0


@dataclass(slots=True)
class MailCount:
    """Mails of this run, and those of earlier ones that have not arrived."""

    sent: int = 0
    queued: int = 0
    """Put off: to be tried again, those of earlier runs among them."""
    failed: int = 0
    """Given up in this run."""
    standing: Undelivered = field(default_factory=Undelivered)
    """All that have not arrived after the run."""


@dataclass(slots=True)
class RunSummary:
    """One run. ``outputs`` are paths below the outbox, only those written anew."""

    run: int = 0
    files: FileCount = field(default_factory=FileCount)
    rows: RowCount = field(default_factory=RowCount)
    findings: FindingCount = field(default_factory=FindingCount)
    """New in this run."""
    open: FindingCount = field(default_factory=FindingCount)
    """All that wait to be mended after it, new ones among them."""
    assigned: int = 0
    unassigned: int = 0
    mails: MailCount = field(default_factory=MailCount)
    outputs: list[str] = field(default_factory=list)
    balance: JsonRead = field(default_factory=dict)
    """The last run that brought news, and all runs, as ``domain.balance`` sums them."""
    failed_declarations: list[str] = field(default_factory=list)
    """What failed in procedures, in sentences for the administrator; not told where nothing did."""
    unknown_holidays: int = 0
    """The first year that is asked for and of which the holidays are not known; 0, and not told, when all are."""

    def to_json(self) -> JsonRead:
        """Return the plain object for ``--json``."""
        plain = {name: value for name, value in asdict(self).items() if name not in _ONLY_WHERE_SO or value}
        plain["mails"]["standing"] = self.mails.standing.to_json()
        return plain

    @classmethod
    def from_json(cls, kept: JsonRead) -> Self:
        """Return what ``to_json`` gave, but for mails that have not arrived: those are the ledger's to tell."""
        counts = {
            "files": FileCount,
            "rows": RowCount,
            "findings": FindingCount,
            "open": FindingCount,
        }
        held = {name: counts[name](**value) if name in counts else value for name, value in kept.items()}
        mails = {name: value for name, value in kept["mails"].items() if name != "standing"}
        return cls(**{**held, "mails": MailCount(**mails)})
