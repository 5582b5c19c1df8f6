"""Reconciliation: what came in against what became of it, for one run and for all, and the registers it made.

Three sums must hold: files seen are files by fate; rows read are rows accepted, unchanged and rejected; and records
opened, less those taken back, are the records that the register holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.domain.json_values import JsonRead
from pipeline.domain.run_summary import RunSummary

FILES = ("read", "refused", "known", "waiting")
"""Fates of a file."""
LASTING = ("read", "refused")
"""Fates that are summed over the runs: a file that waits is met again by the next run, one that is known was counted."""
ROWS = ("accepted", "unchanged", "rejected")
"""Fates of a row."""


@dataclass(frozen=True, slots=True)
class Flow:
    """What one run, or all runs together, took in: files and rows by fate, rows that are no data by reason.

    ``files_in`` and ``rows_in`` are counted where they come from, the inbox and the reader, not summed from the fates.
    """

    run: int = 0
    day: date | None = None
    files_in: int = 0
    rows_in: int = 0
    files: Mapping[str, int] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    ignored: Mapping[str, int] = field(default_factory=dict)

    @property
    def news(self) -> bool:
        """Whether a file was read or refused: a run that met none, or only known ones, brings nothing to reconcile."""
        return any(self.files.get(fate, 0) for fate in LASTING)

    def to_json(self) -> JsonRead:
        """Return the plain object that the ledger keeps."""
        return {
            "run": self.run,
            "day": self.day.isoformat() if self.day else "",
            "files_in": self.files_in,
            "rows_in": self.rows_in,
            "files": dict(self.files),
            "rows": dict(self.rows),
            "ignored": dict(self.ignored),
        }

    @classmethod
    def from_json(cls, held: JsonRead) -> Flow:
        """Return what ``to_json`` made."""
        return cls(**{**held, "day": date.fromisoformat(held["day"]) if held.get("day") else None})


@dataclass(frozen=True, slots=True)
class RecordsHeld:
    """A register's records: opened by sheets in all, those of them taken back, and what it holds."""

    opened: int
    taken_back: int
    records: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A sum that does not hold: of what (``files``, ``rows`` or a register's code), and both of its sides."""

    of: str
    run: int
    """The run it is about, 0 for all."""
    came: int
    became: int


@dataclass(frozen=True, slots=True)
class Balance:
    """``latest`` is the last run that brought news, ``total`` all runs up to it."""

    latest: Flow
    total: Flow
    registers: Mapping[str, RecordsHeld] = field(default_factory=dict)

    @property
    def gaps(self) -> list[Gap]:
        """The sums that do not hold, none when all is well."""
        found = [gap for flow in (self.latest, self.total) for gap in _gaps(flow)]
        for code, held in self.registers.items():
            if held.opened - held.taken_back != held.records:
                found.append(Gap(code, 0, held.opened - held.taken_back, held.records))
        return found


def flow_of(summary: RunSummary, day: date, rows_in: int, ignored: Iterable[str]) -> Flow:
    """Return the flow of a run from its *tally*; *rows_in* as the reader counts, *ignored* reasons one a row."""
    return Flow(
        run=summary.run,
        day=day,
        files_in=summary.files.seen,
        rows_in=rows_in,
        files={fate: getattr(summary.files, fate) for fate in FILES},
        rows={fate: getattr(summary.rows, fate) for fate in ROWS},
        ignored=dict(sorted(Counter(ignored).items())),
    )


def add(total: Flow, run: Flow) -> Flow:
    """Return the *total* after *run*; only ``LASTING`` files are summed."""
    files = {fate: run.files.get(fate, 0) for fate in LASTING}
    return replace(
        total,
        files_in=total.files_in + sum(files.values()),
        rows_in=total.rows_in + run.rows_in,
        files=_sum(total.files, files),
        rows=_sum(total.rows, run.rows),
        ignored=_sum(total.ignored, run.ignored),
    )


def _gaps(flow: Flow) -> Iterable[Gap]:
    if flow.files_in != sum(flow.files.values()):
        yield Gap("files", flow.run, flow.files_in, sum(flow.files.values()))
    if flow.rows_in != sum(flow.rows.values()):
        yield Gap("rows", flow.run, flow.rows_in, sum(flow.rows.values()))


def _sum(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {name: one.get(name, 0) + other.get(name, 0) for name in sorted({*one, *other})}
