"""The ledger is built anew from the archive alone, and holds what it held."""

from __future__ import annotations

import json
import sqlite3
import uuid
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, make_url, text

from pipeline.cli.main import main
from pipeline.commands.demo import play
from pipeline.commands.rebuild import CannotRebuildError, rebuild
from pipeline.commands.run import alone, run
from pipeline.commands.undo import undo
from pipeline.domain.record import Event, RecordState
from pipeline.errors import BusyError, NoLedgerError
from pipeline.intake.journal import JournalError
from pipeline.outside.ledger import open_ledger
from pipeline.outside.locking.lock import hold
from pipeline.settings import Settings, load_settings
from schemas.language.catalogue import load_catalogue as catalogue
from tests.tools.customers import DAY, SHOP, drop, new_office, office, shops

Books = tuple[dict[str, dict[str, RecordState]], list[Event], list[tuple[str, str]], dict[str, set[str]]]


def held(url: str) -> Books:
    """What a ledger says: the records of every register, their events, the open findings, what each person was told."""
    ledger = open_ledger(url, create=False)
    with ledger.transaction() as uow:
        found = (
            {register.code: uow.records.get(register.code) for register in catalogue().registers},
            uow.events.find(undone=True),
            [(each.owner, each.finding.rule) for each in uow.findings.open()],
            uow.mails.notified(),
        )
    ledger.close()
    return found


