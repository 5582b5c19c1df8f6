"""One run at a time."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from unittest.mock import Mock

import pytest

from pipeline.errors import BusyError, FolderError
from pipeline.outside.locking import lock
from pipeline.outside.locking.lock import NAME, hold, is_held

HOLDER = """
    import sys
    from pathlib import Path
    from pipeline.outside.locking.lock import hold
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


@pytest.mark.parametrize(
    ("content", "silent", "busy"),
    [
        pytest.param("4711\nanother-host\n", 300, True, id="another host's, alive a moment ago"),
        pytest.param("4711\nanother-host\n", 900, False, id="another host's, silent for long"),
        pytest.param("", 2, True, id="being signed"),
        pytest.param("", 60, False, id="never signed: killed in between"),
    ],
)
def test_a_lock_whose_run_cannot_be_asked_is_judged_by_its_silence(
    tmp_path: Path, content: str, silent: int, busy: bool
) -> None:
    (tmp_path / NAME).write_text(content)
    then = time.time() - silent
    os.utime(tmp_path / NAME, (then, then))
    assert is_held(tmp_path) is busy
    assert (tmp_path / NAME).exists() is busy
    assert [path.name for path in tmp_path.iterdir() if path.name != NAME] == []


def test_a_run_shows_that_it_lives(tmp_path: Path) -> None:
    held = tmp_path / NAME
    held.write_text("")
    os.utime(held, (0, 0))
    lock.heartbeat(held, Mock(wait=Mock(side_effect=[False, True])))
    assert held.stat().st_mtime > 0
    held.unlink()
    lock.heartbeat(held, Mock(wait=Mock(side_effect=[False, True])))  # a share that is away does not end the run


def test_a_missing_folder_is_made_and_an_impossible_one_told(tmp_path: Path) -> None:
    with hold(tmp_path / "outbox"):
        pass
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderError), hold(tmp_path / "file"):
        pass
