"""A play under way: the office, its people and their desks, what lies on them, and what has been dropped so far."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from python_calamine import CalamineWorkbook

from tests.office import papers, people, words
from tests.office.papers import Kind, Paper, Row
from tests.office.people import Person, Shop, Staff
from tests.office.world import Office

Cells = dict[str, str]


@dataclass
class Ledger:
    """A person's own list of customers, kept and dropped again and again."""

    author: Person
    lineage: str
    name: str
    rows: list[Cells] = field(default_factory=list)
    earlier: list[tuple[str, str, str]] = field(default_factory=list)
    """Key, field and value of what stood in it before its author changed it."""
    title: bool = True
    blank: bool = False
    """Whether it is the program's blank sheet, filled."""


@dataclass
class Copy:
    """A workbook of ours that somebody has taken to his desk, and what we had written in it."""

    content: bytes
    lineage: str
    day: date
    written: dict[str, dict[str, Cells]] | None = None


@dataclass
class Scene:
    """Everything that actions act upon."""

    office: Office
    staff: Staff
    random: Random
    """The action's own: what it chooses does not depend on the actions before it."""
    day: date
    clock: time = time(9)
    number: int = 1
    shops: dict[str, Shop] = field(default_factory=dict)
    ledgers: list[Ledger] = field(default_factory=list)
    worklists: dict[str, list[Copy]] = field(default_factory=dict)
    masters: list[Copy] = field(default_factory=list)
    filled: dict[str, Copy] = field(default_factory=dict)
    """The worklist that each has filled last, as it lies on his desk."""
    dropped: list[Paper] = field(default_factory=list)
    batch: list[Paper] = field(default_factory=list)
    by_hash: dict[str, Paper] = field(default_factory=dict)
    story: list[str] = field(default_factory=list)
    _minute: int = 0

    @property
    def language(self) -> str:
        return self.office.language

    def tell(self, sentence: str) -> None:
        self.story.append(f"day {self.number}, {self.clock:%H:%M}: {sentence}")

    def moment(self) -> datetime:
        """The time at which the next paper is saved: before the run, one after another."""
        self._minute += 1
        return datetime.combine(self.day, self.clock) - timedelta(minutes=50) + timedelta(seconds=20 * self._minute)

    def next_batch(self, clock: time) -> None:
        self.clock, self._minute, self.batch = clock, 0, []

    def drop(
        self, kind: Kind, author: Person, lineage: str, name: str, content: bytes, rows: Sequence[Row],
        *, form: str = "registration", again: int = 0, made: datetime | None = None, returned: int = 0,
    ) -> Paper:  # fmt: skip
        """Put a paper into the inbox; its name gets a number when another of this batch has it."""
        taken = {each.name for each in self.batch}
        path = f"{author.name}/{name}" if kind is not Kind.MASTER else name
        while path in taken:
            stem, _, suffix = path.rpartition(".")
            path = f"{stem}(2).{suffix}"
        paper = Paper(
            len(self.dropped) + 1, kind, author.number, lineage, path, made or self.moment(), content, list(rows), form,
            again, kind is not Kind.MASTER, returned,
        )  # fmt: skip
        self.dropped.append(paper)
        self.batch.append(paper)
        self.by_hash.setdefault(paper.sha256, paper)
        self.office.put(path, content, paper.made)
        return paper

    def somebody(self, role: str) -> Person | None:
        there = self.staff.there(self.day, role)
        return self.random.choice(there) if there else None

    def chief(self) -> Person:
        return self.staff.people["S01"]

    def new_shop(self) -> Shop:
        """Open another shop somewhere in the county."""
        found = people.shop(self.random, len(self.shops), self.staff)
        self.shops[found.key] = found
        return found

    def row_of(self, shop: Shop, clerk: Person) -> Cells:
        return {
            "licence_no": shop.key, **shop.cells, "registered_on": self.day.isoformat(), "filled_by": clerk.name,
        }  # fmt: skip

    def drop_ledger(self, ledger: Ledger, name: str = "", rows: Sequence[Cells] | None = None) -> Paper:
        """Save a ledger and drop it."""
        cells = list(rows if rows is not None else ledger.rows)
        content, said = self.write_list(ledger, cells)
        return self.drop(Kind.OWN, ledger.author, ledger.lineage, name or ledger.name, content, said)

    def write_list(self, ledger: Ledger, cells: Sequence[Cells]) -> tuple[bytes, list[Row]]:
        """Return the workbook of a ledger with these rows, and what it says."""
        if not ledger.blank:
            return (
                papers.own_list("registration", cells, self.language, title=ledger.title),
                papers.own_rows("registration", cells, self.language, title=ledger.title),
            )
        book = papers.opened(self.office.blank("registration"))
        sheet = next(iter(papers.sheets(book, self.language, "customer_name")))
        for line, row in enumerate(cells, sheet.header + 2):  # below the example
            sheet.type(line, row)
        page = sheet.page.title
        return papers.saved(book), [
            Row(row["licence_no"], dict(row), None, page, line) for line, row in enumerate(cells, sheet.header + 2)
        ]

    # what the office has written ---------------------------------------------------------------------------------------

    def collect(self) -> None:
        """After a run everybody takes the workbooks that are new to his desk."""
        for person in self.staff.there(self.day):
            content = self.office.worklist(person.number)
            mine = self.worklists.setdefault(person.number, [])
            if content and (not mine or mine[-1].content != content):
                digest = hashlib.sha256(content).hexdigest()[:8]
                mine.append(Copy(content, f"worklist {person.number} {digest}", self.day))
        master = self.office.file("master.xlsx")
        if master and (not self.masters or self.masters[-1].content != master):
            self.masters.append(Copy(master, f"master {hashlib.sha256(master).hexdigest()[:8]}", self.day))

    def paper_of_return(self, content: bytes) -> Paper | None:
        """The paper that came back as this return: it says so on its hidden sheet."""
        rows = CalamineWorkbook.from_object(io.BytesIO(content)).get_sheet_by_name("_ruwang").to_python()
        return next((self.by_hash.get(str(row[1])) for row in rows if row[0] == "submission"), None)

    def truth(self, key: str) -> Mapping[str, str]:
        """What is really so of a shop, whatever number it was written under."""
        return {"licence_no": key, **self.shops[key].cells} if key in self.shops else {}

    def learn(self, key: str, code: str, value: str) -> None:
        """Something about a shop changes."""
        self.shops[key].cells[code] = value

    def title(self, key: str) -> str:
        return self.shops[key].cells["customer_name"] if key in self.shops else key


def label(scene: Scene, code: str) -> str:
    return words.label(code, scene.language)
