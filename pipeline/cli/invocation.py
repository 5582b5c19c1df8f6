"""One call of the command line: its settings, its language, its day, its end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from schemas.language import Language

if TYPE_CHECKING:
    from pipeline.settings import Loaded, Settings

_LANGUAGE = "language"


def load(config: Path | None, given: Mapping[str, object]) -> Loaded:
    """Return the settings with what was *given* on the command line; messages are in their language from here on.

    Raise SettingsError when one is misspelt or impossible.
    """
    from pipeline.settings import load_settings

    loaded = load_settings(given, config=config)
    speak_as(loaded.settings)
    return loaded


def speak_as(settings: Settings) -> None:
    """Let messages be in the language of *settings*."""
    click.get_current_context().meta[_LANGUAGE] = settings.language


def language() -> Language:
    """Return the language of messages: of the settings once they are known, else Chinese."""
    spoken: Language = click.get_current_context().meta.get(_LANGUAGE, "zh")
    return spoken


def day_of(moment: datetime | None) -> date | None:
    """Return the day of ``--today``, None when it was not given."""
    return moment.date() if moment else None


def end(code: int) -> None:
    """End with the exit *code*."""
    click.get_current_context().exit(code)
