"""The URL of a ledger: that of a file is understood here, every other by SQLAlchemy, which takes longer to load than most questions to answer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

OFFICE = "office"
"""What a URL names the office's part of a database on a server by: ``postgresql://host/name?office=131123``."""

CODE = re.compile(r"[a-z0-9][a-z0-9_]{0,47}")
"""What an office may be called; it becomes part of the name of its schema."""

_SERVERS = {"postgres", "postgresql"}
_FILE = "sqlite:///"
_QUOTED = "%?"
"""Signs that a URL says otherwise, or that end its path."""


class NotALedgerUrlError(ValueError):
    """A text is no URL of a database."""


def parsed(url: str) -> URL:
    """Return *url* taken apart. Raise NotALedgerUrlError where it cannot be."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(url)
    except (ArgumentError, ValueError) as error:  # a port that is no number is a ValueError
        raise NotALedgerUrlError(url.rpartition("@")[2]) from error  # what stands before it may hold a password


def on_server(url: str) -> bool:
    """Tell whether the ledger at *url* is on a PostgreSQL server."""
    return _plain_file(url) is None and parsed(url).get_backend_name() in _SERVERS


def in_sqlite(url: str) -> bool:
    """Tell whether the ledger at *url* is kept in SQLite."""
    return _plain_file(url) is not None or parsed(url).get_backend_name() == "sqlite"


def ledger_file(url: str) -> Path | None:
    """Return the file of a ledger in SQLite; None when it is on a server or in memory."""
    name = _plain_file(url)
    if name is None:
        found = parsed(url)
        name = found.database if found.get_backend_name() == "sqlite" else None
    return None if name in (None, "", ":memory:") else Path(name)


def beside(url: str, base: Path) -> str:
    """Return *url* with the file of a ledger that starts from *base*."""
    name = _plain_file(url)
    if name is not None and not any(sign in str(base) for sign in _QUOTED):
        return f"{_FILE}{base / Path(name).expanduser()}"
    file = ledger_file(url)
    if file is None or str(file).startswith("file:"):
        return url
    return parsed(url).set(database=str(base / file.expanduser())).render_as_string(hide_password=False)


def has_password(url: str) -> bool:
    """Tell whether *url* holds a password, or what may be one."""
    try:
        return _plain_file(url) is None and bool(parsed(url).password)
    except NotALedgerUrlError:
        return "@" in url  # it is no URL, yet may hold one: better not shown


def without_password(url: str) -> str:
    """Return *url* as it may be shown."""
    return url if _plain_file(url) is not None else parsed(url).render_as_string(hide_password=True)


def _plain_file(url: str) -> str | None:
    """The path in the URL of a file that says nothing else; None for every other."""
    name = url.removeprefix(_FILE)
    is_plain = url.startswith(_FILE) and name not in ("", ":memory:") and not name.startswith("file:")
    return name if is_plain and not any(sign in name for sign in _QUOTED) else None
