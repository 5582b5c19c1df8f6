"""One run at a time for each office on a server, and none that lost its turn writes."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import create_engine, text

from pipeline.errors import BusyError, LeaseLostError
from pipeline.outside.ledger import open_ledger
from pipeline.outside.locking.exclusive_ledger import is_under_way, open_exclusively

DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Shanghai"))

# enters a run, says so, waits for a line before it ends its transaction, and says how that went
HOLDER = """
    import sys
    from datetime import date, datetime, UTC
    from pathlib import Path
    from pipeline.errors import RuwangError
    from pipeline.outside.locking.exclusive_ledger import open_exclusively
    url, folder, seconds = sys.argv[1:]
    try:
        with open_exclusively(url, Path(folder), float(seconds)) as ledger, ledger.transaction() as uow:
            uow.runs.start(date(2026, 11, 22), datetime.now(UTC))
            print("inside", flush=True)
            sys.stdin.readline()
    except RuwangError as error:
        print(type(error).__name__, flush=True)
        sys.exit(error.exit_code)
"""


@contextmanager
def holder(url: str, folder: Path, seconds: float) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(HOLDER), url, str(folder), str(seconds)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "inside\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def until_it_runs_out(url: str) -> None:
    """Wait as long as the server says that the lease stands."""
    with create_engine(url).connect() as connection:
        connection.execute(text("SELECT pg_sleep_until(max(expires) + interval '1 ms') FROM office.leases"))


def days(url: str) -> list[date]:
    with open_ledger(url).transaction() as uow:
        return list(uow.runs.days().values())


def test_a_second_run_is_told_who_holds_the_lease_and_may_go_when_the_first_is_done(
    postgres_url: str, tmp_path: Path
) -> None:
    with holder(postgres_url, tmp_path, 60) as first:
        with pytest.raises(BusyError) as caught, open_exclusively(postgres_url, tmp_path, 60):
            pass
        assert caught.value.exit_code == 75
        assert f":{first.pid}）" in caught.value.to("zh")
        assert is_under_way(postgres_url, tmp_path)
        first.communicate("\n")
        assert first.returncode == 0
    assert not is_under_way(postgres_url, tmp_path)
    assert days(postgres_url) == [date(2026, 11, 22)]


def test_a_lease_is_renewed_while_the_run_lives(postgres_url: str, tmp_path: Path) -> None:
    with holder(postgres_url, tmp_path, 2) as first:
        for _ in range(2):
            until_it_runs_out(postgres_url)
        assert is_under_way(postgres_url, tmp_path)
        first.communicate("\n")
        assert first.returncode == 0


def test_the_lease_of_a_killed_run_is_taken_over_when_it_has_run_out_and_not_before(
    postgres_url: str, tmp_path: Path
) -> None:
    with holder(postgres_url, tmp_path, 60) as first:
        first.kill()
        first.wait()
        with pytest.raises(BusyError), open_exclusively(postgres_url, tmp_path, 60):
            pass
        with create_engine(postgres_url).begin() as connection:  # an hour later
            connection.execute(text("UPDATE office.leases SET expires = expires - interval '1 hour'"))
        with open_exclusively(postgres_url, tmp_path, 60) as ledger, ledger.transaction() as uow:
            assert uow.runs.start(DAY, NOW) == 1
    assert days(postgres_url) == [DAY]


def test_a_run_that_stood_still_is_replaced_and_does_not_commit(postgres_url: str, tmp_path: Path) -> None:
    with holder(postgres_url, tmp_path, 1) as first:
        first.send_signal(signal.SIGSTOP)
        until_it_runs_out(postgres_url)
        # the first has entered run 1 and not committed it: its row would hold us up
        with open_exclusively(postgres_url, tmp_path, 60) as ledger, ledger.transaction() as uow:
            assert uow.runs.start(DAY, NOW) == 1
        first.send_signal(signal.SIGCONT)
        said, _ = first.communicate("\n")
        assert (said, first.returncode) == ("LeaseLostError\n", 75)
    assert days(postgres_url) == [DAY]


def test_a_run_that_stood_still_does_not_commit_even_when_nobody_has_taken_its_place(
    postgres_url: str, tmp_path: Path
) -> None:
    with holder(postgres_url, tmp_path, 1) as first:
        first.send_signal(signal.SIGSTOP)
        until_it_runs_out(postgres_url)
        first.send_signal(signal.SIGCONT)
        said, _ = first.communicate("\n")
        assert (said, first.returncode) == ("LeaseLostError\n", 75)
    assert days(postgres_url) == []


def test_a_run_that_lost_its_lease_writes_no_file_either(postgres_url: str, tmp_path: Path) -> None:
    with open_exclusively(postgres_url, tmp_path, 1) as ledger:
        ledger.confirm()
        with create_engine(postgres_url).begin() as connection:
            connection.execute(text("UPDATE office.leases SET expires = clock_timestamp()"))
            connection.execute(text("SELECT pg_sleep(1.1)"))  # the run itself would not know before
        with pytest.raises(LeaseLostError):
            ledger.confirm()


def test_each_office_has_a_lease_of_its_own(postgres_url: str, tmp_path: Path) -> None:
    with (
        open_exclusively(f"{postgres_url}&office=131123", tmp_path / "a", 60) as one,
        open_exclusively(f"{postgres_url}&office=131124", tmp_path / "b", 60) as other,
        one.transaction() as uow,
        other.transaction() as others,
    ):
        assert uow.runs.start(DAY, NOW) == 1
        assert others.runs.start(NOW.date(), NOW) == 1
        assert others.runs.last() == (1, DAY)


def test_a_file_s_ledger_is_guarded_beside_the_outbox(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ruwang.db'}"
    with open_exclusively(url, tmp_path, 60):
        assert is_under_way(url, tmp_path)
        with pytest.raises(BusyError), open_exclusively(url, tmp_path, 60):
            pass
    assert not is_under_way(url, tmp_path)
