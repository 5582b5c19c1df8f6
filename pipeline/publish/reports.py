"""From settled books to everything that leaves: the office's snapshot, its workbooks by path, the mails to queue."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from pipeline.domain.duties import LEFT_OPEN_AFTER, Duties, duties
from pipeline.domain.office import Office
from pipeline.domain.partition import MASTER, MasterPartition
from pipeline.domain.passwords import NONE, Passwords
from pipeline.domain.record import RecordState
from pipeline.domain.roster import Person
from pipeline.outside.files.outbox import file_name
from pipeline.outside.stage_log import step_done
from pipeline.render.dashboard.figures import Paths
from pipeline.render.dashboard.page import page
from pipeline.render.mail.digest_sections import is_the_offices
from pipeline.render.reports.exceptions import exceptions
from pipeline.render.reports.handover import handover
from pipeline.render.reports.help_card import help_card
from pipeline.render.reports.help_words import HELP_CARDS
from pipeline.render.reports.master import master, part_of_master
from pipeline.render.reports.visit_sheet import visit_sheets
from pipeline.render.reports.worklist import worklist
from pipeline.render.xlsx.encrypt import encrypt
from pipeline.render.xlsx.input_hash import input_hash
from pipeline.render.xlsx.workbook import Book, WriteWorkbook
from pipeline.render.xlsx.write_workbook import write
from schemas.language import Language, Localized, Register, Severity
from schemas.language.workdays import next_workday

_log = logging.getLogger(__name__)

_WEEK = 5
"""Working days after which a manager is told once more of what others leave undone."""

PAGE = "index.html"
WORKLISTS = "worklists"
VISITS = "visits"
EXCEPTIONS = "exceptions"
HANDOVER = "handover"
RETURNS = "returns"
HELP = "help"
ALL = "all.xlsx"

_SHOWN = {
    WORKLISTS: Localized("任务表", "worklist"),
    VISITS: Localized("走访单", "visits"),
    EXCEPTIONS: Localized("异常表", "exceptions"),
    RETURNS: Localized("退回", "returned"),
}


_OF_ALL = Localized("全部.xlsx", "all.xlsx")
"""What the exceptions of all are called there."""


def attachment_name(path: str, language: Language) -> str:
    """Return what a report at *path* is called where it leaves its folder: ``任务表-K02-李秀英.xlsx``."""
    folder, _, name = path.partition("/")
    if path == f"{EXCEPTIONS}/{ALL}":
        name = _OF_ALL.to(language)
    return f"{_SHOWN[folder].to(language)}-{name}"


def path_of_attachment(name: str) -> str:
    """Return where the report that leaves as *name* lies below the outbox; *name* itself when it is none of ours."""
    for folder, shown in _SHOWN.items():
        for prefix in (f"{shown.zh}-", f"{shown.en}-"):
            if name.startswith(prefix):
                own = name.removeprefix(prefix)
                return f"{folder}/{ALL if folder == EXCEPTIONS and own in (_OF_ALL.zh, _OF_ALL.en) else own}"
    return name


def without_return_marks(stem: str) -> str:
    """Return what its sender called a sheet that may have been a return: saved from a mail it bears what it was sent as."""
    shown = _SHOWN[RETURNS]
    while (own := stem.removeprefix(f"{shown.zh}-").removeprefix(f"{shown.en}-")) not in ("", stem):
        stem = own
    return stem


@dataclass(slots=True)
class Reports:
    """Workbooks by path below the outbox; None: nothing to say, a file from an earlier run goes."""

    files: dict[str, bytes | None] = field(default_factory=dict)
    letters: list[PendingNotification] = field(default_factory=list)
    inputs: dict[str, str] = field(default_factory=dict)
    """What tells apart that from which each workbook was drawn."""

    def rendered(self) -> dict[str, tuple[str, str]]:
        """Return by path what a workbook was drawn from, and its hash."""
        contents = {path: self.files[path] for path in self.inputs}
        return {
            path: (self.inputs[path], hashlib.sha256(content).hexdigest())
            for path, content in contents.items()
            if content is not None
        }


@dataclass(frozen=True, slots=True)
class PendingNotification:
    """A mail that somebody is to get: what it tells, and the reports that go with it."""

    person: Person
    items: frozenset[str]
    attachments: tuple[str, ...]
    told: frozenset[str] = frozenset()
    """What the last mail told: what only happened is not told again."""


RenderCache = Callable[[str, str], bytes | None]
"""Gives the workbook at a path when it stands there as it was drawn from the same inputs."""


def build_reports(
    office: Office,
    clerk: str,
    told: Mapping[str, set[str]],
    standing: RenderCache = lambda path, inputs: None,
    passwords: Passwords = NONE,
    parts: Sequence[MasterPartition] = (),
) -> Reports:
    """Return all reports of *office*, and who is to be told what he has not been told (*told*, by staff number).

    A workbook that is *standing* already is not written again. People's own are put under their *passwords*. Registers
    too long for the master have *parts*.
    """
    reports = Reports()

    def at(path: str, person: str = "") -> WriteWorkbook:
        password = passwords.of(person) if person else ""

        def draw(book: Book) -> bytes:
            step_done(_log, path)
            reports.inputs[path] = input_hash(book, office.name, *([passwords.trace(person)] if password else []))
            found = standing(path, reports.inputs[path])
            if found is None:
                found = encrypt(write(book), password) if password else write(book)
            return found

        return draw

    for part in parts:
        reports.files[part.path] = part_of_master(office, part, at(part.path))
    reports.files[MASTER] = master(office, at(MASTER), parts)
    every = f"{EXCEPTIONS}/{ALL}"
    reports.files[every] = exceptions(office, None, at(every))
    for register in office.catalogue.registers:
        for each in register.handovers:
            path = f"{HANDOVER}/{each.code}.xlsx"
            reports.files[path] = handover(office, register, each, at(path))
    for card in HELP_CARDS:
        path = f"{HELP}/{card.reader.to(office.language)}.xlsx"
        reports.files[path] = help_card(card, office.name, office.language, at(path))
    for person in (*office.roster.people.values(), Person("", "", "", clerk)):
        own: dict[str, bytes | None] = {}
        if person.number:
            name = file_name(person.number, person.name)
            path = f"{WORKLISTS}/{name}"
            own[path] = worklist(office, person, at(path, person.number))
            path = f"{VISITS}/{name}"
            own[path] = visit_sheets(office, person, at(path, person.number))
            path = f"{EXCEPTIONS}/{name}"
            own[path] = exceptions(office, person.number, at(path, person.number))
        reports.files |= own
        attached = tuple(path for path, content in own.items() if content)
        items = _items(office, person)
        given = office.receipts.get(person.number, ())
        before = frozenset(told.get(person.number, ()))
        news = items - before or any(not each.known for each in given)
        if news and person.email:
            files = attached or ((every,) if reports.files[every] and items else ())
            reports.letters.append(PendingNotification(person, items, files, before))
    return reports


def add_page(office: Office, reports: Reports, standing: Iterable[str]) -> None:
    """Put into *reports* the page that leads to all of them; *standing* are the names of returns in the folder."""
    reports.files[PAGE] = page(office, _paths(office, reports, standing))


def _paths(office: Office, reports: Reports, standing: Iterable[str]) -> Paths:
    """Return where the page may lead: only to what is written, or stays."""
    written = {path for path, content in reports.files.items() if content}

    def of(folder: str, person: Person) -> str:
        path = str(PurePosixPath(folder, file_name(person.number, person.name)))
        return path if path in written else ""

    people = office.roster.people.values()
    return Paths(
        master=MASTER,
        exceptions=f"{EXCEPTIONS}/{ALL}" if f"{EXCEPTIONS}/{ALL}" in written else "",
        worklists={person.number: of(WORKLISTS, person) for person in people},
        visits={person.number: of(VISITS, person) for person in people},
        own_exceptions={person.number: of(EXCEPTIONS, person) for person in people},
        handovers={
            path.removeprefix(f"{HANDOVER}/").removesuffix(".xlsx"): path
            for path in written
            if path.startswith(HANDOVER)
        },
        help_cards={
            path.removeprefix(f"{HELP}/").removesuffix(".xlsx"): path
            for path, content in reports.files.items()
            if content and path.startswith(f"{HELP}/")
        },
        returns={
            path.removeprefix(f"{RETURNS}/"): path
            for path in {*written, *(f"{RETURNS}/{name}" for name in standing)}
            if path.startswith(RETURNS) and reports.files.get(path, b"") is not None
        },
    )


def _items(office: Office, person: Person) -> frozenset[str]:
    """What a mail to *person* would tell, item by item: it is sent when one of them is new."""
    own: Duties = duties(office, person)
    tasks = {_item(task.register, entry, office) for task in own.tasks for entry in task.entries}
    stuck = {_item(each.register, entry, office) for each in own.stuck for entry in (*each.unassigned, *each.overdue)}
    left = {
        f"left/{each.number}/{(office.working_days_since(each.opened) - LEFT_OPEN_AFTER - 1) // _WEEK}"
        for each in own.left_open
        if each.finding.severity is Severity.ERROR  # a warning waits on the page: its row has entered
    }
    left |= {each.item for each in own.passed_on}
    kept = {f"lapses/{each.register.code}/{entry.key}/{until}" for each in own.kept for until, entry in each.expiring}
    kept |= {f"lacks/{each.register.code}/{poor.entry.key}" for each in own.kept for poor in each.incomplete}
    replaced = {each.item for each in office.replaced.get(person.number, ())}
    notices = {each.item for each in office.notices.get(person.number, ())}
    decided = {each.item for each in office.decided.get(person.number, ())}
    wrong = {each.item for each in own.findings if each.to_mend}
    # a file that lies in the inbox is nobody's yet, and nothing else shows it: it is told each working day that it lies there
    wrong |= {
        f"inbox/{each.number}/{office.working_days_since(each.opened)}"
        for each in own.findings
        if each.finding.rule.startswith("inbox.")
    }
    holidays = {f"holidays/{office.unknown_holidays}"} if office.unknown_holidays and is_the_offices(person) else set()
    return frozenset(
        tasks | stuck | wrong | left | kept | replaced | decided | notices | holidays | _stuck_mails(office, person)
    )


def _stuck_mails(office: Office, person: Person) -> set[str]:
    """Mails that have waited for a day are news to the office, once; those given up are findings of their own."""
    stuck = office.undelivered
    return {f"mails/{stuck.since}"} if stuck.waiting and stuck.overnight and is_the_offices(person) else set()


def _item(register: Register, entry: RecordState, office: Office) -> str:
    """Name what is told of *entry*; that it is late is news again every week."""
    stage, late = register.waiting_for(entry.state), ""
    if entry.due is not None and office.overdue(entry):
        late = f"/late/{max(office.working_days_since(entry.due) - 1, 0) // _WEEK}"
    elif entry.due is not None and stage is not None and stage.eve and next_workday(office.today) >= entry.due:
        late = "/eve"
    return f"{register.code}/{entry.key}/{entry.state}/{entry.since}{late}"
