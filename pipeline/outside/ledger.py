"""The ledger: every submission, event and finding, in one database. SQLite by default, PostgreSQL by URL.

A run is one transaction: ``with ledger.transaction() as books``. Nothing is seen by others before it ends well.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    Table,
    create_engine,
    delete,
    event,
    func,
    insert,
    inspect,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from pipeline.domain.additions import Additions, page_from_json, page_to_json
from pipeline.domain.finding import Finding, OpenFinding, identity
from pipeline.domain.mail import Delivery, Outcome, Outgoing
from pipeline.domain.past import FindingSeen, RunSeen
from pipeline.domain.pending import Pending
from pipeline.domain.record import Entry, Event, Record
from pipeline.domain.roll import Roll, by_key
from pipeline.domain.submission import TAKEN_BACK, Submission
from pipeline.errors import FolderError, LedgerError, NoLedgerError
from pipeline.outside import ledger_tables as tables
from pipeline.outside.lease import Lease, is_leased
from pipeline.outside.ledger_migrations import lead_forward, version
from pipeline.outside.ledger_roll import LedgerRoll, read_entries
from pipeline.outside.postgres import on_server, prepare_schema, server_engine, without_nul
from schemas.form import Severity, Words

_BUSY_SECONDS = 30
_PAGE, _SHEET = "page", "sheet"
_AT = "at"
_CACHE_KIB = 64 * 1024  # a first load fits, and is written once
_KEYS_A_QUERY = 500  # SQLite binds 999 parameters at the least
_VALUES_A_QUERY = 10_000  # a server binds 65,535


IN_MEMORY = "sqlite://"
"""A ledger that leaves nothing behind."""


class Ledger:
    """One database behind all registers."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lease: Lease | None = None

    @contextmanager
    def transaction(self) -> Iterator[Books]:
        """Open the books for one run; what was written stands only when the block ends without an exception, and on
        a server when the run still holds its lease (else LeaseLostError). What is read is of one moment.
        """
        lease = self._lease
        try:
            with (lease.engine if lease else self._for_reading()).begin() as connection:
                yield Books(connection)
                if lease and connection.in_transaction():
                    lease.confirm_in(connection)
        except DBAPIError as error:
            if lease:  # whoever took it over has ended our session
                lease.explain(error)
            raise LedgerError(_what_to_do(str(error.orig or error))) from error

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
            raise LedgerError(_what_to_do(str(error.orig or error))) from error
        finally:
            self._lease = None

    def confirm(self) -> None:
        """Raise LeaseLostError when the run may write no more, neither in the books nor in its folders."""
        if self._lease:
            try:
                self._lease.confirm()
            except DBAPIError as error:
                raise LedgerError(_what_to_do(str(error.orig or error))) from error

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
                Words(
                    f"还没有账本：{path}，先运行一次 pipeline run",
                    f"there is no ledger at {path} yet: run pipeline run once",
                )
            )
        _make_folder(path.parent)
        # the driver begins transactions by itself and late: we begin them, and for writing
        patient = parsed if "timeout" in parsed.query else parsed.update_query_dict({"timeout": str(_BUSY_SECONDS)})
        engine = create_engine(patient, json_serializer=_to_json, connect_args={"isolation_level": None})
        event.listen(engine, "begin", _begin_immediate)
    else:
        engine = create_engine(url, json_serializer=_to_json)
    try:
        with engine.begin() as connection:
            if on_server(url):
                prepare_schema(connection, create=create)
            _prepare(connection)
    except NoLedgerError:
        engine.dispose()
        raise
    except DBAPIError as error:
        engine.dispose()
        where = parsed.render_as_string(hide_password=True)
        raise LedgerError(_what_to_do(f"{where}: {error.orig or error}")) from error
    return Ledger(engine)


def _what_to_do(problem: str) -> Words:
    """Return what the database says of *problem*, with what the operator can do about it."""
    for sign, zh, en in (
        ("locked", "账本正被其他程序占用，稍后再运行", "another program holds the ledger: run again later"),
        (
            "is full",
            "账本所在的磁盘没有空间了：请清理后再运行",
            "no space left for the ledger: make room and run again",
        ),
        (
            "disk I/O error",
            "账本不能写入：请检查磁盘和空间后再运行",
            "the ledger cannot be written: check disk and space",
        ),
        (
            "readonly",
            "账本不允许写入：请检查文件和文件夹的权限",
            "the ledger may not be written: check its permissions",
        ),
        *((sign, *_DAMAGED) for sign in ("malformed", "not a database")),
    ):
        if sign in problem:
            return Words(f"{zh}（{problem}）", f"{en} ({problem})")
    return Words(problem, problem)


