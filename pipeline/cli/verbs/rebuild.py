"""``pipeline rebuild``."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli import options
from pipeline.cli.exit_codes import FINDINGS
from pipeline.cli.invocation import end, load
from pipeline.cli.output import print_json, print_lines


@click.command("rebuild")
@options.option(
    "--to", default="", metavar="URL", help="An empty database; default: in place of the ledger, which is kept."
)
@options.INBOX
@options.OUTBOX
@options.LEDGER
@options.CONFIG
@options.LANGUAGE
@options.JSON
def rebuild_verb(to: str, config: Path | None, as_json: bool, **given: object) -> None:
    """Build the ledger anew from the originals in the archive. No report is written, nothing is mailed.

    Exits with 3 when the ledger before it held something otherwise.
    """
    settings = load(config, given).settings
    from pipeline.cli.text import rebuilt_lines
    from pipeline.commands.rebuild import rebuild

    rebuilt = rebuild(settings, to)
    if as_json:
        print_json(rebuilt.to_json())
    else:
        print_lines(rebuilt_lines(rebuilt, settings.language))
    if rebuilt.differing:
        end(FINDINGS)
