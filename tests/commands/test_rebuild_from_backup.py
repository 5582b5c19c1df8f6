"""A copy of the ledger of some day, and what the archive knows of since, give the ledger as it would stand undisturbed."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli.main import main
from pipeline.commands.demo import play
from pipeline.commands.rebuild import CannotRebuildError, bring_forward
from pipeline.commands.run import run
from pipeline.commands.undo import undo
from pipeline.errors import LedgerError, SettingsError
from pipeline.outside.ledger.backups import back_up, backups
from pipeline.settings import Settings, load_settings
from tests.tools.customers import DAY, SHOP, customers, drop, new_office, office, shops

_BOOKS = ("about", "entries", "events", "findings", "past_findings", "papers", "pending", "serials", "submissions")
_BOOKS += ("told", "traited", "traits")


def dump(ledger: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the tables in which the books are kept."""
    with closing(sqlite3.connect(ledger)) as held:
        return {table: sorted(held.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in _BOOKS}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office that has worked for days, several runs a day: worklists, conflicts, a sheet taken back and dropped again."""
    folder = tmp_path_factory.mktemp("played")
    settings = settings_of(folder)
    day = list(play(settings))[-1].scene.day
    drop(settings, shops(SHOP, {**SHOP, "licence_no": "131123100190", "customer_name": "福来"}, name="补登.xlsx"))
    run(settings, today=day + timedelta(days=1))
    again = (settings.outbox / "archive" / f"{day + timedelta(days=1):%Y-%m}" / "补登.xlsx").read_bytes()
    undo(settings, "补登.xlsx", today=day + timedelta(days=1))
    (settings.inbox / "补登.xlsx").write_bytes(again)
    run(settings, today=day + timedelta(days=1))
    return folder


def settings_of(folder: Path) -> Settings:
    found = load_settings({}, environ={}, folder=folder).settings
    return found.model_copy(update={"settle_seconds": 0})


@pytest.fixture
def worked(played: Path, tmp_path: Path) -> Settings:
    """The same office, to be spoilt."""
    shutil.copytree(played, tmp_path / "office")
    return settings_of(tmp_path / "office")


def ledger_of(settings: Settings) -> Path:
    return Path(settings.ledger.removeprefix("sqlite:///"))


def command(settings: Settings, *words: str) -> Result:
    config = settings.inbox.parent / "pipeline.toml"
    config.write_text("settle_seconds = 0\n")
    return CliRunner().invoke(main, [*words, "--config", str(config)])


def test_whatever_copy_it_begins_with_the_books_are_those_of_an_undisturbed_ledger(worked: Settings) -> None:
    ledger = ledger_of(worked)
    undisturbed = dump(ledger)
    copies = backups(worked.backups, worked.ledger)
    assert len(copies) > 2 and dump(copies[0]) != undisturbed
    runs = []
    for copy in copies:
        ledger.write_bytes(b"torn" * 4096)
        runs.append(bring_forward(worked, copy).runs)
        assert dump(ledger) == undisturbed, copy
    assert runs == sorted(runs) and runs[0] < runs[-1], "of a later copy less is played again"


def test_the_command_says_what_it_did_and_the_next_run_goes_on_and_mails_nothing_twice(worked: Settings) -> None:
    ledger = ledger_of(worked)
    ledger.write_bytes(b"torn" * 4096)
    mails = set(worked.mail_folder.iterdir())

    stopped = command(worked, "run", "--today", "2026-11-20", "--day-is-right")
    assert stopped.exit_code == 2 and "pipeline rebuild --from-backup" in stopped.stderr
    done = command(worked, "rebuild", "--from-backup")
    assert done.exit_code == 0, done.output
    assert backups(worked.backups, worked.ledger)[0].name in done.stdout
    assert "ruwang.before-rebuild-1.db" in done.stdout
    assert set(worked.mail_folder.iterdir()) == mails
    summary = run(worked, today=date(2026, 11, 20), doubt_day=False)
    assert summary.files.read == 0 and summary.rows.read == 0


def test_a_copy_that_is_damaged_is_told_and_the_one_before_it_taken(worked: Settings) -> None:
    ledger = ledger_of(worked)
    undisturbed = dump(ledger)
    newest, before, *_ = backups(worked.backups, worked.ledger)
    newest.write_bytes(newest.read_bytes()[:9000])

    done = command(worked, "rebuild", "--from-backup")

    assert done.exit_code == 0
    first, second, *_ = done.stdout.splitlines()
    assert newest.name in first and "已损坏" in first and before.name in second
    assert dump(ledger) == undisturbed
    asked = command(worked, "rebuild", "--from-backup", str(newest))
    assert asked.exit_code == 2 and "已损坏" in asked.stderr
    assert dump(ledger) == undisturbed


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return new_office(tmp_path)


def test_a_ledger_that_is_gone_is_told_with_what_brings_it_back(settings: Settings) -> None:
    office(settings)
    drop(settings, shops(SHOP))
    run(settings, today=DAY)
    ledger_of(settings).unlink()

    stopped = command(settings, "run", "--today", str(DAY))
    assert stopped.exit_code == 2 and "pipeline rebuild --from-backup" in stopped.stderr
    bring_forward(settings)
    run(settings, today=DAY)
    assert set(customers(settings)) == {SHOP["licence_no"]}


def test_without_any_copy_the_archive_alone_is_named(settings: Settings) -> None:
    office(settings)
    for copy in backups(settings.backups, settings.ledger):
        copy.unlink()
    before = ledger_of(settings).read_bytes()
    with pytest.raises(CannotRebuildError) as stopped:
        bring_forward(settings)
    assert "运行 pipeline rebuild，由存档从头重建" in stopped.value.to("zh")
    with pytest.raises(LedgerError, match="no copy of the ledger"):
        bring_forward(settings, settings.inbox / "nowhere.db")
    assert ledger_of(settings).read_bytes() == before
    assert [path.name for path in ledger_of(settings).parent.glob("*rebuilding*")] == []


def test_a_copy_of_another_office_is_refused(settings: Settings, tmp_path: Path) -> None:
    office(settings)
    other = new_office(tmp_path / "other")
    office(other)
    copy = back_up(other.ledger, tmp_path, DAY, 14)
    before = ledger_of(settings).read_bytes()
    with pytest.raises(SettingsError, match="another ledger's"):
        bring_forward(settings, copy)
    assert ledger_of(settings).read_bytes() == before


@pytest.mark.parametrize("words", [(), ("--from-backup",)])
def test_a_ledger_that_may_not_be_replaced_stays_and_it_is_said(settings: Settings, words: tuple[str, ...]) -> None:
    office(settings)
    ledger = ledger_of(settings)
    before = ledger.read_bytes()
    if subprocess.run(["chattr", "+i", str(ledger)], capture_output=True, check=False).returncode:
        pytest.skip("chattr +i is not possible here, and root may write everywhere")
    try:
        said = command(settings, "rebuild", *words)
    finally:
        subprocess.run(["chattr", "-i", str(ledger)], check=True)
    assert said.exit_code == 2 and "账本未动" in said.stderr and "Traceback" not in said.stderr
    assert ledger.read_bytes() == before


def test_only_what_came_since_has_to_be_in_the_archive(settings: Settings) -> None:
    office(settings)
    run(settings, today=DAY + timedelta(days=1))  # the copy of this day knows all so far
    drop(settings, shops(SHOP))
    run(settings, today=DAY + timedelta(days=1))
    archive = settings.outbox / "archive"
    (archive / "2026-11" / "人员表.xlsx").unlink()
    assert bring_forward(settings).runs == 1
    (archive / "2026-11" / "登记.xlsx").unlink()
    before = ledger_of(settings).read_bytes()
    with pytest.raises(CannotRebuildError, match="登记"):
        bring_forward(settings)
    assert ledger_of(settings).read_bytes() == before
