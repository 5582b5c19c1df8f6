"""The command line: verbs, options, exit codes. What a verb needs is imported when it is called.

Data go to stdout, messages to stderr. Exit codes: 0 done, 1 internal error, 2 usage or settings, 3 findings
(``check``, and ``run --strict``), 4 mail not delivered, 75 another run holds the lock.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pipeline.cli.safe_xml import require_safe_xml
from pipeline.domain.redaction import mask_numbers
from pipeline.errors import RuwangError
from schemas.language import Language, Localized

if TYPE_CHECKING:
    from pipeline.settings import Loaded

INTERNAL = 1
FINDINGS = 3
NOT_DELIVERED = 4
UNFIT = 2
_DEMO_MARK = ".ruwang-demo"
_LANGUAGE = "language"

Verb = TypeVar("Verb", bound=Callable[..., Any])


class Verbs(click.Group):
    """Ends with the exit code of what stopped a verb, its message in the language of the office.

    What is told goes into cron's log: no number of a person stands in it, whatever a sheet or a database said.
    """

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb."""
        try:
            return super().invoke(ctx)
        except RuwangError as error:
            language = error.language or _language()
            tell(mask_numbers(Localized("停止：", "stopped: ").to(language) + error.to(language)))
            ctx.exit(error.exit_code)
        except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise
        except Exception:  # a fault of the program: where it was is told, and what is private in its words is not
            import traceback

            tell(mask_numbers(traceback.format_exc()).rstrip())
            ctx.exit(INTERNAL)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ruwang", prog_name="pipeline")
def main() -> None:
    """Ruwang (入网) runs an office's paper procedures on Excel files: inbox in, worklists and reports out."""
    require_safe_xml()


def _option(*names: str, **about: Any) -> Callable[[Verb], Verb]:
    return click.option(*names, **about)


_CONFIG = _option("--config", type=click.Path(path_type=Path), envvar="RUWANG_CONFIG", help="The settings file.")
_LEDGER = _option("--ledger", metavar="URL", help="The database behind all registers.")
_EXECUTOR = _option(
    "--executor", metavar="local|dask://HOST:PORT", help="Where sheets are read: here, or on a cluster that runs Dask."
)
_SPOKEN = _option("--language", type=click.Choice(["zh", "en"]), help="Of messages and everything written.")
_TODAY = _option("--today", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="Take this as today.")
_JSON = _option("--json", "as_json", is_flag=True, help="Print one JSON value.")


@main.command("run")
@_option("--inbox", type=click.Path(path_type=Path), metavar="DIR", help="Where staff drop sheets.")
@_option("--outbox", type=click.Path(path_type=Path), metavar="DIR", help="Where everything comes out.")
@_LEDGER
@_EXECUTOR
@_CONFIG
@_SPOKEN
@_TODAY
@_option("--dry-run", is_flag=True, help="Say what would be done; write, move and send nothing.")
@_option("--strict", is_flag=True, help="Exit with 3 when an error was found or is still open.")
@_JSON
def run_verb(
    config: Path | None, today: datetime | None, dry_run: bool, strict: bool, as_json: bool, **given: Any
) -> None:
    """Take in what lies in the inbox, and write and send what follows from it."""
    settings = _load(config, given).settings
    from pipeline.cli.text import summary_line, undelivered_line
    from pipeline.commands.run import run as run_once

    summary = run_once(settings, today=_day(today), dry_run=dry_run)
    if as_json:
        print_json(summary.to_json())
    elif sys.stderr.isatty():
        tell(summary_line(summary).to(settings.language))
    if summary.mails.queued + summary.mails.failed and not dry_run:
        tell(undelivered_line(summary.mails).to(settings.language))
        _end(NOT_DELIVERED)
    if strict and summary.open.error:
        _end(FINDINGS)


