"""Options that several verbs share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Verb = TypeVar("Verb", bound=Callable[..., object])


def option(*names: str, **about: Any) -> Callable[[Verb], Verb]:
    """Return ``click.option``, which keeps the type of the function it decorates."""
    return click.option(*names, **about)


INBOX = option("--inbox", type=click.Path(path_type=Path), metavar="DIR", help="Where staff drop sheets.")
OUTBOX = option("--outbox", type=click.Path(path_type=Path), metavar="DIR", help="Where everything comes out.")
CONFIG = option("--config", type=click.Path(path_type=Path), envvar="RUWANG_CONFIG", help="The settings file.")
LEDGER = option("--ledger", metavar="URL", help="The database behind all registers.")
EXECUTOR = option(
    "--executor", metavar="local|dask://HOST:PORT", help="Where sheets are read: here, or on a cluster that runs Dask."
)
LANGUAGE = option("--language", type=click.Choice(["zh", "en"]), help="Of messages and everything written.")
CLOCK = option("--clock", type=click.DateTime(["%H:%M"]), metavar="HH:MM", help="Take this as the time of day.")
TODAY = option("--today", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="Take this as today.")
JSON = option("--json", "as_json", is_flag=True, help="Print one JSON value.")
