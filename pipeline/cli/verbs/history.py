"""``pipeline history``."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli import options
from pipeline.cli.invocation import load
from pipeline.cli.output import print_json, print_lines


@click.command("history")
@click.argument("key")
@options.option(
    "--field", default="", metavar="FIELD", help="Only this field or column of the master, by label or code."
)
@options.LEDGER
@options.CONFIG
@options.LANGUAGE
@options.JSON
def history_verb(key: str, field: str, config: Path | None, as_json: bool, **given: object) -> None:
    """Tell the life of the record KEY, or of the customer who is called so in all procedures: every value, before and after, file, sheet and cell, run and person."""
    settings = load(config, given).settings
    from pipeline.cli.history_text import history_lines
    from pipeline.commands.history import history
    from pipeline.settings.catalogue import in_force

    changes = history(settings, key, field=field)
    if as_json:
        print_json([each.to_json() for each in changes])
        return
    titles = {register.code: register.title for register in in_force(settings).registers}
    print_lines(history_lines(changes, settings.language, titles))
