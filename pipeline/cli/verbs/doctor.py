"""``pipeline doctor``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from pipeline.cli import options
from pipeline.cli.exit_codes import UNFIT
from pipeline.cli.invocation import day_of, end, load
from pipeline.cli.output import print_json, print_lines
from schemas.language import Localized


@click.command("doctor")
@options.INBOX
@options.OUTBOX
@options.LEDGER
@options.EXECUTOR
@options.CONFIG
@options.LANGUAGE
@options.TODAY
@options.JSON
def doctor_verb(config: Path | None, today: datetime | None, as_json: bool, **given: object) -> None:
    """Show every setting and where it came from, and check folders, lock, ledger, roster, calendar and mail.

    Exits with 2 when something is not as a run needs it.
    """
    loaded = load(config, given)
    language = loaded.settings.language
    from pipeline.cli.tables import aligned
    from pipeline.commands.doctor import examine, of_procedures
    from pipeline.commands.reading import office_day

    day = day_of(today) or office_day(loaded.settings)
    catalogue, procedures = of_procedures(loaded.settings)
    checks = [procedures, *examine(loaded.settings, catalogue, day)]
    if as_json:
        settings = [{"name": each.name, "value": each.value, "source": each.source} for each in loaded.shown()]
        print_json({"settings": settings, "checks": [each.to_json(language) for each in checks]})
    else:
        heading = Localized("设置|值|来源", "setting|value|from").to(language).split("|")
        print_lines(aligned([heading, *((each.name, each.value, each.source) for each in loaded.shown())]))
        click.echo()
        well, ill = Localized("正常", "well").to(language), Localized("有问题", "WRONG").to(language)
        print_lines(
            aligned(
                (each.what.to(language), ill if each.problem else well, (each.problem or each.note).to(language))
                for each in checks
            )
        )
    if any(each.problem for each in checks):
        end(UNFIT)
