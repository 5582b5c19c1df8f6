"""The program as one file: whole, and at work in an empty environment, outside its folder, without internet."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from pipeline import __version__
from pipeline.outside.commit import commit
from pipeline.outside.ledger.tables import VERSION
from tests.faults.bare_machine import lent, missing, month_of
from tests.faults.month import FAULTS, play
from tests.supply.licences import ROOT

_SECONDS = 600
_NO_INTERNET = {"PIP_CONFIG_FILE": os.devnull, "https_proxy": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9"}


def call(words: Sequence[str | Path], folder: Path, *, offline: bool = False) -> subprocess.CompletedProcess[str]:
    """Run a command in *folder*, without what this environment lends to Python."""
    environ = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    if offline:
        environ = {name: value for name, value in environ.items() if not name.startswith("PIP_")} | _NO_INTERNET
    return subprocess.run(
        [str(word) for word in words],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=_SECONDS,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    words = [
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--no-build-isolation",
        "--wheel-dir",
        folder,
        ".",
    ]
    built = call([sys.executable, *words], ROOT, offline=True)
    assert built.returncode == 0, built.stderr
    (found,) = folder.glob("*.whl")
    return found


def test_all_that_lies_beside_the_code_is_in_it_and_nothing_else(wheel: Path) -> None:
    ours = {
        path.relative_to(ROOT).as_posix()
        for package in ("pipeline", "schemas")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as held:
        names = {name for name in held.namelist() if ".dist-info/" not in name}
    assert names - {"pipeline/commit.txt"} == ours
    assert {"pipeline/render/mail/digest.html", "pipeline/render/mail/digest.txt"} <= names


def test_its_name_bears_the_version_of_the_program_which_the_changelog_has_with_a_day(wheel: Path) -> None:
    assert wheel.name == f"ruwang-{__version__}-py3-none-any.whl"
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## {re.escape(__version__)} \(\d{{4}}-\d\d-\d\d\)$", changelog, re.MULTILINE)


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md", "docs/ops.md", "docs/zh/运维.md"])
def test_pages_that_name_a_version_name_this_one(page: str) -> None:
    named = set(re.findall(r"ruwang(?:-|(?:\[[a-z,]+\])?==)(\d+\.\d+\.\d+)", (ROOT / page).read_text("utf-8")))
    assert named == {__version__}


@pytest.fixture(scope="module")
def house(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and all that it needs, as ``make wheelhouse`` makes it."""
    house = tmp_path_factory.mktemp("wheelhouse")
    lock = ROOT / "requirements-run.lock"
    words = ["-m", "pip", "download", "--quiet", "--require-hashes", "--retries", "1", "-r", lock, "--dest", house]
    fetched = call([sys.executable, *words], house)
    if fetched.returncode:
        said = fetched.stderr.strip().splitlines() or ["no answer"]
        pytest.skip(f"no package index is reached: {said[-1]}")
    shutil.copy(wheel, house)
    return house


def test_it_works_in_an_empty_environment_outside_its_folder_without_internet(
    wheel: Path, house: Path, tmp_path: Path
) -> None:
    venv.create(tmp_path / "empty", with_pip=True)
    own = tmp_path / "empty" / ("Scripts" if os.name == "nt" else "bin")
    install = ["-m", "pip", "install", "--quiet", "--no-index", "--find-links", house, wheel]
    done = call([own / "python", *install], tmp_path, offline=True)
    assert done.returncode == 0, done.stderr
    where = call(
        [own / "python", "-c", "import pipeline, schemas; print(pipeline.__file__, schemas.__file__)"], tmp_path
    )
    assert str(ROOT) not in where.stdout
    assert where.stdout.count("site-packages") == 2

    told = call([own / "pipeline", "--version"], tmp_path).stdout
    known = commit(ROOT, tmp_path / "none") or "unknown"
    assert told == f"pipeline {__version__} (commit {known}, ledger {VERSION})\n"

    played = call([own / "pipeline", "demo", "office"], tmp_path)
    assert played.returncode == 0, played.stderr
    book = openpyxl.load_workbook(tmp_path / "office" / "outbox" / "master.xlsx")
    assert "惠民超市" in {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
    assert list((tmp_path / "office" / "outbox" / "mail").glob("*.eml"))
    assert call([own / "pipeline", "run"], tmp_path).returncode == 2, "no inbox here: a plain message, no fault"


def test_it_is_installed_as_the_page_says_on_a_machine_with_python_alone_and_runs_two_offices_side_by_side(
    house: Path, tmp_path: Path, postgres_folder: Path, postgres_url: str
) -> None:
    if "RUWANG_BARE" not in os.environ:
        pytest.skip("takes minutes: RUWANG_BARE=1 has it run")
    if why := missing():
        pytest.skip(f"no bare machine: {why}")
    machine = lent(tmp_path)
    assert machine.has() == [], "no compiler, no git, no make, nothing that fetches"
    offices = month_of(machine, house, postgres_url, postgres_folder)
    struck = [each for each in FAULTS if each.name in ("a setting is misspelt", "the server does not answer")]
    month = play(offices, struck)
    assert month.wrong == []
    book = openpyxl.load_workbook(offices[1].settings.outbox / "master.xlsx")
    shown = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {f"武强县惠民第{number}便利店" for number in range(20, 26)} <= shown, "two a day, from the tenth on"


def test_what_a_run_is_installed_from_holds_no_tool_of_those_who_work_on_it() -> None:
    def names(lock: str) -> dict[str, str]:
        return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE))

    runs, all_of_it = names("requirements-run.lock"), names("requirements.lock")
    assert not {"pytest", "mypy", "ruff", "hypothesis", "pandas-stubs", "uv", "coverage", "distributed"} & set(runs)
    assert {name: all_of_it.get(name) for name in runs} == runs, "make lock: both hold the same versions"


@pytest.mark.parametrize("target", ["run", "demo", "wheelhouse"])
def test_what_make_calls_first_installs_what_runs_and_no_tool(tmp_path: Path, target: str) -> None:
    if shutil.which("make") is None:
        pytest.skip("no make here")
    would = call(["make", "--dry-run", f"VENV={tmp_path / 'none'}", target], ROOT).stdout
    installed = re.findall(r"pip install .*?-r (\S+)", would)
    assert installed == ["requirements-run.lock"]
    assert "--require-hashes" in would
