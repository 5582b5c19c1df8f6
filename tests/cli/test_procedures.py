"""``pipeline procedures``: what may be set is listed by the names that the settings take, with what is in force."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli.main import main


def listed(folder: Path, toml: str, *words: str) -> Result:
    config = folder / "pipeline.toml"
    config.write_text(toml, "utf-8")
    return CliRunner().invoke(main, ["procedures", *words, "--config", str(config)])


def line_of(said: str, code: str) -> str:
    (line,) = [line for line in said.splitlines() if code in line.split()]
    return line


def test_stages_are_listed_by_their_codes_with_the_deadline_that_is_in_force(tmp_path: Path) -> None:
    own = listed(tmp_path, "")
    assert own.exit_code == 0
    assert "本单位设置" not in own.stdout
    set_here = listed(tmp_path, "[deadlines]\nverify = 9\nassign = 0\n")
    assert "9 个工作日（本单位设置）" in line_of(set_here.stdout, "verify")
    assert "没有时限（本单位设置）" in line_of(set_here.stdout, "assign")
    assert line_of(own.stdout, "review").split() == line_of(set_here.stdout, "review").split()
    found = json.loads(listed(tmp_path, 'language = "en"\n[deadlines]\nverify = 1\n', "--json").stdout)
    stages = [stage for each in found for register in each["registers"] for stage in register["stages"]]
    assert {"1 working day (set here)"} == {each["deadline"] for each in stages if each["stage"] == "verify"}


def test_numbers_are_listed_by_the_names_that_set_them(tmp_path: Path) -> None:
    assert "parameters.answer_minutes" in listed(tmp_path, "").stdout


@pytest.mark.parametrize("toml", ["[deadlines]\nverfy = 3\n", 'procedures = ["new_custmer"]\n'])
def test_a_name_that_is_none_keeps_nobody_from_seeing_those_there_are(tmp_path: Path, toml: str) -> None:
    said = listed(tmp_path, toml)
    assert said.exit_code == 2
    assert "是不是" in said.stderr
    assert line_of(said.stdout, "verify")
