"""The ledger on a PostgreSQL server: offices share one database, each with a schema of its own.

Nothing is kept in the session: what a transaction needs is set within it, so that a pooler (pgbouncer) may give every
transaction another connection.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    Connection,
    DateTime,
    Engine,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    func,
    inspect,
    select,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.schema import Column, CreateSchema

from pipeline.errors import LedgerError, NoLedgerError, SettingsError
from pipeline.outside.ledger_url import CODE, OFFICE
from schemas.language import Localized

SCHEMA = "office"
_SIGN = "ruwang_sign"
_SCHEMA_OPTION = "ruwang_schema"
_LOCK_SECONDS = 30
# a server that has gone silent is noticed within a minute; each may be set in the address
_CONNECTING = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}

_ESCAPED_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")

LEASES = Table(
    "leases",
    MetaData(),
    Column("name", String, primary_key=True),
    Column("token", String, nullable=False),  # of the one run that holds it
    Column("owner", String, nullable=False),  # host and process, for people
    Column("expires", DateTime(timezone=True), nullable=False),  # by the server's clock
)


def schema_name(url: URL) -> str:
    """Return the schema of the office that *url* names, or of the one office that needs no name."""
    code = str(url.query.get(OFFICE, ""))
    if code and not CODE.fullmatch(code):
        raise SettingsError(
            Localized(
                f"office_code“{code}”不能用：只用小写字母、数字和下划线",
                f"{code} is no office_code: small letters, digits and underscores only",
            )
        )
    return f"{SCHEMA}_{code}" if code else SCHEMA


def server_engine(address: str, to_json: Callable[[Any], str]) -> Engine:
    """Return an engine whose every transaction works in the schema of the address's office, and there alone.

    Raise SettingsError when the driver is not installed or the office has an impossible name.
    """
    url = make_url(address)
    options = {_SCHEMA_OPTION: schema_name(url)}
    plain = url.set(drivername="postgresql+psycopg").difference_update_query([OFFICE])
    connecting = {name: value for name, value in _CONNECTING.items() if name not in plain.query}
    try:
        engine = create_engine(
            plain,
            json_serializer=to_json,
            execution_options=options,
            connect_args=connecting,
        )
    except ModuleNotFoundError as error:
        raise SettingsError(
            Localized(
                "PostgreSQL 账本需要 psycopg：pip install 'psycopg[binary]'（没有外网的，见 docs/zh/运维.md“一台机器，一个程序，几个单位”）",
                "a ledger on PostgreSQL needs psycopg: pip install 'psycopg[binary]' (without internet: docs/ops.md, first chapter)",
            )
        ) from error
    event.listen(engine, "connect", _take_any_text)
    event.listen(engine, "begin", _settle_in)
    return engine


def without_nul(written: str) -> str:
    """Return the JSON *written* without the sign NUL, which the server keeps but does not read again."""
    return _ESCAPED_NUL.sub(r"\1\\ufffd", written) if "\\u0000" in written else written


def without_sign_nul(text: str) -> str:
    """Return *text* as the server keeps it: the sign NUL, which it does not take, as U+FFFD."""
    return text.replace("\0", "\ufffd")


def _take_any_text(connection: Any, _: object) -> None:
    """Have the sign NUL, which a cell may hold and the server does not take, kept as U+FFFD."""
    from psycopg.types.string import StrDumperUnknown

    class Dumper(StrDumperUnknown):
        def dump(self, obj: str) -> Any:
            return super().dump(without_sign_nul(obj))

    connection.adapters.register_dumper(str, Dumper)


def signed(engine: Engine, sign: str) -> Engine:
    """Return *engine* with transactions that the server's list of activity shows as *sign*."""
    return engine.execution_options(**{_SIGN: sign})


def _settle_in(connection: Connection) -> None:
    options = connection.get_execution_options()
    connection.exec_driver_sql(
        "SELECT set_config('search_path', %s, true), set_config('lock_timeout', %s, true),"
        " set_config('idle_in_transaction_session_timeout', '0', true), set_config('application_name', %s, true)",
        (options[_SCHEMA_OPTION], f"{_LOCK_SECONDS}s", options.get(_SIGN, "ruwang")),
    )


def prepare_schema(connection: Connection, known_by: str, *, create: bool) -> None:
    """See that the office's schema is there; with ``create=False`` raise NoLedgerError when it holds no ledger, which
    is *known_by* that table.

    The lock that is taken lasts as long as the transaction: two runs do not make the same tables at once.
    """
    schema = connection.get_execution_options()[_SCHEMA_OPTION]
    connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(schema))))
    there = connection.scalar(select(func.to_regnamespace(schema))) is not None
    if there and not connection.scalar(select(func.has_schema_privilege(schema, "USAGE"))):
        raise LedgerError(
            Localized(
                f"数据库用户不能用 {schema}：请核对设置 office_code，或请数据库管理员按 docs/scale.md 授权",
                f"the database's user may not use {schema}: look at the setting office_code, or have the database's administrator "
                "grant it as docs/scale.md says",
            )
        )
    if not create:
        if not inspect(connection).has_table(known_by):
            raise NoLedgerError(
                Localized(
                    f"数据库中还没有账本（{schema}），先运行一次 pipeline run",
                    f"the database holds no ledger in {schema} yet: run pipeline run once",
                )
            )
        return
    # asked first: making what is there already takes rights that an office need not have
    if not there:
        connection.execute(CreateSchema(schema))
    LEASES.create(connection, checkfirst=True)
