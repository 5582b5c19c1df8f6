"""Disk full, folders gone, ledger held or broken, clock put back: a plain message, the documented exit code, and the next run completes the work."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

import pipeline.commands.run as run_module
from pipeline.cli.main import main
from pipeline.commands.run import run
from pipeline.errors import RuwangError
from pipeline.intake.collect import Collected
from pipeline.outside.files import inbox as the_inbox
from pipeline.settings import Settings
from schemas.roster.samples import AREAS, PEOPLE
from tests.tools.customers import SHOP, customers, drop, new_office, shops, told

DAY = date(2026, 11, 3)
ROOT = Path(__file__).parents[2]
GENEROUS = 300


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = new_office(tmp_path)
    drop(found, PEOPLE)
    drop(found, AREAS)
    return found


def command(settings: Settings, *words: str, prepare: Callable[[], None] | None = None) -> tuple[int, str]:
    """Exit code and messages of a run in a process of its own, as cron starts it."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "run", "--today", DAY.isoformat(), *words],
        cwd=settings.inbox.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT), "RUWANG_SETTLE_SECONDS": "0"},
        capture_output=True,
        text=True,
        timeout=GENEROUS,
        preexec_fn=prepare,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


def completes(settings: Settings) -> None:
    """The next run does all of it: customers in the master, originals archived, nobody told twice."""
    assert command(settings) == (0, "")
    assert set(customers(settings)) == {SHOP["licence_no"]}
    assert not [path for path in settings.inbox.rglob("*") if path.is_file()]
    archived = list((settings.outbox / "archive" / "2026-11").glob("*.xlsx"))
    assert len(archived) == 3
    subjects = [path.name.partition("-")[0] for path in settings.mail_folder.glob("*.eml")]
    assert subjects and len(subjects) == len(set(subjects))


def only_small_files(most: int) -> Callable[[], None]:
    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return limit


@pytest.mark.parametrize("most", [4 << 10, 100 << 10])
def test_a_disk_without_room_for_the_ledger(settings: Settings, most: int) -> None:
    pytest.importorskip("resource")
    drop(settings, shops(SHOP))
    code, message = command(settings, prepare=only_small_files(most))
    assert code == 2
    assert "空间" in message
    completes(settings)


