"""``pipeline check``."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from pipeline.cli import options
from pipeline.cli.exit_codes import FINDINGS
from pipeline.cli.invocation import day_of, end, load
from pipeline.cli.output import message, print_json, print_lines
from schemas.language import Localized, Severity


@click.command("check")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
)
@options.LEDGER
@options.CONFIG
@options.LANGUAGE
@options.TODAY
@options.JSON
def check_verb(
    files: tuple[Path, ...], config: Path | None, today: datetime | None, as_json: bool, **given: object
) -> None:
    """Say what is wrong with FILES. Nothing is touched; the roster is known when there is a ledger."""
    settings = load(config, given).settings
    from pipeline.cli.text import finding_lines
    from pipeline.commands.check import check

    found = check(files, settings, today=day_of(today))
    if as_json:
        print_json([each.to_json() for each in found])
    else:
        for each in found:
            print_lines(finding_lines(each, settings.language))
        if not found and sys.stderr.isatty():
            message(Localized("没有问题", "nothing is wrong").to(settings.language))
    if any(each.severity is not Severity.REPAIR for each in found):
        end(FINDINGS)
