"""Where a test's ledger is: SQLite, or a real PostgreSQL where its programs are installed."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from pipeline.settings import Settings
from tests.tools import postgres
from tests.tools.customers import new_office


@pytest.fixture(scope="session")
def postgres_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a running server's socket; the test is skipped where there is no PostgreSQL."""
    if find_spec("psycopg") is None:
        pytest.skip("no psycopg: pip install 'psycopg[binary]'")
    if postgres.binaries() is None:
        pytest.skip("no PostgreSQL (initdb is neither in /usr/lib/postgresql nor in PATH): apt-get install postgresql")
    base = tmp_path_factory.getbasetemp()
    with postgres.shared_server(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) as folder:
        yield folder


@pytest.fixture
def postgres_url(postgres_folder: Path) -> Iterator[str]:
    """The URL of an empty database of the test's own."""
    name = f"test_{uuid.uuid4().hex}"
    engine = create_engine(postgres.address(postgres_folder, "postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield postgres.address(postgres_folder, name)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a ledger that is yet to be made, once in SQLite and once in PostgreSQL."""
    if request.param == "postgres":
        url: str = request.getfixturevalue("postgres_url")
        return url
    return f"sqlite:///{tmp_path / 'ledger' / 'ruwang.db'}"


@pytest.fixture
def settings(tmp_path: Path, ledger_url: str) -> Settings:
    """A new office, without a roster, once on SQLite and once on PostgreSQL."""
    return new_office(tmp_path, ledger=ledger_url)
