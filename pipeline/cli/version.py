"""``pipeline --version``: all that somebody who is to help asks for first."""

from __future__ import annotations

import click

from pipeline import __version__
from pipeline.cli.options import option


def version_line() -> str:
    """Return the version of the program, its commit where it is known, and the version of the ledgers that it writes."""
    from pipeline.outside.commit import commit
    from pipeline.outside.ledger.tables import VERSION

    return f"pipeline {__version__} (commit {commit() or 'unknown'}, ledger {VERSION})"


def _tell(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        click.echo(version_line())
        context.exit()


version_option = option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_tell, help="Show the version and exit."
)
