"""A verb loads what it needs: what reads sheets, judges values, opens ledgers or asks servers is not there for a question that does without."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.outside.ledger import open_ledger

READING = {"pandas", "pandera", "openpyxl", "python_calamine", "lxml", "pypinyin", "phonenumbers", "rapidfuzz"}
WRITING = {"xlsxwriter", "jinja2", "pipeline.render.xlsx", "pipeline.publish"}
JUDGING = {"stdnum", "chinese_calendar", "pipeline.intake.triggers", "schemas.language.declaration_faults"}
LEDGER = {"sqlalchemy", "sqlite3", "pipeline.outside.ledger"}
SERVER = {"psycopg", "sqlalchemy.dialects.postgresql"}
SAMPLES = {"schemas.roster.samples", "pipeline.definitions.compile_definition"}


@pytest.mark.parametrize(
    ("words", "spared"),
    [
        (["forms"], READING | WRITING | JUDGING | LEDGER | SERVER | SAMPLES | {"pipeline.domain.rulebook"}),
        (["forms", "--rules"], READING | WRITING | JUDGING | LEDGER | SERVER | SAMPLES),
        (["procedures"], READING | WRITING | LEDGER | SERVER | SAMPLES | {"stdnum"}),
        (["status"], READING | WRITING | JUDGING | SERVER | SAMPLES),
    ],
)
def test_a_question_loads_nothing_that_it_does_without(tmp_path: Path, words: list[str], spared: set[str]) -> None:
    open_ledger(f"sqlite:///{tmp_path / 'ruwang.db'}").close()
    ask = (
        "import sys; from pipeline.cli.main import main;"
        "main(sys.argv[2:], standalone_mode=False);"
        "print('LOADED', *sorted(set(sys.argv[1].split(',')) & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", ask, ",".join(spared), *words],
        cwd=tmp_path,
        env=os.environ | {"RUWANG_LEDGER": "sqlite:///ruwang.db"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert told.count("\n") > 1, "it answered"
    assert told.rpartition("LOADED")[2].split() == []
