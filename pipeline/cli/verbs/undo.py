"""``pipeline undo``."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from pipeline.cli import options
from pipeline.cli.exit_codes import UNFIT
from pipeline.cli.invocation import day_of, end, load
from pipeline.cli.output import message, print_json, print_lines
from schemas.language import Localized


@click.command("undo")
@click.argument("what", metavar="RUN|SUBMISSION")
@options.option("--yes", is_flag=True, help="Do not ask.")
@options.LEDGER
@options.CONFIG
@options.LANGUAGE
@options.TODAY
@options.JSON
def undo_verb(
    what: str, yes: bool, config: Path | None, today: datetime | None, as_json: bool, **given: object
) -> None:
    """Take back what a run (its number) or one sheet (file name, or first letters of its hash) did.

    Refused when later sheets build on it: the message names them. It stays in the history, marked; a number once given
    is not given again. To have it back drop the sheet again.
    """
    settings = load(config, given).settings
    from pipeline.cli.text import taken_back, to_take_back
    from pipeline.commands.undo import plan, undo

    planned = plan(settings, what, today=day_of(today))
    if not yes:
        if not sys.stdin.isatty():
            message(
                Localized(
                    "没法在这里问您，确定要撤请加 --yes", "you cannot be asked here: add --yes to take it back"
                ).to(settings.language)
            )
            end(UNFIT)
        print_lines(to_take_back(planned, settings.language))
        click.confirm(Localized("撤销？", "Take it back?").to(settings.language), abort=True, err=True)
    undone = undo(settings, what, today=day_of(today))
    if as_json:
        print_json(undone.to_json())
    else:
        message(taken_back(undone).to(settings.language))
