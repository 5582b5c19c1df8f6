"""Every picture of the documentation is taken by the command, shown somewhere, and small enough to be sent."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest

from tests.pictures.shown import PICTURES, PICTURES_BEFORE, OfPage, OfWorkbook
from tests.pictures.take import missing, take

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "pictures"
PAGES = [*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
MOST_BYTES = 200_000


def named() -> list[tuple[Path, str, Path]]:
    """Every picture that a page shows: the page, what it says of it, where it lies."""
    return [
        (page, said, (page.parent / target).resolve())
        for page in PAGES
        for said, target in IMAGE.findall(page.read_text(encoding="utf-8"))
    ]


def size(picture: bytes) -> tuple[int, int]:
    """Width and height in pixels, as the head of a PNG says."""
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", picture[16:24])


def test_every_picture_that_is_shown_is_there_and_said_in_words() -> None:
    shown = named()
    assert len(shown) > 12
    assert [(page.name, str(path)) for page, said, path in shown if not path.is_file() or not said] == []


def test_every_picture_that_is_there_is_shown_and_in_the_list_of_the_command() -> None:
    there = {path.name for path in FOLDER.iterdir()}
    assert there == {path.name for _, _, path in named() if path.parent == FOLDER}
    assert there == PICTURES.keys() | PICTURES_BEFORE.keys()
    assert {path.parent for _, _, path in named()} == {FOLDER}


def test_no_picture_is_too_large() -> None:
    assert {path.name: path.stat().st_size for path in FOLDER.iterdir() if path.stat().st_size > MOST_BYTES} == {}


def test_the_command_takes_all_of_them(tmp_path: Path) -> None:
    if lacking := missing():
        pytest.skip(f"not installed: {', '.join(lacking)}")
    target, work = tmp_path / "pictures", tmp_path / "work"
    target.mkdir()
    work.mkdir()
    take(target, work)
    made = {path.name: path.read_bytes() for path in target.iterdir()}
    assert set(made) == set(PICTURES)
    for name, content in made.items():
        picture = PICTURES[name]
        width, height = size(content)
        if isinstance(picture, OfWorkbook | OfPage):
            assert abs(width - picture.width) <= 2, name
        assert 100 < height <= picture.height, name
        assert len(content) <= MOST_BYTES, name
