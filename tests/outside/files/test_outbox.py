"""Publishing: whole files or none, the same bytes left alone."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from pipeline.errors import FolderError, InUseError
from pipeline.outside.files import outbox
from pipeline.outside.files.outbox import file_name, publish_file, sweep, withdraw


def test_a_file_appears_with_its_folder_and_is_left_alone_when_nothing_changed(tmp_path: Path) -> None:
    path = tmp_path / "worklists" / "K01-王建国.xlsx"
    assert publish_file(path, b"one")
    before = path.stat()
    assert not publish_file(path, b"one")
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino
    assert publish_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_the_group_may_write_whatever_the_umask(tmp_path: Path) -> None:
    old = os.umask(0o077)
    try:
        publish_file(tmp_path / "master.xlsx", b"x")
    finally:
        os.umask(old)
    assert (tmp_path / "master.xlsx").stat().st_mode & 0o777 == 0o660


def test_a_full_disk_leaves_the_old_file_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "master.xlsx"
    publish_file(path, b"old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FolderError, match="no space left") as caught:
        publish_file(path, b"new")
    assert "没有空间" in caught.value.to("zh")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_reads_back_otherwise_never_gets_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "master.xlsx"
    publish_file(path, b"old")
    whole = outbox._write
    monkeypatch.setattr(outbox, "_write", lambda descriptor, content, folder: whole(descriptor, content[:-1], folder))

    with pytest.raises(FolderError, match="reads back differently"):
        publish_file(path, b"new")

    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["master.xlsx"]


def test_a_file_open_elsewhere_is_said_so_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "master.xlsx"
    publish_file(path, b"old")

    def held(self: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(InUseError, match="master"):
        publish_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_a_file_is_the_operators_to_mend(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("")
    with pytest.raises(FolderError):
        publish_file(tmp_path / "outbox" / "master.xlsx", b"x")


def test_a_link_in_the_outbox_is_replaced_and_its_target_kept(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    target.write_bytes(b"x")
    link = tmp_path / "master.xlsx"
    link.symlink_to(target)
    assert publish_file(link, b"x")
    assert not link.is_symlink()
    assert target.read_bytes() == b"x"


def test_withdrawing_twice_is_no_error(tmp_path: Path) -> None:
    publish_file(tmp_path / "a.xlsx", b"x")
    assert withdraw(tmp_path / "a.xlsx")
    assert not withdraw(tmp_path / "a.xlsx")


def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    (tmp_path / "worklists").mkdir()
    (tmp_path / "worklists" / ".ruwang-abc.part").write_bytes(b"half")
    publish_file(tmp_path / "worklists" / "K01.xlsx", b"x")
    assert sweep(tmp_path) == 1
    assert [each.name for each in (tmp_path / "worklists").iterdir()] == ["K01.xlsx"]


def test_names_of_people_are_names_of_files() -> None:
    assert file_name("K01", "王建国") == "K01-王建国.xlsx"
    assert file_name("", "王建国") == "王建国.xlsx"
    assert "/" not in file_name("K01", "../../etc/passwd")
