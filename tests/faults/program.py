"""The program as somebody calls it in the folder of an office: within the tests' own process, or as it is installed somewhere."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from click.testing import CliRunner

from pipeline.cli.main import main

_SECONDS = 600


@dataclass(frozen=True)
class Done:
    """What a call ended with, and what it put out."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def said(self) -> str:
        return f"{self.stdout}{self.stderr}".strip()


class Program(Protocol):
    """``call`` it with words, in a folder; ``seen`` is the name by which it knows a path of ours."""

    def call(self, folder: Path, words: Sequence[str], environment: Mapping[str, str]) -> Done: ...

    def seen(self, path: Path) -> str: ...


class _Within:
    def call(self, folder: Path, words: Sequence[str], environment: Mapping[str, str]) -> Done:
        before = Path.cwd()
        os.chdir(folder)
        try:
            done = CliRunner(env=dict(environment)).invoke(main, list(words))
        finally:
            os.chdir(before)
        return Done(done.exit_code, done.stdout, done.stderr)

    def seen(self, path: Path) -> str:
        return str(path)


WITHIN = _Within()
"""The code that lies beside the tests, in their own process."""


class Installed:
    """The ``pipeline`` at *path*, a process of its own each time, in an environment as bare as cron's."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()

    def call(self, folder: Path, words: Sequence[str], environment: Mapping[str, str]) -> Done:
        bare = {"PATH": "/usr/bin:/bin", "HOME": str(folder)}
        return outcome([self.path, *words], folder, {**bare, **environment})

    def seen(self, path: Path) -> str:
        return str(path)


def outcome(words: Sequence[str | Path], folder: Path, environment: Mapping[str, str]) -> Done:
    """Run a command in *folder*, and return what it ended with and said."""
    done = subprocess.run(
        [str(each) for each in words],
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=_SECONDS,
    )
    return Done(done.returncode, done.stdout, done.stderr)
