"""``pipeline rebuild``."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli import options
from pipeline.cli.exit_codes import FINDINGS
from pipeline.cli.invocation import end, load
from pipeline.cli.output import print_json, print_lines

NEWEST = ""


@click.command("rebuild")
@options.option(
    "--to", default="", metavar="URL", help="An empty database; default: in place of the ledger, which is kept."
)
@options.option(
    "--from-backup",
    "copy",
    is_flag=False,
    flag_value=NEWEST,
    default=None,
    metavar="[FILE]",
    help="Lead a copy of the ledger on by the runs since; without FILE the newest copy.",
)
@options.INBOX
@options.OUTBOX
@options.LEDGER
@options.CONFIG
@options.LANGUAGE
@options.JSON
def rebuild_verb(to: str, copy: str | None, config: Path | None, as_json: bool, **given: object) -> None:
    """Build the ledger anew from the originals in the archive. No report is written, nothing is mailed.

    Exits with 3 when the ledger before it held something otherwise.
    """
    settings = load(config, given).settings
    from pipeline.cli.text import rebuilt_lines
    from pipeline.commands.rebuild import bring_forward, rebuild

    if copy is not None and to:
        raise click.UsageError("--to and --from-backup exclude each other")
    if copy is None:
        rebuilt = rebuild(settings, to)
    else:
        rebuilt = bring_forward(settings, None if copy == NEWEST else Path(copy).absolute())
    if as_json:
        print_json(rebuilt.to_json())
    else:
        print_lines(rebuilt_lines(rebuilt, settings.language))
    if rebuilt.differing:
        end(FINDINGS)
