"""What a run ended with, for whoever watches over it: the last one beside the ledger, all of them in the log file."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

from pipeline.domain.json_values import Json, JsonRead
from pipeline.errors import RuwangError
from pipeline.outside.files.outbox import publish_file

_BYTES = 1_000_000
_KEPT = 5


def put_last_run(path: Path, said: Mapping[str, Json]) -> None:
    """Keep what the last run ended with. That it cannot be kept stops nothing: it is missed by its age."""
    with suppress(RuwangError):
        if path.parent.is_dir():
            publish_file(path, as_line(said).encode())


def read_last_run(path: Path) -> JsonRead | None:
    """Return what the last run ended with, None where none is known to have."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def append_run(path: Path, said: Mapping[str, Json]) -> str:
    """Add a line to the log of runs; it is renamed at a megabyte, five are kept. Return "", or why it could not be written."""
    log = logging.Logger("runs")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = _Loud(path, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8")
    except OSError as error:
        return error.strerror or str(error)
    log.addHandler(handler)
    try:
        log.info("%s", as_line(said))
    except OSError as error:
        return error.strerror or str(error)
    finally:
        with suppress(OSError):
            handler.close()
    return ""


def as_line(said: Mapping[str, Json]) -> str:
    """Return *said* as one line of JSON."""
    return json.dumps(said, ensure_ascii=False)


class _Loud(RotatingFileHandler):
    """Raises what goes wrong: the caller tells of it in his own words."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Raise the error under way."""
        raise  # noqa: PLE0704  called while one is handled
