"""All offices that share a ledger on a server, counted there in a few questions, as of one moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, MetaData, Select, Table, and_, false, func, literal, or_, select, text, union_all
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from pipeline.domain.due import OverdueRule
from pipeline.errors import LedgerError
from pipeline.outside.ledger import tables
from pipeline.outside.ledger.database_problems import what_to_do
from pipeline.outside.ledger.overdue import overdue
from pipeline.outside.ledger.postgres import SCHEMA, server_engine

_SCHEMAS_A_QUERY = 100

_SCHEMAS = text(
    "SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE c.relname = :table AND c.relkind = 'r' AND (n.nspname = :schema OR starts_with(n.nspname, :schema || '_'))"
    " AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') ORDER BY n.nspname COLLATE \"C\""
)


@dataclass(slots=True)
class OfficeStatus:
    """Where one office stands. ``code`` is empty for the one that has no name."""

    code: str
    run: int = 0
    day: date | None = None
    states: dict[tuple[str, str], int] = field(default_factory=dict)
    """Records by register and state."""
    overdue: dict[str, int] = field(default_factory=dict)
    """Records whose deadline is past, by register."""
    findings: dict[str, int] = field(default_factory=dict)
    """Open ones by severity."""


def standings(url: str, rules: Mapping[str, OverdueRule]) -> list[OfficeStatus]:
    """Return where each office stands that the user of *url* may read, by code; what is overdue by the *rules* of the
    registers, by code. Raise LedgerError when the server cannot be reached, or does not let the user read all tables of
    an office.
    """
    engine = server_engine(url, str).execution_options(isolation_level="REPEATABLE READ")
    try:
        with engine.begin() as connection:
            return _count(connection, rules)
    except DBAPIError as error:
        raise LedgerError(what_to_do(error, make_url(url).render_as_string(hide_password=True))) from error
    finally:
        engine.dispose()


def _count(connection: Connection, rules: Mapping[str, OverdueRule]) -> list[OfficeStatus]:
    schemas = connection.scalars(_SCHEMAS, {"table": tables.ENTRIES.name, "schema": SCHEMA}).all()
    found = {schema: OfficeStatus(schema.removeprefix(SCHEMA).removeprefix("_")) for schema in schemas}

    def runs(table: Table) -> Select[Any]:
        return select(table.c.number, table.c.day).order_by(table.c.number.desc()).limit(1)

    def states(table: Table) -> Select[Any]:
        by_rule = (and_(table.c.register == code, overdue(rule, table)) for code, rule in sorted(rules.items()))
        late = func.count().filter(or_(false(), *by_rule))
        return select(table.c.register, table.c.state, func.count(), late).group_by(table.c.register, table.c.state)

    def findings(table: Table) -> Select[Any]:
        return select(table.c.severity, func.count()).where(table.c.closed.is_(None)).group_by(table.c.severity)

    for schema, number, last in _of_all(connection, schemas, tables.RUNS, runs):
        found[schema].run, found[schema].day = number, last
    for schema, register, state, count, late in _of_all(connection, schemas, tables.ENTRIES, states):
        found[schema].states[register, state] = count
        found[schema].overdue[register] = found[schema].overdue.get(register, 0) + late
    for schema, severity, count in _of_all(connection, schemas, tables.FINDINGS, findings):
        found[schema].findings[severity] = count
    return list(found.values())


def _of_all(
    connection: Connection, schemas: Sequence[str], table: Table, ask: Callable[[Table], Select[Any]]
) -> Iterator[Any]:
    """Yield the rows that *ask* finds in the *table* of each schema, the schema first."""
    for start in range(0, len(schemas), _SCHEMAS_A_QUERY):
        asked = []
        for schema in schemas[start : start + _SCHEMAS_A_QUERY]:
            answers = ask(table.to_metadata(MetaData(), schema=schema)).subquery()
            asked.append(select(literal(schema), *answers.c))
        yield from connection.execute(union_all(*asked))
