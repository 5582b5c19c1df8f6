"""Without the guard against hostile XML the program does not start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import safe_xml
from pipeline.cli.safe_xml import UnguardedError, require_safe_xml


def pipeline(folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", "forms", "--json"],
        cwd=folder,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_starts_with_the_guard_and_not_with_the_guard_switched_off(tmp_path: Path) -> None:
    assert pipeline(tmp_path).returncode == 0
    off = pipeline(tmp_path, OPENPYXL_DEFUSEDXML="False", RUWANG_LANGUAGE="en")
    assert (off.returncode, off.stdout) == (2, "")
    assert "OPENPYXL_DEFUSEDXML" in off.stderr


def test_a_machine_without_it_is_told_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_xml, "find_spec", lambda name: None)
    with pytest.raises(UnguardedError) as caught:
        require_safe_xml({})
    assert "没有安装 defusedxml" in caught.value.to("zh")
    assert "defusedxml is not installed" in caught.value.to("en")


def test_the_switch_is_the_one_that_openpyxl_obeys() -> None:
    ask = "import openpyxl; print(openpyxl.DEFUSEDXML)"
    said = {
        value: subprocess.run(
            [sys.executable, "-c", ask], env={"OPENPYXL_DEFUSEDXML": value}, capture_output=True, text=True, check=True
        ).stdout.strip()
        for value in ("True", "False")
    }
    assert said == {"True": "True", "False": "False"}
