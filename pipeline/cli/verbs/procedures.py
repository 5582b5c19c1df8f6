"""``pipeline procedures``."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli import options
from pipeline.cli.exit_codes import UNFIT
from pipeline.cli.invocation import end, load
from pipeline.cli.output import print_json, print_lines
from pipeline.settings import Settings
from schemas.language import Catalogue, Localized


@click.command("procedures")
@options.option(
    "--page",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Write the chapters of docs/procedures.md.",
)
@options.option(
    "--check", "checked", is_flag=True, help="Only say whether the declarations are right; exits with 2 when not."
)
@options.option(
    "--as-workbook", "drawn", metavar="CODE", help="Write that procedure as a workbook in which it is drawn."
)
@options.option(
    "--from-form",
    "blanks",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Draft such a workbook from your own blank form; give one for each form, the one that opens a record first.",
)
@options.option(
    "--to",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the workbook is written (default: here, by its title).",
)
@options.CONFIG
@options.LANGUAGE
@options.JSON
def procedures_verb(
    page: Path | None,
    checked: bool,
    drawn: str | None,
    blanks: tuple[Path, ...],
    to: Path | None,
    config: Path | None,
    as_json: bool,
    **given: object,
) -> None:
    """List the procedures in force: registers, stages with their codes, who does them, by when; and what may be set of them."""
    settings = load(config, given).settings
    from pipeline.cli.listings import list_procedures
    from pipeline.commands.describe_procedures import describe_procedures, procedures_page
    from pipeline.settings.catalogue import in_force, in_force_or_declared

    if drawn or blanks:
        from pipeline.commands.draw_procedure import draft_workbook, procedure_as_workbook

        name, content = procedure_as_workbook(settings, drawn) if drawn else draft_workbook(settings, blanks)
        path = to or Path(name)
        if path.exists():
            raise click.UsageError(
                Localized(f"{path} 已存在，没有覆盖", f"{path} exists: it is not written over").to(settings.language)
            )
        path.write_bytes(content)
        print_lines([str(path)])
        return
    if checked or page:
        catalogue = in_force(settings)
        wrong = None
    else:
        catalogue, wrong = in_force_or_declared(settings)
    if checked:
        _tell_check(catalogue, settings)
    elif page:
        page.write_text(procedures_page(catalogue, page.read_text("utf-8")), "utf-8")
    elif as_json:
        print_json(describe_procedures(catalogue, settings.language, settings.deadlines))
    else:
        print_lines(list_procedures(catalogue, settings.language, settings.deadlines))
    if wrong is not None:
        raise wrong


def _tell_check(catalogue: Catalogue, settings: Settings) -> None:
    """Say that all is well, or what is not: what an office has declared itself in Python has stopped before."""
    from pipeline.settings.catalogue import drawn_of, told_faults, told_mistakes
    from schemas.language.declaration_faults import faults

    language, folder = settings.language, str(settings.procedures_folder or "")
    wrong = [*told_faults(faults(catalogue), folder), *told_mistakes(drawn_of(settings))]
    count = len(catalogue.procedures)
    right = Localized(f"{count} 个流程的声明无误", f"{count} procedures are declared right")
    print_lines(each.to(language) for each in wrong or [right])
    if wrong:
        end(UNFIT)
