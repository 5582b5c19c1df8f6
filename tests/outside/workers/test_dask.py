"""Sheets read on a cluster: a real scheduler, two worker processes, and what is left when one of them dies."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from unittest.mock import patch

import openpyxl
import pytest
from click.testing import CliRunner

from pipeline.cli.main import main
from pipeline.commands.demo import filled
from pipeline.commands.run import run
from pipeline.errors import ClusterError, SettingsError
from pipeline.intake import collect
from pipeline.outside.workers import dask as cluster_module
from pipeline.outside.workers import dask_host
from pipeline.outside.workers.pool import Allowance
from pipeline.render.reports.template import template
from pipeline.settings import Settings, load_settings
from schemas.language import Layout
from schemas.language.catalogue import load_catalogue as catalogue
from schemas.language.sample import Filled
from schemas.roster.samples import AREAS, PEOPLE
from tests.outside.ledger.test_offices import drop, shop
from tests.tools import cluster
from tests.tools.cluster import Cluster, begun, running
from tests.tools.customers import new_office

DAY = date(2026, 11, 3)
SHEETS = 52
"""Three batches."""


@pytest.fixture
def two_workers(tmp_path: Path) -> Iterator[Cluster]:
    with running(tmp_path / "cluster") as started:
        yield started


def office(folder: Path, executor: str = "local") -> Settings:
    folder.mkdir()
    given = {"executor": executor, "workers": 2}
    return new_office(folder, **given)


def fill(settings: Settings, *troubling: str) -> None:
    """Drop an office's sheets, those of the names *troubling* among them: good sheets for all who read them well."""
    drop(settings, PEOPLE)
    drop(settings, AREAS)
    names = [*(f"登记{number}.xlsx" for number in range(SHEETS)), *troubling]
    for number, name in enumerate(names):
        (settings.inbox / name).write_bytes(registration(number))


@cache
def registration(number: int) -> bytes:
    form = catalogue().form("registration")
    return filled(blank(), form, Filled("", form.code, (shop(f"1311231{number:04}0"),)))


@cache
def blank() -> bytes:
    return template(catalogue().form("registration"), Layout.LIST, "zh", "营销部")


def both(tmp_path: Path, executor: str, *troubling: str) -> tuple[Settings, Settings]:
    """Two offices with the same sheets, byte by byte and of the same times: one reads here, one on the cluster."""
    here, there = office(tmp_path / "here"), office(tmp_path / "there", executor)
    fill(here, *troubling)
    shutil.copytree(here.inbox, there.inbox, dirs_exist_ok=True)
    with patch.object(collect, "read_file", cluster.reads):
        run(here, today=DAY)
    return here, there


def run_there(settings: Settings) -> None:
    with patch.object(collect, "read_file", cluster.reads):
        run(settings, today=DAY)


def workbooks(settings: Settings) -> dict[str, bytes]:
    paths = (path for path in settings.outbox.rglob("*.xlsx") if "archive" not in path.parts)
    return {path.relative_to(settings.outbox).as_posix(): path.read_bytes() for path in paths}


def cells(settings: Settings) -> dict[tuple[str, str, str], object]:
    return {
        (path.relative_to(settings.outbox).as_posix(), sheet.title, cell.coordinate): cell.value
        for path in settings.outbox.rglob("*.xlsx")
        if "archive" not in path.parts
        for sheet in openpyxl.load_workbook(path)
        for row in sheet
        for cell in row
    }


def customers(settings: Settings) -> int:
    table = openpyxl.load_workbook(settings.outbox / "master.xlsx")["客户"].tables["t1_customers"]
    first, last = (int("".join(filter(str.isdigit, corner))) for corner in table.ref.split(":"))
    return last - first


def told(settings: Settings, name: str) -> list[str]:
    """Return what the exceptions of all say of the file *name*."""
    rows = openpyxl.load_workbook(settings.outbox / "exceptions" / "all.xlsx").worksheets[0].iter_rows(values_only=True)
    return ["\n".join(filter(None, map(str, row))) for row in rows if name in row]


def test_a_run_on_a_cluster_gives_the_same_files_also_when_a_worker_is_lost_in_the_middle(
    two_workers: Cluster, tmp_path: Path
) -> None:
    here, there = both(tmp_path, two_workers.executor, cluster.BLOCKS)
    lost: list[int] = []

    def kill_the_worker() -> None:
        lost.append(begun(two_workers))
        os.kill(lost[0], signal.SIGKILL)

    killer = threading.Thread(target=kill_the_worker)
    killer.start()
    run_there(there)
    killer.join()

    assert {each.pid: each.wait() for each in two_workers.workers if each.pid in lost} == {lost[0]: -signal.SIGKILL}
    assert cells(there) == cells(here)
    assert workbooks(there) == workbooks(here)
    assert customers(there) == SHEETS + 1
    assert [path.name for path in there.inbox.rglob("*") if path.is_file()] == []


