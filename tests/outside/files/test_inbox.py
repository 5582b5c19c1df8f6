"""The inbox: whole files are taken, others wait and say why; originals reach the archive with their bytes."""

from __future__ import annotations

import errno
import io
import os
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.errors import FolderError
from pipeline.outside.files import inbox as module
from pipeline.outside.files.inbox import Dropped, Scan, Why, archive, destination, report, scan

DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def workbook() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>" * 50)
    return held.getvalue()


def drop(folder: Path, name: str, content: bytes = b"a,b\n") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def look(folder: Path, settle_seconds: float = 0) -> Scan:
    return scan(folder, settle_seconds, datetime.now(UTC))


def one(folder: Path, name: str = "登记表.xlsx", content: bytes = b"") -> Dropped:
    drop(folder, name, content or workbook())
    (dropped,) = look(folder).dropped
    return dropped


def test_what_was_dropped_is_read_with_its_sender(tmp_path: Path) -> None:
    content = workbook()
    drop(tmp_path, "李敏/十一月/登记表.xlsx", content)
    drop(tmp_path, "README.md")
    drop(tmp_path, ".DS_Store")
    (dropped,) = look(tmp_path).dropped
    assert (dropped.name, dropped.sender, dropped.content) == ("李敏/十一月/登记表.xlsx", "李敏", content)
    assert len(dropped.sha256) == 64
    assert drop(tmp_path, "a.csv").name
    assert {each.sender for each in look(tmp_path).dropped} == {"李敏", ""}


def test_files_come_in_the_order_of_their_time(tmp_path: Path) -> None:
    for name, age in (("a.csv", 10), ("b.csv", 30), ("c.csv", 20)):
        path = drop(tmp_path, name)
        os.utime(path, (NOW.timestamp() - age,) * 2)
    assert [each.name for each in look(tmp_path).dropped] == ["b.csv", "c.csv", "a.csv"]


@pytest.mark.parametrize("owner", ["~$登记表.xlsx", "~$表.xlsx", ".~lock.登记表.xlsx#", ".~登记表.xlsx"])
def test_a_workbook_that_somebody_has_open_waits(tmp_path: Path, owner: str) -> None:
    drop(tmp_path, "登记表.xlsx", workbook())
    drop(tmp_path, owner)
    drop(tmp_path, "张三/登记表.xlsx", workbook())  # another folder's file of the same name is nobody's
    found = look(tmp_path)
    assert [each.name for each in found.dropped] == ["张三/登记表.xlsx"]
    waiting = {each.name: each.why for each in found.waiting}
    assert waiting["登记表.xlsx"] is Why.OPEN
    assert all(why is Why.OPEN for why in waiting.values())


def test_a_workbook_without_its_end_waits(tmp_path: Path) -> None:
    drop(tmp_path, "half.xlsx", workbook()[:-30])
    assert [(each.name, each.why) for each in look(tmp_path).waiting] == [("half.xlsx", Why.COPYING)]


def test_a_fresh_file_is_watched_until_it_has_stood_still(tmp_path: Path) -> None:
    drop(tmp_path, "a.csv")
    pauses: list[float] = []
    found = scan(tmp_path, 5, datetime.now(UTC), pauses.append)
    assert [each.name for each in found.dropped] == ["a.csv"]
    assert len(pauses) == 1
    assert 3 < pauses[0] <= 5


def test_a_file_that_grows_while_it_is_watched_waits(tmp_path: Path) -> None:
    path = drop(tmp_path, "a.csv")
    drop(tmp_path, "b.csv")

    def more(seconds: float) -> None:
        with path.open("ab") as file:
            file.write(b"more")

    found = scan(tmp_path, 5, datetime.now(UTC), more)
    assert [each.name for each in found.dropped] == ["b.csv"]
    assert [(each.name, each.why) for each in found.waiting] == [("a.csv", Why.COPYING)]


def test_an_old_file_is_not_waited_for(tmp_path: Path) -> None:
    drop(tmp_path, "a.csv")
    later = datetime.now(UTC) + timedelta(minutes=1)
    assert scan(tmp_path, 5, later, lambda _: pytest.fail("nothing to wait for")).dropped


def test_links_and_pipes_are_never_followed(tmp_path: Path) -> None:
    secret = drop(tmp_path, "secret.csv")
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "link.csv").symlink_to(secret)
    (folder / "folder").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.csv")
    found = look(folder)
    assert found.dropped == []
    assert {each.name: each.why for each in found.waiting} == {
        "link.csv": Why.LINK,
        "folder": Why.LINK,
        "pipe.csv": Why.SPECIAL,
    }


def test_a_huge_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 10)
    drop(tmp_path, "huge.csv", b"x" * 11)
    assert [each.why for each in look(tmp_path).waiting] == [Why.LARGE]


def test_names_are_shown_on_one_line(tmp_path: Path) -> None:
    drop(tmp_path, "a\nb\u202excod.csv")
    drop(tmp_path, os.fsdecode(b"\xff.csv"))
    names = [each.name for each in look(tmp_path).dropped]
    assert sorted(names) == ["a�b�xcod.csv", "�.csv"]


def test_no_inbox_is_the_operators_to_mend(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="no inbox"):
        look(tmp_path / "nowhere")


def test_waiting_is_reported_after_an_hour_and_links_at_once(tmp_path: Path) -> None:
    drop(tmp_path, "half.xlsx", workbook()[:-30])
    (tmp_path / "link.csv").symlink_to(tmp_path)
    waiting = look(tmp_path).waiting
    soon = datetime.now(UTC)
    assert [finding.rule for finding in report(waiting, soon)] == ["inbox.link"]
    later = {finding.file: finding.rule for finding in report(waiting, soon + timedelta(hours=2))}
    assert later == {"half.xlsx": "inbox.copying", "link.csv": "inbox.link"}


