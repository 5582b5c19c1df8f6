"""``pipeline status``."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import options
from pipeline.cli.exit_codes import UNFIT
from pipeline.cli.invocation import day_of, end, load
from pipeline.cli.output import print_json, print_lines

if TYPE_CHECKING:
    from pipeline.settings import Settings


@click.command("status")
@options.LEDGER
@options.CONFIG
@options.LANGUAGE
@options.TODAY
@options.option("--all", "every", is_flag=True, help="Of all offices that share the ledger, and the sums.")
@options.option(
    "--health", "as_health", is_flag=True, help="One line of JSON for a monitor; exits with 2 when not well."
)
@options.option(
    "--older-than",
    type=click.IntRange(min=1),
    metavar="MINUTES",
    help="With --health: a last run older than that is not well; unless given, one before the last working day.",
)
@options.JSON
def status_verb(
    config: Path | None,
    today: datetime | None,
    every: bool,
    as_health: bool,
    older_than: int | None,
    as_json: bool,
    **given: object,
) -> None:
    """Say where the office stands: the last run, records by state, what is overdue and what waits to be mended."""
    settings = load(config, given).settings
    if as_health:
        _tell_health(settings, older_than)
        return
    from pipeline.cli.text import all_status_lines, status_lines
    from pipeline.commands.status import status, status_of_all

    day = day_of(today)
    if every:
        offices = status_of_all(settings, today=day)
        answer, lines = offices.to_json(), all_status_lines(offices, settings.language)
    else:
        office = status(settings, today=day)
        answer, lines = office.to_json(), status_lines(office, settings.language)
    if as_json:
        print_json(answer)
    else:
        print_lines(lines)


def _tell_health(settings: Settings, older_than: int | None) -> None:
    from pipeline.commands.health import health
    from pipeline.outside.files.last_run import as_line

    found = health(settings, older_than=timedelta(minutes=older_than) if older_than else None)
    print_lines([as_line(found.to_json(settings))])
    if found.why:
        end(UNFIT)
