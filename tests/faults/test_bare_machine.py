"""A machine laid out in a folder is one where others than root may work, too."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.bare_machine import lent, missing


@pytest.fixture(params=[0o022, 0o077], ids=["open", "closed"])
def _umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """That of the process, which a run before may have set for the files it makes."""
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.usefixtures("_umask")
def test_its_users_may_call_programs_whatever_the_folder_of_the_test_lets_others_do(tmp_path: Path) -> None:
    if why := missing():
        pytest.skip(f"no bare machine: {why}")
    root = tmp_path / "machine"
    root.mkdir(mode=0o700)  # as the folder of a test is
    machine = lent(root)
    made = machine.type("useradd --system clerk")
    assert made.exit_code == 0, made.said
    called = machine.enter(["python3", "-c", "import os; print(os.getuid() > 0)"], "/srv", {}, "clerk")
    assert (called.exit_code, called.stdout) == (0, "True\n"), called.said