@pytest.fixture
def small_disk(settings: Settings) -> Iterator[Path]:
    """An outbox on a disk of its own with 40 KB."""
    settings.outbox.mkdir(exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=40k", "tmpfs", str(settings.outbox)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("may not mount a small disk here")
    yield settings.outbox
    subprocess.run(["umount", "-l", str(settings.outbox)], check=True)


def test_an_outbox_that_is_full(settings: Settings, small_disk: Path) -> None:
    drop(settings, shops(SHOP))
    code, message = command(settings)
    assert code == 2
    assert "没有空间了" in message and "清理" in message
    assert len([path for path in settings.inbox.rglob("*") if path.is_file()]) == 3, "originals stay until all is out"
    for path in small_disk.glob("*.xlsx"):
        openpyxl.load_workbook(path)
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    completes(settings)


def test_an_archive_on_another_disk_gets_the_originals_with_their_bytes(settings: Settings) -> None:
    other = Path("/dev/shm")
    if not other.is_dir() or other.stat().st_dev == settings.inbox.stat().st_dev:
        pytest.skip("no other file system here")
    far = other / f"ruwang-{os.getpid()}"
    far.mkdir()
    try:
        settings.outbox.mkdir()
        (settings.outbox / "archive").symlink_to(far)
        sheet = drop(settings, shops(SHOP))
        content = sheet.read_bytes()
        completes(settings)
        assert (far / "2026-11" / sheet.name).read_bytes() == content
    finally:
        shutil.rmtree(far)


def test_an_outbox_that_nobody_may_write_in(settings: Settings) -> None:
    settings.outbox.mkdir()
    drop(settings, shops(SHOP))
    if subprocess.run(["chattr", "+i", str(settings.outbox)], capture_output=True, check=False).returncode:
        pytest.skip("chattr +i is not possible here, and root may write everywhere")
    try:
        code, message = command(settings)
    finally:
        subprocess.run(["chattr", "-i", str(settings.outbox)], check=True)
    assert code == 2
    assert str(settings.outbox) in message and "请检查文件夹和权限" in message
    completes(settings)


def test_an_inbox_that_nobody_may_look_into(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(settings, shops(SHOP))

    def denying(look: Callable[..., Any]) -> Callable[..., Any]:
        def denied(folder: str | Path = ".") -> Any:
            if Path(folder) == settings.inbox:
                raise PermissionError(errno.EACCES, "Permission denied", str(folder))
            return look(folder)

        return denied

    monkeypatch.chdir(settings.inbox.parent)
    monkeypatch.setenv("RUWANG_SETTLE_SECONDS", "0")
    with monkeypatch.context() as patched:  # root, as whom tests may run, looks into every folder
        for look in ("scandir", "listdir"):
            patched.setattr(os, look, denying(getattr(os, look)))
        stopped, looked = (CliRunner().invoke(main, [verb, "--today", str(DAY)]) for verb in ("run", "doctor"))
    assert (stopped.exit_code, looked.exit_code) == (2, 2)
    assert f"{settings.inbox}（Permission denied）" in stopped.stderr and "权限" in stopped.stderr
    (line,) = [line for line in looked.stdout.splitlines() if line.startswith("收件夹")]
    assert f"{settings.inbox}（Permission denied）" in line
    assert "Traceback" not in stopped.stderr + looked.stderr
    completes(settings)


def test_an_inbox_that_vanishes_while_a_run_is_under_way(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    drop(settings, shops(SHOP))
    scan = the_inbox.scan

    def and_gone(*given: object) -> the_inbox.Scan:
        found = scan(*given)  # type: ignore[arg-type]
        settings.inbox.rename(tmp_path / "gone")
        return found

    monkeypatch.setattr(the_inbox, "scan", and_gone)
    summary = run(settings, today=DAY)
    assert summary.files.read == 3
    assert len(list((settings.outbox / "archive" / "2026-11").glob("*.xlsx"))) == 3, "what was read is kept"
    monkeypatch.undo()
    (tmp_path / "gone").rename(settings.inbox)
    completes(settings)


def test_a_ledger_that_another_program_holds(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(settings, shops(SHOP))
    assert command(settings)[0] == 0
    drop(settings, shops({**SHOP, "customer_name": "惠民便利店"}, name="改名.xlsx"))
    held = sqlite3.connect(settings.inbox.parent / "ledger" / "ruwang.db")
    held.execute("BEGIN EXCLUSIVE")
    monkeypatch.setenv("RUWANG_LEDGER", f"{settings.ledger}?timeout=1")
    try:
        code, message = command(settings)
    finally:
        held.close()
    assert code == 2
    assert "占用" in message and "稍后" in message
    assert command(settings)[0] == 0
    assert customers(settings)[str(SHOP["licence_no"])]["客户名称"] == "惠民便利店"


@pytest.mark.parametrize("harm", ["cut off", "overwritten"])
def test_a_ledger_that_is_damaged_says_how_to_have_it_back(settings: Settings, harm: str) -> None:
    drop(settings, shops(SHOP))
    assert command(settings)[0] == 0
    ledger = settings.inbox.parent / "ledger" / "ruwang.db"
    whole = ledger.read_bytes()
    ledger.write_bytes(whole[: len(whole) // 3] if harm == "cut off" else b"x" * 4096 + whole[4096:])
    code, message = command(settings)
    assert code == 2
    assert "pipeline rebuild" in message
    assert ledger.read_bytes() != b"", "what is left of it is not thrown away"


def test_a_clock_that_was_put_back_is_told_and_changes_nothing(settings: Settings) -> None:
    drop(settings, shops(SHOP))
    run(settings, today=DAY)
    before = customers(settings)
    mails = len(list(settings.mail_folder.glob("*.eml")))
    run(settings, today=DAY - timedelta(days=40))
    assert [sentence for _, sentence in told(settings) if "早于" in sentence] == [
        "本批次的日期 2026-09-24 早于上一批次的 2026-11-03"
    ]
    assert customers(settings) == before
    assert len(list(settings.mail_folder.glob("*.eml"))) == mails, "nobody is told twice"
    run(settings, today=DAY)
    run(settings, today=DAY)
    assert not [sentence for _, sentence in told(settings) if "早于" in sentence]


def test_another_time_zone_moves_today_and_no_deadline(settings: Settings) -> None:
    drop(settings, shops(SHOP))
    east = settings.model_copy(update={"timezone": "Pacific/Kiritimati"})  # 25 hours apart: never the same day
    west = settings.model_copy(update={"timezone": "Pacific/Pago_Pago"})
    run(east)
    before = customers(settings)
    mails = len(list(settings.mail_folder.glob("*.eml")))
    assert run(west).rows.read == 0
    assert [sentence for _, sentence in told(settings) if "早于" in sentence], "the day went back, and that is said"
    assert run(east).rows.read == 0
    assert not [sentence for _, sentence in told(settings) if "早于" in sentence]
    assert len(list(settings.mail_folder.glob("*.eml"))) == mails, "nobody is told twice"
    assert customers(settings) == before


def test_a_ledger_of_a_newer_program_is_left_alone(settings: Settings) -> None:
    drop(settings, shops(SHOP))
    assert command(settings)[0] == 0
    path = settings.inbox.parent / "ledger" / "ruwang.db"
    with sqlite3.connect(path) as ledger:
        (version,) = ledger.execute("SELECT value FROM about WHERE name = 'version'").fetchone()
        ledger.execute("UPDATE about SET value = '999' WHERE name = 'version'")
    ledger.close()
    before = path.read_bytes()
    drop(settings, shops({**SHOP, "customer_name": "惠民便利店"}, name="改名.xlsx"))
    code, message = command(settings)
    assert code == 2
    assert "999" in message and "安装新版" in message
    assert path.read_bytes() == before
    assert (settings.inbox / "改名.xlsx").exists()
    with sqlite3.connect(path) as ledger:
        ledger.execute("UPDATE about SET value = ? WHERE name = 'version'", (version,))
    ledger.close()
    assert command(settings)[0] == 0
    assert customers(settings)[str(SHOP["licence_no"])]["客户名称"] == "惠民便利店"


def test_an_archive_that_nobody_may_write_in(settings: Settings) -> None:
    archive = settings.outbox / "archive"
    archive.mkdir(parents=True)
    drop(settings, shops(SHOP))
    if subprocess.run(["chattr", "+i", str(archive)], capture_output=True, check=False).returncode:
        pytest.skip("chattr +i is not possible here, and root may write everywhere")
    try:
        for _ in range(2):
            code, message = command(settings)
            assert code == 2
            assert str(archive) in message
            assert len([path for path in settings.inbox.rglob("*") if path.is_file()]) == 3, "no original is lost"
    finally:
        subprocess.run(["chattr", "-i", str(archive)], check=True)
    completes(settings)


def stopped(do: Callable[[], object]) -> str:
    """What stops a process of its own: when it is gone nobody holds its lock."""
    ends, begins = os.pipe()
    child = os.fork()
    if not child:
        try:
            do()
        except RuwangError as error:
            os.write(begins, str(error).encode())
        finally:
            os._exit(0)
    os.close(begins)
    os.waitpid(child, 0)
    with os.fdopen(ends, "rb") as said:
        return said.read().decode()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.parametrize("step", ["write_files", "send_mails", "archive"])
def test_an_outbox_that_vanishes_while_a_run_is_under_way(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, step: str
) -> None:
    drop(settings, shops(SHOP))
    owner = Collected if step == "archive" else run_module
    real = getattr(owner, step)

    def and_gone(*given: object) -> object:
        settings.outbox.rename(tmp_path / "gone")
        (settings.outbox).write_bytes(b"")  # nor can it be made again
        return real(*given)

    with monkeypatch.context() as patched:
        patched.setattr(owner, step, and_gone)
        assert str(settings.outbox) in stopped(lambda: run(settings, today=DAY))
    assert len([path for path in settings.inbox.rglob("*") if path.is_file()]) == 3
    settings.outbox.unlink()
    (tmp_path / "gone").rename(settings.outbox)
    completes(settings)