@main.command("check")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
)
@_LEDGER
@_CONFIG
@_SPOKEN
@_TODAY
@_JSON
def check_verb(
    files: tuple[Path, ...], config: Path | None, today: datetime | None, as_json: bool, **given: Any
) -> None:
    """Say what is wrong with FILES. Nothing is touched; the roster is known when there is a ledger."""
    settings = _load(config, given).settings
    from pipeline.cli.text import finding_lines
    from pipeline.commands.query import check as look

    found = look(files, settings, today=_day(today))
    if as_json:
        print_json(found)
    else:
        for each in found:
            print_lines(finding_lines(each, settings.language))
        if not found and sys.stderr.isatty():
            tell(Localized("没有问题", "nothing is wrong").to(settings.language))
    if any(each["severity"] != "repair" for each in found):
        _end(FINDINGS)


@main.command("template")
@click.argument("forms", nargs=-1, metavar="[FORM]...")
@_option("--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Default: outbox/templates.")
@_CONFIG
@_SPOKEN
def template_verb(forms: tuple[str, ...], out: Path | None, config: Path | None, **given: Any) -> None:
    """Write the blank sheets of FORM (code or title), or of all forms: a list and a card of each, in a folder a procedure."""
    settings = _load(config, given).settings
    from pipeline.outside.files.names import safe_name
    from pipeline.outside.files.outbox import publish_file
    from pipeline.render.reports.template import template as blank
    from pipeline.settings.catalogue import in_force
    from schemas.language import Layout

    card = Localized("-卡片", "-card").to(settings.language)
    catalogue = in_force(settings)
    for form in _chosen(forms, catalogue.handed_in, settings.language):
        folder = safe_name(catalogue.procedure_of(form.code).title.to(settings.language))
        for layout, mark in ((Layout.LIST, ""), (Layout.CARD, card)):
            if layout in form.layouts:
                name = safe_name(form.title.to(settings.language) + mark, ".xlsx")
                path = (out or settings.outbox / "templates" / folder) / name
                publish_file(path, blank(form, layout, settings.language, settings.office_name))
                click.echo(path)


@main.command("forms")
@_option("--rules", is_flag=True, help="The catalogue of rules instead.")
@_option("--markdown", is_flag=True, help="The rules as a page of documentation (docs/findings.md).")
@_CONFIG
@_SPOKEN
@_JSON
def forms_verb(rules: bool, markdown: bool, config: Path | None, as_json: bool, **given: Any) -> None:
    """List the forms that are known, with their fields."""
    settings = _load(config, given).settings
    from pipeline.commands import describe
    from pipeline.settings.catalogue import in_force

    language, catalogue = settings.language, in_force(settings)
    if markdown:
        click.echo(describe.findings_page(catalogue), nl=False)
    elif as_json:
        print_json((describe.describe_rules if rules else describe.describe_forms)(catalogue, language))
    else:
        print_lines((describe.list_rules if rules else describe.list_forms)(catalogue, language))


@main.command("procedures")
@_option(
    "--page",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Write the chapters of docs/procedures.md.",
)
@_CONFIG
@_SPOKEN
@_JSON
def procedures_verb(page: Path | None, config: Path | None, as_json: bool, **given: Any) -> None:
    """List the procedures in force: registers, stages, who does them, by when."""
    settings = _load(config, given).settings
    from pipeline.commands import describe_procedures as describe
    from pipeline.settings.catalogue import in_force

    catalogue = in_force(settings)
    if page:
        page.write_text(describe.procedures_page(catalogue, page.read_text("utf-8")), "utf-8")
    elif as_json:
        print_json(describe.describe_procedures(catalogue, settings.language))
    else:
        print_lines(describe.list_procedures(catalogue, settings.language))


@main.command("status")
@_LEDGER
@_CONFIG
@_SPOKEN
@_TODAY
@_option("--all", "every", is_flag=True, help="Of all offices that share the ledger, and the sums.")
@_JSON
def status_verb(config: Path | None, today: datetime | None, every: bool, as_json: bool, **given: Any) -> None:
    """Say where the office stands: the last run, records by state, what is overdue and what waits to be mended."""
    settings = _load(config, given).settings
    from pipeline.cli.text import status_lines, statuses_lines
    from pipeline.commands.query import status as ask
    from pipeline.commands.query import status_of_all as ask_all

    answer = (ask_all if every else ask)(settings, today=_day(today))
    if as_json:
        print_json(answer)
    else:
        print_lines((statuses_lines if every else status_lines)(answer, settings.language))


