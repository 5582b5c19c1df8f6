"""The group of all verbs: what stops one is told once, and gives the exit code."""

from __future__ import annotations

import errno
import logging
import traceback
from typing import Any

import click

from pipeline.cli.exit_codes import INTERNAL, UNFIT
from pipeline.cli.invocation import language
from pipeline.cli.logs import show_logs
from pipeline.cli.output import message
from pipeline.domain.redaction import mask_numbers
from pipeline.errors import RuwangError
from schemas.language import Localized

_log = logging.getLogger(__name__)
_OF_THE_MACHINE = {
    errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.ESTALE, errno.ENOTCONN, errno.EHOSTDOWN,
}  # fmt: skip


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
        except Exception as error:
            if isinstance(error, OSError) and error.filename and error.errno in _OF_THE_MACHINE:
                _log.info("stopped", exc_info=True)
                message(mask_numbers(_denied(error).to(language())))
                ctx.exit(UNFIT)
            # a fault of the program: where it was is told, and what is private in its words is not
            message(mask_numbers(traceback.format_exc()).rstrip())
            ctx.exit(INTERNAL)


def _denied(error: OSError) -> Localized:
    """Say that this machine refuses a file or a folder."""
    return Localized(
        f"停止：不能读写 {error.filename}（{error.strerror}）：请核对运行程序的用户对它的权限、磁盘空间和共享的连接，再运行一次",
        f"stopped: cannot read or write {error.filename} ({error.strerror}): see to the rights that the user of the program has there, to "
        "room on the disk and to the share, then run again",
    )


def _show_logs(ctx: click.Context, _: click.Parameter, verbose: bool) -> None:
    if verbose:
        ctx.find_root().call_on_close(show_logs())  # the root's: what stopped a verb is logged after its own context
