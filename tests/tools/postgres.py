"""A real PostgreSQL for the tests: started once, shared by all their processes, a database for each test.

It listens on a socket in a temporary folder alone, belongs to an unprivileged user, and syncs nothing.
"""

from __future__ import annotations

import json
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock

USER = "ruwang"
_UNSAFE_AND_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")

_CHINESE = ("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=zh")  # sorts as an office's server may


def binaries() -> Path | None:
    """Return the folder that holds PostgreSQL's programs, of the newest version, or None."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = [*map(str, packaged), *filter(None, [shutil.which("initdb")])]
    return Path(found[-1]).resolve().parent if found else None


def _unprivileged() -> dict[str, Any]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid():
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise LookupError("neither postgres nor nobody is a user here")


@contextmanager
def shared_server(meeting_place: Path) -> Iterator[Path]:
    """Yield the folder of the server's socket: the first of the test processes starts it, the last stops it."""
    state, lock = meeting_place / "postgres.json", FileLock(meeting_place / "postgres.lock")
    with lock:
        held = json.loads(state.read_text()) if state.exists() else {"folder": str(_start()), "users": 0}
        state.write_text(json.dumps({**held, "users": held["users"] + 1}))
    try:
        yield Path(held["folder"])
    finally:
        with lock:
            held = json.loads(state.read_text())
            state.write_text(json.dumps({**held, "users": held["users"] - 1}))
            if held["users"] == 1:
                state.unlink()
                _stop(Path(held["folder"]))


def _start() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # below /tmp: a socket's path is short, and others may go there
    who = _unprivileged()
    if who:
        os.chown(folder, who["user"], who["group"])
    data = str(folder / "data")
    _run("initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync", *_CHINESE)
    options = " ".join(
        f"-c {each}" for each in (*_UNSAFE_AND_FAST, "listen_addresses=''", f"unix_socket_directories={folder}")
    )
    _run("pg_ctl", "-D", data, "-l", str(folder / "log"), "-w", "-o", options, "start")
    return folder


def _stop(folder: Path) -> None:
    _run("pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "-w", "stop")
    shutil.rmtree(folder)


def _run(program: str, *arguments: str) -> None:
    found = binaries()
    assert found is not None
    # a server that inherits a pipe keeps it open: what is said goes to a file
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(
            [found / program, *arguments],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            cwd="/",
            **_unprivileged(),
        )
        said.seek(0)
        assert done.returncode == 0, said.read().decode(errors="replace")


def address(folder: Path, database: str) -> str:
    """Return the URL of *database* on the server whose socket is in *folder*."""
    return f"postgresql+psycopg://{USER}@/{database}?host={folder}"