def test_a_sheet_that_trips_a_limit_takes_neither_its_worker_nor_another_sheet_along(
    two_workers: Cluster, tmp_path: Path
) -> None:
    troubling = ("aborts.xlsx", "eats.xlsx", "opens.xlsx", "loops.xlsx")
    workers = two_workers.asked()

    with patch.object(collect, "ALLOWED", Allowance(1.0, 1.0)):
        here, there = both(tmp_path, two_workers.executor, *troubling)
        run_there(there)

    assert two_workers.asked() == workers
    assert workbooks(there) == workbooks(here)
    assert [len(told(there, name)) for name in troubling] == [1, 1, 1, 1]
    assert customers(there) == SHEETS


def test_a_sheet_that_kills_two_workers_is_put_aside_and_told_of_as_it_is_without_a_cluster(tmp_path: Path) -> None:
    with running(tmp_path / "cluster", nanny=True, allowed_failures=0) as nannies:
        here, there = both(tmp_path, nannies.executor, cluster.KILLS)
        run_there(there)
        killed = (nannies.folder / "killed").read_text().split()

    assert len(set(killed)) == len(killed) == 2
    assert workbooks(there) == workbooks(here)
    assert len(told(there, cluster.KILLS)) == 1
    assert customers(there) == SHEETS


def test_a_run_whose_scheduler_is_lost_says_so_and_enters_nothing(two_workers: Cluster, tmp_path: Path) -> None:
    there = office(tmp_path / "there", two_workers.executor)
    fill(there, cluster.BLOCKS)
    dropped = sorted(path.name for path in there.inbox.iterdir())

    def kill_the_scheduler() -> None:
        begun(two_workers)
        two_workers.scheduler.kill()

    killer = threading.Thread(target=kill_the_scheduler)
    killer.start()
    with pytest.raises(ClusterError, match="nothing was entered"):
        run_there(there)
    killer.join()

    assert sorted(path.name for path in there.inbox.iterdir()) == dropped
    assert not (there.outbox / "master.xlsx").exists()
    with patch.object(collect, "read_file", cluster.reads):
        run(there.model_copy(update={"executor": "local"}), today=DAY)
    assert customers(there) == SHEETS + 1


def test_a_cluster_that_runs_other_code_is_not_asked_to_read(two_workers: Cluster, tmp_path: Path) -> None:
    there = office(tmp_path / "there", two_workers.executor)
    drop(there, PEOPLE)
    with patch.object(dask_host, "code", lambda: "of tomorrow"), pytest.raises(ClusterError, match="other code"):
        run(there, today=DAY)
    assert [path.name for path in there.inbox.rglob("*") if path.is_file()] == [PEOPLE.name]


def test_the_command_line_takes_the_executor_and_the_doctor_says_whether_it_answers(
    two_workers: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = office(tmp_path / "there")
    drop(there, PEOPLE)
    drop(there, AREAS)
    monkeypatch.chdir(tmp_path / "there")
    monkeypatch.setenv("RUWANG_SETTLE_SECONDS", "0")

    def called(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, [*arguments, "--executor", two_workers.executor, "--today", "2026-11-03"])
        return done.exit_code, done.output

    assert called("run") == (0, "")
    code, said = called("doctor")
    assert code == 0
    assert "2 个工作进程" in said
    for process in two_workers.workers:
        process.kill()
        process.wait()
    two_workers.scheduler.kill()
    two_workers.scheduler.wait()
    with patch.object(cluster_module, "CONNECT", 0.5):
        code, said = called("doctor")
        assert code == 2
        assert "连不上集群的调度器" in said
        drop(there, PEOPLE)
        code, said = called("run")
    assert code == 2
    assert "连不上集群的调度器" in said
    assert [path.name for path in there.inbox.rglob("*") if path.is_file()] == [PEOPLE.name]


@pytest.mark.parametrize("wrong", ["dask://", "dask://scheduler", "tcp://scheduler:8786", "dask://a:b", "cluster"])
def test_what_is_no_executor_is_refused_with_what_would_be(wrong: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="dask://scheduler:8786"):
        load_settings({"executor": wrong}, environ={}, folder=tmp_path)
