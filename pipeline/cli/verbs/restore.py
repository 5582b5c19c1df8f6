"""``pipeline restore``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from pipeline.cli import options
from pipeline.cli.invocation import load


@click.command("restore")
@options.option(
    "--at", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="The end of which day."
)
@options.option(
    "--to", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Default: outbox/restored/."
)
@options.OUTBOX
@options.LEDGER
@options.CONFIG
@options.LANGUAGE
def restore_verb(at: datetime, to: Path | None, config: Path | None, **given: object) -> None:
    """Write the master as it stood at the end of a day. Today's master is not touched."""
    settings = load(config, given).settings
    from pipeline.commands.restore import restore

    click.echo(restore(settings, at.date(), to))
