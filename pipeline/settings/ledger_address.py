"""The address of a ledger on a server: whose part of the database it is, and the password that lies in a file."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from pipeline.errors import SettingsError
from pipeline.outside.ledger.postgres import OFFICE, on_server, schema_name
from pipeline.settings.model import Settings
from pipeline.settings.secret_file import secret_in
from schemas.language import Localized


def addressed(ledger: URL, office_code: str, password_file: Path | None) -> URL:
    """Return *ledger* with what the settings say of one on a server; another is none of theirs."""
    if not on_server(ledger.render_as_string(hide_password=False)):
        return ledger
    if password_file is not None and ledger.password is None:
        ledger = ledger.set(password=secret_in(password_file))
    return ledger.update_query_dict({OFFICE: office_code}) if office_code else ledger


def address_of_another(settings: Settings, url: str) -> str:
    """Return *url*, of a ledger beside the office's own, with what *settings* say of the office; what it says itself goes before.

    Raise SettingsError for what is no address of a ledger.
    """
    parsed = _parsed(url)
    named = "" if OFFICE in parsed.query else settings.office_code
    found = addressed(parsed, named, settings.ledger_password_file)
    if on_server(url):
        schema_name(found)  # an impossible name is told before anything is begun
    return found.render_as_string(hide_password=False)


def _parsed(url: str) -> URL:
    with suppress(ArgumentError):
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" or on_server(url):
            return parsed
    shown = url.rpartition("@")[2]  # what stands before it may hold a password
    raise SettingsError(
        Localized(
            f"“{shown}”不是数据库地址，应如 postgresql://用户@服务器/数据库 或 sqlite:///文件",
            f"“{shown}” is no address of a database: postgresql://user@server/database or sqlite:///file is expected",
        )
    )
