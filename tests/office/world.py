"""The product, as the simulated office meets it: the one module here that imports it."""

from __future__ import annotations

import dataclasses
import email
import email.policy
import os
import pickle
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from pipeline.commands.rebuild import rebuild
from pipeline.commands.run import run as run_once
from pipeline.commands.status import status
from pipeline.domain.record_fold import apply
from pipeline.outside import ledger as ledgers
from pipeline.outside.ledger import open_ledger
from pipeline.outside.workers.pool import each_in_worker as read_each_in_worker
from pipeline.outside.workers.read_all import read_all as read_all_in_workers
from pipeline.render.reports.template import template
from pipeline.render.xlsx.write_workbook import write
from pipeline.settings import Settings, load_settings
from pipeline.settings.catalogue import in_force
from schemas.language import Layout
from tests.office import words

_read: dict[tuple[str, str, str], bytes] = {}
_ledgers: dict[str, Any] = {}
_light = [False]
REGISTER = "customers"


@dataclass(frozen=True)
class Entry:
    """A customer as the register holds it: its fields as plain text, its state, who has it."""

    cells: dict[str, str]
    state: str
    owner: str

    def get(self, code: str) -> str:
        return self.cells.get(code, "")


Register = dict[str, Entry]


@dataclass(frozen=True)
class Found:
    """An open finding: what is wrong, where, and who is asked."""

    number: int
    rule: str
    severity: str
    file: str
    sheet: str
    cell: str
    field: str
    value: str
    key: str
    owner: str
    submission: str
    details: dict[str, str] = dataclasses.field(default_factory=dict, compare=False, hash=False)

    @property
    def line(self) -> int:
        digits = "".join(letter for letter in self.cell.partition(":")[0] if letter.isdigit())
        return int(digits or 0)

    def __str__(self) -> str:
        at = " ".join(part for part in (self.file, self.sheet, self.cell, self.key, self.field, self.value) if part)
        return f"{self.rule} ({at})"


@dataclass(frozen=True)
class Mail:
    """A mail that somebody got."""

    to: str
    subject: str
    text: str


class Office:
    """An office's folder: papers are put into it, it is run, and what came out is looked at."""

    def __init__(self, folder: Path, language: str) -> None:
        self.folder, self.language = folder, language
        folder.mkdir(parents=True, exist_ok=True)
        given = {"procedures": ["new_customer"], "language": language, "clerk": "clerk@example.com", "backups_kept": 0}
        found = load_settings(given, environ={}, folder=folder).settings
        self.settings: Settings = found.model_copy(update={"settle_seconds": 0, "workers": 1})
        self.settings.inbox.mkdir(exist_ok=True)
        self.light = False
        self._mails: set[str] = set()

    # what people do with it -------------------------------------------------------------------------------------------

    def put(self, name: str, content: bytes, made: datetime) -> None:
        """Drop a file into the inbox, or in place of the master, with the time at which it was saved."""
        path = self.settings.outbox / name if name == "master.xlsx" else self.settings.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        stamp = made.replace(tzinfo=UTC).timestamp() - 8 * 3600
        os.utime(path, (stamp, stamp))

    def run(self, day: date, clock: time) -> dict[str, Any]:
        """Run once; a light office draws nothing."""
        _light[0] = self.light
        try:
            return run_once(self.settings, today=day, clock=clock).to_json()
        finally:
            _light[0] = False

    def blank(self, form: str) -> bytes:
        """The blank sheet of a form, as the program writes it."""
        return template(
            in_force(self.settings).form(form), Layout.LIST, self.settings.language, self.settings.office_name
        )

    def file(self, path: str) -> bytes | None:
        """The bytes of a file of the outbox."""
        found = self.settings.outbox / path
        return found.read_bytes() if found.is_file() else None

    def worklist(self, number: str) -> bytes | None:
        return self._one("worklists", number)

    def own_exceptions(self, number: str) -> bytes | None:
        return self._one("exceptions", number)

    def returns(self) -> dict[str, bytes]:
        folder = self.settings.outbox / "returns"
        return {path.name: path.read_bytes() for path in sorted(folder.glob("*.xlsx"))} if folder.is_dir() else {}

    def mails(self) -> list[Mail]:
        """The mails that came since this was asked last."""
        found = []
        folder = self.settings.mail_folder
        for path in sorted(folder.glob("*.eml")) if folder.is_dir() else ():
            if path.name in self._mails:
                continue
            self._mails.add(path.name)
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            body = message.get_body(("plain",))
            found.append(Mail(str(message["To"]), str(message["Subject"]), str(body.get_content()) if body else ""))
        return found

    def _one(self, folder: str, number: str) -> bytes | None:
        path = next(iter(sorted((self.settings.outbox / folder).glob(f"{number}-*.xlsx"))), None)
        return path.read_bytes() if path else None

    # what stands in it ------------------------------------------------------------------------------------------------

    def register(self) -> Register:
        """The customers as the ledger holds them."""
        with self._ledger() as uow:
            return {key: _entry(each) for key, each in uow.records.get(REGISTER).items()}

    def managers(self) -> dict[str, str]:
        """Who serves each area, by staff number, as the ledger holds it."""
        with self._ledger() as uow:
            return {
                key: str(each.values.get("account_manager_no", "")) for key, each in uow.records.get("areas").items()
            }

    def folded(self) -> Register:
        """The customers as their events add up."""
        with self._ledger() as uow:
            found: dict[str, Any] = {}
            for event in uow.events.find(register=REGISTER):
                found[event.key] = apply(found.get(event.key), event)
        return {key: _entry(each) for key, each in found.items()}

    def findings(self) -> list[Found]:
        """What is open."""
        with self._ledger() as uow:
            return [_found(each) for each in uow.findings.open()]

    def status(self, day: date) -> dict[str, Any]:
        return dict(status(self.settings, today=day).to_json())

    def state_words(self) -> dict[str, str]:
        register = in_force(self.settings).register(REGISTER)
        return {state.code: state.words.to(self.settings.language) for state in register.states}

    def rebuild(self) -> Mapping[str, Sequence[str]]:
        """Build the ledger anew from the archive beside it; return the keys that differ, by register."""
        to = self.folder / "rebuilt.db"
        to.unlink(missing_ok=True)
        with drawing_nothing():
            return rebuild(self.settings, f"sqlite:///{to}").differing

    def copy(self, folder: Path) -> Office:
        """Return a light copy of the office: its ledger, and what a run asks of its archive."""
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "outbox" / "archive").mkdir(parents=True)
        shutil.copytree(self.folder / "ledger", folder / "ledger")
        runs = self.settings.archive / "runs"
        if runs.is_dir():
            shutil.copytree(runs, folder / "outbox" / "archive" / "runs")
        other = Office(folder, self.language)
        other.light = True
        return other

    @contextmanager
    def _ledger(self) -> Iterator[Any]:
        ledger = ledgers.open_ledger(self.settings.ledger, create=False)
        try:
            with ledger.transaction() as uow:
                yield uow
        finally:
            ledger.close()


