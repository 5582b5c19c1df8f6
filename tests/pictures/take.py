"""Takes the pictures: LibreOffice prints a workbook, pdftoppm draws the page; Chromium shows page and mails."""

from __future__ import annotations

import email
import email.policy
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from email.message import EmailMessage
from pathlib import Path
from typing import Any, NamedTuple

import lxml.html

from pipeline.commands.demo import play
from pipeline.settings import load_settings
from tests.pictures.shown import BEFORE, PICTURES, PICTURES_BEFORE, OfMail, OfPage, OfWorkbook
from tests.render.browser import Browser

_ROOM = 10.0
"""Points around what stands on a page."""
_OF_A_MAIL = 640
"""Pixels: as wide as a window in which mails are read."""


class Box(NamedTuple):
    """What a printed page is cut to, in points."""

    left: float
    top: float
    width: float
    height: float


def missing() -> list[str]:
    """Return the programs that are needed and not there."""
    chromium = ("chromium", "chromium-browser", "google-chrome")
    needed = {"soffice": ("soffice",), "pdftoppm and pdftotext (poppler)": ("pdftoppm",), "chromium": chromium}
    return [name for name, programs in needed.items() if not any(map(shutil.which, programs))]


def take(target: Path, work: Path) -> None:
    """Play the demo in the folder *work* and write all pictures into *target*."""
    settings = load_settings({"language": "zh", "settle_seconds": 0}, environ={}, folder=work / "demo").settings
    for _ in play(settings):
        pass
    draw(PICTURES, settings.outbox, target, work)


def take_before(target: Path, work: Path) -> None:
    """Write the pictures of what the demo gave at an earlier commit into *target*; the sources are taken from git."""
    tree, office = work / "tree", work / "demo"
    git = ["git", "-C", str(Path(__file__).parents[2]), "worktree"]
    subprocess.run([*git, "add", "--quiet", "--detach", str(tree), BEFORE], check=True)
    try:
        office.mkdir()
        played = [sys.executable, "-m", "pipeline", "demo", str(office)]
        subprocess.run(played, check=True, capture_output=True, cwd=tree, env=os.environ | {"PYTHONPATH": str(tree)})
    finally:
        subprocess.run([*git, "remove", "--force", str(tree)], check=True)
    draw(PICTURES_BEFORE, office / "outbox", target, work)


def draw(pictures: Mapping[str, OfWorkbook | OfMail | OfPage], outbox: Path, target: Path, work: Path) -> None:
    """Write *pictures* of what lies in *outbox* into *target*."""
    printed = _print(pictures, outbox, work)
    for name, picture in pictures.items():
        if isinstance(picture, OfWorkbook):
            _draw(printed[picture.file], picture, target / name)
    with Browser(work / "chromium") as browser:
        for name, picture in pictures.items():
            if isinstance(picture, OfPage):
                browser.open(outbox / "index.html", picture.width)
                (target / name).write_bytes(browser.picture(picture.height))
            elif isinstance(picture, OfMail):
                page = work / f"{name}.html"
                page.write_text(_mail(outbox / "mail", picture), encoding="utf-8")
                browser.open(page, _OF_A_MAIL)
                (target / name).write_bytes(browser.picture(picture.height))


def _print(pictures: Mapping[str, OfWorkbook | OfMail | OfPage], outbox: Path, work: Path) -> Mapping[str, Path]:
    """Return by its path below *outbox* how each workbook that is shown is printed."""
    books = sorted({picture.file for picture in pictures.values() if isinstance(picture, OfWorkbook)})
    copies = []
    for number, book in enumerate(books):  # two folders may hold workbooks of one name
        copies.append(work / f"{number}.xlsx")
        shutil.copy(outbox / book, copies[-1])
    profile = f"-env:UserInstallation=file://{work / 'libreoffice'}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(work), *map(str, copies)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {book: copy.with_suffix(".pdf") for book, copy in zip(books, copies, strict=True)}


def _draw(printed: Path, picture: OfWorkbook, target: Path) -> None:
    number, box = next((each for each in _pages(printed, picture.texts)), (0, Box(0, 0, 0, 0)))
    if not number:
        raise LookupError(f"no page of {picture.file} bears {picture.texts}")
    sharpness = 72 * picture.width / box.width
    cut = [round(each * sharpness / 72) for each in box]
    cut[3] = min(cut[3], picture.height)
    where = [text for flag, each in zip(("-x", "-y", "-W", "-H"), cut, strict=True) for text in (flag, str(each))]
    page = ["-f", str(number), "-l", str(number), "-r", f"{sharpness:.2f}", "-singlefile", "-png"]
    subprocess.run(["pdftoppm", *page, *where, str(printed), str(target.with_suffix(""))], check=True)


def _pages(printed: Path, texts: tuple[str, ...]) -> Iterator[tuple[int, Box]]:
    """Yield the pages that bear all of *texts*, however they are broken, by number and with what stands on them."""
    said = subprocess.run(["pdftotext", "-bbox", str(printed), "-"], check=True, capture_output=True).stdout
    for number, page in enumerate(lxml.html.fromstring(said.decode()).iter("page"), 1):
        words = list(page.iter("word"))
        text = re.sub(r"\s", "", "".join(str(word.text_content()) for word in words))
        words = [word for word in words if not _is_footer(word, page)]
        if words and all(each in text for each in texts):
            left, top = (min(_at(word, side) for word in words) - _ROOM for side in ("xmin", "ymin"))
            right, bottom = (max(_at(word, side) for word in words) + _ROOM for side in ("xmax", "ymax"))
            yield number, Box(max(left, 0), max(top, 0), right - max(left, 0), bottom - max(top, 0))


def _is_footer(word: Any, page: Any) -> bool:
    return _at(word, "ymin") > float(page.get("height")) * 0.93


def _at(word: Any, side: str) -> float:
    return float(word.get(side))


def _mail(folder: Path, picture: OfMail) -> str:
    """Return the mail as its reader's program shows it: its part of text/html."""
    for path in sorted(folder.glob(f"{picture.recipient}-*.eml")):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        body = message.get_body(("html",)) if isinstance(message, EmailMessage) else None
        text = str(body.get_content()) if body else ""
        shown = " ".join(lxml.html.fromstring(text).text_content().split()) if text else ""
        if shown and all(each in shown for each in picture.texts):
            return text
    raise LookupError(f"no mail to {picture.recipient} says {picture.texts}")
