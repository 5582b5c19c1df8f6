"""What lies in the trial folder is judged as ``check`` judges it, comes back marked among the returns, and is entered nowhere.

Each file is judged for itself, after all that was handed in has been taken: two drafts of one sheet do not answer for each
other. A file leaves once its result lies there: a run killed in between makes the same result again.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Mapping
from pathlib import PurePosixPath

from pipeline.commands.trial import judge
from pipeline.domain.extract import Reading
from pipeline.domain.receipt import Receipt
from pipeline.intake.collect import Collected
from pipeline.intake.settle import Settlement
from pipeline.outside.files import inbox
from pipeline.outside.files.inbox import Dropped
from pipeline.outside.files.trial_folder import make_trial_folder, take_away
from pipeline.outside.ledger import Ledger
from pipeline.outside.stage_log import logged
from pipeline.publish.outgoing import seal_with
from pipeline.publish.reports import RETURNS
from pipeline.publish.returned_files import member_of
from pipeline.publish.trial_results import TrialResult, Tried, draw_results, draw_untaken, write_result
from pipeline.settings.run_context import RunContext

_log = logging.getLogger(__name__)


def try_out(context: RunContext, ledger: Ledger, scan: inbox.Scan) -> list[str]:
    """Judge what *scan* found in the trial folder, and make that folder where there is none. Return the paths below the outbox
    of the results.
    """
    settings = context.settings
    make_trial_folder(settings.inbox, settings.language)
    written: list[str] = []
    if not scan.dropped and not scan.waiting:
        return written
    with logged(_log, "try out") as counts:
        for finding in inbox.report(scan.waiting, context.now):
            written += _write(context, [draw_untaken(finding, context.catalogue, settings.language)])
        passwords = seal_with(settings)
        for dropped in scan.dropped:
            ledger.confirm()
            collected, settled = judge(context, ledger, [dropped])
            tried = _tried(dropped, collected, settled)
            written += _write(context, draw_results(tried, collected.catalogue, settings.language, passwords))
            take_away(dropped)
        counts["files"] = len(scan.dropped)
    return written


def _tried(dropped: Dropped, collected: Collected, settled: Settlement) -> Tried:
    reading = collected.readings[0] if collected.readings else Reading()
    return Tried(dropped, reading, settled.intake.raised, _receipts(dropped, reading, collected, settled))


def _receipts(dropped: Dropped, reading: Reading, collected: Collected, settled: Settlement) -> Mapping[str, Receipt]:
    """Return what the rows of each workbook in the file would come to."""
    outcomes: dict[str, list[str]] = defaultdict(list)
    for (submission, sheet, _), outcome in settled.intake.outcomes.items():
        if submission == dropped.sha256:
            outcomes[member_of(sheet)].append(outcome)
    sheets = [each.sheet for each in reading.extracts] + [each.sheet for each in reading.findings if each.sheet]
    members = dict.fromkeys((*map(member_of, sheets), *outcomes)) or {"": None}
    file, known = PurePosixPath(dropped.name).name, bool(collected.known)
    return {member: Receipt.of(file, outcomes[member], refused=reading.refused, known=known) for member in members}


def _write(context: RunContext, results: list[TrialResult]) -> list[str]:
    settings = context.settings
    paths = [write_result(settings.outbox / RETURNS, each, settings.language) for each in results]
    return [path.relative_to(settings.outbox).as_posix() for path in paths if path is not None]
