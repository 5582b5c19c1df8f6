from __future__ import annotations

import os
import signal
import sys

import pytest

from pipeline.outside.aside import aside


@pytest.mark.skipif(sys.platform != "linux" or (os.cpu_count() or 1) < 2, reason="nothing is done aside here")
def test_work_is_done_in_another_process_while_this_one_goes_on() -> None:
    waiting = [aside(lambda: str(os.getpid()).encode()) for _ in range(2)]
    assert len({os.getpid(), *(int(result()) for result in waiting)}) == 3


def test_work_whose_copy_dies_is_done_here_after_all() -> None:
    here = os.getpid()

    def work() -> bytes:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return b"done"

    assert aside(work)() == b"done"


def test_a_large_result_comes_back_whole() -> None:
    assert aside(lambda: b"x" * 5_000_000)() == b"x" * 5_000_000
