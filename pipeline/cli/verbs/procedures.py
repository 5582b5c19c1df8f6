"""``pipeline procedures``."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli import options
from pipeline.cli.invocation import load
from pipeline.cli.output import print_json, print_lines


@click.command("procedures")
@options.option(
    "--page",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Write the chapters of docs/procedures.md.",
)
@options.CONFIG
@options.LANGUAGE
@options.JSON
def procedures_verb(page: Path | None, config: Path | None, as_json: bool, **given: object) -> None:
    """List the procedures in force: registers, stages, who does them, by when."""
    settings = load(config, given).settings
    from pipeline.cli.listings import list_procedures
    from pipeline.commands.describe_procedures import describe_procedures, procedures_page
    from pipeline.settings.catalogue import in_force

    catalogue = in_force(settings)
    if page:
        page.write_text(procedures_page(catalogue, page.read_text("utf-8")), "utf-8")
    elif as_json:
        print_json(describe_procedures(catalogue, settings.language))
    else:
        print_lines(list_procedures(catalogue, settings.language))
