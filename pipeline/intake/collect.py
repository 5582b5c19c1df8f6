"""The first step of a run: which of the dropped files bring something new, and what stands in them."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from pipeline.domain.answer import CONFLICT, TOKEN_SIGNS, asked_name, token_of
from pipeline.domain.checked import RowId
from pipeline.domain.extract import Reading
from pipeline.domain.finding import Finding, OpenFinding, identity
from pipeline.domain.place import parse_cell
from pipeline.domain.submission import TAKEN_BACK, Submission
from pipeline.intake.learned_names import Entries, learned, taught
from pipeline.intake.name_answers import TakeNames
from pipeline.intake.shared_cells import SharedCells
from pipeline.outside.files import inbox, published
from pipeline.outside.files.inbox import Dropped
from pipeline.outside.ledger import Ledger
from pipeline.outside.stage_log import steps_to_come
from pipeline.outside.workers.pool import ALLOWED, OWN, File
from pipeline.outside.workers.read_all import read_all
from pipeline.read.read_file import read_file
from pipeline.settings import Settings
from pipeline.settings.known_forms import known_forms
from pipeline.settings.run_context import RunContext
from schemas.language import Catalogue, Severity

_log = logging.getLogger(__name__)

_OF_LABELS = frozenset(
    {"column.unknown", "header.ambiguous", "sheet.unknown", "sheet.foreign", "sheet.two_forms", "sheet.skipped"}
)
"""Rules that may find nothing any more once a label is known."""


@dataclass(frozen=True, slots=True)
class Collected:
    """The files that a run looks into, in the order of their time, with their readings and places in the archive."""

    catalogue: Catalogue
    """What is declared, with what the office has said that names mean: by it they were read, and are to be judged."""
    fresh: Sequence[Dropped]
    readings: Sequence[Reading]
    places: Sequence[Path]
    known: Sequence[Dropped]
    """Bring nothing new: read before, without an error that still stands, or twice in this run."""
    again: frozenset[str]
    """Hashes among ``fresh`` that were read before: what they lacked may stand in the ledger by now."""
    ours: frozenset[str]
    """Hashes of workbooks that lay in the outbox, where people changed them."""
    last: tuple[int, date] | None
    """Number and day of the last run when they were looked into."""

    def files(self) -> zip[tuple[Dropped, Reading, Path]]:
        """Return each file with its reading and its place in the archive."""
        return zip(self.fresh, self.readings, self.places, strict=True)

    def handed_in(self) -> list[tuple[Dropped, Reading]]:
        """Return the files that people dropped, with their readings."""
        return [(dropped, reading) for dropped, reading, _ in self.files() if dropped.sha256 not in self.ours]

    def answered(self) -> frozenset[RowId]:
        """Return the cells in which people have said what a name means: rows of a register, and none of their papers'."""
        return frozenset(
            (each.submission, each.sheet, parse_cell(each.cell)) for reading in self.readings for each in reading.names
        )

    def set_aside(self) -> None:
        """Keep what people changed in the outbox, before it is written over."""
        for dropped, _, place in self.files():
            if dropped.sha256 in self.ours:
                published.keep_copy(dropped, place)

    def archive(self, context: RunContext, ledger: Ledger) -> None:
        """Move the originals from the inbox into the archive, but for what was read out of it."""
        taken: set[Path] = set()
        for dropped in (*self.fresh, *self.known):
            ledger.confirm()
            if dropped.sha256 not in self.ours and not dropped.path.is_relative_to(context.settings.archive):
                taken.add(inbox.archive(dropped, context.settings.archive, context.day, taken))


def collect(context: RunContext, ledger: Ledger, dropped: Sequence[Dropped]) -> Collected:
    """Read those of the *dropped* files that the *ledger* does not know, or of which an error is still open."""
    settings = context.settings
    with ledger.transaction() as uow:
        last = uow.runs.last()
        known_before = uow.submissions.known(each.sha256 for each in dropped)
        earlier = {sha256: each for sha256, each in known_before.items() if each.fate != TAKEN_BACK}
        open_now = uow.findings.open()
        register = context.catalogue.names
        entries = uow.records.get(register.code) if register is not None else {}
    wrong = {each.finding.submission for each in open_now if _asks_for_it_again(each)}
    fresh: dict[str, Dropped] = {}
    known: list[Dropped] = []
    for each in dropped:
        if each.sha256 in fresh or (each.sha256 in earlier and each.sha256 not in wrong):
            known.append(each)
        else:
            fresh[each.sha256] = each
    ours = {each.sha256 for each in dropped if published.lies_in(settings.outbox, each.path)}
    # a file that comes again is told of under the name by which it is known
    names = {sha256: submission.name for sha256, submission in earlier.items()}
    files = [(names.get(each.sha256, each.name), each.content, each.sha256) for each in fresh.values()]
    catalogue = taught(context.catalogue, learned(context.catalogue, entries, context.day).values())
    readings = _read(context, catalogue, files, ours)
    catalogue = _take_names(context, catalogue, entries, open_now, files, readings, fresh, ours)
    waiting = [each for each in _waited_for(context, ledger, open_now, readings) if each.sha256 not in fresh]
    if waiting:
        earlier |= {each.sha256: each for each in _known(ledger, (file.sha256 for file in waiting))}
        read = _read(context, catalogue, [(each.name, each.content, each.sha256) for each in waiting], ours)
        together = sorted([*fresh.values(), *waiting], key=lambda each: (each.modified, each.name))
        fresh = {each.sha256: each for each in together}
        readings = {sha256: (readings | read)[sha256] for sha256 in fresh}
    if any(reading.draws for reading in readings.values()):
        _take_definitions(context, ledger, readings, fresh)
    for sha256 in [each for each, reading in readings.items() if each in ours and _is_old(reading)]:
        del fresh[sha256], readings[sha256]
    places: dict[Path, None] = {}
    for each in fresh.values():
        in_archive = each.path.is_relative_to(settings.archive)
        place = each.path if in_archive else inbox.destination(each, settings.archive, context.day, places.keys())
        places[place] = None
    again = frozenset(earlier).intersection(fresh)
    return Collected(
        catalogue, list(fresh.values()), list(readings.values()), list(places), known, again, frozenset(ours), last
    )


