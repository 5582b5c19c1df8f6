"""A copy of the ledger a day: whole, of one moment, a set number of them; the doctor restores one on trial."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline.commands.doctor import examine
from pipeline.commands.run import run
from pipeline.errors import FolderError, LedgerError
from pipeline.outside.ledger import backups as module
from pipeline.outside.ledger import open_ledger
from pipeline.outside.ledger.backups import back_up, backups, put_in_place, restored
from pipeline.settings import Settings
from schemas.language.catalogue import load_catalogue as catalogue
from tests.outside.ledger.test_migrations import FIRST_VERSION
from tests.tools.customers import DAY, SHOP, drop, new_office, office, shops


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return new_office(tmp_path)


def customers(path: Path) -> set[str]:
    with sqlite3.connect(path) as held:
        found = {key for (key,) in held.execute("SELECT key FROM entries WHERE register = 'customers'")}
    held.close()
    return found


def said(settings: Settings) -> tuple[bool, str]:
    (check,) = [each for each in examine(settings, catalogue(), DAY) if each.what.en == "backup"]
    return check.problem is None, (check.problem or check.note).zh


def test_the_first_run_of_a_day_leaves_a_copy_and_later_ones_do_not(settings: Settings) -> None:
    office(settings)
    drop(settings, shops(SHOP))
    run(settings, today=DAY)

    (copy,) = (Path(settings.ledger.removeprefix("sqlite:///")).parent / "backups").iterdir()
    assert copy.name == "ruwang-2026-11-03.db"
    assert customers(copy) == set()  # of the end of the first run
    run(settings, today=DAY + timedelta(days=1))
    assert customers(copy.with_name("ruwang-2026-11-04.db")) == {"131123100018"}
    assert copy.stat().st_mode & 0o777 == 0o660


def test_fourteen_are_kept_the_newest_and_what_is_no_copy_stays(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "盘"
    office(settings)
    folder.mkdir()
    for name in ("ruwang-old.db", "ruwang.v2.db", "other-2020-01-01.db"):
        (folder / name).touch()
    days = [DAY + timedelta(days=each) for each in range(20)]
    for day in days:
        back_up(settings.ledger, folder, day, settings.backups_kept)

    assert [path.name for path in backups(folder, settings.ledger)] == [
        f"ruwang-{day.isoformat()}.db" for day in reversed(days[-14:])
    ]
    assert {path.name for path in folder.iterdir()} >= {"ruwang-old.db", "ruwang.v2.db", "other-2020-01-01.db"}


def test_it_goes_where_the_settings_say_and_none_is_made_when_none_is_wanted(tmp_path: Path) -> None:
    given = {"settle_seconds": 0, "backup_folder": "copies"}
    settings = new_office(tmp_path, **given)
    run(settings.model_copy(update={"backups_kept": 0}), today=DAY)
    assert not (tmp_path / "copies").exists()

    run(settings, today=DAY)

    assert [path.name for path in (tmp_path / "copies").iterdir()] == ["ruwang-2026-11-03.db"]
    assert not (tmp_path / "ledger" / "backups").exists()


def test_what_another_has_not_committed_is_not_in_the_copy(settings: Settings, tmp_path: Path) -> None:
    office(settings)
    writer = sqlite3.connect(settings.ledger.removeprefix("sqlite:///"), isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM events")

    copy = back_up(settings.ledger, tmp_path / "copies", DAY, 14)

    writer.execute("ROLLBACK")
    writer.close()
    assert copy is not None
    with sqlite3.connect(copy) as held:
        (count,) = held.execute("SELECT count(*) FROM events").fetchone()
    held.close()
    assert count > 0


def test_a_copy_that_was_cut_off_is_made_again_and_counts_as_none(settings: Settings, tmp_path: Path) -> None:
    office(settings)
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies" / "ruwang-2026-11-03.part").write_bytes(b"torn")

    copy = back_up(settings.ledger, tmp_path / "copies", date(2026, 11, 3), 14)

    assert copy is not None and list((tmp_path / "copies").iterdir()) == [copy]


def test_a_folder_that_cannot_be_written_is_told_by_name(settings: Settings, tmp_path: Path) -> None:
    office(settings)
    (tmp_path / "file").touch()
    with pytest.raises(FolderError, match="cannot back up the ledger"):
        back_up(settings.ledger, tmp_path / "file" / "copies", DAY, 14)


def test_a_folder_in_which_nobody_may_make_a_file_is_told_with_what_to_do(settings: Settings, tmp_path: Path) -> None:
    office(settings)
    copies = tmp_path / "copies"
    copies.mkdir()
    if subprocess.run(["chattr", "+i", str(copies)], capture_output=True, check=False).returncode:
        pytest.skip("chattr +i is not possible here, and root may write everywhere")
    try:
        with pytest.raises(FolderError) as told:
            back_up(settings.ledger, copies, DAY, 14)
    finally:
        subprocess.run(["chattr", "-i", str(copies)], check=True)
    assert str(copies) in told.value.to("zh") and "backup_folder" in told.value.to("zh")
    assert back_up(settings.ledger, copies, DAY, 14) is not None


def test_a_ledger_that_is_no_database_is_not_backed_up_over_a_good_copy(settings: Settings, tmp_path: Path) -> None:
    office(settings)
    first = back_up(settings.ledger, tmp_path / "copies", DAY, 14)
    Path(settings.ledger.removeprefix("sqlite:///")).write_bytes(b"rubbish" * 4096)

    with pytest.raises(LedgerError, match="cannot back up"):
        back_up(settings.ledger, tmp_path / "copies", DAY + timedelta(days=1), 14)

    assert backups(tmp_path / "copies", settings.ledger) == [first]


def test_a_ledger_on_a_server_has_no_copies_of_ours(tmp_path: Path) -> None:
    url = "postgresql+psycopg://office@db/ruwang"
    assert back_up(url, tmp_path, DAY, 14) is None
    assert backups(tmp_path, url) == []


def test_the_doctor_restores_the_newest_and_counts_it_against_the_archive(settings: Settings) -> None:
    assert said(settings) == (True, "第一次运行后建立")
    office(settings)
    drop(settings, shops(SHOP))
    run(settings, today=DAY + timedelta(days=1))

    well, sentence = said(settings)

    assert well
    assert sentence.startswith("ruwang-2026-11-04.db 已试恢复：到第 2 批") and sentence.endswith("共 2 份")


def test_the_doctor_tells_of_a_copy_that_lacks_a_row_and_of_one_that_is_damaged(settings: Settings) -> None:
    office(settings)
    drop(settings, shops(SHOP))
    run(settings, today=DAY + timedelta(days=1))
    copy = backups(settings.backups, settings.ledger)[0]
    with sqlite3.connect(copy) as held:
        held.execute("DELETE FROM events WHERE key = '131123100018'")
    held.close()
    well, sentence = said(settings)
    assert not well and "与存档不符" in sentence and "131123100018" in sentence

    content = bytearray(copy.read_bytes())
    content[4096 : 4096 * 3] = os.urandom(4096 * 2)
    copy.write_bytes(content)
    well, sentence = said(settings)
    assert not well and "损坏" in sentence


def test_a_copy_of_an_older_version_is_restored_without_being_touched(tmp_path: Path) -> None:
    older = tmp_path / "ruwang.db"
    with sqlite3.connect(older) as held:
        held.executescript(FIRST_VERSION)
        held.execute("INSERT INTO about VALUES ('version', '1')")
    held.close()
    copy = back_up(f"sqlite:///{older}", tmp_path / "copies", DAY, 14)
    assert copy is not None
    before = copy.read_bytes()

    with restored(copy) as url:
        open_ledger(url, create=False).close()

    assert copy.read_bytes() == before
    assert list((tmp_path / "copies").iterdir()) == [copy]


def test_in_place_of_a_ledger_without_hard_links_it_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = tmp_path / "ruwang.db", tmp_path / "ruwang.rebuilding.db"
    old.write_bytes(b"old")
    (tmp_path / "ruwang.db-journal").write_bytes(b"cut off")
    new.write_bytes(b"new")

    def refuse(self: Path, target: Path) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(module.Path, "hardlink_to", refuse)
    kept = put_in_place(new, old)

    assert kept is not None and (old.read_bytes(), kept.read_bytes()) == (b"new", b"old")
    assert (tmp_path / f"{kept.name}-journal").read_bytes() == b"cut off"
    assert not (tmp_path / "ruwang.db-journal").exists()
