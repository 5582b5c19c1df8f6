"""The address of a ledger on a server: whose part of the database it is, and the password that lies in a file."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import SettingsError
from pipeline.outside.ledger_url import OFFICE, NotALedgerUrlError, in_sqlite, on_server, parsed
from pipeline.settings.model import Settings
from pipeline.settings.secret_file import secret_in
from schemas.language import Localized


def addressed(url: str, office_code: str, password_file: Path | None) -> str:
    """Return *url* with what the settings say of a ledger on a server; another is none of theirs."""
    if not on_server(url):
        return url
    ledger = parsed(url)
    if password_file is not None and ledger.password is None:
        ledger = ledger.set(password=secret_in(password_file))
    if office_code:
        ledger = ledger.update_query_dict({OFFICE: office_code})
    return ledger.render_as_string(hide_password=False)


def address_of_another(settings: Settings, url: str) -> str:
    """Return *url*, of a ledger beside the office's own, with what *settings* say of the office; what it says itself goes before.

    Raise SettingsError for what is no address of a ledger.
    """
    try:
        known = in_sqlite(url) or on_server(url)
    except NotALedgerUrlError:
        known = False
    if not known:
        raise _no_address(url)
    named = "" if OFFICE in parsed(url).query else settings.office_code
    found = addressed(url, named, settings.ledger_password_file)
    if on_server(url):
        from pipeline.outside.ledger.postgres import schema_name

        schema_name(parsed(found))  # an impossible name is told before anything is begun
    return found


def _no_address(url: str) -> SettingsError:
    shown = url.rpartition("@")[2]  # what stands before it may hold a password
    return SettingsError(
        Localized(
            f"“{shown}”不是数据库地址，应如 postgresql://用户@服务器/数据库 或 sqlite:///文件",
            f"“{shown}” is no address of a database: postgresql://user@server/database or sqlite:///file is expected",
        )
    )
