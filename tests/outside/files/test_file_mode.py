"""Files are for those whom the office names, the ledger with its identity numbers too."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pipeline.commands.run import run
from pipeline.errors import SettingsError
from pipeline.outside.files.file_mode import USUAL, grant
from pipeline.settings import load_settings
from schemas.roster.samples import PEOPLE
from tests.tools.customers import drop, new_office


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    umask = os.umask(0o022)
    yield
    grant(USUAL)
    os.umask(umask)


@pytest.mark.parametrize(
    ("mode", "files", "folders"), [("660", 0o660, 0o770), ("0640", 0o640, 0o750), ("600", 0o600, 0o700)]
)
def test_what_a_run_makes_has_the_mode_that_was_set(tmp_path: Path, mode: str, files: int, folders: int) -> None:
    settings = new_office(tmp_path, file_mode=mode)
    drop(settings, PEOPLE)
    run(settings, today=date(2026, 11, 3))
    made = [path for path in settings.outbox.rglob("*") if path.name != ".ruwang.lock"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in made if path.is_file()} == {files}
    assert {stat.S_IMODE(path.stat().st_mode) for path in made if path.is_dir()} == {folders}
    ledger = [path for path in (tmp_path / "ledger").rglob("*") if path.is_file()]
    assert ledger and not [path for path in ledger if stat.S_IMODE(path.stat().st_mode) & ~files]


def test_what_is_no_mode_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="file-mode"):
        load_settings({"file_mode": "rw-rw----"}, environ={}, folder=tmp_path)
