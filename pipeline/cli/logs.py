"""Where what the program logs goes: nowhere, or to stderr with ``--verbose``. No number of a person stands in it."""

from __future__ import annotations

import logging
from collections.abc import Callable

import click

from pipeline.domain.redaction import mask_numbers, one_line

_ROOT = "pipeline"


class MaskingFormatter(logging.Formatter):
    """Masks the mobile numbers and resident IDs in all that a record says: message, exception and stack.

    A message stands on one line, whatever a file was called.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """Return the message on one line."""
        return one_line(super().formatMessage(record))

    def format(self, record: logging.LogRecord) -> str:
        """Return all that is logged of *record*, masked."""
        return mask_numbers(super().format(record))


class StderrHandler(logging.Handler):
    """Writes to what is stderr at the moment."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        try:
            click.echo(self.format(record), err=True)
        except Exception:  # a log that cannot be written stops nothing
            self.handleError(record)


def show_logs() -> Callable[[], None]:
    """Write to stderr what the program logs from here on, and return what ends it."""
    log = logging.getLogger(_ROOT)
    handler = StderrHandler(logging.INFO)
    handler.setFormatter(MaskingFormatter("%(asctime)s %(message)s", "%H:%M:%S"))
    before = log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)

    def end() -> None:
        log.removeHandler(handler)
        log.setLevel(before)

    return end
