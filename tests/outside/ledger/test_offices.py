"""Offices share one ledger on a server: each its own run, roster and lease, none sees or disturbs the others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from pipeline.cli.main import main
from pipeline.commands.demo import filled, play
from pipeline.commands.run import alone, run
from pipeline.commands.status import status, status_of_all
from pipeline.errors import LedgerError
from pipeline.render.reports.template import template
from pipeline.settings import Settings, load_settings
from schemas.language.catalogue import load_catalogue as catalogue
from schemas.language.sample import Cells, Filled
from schemas.roster.samples import AREAS, PEOPLE

DAY = "2026-11-03"

# the command line, standing still in the middle of its transaction until it is told to go on
PAUSED = """
    import sys
    import pipeline.commands.run
    from pipeline.cli.main import main
    prepare = pipeline.commands.run.prepare
    def pausing(*given, **named):
        print("inside", flush=True)
        sys.stdin.readline()
        return prepare(*given, **named)
    pipeline.commands.run.prepare = pausing
    main()
"""


def office(folder: Path, url: str, code: str = "", lease: float = 60) -> Settings:
    folder.mkdir(exist_ok=True)
    given = {"ledger": url, "office_code": code, "office_name": f"{code}营销部", "lease_seconds": lease}
    settings = load_settings(given, environ={}, folder=folder).settings.model_copy(update={"settle_seconds": 0})
    settings.inbox.mkdir(exist_ok=True)
    return settings


def drop(settings: Settings, sheet: Filled) -> None:
    form = catalogue().form(sheet.form)
    (settings.inbox / sheet.name).write_bytes(filled(template(form, sheet.layout, "zh", "营销部"), form, sheet))


def shops(*numbers: str) -> Filled:
    return Filled("登记.xlsx", "registration", tuple(shop(number) for number in numbers))


def shop(number: str) -> Cells:
    return {
        "licence_no": number,
        "customer_name": f"商店{number[-3:]}",
        "principal": "张三喜",
        "contact_phone": f"139328{number[-5:]}",
        "shop_address": f"武强县周窝镇周窝村{number[-3:]}号",
        "valid_until": "2029-03-04",
    }


@contextmanager
def started(settings: Settings, *, paused: bool = False) -> Iterator[subprocess.Popen[str]]:
    """``pipeline run`` of an office in a process of its own."""
    program = ["-c", textwrap.dedent(PAUSED)] if paused else ["-m", "pipeline"]
    environment = {
        "RUWANG_LEDGER": settings.ledger.split("&office=")[0],
        "RUWANG_OFFICE_CODE": settings.ledger.partition("&office=")[2],
        "RUWANG_OFFICE_NAME": settings.office_name,
        "RUWANG_LEASE_SECONDS": str(settings.lease_seconds),
        "RUWANG_SETTLE_SECONDS": "0",
        "PYTHONPATH": str(Path.cwd()),
    }
    with subprocess.Popen(
        [sys.executable, *program, "run", "--today", DAY],
        cwd=settings.inbox.parent,
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            if paused:
                assert process.stdout is not None
                assert process.stdout.readline() == "inside\n"
            yield process
        finally:
            process.kill()


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Exit code and messages of a process that may go on."""
    _, said = process.communicate("\n")
    return process.returncode, said


def licences(settings: Settings) -> list[str]:
    path = settings.outbox / "master.xlsx"
    if not path.exists():
        return []
    rows = list(openpyxl.load_workbook(path)["客户"].iter_rows(values_only=True))
    header = next(at for at, row in enumerate(rows) if "许可证号" in row)
    column = rows[header].index("许可证号")
    return [str(row[column]) for row in rows[header + 1 :] if row[column]]


def records(settings: Settings) -> dict[str, int]:
    return {each.register: each.records for each in status(settings).registers}


def until_the_lease_runs_out(url: str) -> None:
    with create_engine(url).connect() as connection:
        connection.execute(text("SELECT pg_sleep_until(max(expires) + interval '1 ms') FROM office.leases"))


