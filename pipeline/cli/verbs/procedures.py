"""``pipeline procedures``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import options
from pipeline.cli.exit_codes import FINDINGS, UNFIT
from pipeline.cli.invocation import end, load
from pipeline.cli.output import print_json, print_lines
from schemas.language import Catalogue, Localized

if TYPE_CHECKING:
    from pipeline.settings import Settings


@click.command("procedures")
@options.option(
    "--page",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Write the chapters of docs/procedures.md.",
)
@options.option(
    "--language-page",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the page of all that a declaration may say: docs/declarations.md, with --language zh its Chinese twin.",
)
@options.option(
    "--check", "checked", is_flag=True, help="Only say whether the declarations are right; exits with 2 when not."
)
@options.option(
    "--new",
    "begun",
    metavar="CODE",
    help="Write a package to begin a procedure with: form, register, two stages, a role, samples and its test.",
)
@options.option(
    "--try",
    "tried",
    metavar="CODE",
    help="Play the samples of a procedure to their end, in an office that is thrown away, and say what happens, a line a "
    "step; exits with 3 where a record comes to no end.",
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
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="With --new: the folder (default: procedures_folder); with the two before: the workbook (default: here, by its title).",
)
@options.CONFIG
@options.LANGUAGE
@options.JSON
def procedures_verb(
    page: Path | None,
    language_page: Path | None,
    checked: bool,
    begun: str | None,
    tried: str | None,
    drawn: str | None,
    blanks: tuple[Path, ...],
    to: Path | None,
    config: Path | None,
    as_json: bool,
    **given: object,
) -> None:
    """List the procedures in force: registers, stages with their codes, who does them, by when; and what may be set of them."""
    settings = load(config, given).settings
    from pipeline.cli.procedure_listing import list_procedures
    from pipeline.commands.describe_procedures import describe_procedures, procedures_page
    from pipeline.settings.catalogue import in_force, in_force_or_declared

    if begun:
        _begin(begun, to, settings)
        return
    if language_page:
        from pipeline.commands.describe_language import language_page as written

        language_page.write_text(written(in_force(settings), settings.language), "utf-8")
        return
    if tried:
        _try(tried, settings)
        return
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


def _begin(code: str, to: Path | None, settings: Settings) -> None:
    """Write the package of a new procedure, and say what to do next."""
    from pipeline.commands.starter import refused, write_starter
    from pipeline.settings.catalogue import in_force

    language, folder = settings.language, to or settings.procedures_folder
    if folder is None:
        raise click.UsageError(
            Localized(
                '写到哪里？在设置中写 procedures_folder = "procedures"，或用 --to 指明文件夹',
                'where to? Set procedures_folder = "procedures", or name a folder with --to',
            ).to(language)
        )
    every = in_force(settings.model_copy(update={"procedures": (), "procedures_folder": _there(settings)}))
    packages = [each.name for each in folder.iterdir()] if folder.is_dir() else []
    if (why := refused(code, every, packages)) is not None:
        raise click.UsageError(why.to(language))
    for path in write_starter(code, folder):
        click.echo(path)
    if settings.procedures_folder is None or folder.resolve() != settings.procedures_folder.resolve():
        click.echo(
            Localized(f'设置中写：procedures_folder = "{folder}"', f'set: procedures_folder = "{folder}"').to(language)
        )
    click.echo(
        Localized(
            f"试一遍：pipeline procedures --try {code}；改好后核对：pipeline procedures --check",
            f"play it: pipeline procedures --try {code}; changed, look it over: pipeline procedures --check",
        ).to(language)
    )


def _there(settings: Settings) -> Path | None:
    """The folder of procedures where there is one already: the first one makes it."""
    folder = settings.procedures_folder
    return folder if folder and folder.is_dir() else None


def _try(code: str, settings: Settings) -> None:
    """Play a procedure and say what happened."""
    from tempfile import TemporaryDirectory

    from pipeline.commands.try_procedure import try_procedure

    language = settings.language
    with TemporaryDirectory(prefix="ruwang-try-") as folder:
        trial = try_procedure(settings, code, Path(folder))
    if trial is None:
        said = Localized(
            f"没有流程 {code}；全部名称见 pipeline procedures",
            f"there is no procedure {code}: pipeline procedures lists all",
        )
        raise click.UsageError(said.to(language))
    print_lines(each.to(language) for each in trial.lines)
    if not trial.unfinished:
        click.echo(Localized("全部办到了头", "every record has come to its end").to(language))
        return
    print_lines(each.to(language) for each in trial.unfinished)
    end(FINDINGS)