@main.command("history")
@click.argument("key")
@_option("--field", default="", metavar="FIELD", help="Only this field or column of the master, by label or code.")
@_LEDGER
@_CONFIG
@_SPOKEN
@_JSON
def history_verb(key: str, field: str, config: Path | None, as_json: bool, **given: Any) -> None:
    """Tell the life of the record KEY: every value, before and after, file, sheet and cell, run and person."""
    settings = _load(config, given).settings
    from pipeline.commands.query import history as ask
    from pipeline.publish.record_history import told

    events = ask(settings, key, field=field)
    if as_json:
        print_json(events)
        return
    if not events:
        tell(Localized(f"没有“{key}”的记录", f"there is no record of {key}").to(settings.language))
    print_lines(told(events, settings.language))


@main.command("undo")
@click.argument("what", metavar="RUN|SUBMISSION")
@_option("--yes", is_flag=True, help="Do not ask.")
@_LEDGER
@_CONFIG
@_SPOKEN
@_TODAY
@_JSON
def undo_verb(what: str, yes: bool, config: Path | None, today: datetime | None, as_json: bool, **given: Any) -> None:
    """Take back what a run (its number) or one sheet (file name, or first letters of its hash) did.

    Refused when later sheets build on it: the message names them. It stays in the history, marked; a number once given
    is not given again. To have it back drop the sheet again.
    """
    settings = _load(config, given).settings
    from pipeline.cli.text import taken_back, to_take_back
    from pipeline.commands.undo import plan
    from pipeline.commands.undo import undo as take_back

    planned = plan(settings, what, today=_day(today))
    if not yes:
        if not sys.stdin.isatty():
            tell(Localized("没有终端可以确认：加上 --yes", "no terminal to ask: add --yes").to(settings.language))
            _end(UNFIT)
        print_lines(to_take_back(planned, settings.language))
        click.confirm(Localized("撤销？", "Take it back?").to(settings.language), abort=True, err=True)
    undone = take_back(settings, what, today=_day(today))
    if as_json:
        print_json({"run": undone.number, "records": undone.records, "events": len(undone.events)})
    else:
        tell(taken_back(undone).to(settings.language))


@main.command("restore")
@_option("--at", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="The end of which day.")
@_option("--to", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Default: outbox/restored/.")
@_option("--outbox", type=click.Path(path_type=Path), metavar="DIR", help="Where everything comes out.")
@_LEDGER
@_CONFIG
@_SPOKEN
def restore_verb(at: datetime, to: Path | None, config: Path | None, **given: Any) -> None:
    """Write the master as it stood at the end of a day. Today's master is not touched."""
    settings = _load(config, given).settings
    from pipeline.commands.restore import restore as write

    click.echo(write(settings, at.date(), to))


@main.command("rebuild")
@_option("--to", default="", metavar="URL", help="An empty database; default: in place of the ledger, which is kept.")
@_option("--inbox", type=click.Path(path_type=Path), metavar="DIR", help="Where staff drop sheets.")
@_option("--outbox", type=click.Path(path_type=Path), metavar="DIR", help="Where everything comes out.")
@_LEDGER
@_CONFIG
@_SPOKEN
@_JSON
def rebuild_verb(to: str, config: Path | None, as_json: bool, **given: Any) -> None:
    """Build the ledger anew from the originals in the archive. No report is written, nothing is mailed.

    Exits with 3 when the ledger before it held something otherwise.
    """
    settings = _load(config, given).settings
    from pipeline.cli.text import rebuilt_lines
    from pipeline.commands.rebuild import rebuild as build

    rebuilt = build(settings, to)
    if as_json:
        print_json(rebuilt.to_json())
    else:
        print_lines(rebuilt_lines(rebuilt.to_json(), settings.language))
    if rebuilt.differing:
        _end(FINDINGS)


@main.command("demo")
@click.argument("folder", default="demo", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False))
@_SPOKEN
@_option("--all", "every", is_flag=True, help="Play all procedures, not only that of new customers.")
def demo_verb(folder: Path, language: Language | None, every: bool) -> None:
    """Play two days of an office in DIR (default: demo)."""
    _keep_off_real_offices(folder, language)
    from pipeline.cli.text import summary_line
    from pipeline.commands.demo import play
    from pipeline.settings import load_settings

    # the sheets are whole when the play has written them: there is no copying to wait for
    settings = load_settings({_LANGUAGE: language, "settle_seconds": 0}, environ={}, folder=folder).settings
    click.get_current_context().meta[_LANGUAGE] = settings.language
    for played in play(settings, every=every):
        click.echo(f"{played.scene.day}  {'、'.join(played.dropped)}")
        click.echo(f"  {summary_line(played.summary).to(settings.language)}")
        for output in played.summary.outputs:
            click.echo(f"    {settings.outbox / output}")
    click.echo(
        Localized(
            f"看结果：{settings.outbox}（总表 master.xlsx，任务表 worklists，异常表 exceptions，邮件 mail）",
            f"Look into {settings.outbox}: master.xlsx, worklists, exceptions, mail",
        ).to(settings.language)
    )


