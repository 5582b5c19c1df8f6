"""A month of cron: two offices side by side, one on a server, and every day one of twenty things goes wrong in one of them.

What is asked of each: the run ends with the code that is documented, says what to do in words, the other office goes on, and once
it is mended the next run does all of it.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import openpyxl

from pipeline.errors import RuwangError
from pipeline.outside.ledger import open_ledger
from pipeline.outside.locking.exclusive_ledger import open_exclusively
from pipeline.outside.locking.lock import NAME as LOCK
from pipeline.settings import Settings, load_settings
from schemas.language.sample import Filled
from schemas.roster.samples import AREAS, PEOPLE
from tests.faults.program import WITHIN, Done, Program
from tests.render.reports.test_master_on_paper import registered
from tests.tools.customers import drop

BEGINS, SHOPS_A_DAY = date(2026, 11, 2), 2
_STOPPED = "停止："
_DEAD = 2**22 - 1
"""No process has that number."""


class Cron:
    """An office in *folder* as its schedule runs it by *program*; *environment* says what its file of settings does not.

    The people and areas of the samples lie in its inbox, which *folder* has where its settings say.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str], program: Program = WITHIN) -> None:
        self.folder = folder
        self.program = program
        self.environment = {"RUWANG_SETTLE_SECONDS": "0", **environment}
        for sheet in (PEOPLE, AREAS):
            drop(self.settings, sheet)

    @property
    def settings(self) -> Settings:
        return load_settings({}, environ=self.environment, folder=self.folder).settings

    @property
    def ledger(self) -> Path:
        return self.folder / "ledger" / "ruwang.db"

    def call(self, *words: str, **more: str) -> Done:
        """Call ``pipeline`` in the office's folder."""
        return self.program.call(self.folder, words, {**self.environment, **more})

    def run(self, day: date, **more: str) -> Done:
        return self.call("run", "--today", day.isoformat(), **more)

    def hand_in(self, number: int) -> None:
        rows = [registered(number * SHOPS_A_DAY + at) for at in range(SHOPS_A_DAY)]
        drop(self.settings, Filled(f"新户{number:03}.xlsx", "registration", rows))

    def customers(self) -> int:
        """How many the ledger holds; -1 where there is none that can be read."""
        try:
            with open_ledger(self.settings.ledger, create=False) as ledger, ledger.transaction() as uow:
                return uow.records.count("customers")
        except RuwangError:
            return -1

    def letters(self) -> list[str]:
        return [path.name for path in (self.settings.outbox / "mail").glob("*.eml")]

    def told_of(self, name: str) -> list[tuple[str, str]]:
        """What the exceptions say of the file *name*: the sentence and the way to mend it."""
        book = openpyxl.load_workbook(self.settings.outbox / "exceptions" / "all.xlsx", read_only=True)
        rows = [[str(value or "") for value in row] for sheet in book for row in sheet.iter_rows(values_only=True)]
        return [(row[1], row[2]) for row in rows if name in row]

    def setting(self, line: str) -> Callable[[], object]:
        """Write *line* below the file of settings; return what takes it out again."""
        path = self.folder / "pipeline.toml"
        before = path.read_text("utf-8") if path.exists() else ""
        path.write_text(f"{before}{line}\n", "utf-8")
        return lambda: path.write_text(before, "utf-8")


Mend = Callable[[], object]


@dataclass(frozen=True)
class Fault:
    """``harm`` does it to an office, beside another one, on a day, and returns what mends it; ``code`` and ``words`` are what
    the run is to end with and to say; ``remedy`` is what the operator calls then.
    """

    name: str
    code: int
    words: Sequence[str] = ()
    harm: Callable[[Cron, Cron], Mend] = lambda office, other: lambda: None
    remedy: Sequence[str] = ()
    environment: Callable[[Cron, Cron], Mapping[str, str]] = lambda office, other: {}
    during: Callable[[Cron], AbstractContextManager[object]] = lambda office: nullcontext()
    days_off: int = 0
    on_file: bool = False
    """Can only befall a ledger in a file."""
    on_server: bool = False
    passes: bool = False
    """The day's sheets are taken all the same."""
    named: str = ""
    """The file that the exceptions name, once, with a way to mend it."""


@contextmanager
def _no_room(_: Cron) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _under_way(office: Cron) -> AbstractContextManager[object]:
    return open_exclusively(office.settings.ledger, office.settings.lock_folder, 60)


def _inbox_gone(office: Cron, _: Cron) -> Mend:
    inbox = office.settings.inbox
    gone = inbox.rename(inbox.with_name("gone"))
    return lambda: gone.rename(inbox)