def test_two_days_on_a_server_give_the_same_files_byte_by_byte(postgres_url: str, tmp_path: Path) -> None:
    outboxes = []
    for name, url in (("file", f"sqlite:///{tmp_path / 'ruwang.db'}"), ("server", postgres_url)):
        settings = office(tmp_path / name, url)
        for _ in play(settings):
            pass
        outboxes.append(
            {
                path.relative_to(settings.outbox).as_posix(): path.read_bytes()
                for folder in ("", "worklists", "exceptions")
                for path in (settings.outbox / folder).glob("*.xlsx")
            }
        )

    on_file, on_server = outboxes
    assert {"master.xlsx", "exceptions/all.xlsx"} <= on_file.keys()
    assert on_server.keys() == on_file.keys()
    assert [path for path in on_file if on_file[path] != on_server[path]] == []


def test_two_offices_run_at_once_and_neither_sees_what_the_other_has_not_finished(
    postgres_url: str, tmp_path: Path
) -> None:
    one, other = (office(tmp_path / code, postgres_url, code) for code in ("131123", "131124"))
    drop(one, PEOPLE)
    drop(one, AREAS)
    drop(one, shops("131123100018"))
    drop(other, shops("131124100018", "131124100026"))

    with started(one, paused=True) as first:
        with started(other) as second:
            assert ended(second) == (0, "")
        assert licences(other) == ["131124100018", "131124100026"]
        assert records(one)["people"] == 0, "a run that has not ended is not seen"
        assert ended(first) == (0, "")

    assert licences(one) == ["131123100018"]
    assert (records(one)["people"], records(other)["people"]) == (len(PEOPLE.records), 0)


def test_two_runs_of_one_office_at_once_the_second_says_so_and_does_nothing(postgres_url: str, tmp_path: Path) -> None:
    here = office(tmp_path / "here", postgres_url, "131123")
    elsewhere = office(tmp_path / "elsewhere", postgres_url, "131123")  # another machine, another folder
    drop(here, shops("131123100018"))
    drop(elsewhere, shops("131123100026"))

    with started(here, paused=True) as first:
        with started(elsewhere) as second:
            code, said = ended(second)
        assert code == 75
        assert f":{first.pid}）" in said
        assert (elsewhere.inbox / "登记.xlsx").exists()
        assert ended(first) == (0, "")

    with started(elsewhere) as second:
        assert ended(second) == (0, "")
    assert licences(elsewhere) == ["131123100018", "131123100026"]


def test_what_a_killed_run_left_undone_the_next_one_does(postgres_url: str, tmp_path: Path) -> None:
    settings = office(tmp_path / "office", postgres_url)
    drop(settings, shops("131123100018"))
    with started(settings, paused=True) as first:
        first.send_signal(signal.SIGKILL)
        first.wait()
    with started(settings) as second:
        assert ended(second)[0] == 75

    with create_engine(postgres_url).begin() as connection:  # an hour later
        connection.execute(text("UPDATE office.leases SET expires = expires - interval '1 hour'"))

    with started(settings) as third:
        assert ended(third) == (0, "")
    assert licences(settings) == ["131123100018"]
    assert status(settings).run == 1
    assert [path.name for path in settings.inbox.rglob("*") if path.is_file()] == []


def test_a_run_that_stood_still_too_long_enters_nothing_and_overwrites_nothing(
    postgres_url: str, tmp_path: Path
) -> None:
    settings = office(tmp_path / "office", postgres_url, lease=3)
    drop(settings, shops("131123100018"))
    with started(settings, paused=True) as first:
        first.send_signal(signal.SIGSTOP)
        until_the_lease_runs_out(postgres_url)
        drop(settings, shops("131123100018", "131123100026"))
        with started(settings.model_copy(update={"lease_seconds": 60})) as second:
            assert ended(second) == (0, "")
        first.send_signal(signal.SIGCONT)
        code, said = ended(first)

    assert code == 75
    assert "运行权已失去" in said
    assert licences(settings) == ["131123100018", "131123100026"]
    assert status(settings).run == 1


def test_an_office_can_be_asked_while_its_run_is_under_way(postgres_url: str, tmp_path: Path) -> None:
    settings = office(tmp_path / "office", postgres_url, "131123")
    with alone(settings) as ledger, ledger.transaction() as uow:
        assert uow.runs.last() is None
        assert status(settings).run == 0


