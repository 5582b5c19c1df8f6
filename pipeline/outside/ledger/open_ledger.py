"""A ledger's way in: where it is, whether this program can read it, and its transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import (
    Connection,
    Engine,
    create_engine,
    event,
    insert,
    inspect,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from pipeline.errors import FolderError, LedgerError, NoLedgerError
from pipeline.outside.ledger import tables
from pipeline.outside.ledger.database_problems import what_to_do
from pipeline.outside.ledger.lease import Lease, is_leased
from pipeline.outside.ledger.migrations import lead_forward, version
from pipeline.outside.ledger.postgres import prepare_schema, server_engine, without_nul
from pipeline.outside.ledger.statements import to_json
from pipeline.outside.ledger.unit_of_work import UnitOfWork
from pipeline.outside.ledger_url import on_server
from schemas.language import Localized

_BUSY_SECONDS = 30
_CACHE_KIB = 64 * 1024  # a first load fits, and is written once


IN_MEMORY = "sqlite://"
"""A ledger that leaves nothing behind."""


class Ledger:
    """One database behind all registers."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lease: Lease | None = None

    def __enter__(self) -> Self:
        """Return the ledger itself; it is closed at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the database."""
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[UnitOfWork]:
        """Open the books for one run; what was written stands only when the block ends without an exception, and on
        a server when the run still holds its lease (else LeaseLostError). What is read is of one moment.
        """
        lease = self._lease
        try:
            with (lease.engine if lease else self._for_reading()).begin() as connection:
                yield UnitOfWork(connection)
                if lease and connection.in_transaction():
                    lease.confirm_in(connection)
        except DBAPIError as error:
            if lease:  # whoever took it over has ended our session
                lease.explain(error)
            raise LedgerError(what_to_do(error)) from error

    def _for_reading(self) -> Engine:
        on_server = self._engine.dialect.name == "postgresql"
        return self._engine.execution_options(isolation_level="REPEATABLE READ") if on_server else self._engine

    @contextmanager
    def leased(self, seconds: float) -> Iterator[None]:
        """Hold the lease of a ledger on a server, of *seconds* without a sign of life. Raise BusyError when another
        run holds it.
        """
        lease = Lease(self._engine, seconds)
        try:
            with lease.held():
                self._lease = lease
                yield
        except DBAPIError as error:
            raise LedgerError(what_to_do(error)) from error
        finally:
            self._lease = None

    def confirm(self) -> None:
        """Raise LeaseLostError when the run may write no more, neither in the books nor in its folders."""
        if self._lease:
            try:
                self._lease.confirm()
            except DBAPIError as error:
                raise LedgerError(what_to_do(error)) from error

    def is_leased(self) -> bool:
        """Tell whether a run holds the lease of a ledger on a server."""
        return is_leased(self._engine)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


def open_ledger(url: str, *, create: bool = True) -> Ledger:
    """Open the ledger at *url*, making its tables when there are none.

    SQLite waits for another program that writes as many seconds as the URL's ``timeout`` says, else half a minute.
    Raise LedgerError when it cannot be reached, is damaged, or was written by a newer version of the program;
    FolderError when there is no place for it; and with ``create=False`` NoLedgerError when there is none yet.
    """
    parsed = make_url(url)
    if on_server(url):
        engine = server_engine(url, _to_json_on_server)
    elif parsed.get_backend_name() == "sqlite" and parsed.database and parsed.database != ":memory:":
        path = Path(parsed.database)
        if not create and not path.exists():
            raise NoLedgerError(
                Localized(
                    f"还没有账本：{path}，先运行一次 pipeline run",
                    f"there is no ledger at {path} yet: run pipeline run once",
                )
            )
        _make_folder(path.parent)
        # the driver begins transactions by itself and late: we begin them, and for writing
        patient = parsed if "timeout" in parsed.query else parsed.update_query_dict({"timeout": str(_BUSY_SECONDS)})
        engine = create_engine(patient, json_serializer=to_json, connect_args={"isolation_level": None})
        if not (path.exists() and path.stat().st_size):  # one that is there would be written into each time it is asked
            event.listen(engine, "connect", _give_space_back)
        event.listen(engine, "begin", _begin_immediate)
    else:
        engine = create_engine(url, json_serializer=to_json)
    try:
        with engine.begin() as connection:
            if on_server(url):
                prepare_schema(connection, tables.ABOUT.name, create=create)
            led = _prepare(connection)
        if led and not on_server(url):
            _vacuum(engine)
    except LedgerError:
        engine.dispose()
        raise
    except DBAPIError as error:
        engine.dispose()
        raise LedgerError(what_to_do(error, parsed.render_as_string(hide_password=True))) from error
    return Ledger(engine)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderError(
            Localized(
                f"不能建立账本所在的文件夹 {folder}（{error.strerror}）", f"cannot make {folder}: {error.strerror}"
            )
        ) from error


def _to_json_on_server(value: object) -> str:
    return without_nul(to_json(value))


def _give_space_back(connection: Any, _: object) -> None:
    """Have a ledger that is made, or written anew, now able to shrink (``UnitOfWork.give_back``)."""
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _vacuum(engine: Engine) -> None:
    """Write the ledger anew, without what a migration has emptied: outside a transaction, therefore by the driver."""
    connection = engine.raw_connection()
    try:
        _give_space_back(connection.driver_connection, None)
        connection.cursor().execute("VACUUM")
    finally:
        connection.close()


def _prepare(connection: Connection) -> bool:
    """Make the tables, or lead those of an older version forward; tell whether that was done."""
    if not inspect(connection).has_table(tables.ABOUT.name):
        if connection.dialect.name == "postgresql":
            tables.suit_a_server()
        tables.METADATA.create_all(connection)
        connection.execute(insert(tables.ABOUT).values(name="version", value=str(tables.VERSION)))
        return False
    found = version(connection)
    if found > tables.VERSION:
        raise LedgerError(
            Localized(
                f"账本是较新版本（{found}）的程序写的，本程序只认识 {tables.VERSION}：请安装新版",
                f"the ledger is of version {found}, this program knows {tables.VERSION}: install the newer one",
            )
        )
    if found < tables.VERSION:
        lead_forward(connection, found)
    return found < tables.VERSION