def unchanged_since(ledger: Ledger, hashes: Collection[str]) -> Set[str]:
    """Return those of *hashes* that are reports as a run wrote them, or that were taken since."""
    with ledger.transaction() as uow:
        taken = {each.sha256 for each in uow.submissions.known(hashes).values() if each.fate != TAKEN_BACK}
        return uow.reports.published(hashes) | taken


def _waited_for(
    context: RunContext, ledger: Ledger, open_now: Sequence[OpenFinding], readings: Mapping[str, Reading]
) -> Iterator[Dropped]:
    """Yield out of the archive the files of which a step waited for a choice between two values that *readings* bring: the
    step is one statement, and goes on now.
    """
    chosen = {answer.about for reading in readings.values() for answer in reading.answers}
    waiting = {
        each.finding.submission
        for each in (open_now if chosen else ())
        if each.finding.rule == CONFLICT
        and identity(each.finding)[:TOKEN_SIGNS] in chosen
        and _is_of_step(context.catalogue, each.finding)
    }
    for submission in _known(ledger, waiting) if waiting else ():
        path = context.settings.outbox / submission.archived
        try:
            content, modified = path.read_bytes(), datetime.fromtimestamp(path.stat().st_mtime, UTC)
        except OSError:  # somebody has taken it away: its sender hands it in again
            continue
        yield Dropped(path, submission.name, submission.sender, content, submission.sha256, modified)


def _is_of_step(catalogue: Catalogue, finding: Finding) -> bool:
    try:
        stage = catalogue.register_of(finding.form).stage_of(finding.form)
    except KeyError:  # of a procedure that is no longer in force
        return False
    return stage is not None and bool(stage.state) and not stage.ad_hoc


def _known(ledger: Ledger, hashes: Iterable[str]) -> Iterable[Submission]:
    with ledger.transaction() as uow:
        return uow.submissions.known(hashes).values()


def _asks_for_it_again(each: OpenFinding) -> bool:
    """Tell whether a file of which something is open brings something new as it is: what it lacked may be known by now."""
    return each.finding.severity is Severity.ERROR or asked_name(each.finding) is not None


def _take_names(
    context: RunContext,
    catalogue: Catalogue,
    entries: Entries,
    open_now: Sequence[OpenFinding],
    files: Sequence[File],
    readings: dict[str, Reading],
    fresh: Mapping[str, Dropped],
    ours: Set[str],
) -> Catalogue:
    """Take what *readings* say that names mean, and read those once more that may be read otherwise by it. Return the
    catalogue by which they are read then.
    """
    if context.catalogue.names is None or not any(reading.names for reading in readings.values()):
        return catalogue
    asked = {token_of(each.finding): each.finding for each in open_now}
    take = TakeNames(context.catalogue, context.catalogue.names, asked, context.day, context.settings.language)
    taken = take.take(entries, ((fresh[sha256].sender, reading) for sha256, reading in readings.items()))
    if taken.extracts:
        catalogue = taught(context.catalogue, learned(context.catalogue, taken.entries, context.day).values())
        doubtful = {
            sha256 for sha256, each in readings.items() if any(found.rule in _OF_LABELS for found in each.findings)
        }
        readings |= _read(context, catalogue, [file for file in files if file[2] in doubtful], ours)
    for sha256, reading in readings.items():
        reading.findings += taken.findings.get(sha256, ())
        reading.extracts += [taken.extracts[sha256]] if sha256 in taken.extracts else []
    return catalogue


def _take_definitions(
    context: RunContext, ledger: Ledger, readings: Mapping[str, Reading], fresh: Mapping[str, Dropped]
) -> None:
    """Take the workbooks among *readings* that draw procedures."""
    from pipeline.intake.handed_in_definitions import HandedInDefinitions  # with all that compiles workbooks

    with ledger.transaction() as uow:
        take = HandedInDefinitions(context, lambda register, state: len(uow.records.get(register, states=[state])))
        for sha256, reading in readings.items():
            if reading.draws:
                take.take(fresh[sha256], reading)


def _read(context: RunContext, catalogue: Catalogue, files: Sequence[File], ours: Set[str]) -> dict[str, Reading]:
    """Return by hash what *files* hold; the program's own (*ours*) may be as large as a register, and take its time."""
    settings: Settings = context.settings
    known, readers = known_forms(catalogue, settings.passwords), settings.readers
    read: dict[str, Reading] = {}
    shared = SharedCells()
    for own, allowed in ((False, ALLOWED), (True, OWN)):
        part = [file for file in files if (file[2] in ours) is own]
        steps_to_come(_log, len(part))
        readings = shared.share(read_all(part, known, read_file, readers, allowed))
        read |= zip((sha256 for *_, sha256 in part), readings, strict=True)
    return {sha256: read[sha256] for *_, sha256 in files}


def _is_old(reading: Reading) -> bool:
    """Tell whether a workbook of ours is a report that an older version put there, which did not say what it was written
    from.
    """
    return [each.rule for each in reading.findings] == ["file.own_report"]