def _entry(record: Any) -> Entry:
    cells = {code: words.plain(code, record.values.get(code)) for code in words.AUDITED}
    return Entry({code: value for code, value in cells.items() if value}, record.state, record.owner)


def _found(each: Any) -> Found:
    one = each.finding
    return Found(
        each.number, one.rule, one.severity.value, one.file, one.sheet, one.cell, one.field, one.value, one.key,
        each.owner, one.submission, dict(one.details),
    )  # fmt: skip


@contextmanager
def in_this_process() -> Iterator[None]:
    """Read and mark sheets here, and draw nothing for an office that is light: a simulated day must be quick."""

    def read_all(files: Iterable[Any], known: Any, read: Any, *_: Any) -> Iterator[Any]:
        for name, content, sha256 in files:
            token = (name, sha256, read.__name__)
            if token not in _read:
                if len(_read) > 400:
                    _read.clear()
                _read[token] = pickle.dumps(read(name, content, sha256, known))
            yield pickle.loads(_read[token])

    def each_in_worker(function: Callable[[Any], Any], jobs: Iterable[Any], _: float) -> Iterator[Any]:
        for job in jobs:
            yield None if _light[0] else function(job)

    def drawn(book: Any) -> bytes:
        return b"light" if _light[0] else write(book)

    def kept_open(url: str, *, create: bool = True) -> Any:
        """An engine remembers the statements it has worked out: they are the same for every run."""
        path = Path(url.partition(":///")[2])
        if url not in _ledgers or not path.exists():
            opened = open_ledger(url, create=create)
            _ledgers.setdefault(url, opened)
            opened.close()
        return _ledgers[url]

    _read.clear()
    with ExitStack() as stack:
        for original, other in (
            (read_all_in_workers, read_all), (read_each_in_worker, each_in_worker), (write, drawn), (open_ledger, kept_open),
        ):  # fmt: skip
            stack.enter_context(_everywhere(original, other))
        yield


@contextmanager
def drawing_nothing() -> Iterator[None]:
    """Within ``in_this_process``: write a word in place of every workbook."""
    _light[0] = True
    try:
        yield
    finally:
        _light[0] = False


@contextmanager
def _everywhere(original: Any, other: Any) -> Iterator[None]:
    """Have *other* stand for a function in all modules of the product, whatever they are called today."""
    places = [
        (module, name)
        for title, module in list(sys.modules.items())
        if title.partition(".")[0] == "pipeline" and module is not None
        for name, value in list(vars(module).items())
        if value is original
    ]
    for module, name in places:
        setattr(module, name, other)
    try:
        yield
    finally:
        for module, name in places:
            setattr(module, name, original)
