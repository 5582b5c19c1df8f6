"""What docs/scale.md says of the server is what the server shows: tables, connections, a lost session, a dump of one office brought back."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from pipeline.commands import run as running
from pipeline.commands.run import run
from pipeline.errors import RuwangError
from pipeline.outside.ledger import open_ledger
from pipeline.outside.locking.exclusive_ledger import open_exclusively
from pipeline.settings import Settings
from schemas.roster.samples import AREAS, PEOPLE
from tests.outside.ledger.test_offices import office, shops
from tests.tools import postgres
from tests.tools.customers import drop

PAGE = (Path(__file__).parents[3] / "docs" / "scale.md").read_text("utf-8")
DAY = date(2026, 11, 3)
KEY = "131123100018"


def asked(url: str, question: str) -> list[tuple[object, ...]]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(question))]
    engine.dispose()
    return found


@pytest.fixture
def settings(postgres_url: str, tmp_path: Path) -> Settings:
    made = office(tmp_path / "office", postgres_url, "131123")
    for sheet in (PEOPLE, AREAS, shops(KEY)):
        drop(made, sheet)
    return made


def customers(settings: Settings) -> int:
    with open_ledger(settings.ledger) as ledger, ledger.transaction() as uow:
        return uow.records.count("customers")


def test_an_office_has_as_many_tables_as_the_page_says(settings: Settings, postgres_url: str) -> None:
    run(settings, today=DAY)
    question = "SELECT count(*) FROM pg_tables WHERE schemaname = 'office_131123'"
    ((count,),) = asked(postgres_url, question)
    assert re.findall(r"The price is (\d+) tables an office", PAGE) == [str(count)]


def test_a_run_has_two_connections_and_is_not_ended_for_standing_idle(postgres_url: str, tmp_path: Path) -> None:
    ours = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with open_exclusively(postgres_url, tmp_path, 1) as ledger, ledger.transaction() as uow:
        for _ in range(2):  # its lease has been renewed by then
            asked(postgres_url, "SELECT pg_sleep(1)")
        assert asked(postgres_url, ours) == [(2,)]
        shown = uow._connection.execute(text("SHOW idle_in_transaction_session_timeout")).scalar()
    assert shown == "0"


def test_a_run_that_loses_its_server_ends_with_2_has_entered_nothing_and_the_next_one_does_all(
    settings: Settings, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare = running.prepare
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"

    def cutting(*given: object, **named: object) -> object:
        asked(postgres_url, cut)
        return prepare(*given, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as broken:
        broken.setattr(running, "prepare", cutting)
        with pytest.raises(RuwangError) as caught:
            run(settings, today=DAY)
    assert caught.value.exit_code == 2
    assert len([path for path in settings.inbox.iterdir() if path.is_file()]) == 3
    assert run(settings, today=DAY).run == 1
    assert customers(settings) == 1


def test_one_office_is_dumped_and_brought_back_as_the_page_says(
    settings: Settings, postgres_url: str, tmp_path: Path
) -> None:
    folder = postgres.binaries()
    assert folder is not None
    url = make_url(postgres_url)
    where = ["--host", str(url.query["host"]), "--username", str(url.username)]
    dump, restore = (
        re.findall(rf"^{name} .*131123.*?(?=\s+#)", PAGE, re.MULTILINE) for name in ("pg_dump", "pg_restore")
    )
    assert (len(dump), len(restore)) == (1, 1)

    def call(line: str) -> None:
        program, *words = line.split()
        words = [word.replace("=ruwang", f"={url.database}") for word in words]
        words[-1:] = [url.database or ""] if words[-1] == "ruwang" else words[-1:]
        subprocess.run([folder / program, *where, *words], check=True, cwd=tmp_path, capture_output=True)

    run(settings, today=DAY)
    call(dump[0])
    drop(settings, shops("131123100026"), "后来.xlsx")
    run(settings, today=DAY)
    assert customers(settings) == 2
    call(restore[0])
    assert customers(settings) == 1
    with pytest.raises(RuwangError) as caught:  # the archive knows of a later run
        run(settings, today=DAY)
    assert caught.value.exit_code == 2
