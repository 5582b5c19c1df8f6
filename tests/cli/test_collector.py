"""A short verb lets the collector of garbage rest while it runs, and no longer."""

from __future__ import annotations

import gc
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


def _watched(during: list[bool]) -> object:
    from pipeline.settings.load import load_settings

    def load(*given: object, **named: object) -> object:
        during.append(gc.isenabled())
        return load_settings(*given, **named)  # type: ignore[arg-type]

    return load
