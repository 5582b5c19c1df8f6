"""A run of five files is killed at each system call by which it changes anything outside itself."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from typing import IO

from pipeline.outside.locking.lock import NAME
from pipeline.settings import Settings
from tests.chaos.kill import Ground
from tests.chaos.office import copy, here, play, whole_now

MUTATING = [
    "write",
    "pwrite64",
    "writev",
    "pwritev",
    "sendto",
    "sendmsg",
    "sendfile",
    "copy_file_range",
    "fsync",
    "fdatasync",
    "ftruncate",
    "fallocate",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "mkdir",
    "mkdirat",
    "rmdir",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
    "chmod",
    "fchmod",
    "fchmodat",
    "utimensat",
]
_CALL = re.compile(r"^(?:\[pid +\d+\] |\d+ +)?([a-z_0-9]+)\(")


def missing() -> str:
    """Return why this cannot be done here, "" when it can."""
    if not shutil.which("strace"):
        return "no strace on this machine"
    done = subprocess.run(["strace", "-f", "-e", "trace=none", "true"], capture_output=True, check=False)
    return "" if not done.returncode else "strace may not trace here"


def count(ground: Ground) -> Counter[str]:
    """Return how often an undisturbed run makes each mutating call."""
    trial, log = copy(ground.before["day"], ground.folder / "counted"), ground.folder / "strace.log"
    _traced(lambda: play(trial, "day"), ["-e", f"trace={','.join(MUTATING)}", "-o", str(log)])
    found = (_CALL.match(line) for line in log.read_text("utf-8", "replace").splitlines())
    return Counter(each[1] for each in found if each)


def complaints(ground: Ground, every: int = 1) -> Iterator[tuple[str, int, list[str]]]:
    """Kill at every *every*-th call of each kind; yield the call, its number and what was lost, doubled or torn."""
    for call, times in sorted(count(ground).items()):
        for at in range(1, times + 1, every):
            ground.post.empty()
            trial = copy(ground.before["day"], ground.folder / "trial")
            status = _traced(lambda: play(trial, "day"), _killing(call, at))  # noqa: B023
            found = [] if os.WIFSIGNALED(status) else ["was not killed"]
            found += whole_now(trial)
            _long_after(trial)
            with here():
                play(trial, "day")
            yield call, at, [*found, *ground.aftermath(trial, "day", twice=True)]


def _long_after(settings: Settings) -> None:
    """Let the quarter of an hour pass until cron comes again: a lock that was never signed is taken over by age."""
    lock = settings.lock_folder / NAME
    if lock.exists() and not lock.stat().st_size:
        then = lock.stat().st_mtime - 900
        os.utime(lock, (then, then))


def _killing(call: str, at: int) -> list[str]:
    return ["-o", os.devnull, "-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={at}"]


def _traced(do: Callable[[], None], options: list[str]) -> int:
    """Do it in a child under strace; return how the child ended."""
    gate, starter = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(starter)
            os.read(gate, 1)  # until strace is there
            with here():
                do()
        finally:
            os._exit(0)
    os.close(gate)
    tracer = subprocess.Popen(
        ["strace", "-f", "-p", str(child), *options], stderr=subprocess.PIPE, text=True, close_fds=True
    )
    assert tracer.stderr
    _wait_for("attached", tracer.stderr)
    os.close(starter)
    _, status = os.waitpid(child, 0)
    tracer.communicate()
    return status


def _wait_for(word: str, lines: IO[str]) -> None:
    for line in lines:
        if word in line:
            return
    raise AssertionError("strace did not attach")
