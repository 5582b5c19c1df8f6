"""An office's own procedures are looked at before anything is run with them: what is wrong stops run, check and doctor alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.procedures.test_add_a_procedure import block, step
from tests.tools.command import pipeline


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The procedure of the page, with its settings."""
    package = tmp_path / "procedures" / "keys"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(block(step(1), "python"), encoding="utf-8")
    (tmp_path / "pipeline.toml").write_text('procedures_folder = "procedures"\n', encoding="utf-8")
    (tmp_path / "inbox").mkdir()
    return tmp_path


def said_by(folder: Path, *words: str) -> tuple[int, str]:
    """What the command ends with and says."""
    done = pipeline(folder, *words)
    return done.returncode, done.stdout + done.stderr


def declared(folder: Path) -> Path:
    return folder / "procedures" / "keys" / "__init__.py"


def line_of(folder: Path, text: str) -> int:
    lines = declared(folder).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def written(change: Callable[[str], str], folder: Path) -> None:
    path = declared(folder)
    text = path.read_text(encoding="utf-8")
    assert change(text) != text
    path.write_text(change(text), encoding="utf-8")


def test_what_is_right_is_said_to_be(folder: Path) -> None:
    code, said = said_by(folder, "procedures", "--check")
    assert (code, said.strip().endswith("个流程的声明无误")) == (0, True)


@pytest.mark.parametrize("verb", [("run",), ("procedures", "--check"), ("doctor",)])
def test_a_bar_against_a_field_that_does_not_exist_stops_everything_and_names_its_line(
    folder: Path, verb: tuple[str, ...]
) -> None:
    written(lambda text: text.replace('not_by=("borrower",)', 'not_by=("borower",)'), folder)
    code, said = said_by(folder, *verb)
    assert code == 2
    assert f"procedures/keys/__init__.py:{line_of(folder, 'borower')}" in said
    assert "没有台账“key_loans”的栏目“borower”" in said
    assert "Traceback" not in said
    assert not (folder / "outbox" / "master.xlsx").exists()


def test_what_python_does_not_read_is_told_with_file_and_line(folder: Path) -> None:
    written(lambda text: text.replace("not_by=", "not_from="), folder)
    code, said = said_by(folder, "run")
    assert code == 2
    assert "procedures/keys/__init__.py:" in said
    assert "流程声明读不进来" in said and "not_from" in said
    assert "Traceback" not in said

    declared(folder).write_text("from nowhere import this\n", encoding="utf-8")
    code, said = said_by(folder, "run")
    assert (code, "procedures/keys/__init__.py:1: 流程声明读不进来" in said) == (2, True)

    declared(folder).write_text("PROCEDURE = (\n", encoding="utf-8")
    code, said = said_by(folder, "run")
    assert (code, "procedures/keys/__init__.py:1: 流程声明读不进来" in said) == (2, True)


def test_a_package_that_ours_would_hide_is_told(folder: Path) -> None:
    declared(folder).parent.rename(folder / "procedures" / "leave")
    code, said = said_by(folder, "run")
    assert code == 2
    assert "程序自带的流程也叫 leave，您的这一个不会生效" in said


def test_an_answer_held_by_size_against_what_is_no_number_is_told_before_it_breaks_a_run(folder: Path) -> None:
    held = 'against=(Against("returned_on", Comparison.AT_LEAST, "lent_on"),)'
    written(
        lambda text: text.replace('"lent", due_by="back_by",', f'"lent", due_by="back_by", {held},').replace(
            "import Kind,", "import Against, Comparison, Kind,"
        ),
        folder,
    )
    code, said = said_by(folder, "procedures", "--check")
    assert code == 2
    assert "“returned_on”不能这样比（at_least）" in said and "“lent_on”不能这样比（at_least）" in said