_DAMAGED = (
    "账本已损坏：用 pipeline rebuild 从存档重建，或从备份文件夹取回最近一份",
    "the ledger is damaged: build it anew from the archive with pipeline rebuild, or put back the newest backup",
)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderError(
            Words(f"不能建立账本所在的文件夹 {folder}（{error.strerror}）", f"cannot make {folder}: {error.strerror}")
        ) from error


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _to_json(value: Any) -> str:
    return _ENCODER.encode(value) if value else "{}" if isinstance(value, dict) else "[]"  # most are empty


def _as_is(value: Any) -> Any:
    return value


_PACKED: dict[type, Callable[[Any], Any]] = {dict: _to_json, list: _to_json, date: date.isoformat}
"""What SQLite's driver is given in place of a value of that type."""


def _to_json_on_server(value: Any) -> str:
    return without_nul(_to_json(value))


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _prepare(connection: Connection) -> None:
    if not inspect(connection).has_table(tables.ABOUT.name):
        tables.METADATA.create_all(connection)
        connection.execute(insert(tables.ABOUT).values(name="version", value=str(tables.VERSION)))
        return
    found = version(connection)
    if found > tables.VERSION:
        raise LedgerError(
            Words(
                f"账本是较新版本（{found}）的程序写的，本程序只认识 {tables.VERSION}：请安装新版",
                f"the ledger is of version {found}, this program knows {tables.VERSION}: install the newer one",
            )
        )
    if found < tables.VERSION:
        lead_forward(connection, found)


