"""The mail that one person gets after a run: what to do today, what is wrong, which files go with it. Pure.

No private field leaves in it, and numbers of phones and identity cards are masked wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.domain.changing_hands import stands_in_for
from pipeline.domain.duties import Duties, Stuck, Task, duties, late_by_owner, without_told
from pipeline.domain.finding import Finding, OpenFinding
from pipeline.domain.mail import Letter
from pipeline.domain.office import Office
from pipeline.domain.record import RecordState
from pipeline.domain.redaction import mask, mask_numbers, one_line
from pipeline.domain.roster import Person
from pipeline.domain.rulebook import Rulebook
from pipeline.render.mail.digest_sections import asides, count_of_news, receipts_in_words
from pipeline.render.mail.digest_words import SAY, Say
from schemas.language import FieldRole, Language, Register, Severity

RECORDS_SHOWN = 5
FINDINGS_SHOWN = 5
_LONGEST = 120  # letters of a text that somebody typed into a cell


@dataclass(frozen=True, slots=True)
class DigestRecord:
    """A record in a letter."""

    title: str
    key: str
    mark: str
    late: bool
    reason: str


@dataclass(frozen=True, slots=True)
class StageTasks:
    """The records that wait for one stage: how many, how many late, the first few."""

    title: str
    task: str
    count: int
    late: int
    items: Sequence[DigestRecord]


@dataclass(frozen=True, slots=True)
class StageWatched:
    """What a manager has to look after at one stage."""

    title: str
    unassigned: int
    items: Sequence[DigestRecord]
    late: int
    late_by: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class DigestFinding:
    """A finding in a letter."""

    place: str
    sentence: str
    fix: str
    new: bool


def compose_digest(office: Office, person: Person, attachments: Sequence[str], told: Set[str] = frozenset()) -> Letter:
    """Return the digest for *person*, in the language of *office*; *attachments* are the names of the files with it. Of what
    only happened, and waits for nobody, nothing is told that was *told* before.
    """
    own = without_told(duties(office, person), told)
    writer = _Writer(office, person, own)
    say = Say(SAY, office.language)
    about = {
        "say": say,
        "language": office.language,
        "office": one_line(office.name),
        "day": office.today.isoformat(),
        "name": one_line(person.name),
        "jobs": [writer.job(task) for task in own.tasks],
        "watched": [each for stuck in own.stuck if (each := writer.watched(stuck))],
        "wrong": writer.wrong,
        "on_worklist": bool(writer.own_here),
        "on_sheets": len(writer.errors) > len(writer.own_here) or len(writer.findings) > len(writer.errors),
        "wrong_count": len(writer.errors),
        "reminder_count": len(writer.findings) - len(writer.errors),
        "told_count": len(writer.findings),
        "new_count": sum(1 for each in writer.findings if each.opened == office.today),
        "receipts": receipts_in_words(office, person, say),
        "asides": (beside := asides(office, person, own, say, told)),
        "to_read": bool(own.to_read and beside),
        "news": (news := count_of_news(office, person, told)),
        "attachments": [one_line(name) for name in attachments],
    }
    return Letter(
        subject=_subject(office, writer, say, news),
        text=_templates().get_template("digest.txt").render(about),
        html=_templates().get_template("digest.html").render(about),
    )


def _subject(office: Office, writer: _Writer, say: Say, news: int) -> str:
    own = writer.own
    late = sum(1 for task in own.tasks for entry in task.entries if office.overdue(entry))
    unassigned = sum(len(each.unassigned) for each in own.stuck)
    watched = sum(len(writer.late_elsewhere(each)) for each in own.stuck)
    expiring = sum(len(each.expiring) for each in own.kept)
    parts = [
        say("subject_todo", count=own.entries) if own.entries else "",
        say("subject_late", count=late) if late else "",
        say("subject_unassigned", count=unassigned) if unassigned else "",
        say("subject_watched", count=watched) if watched else "",
        say("subject_wrong", count=len(writer.errors)) if writer.errors else "",
        say("subject_reminders", count=reminders) if (reminders := len(writer.findings) - len(writer.errors)) else "",
        say("subject_left", count=own.errors_left) if own.errors_left else "",
        say("subject_reminded", count=own.reminders_left) if own.reminders_left and not own.errors_left else "",
        say("subject_lapsing", count=expiring) if expiring else "",
        say("subject_news", count=news) if news else "",
    ]
    given = len(office.receipts.get(writer.reader, ()))
    nothing = say("subject_receipts", count=given) if given else say("subject_nothing")
    said = say("comma").join(part for part in parts if part) or nothing
    return say("subject", office=one_line(office.name), said=said)


class _Writer:
    """Puts one person's duties into the words of a letter."""

    def __init__(self, office: Office, person: Person, own: Duties) -> None:
        self.own = own
        self.reader = person.number
        self.findings = [each for each in own.findings if each.to_mend]
        self.errors = [each for each in self.findings if each.finding.severity is Severity.ERROR]
        self.own_here = [each for each in self.errors if each.number in office.on_worklists]
        """Those that are mended on the reader's worklist."""
        self._office = office
        self._rulebook = Rulebook(office.catalogue)
        self._say = Say(SAY, office.language)

    def job(self, task: Task) -> StageTasks:
        return StageTasks(
            title=task.stage.title.to(self._office.language),
            task=task.stage.task.to(self._office.language),
            count=len(task.entries),
            late=sum(1 for entry in task.entries if self._office.overdue(entry)),
            items=self._items(task.register, task.entries),
        )

    def watched(self, stuck: Stuck) -> StageWatched | None:
        late = self.late_elsewhere(stuck)
        if not stuck.unassigned and not late:
            return None
        return StageWatched(
            title=stuck.stage.title.to(self._office.language),
            unassigned=len(stuck.unassigned),
            items=self._items(stuck.register, stuck.unassigned),
            late=len(late),
            late_by=[(one_line(self._office.person_name(number)), count) for number, count in late_by_owner(late)],
        )

    def late_elsewhere(self, stuck: Stuck) -> list[RecordState]:
        """What others have and are late with: the reader's own, and what nobody has, are told elsewhere."""
        return [entry for entry in stuck.overdue if entry.owner not in ("", self.reader)]

    @property
    def wrong(self) -> list[DigestFinding]:
        """The first few findings: new ones before old ones, errors before the rest."""
        first = sorted(
            self.findings,
            key=lambda each: (-each.opened.toordinal(), each.finding.severity is not Severity.ERROR, each.number),
        )
        return [self._wrong(each) for each in first[:FINDINGS_SHOWN]]

    def _items(self, register: Register, entries: Iterable[RecordState]) -> list[DigestRecord]:
        return [self._item(register, entry) for entry in list(entries)[:RECORDS_SHOWN]]

    def _item(self, register: Register, entry: RecordState) -> DigestRecord:
        title = register.meaning(FieldRole.TITLE)
        late = self._office.overdue(entry)
        mark = "" if entry.due is None else self._by_when(entry, entry.due)
        absent = stands_in_for(entry.why, entry.owner, self._office.roster)
        standing_in = self._say("stands_in", name=one_line(absent.name)) if absent is not None else ""
        return DigestRecord(
            title=_typed(str(entry.values.get(title.code, ""))) if title and not title.private else "",
            key=mask(entry.key) if register.key.private else _typed(entry.key),
            mark=self._say("comma").join(filter(None, (mark, standing_in))),
            late=late,
            reason=_typed(entry.reason),
        )

    def _by_when(self, entry: RecordState, due: date) -> str:
        """Say by when *entry* is due, to the hour where its deadline names one, or how late it is."""
        days = (self._office.today - due).days
        if self._office.overdue(entry):
            return self._lateness(entry, days)
        moment = self._office.named_moment(entry)
        time = {} if moment is None else {"time": moment.strftime("%H:%M")}
        name = ("due" if days else "today") + ("_moment" if time else "")
        return self._say(name, day=day_in_words(due, self._office.language), **time)

    def _lateness(self, entry: RecordState, days: int) -> str:
        """How late it is: in days, in hours where it fell due today, and since when where that is less than an hour ago."""
        moment = self._office.named_moment(entry)
        if days or moment is None:
            return self._say("late", days=days)
        hours = int((datetime.combine(self._office.today, self._office.clock) - moment).total_seconds() // 3600)
        return self._say("late_hours", hours=hours) if hours else self._say("late_since", time=f"{moment:%H:%M}")

    def _wrong(self, each: OpenFinding) -> DigestFinding:
        finding = self._masked(each.finding)
        wording = self._rulebook.word(finding, self._office.language)
        place = (finding.file, finding.sheet, finding.cell)
        if each.number in self._office.on_worklists:
            place = (self._say("on_worklist"), finding.sheet, mask_numbers(finding.key))
        return DigestFinding(
            place=" · ".join(_typed(part) for part in place if part),
            sentence=mask_numbers(one_line(wording.sentence)),
            fix=mask_numbers(one_line(wording.fix)),
            new=each.opened == self._office.today,
        )

    def _masked(self, finding: Finding) -> Finding:
        """Return *finding* with what was typed made short, and masked when its field is private."""
        hide = mask if self._is_private(finding) else _typed
        typed = {finding.value} - {""}
        details = tuple(
            (name, hide(text) if text in typed or name.partition("@")[0] in _TYPED_DETAILS else text)
            for name, text in finding.details
        )
        return replace(finding, value=hide(finding.value), details=details)

    def _is_private(self, finding: Finding) -> bool:
        try:
            return self._office.catalogue.register_of(finding.form).field(finding.field).private
        except KeyError:
            return False


_TYPED_DETAILS = {"after", "before", "now", "original", "theirs", "other_value"}
"""Details of findings that hold what somebody typed, not words of the program."""


def day_in_words(day: date, language: Language) -> str:
    """Return *day* as one says it: its year is seen from the letter."""
    return f"{day.month} 月 {day.day} 日" if language == "zh" else f"{day.day} {day:%B}"


def _typed(text: str) -> str:
    """Return what somebody typed as it may stand in a mail: one line, not endless, without private numbers."""
    text = mask_numbers(one_line(text))
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=lambda name: name is None or not name.endswith(".txt"),  # plain text has nothing to escape
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
