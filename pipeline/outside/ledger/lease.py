"""One run at a time for each office on a server: a lease, renewed while the run lives and lost when it does not.

The server's clock decides. A lease that ran out is lost for good: whoever held it can neither renew it nor commit, and
the next run that takes it ends whatever the former one left open.
"""

from __future__ import annotations

import os
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, func, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from pipeline.errors import BusyError, LeaseLostError
from pipeline.outside.ledger.postgres import LEASES, signed
from schemas.language import Localized

_NAME = "run"
_RENEWALS = 4
"""How often a lease is renewed within the time it lasts."""


class Lease:
    """The right of one run to write in its office's books."""

    def __init__(self, engine: Engine, seconds: float) -> None:
        self._engine = engine
        self._seconds = seconds
        self._token = uuid.uuid4().hex
        self._known_good = 0.0
        self._done = threading.Event()
        self.engine = signed(engine, _sign(self._token))
        """For the run's own transactions: whoever takes the lease over finds them by their sign."""

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lease, renewing it beside the work. Raise BusyError when another run holds it."""
        self._take()
        heart = threading.Thread(target=self._keep, name="lease", daemon=True)
        heart.start()
        try:
            yield
        finally:
            self._done.set()
            heart.join()
            with suppress(SQLAlchemyError), self._engine.begin() as connection:  # else it runs out by itself
                connection.execute(delete(LEASES).where(LEASES.c.token == self._token))

    def confirm_in(self, connection: Connection) -> None:
        """Raise LeaseLostError unless the lease is held until the transaction of *connection* has ended."""
        if connection.scalar(select(LEASES.c.name).where(self._mine()).with_for_update()) is None:
            raise self._lost()

    def confirm(self) -> None:
        """Raise LeaseLostError unless the lease is held now. Asks the server only when the last renewal is long ago."""
        if _clock() - self._known_good >= self._seconds and not self.is_held():
            raise self._lost()

    def explain(self, error: Exception) -> None:
        """Raise LeaseLostError from *error* when that is why, as far as the server can say."""
        with suppress(SQLAlchemyError):
            if not self.is_held():
                raise self._lost() from error

    def is_held(self) -> bool:
        """Ask the server."""
        with self._engine.begin() as connection:
            return connection.scalar(select(LEASES.c.name).where(self._mine())) is not None

    def _take(self) -> None:
        began = _clock()
        until = func.clock_timestamp() + timedelta(seconds=self._seconds)
        from sqlalchemy.dialects.postgresql import insert  # most offices have no server

        new = insert(LEASES).values(
            name=_NAME, token=self._token, owner=f"{socket.gethostname()}:{os.getpid()}", expires=until
        )
        over = LEASES.c.expires <= func.clock_timestamp()
        with self._engine.begin() as connection:
            former = connection.scalar(select(LEASES.c.token).where(LEASES.c.name == _NAME, over))
            if former:  # it may be paused with rows locked, or gone without the server's knowing
                _end(connection, former)
            taken = connection.scalar(
                new.on_conflict_do_update(
                    index_elements=[LEASES.c.name],
                    set_={column: new.excluded[column] for column in ("token", "owner", "expires")},
                    where=over,
                ).returning(LEASES.c.token)
            )
            holder = None if taken else connection.scalar(select(LEASES.c.owner).where(LEASES.c.name == _NAME))
        if not taken:
            raise BusyError(
                Localized(
                    f"另一批次正在运行（{holder}），本次不运行",
                    f"another run is under way ({holder}); this one does nothing",
                )
            )
        self._known_good = began

    def _keep(self) -> None:
        """Renew the lease until the run is done or the lease is lost; a server out of reach is tried again."""
        until = func.clock_timestamp() + timedelta(seconds=self._seconds)
        while not self._done.wait(self._seconds / _RENEWALS):
            began = _clock()
            with suppress(SQLAlchemyError), self._engine.begin() as connection:
                if not connection.execute(update(LEASES).where(self._mine()).values(expires=until)).rowcount:
                    return
                self._known_good = began

    def _mine(self) -> ColumnElement[bool]:
        return and_(LEASES.c.name == _NAME, LEASES.c.token == self._token, LEASES.c.expires > func.clock_timestamp())

    def _lost(self) -> LeaseLostError:
        return LeaseLostError(
            Localized(
                f"本批次超过 {self._seconds:g} 秒没有与数据库联系，运行权已失去：没有入账的由下一批次完成",
                f"this run was not heard of for {self._seconds:g} seconds and has lost its right to write; "
                "what it did not complete the next run will",
            )
        )


def is_leased(engine: Engine) -> bool:
    """Tell whether a run of the office is under way."""
    with engine.begin() as connection:
        running = LEASES.c.expires > func.clock_timestamp()
        return connection.scalar(select(LEASES.c.name).where(LEASES.c.name == _NAME, running)) is not None


def _sign(token: str) -> str:
    return f"ruwang {token}"


def _end(connection: Connection, token: str) -> None:
    """End the sessions that a run which lost its lease has left: their work must never be committed."""
    connection.execute(
        text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = :sign AND datname = current_database() AND usename = current_user"
        ),
        {"sign": _sign(token)},
    )


def _clock() -> float:
    """Return seconds that go on while the process, or where the system tells so the machine, stands still."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()
