"""``pipeline status``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from pipeline.cli import options
from pipeline.cli.invocation import day_of, load
from pipeline.cli.output import print_json, print_lines


@click.command("status")
@options.LEDGER
@options.CONFIG
@options.LANGUAGE
@options.TODAY
@options.option("--all", "every", is_flag=True, help="Of all offices that share the ledger, and the sums.")
@options.JSON
def status_verb(config: Path | None, today: datetime | None, every: bool, as_json: bool, **given: object) -> None:
    """Say where the office stands: the last run, records by state, what is overdue and what waits to be mended."""
    settings = load(config, given).settings
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