def test_the_office_stands_in_the_address_and_only_there(tmp_path: Path) -> None:
    shared = office(tmp_path, "postgresql://clerk@db/ruwang", "131123")
    assert shared.ledger == "postgresql://clerk@db/ruwang?office=131123"
    alone_on_file = office(tmp_path, "sqlite:///ruwang.db", "131123")
    assert alone_on_file.ledger == f"sqlite:///{tmp_path}/ruwang.db"


def test_all_offices_are_counted_each_and_together_by_one_who_may_read_them(postgres_url: str, tmp_path: Path) -> None:
    one, other, nameless = (office(tmp_path / code, postgres_url, code) for code in ("131123", "131124", ""))
    drop(one, PEOPLE)
    drop(one, AREAS)
    drop(one, shops("131123100018"))
    drop(other, shops("131124100018", "131124100026", "123"))
    for each in (one, other, nameless):
        run(each, today=date(2026, 11, 3))
    with create_engine(postgres_url).begin() as connection:
        connection.execute(text("CREATE SCHEMA offices; CREATE TABLE offices.entries (state text)"))  # somebody else's

    told = status_of_all(nameless, today=date(2026, 11, 30))

    assert told.offices == {
        "": status(nameless, today=date(2026, 11, 30)),
        "131123": status(one, today=date(2026, 11, 30)),
        "131124": status(other, today=date(2026, 11, 30)),
    }
    (customers,) = [each for each in told.registers if each.title == "客户"]
    assert (customers.records, customers.overdue) == (3, 3)
    assert (customers.states["待核实"], customers.states["待分配"]) == (1, 2)
    assert told.findings.error == sum(status(each).findings.error for each in (one, other, nameless))


def test_the_counts_of_all_offices_are_read_line_by_line(postgres_url: str, tmp_path: Path) -> None:
    settings = office(tmp_path / "131123", postgres_url, "131123")
    drop(settings, shops("131123100018"))
    run(settings, today=date(2026, 11, 3))

    given = ["status", "--all", "--ledger", postgres_url, "--today", DAY]
    lines = CliRunner().invoke(main, given).output.splitlines()

    assert lines[0] == "131123：最近一批：第 1 批，2026-11-03"
    assert "合计 1 个单位" in lines
    assert any(line.startswith("  客户：1（") for line in lines)


def test_the_roles_of_the_page_keep_offices_apart_and_let_the_province_count(postgres_url: str, tmp_path: Path) -> None:
    page = (Path(__file__).parents[3] / "docs" / "scale.md").read_text("utf-8")
    once, for_an_office = (block.split("```")[0] for block in page.split("```sql\n")[1:3])
    once = "".join(line for line in once.splitlines(keepends=True) if not line.startswith("CREATE DATABASE"))
    url = make_url(postgres_url)
    mark = f"t{uuid.uuid4().hex[:8]}"  # roles belong to the whole server, which other tests use too

    def ours(statements: str, code: str = "") -> str:
        named = statements.replace("DATABASE ruwang", f"DATABASE {url.database}").replace(
            "province", f"province_{mark}"
        )
        return named.replace("131123", f"{code}{mark}")

    def address(user: str) -> str:
        return url.set(username=user).render_as_string(hide_password=False)

    codes = [f"{code}{mark}" for code in ("131123", "131124")]
    try:
        with create_engine(postgres_url).begin() as connection:
            connection.execute(text(ours(once)))
            for code in ("131123", "131124"):
                connection.execute(text(ours(for_an_office, code)))
        for code in codes:
            settings = office(tmp_path / code, address(f"office_{code}"), code)
            drop(settings, shops("131123100018"))
            assert run(settings, today=date(2026, 11, 3)).rows.accepted == 1

        stranger = office(tmp_path / "stranger", address(f"office_{codes[0]}"), codes[1])
        with pytest.raises(LedgerError, match="may not use office_131124"):
            status(stranger)
        told = status_of_all(office(tmp_path / "province", address(f"province_{mark}")))
        assert [(code, each.run) for code, each in told.offices.items()] == [(code, 1) for code in codes]
        told = status_of_all(stranger)
        assert list(told.offices) == codes[:1]
    finally:
        with create_engine(postgres_url).begin() as connection:
            for role in (f"province_{mark}", *(f"office_{code}" for code in codes)):
                connection.execute(text(f"DROP OWNED BY {role} CASCADE; DROP ROLE {role}"))