@main.command("doctor")
@_option("--inbox", type=click.Path(path_type=Path), metavar="DIR", help="Where staff drop sheets.")
@_option("--outbox", type=click.Path(path_type=Path), metavar="DIR", help="Where everything comes out.")
@_LEDGER
@_EXECUTOR
@_CONFIG
@_SPOKEN
@_TODAY
@_JSON
def doctor_verb(config: Path | None, today: datetime | None, as_json: bool, **given: Any) -> None:
    """Show every setting and where it came from, and check folders, lock, ledger, roster, calendar and mail.

    Exits with 2 when something is not as a run needs it.
    """
    loaded = _load(config, given)
    language = loaded.settings.language
    from pipeline.cli.tables import aligned
    from pipeline.commands.doctor import examine
    from pipeline.settings.clock import now_in_office
    from schemas.language.catalogue import load_catalogue as catalogue

    day = _day(today) or now_in_office(loaded.settings).date()
    checks = list(examine(loaded.settings, catalogue(), day))
    if as_json:
        print_json(
            {
                "settings": [
                    {"name": each.name, "value": each.value, "source": each.source} for each in loaded.shown()
                ],
                "checks": [
                    {
                        "what": each.what.to(language),
                        "well": each.problem is None,
                        "said": (each.problem or each.note).to(language),
                    }
                    for each in checks
                ],
            }
        )
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
        _end(UNFIT)


def tell(message: str) -> None:
    """Say something to the person at the terminal, or to cron's mail."""
    click.echo(message, err=True)


def print_json(value: object) -> None:
    """Print one JSON value."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_lines(lines: Iterable[str]) -> None:
    """Print data as text."""
    for line in lines:
        click.echo(line)


def _load(config: Path | None, given: Mapping[str, Any]) -> Loaded:
    from pipeline.settings import load_settings

    loaded = load_settings(given, config=config)
    click.get_current_context().meta[_LANGUAGE] = loaded.settings.language
    return loaded


def _language() -> Language:
    spoken: Language = click.get_current_context().meta.get(_LANGUAGE, "zh")
    return spoken


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _end(code: int) -> None:
    click.get_current_context().exit(code)


def _chosen(names: tuple[str, ...], known: Iterable[Any], language: Language) -> list[Any]:
    """Return the forms called *names*, by code or by title in either language; all of them when there is none."""
    from difflib import get_close_matches

    every = list(known)
    by_name = {name: form for form in every for name in (form.code, form.title.zh, form.title.en, *form.titles)}
    for name in names:
        if name not in by_name:
            near = get_close_matches(name, by_name, 1)
            said = Localized(f"没有表单“{name}”", f"there is no form {name}").to(language)
            meant = Localized(f"；是不是“{near[0]}”？", f"; did you mean {near[0]}?").to(language) if near else ""
            raise click.UsageError(said + meant)
    return [by_name[name] for name in names] or every


def _keep_off_real_offices(folder: Path, language: Language | None) -> None:
    """Refuse a folder that holds anything but an earlier play: playing begins by clearing it."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / _DEMO_MARK).exists():
        raise click.UsageError(
            Localized(f"{folder} 中有别的文件，演示请用空文件夹", f"{folder} is not empty: play in an empty folder").to(
                language or "zh"
            )
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _DEMO_MARK).touch()
