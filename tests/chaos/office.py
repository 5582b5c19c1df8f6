"""A small office that is killed and run again, and what must be equal to one that was left in peace."""

from __future__ import annotations

import email
import email.policy
import hashlib
import io
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import openpyxl
from python_calamine import CalamineWorkbook
from sqlalchemy import Table, create_engine, select

import pipeline.publish.returned_files as returns_module
from pipeline.commands.run import publish_reports, run
from pipeline.commands.undo import CannotUndoError, undo
from pipeline.domain.extract import Reading
from pipeline.intake import collect
from pipeline.outside.files import inbox
from pipeline.outside.ledger.tables import ENTRIES, EVENTS, FINDINGS, MAILS, PENDING, SERIALS, SUBMISSIONS, TOLD
from pipeline.read.read_file import read_file
from pipeline.settings import Settings, load_settings
from pipeline.settings.model import Smtp
from schemas.language.sample import Cells
from schemas.roster.samples import AREAS, PEOPLE
from tests.chaos.points import Point, armed
from tests.tools.customers import SHOP, drop, shops

FIRST, DAY = date(2026, 11, 3), date(2026, 11, 4)
SECOND: Cells = {**SHOP, "licence_no": "131123100026", "customer_name": "福来超市", "contact_phone": "13932820026"}
THIRD: Cells = {**SHOP, "licence_no": "131123100034", "customer_name": "广源商店", "contact_phone": "13932820034"}
WRONG: Cells = {**SHOP, "licence_no": "131123100042", "customer_name": "和平商店", "contact_phone": "139"}
FAR: Cells = {**SHOP, "licence_no": "131123100050", "customer_name": "远方商店", "shop_address": "某省某县某村1号"}
SECOND_DAY = "第二日.xlsx"
TAKEN_BACK = "2"  # the run: one sheet of it cannot go alone, another repeats its rows

# numbers and times, and the run in which something was done: a killed run has used one up
_UNLIKE = {"number", "run", "opened_run", "closed_run", "undone", "taken", "version", "day"}
_TABLES = (ENTRIES, EVENTS, FINDINGS, SUBMISSIONS, PENDING, SERIALS, TOLD)


@dataclass(frozen=True)
class Seen:
    """What is compared: rows of the ledger, originals by bytes, mails."""

    rows: dict[str, Counter[str]]
    originals: Counter[str]
    mails: Counter[tuple[str, str]]
    doubled: int
    faults: tuple[str, ...] = field(default=())


class PostOffice:
    """A mail server in its own process, and the mails it has accepted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.sink", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout
        self.port = int(self._process.stdout.readline())

    def empty(self) -> None:
        """Forget every mail."""
        for path in self.folder.iterdir():
            path.unlink()

    def mails(self) -> Iterator[tuple[str, str, str]]:
        """Yield the Message-ID, recipient and subject of each mail that was accepted."""
        for path in sorted(self.folder.iterdir()):
            mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            yield mail["Message-ID"], mail["To"], mail["Subject"]

    def close(self) -> None:
        """End the server."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


def settings_of(folder: Path, port: int) -> Settings:
    """Return the settings of the office in *folder*."""
    found = load_settings({"clerk": "clerk@example.com"}, environ={}, folder=folder).settings
    smtp = Smtp(host="127.0.0.1", port=port, starttls=False)
    return found.model_copy(update={"settle_seconds": 0, "smtp": smtp})


def found_office(folder: Path, post: PostOffice) -> Settings:
    """Make an office after its first day, with five sheets of the second in its inbox and an edited master."""
    settings = settings_of(folder, post.port)
    settings.inbox.mkdir(parents=True)
    for sheet in (PEOPLE, AREAS, shops(SHOP, SECOND)):
        drop(settings, sheet)
    with here():
        run(settings, today=FIRST)
    drop(settings, shops(THIRD, WRONG, name=SECOND_DAY))
    drop(settings, shops({**SHOP, "customer_name": "惠民超市新店"}, name="改.xlsx"))
    drop(settings, shops(FAR, name="远.xlsx"))
    drop(settings, shops(WRONG, THIRD), name="重复.xlsx")
    (settings.inbox / "坏.xlsx").write_bytes(b"PK\x03\x04 no workbook PK\x05\x06" + bytes(18))
    _edit_master(settings.outbox / "master.xlsx")
    return settings