def _dead_lock(office: Cron, _: Cron) -> Mend:
    (office.settings.outbox / LOCK).write_text(f"{_DEAD}\n{os.uname().nodename}\n", "utf-8")
    return lambda: None


def _ledger_gone(office: Cron, _: Cron) -> Mend:
    office.ledger.unlink()
    return lambda: None


def _ledger_damaged(office: Cron, _: Cron) -> Mend:
    whole = office.ledger.read_bytes()
    office.ledger.write_bytes(b"x" * 4096 + whole[4096:])
    return lambda: None


def _older_ledger(office: Cron, _: Cron) -> Mend:
    copies = sorted(office.settings.backups.glob("*.db*"))
    shutil.copy(copies[0], office.ledger)
    return lambda: None


def _put(name: str, content: bytes) -> Callable[[Cron, Cron], Mend]:
    def harm(office: Cron, _: Cron) -> Mend:
        path = office.settings.inbox / name
        path.write_bytes(content)
        long_ago = time.time() - 2 * 3600  # what is still being copied there is left in peace for an hour
        os.utime(path, (long_ago, long_ago))
        return lambda: path.unlink(missing_ok=True)

    return harm


def _worklists_gone(office: Cron, _: Cron) -> Mend:
    folder = office.settings.outbox / "worklists"
    names = {path.name for path in folder.iterdir()}
    shutil.rmtree(folder)

    def again() -> None:
        assert names <= {path.name for path in folder.iterdir()}

    return again


def _own_procedure(office: Cron, _: Cron) -> Mend:
    own = office.folder / "own" / "leaflets"
    own.mkdir(parents=True)
    (own / "__init__.py").write_text("from schemas.language import Procedur\n", "utf-8")
    forget = office.setting('procedures_folder = "own"')
    return lambda: (forget(), shutil.rmtree(office.folder / "own"))


def _set(line: str) -> Callable[[Cron, Cron], Mend]:
    return lambda office, _: office.setting(line)


FAULTS = (
    Fault("no room on the disk", 2, ("空间",), during=_no_room, on_file=True),
    Fault("the inbox is gone", 2, ("没有收件夹", "inbox"), _inbox_gone),
    Fault("another run is under way", 75, ("另一批次正在运行",), during=_under_way),
    Fault("the lock of a dead run", 0, (), _dead_lock, on_file=True, passes=True),
    Fault("the ledger is gone", 2, ("rebuild --from-backup",), _ledger_gone, ("rebuild", "--from-backup"), on_file=True),
    Fault("the ledger is damaged", 2, ("rebuild --from-backup",), _ledger_damaged, ("rebuild", "--from-backup"), on_file=True),
    Fault("an older ledger was put back", 2, ("rebuild --from-backup",), _older_ledger, ("rebuild", "--from-backup"), on_file=True),
    Fault(
        "the server does not answer", 2, ("数据库",), on_server=True,
        environment=lambda office, _: {"RUWANG_LEDGER": "postgresql://ruwang@127.0.0.1:1/ruwang?connect_timeout=2"},
    ),
    Fault("the clock was put back", 2, ("--day-is-right",), days_off=-30),
    Fault("the clock is a year ahead", 2, ("--day-is-right",), days_off=400),
    Fault(
        "the outbox is another office's", 2, ("另一个账本",),
        environment=lambda _, other: {"RUWANG_OUTBOX": other.program.seen(other.settings.outbox)},
    ),
    Fault("a setting is misspelt", 2, ("inbox",), _set('inbux = "inbox"')),
    Fault("a deadline of no stage", 2, ("verify",), _set("[deadlines]\nverfy = 3")),
    Fault(
        "the mail server does not answer", 4, ("邮件",), remedy=("mails", "--resend"), passes=True,
        environment=lambda office, _: {"RUWANG_SMTP__HOST": "127.0.0.1", "RUWANG_SMTP__PORT": "1"},
    ),
    Fault("half a workbook in the inbox", 0, (), _put("半张.xlsx", b"PK\x03\x04"), passes=True, named="半张.xlsx"),
    Fault("a picture in the inbox", 0, (), _put("照片.jpg", b"\xff\xd8\xff" + bytes(900)), passes=True, named="照片.jpg"),
    Fault("files of programs in the inbox", 0, (), _put("Thumbs.db", b"x"), passes=True),
    Fault("the worklists were deleted", 0, (), _worklists_gone, passes=True),
    Fault("a procedure of the office cannot be read", 2, ("leaflets", "Procedur"), _own_procedure),
    Fault("the file of passwords is missing", 2, ("密码文件",), _set('worklist_password_file = "nowhere.txt"')),
)  # fmt: skip


