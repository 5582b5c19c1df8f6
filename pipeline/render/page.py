"""The office at a glance: one static page for a phone, a printer and a screen reader. Pure.

No record is named on it and no private number stands there: it counts, and leads to the workbooks that list.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from pipeline.domain.duties import overdue
from pipeline.domain.office import Office
from pipeline.domain.past import WEEKS, FindingSeen
from pipeline.domain.record import Entry
from pipeline.domain.rulebook import Rulebook
from pipeline.domain.shown import one_line
from pipeline.render.charts import bar, sparkline
from pipeline.render.mail_words import Say
from pipeline.render.page_words import PAGE_WORDS
from schemas.form import Register, Severity, Stage

RULES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Paths:
    """Where the page may lead, from its own folder: only to workbooks that are there. "" where there is none."""

    master: str
    exceptions: str = ""
    worklists: Mapping[str, str] = field(default_factory=dict)
    """By staff number."""
    own_exceptions: Mapping[str, str] = field(default_factory=dict)
    """By staff number."""
    handovers: Mapping[str, str] = field(default_factory=dict)
    """By handover code."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A count that leads to the workbook that lists it."""

    count: int
    href: str = ""


@dataclass(frozen=True, slots=True)
class StageRow:
    """What waits for one stage."""

    title: str
    waiting: Figure
    late: Figure
    nobody: Figure
    oldest: str
    chart: Markup


@dataclass(frozen=True, slots=True)
class StateRow:
    """How many records stand in one state."""

    title: str
    count: Figure
    chart: Markup