class Books:
    """The ledger, opened for one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._written: dict[str, dict[str, Entry]] = {}

    def forget(self) -> None:
        """Take back all that was written in this transaction."""
        transaction = self._connection.get_transaction()
        if transaction is not None:
            transaction.rollback()
        self._written.clear()

    # runs and submissions -------------------------------------------------------------------------------------------

    def start_run(self, day: date, started: datetime, number: int = 0) -> int:
        """Enter a run and return its number: the next one, or the one that is given."""
        number = number or self._next(tables.RUNS)
        self._connection.execute(insert(tables.RUNS).values(number=number, day=day, started=started))
        return number

    def finish_run(self, number: int, tally: Mapping[str, Any]) -> None:
        """Keep what the run did; what was kept of it before under other names stays."""
        runs = tables.RUNS
        kept = self._connection.scalar(select(runs.c.tally).where(runs.c.number == number)) or {}
        self._connection.execute(update(runs).where(runs.c.number == number).values(tally={**kept, **tally}))

    def runs(self, after: int) -> Iterator[tuple[int, date, datetime, Mapping[str, Any]]]:
        """Return number, day, start and what was done of the runs *after* that number, oldest first."""
        runs = tables.RUNS.c
        query = select(tables.RUNS).where(runs.number > after).order_by(runs.number)
        for row in self._connection.execute(query):
            yield row.number, row.day, row.started, row.tally or {}

    def tallies(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """Return number and tally of the runs that have one, newest first."""
        runs = tables.RUNS.c
        for row in self._connection.execute(select(runs.number, runs.tally).order_by(runs.number.desc())):
            if row.tally:
                yield row.number, row.tally

    def runs_with_news(self, most: int) -> list[RunSeen]:
        """Return the last runs that read or refused a file, newest first: *most*, or as many as there were that day."""
        runs = tables.RUNS.c
        found: list[RunSeen] = []
        for row in self._connection.execute(select(runs.number, runs.day, runs.tally).order_by(runs.number.desc())):
            if len(found) >= most and row.day != found[0].day:
                break
            files = (row.tally or {}).get("files", {})
            if files.get("read", 0) + files.get("refused", 0):
                found.append(RunSeen(row.number, row.day, row.tally))
        return found

    def findings_seen(self, since: date) -> list[FindingSeen]:
        """Return the errors and warnings opened or closed since a day, and those still open."""
        table = tables.FINDINGS.c
        query = select(table.rule, table.owner, table.opened, table.closed).where(
            table.severity != Severity.REPAIR.value,
            or_(table.closed.is_(None), table.closed >= since, table.opened >= since),
        )
        return [FindingSeen(*row) for row in self._connection.execute(query)]

    def steps(self, since: date) -> dict[str, int]:
        """Return by actor's name how many steps led records from state to state since a day."""
        table = tables.EVENTS.c
        query = (
            select(table.actor, func.count())
            .where(tables.CHANGES, table.day >= since, table.state != "", table.actor != "")
            .group_by(table.actor)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def last_run(self) -> tuple[int, date] | None:
        """Return number and day of the last run, or None."""
        runs = tables.RUNS.c
        row = self._connection.execute(select(runs.number, runs.day).order_by(runs.number.desc()).limit(1)).first()
        return (row.number, row.day) if row else None

    def submissions(self, hashes: Iterable[str]) -> dict[str, Submission]:
        """Return those of *hashes* that were handled before."""
        table = tables.SUBMISSIONS
        return {
            row["sha256"]: _submission(row)
            for part in _parts(hashes)
            for row in self._connection.execute(select(table).where(table.c.sha256.in_(part))).mappings()
        }

    def submissions_with_ignored_rows(self, since: date) -> list[Submission]:
        """Return the files since a day in which rows were left out as no data, newest first."""
        table = tables.SUBMISSIONS
        query = select(table).where(table.c.day >= since).order_by(table.c.run.desc(), table.c.name)
        return [_submission(row) for row in self._connection.execute(query).mappings() if row["ignored"]]

    def add_submissions(self, submissions: Iterable[Submission]) -> None:
        """Enter submissions; one that is known already is entered anew."""
        self._upsert(tables.SUBMISSIONS, [asdict(submission) for submission in submissions])

    # events and entries ---------------------------------------------------------------------------------------------

    def last_event(self) -> int:
        """Return the number of the newest event, 0 when there is none."""
        return self._next(tables.EVENTS) - 1

    def add_events(self, events: Iterable[Event]) -> None:
        """Enter numbered events."""
        rows = [_event_row(each) for each in events]
        if rows and not self._driven("INSERT INTO", tables.EVENTS, rows):
            self._connection.execute(insert(tables.EVENTS), rows)

    def events(
        self,
        *,
        register: str = "",
        key: str = "",
        since: date | None = None,
        changes: bool = False,
        run: int = 0,
        submission: str = "",
        undone: bool = False,
    ) -> list[Event]:
        """Return events in order: of one register, of one record, since a day, of a run, of a submission, or only those
        by which sheets changed what was known. Those that were taken back are left out unless *undone*.
        """
        table = tables.EVENTS
        query = select(table)
        if not undone:
            query = query.where(table.c.undone.is_(None))
        if run:
            query = query.where(table.c.run == run)
        if submission:
            query = query.where(table.c.submission == submission)
        if register:
            query = query.where(table.c.register == register)
        if key:
            query = query.where(table.c.key == key)
        if since:
            query = query.where(table.c.day >= since)
        if changes:
            query = query.where(tables.CHANGES)
        # put in order here: SQLite would rather go through all in their order than sort the few that are asked for
        rows = sorted(self._connection.execute(query).mappings(), key=itemgetter("number"))
        return [_event(row) for row in rows]

    def has_events(self, run: int) -> bool:
        """Tell whether *run* left any event, taken back or not."""
        return (
            self._connection.scalar(select(tables.EVENTS.c.number).where(tables.EVENTS.c.run == run).limit(1))
            is not None
        )

    def keys_changed(self, register: str, after: int, undone_after: int) -> set[str]:
        """Return the keys of records of *register* with events later than number *after*, or that a run later than
        *undone_after* took back.
        """
        events = tables.EVENTS.c
        return self._keys(register, events.number > after) | self._keys(register, events.undone > undone_after)

    def _keys(self, register: str, condition: ColumnElement[bool]) -> set[str]:
        """Of the few events that meet *condition*: told to look for those of *register*, SQLite goes through all of it."""
        query = select(tables.EVENTS.c.register, tables.EVENTS.c.key).where(condition)
        return {key for of, key in self._connection.execute(query) if of == register}

    def entries(
        self, register: str, *, keys: Iterable[str] | None = None, states: Iterable[str] | None = None
    ) -> dict[str, Entry]:
        """Return a register's records by key, in key order: all, those of *keys*, or those in *states*."""
        table = tables.ENTRIES
        if keys is None and states is None and (written := self._whole(register)) is not None:
            return written
        conditions = [table.c.register == register]
        if states is not None:
            conditions.append(table.c.state.in_(list(states)))
        asked = [conditions] if keys is None else [[*conditions, table.c.key.in_(part)] for part in _parts(keys)]
        return by_key(entry for each in asked for entry in read_entries(self._connection, *each))

    def roll(self, register: str) -> Roll:
        """Return a register's records, to be asked for while this transaction lasts."""
        return LedgerRoll(self._connection, register, partial(self._whole, register))

    def _whole(self, register: str) -> dict[str, Entry] | None:
        """Return all records of *register* where this transaction has written each of them: a first load."""
        written = self._written.get(register, {})
        return dict(sorted(written.items())) if len(written) == self._count(register) else None

    def put_entries(self, entries: Iterable[Entry]) -> None:
        """Write records as they stand now."""
        rows = []
        for entry in entries:
            rows.append(_entry_row(entry))
            self._written.setdefault(entry.register, {})[entry.key] = entry
        if rows and not self._driven("INSERT OR REPLACE INTO", tables.ENTRIES, rows):  # every column is given
            self._upsert(tables.ENTRIES, rows)

    def openings(self, register: str) -> tuple[int, int]:
        """Return how many records of *register* sheets have opened, and how many of those were taken back."""
        events = tables.EVENTS.c
        query = select(func.count(), func.count(events.undone)).where(events.register == register, tables.OPENINGS)
        opened, taken_back = self._connection.execute(query).one()
        return int(opened), int(taken_back)

    def count(self, register: str) -> int:
        """Return how many records *register* holds."""
        return self._count(register)

    def _count(self, register: str) -> int:
        table = tables.ENTRIES
        return int(self._connection.scalar(select(func.count()).where(table.c.register == register)) or 0)

    def serials(self, register: str) -> dict[str, int]:
        """Return the last serial given for each stem of a register's running numbers."""
        table = tables.SERIALS
        rows = self._connection.execute(select(table).where(table.c.register == register)).mappings()
        return {row["stem"]: row["last"] for row in rows}

    def put_serials(self, register: str, serials: Mapping[str, int]) -> None:
        """Keep the last serials given."""
        self._upsert(
            tables.SERIALS, [{"register": register, "stem": stem, "last": last} for stem, last in serials.items()]
        )

    def entries_holding(self, register: str, values: Mapping[str, Iterable[str]]) -> dict[str, Entry]:
        """Return a register's records by key in which a field holds one of its *values* (by field code)."""
        table = tables.ENTRIES
        every = [(code, value) for code, held in values.items() for value in held]
        if not every or not self._count(register):
            return {}
        found: dict[str, Entry] = {}
        for start in range(0, len(every), _VALUES_A_QUERY):  # each query goes through the whole register
            wanted: dict[str, list[str]] = {}
            for code, value in every[start : start + _VALUES_A_QUERY]:
                wanted.setdefault(code, []).append(value)
            clauses = [self._is_one_of(table.c.held[code].as_string(), held) for code, held in wanted.items()]
            found |= by_key(read_entries(self._connection, table.c.register == register, or_(*clauses)))
        return dict(sorted(found.items()))

    def _is_one_of(self, column: ColumnElement[str], values: Sequence[str]) -> ColumnElement[bool]:
        """As ``in_``, for more values than SQLite binds."""
        if self._connection.dialect.name != "sqlite":
            return column.in_(values)
        return column.in_(select(func.json_each(_to_json(values)).table_valued("value").c.value))

    def add_pending(self, pending: Iterable[Pending]) -> None:
        """Keep changes whose day is yet to come."""
        rows = [
            {"number": each.number, "register": each.register, "day": each.day, "record": asdict(each.record)}
            for each in pending
        ]
        if rows:
            self._connection.execute(insert(tables.PENDING), rows)

    def pending(self, register: str, until: date | None = None) -> list[Pending]:
        """Return the changes of a register that wait for their day, the earliest first; only those due *until* a day."""
        table = tables.PENDING
        query = select(table).where(table.c.register == register, table.c.taken.is_(None))
        query = query.order_by(table.c.day, table.c.number)
        if until:
            query = query.where(table.c.day <= until)
        return [_pending(row) for row in self._connection.execute(query).mappings()]

    def take_pending(self, numbers: Iterable[int], run: int) -> None:
        """Strike changes whose day has come in *run*, or whose announcement was taken back."""
        table = tables.PENDING
        for part in _parts(numbers):
            self._connection.execute(update(table).where(table.c.number.in_(part)).values(taken=run))

    # taking back ----------------------------------------------------------------------------------------------------

    def take_back(self, numbers: Iterable[int], run: int) -> None:
        """Mark events as taken back by *run*: they count no more and stay for the history."""
        table = tables.EVENTS
        for part in _parts(numbers):
            self._connection.execute(update(table).where(table.c.number.in_(part)).values(undone=run))

    def remove_entries(self, register: str, keys: Iterable[str]) -> None:
        """Strike records of which nothing is left."""
        table = tables.ENTRIES
        for part in _parts(keys):
            self._connection.execute(delete(table).where(table.c.register == register, table.c.key.in_(part)))
            for key in part:
                self._written.get(register, {}).pop(key, None)

    def take_back_findings(
        self, submissions: Sequence[Submission], keys: Iterable[str], undone: int, day: date, run: int
    ) -> None:
        """Close what was told of *submissions* or first in the run *undone* (0: of no run), and open again what that
        run had closed, or what *submissions* had: findings about the records of these *keys*, or about their file.
        """
        table = tables.FINDINGS
        hashes = [each.sha256 for each in submissions]
        told = select(table.c.number).where(
            table.c.closed.is_(None), or_(table.c.submission.in_(hashes), table.c.opened_run == undone)
        )
        self.close_findings(self._connection.scalars(told).all(), day, run)
        again = update(table).values(closed=None, closed_run=None)
        self._connection.execute(again.where(table.c.closed_run == undone))
        if undone:
            return
        mended = again.where(
            table.c.closed_run.in_({each.run for each in submissions}), table.c.submission.not_in(hashes)
        )
        self._connection.execute(mended.where(table.c.file.in_({each.name for each in submissions})))
        for part in _parts(keys):
            self._connection.execute(mended.where(table.c.key.in_(part)))

    def take_back_pending(self, events: Iterable[int], undone: int, run: int) -> None:
        """Strike the changes that *events* announced; those that took effect in the run *undone* wait again."""
        table = tables.PENDING
        self._connection.execute(update(table).where(table.c.taken == undone).values(taken=None))
        self.take_pending(events, run)

    def forget_submissions(self, hashes: Iterable[str]) -> None:
        """Have sheets that were taken back be read again when they are dropped again."""
        table = tables.SUBMISSIONS
        for part in _parts(hashes):
            self._connection.execute(update(table).where(table.c.sha256.in_(part)).values(fate=TAKEN_BACK))

    def find_submissions(self, *, run: int = 0, name: str = "", prefix: str = "") -> list[Submission]:
        """Return the submissions of a run, those of a file name, or those whose hash begins with *prefix*."""
        table = tables.SUBMISSIONS
        query = select(table).order_by(table.c.run, table.c.name)
        if run:
            query = query.where(table.c.run == run)
        if name:
            query = query.where(table.c.name == name)
        if prefix:
            query = query.where(table.c.sha256.startswith(prefix, autoescape=True))
        return [_submission(row) for row in self._connection.execute(query).mappings()]

    def restating(self, since: int, but: Iterable[str]) -> dict[str, Submission]:
        """Return by ``register/key`` the newest sheet, from the run *since* on, that said again what stood of that
        record; sheets whose hash is in *but* are left out.
        """
        table = tables.SUBMISSIONS
        query = (
            select(table).where(table.c.run >= since, table.c.fate != TAKEN_BACK).order_by(table.c.run, table.c.name)
        )
        query = query.where(table.c.sha256.not_in(list(but)))
        return {
            record: _submission(row) for row in self._connection.execute(query).mappings() for record in row["restated"]
        }

    def run_days(self) -> dict[int, date]:
        """Return the day of every run by its number."""
        return {
            row.number: row.day for row in self._connection.execute(select(tables.RUNS.c.number, tables.RUNS.c.day))
        }

    # as it stood ----------------------------------------------------------------------------------------------------

    def findings_open_after(self, run: int) -> list[OpenFinding]:
        """Return what waited to be mended when *run* had ended, oldest first."""
        table = tables.FINDINGS
        closed_later = or_(table.c.closed.is_(None), table.c.closed_run > run)
        query = select(table).where(table.c.opened_run <= run, closed_later).order_by(table.c.number)
        return [_open_finding(row) for row in self._connection.execute(query).mappings()]

    def pending_after(self, register: str, run: int) -> list[Pending]:
        """Return the changes of a register that waited for their day when *run* had ended, the earliest first."""
        table, events = tables.PENDING, tables.EVENTS
        query = (
            select(table)
            .join(events, events.c.number == table.c.number)
            .where(table.c.register == register, events.c.run <= run, or_(table.c.taken.is_(None), table.c.taken > run))
            .order_by(table.c.day, table.c.number)
        )
        return [_pending(row) for row in self._connection.execute(query).mappings()]

    # traits ---------------------------------------------------------------------------------------------------------

    def untraited(self, register: str) -> tuple[bool, set[str]]:
        """Return the keys of records that have moved on since they were last given traits, and whether these are all."""
        table = tables.TRAITED
        last = self._connection.scalar(select(table.c.event).where(table.c.register == register)) or 0
        return not last, self._keys(register, tables.EVENTS.c.number > last)

    def put_traits(self, register: str, traits: Iterable[tuple[int, str]], event: int) -> None:
        """Add traits of records, each with the record's key; *event* is the last one they know of."""
        rows = [(register, trait, key) for trait, key in sorted(traits)]
        if rows and self._connection.dialect.name == "sqlite":  # many and small: as the driver takes them
            self._connection.exec_driver_sql(
                "INSERT OR IGNORE INTO traits (register, trait, key) VALUES (?, ?, ?)", rows
            )
        elif rows:
            names = ("register", "trait", "key")
            statement = postgresql.insert(tables.TRAITS).on_conflict_do_nothing()
            self._connection.execute(statement, [dict(zip(names, row, strict=True)) for row in rows])
        self._upsert(tables.TRAITED, [{"register": register, "event": event}])

    def look_again(self, event: int) -> None:
        """Have records that moved from *event* on count as moved since they were last given traits."""
        table = tables.TRAITED
        self._connection.execute(update(table).where(table.c.event >= event).values(event=max(event - 1, 0)))

    def sharing(self, register: str, traits: Iterable[int]) -> dict[int, list[str]]:
        """Return by trait the keys of all records of *register* that have it."""
        table = tables.TRAITS
        found: dict[int, list[str]] = {}
        for part in _parts(traits):
            query = select(table.c.trait, table.c.key).where(table.c.register == register, table.c.trait.in_(part))
            for trait, key in self._connection.execute(query):
                found.setdefault(trait, []).append(key)
        return found

    # the master ------------------------------------------------------------------------------------------------------

    def state(self) -> str:
        """Return what tells how the books stand: the last event, and the last run that took events back."""
        taken_back = select(func.max(tables.EVENTS.c.undone)).where(tables.TAKEN_BACK)
        return f"{self.last_event()}/{self._connection.scalar(taken_back) or 0}"

    def add_published(self, sha256: str, path: str, run: int) -> None:
        """Remember that *run* wrote a file of that hash."""
        self._upsert(tables.PUBLISHED, [{"sha256": sha256, "path": path, "run": run}])

    def published(self, hashes: Iterable[str]) -> set[str]:
        """Return those of *hashes* that are files as a run wrote them."""
        table = tables.PUBLISHED.c
        return {
            sha256
            for part in _parts(hashes)
            for sha256 in self._connection.scalars(select(table.sha256).where(table.sha256.in_(part)))
        }

    def published_paths(self) -> set[str]:
        """Return where, below the outbox, runs wrote what people may edit."""
        return set(self._connection.scalars(select(tables.PUBLISHED.c.path).distinct()))

    def drawn(self) -> dict[str, tuple[str, str]]:
        """Return by path what each report was last drawn from, and its hash."""
        return {row.path: (row.inputs, row.sha256) for row in self._connection.execute(select(tables.DRAWN))}

    def put_drawn(self, drawn: Mapping[str, tuple[str, str]]) -> None:
        """Keep what the reports were drawn from, in place of what was kept before."""
        self._connection.execute(delete(tables.DRAWN))
        self._upsert(
            tables.DRAWN,
            [{"path": path, "inputs": inputs, "sha256": sha256} for path, (inputs, sha256) in drawn.items()],
        )

    def additions(self) -> Additions:
        """Return what staff added to the master."""
        rows = list(self._connection.execute(select(tables.ADDITIONS)).mappings())
        return Additions(
            pages={row["name"]: page_from_json(row["body"]) for row in rows if row["kind"] == _PAGE},
            sheets={row["name"]: row["content"] for row in sorted(rows, key=_at) if row["kind"] == _SHEET},
        )

    def put_additions(self, additions: Additions) -> None:
        """Keep what staff added to the master, in place of what was kept before."""
        self._connection.execute(delete(tables.ADDITIONS))
        pages = [
            {"kind": _PAGE, "name": code, "body": page_to_json(page), "content": None}
            for code, page in additions.pages.items()
        ]
        sheets = [
            {"kind": _SHEET, "name": title, "body": {_AT: at}, "content": content}
            for at, (title, content) in enumerate(additions.sheets.items())
        ]
        self._upsert(tables.ADDITIONS, [*pages, *sheets])

    # findings -------------------------------------------------------------------------------------------------------

    def open_findings(self) -> list[OpenFinding]:
        """Return what waits to be mended, oldest first."""
        table = tables.FINDINGS
        query = select(table).where(table.c.closed.is_(None)).order_by(table.c.number)
        return [_open_finding(row) for row in self._connection.execute(query).mappings()]

    def add_findings(self, findings: Iterable[tuple[Finding, str]], day: date, run: int) -> list[OpenFinding]:
        """Enter findings, each with its owner, and return them numbered."""
        first = self._next(tables.FINDINGS)
        entered = [OpenFinding(first + at, finding, owner, day) for at, (finding, owner) in enumerate(findings)]
        rows = [
            {**_finding_row(each.finding), "number": each.number, "owner": each.owner, "opened": day, "opened_run": run}
            for each in entered
        ]
        if rows:
            self._connection.execute(insert(tables.FINDINGS), rows)
        return entered

    def renew_findings(self, findings: Iterable[OpenFinding]) -> None:
        """Write open findings whose place or owner has changed; their age stays."""
        for each in findings:
            table = tables.FINDINGS
            self._connection.execute(
                update(table)
                .where(table.c.number == each.number)
                .values(**_finding_row(each.finding), owner=each.owner)
            )

    def close_findings(self, numbers: Iterable[int], day: date, run: int) -> None:
        """Close findings that were mended or have lapsed."""
        table = tables.FINDINGS
        for part in _parts(numbers):
            self._connection.execute(update(table).where(table.c.number.in_(part)).values(closed=day, closed_run=run))

    # mails ----------------------------------------------------------------------------------------------------------

    def told(self) -> dict[str, set[str]]:
        """Return by recipient what the last mail told."""
        return {row["person"]: set(row["items"]) for row in self._connection.execute(select(tables.TOLD)).mappings()}

    def put_told(self, told: Mapping[str, Iterable[str]]) -> None:
        """Keep what each recipient has been told."""
        self._upsert(tables.TOLD, [{"person": person, "items": sorted(items)} for person, items in told.items()])

    def queue_mails(self, mails: Iterable[Outgoing], run: int, now: datetime) -> None:
        """Enter mails to be sent after the transaction. A message id that is known is not queued again."""
        rows = [
            {
                "number": number,
                "run": run,
                "recipient": mail.recipient,
                "message_id": mail.message_id,
                "content": mail.content,
                "queued": now,
                "attempts": 0,
                "next_try": now,
                "outcome": Outcome.QUEUED,
                "problem": "",
            }
            for number, mail in enumerate(mails, self._next(tables.MAILS))
        ]
        if rows:
            self._connection.execute(insert(tables.MAILS), rows)

    def waiting_mails(self, now: datetime) -> list[Outgoing]:
        """Return the mails that are to be tried at *now*, oldest first."""
        table = tables.MAILS
        query = select(table).where(table.c.outcome == Outcome.QUEUED, table.c.next_try <= now).order_by(table.c.number)
        return [_outgoing(row) for row in self._connection.execute(query).mappings()]

    def mails_put_off(self, now: datetime) -> int:
        """Return how many mails wait for a later time than *now*."""
        table = tables.MAILS
        query = select(func.count()).where(table.c.outcome == Outcome.QUEUED, table.c.next_try > now)
        return int(self._connection.scalar(query) or 0)

    def failed_mails(self, since: datetime) -> list[tuple[Outgoing, str]]:
        """Return the mails queued since then that were given up, each with what the server said."""
        table = tables.MAILS
        query = select(table).where(table.c.outcome == Outcome.FAILED, table.c.queued >= since).order_by(table.c.number)
        return [(_outgoing(row), row["problem"]) for row in self._connection.execute(query).mappings()]

    def record_mail(self, number: int, delivery: Delivery) -> None:
        """Keep what became of a mail."""
        table = tables.MAILS
        self._connection.execute(
            update(table)
            .where(table.c.number == number)
            .values(
                outcome=delivery.outcome,
                attempts=delivery.attempts,
                next_try=delivery.next_try,
                problem=delivery.problem,
            )
        )

    # shared ---------------------------------------------------------------------------------------------------------

    def _next(self, table: Table) -> int:
        return int(self._connection.scalar(select(func.max(table.c.number))) or 0) + 1

    def _driven(self, verb: str, table: Table, rows: Sequence[Mapping[str, Any]]) -> bool:
        """Write *rows* of texts, numbers, days and JSON as SQLite's driver takes them, a third of the cost where they
        are many. False: it is another database, nothing was written.
        """
        if self._connection.dialect.name != "sqlite":
            return False
        names = list(rows[0])
        columns = ", ".join(f'"{name}"' for name in names)
        packed = [tuple([_PACKED.get(type(value), _as_is)(value) for value in row.values()]) for row in rows]
        self._connection.exec_driver_sql(
            f"{verb} {table.name} ({columns}) VALUES ({', '.join('?' * len(names))})", packed
        )
        return True

    def _upsert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        if not rows:
            return
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        statement: Any = dialect.insert(table)
        keys = [column.name for column in table.primary_key]
        others = {column.name: statement.excluded[column.name] for column in table.columns if column.name not in keys}
        self._connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=others), rows)


