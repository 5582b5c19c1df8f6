"""Names and kinds of files that a shared folder may hold: each is taken, or told of, and none leads anywhere."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipeline.commands.run import run
from pipeline.settings import Settings
from tests.tools.customers import new_office, told

DAY = date(2026, 11, 3)
NFC, NFD = (unicodedata.normalize(form, "Café 登记表.csv") for form in ("NFC", "NFD"))
NAMES = (
    "a\nb.csv",
    "a\r\nrun 9 done.csv",
    "-..csv",
    "x" * 251 + ".csv",
    "表" * 83 + ".csv",
    "\u202evsc.登记",
    "CON",
    "nul.csv",
    "COM1.csv",
    "a. ",
    "b ",
    "*?<>|.csv",
    "C:\\evil.csv",
    NFC,
    NFD,
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return new_office(tmp_path)


def archived(settings: Settings) -> list[Path]:
    return [path for path in (settings.outbox / "archive" / f"{DAY:%Y-%m}").glob("*") if path.is_file()]


def test_whatever_a_file_is_called_it_is_archived_with_its_bytes_under_a_name_for_every_system(
    settings: Settings,
) -> None:
    contents = {f"没有这样的表,{number}\n".encode() for number in range(len(NAMES))}
    for name, content in zip(NAMES, sorted(contents), strict=True):
        (settings.inbox / name).write_bytes(content)
    summary = run(settings, today=DAY)
    assert (summary.files.seen, summary.files.refused) == (len(NAMES), len(NAMES))
    assert {path.read_bytes() for path in archived(settings)} == contents
    assert [path.name for path in settings.inbox.rglob("*") if path.is_file()] == []
    for path in archived(settings):
        assert len(path.name.encode()) <= 200
        assert path.name.isprintable()
        assert not set('<>:"/\\|?*') & set(path.name) and not path.name.startswith((".", " "))
        assert path.name.partition(".")[0].strip().lower() not in {"con", "nul", "com1"}
    assert len({path.name.casefold() for path in archived(settings)}) == len(NAMES), "a share that ignores case"


def test_a_log_line_is_one_line_whatever_the_file_is_called(settings: Settings) -> None:
    (settings.inbox / "a\r\nrun 9 done.csv").write_text("没有这样的表\n")
    run(settings, today=DAY)
    book = openpyxl.load_workbook(settings.outbox / "exceptions" / "all.xlsx")
    texts = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert [text for text in texts if "run 9 done" in text]
    assert not [text for text in texts if "\nrun 9" in text or "\r" in text]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_links_and_special_files_are_told_never_followed(settings: Settings, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("许可证号\n131123100018\n")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "inner.csv").write_text("许可证号\n131123100018\n")
    (settings.inbox / "link.csv").symlink_to(secret)
    (settings.inbox / "dangling.csv").symlink_to(tmp_path / "nowhere")
    (settings.inbox / "folder").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(settings.inbox / "pipe.csv")
    summary = run(settings, today=DAY)
    assert (summary.files.read, summary.files.waiting) == (0, 4)
    sentences = [sentence for _, sentence in told(settings)]
    assert sum("链接" in sentence for sentence in sentences) == 3
    assert len(sentences) == 4 + sum("辖区" in each or "人员" in each for each in sentences)
    assert hashlib.sha256(secret.read_bytes()).hexdigest() and not archived(settings)
    assert (tmp_path / "elsewhere" / "inner.csv").exists()