@dataclass(frozen=True, slots=True)
class RegisterPart:
    """One register's section."""

    anchor: str
    title: str
    stages: Sequence[StageRow]
    states: Sequence[StateRow]
    total: int


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What one person has in hand."""

    name: str
    waiting: Figure
    late: Figure
    done: int
    wrong: Figure
    chart: Markup


@dataclass(frozen=True, slots=True)
class TrendRow:
    """Findings of one rule, or of one person, with how many were new in each week."""

    title: str
    open: Figure
    chart: Markup


@dataclass(frozen=True, slots=True)
class RunRow:
    """One of the last runs."""

    number: int
    day: str
    files: int
    accepted: int
    rejected: int
    errors: int


def page(office: Office, paths: Paths) -> bytes:
    """Return the page of *office* as UTF-8; its links lead along *paths*."""
    say = Say(PAGE_WORDS, office.language)
    writer = _Writer(office, paths, say)
    return (
        _template()
        .render(
            say=say,
            language="zh-CN" if office.language == "zh" else "en",
            title=say("title", office=one_line(office.name)),
            day=office.today.isoformat(),
            headline=writer.headline(),
            latest=office.past.runs[0] if office.past.runs else None,
            registers=writer.registers(),
            people=writer.people(),
            rules=writer.rules(),
            owners=writer.owners(),
            runs=writer.runs(),
            workbooks=writer.workbooks(),
            master=_href(paths.master),
            exceptions=_href(paths.exceptions),
        )
        .encode("utf-8")
    )


class _Writer:
    """Counts what the page shows."""

    def __init__(self, office: Office, paths: Paths, say: Say) -> None:
        self._office = office
        self._paths = paths
        self._say = say
        self._rulebook = Rulebook(office.catalogue)
        self._open = [each for each in office.findings if each.finding.severity is not Severity.REPAIR]
        self._working = [register for register in office.catalogue.registers if register.stages]
        self._master = _href(paths.master)
        self._exceptions = _href(paths.exceptions)

    def headline(self) -> str:
        """Return the state of the office in one sentence."""
        waiting = [entry for register in self._working for _, entries in self._waiting(register) for entry in entries]
        errors = sum(each.finding.severity is Severity.ERROR for each in self._open)
        counts = {
            "said_open": len(waiting),
            "said_late": sum(overdue(entry, self._office.today) for entry in waiting),
            "said_stuck": sum(not entry.owner for entry in waiting),
            "said_wrong": errors,
            "said_doubtful": len(self._open) - errors,
        }
        said = [self._say(code, count=count) for code, count in counts.items() if count]
        return self._say("comma").join(said) + self._say("stop") if said else self._say("all_well")

    def registers(self) -> list[RegisterPart]:
        """Return the sections of the registers in which work is done."""
        return [self._register(register) for register in self._working if self._office.entries.get(register.code)]

    def _register(self, register: Register) -> RegisterPart:
        held = self._office.entries[register.code]
        waiting = self._waiting(register)
        most = max((len(entries) for _, entries in waiting), default=0)
        states = Counter(entry.state for entry in held.values())
        language = self._office.language
        return RegisterPart(
            register.code,
            register.title.to(language),
            [self._stage(stage, entries, most) for stage, entries in waiting],
            [
                StateRow(
                    state.words.to(language),
                    Figure(states[state.code], self._master),
                    bar(states[state.code], len(held)),
                )
                for state in register.states
                if states[state.code]
            ],
            len(held),
        )

    def _waiting(self, register: Register) -> list[tuple[Stage, list[Entry]]]:
        return [
            (
                stage,
                [
                    entry
                    for owned in self._office.waiting.get((register.code, stage.state), {}).values()
                    for entry in owned
                ],
            )
            for stage in register.stages
            if stage.state
        ]

    def _stage(self, stage: Stage, entries: Sequence[Entry], most: int) -> StageRow:
        today = self._office.today
        late = sum(overdue(entry, today) for entry in entries)
        oldest = max(((today - entry.since).days for entry in entries if entry.since), default=None)
        return StageRow(
            stage.title.to(self._office.language),
            Figure(len(entries), self._master),
            Figure(late, self._master),
            Figure(sum(not entry.owner for entry in entries), self._master),
            "" if oldest is None else self._say("days", count=oldest),
            bar(len(entries), most, late),
        )

    def people(self) -> list[PersonRow]:
        """Return who has something in hand, to correct, or has done something lately: most in hand first."""
        waiting: dict[str, list[Entry]] = defaultdict(list)
        for register in self._working:
            for stage, entries in self._waiting(register):
                for entry in entries if stage.form else ():
                    if entry.owner:
                        waiting[entry.owner].append(entry)
        wrong = Counter(each.owner for each in self._open)
        steps = self._office.past.steps
        most = max(map(len, waiting.values()), default=0)
        rows = []
        for number, person in self._office.roster.people.items():
            own, done = waiting.get(number, []), steps.get(person.name, 0)
            late = sum(overdue(entry, self._office.today) for entry in own)
            worklist = _href(self._paths.worklists.get(number, "")) or self._master
            if own or done or wrong[number]:
                to_correct = _href(self._paths.own_exceptions.get(number, "")) or self._exceptions
                rows.append(
                    PersonRow(
                        one_line(person.name),
                        Figure(len(own), worklist),
                        Figure(late, worklist),
                        done,
                        Figure(wrong[number], to_correct),
                        bar(len(own), most, late),
                    )
                )
        return sorted(rows, key=lambda row: (-row.waiting.count, -row.wrong.count, row.name))

    def rules(self) -> list[TrendRow]:
        """Return the rules by which something is open, most first."""
        open_ = Counter(each.finding.rule for each in self._open)
        first = {each.finding.rule: each.finding for each in reversed(self._open)}
        seen = self._seen(lambda each: each.rule)
        return [
            TrendRow(self._rulebook.name(first[rule], self._office.language), Figure(count, self._exceptions), self._trend(seen.get(rule, ())))
            for rule, count in open_.most_common(RULES_SHOWN)
        ]

    def owners(self) -> list[TrendRow]:
        """Return who is to mend what is open, most first."""
        open_ = Counter(each.owner for each in self._open)
        seen = self._seen(lambda each: each.owner)
        return [
            TrendRow(
                one_line(self._office.person_name(owner)) if owner else self._say("clerk"),
                Figure(count, _href(self._paths.own_exceptions.get(owner, "")) or self._exceptions),
                self._trend(seen.get(owner, ())),
            )
            for owner, count in open_.most_common()
        ]

    def _seen(self, group: Callable[[FindingSeen], str]) -> Mapping[str, Sequence[date]]:
        days: dict[str, list[date]] = defaultdict(list)
        for each in self._office.past.findings:
            days[group(each)].append(each.opened)
        return days

    def _trend(self, days: Iterable[date]) -> Markup:
        weeks = Counter((self._office.today - day) // timedelta(weeks=1) for day in days)
        counts = [weeks[ago] for ago in reversed(range(WEEKS))]
        return sparkline(counts, self._say("trend_said", counts=" ".join(map(str, counts))))

    def runs(self) -> list[RunRow]:
        """Return the last runs that brought news."""
        return [
            RunRow(
                run.number,
                run.day.isoformat(),
                run.tally["files"]["read"] + run.tally["files"]["refused"],
                run.tally["rows"]["accepted"],
                run.tally["rows"]["rejected"],
                run.tally["findings"]["error"],
            )
            for run in self._office.past.runs
        ]

    def workbooks(self) -> list[tuple[str, str]]:
        """Return title and target of every workbook that there is."""
        people, language = self._office.roster.people, self._office.language
        titles = {
            each.code: each.title.to(language)
            for register in self._office.catalogue.registers
            for each in register.handovers
        }
        listed = [(self._say("master"), self._paths.master), (self._say("exceptions"), self._paths.exceptions)]
        listed += [(titles.get(code, code), path) for code, path in sorted(self._paths.handovers.items())]
        for number, path in sorted(self._paths.worklists.items()):
            listed.append((self._say("worklist_of", name=one_line(people[number].name)), path))
            own = self._paths.own_exceptions.get(number, "")
            listed.append((self._say("exceptions_of", name=one_line(people[number].name)), own))
        return [(title, _href(path)) for title, path in listed if path]


def _href(path: str) -> str:
    return quote(path)


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html")
