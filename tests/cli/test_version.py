"""``pipeline --version``: the program's, the commit's where it is known, and the ledger's."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline import __version__
from pipeline.cli.main import main
from pipeline.outside.commit import commit
from pipeline.outside.ledger.tables import VERSION


def git(folder: Path, *words: str) -> None:
    own = ("-c", "user.name=Li Min", "-c", "user.email=a01@example.com")
    subprocess.run(["git", *own, *words], cwd=folder, check=True, capture_output=True)


def test_one_line_says_all_three() -> None:
    result = CliRunner().invoke(main, ["--version"])
    assert result.exit_code == 0
    assert result.stdout.startswith(f"pipeline {__version__} (commit ")
    assert result.stdout.endswith(f", ledger {VERSION})\n")


@pytest.mark.skipif(shutil.which("git") is None, reason="no git here")
def test_a_clone_is_asked_each_time_and_says_when_it_was_changed(tmp_path: Path) -> None:
    git(tmp_path, "init")
    (tmp_path / "file").write_text("one", "utf-8")
    git(tmp_path, "add", "file")
    git(tmp_path, "commit", "-m", "one")
    clean = commit(tmp_path, tmp_path / "none")
    assert len(clean) >= 7
    (tmp_path / "file").write_text("two", "utf-8")
    assert commit(tmp_path, tmp_path / "none") == f"{clean}-dirty"


def test_a_wheel_bears_it_and_where_nobody_knows_nothing_is_said(tmp_path: Path) -> None:
    assert commit(tmp_path, tmp_path / "none") == ""
    (tmp_path / "commit.txt").write_text("4bea061\n", "utf-8")
    assert commit(tmp_path, tmp_path / "commit.txt") == "4bea061"