def test_an_original_is_moved_with_its_bytes(tmp_path: Path) -> None:
    dropped = one(tmp_path / "in", "李敏/登记表.xlsx")
    path = archive(dropped, tmp_path / "archive", DAY)
    assert path == tmp_path / "archive" / "2026-11" / "登记表.xlsx"
    assert path.read_bytes() == dropped.content
    assert not dropped.path.exists()


def test_a_name_that_is_taken_gets_a_mark_and_nothing_is_overwritten(tmp_path: Path) -> None:
    first = one(tmp_path / "in")
    path = archive(first, tmp_path / "archive", DAY)
    second = one(tmp_path / "in", content=workbook() + b"x")
    other = archive(second, tmp_path / "archive", DAY)
    assert other != path
    assert other.suffix == ".xlsx"
    assert (path.read_bytes(), other.read_bytes()) == (first.content, second.content)


def test_destinations_of_one_run_do_not_meet(tmp_path: Path) -> None:
    drop(tmp_path / "in", "甲/表.csv", b"1")
    drop(tmp_path / "in", "乙/表.csv", b"2")
    first, second = look(tmp_path / "in").dropped
    given = destination(first, tmp_path, DAY)
    assert destination(second, tmp_path, DAY, {given}) != given


def test_the_same_sheet_again_is_kept_once(tmp_path: Path) -> None:
    path = archive(one(tmp_path / "in"), tmp_path / "archive", DAY)
    again = one(tmp_path / "in")
    assert archive(again, tmp_path / "archive", DAY) == path
    assert not again.path.exists()
    assert list(path.parent.iterdir()) == [path]


def test_a_sheet_dropped_twice_in_one_run_is_kept_once(tmp_path: Path) -> None:
    drop(tmp_path / "in", "甲/表.csv", b"1")
    drop(tmp_path / "in", "乙/表.csv", b"1")
    taken: list[Path] = []
    for dropped in look(tmp_path / "in").dropped:
        taken.append(archive(dropped, tmp_path / "archive", DAY, taken))
    assert taken[0] == taken[1]
    assert not [path for path in (tmp_path / "in").rglob("*") if path.is_file()]


def test_what_was_saved_over_meanwhile_stays_and_what_was_read_is_archived(tmp_path: Path) -> None:
    dropped = one(tmp_path / "in")
    dropped.path.write_bytes(b"newer")
    path = archive(dropped, tmp_path / "archive", DAY)
    assert path.read_bytes() == dropped.content
    assert dropped.path.read_bytes() == b"newer"


def test_what_vanished_meanwhile_is_archived_all_the_same(tmp_path: Path) -> None:
    dropped = one(tmp_path / "in")
    dropped.path.unlink()
    assert archive(dropped, tmp_path / "archive", DAY).read_bytes() == dropped.content


@pytest.mark.parametrize("moment", range(4))
def test_what_another_run_archives_at_the_same_moment_is_kept_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    dropped, looks = one(tmp_path / "in"), []

    def meanwhile(real: Callable[..., bool]) -> Callable[..., bool]:
        def look_first(*args: object) -> bool:
            looks.append(real)
            if len(looks) == moment + 1:
                place = tmp_path / "archive" / f"{DAY:%Y-%m}" / "登记表.xlsx"
                place.parent.mkdir(parents=True, exist_ok=True)
                dropped.path.rename(place)
            return real(*args)

        return look_first

    for owner, name in ((module, "_is"), (os.path, "lexists"), (module, "_rename")):
        monkeypatch.setattr(owner, name, meanwhile(getattr(owner, name)))
    with suppress(FolderError):  # it is gone, and the run says so
        archive(dropped, tmp_path / "archive", DAY)
    assert len(looks) > moment
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in kept] == [dropped.content]


def test_an_archive_on_another_file_system_is_written_before_the_original_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped = one(tmp_path / "in")

    def elsewhere(self: Path, target: Path) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(Path, "rename", elsewhere)
    path = archive(dropped, tmp_path / "archive", DAY)
    assert path.read_bytes() == dropped.content
    assert path.stat().st_mtime == pytest.approx(dropped.modified.timestamp(), abs=0.01)
    assert not dropped.path.exists()


def test_an_archive_that_cannot_be_written_leaves_the_original(tmp_path: Path) -> None:
    dropped = one(tmp_path / "in")
    (tmp_path / "archive").write_text("a file")
    with pytest.raises(FolderError):
        archive(dropped, tmp_path / "archive", DAY)
    assert dropped.path.read_bytes() == dropped.content


OF_PROGRAMS = (
    "Thumbs.db",
    "desktop.ini",
    "~WRD0001.tmp",
    "登记.xlsx.part",
    "登记.xlsx.crdownload",
    "5C1A2B3D",
    "刘洋/THUMBS.DB",
)


def test_what_no_person_has_made_is_passed_over_and_stays(tmp_path: Path) -> None:
    for name in (*OF_PROGRAMS, "名单.xlsx", "20261102"):
        drop(tmp_path, name, workbook())
    found = look(tmp_path)
    assert sorted(each.name for each in found.dropped) == ["20261102", "名单.xlsx"]
    assert sorted(path.relative_to(tmp_path).as_posix() for path in found.ignored) == sorted(OF_PROGRAMS)
    assert (found.waiting, report(found.waiting, datetime.now(UTC))) == ([], [])
    assert all((tmp_path / name).exists() for name in OF_PROGRAMS)