def _edit_master(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    page = book["客户"]
    header = next(row for row in page.iter_rows() if any(cell.value == "许可证号" for cell in row))
    column = next(cell.column for cell in header if cell.value == "联系电话")
    key = next(cell.column for cell in header if cell.value == "许可证号")
    at = next(row for row in range(1, page.max_row + 1) if page.cell(row, key).value == SECOND["licence_no"])
    page.cell(at, column).value = "13932829999"
    book.save(path)


@contextmanager
def here() -> Iterator[None]:
    """Read and mark in this process: workers live in tests of their own, and a kill here must not wait for them."""

    def read_all(files: Sequence[Any], known: Any, read: Any, *_: Any) -> list[Reading]:
        return [read_file(name, content, sha256, known) for name, content, sha256 in files]

    def each(function: Callable[[Any], Any], jobs: Any, _: float) -> Iterator[Any]:
        return map(function, jobs)

    with patch.object(collect, "read_all", read_all), patch.object(returns_module, "each_in_worker", each):
        yield


def play(settings: Settings, scene: str) -> None:
    """Do what the scene is: a day, a day whose archive is on another file system, or the taking back of that day."""
    with ExitStack() as stack:
        if scene == "copied":
            stack.enter_context(patch.object(inbox, "_rename", lambda *_: False))
        if scene != "undo":
            run(settings, today=DAY)
            return
        try:
            undo(settings, TAKEN_BACK, today=DAY)
        except CannotUndoError:  # done before the kill: only the reports were lacking
            publish_reports(settings, today=DAY)


def killed(settings: Settings, point: Point, passing: int) -> bool:
    """Play in a forked child that dies at *point*; return whether it did."""
    child = os.fork()
    if not child:
        try:
            with here(), armed(point, passing):
                play(settings, point.scene)
        finally:
            os._exit(0)  # what pytest does at its end is not for the child
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def look(settings: Settings, post: PostOffice) -> Seen:
    """Look at the office as it stands."""
    mails = list(post.mails())
    by_id = {message: (to, subject) for message, to, subject in mails}
    originals = [*_files(settings.inbox), *_files(settings.outbox / "archive")]
    return Seen(
        rows=rows(settings),
        originals=Counter(
            hashlib.sha256(path.read_bytes()).hexdigest() for path in originals if path.suffix != ".json"
        ),
        mails=Counter(by_id.values()),
        doubled=len(mails) - len(by_id),
        faults=tuple(faults(settings)),
    )


def rows(settings: Settings) -> dict[str, Counter[str]]:
    """Return the rows of the ledger without their numbers, times and versions."""
    engine = create_engine(settings.ledger)
    with engine.connect() as connection:
        found = {
            table.name: Counter(repr(_plain(table, row)) for row in connection.execute(select(table)).mappings())
            for table in _TABLES
        }
        waiting = connection.execute(select(MAILS.c.outcome)).scalars().all()
    engine.dispose()
    found["mails that were not sent"] = Counter(each for each in waiting if each != "sent")
    return found


def _plain(table: Table, row: Any) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in _UNLIKE}


def faults(settings: Settings) -> Iterator[str]:
    """Yield what no reader may meet: a workbook that does not open, a half-written file."""
    for path in _files(settings.outbox):
        if path.name.startswith(".ruwang-") or path.suffix == ".part":
            yield f"left over: {path.name}"
        elif path.suffix == ".xlsx" and path.parent.parent.name != "archive" and (why := does_not_open(path)):
            yield f"{path.name}: {why}"


def does_not_open(path: Path) -> str:
    """Return why a workbook does not open to its last cell, "" when it does."""
    try:
        content = path.read_bytes()
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if package.testzip():
                return "a member is damaged"
        book = CalamineWorkbook.from_object(io.BytesIO(content))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()
    except BaseException as error:
        return type(error).__name__
    return ""


def whole_now(settings: Settings) -> list[str]:
    """Return workbooks that do not open in the moment after a kill: a reader may look before the next run."""
    return [each for each in faults(settings) if not each.startswith("left over")]


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


def copy(settings: Settings, to: Path) -> Settings:
    """Copy the office into the folder *to*, times and all."""
    if to.exists():
        shutil.rmtree(to)
    shutil.copytree(settings.inbox.parent, to)
    return settings_of(to, settings.smtp.port)
