"""A run as those see it who watch over it: progress on a terminal, and afterwards what it ended with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from pipeline.cli.exit_codes import INTERNAL
from pipeline.cli.output import message
from pipeline.errors import RuwangError
from schemas.language import Localized

if TYPE_CHECKING:
    from pipeline.domain.run_summary import RunSummary
    from pipeline.settings import Settings


@dataclass(slots=True)
class RunWatched:
    """What is known of a run under way: nothing until it has done its work."""

    summary: RunSummary | None = None


@contextmanager
def watched_run(settings: Settings) -> Iterator[RunWatched]:
    """Keep the exit code, the counts and what stopped the run of this block, whatever ends it."""
    from pipeline.commands.health import put_down
    from pipeline.settings.clock import now_in_office

    started, run, code, stopped = now_in_office(settings), RunWatched(), 0, ""
    try:
        yield run
    except click.exceptions.Exit as end:
        code = end.exit_code
        raise
    except RuwangError as error:
        code, stopped = error.exit_code, error.to(settings.language)
        raise
    except BaseException as error:
        code, stopped = INTERNAL, type(error).__name__
        raise
    finally:
        if problem := put_down(settings, started, code, run.summary, stopped):
            path = settings.log_file
            message(
                Localized(f"日志 {path} 写不了：{problem}", f"cannot write the log {path}: {problem}").to(
                    settings.language
                )
            )