def waiting(url: str) -> list[str]:
    ledger = open_ledger(url, create=False)
    with ledger.transaction() as uow:
        mails = [mail.recipient for mail in uow.mails.waiting(datetime(2999, 1, 1, tzinfo=UTC))]
    ledger.close()
    return mails


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return new_office(tmp_path)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An office that has had it all: worklists, an edited master, a roster change, sheets taken back and dropped again."""
    folder = tmp_path_factory.mktemp("played")
    settings = load_settings({}, environ={}, folder=folder).settings.model_copy(update={"settle_seconds": 0})
    day = list(play(settings))[-1].scene.day

    def later() -> date:
        nonlocal day
        day = day.fromordinal(day.toordinal() + 1)
        return day

    master = openpyxl.load_workbook(settings.outbox / "master.xlsx")
    sheet = master["客户"]
    header = next(row for row in sheet.iter_rows() if any(cell.value == "联系电话" for cell in row))
    column = next(cell.column for cell in header if cell.value == "联系电话")
    row = next(row for row in sheet.iter_rows() if row[0].value == "131123100026")
    row[(column or 0) - 1].value = "13932828888"
    master.save(settings.outbox / "master.xlsx")
    run(settings, today=later())
    drop(settings, shops(SHOP, {**SHOP, "licence_no": "131123100190", "customer_name": "福来"}, name="补登.xlsx"))
    run(settings, today=later())
    again = (settings.outbox / "archive" / f"{day:%Y-%m}" / "补登.xlsx").read_bytes()
    undo(settings, "补登.xlsx", today=later())
    (settings.inbox / "补登.xlsx").write_bytes(again)
    run(settings, today=later())
    roster(settings, "周窝镇", "K03")
    run(settings, today=later())
    return settings


def roster(settings: Settings, area: str, manager: str) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["区域代码", "区域名称", "客户经理工号"])
    with_codes = openpyxl.load_workbook(settings.outbox / "master.xlsx")["辖区"]
    code = next(row[0] for row in with_codes.iter_rows(values_only=True) if area in row)
    book.worksheets[0].append([code, area, manager])
    book.save(settings.inbox / "换人.xlsx")


def test_a_played_office_is_built_anew_record_for_record_and_event_for_event(played: Settings, tmp_path: Path) -> None:
    before = held(played.ledger)
    assert {event.undone is None for event in before[1]} == {True, False}
    assert any(entry.values.get("contact_phone") == "13932828888" for entry in before[0]["customers"].values())

    url = f"sqlite:///{tmp_path / 'new.db'}"
    rebuilt = rebuild(played, url)

    assert held(url) == before
    assert (rebuilt.compared, rebuilt.differing) == (True, {})
    assert rebuilt.records == sum(len(entries) for entries in before[0].values())


def test_an_office_moves_to_a_server_so(played: Settings, postgres_url: str) -> None:
    rebuilt = rebuild(played, postgres_url)

    assert rebuilt.differing == {}
    assert held(postgres_url) == held(played.ledger)


def test_it_moves_into_the_part_of_the_server_that_is_its_own(played: Settings, postgres_url: str) -> None:
    office = played.model_copy(update={"office_code": "131123"})

    rebuilt = rebuild(office, postgres_url)

    own = f"{postgres_url}&office=131123"
    assert rebuilt.differing == {} and "office=131123" in rebuilt.url
    assert held(own) == held(played.ledger)
    with pytest.raises(NoLedgerError, match="no ledger in office yet"):
        held(postgres_url)


def test_what_the_new_database_is_refused_for_is_said_in_one_sentence(
    played: Settings, postgres_url: str, tmp_path: Path
) -> None:
    role = f"stranger_{uuid.uuid4().hex[:8]}"
    with create_engine(postgres_url).begin() as connection:
        connection.execute(text(f"CREATE ROLE {role} LOGIN"))
        connection.execute(text("CREATE SCHEMA office_131124"))
    stranger = make_url(postgres_url).set(username=role).render_as_string(hide_password=False)
    nowhere = "postgresql://ruwang@127.0.0.1:9/ruwang?connect_timeout=2"
    refused = [
        (stranger, "131124", "office_131124"),
        (stranger, "131199", "office_code"),
        (postgres_url.replace("/test_", "/gone_"), "131123", "没有这个数据库"),
        (nowhere, "131123", "连不上数据库服务器"),
        (f"{postgres_url}&office=武强", "131123", "武强"),
        ("db.example:ruwang", "131123", "不是数据库地址"),
    ]
    given = ["--inbox", str(played.inbox), "--outbox", str(played.outbox), "--ledger", played.ledger]
    try:
        for url, code, told in refused:
            said = CliRunner(env={"RUWANG_OFFICE_CODE": code}).invoke(main, ["rebuild", "--to", url, *given])
            assert (said.exit_code, len(said.stderr.splitlines())) == (2, 1), said.stderr
            assert said.stderr.startswith("停止：") and told in said.stderr, said.stderr
    finally:
        with create_engine(postgres_url).begin() as connection:
            connection.execute(text(f"DROP OWNED BY {role} CASCADE; DROP ROLE {role}"))


def test_what_was_mailed_is_not_mailed_again(played: Settings, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    rebuild(played, url)
    assert waiting(url) == []

    mails = set((played.outbox / "mail").iterdir())
    summary = run(played.model_copy(update={"ledger": url}), today=date(2026, 11, 20))
    assert summary.files.read == 0
    untold = {path.name for path in set((played.outbox / "mail").iterdir()) - mails}
    reference = run(played, today=date(2026, 11, 20))
    assert summary.mails.sent == reference.mails.sent == len(untold)


def test_a_ledger_that_was_lost_is_back_and_work_goes_on(settings: Settings) -> None:
    office(settings)
    drop(settings, shops(SHOP))
    run(settings, today=DAY)
    before = held(settings.ledger)
    Path(settings.ledger.removeprefix("sqlite:///")).unlink()

    rebuilt = rebuild(settings)

    assert held(settings.ledger) == before
    assert (rebuilt.runs, rebuilt.files, rebuilt.kept, rebuilt.compared) == (2, 3, None, False)
    drop(settings, shops({**SHOP, "contact_phone": "13932829999"}, name="更正.xlsx"))
    assert run(settings, today=DAY).rows.accepted == 1


def test_the_ledger_before_it_is_kept_and_what_it_held_otherwise_is_named(settings: Settings) -> None:
    office(settings)
    drop(settings, shops(SHOP))
    run(settings, today=DAY)
    path = Path(settings.ledger.removeprefix("sqlite:///"))
    with sqlite3.connect(path) as tampered:
        tampered.execute("UPDATE entries SET state = 'archived' WHERE register = 'customers'")
    tampered.close()
    bytes_before = path.read_bytes()

    rebuilt = rebuild(settings)

    assert rebuilt.kept is not None and rebuilt.kept.read_bytes() == bytes_before
    assert rebuilt.differing == {"客户": ["131123100018"]}
    assert held(settings.ledger)[0]["customers"]["131123100018"].state == "to_verify"
    assert rebuild(settings).differing == {}
    assert len(list(path.parent.glob("*.before-rebuild-*.db"))) == 2


def test_deadlines_are_those_that_held_when_the_run_was(settings: Settings) -> None:
    office(settings)
    drop(settings, shops(SHOP))
    run(settings.model_copy(update={"deadlines": {"verify": 9}}), today=DAY)
    before = held(settings.ledger)

    assert rebuild(settings).differing == {}
    assert held(settings.ledger) == before


def test_an_original_that_is_gone_or_altered_stops_it_and_the_ledger_stays(settings: Settings) -> None:
    office(settings)
    drop(settings, shops(SHOP))
    run(settings, today=DAY)
    path = Path(settings.ledger.removeprefix("sqlite:///"))
    before = path.read_bytes()
    (original,) = (settings.outbox / "archive").rglob("登记.xlsx")
    content = original.read_bytes()
    original.write_bytes(content + b"\0")

    with pytest.raises(CannotRebuildError) as stopped:
        rebuild(settings)
    assert "登记.xlsx" in stopped.value.to("zh") and "2026-11-03" in stopped.value.to("zh")
    assert path.read_bytes() == before

    original.unlink()
    (original.parent / "找回来的.xlsx").write_bytes(content)  # under whatever name
    assert rebuild(settings).differing == {}


def test_a_database_that_holds_a_ledger_is_not_written_over(settings: Settings) -> None:
    office(settings)
    with pytest.raises(CannotRebuildError, match="holds a ledger already"):
        rebuild(settings, settings.ledger)


def test_an_archive_without_a_journal_and_one_that_is_torn_are_refused(settings: Settings) -> None:
    with pytest.raises(CannotRebuildError, match="no journal"):
        rebuild(settings)
    office(settings)
    (page,) = (settings.outbox / "archive" / "runs").iterdir()
    page.write_text(page.read_text("utf-8")[:40], "utf-8")
    with pytest.raises(JournalError, match=r"000001\.json is damaged"):
        rebuild(settings)


def test_it_waits_for_a_run_that_is_under_way(settings: Settings) -> None:
    office(settings)
    with hold(settings.lock_folder), pytest.raises(BusyError):
        rebuild(settings)


def test_on_a_server_it_waits_for_the_run_that_holds_the_lease_and_builds_when_it_is_done(
    settings: Settings, postgres_url: str, tmp_path: Path
) -> None:
    served = settings.model_copy(update={"ledger": postgres_url})
    office(served)
    new = f"sqlite:///{tmp_path / 'new.db'}"
    with alone(served), pytest.raises(BusyError):
        rebuild(served, new)
    assert not (tmp_path / "new.db").exists()

    built = rebuild(served, new)
    assert (built.compared, built.differing, held(new)[0]) == (True, {}, held(postgres_url)[0])
    with pytest.raises(CannotRebuildError, match="name an empty database"):
        rebuild(served)


def test_a_server_that_is_gone_does_not_keep_the_ledger_from_being_built_elsewhere(
    settings: Settings, tmp_path: Path
) -> None:
    office(settings)
    gone = settings.model_copy(update={"ledger": f"postgresql+psycopg://ruwang@/ruwang?host={tmp_path}"})

    built = rebuild(gone, f"sqlite:///{tmp_path / 'new.db'}")

    assert (built.compared, built.records > 0) == (False, True)


def test_a_page_that_a_killed_run_did_not_write_is_written_by_the_next_one(settings: Settings) -> None:
    office(settings)
    (page,) = (settings.outbox / "archive" / "runs").iterdir()
    first = page.read_bytes()
    page.unlink()

    run(settings, today=DAY)

    assert page.read_bytes() == first
    assert [each["name"] for each in json.loads(first)["files"]] == ["人员表.xlsx", "辖区表.xlsx"]


def test_the_command_says_what_it_built_and_ends_with_3_when_something_differs(
    settings: Settings, tmp_path: Path
) -> None:
    office(settings)
    drop(settings, shops(SHOP))
    run(settings, today=DAY)
    given = ["rebuild", "--ledger", settings.ledger, "--inbox", str(settings.inbox), "--outbox", str(settings.outbox)]

    same = CliRunner().invoke(main, given)
    assert same.exit_code == 0
    lines = same.stdout.splitlines()
    assert lines[0].startswith("已由 2 批、3 个原件重建账本：") and lines[-1] == "与原账本一致"
    assert "ruwang.before-rebuild-1.db" in lines[1]

    with sqlite3.connect(settings.ledger.removeprefix("sqlite:///")) as tampered:
        tampered.execute("DELETE FROM entries WHERE key = '131123100018'")
    tampered.close()
    other = CliRunner().invoke(main, [*given, "--json"])
    assert other.exit_code == 3
    assert json.loads(other.stdout)["differing"] == {"客户": ["131123100018"]}


def test_an_edited_master_is_in_the_archive_before_it_counts_as_taken(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(settings)
    drop(settings, shops(SHOP))
    run(settings, today=DAY)
    path = settings.outbox / "master.xlsx"
    book = openpyxl.load_workbook(path)
    row = next(row for row in book["客户"].iter_rows() if row[0].value == SHOP["licence_no"])
    row[1].value = "便民超市"
    book.save(path)
    edited = path.read_bytes()

    def killed(*_: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("pipeline.commands.run.published.keep_copy", killed)
        with pytest.raises(KeyboardInterrupt):
            run(settings, today=DAY)
    run(settings, today=DAY)

    assert edited in [each.read_bytes() for each in (settings.outbox / "archive").rglob("master*.xlsx")]
    assert rebuild(settings).differing == {}
