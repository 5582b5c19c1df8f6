"""``pipeline procedures --new`` and ``--try``: an office begins a procedure of its own, plays it and tests it, without our tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.procedures.test_add_a_procedure import block, step
from tests.tools.command import ROOT, pipeline


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pipeline.toml").write_text('procedures_folder = "procedures"\n', encoding="utf-8")
    return tmp_path


def test_a_new_procedure_loads_is_right_comes_to_its_end_and_passes_its_test(folder: Path) -> None:
    begun = pipeline(folder, "procedures", "--new", "key_loans")
    assert begun.returncode == 0, begun.stderr
    package = folder / "procedures" / "key_loans"
    assert sorted(path.name for path in package.iterdir()) == ["__init__.py", "samples.py", "test_key_loans.py"]

    checked = pipeline(folder, "procedures", "--check")
    assert (checked.returncode, "的声明无误" in checked.stdout) == (0, True)

    tried = pipeline(folder, "procedures", "--try", "key_loans")
    assert tried.returncode == 0, tried.stdout + tried.stderr
    told = tried.stdout.splitlines()
    assert "2026-11-02  key_loans 2611001“借用会议室”：新建 → 待审批，陈主管办理，2026-11-03 前" in told
    assert "2026-11-03  key_loans 2611001“借用会议室”：待审批 → 已同意" in told
    assert told[-1] == "全部办到了头"
    assert sorted(path.name for path in folder.iterdir()) == [
        "pipeline.toml",
        "procedures",
    ]  # nothing of the play is left

    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(package)]
    passed = subprocess.run(
        words, cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert passed.returncode == 0, passed.stdout
    assert "2 passed" in passed.stdout


def test_a_package_is_not_written_over_nor_under_a_name_that_is_taken(folder: Path) -> None:
    assert pipeline(folder, "procedures", "--new", "key_loans").returncode == 0
    written = (folder / "procedures" / "key_loans" / "__init__.py").read_bytes()
    for code, why in (("key_loans", "已有 key_loans"), ("leave", "已有 leave"), ("Key-Loans", "不能作流程代码")):
        done = pipeline(folder, "procedures", "--new", code)
        assert (done.returncode, why in done.stderr) == (2, True)
    assert (folder / "procedures" / "key_loans" / "__init__.py").read_bytes() == written


def test_without_samples_examples_are_played_and_what_stops_is_told(folder: Path) -> None:
    package = folder / "procedures" / "key_loans"
    package.mkdir(parents=True)
    stopped = block(step(1), "python").replace("means=FieldRole.ACTOR)", 'means=FieldRole.ACTOR, str_startswith="陈")')
    (package / "__init__.py").write_text(stopped, encoding="utf-8")

    done = pipeline(folder, "procedures", "--try", "key_loans")

    assert done.returncode == 3
    assert "没有样例，按示例填写" in done.stdout
    assert any("！" in line and "审批人" in line for line in done.stdout.splitlines())
    assert done.stdout.splitlines()[-1] == "钥匙借用 2611001：停在“待批”"


def test_a_code_that_no_procedure_has_is_said(folder: Path) -> None:
    (folder / "procedures").mkdir()
    done = pipeline(folder, "procedures", "--try", "key_loan")
    assert (done.returncode, "没有流程 key_loan" in done.stderr) == (2, True)
