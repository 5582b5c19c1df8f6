"""What the command line prints: data to stdout, messages to stderr."""

from __future__ import annotations

import json
from collections.abc import Iterable

import click


def message(text: str) -> None:
    """Say *text* to the person at the terminal, or to cron's mail."""
    click.echo(text, err=True)


def print_json(value: object) -> None:
    """Print one JSON value."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_lines(lines: Iterable[str]) -> None:
    """Print data as text."""
    for line in lines:
        click.echo(line)
