"""One line for a monitor: is the office run, and did the last run end well. And what each run leaves behind for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from pipeline.commands.reading import reading
from pipeline.domain.json_values import JsonObject
from pipeline.domain.mail import Undelivered
from pipeline.domain.office_tables import own_days
from pipeline.domain.redaction import mask_numbers, one_line
from pipeline.domain.run_summary import RunSummary
from pipeline.errors import RuwangError
from pipeline.outside.calendar import WorkCalendar
from pipeline.outside.files.last_run import append_run, put_last_run, read_last_run
from pipeline.outside.ledger_url import ledger_file
from pipeline.settings import Settings
from pipeline.settings.clock import now_in_office
from schemas.language import Localized, Severity

_WELL = (0, 3)
"""Exit codes of a run that did its work: 3 is asked for (``--strict``), and the staff's to mend."""
_GAVE_WAY = 75


@dataclass(frozen=True, slots=True)
class Health:
    """``why`` is empty when all is well. ``ended`` and ``exit_code`` are of the last run that came to an end."""

    now: datetime
    why: Sequence[Localized]
    run: int = 0
    ended: datetime | None = None
    exit_code: int | None = None
    mails: Undelivered = field(default_factory=Undelivered)
    open_errors: int = 0

    def to_json(self, settings: Settings) -> JsonObject:
        """Return the plain object that is printed on one line."""
        age = (self.now - self.ended) // timedelta(minutes=1) if self.ended else None
        return {
            "well": not self.why,
            "why": [each.to(settings.language) for each in self.why],
            "day": self.now.date().isoformat(),
            "time": f"{self.now:%H:%M:%S}",
            "run": self.run,
            "ended": self.ended.isoformat(timespec="seconds") if self.ended else "",
            "age_minutes": age,
            "exit_code": self.exit_code,
            "waiting_mails": self.mails.waiting,
            "given_up_mails": self.mails.given_up,
            "open_errors": self.open_errors,
        }


def health(settings: Settings, *, older_than: timedelta | None = None) -> Health:
    """Return how the office stands. A last run is too old that ended before the last working day, or *older_than* that."""
    from pipeline.settings.catalogue import in_force  # with all declarations: whoever only puts down a run needs none

    now = now_in_office(settings)
    try:
        with reading(settings) as uow:
            last = uow.runs.last()
            mails = Undelivered.of(uow.mails.undelivered(), now)
            errors = sum(each.finding.severity is Severity.ERROR for each in uow.findings.open())
            calendar = WorkCalendar(own_days(in_force(settings), uow.records.get))
    except RuwangError as error:
        return Health(now, [error.message])
    said = read_last_run(_last_run(settings)) or {}
    ended = datetime.fromisoformat(said["ended"]) if said.get("ended") else None
    why = []
    if ended is None:
        why.append(Localized("没有一批运行完过", "no run has come to an end"))
    elif now - ended > older_than if older_than else calendar.between(ended.date(), now.date()) > 1:
        why.append(
            Localized(f"最近一批是 {ended:%Y-%m-%d %H:%M} 运行的", f"the last run was on {ended:%Y-%m-%d %H:%M}")
        )
    code = said.get("exit_code")
    if ended is not None and code not in _WELL:
        stopped = said.get("stopped", "")
        why.append(
            Localized(
                f"最近一批的退出码是 {code} {stopped}".strip(), f"the last run ended with {code} {stopped}".strip()
            )
        )
    if mails.given_up:
        why.append(Localized(f"放弃了 {mails.given_up} 封邮件", f"{mails.given_up} mails were given up"))
    return Health(now, why, last[0] if last else 0, ended, code, mails, errors)


def put_down(settings: Settings, started: datetime, code: int, summary: RunSummary | None, stopped: str) -> str:
    """Keep what a run ended with. One that gave way to another is in the log alone: that other one tells how it went.

    Return "", or why the log file cannot be written.
    """
    ended = now_in_office(settings)
    said: JsonObject = {
        "started": started.isoformat(timespec="seconds"),
        "ended": ended.isoformat(timespec="seconds"),
        "seconds": round((ended - started).total_seconds(), 1),
        "exit_code": code,
    }
    if stopped:
        said["stopped"] = mask_numbers(one_line(stopped))
    if summary is not None:
        counts = summary.to_json()
        said |= {
            name: counts[name]
            for name in ("run", "files", "rows", "findings", "open", "assigned", "unassigned", "mails")
        }
    place = _last_run(settings)
    if code != _GAVE_WAY and place.parent.is_dir():
        put_last_run(place, said)
    return append_run(settings.log_file, said) if settings.log_file else ""


def _last_run(settings: Settings) -> Path:
    """Beside a ledger of one's own; where the ledger is on a server in the outbox, under the office's code."""
    file = ledger_file(settings.ledger)
    return (
        file.with_suffix(".last-run.json")
        if file
        else settings.outbox / f".{settings.office_code or 'office'}.last-run.json"
    )
