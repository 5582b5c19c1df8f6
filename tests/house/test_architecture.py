"""The floors of the house hold: what import-linter is asked to guard, it refuses when it is planted in a copy."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

FLOORS = "Imports run downwards"
CIRCLES = "No circles"
PROCEDURES = "The machinery knows the language of declarations"
DECLARATIONS = "A procedure knows the language of declarations"
BOTTOM = "The machinery stands on the declarations"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The sources and the contracts, to be spoilt."""
    for package in ("pipeline", "schemas"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder: Path) -> tuple[int, str]:
    """Return the exit code of ``lint-imports`` in *folder*, and what it said on one line."""
    command = "import sys; from importlinter.cli import lint_imports_command as lint; sys.exit(lint())"
    ran = subprocess.run(
        [sys.executable, "-c", command, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )
    return ran.returncode, " ".join((ran.stdout + ran.stderr).split())


def test_the_house_as_it_stands_keeps_its_contracts(copy: Path) -> None:
    code, said = lint(copy)
    assert code == 0, said
    assert "5 kept, 0 broken" in said


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        ("pipeline/validate/dates.py", "from pipeline.outside.files.outbox import write_file", FLOORS),
        ("pipeline/merge/resume_paused.py", "import pipeline.settings.load", FLOORS),
        ("pipeline/render/wording.py", "import pipeline.intake.take_in", FLOORS),
        ("pipeline/read/read_file.py", "import pipeline.merge.resume_paused", FLOORS),
        ("pipeline/outside/mail.py", "import pipeline.render.wording", FLOORS),
        ("pipeline/domain/place.py", "import pipeline.assign.build_roster", FLOORS),
        ("pipeline/publish/snapshot.py", "import pipeline.intake.triggers", FLOORS),
        ("pipeline/commands/run.py", "import pipeline.cli.text", FLOORS),
        (
            "pipeline/domain/cell.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from pipeline.domain.extract import Extract",
            CIRCLES,
        ),
        ("pipeline/read/recognise/labels.py", "import pipeline.read.layouts.read_list", CIRCLES),
        ("pipeline/domain/finding.py", "import schemas.new_customer", PROCEDURES),
        ("schemas/visiting/__init__.py", "import schemas.tiers", DECLARATIONS),
        ("schemas/language/words.py", "import pipeline.domain.place", BOTTOM),
    ],
)
def test_what_must_not_be_imported_is_refused(copy: Path, module: str, line: str, broken: str) -> None:
    planted = copy / module
    planted.write_text(f"{planted.read_text(encoding='utf-8')}\n\n{line}\n", encoding="utf-8")
    code, said = lint(copy)
    assert code == 1, said
    _, _, reasons = said.partition("Broken contracts")
    assert broken in reasons
    name = ".".join(Path(module).with_suffix("").parts).removesuffix(".__init__")
    assert ("No cycles are allowed in" if broken == CIRCLES else f"{name} ->") in reasons


def test_a_module_that_stands_on_no_floor_is_refused(copy: Path) -> None:
    (copy / "pipeline/loose.py").write_text("", encoding="utf-8")
    code, said = lint(copy)
    assert code == 1, said
    assert FLOORS in said
    assert "loose" in said


def test_at_the_top_of_the_pipeline_lie_the_entry_and_the_errors_alone() -> None:
    assert {path.name for path in (ROOT / "pipeline").glob("*.py")} == {"__init__.py", "__main__.py", "errors.py"}


def sources() -> Iterator[tuple[str, str]]:
    """Every module: its path from the root, its text."""
    for package in ("pipeline", "schemas"):
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def given_names(source: str) -> Iterator[str]:
    """The classes, public functions and type aliases that a module defines at its top."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript | ast.BinOp):
            yield from (each.id for each in node.targets if isinstance(each, ast.Name) and not each.id.isupper())


def names_borne_twice(modules: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """By name: the modules that define it, where there are several."""
    where: dict[str, list[str]] = defaultdict(list)
    for path, source in modules:
        for name in given_names(source):
            if not name.startswith("_"):
                where[name].append(path)
    return {name: paths for name, paths in where.items() if len(paths) > 1}


def test_no_two_classes_functions_or_types_bear_one_name() -> None:
    assert names_borne_twice(sources()) == {}


def test_a_name_borne_twice_would_be_found() -> None:
    second = "class Finding: ...\n\n\ndef fold(): ...\n\n\ndef _private(): ...\n"
    assert names_borne_twice([*sources(), ("second.py", second)]) == {
        "Finding": ["pipeline/domain/finding.py", "second.py"],
        "fold": ["pipeline/domain/record_fold.py", "second.py"],
    }


def test_no_module_is_longer_than_400_lines() -> None:
    assert {path: lines for path, text in sources() if (lines := text.count("\n")) > 400} == {}


WHOLE_OFFICES = {
    *("bench", "chaos", "circle", "dump", "faults", "fuzz", "hostile", "house", "injection", "office", "privacy"),
    *("pictures", "procedures", "round_trip", "score", "supply", "tools"),
}
"""Folders of tests that look at more than one floor, or measure."""


def test_the_tests_mirror_the_tree() -> None:
    folders = {path.parent.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")}
    of_a_floor = {folder for folder in folders if folder.parts and folder.parts[0] not in WHOLE_OFFICES}
    assert Path() not in folders
    assert {folder for folder in of_a_floor if not (ROOT / "pipeline" / folder).is_dir()} == {
        Path("schemas"),
        Path("schemas/written_for_0_1"),
    } & of_a_floor