def _parts(items: Iterable[Any]) -> Iterator[list[Any]]:
    every = list(items)
    for start in range(0, len(every), _KEYS_A_QUERY):
        yield every[start : start + _KEYS_A_QUERY]


def _submission(row: RowMapping) -> Submission:
    return Submission(**{name: row[name] for name in Submission.__slots__})


def _at(row: RowMapping) -> int:
    """A sheet's place among those that staff added: a server gives rows in no order of its own."""
    place: int = row["body"].get(_AT, 0)
    return place


_BODY = ("values", "cells", "before", "notes", "deed")


def _event_row(each: Event) -> dict[str, Any]:
    return {
        "number": each.number,
        "run": each.run,
        "register": each.register,
        "key": each.key,
        "form": each.form,
        "body": {name: dict(held) for name in _BODY if (held := getattr(each, name))},
        "state": each.state,
        "owner": each.owner,
        "area": each.area,
        "due": each.due,
        "why": each.why,
        "reason": each.reason,
        "submission": each.submission,
        "file": each.file,
        "sheet": each.sheet,
        "actor": each.actor,
        "day": each.on,
        "opens": int(each.opens),
        "undone": each.undone,
    }


def _event(row: RowMapping) -> Event:
    plain = {name: row[name] for name in Event.__slots__ if name not in {*_BODY, "on", "opens"}}
    body = {name: row["body"].get(name, {}) for name in _BODY}
    return Event(on=row["day"], opens=bool(row["opens"]), **body, **plain)


