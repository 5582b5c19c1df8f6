"""The group of all verbs: what stops one is told once, and gives the exit code."""

from __future__ import annotations

import logging
import traceback
from typing import Any

import click

from pipeline.cli.exit_codes import INTERNAL
from pipeline.cli.invocation import language
from pipeline.cli.logs import show_logs
from pipeline.cli.output import message
from pipeline.domain.redaction import mask_numbers
from pipeline.errors import RuwangError
from schemas.language import Localized

_log = logging.getLogger(__name__)


class Verbs(click.Group):
    """Gives each verb ``--verbose``, and ends with the exit code of what stopped a verb, its message in the language of the office.

    What is told goes into cron's log: no number of a person stands in it, whatever a sheet or a database said.
    """

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Take in a verb."""
        cmd.params.append(
            click.Option(
                ["--verbose"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_show_logs,
                help="Tell on stderr of each stage and file, with the seconds it took.",
            )
        )
        super().add_command(cmd, name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb."""
        try:
            return super().invoke(ctx)
        except RuwangError as error:
            _log.info("stopped", exc_info=True)
            spoken = error.language or language()
            message(mask_numbers(Localized("停止：", "stopped: ").to(spoken) + error.to(spoken)))
            ctx.exit(error.exit_code)
        except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise
        except Exception:  # a fault of the program: where it was is told, and what is private in its words is not
            message(mask_numbers(traceback.format_exc()).rstrip())
            ctx.exit(INTERNAL)


def _show_logs(ctx: click.Context, _: click.Parameter, verbose: bool) -> None:
    if verbose:
        ctx.find_root().call_on_close(show_logs())  # the root's: what stopped a verb is logged after its own context