@dataclass
class Month:
    """What was played, and all that was not as it has to be."""

    runs: int = 0
    told: dict[str, str] = field(default_factory=dict)
    """By fault: what the run said."""
    wrong: list[str] = field(default_factory=list)

    def must(self, holds: bool, what: str) -> None:
        if not holds:
            self.wrong.append(what)


def two_offices(folder: Path, server_url: str, program: Program = WITHIN) -> tuple[Cron, Cron]:
    """Make the two in *folder*, each with what it needs and no file of settings; the second's ledger is at *server_url*."""
    for name in ("first", "second"):
        (folder / name / "inbox").mkdir(parents=True)
    return (
        Cron(folder / "first", {}, program),
        Cron(folder / "second", {"RUWANG_LEDGER": server_url, "RUWANG_OFFICE_CODE": "131123"}, program),
    )


def play(offices: tuple[Cron, Cron], faults: Sequence[Fault] = FAULTS) -> Month:
    """Play a day for each of *faults*, and one before them; the second of *offices* keeps its ledger on a server."""
    month = Month()
    days = len(faults) + 1
    working = [day for at in range(60) if (day := BEGINS + timedelta(at)).weekday() < 5][:days]
    for at, day in enumerate(working):
        fault = faults[at - 1] if at else None
        struck = offices[1 if fault and fault.on_server else 0 if not fault or fault.on_file else at % 2]
        for office in offices:
            office.hand_in(at + 10)
        if fault:
            _strike(month, fault, struck, next(each for each in offices if each is not struck), day)
        for office in offices:
            done = office.run(day)
            month.runs += 1
            month.must(done.exit_code == 0, f"{day}: {office.folder.name} ends with {done.exit_code}: {done.stderr}")
            month.must(done.said == "", f"{day}: all is well, and {office.folder.name} says {done.said}")
            month.must(
                office.customers() == SHOPS_A_DAY * (at + 1),
                f"{day}: {office.folder.name} has {office.customers()} customers",
            )
    for office in offices:
        _at_the_end(month, office, working)
    return month


def _strike(month: Month, fault: Fault, office: Cron, other: Cron, day: date) -> None:
    untouched = (other.customers(), sorted(other.letters()))
    before = office.customers()
    mend = fault.harm(office, other)
    with fault.during(office):
        done = office.run(day + timedelta(fault.days_off), **fault.environment(office, other))
    month.runs += 1
    said = done.said
    month.told[fault.name] = said
    month.must(done.exit_code == fault.code, f"{fault.name}: ends with {done.exit_code}, not {fault.code}: {said}")
    month.must(all(each in said for each in fault.words), f"{fault.name}: says {said!r}")
    month.must("Traceback" not in said, f"{fault.name}: shows a traceback")
    month.must(said.count(_STOPPED) == (fault.code in (2, 75)), f"{fault.name}: is not told once: {said}")
    month.must((other.customers(), sorted(other.letters())) == untouched, f"{fault.name}: touched the other office")
    if fault.named:
        found = office.told_of(fault.named)
        month.must(len(found) == 1 and all(found[0]), f"{fault.name}: the exceptions say {found}")
        month.told[fault.name] = "".join(f"（异常表）{sentence}：{fix}" for sentence, fix in found)
    mend()
    if fault.remedy:
        remedied = office.call(*fault.remedy)
        month.must(
            remedied.exit_code == 0, f"{fault.name}: {fault.remedy} ends with {remedied.exit_code}: {remedied.stderr}"
        )
    month.must(office.customers() == before + SHOPS_A_DAY * fault.passes, f"{fault.name}: lost a row")


def _at_the_end(month: Month, office: Cron, days: Sequence[date]) -> None:
    name = office.folder.name
    looked = office.call("doctor", "--json", "--today", days[-1].isoformat())
    if not looked.stdout:
        month.must(False, f"{name}: doctor ends with {looked.exit_code}: {looked.stderr}")
        return
    unwell = [each for each in json.loads(looked.stdout)["checks"] if not each["well"]]
    month.must(unwell == [], f"{name}: doctor says {unwell}")
    sheets = list((office.settings.outbox / "archive").rglob("新户*.xlsx"))
    month.must(len(sheets) == len(days), f"{name}: {len(sheets)} of {len(days)} originals in the archive")
    left = [path.name for path in office.settings.inbox.rglob("*") if path.is_file()]
    month.must(left == [], f"{name}: left in the inbox: {left}")
    letters = [name.partition("-")[2] for name in office.letters()]
    month.must(len(letters) == len(set(letters)), f"{name}: a mail was written twice")