def _entry_row(entry: Entry) -> dict[str, Any]:
    return {
        "register": entry.register,
        "key": entry.key,
        "held": dict(entry.values),
        "state": entry.state,
        "since": entry.since,
        "due": entry.due,
        "owner": entry.owner,
        "area": entry.area,
        "why": entry.why,
        "reason": entry.reason,
        "file": entry.source.file,
        "sheet": entry.source.sheet,
        "cell": entry.source.cell,
        "notes": dict(entry.notes),
        "version": entry.version,
    }


def _pending(row: RowMapping) -> Pending:
    return Pending(row["number"], row["register"], row["day"], Record(**row["record"]))


def _outgoing(row: RowMapping) -> Outgoing:
    return Outgoing(**{name: row[name] for name in Outgoing.__slots__})


def _finding_row(finding: Finding) -> dict[str, Any]:
    return {
        **{name: getattr(finding, name) for name in Finding.__slots__ if name != "details"},
        "details": [list(pair) for pair in finding.details],
        "identity": identity(finding),
    }


def _open_finding(row: RowMapping) -> OpenFinding:
    plain = {name: row[name] for name in Finding.__slots__ if name not in {"details", "severity"}}
    details = tuple((name, text) for name, text in row["details"])
    finding = Finding(severity=Severity(row["severity"]), details=details, **plain)
    return OpenFinding(row["number"], finding, row["owner"], row["opened"])
