"""A short verb lets the collector of garbage rest while it runs, and no longer."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.main import main


@pytest.mark.parametrize(
    "words", [["forms"], ["status"]], ids=["that ends well", "that is stopped: there is no ledger"]
)
def test_whoever_calls_a_verb_gets_the_collector_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    during: list[bool] = []
    monkeypatch.setattr("pipeline.settings.load_settings", _watched(during))
    assert gc.isenabled()
    CliRunner().invoke(main, words)
    assert during == [False]
    assert gc.isenabled()


@pytest.mark.parametrize(("words", "looks"), [(["forms"], False), (["rebuild", "--help"], True)])
def test_a_process_looks_for_garbage_where_a_verb_lasts_alone(tmp_path: Path, words: list[str], looks: bool) -> None:
    program = (
        "import atexit, gc, os, sys; sys.argv[1:] = sys.argv[2:];"
        "from pipeline.cli.process import start_process;"
        "atexit.register(lambda: os.write(2, b'ENABLED' if gc.isenabled() else b'OFF'));"
        "gc.collect(); gc.callbacks.append(lambda phase, _: os.write(2, b'LOOKED ')); start_process()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "", *words], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout
    assert ("ENABLED" in done.stderr) is looks
    assert looks or "LOOKED" not in done.stderr


def _watched(during: list[bool]) -> object:
    from pipeline.settings.load import load_settings

    def load(*given: object, **named: object) -> object:
        during.append(gc.isenabled())
        return load_settings(*given, **named)  # type: ignore[arg-type]

    return load
