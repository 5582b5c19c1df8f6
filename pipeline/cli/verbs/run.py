"""``pipeline run``."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

import click

from pipeline.cli import options
from pipeline.cli.exit_codes import FINDINGS, NOT_DELIVERED
from pipeline.cli.invocation import day_of, end, load
from pipeline.cli.output import message, print_json, print_lines
from pipeline.domain.redaction import mask_numbers


@click.command("run")
@options.INBOX
@options.OUTBOX
@options.LEDGER
@options.EXECUTOR
@options.CONFIG
@options.LANGUAGE
@options.TODAY
@options.CLOCK
@options.option("--dry-run", is_flag=True, help="Say what would be done; write, move and send nothing.")
@options.option("--strict", is_flag=True, help="Exit with 3 when an error was found or is still open.")
@options.option("--day-is-right", is_flag=True, help="Run though the day is before the last run's, or long after it.")
@options.JSON
def run_verb(
    config: Path | None,
    today: datetime | None,
    clock: datetime | None,
    dry_run: bool,
    strict: bool,
    day_is_right: bool,
    as_json: bool,
    **given: object,
) -> None:
    """Take in what lies in the inbox, and write and send what follows from it."""
    settings = load(config, given).settings
    from pipeline.cli.progress import progress
    from pipeline.cli.run_watched import RunWatched, watched_run
    from pipeline.cli.text import dry_run_lines, summary_line, undelivered_line, unknown_holidays_line
    from pipeline.commands.nothing_new import unchanged

    day, at = day_of(today), clock.time() if clock else None
    with nullcontext(RunWatched()) if dry_run else watched_run(settings) as under_way:
        summary = None if dry_run else unchanged(settings, today=day, clock=at)
        if summary is None:
            from pipeline.commands.run import run  # with all that reads and writes workbooks

            with progress(settings.language):
                summary = run(settings, today=day, clock=at, dry_run=dry_run, doubt_day=not day_is_right)
        under_way.summary = summary
        if as_json:
            print_json(summary.to_json())
        elif dry_run:
            print_lines(each.to(settings.language) for each in dry_run_lines(summary))
        elif sys.stderr.isatty():
            message(summary_line(summary).to(settings.language))
        for sentence in summary.failed_declarations:
            message(mask_numbers(sentence))
        if summary.unknown_holidays:
            message(unknown_holidays_line(summary.unknown_holidays).to(settings.language))
        mails = summary.mails
        if not dry_run and mails.queued + mails.failed + mails.standing.given_up:
            message(undelivered_line(mails).to(settings.language))
            end(NOT_DELIVERED)
        if strict and summary.open.error:
            end(FINDINGS)
