"""Passwords are nowhere in what a run prints, writes or keeps."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

MAIL, BASE = "Geheim-4711-smtp", "Geheim-0815-ledger"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def closed_port() -> Iterator[int]:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def said(folder: Path, *words: str, **environ: str) -> tuple[int, str]:
    """What a command answers, both streams."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **{f"RUWANG_{name}": value for name, value in environ.items()}},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def everything_below(folder: Path) -> Iterator[bytes]:
    yield from (path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "password.txt")


@pytest.mark.parametrize(
    "words", [("doctor",), ("doctor", "--json"), ("run",), ("run", "--json"), ("status", "--json")]
)
@pytest.mark.parametrize("from_file", [False, True])
def test_the_mail_server_s_password_is_never_shown(
    tmp_path: Path, closed_port: int, words: tuple[str, ...], from_file: bool
) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "password.txt").write_text(MAIL + "\n")
    secret = {"SMTP__PASSWORD_FILE": "password.txt"} if from_file else {"SMTP__PASSWORD": MAIL}
    code, text = said(
        tmp_path, *words, SMTP__HOST="127.0.0.1", SMTP__PORT=str(closed_port), SMTP__USER="office@example.com", **secret
    )
    assert code in {0, 1, 2}
    assert text or words == ("run",)
    assert MAIL not in text
    assert not any(MAIL.encode() in content for content in everything_below(tmp_path))


@pytest.mark.parametrize("words", [("doctor",), ("doctor", "--json"), ("run",), ("status",), ("rebuild",)])
def test_the_database_s_password_is_never_shown_even_when_it_cannot_be_reached(
    tmp_path: Path, closed_port: int, words: tuple[str, ...]
) -> None:
    pytest.importorskip("psycopg")
    (tmp_path / "inbox").mkdir()
    url = f"postgresql+psycopg://clerk:{BASE}@127.0.0.1:{closed_port}/office"
    code, text = said(tmp_path, *words, LEDGER=url, OFFICE_CODE="a")
    assert code in {1, 2}
    assert text.strip()
    assert BASE not in text
    assert "Traceback" not in text


def test_a_setting_that_holds_a_password_is_refused_without_repeating_it(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "pipeline.toml").write_text(f'[smtp]\nhost = "mail"\npassword = "{MAIL}"\n')
    code, text = said(tmp_path, "run")
    assert code == 2
    assert "smtp.password_file" in text
    assert MAIL not in text
