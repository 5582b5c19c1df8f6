"""``pipeline demo``."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli import options
from pipeline.cli.invocation import speak_as
from schemas.language import Language, Localized

_MARK = ".ruwang-demo"
_OWN = "procedures"


@click.command("demo")
@click.argument("folder", default="demo", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False))
@options.LANGUAGE
@options.option("--all", "every", is_flag=True, help="Play all procedures, not only that of new customers.")
def demo_verb(folder: Path, language: Language | None, every: bool) -> None:
    """Play two days of an office in DIR (default: demo)."""
    _keep_off_real_offices(folder, language)
    from pipeline.cli.text import summary_line
    from pipeline.commands.demo import lay_out_drawn, play
    from pipeline.settings import load_settings

    # the sheets are whole when the play has written them: there is no copying to wait for
    given: dict[str, object] = {"language": language, "settle_seconds": 0}
    if every:
        lay_out_drawn(folder / _OWN)
        given["procedures_folder"] = _OWN
    settings = load_settings(given, environ={}, folder=folder).settings
    speak_as(settings)
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


def _keep_off_real_offices(folder: Path, language: Language | None) -> None:
    """Refuse a folder that holds anything but an earlier play: playing begins by clearing it."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / _MARK).exists():
        raise click.UsageError(
            Localized(f"{folder} 中有别的文件，演示请用空文件夹", f"{folder} is not empty: play in an empty folder").to(
                language or "zh"
            )
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARK).touch()
