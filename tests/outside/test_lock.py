"""One run at a time."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from pipeline.errors import BusyError, FolderError
from pipeline.outside.lock import hold, is_held

HOLDER = """
    import sys
    from pathlib import Path
    from pipeline.outside.lock import hold
    with hold(Path(sys.argv[1])):
        print("held", flush=True)
        sys.stdin.read()
"""


def start_holder(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(HOLDER), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_second_run_is_told_so(tmp_path: Path) -> None:
    with start_holder(tmp_path) as process:
        assert is_held(tmp_path)
        with pytest.raises(BusyError) as caught, hold(tmp_path):
            pass
        assert caught.value.exit_code == 75
        assert "另一批次正在运行" in caught.value.to("zh")
        process.communicate("")
    assert not is_held(tmp_path)


def test_the_lock_of_a_killed_run_is_taken_over(tmp_path: Path) -> None:
    with start_holder(tmp_path) as process:
        process.kill()
        process.wait()
    assert any(tmp_path.iterdir()), "a killed run leaves its lock behind"
    with hold(tmp_path):
        pass
    with hold(tmp_path):
        pass


def test_a_missing_folder_is_made_and_an_impossible_one_told(tmp_path: Path) -> None:
    with hold(tmp_path / "outbox"):
        pass
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderError), hold(tmp_path / "file"):
        pass
