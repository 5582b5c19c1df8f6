"""What the page counts: the office in figures, each with the workbook that lists what was counted. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import quote

from markupsafe import Markup

from pipeline.domain.balance import FILES, LASTING, ROWS
from pipeline.domain.office import Office
from pipeline.domain.record import RecordState
from pipeline.domain.redaction import mask_numbers, one_line
from pipeline.domain.rulebook import Rulebook
from pipeline.domain.trends import WEEKS, FindingSeen
from pipeline.render.dashboard.charts import bar, columns, sparkline
from pipeline.render.dashboard.figures import (
    Arrivals,
    Figure,
    FiguresRow,
    FiguresTable,
    PageLink,
    Paths,
    PersonRow,
    ProcedurePart,
    RegisterPart,
    RunRow,
    StageRow,
    Trend,
    TrendRow,
    grouped,
)
from pipeline.render.mail.digest_words import Say
from pipeline.render.reports.balance_check import balance_in_a_sentence
from schemas.language import Localized, Register, Severity, Stage
from schemas.language.work import FigureCell, Measure, Statistic

RULES_SHOWN = 12


RUNS_SHOWN = 10


FIGURES_SHOWN = 12


_WEEK = timedelta(weeks=1)


_ALWAYS_TOLD = (*LASTING, *ROWS)


class Dashboard:
    """Counts one office; ``paths`` is where its figures lead."""

    def __init__(self, office: Office, paths: Paths, say: Say) -> None:
        """Sort once what several parts count."""
        self._office = office
        self._paths = paths
        self._say = say
        self._rulebook = Rulebook(office.catalogue)
        self._open = [each for each in office.findings if each.to_mend]
        self._waiting = {
            register.code: list(_waiting(office, register))
            for register in office.catalogue.registers
            if register.stages
        }
        self._master = quote(paths.master)
        self._exceptions = quote(paths.exceptions)

    def headline(self) -> list[Figure]:
        """Return the state of the office, figure by figure: only what there is."""
        entries = [each for stages in self._waiting.values() for _, waiting in stages for each in waiting]
        late = self._late(entries)
        errors = sum(each.finding.severity is Severity.ERROR for each in self._open)
        figures = (
            ("said_open", len(entries), self._master, False),
            ("said_late", late, self._master, True),
            ("said_stuck", self._with_nobody(), self._master, True),
            ("said_wrong", errors, self._exceptions, True),
            ("said_doubtful", len(self._open) - errors, self._exceptions, False),
        )
        return [
            Figure(count, href, self._say(code, count=grouped(count)), alarming)
            for code, count, href, alarming in figures
            if count
        ]

    def _with_nobody(self) -> int:
        stages = [(stage, entries) for each in self._waiting.values() for stage, entries in each if not stage.waits]
        return sum(not entry.owner for _, entries in stages for entry in entries)

    def arrivals(self) -> Arrivals | None:
        """Return what came in on the last day that brought news, all its runs together; None before anything did."""
        runs = [run for run in self._office.trends.runs if run.day == self._office.trends.runs[0].day]
        if not runs:
            return None
        first, last = runs[-1].number, runs[0].number
        said = self._say("runs_of" if first != last else "run_of", first=first, run=last, day=runs[0].day.isoformat())
        files = {
            fate: sum(run.summary["files"][fate] for run in runs) if fate in LASTING else runs[0].summary["files"][fate]
            for fate in FILES
        }
        rows = {fate: sum(run.summary["rows"][fate] for run in runs) for fate in ROWS}
        balance = self._office.balance
        return Arrivals(
            said,
            [self._fate(fate, count) for fate, count in files.items() if count or fate in _ALWAYS_TOLD],
            [self._fate(fate, count) for fate, count in rows.items()],
            balance_in_a_sentence(balance, self._office.language) if balance else "",
            not (balance and balance.gaps),
        )

    def _fate(self, fate: str, count: int) -> Figure:
        wrong = fate in ("refused", "rejected")
        href = (self._exceptions if wrong else "") or self._master
        return Figure(count, href, self._say(f"fate_{fate}"), wrong)

    def procedures(self) -> list[ProcedurePart]:
        """Return the procedures in use, each with the registers in which work is done."""
        parts = []
        for procedure in self._office.procedures:
            worked_in = [each for each in procedure.registers if each.code in self._waiting]
            declared = [each for register in procedure.registers for each in register.statistics if each.on_page]
            part = ProcedurePart(
                procedure.code,
                procedure.title.to(self._office.language),
                [self._register(each) for each in worked_in if len(self._office.entries[each.code])],
                [self._figures_table(each) for each in declared if self._office.figures.get(each.code)],
            )
            if part.registers or part.tables:
                parts.append(part)
        return parts

    def _register(self, register: Register) -> RegisterPart:
        stages = self._waiting[register.code]
        most = _longest(len(entries) for _, entries in stages)
        counts = self._office.entries[register.code].count("state")
        states = Counter({state: count.records for state, count in counts.items()})
        waited_in = {stage.state for stage, _ in stages}
        return RegisterPart(
            register.code,
            register.title.to(self._office.language),
            Figure(states.total(), self._master),
            [self._stage(stage, entries, most) for stage, entries in stages if stage.form or entries],
            [
                Figure(states[state.code], self._master, state.words.to(self._office.language))
                for state in register.states
                if states[state.code] and state.code not in waited_in
            ],
        )

    def _stage(self, stage: Stage, entries: Sequence[RecordState], most: float) -> StageRow:
        late = self._late(entries)
        return StageRow(
            stage.title.to(self._office.language),
            Figure(len(entries), self._master),
            Figure(late, self._master, alarming=True),
            Figure(0 if stage.waits else sum(not entry.owner for entry in entries), self._master, alarming=True),
            self._oldest(entries),
            bar(len(entries), most, late),
        )

    def _figures_table(self, statistic: Statistic) -> FiguresTable:
        language = self._office.language
        rows = self._office.figures[statistic.code]
        most = _longest(map(_first_amount, rows[:FIGURES_SHOWN]))

        def worded(cell: FigureCell) -> float | str | None:
            return cell.to(language) if isinstance(cell, Localized) else cell

        first = statistic.measures[0]
        return FiguresTable(
            statistic.title.to(language),
            [statistic.group.to(language), *(each.label.to(language) for each in statistic.measures)],
            [
                FiguresRow(
                    mask_numbers(one_line(str(worded(row[0])))),
                    [
                        shown_figure(worded(value), each)
                        for value, each in zip(row[1:], statistic.measures, strict=True)
                    ],
                    bar(_first_amount(row), 1 if first.percent and most else most),
                )
                for row in rows[:FIGURES_SHOWN]
            ],
            self._say("figures_more", count=grouped(len(rows) - FIGURES_SHOWN)) if len(rows) > FIGURES_SHOWN else "",
            self._master,
        )

    def people(self) -> list[PersonRow]:
        """Return who has something in hand, to correct, or has done something lately: most overdue, most in hand first.

        What nobody has comes before all.
        """
        waiting: dict[str, list[RecordState]] = defaultdict(list)
        for stages in self._waiting.values():
            for stage, entries in stages:
                for entry in () if stage.waits else entries:
                    waiting[entry.owner].append(entry)
        wrong = Counter(each.owner for each in self._open)
        most = _longest(map(len, waiting.values()))
        steps = self._office.trends.steps
        rows = [
            self._person(number, person.name, waiting[number], grouped(steps.get(person.name, 0)), wrong[number], most)
            for number, person in self._office.roster.people.items()
            if waiting[number] or steps.get(person.name) or wrong[number]
        ]
        rows.sort(key=lambda row: (-row.late.count, -row.waiting.count, -row.wrong.count, row.name))
        if waiting[""]:
            rows.insert(0, self._person("", self._say("with_nobody"), waiting[""], "", 0, most))
        return rows

    def _person(
        self, number: str, name: str, own: Sequence[RecordState], done: str, wrong: int, most: float
    ) -> PersonRow:
        late = self._late(own)
        worklist = quote(self._paths.worklists.get(number, "")) or self._master
        return PersonRow(
            one_line(name),
            Figure(len(own), worklist, alarming=not number),
            Figure(late, worklist, alarming=True),
            Figure(self._due_this_week(own), worklist),
            self._oldest(own),
            done,
            Figure(wrong, self._exceptions_of(number), alarming=True),
            bar(len(own), most, late),
        )

    def rules(self) -> list[TrendRow]:
        """Return the rules by which something is open, most first; the rarer ones together."""
        open_ = Counter(each.finding.rule for each in self._open)
        names: dict[str, set[str]] = defaultdict(set)
        for each in self._open:
            names[each.finding.rule].add(self._rulebook.name(each.finding, self._office.language))
        blank = {each.finding.rule: replace(each.finding, field="") for each in self._open}
        days = self._opened(lambda each: each.rule)
        ranked = open_.most_common()
        rows = [
            self._trend_row(
                min(names[rule]) if len(names[rule]) == 1 else self._rulebook.name(blank[rule], self._office.language),
                count,
                self._exceptions,
                days[rule],
            )
            for rule, count in ranked[:RULES_SHOWN]
        ]
        rest = [rule for rule, _ in ranked[RULES_SHOWN:]]
        if rest:
            rows.append(
                self._trend_row(
                    self._say("other_rules", count=grouped(len(rest))),
                    sum(open_[rule] for rule in rest),
                    self._exceptions,
                    [day for rule in rest for day in days[rule]],
                )
            )
        return rows

    def owners(self) -> list[TrendRow]:
        """Return who is to mend what is open, most first."""
        days = self._opened(lambda each: each.owner)
        return [
            self._trend_row(
                one_line(self._office.person_name(owner)) if owner else self._say("clerk"),
                count,
                self._exceptions_of(owner),
                days[owner],
            )
            for owner, count in Counter(each.owner for each in self._open).most_common()
        ]

    def trend(self) -> Trend | None:
        """Return how findings came and went in the last weeks; None where none did."""
        seen = self._office.trends.findings
        opened = self._by_week(each.opened for each in seen)
        closed = self._by_week(each.closed for each in seen if each.closed)
        if not any((*opened, *closed)):
            return None
        starts = [self._office.today - ago * _WEEK + timedelta(days=1) for ago in range(WEEKS, 0, -1)]
        names = [f"{start:%m-%d}" for start in starts]
        said = self._say("trend_of_all", opened=grouped(sum(opened)), closed=grouped(sum(closed)))
        several = sum(count > 0 for count in (*opened, *closed)) > 1
        chart = columns(names, opened, closed, said) if several else Markup("")
        return Trend(list(zip(names, opened, closed, strict=True)), chart)

    def runs(self) -> list[RunRow]:
        """Return the last runs that brought news."""
        return [
            RunRow(
                run.number,
                run.day.isoformat(),
                sum(run.summary["files"][fate] for fate in LASTING),
                Figure(run.summary["rows"]["accepted"], self._master),
                Figure(run.summary["rows"]["rejected"], self._exceptions or self._master),
                Figure(run.summary["findings"]["error"], self._exceptions or self._master),
            )
            for run in self._office.trends.runs[:RUNS_SHOWN]
        ]

    def workbooks(self) -> list[tuple[str, list[PageLink]]]:
        """Return every workbook that there is, in groups with their title."""
        language, paths = self._office.language, self._paths
        titles = {
            each.code: each.title.to(language)
            for register in self._office.catalogue.registers
            for each in register.handovers
        }
        groups = (
            ("of_all", [(self._say("master"), paths.master), (self._say("exceptions"), paths.exceptions)]),
            ("handovers", [(titles.get(code, code), path) for code, path in sorted(paths.handovers.items())]),
            ("worklists", self._by_person(paths.worklists)),
            ("visits", self._by_person(paths.visits)),
            ("exceptions_of", self._by_person(paths.own_exceptions)),
            ("returns", sorted(paths.returns.items())),
        )
        listed = ((self._say(code), [_link(title, path) for title, path in each if path]) for code, each in groups)
        return [(title, links) for title, links in listed if links]

    def help_cards(self) -> list[PageLink]:
        """Return the cards to print, one for each kind of reader."""
        return [_link(reader, path) for reader, path in self._paths.help_cards.items()]

    def _by_person(self, paths: Mapping[str, str]) -> list[tuple[str, str]]:
        return [(one_line(self._office.person_name(number)), path) for number, path in sorted(paths.items())]

    def _exceptions_of(self, number: str) -> str:
        return quote(self._paths.own_exceptions.get(number, "")) or self._exceptions or self._master

    def _late(self, entries: Iterable[RecordState]) -> int:
        return sum(self._office.overdue(entry) for entry in entries)

    def _due_this_week(self, own: Iterable[RecordState]) -> int:
        today = self._office.today
        sunday = today + timedelta(days=6 - today.weekday())
        return sum(each.due is not None and today <= each.due <= sunday for each in own)

    def _oldest(self, entries: Iterable[RecordState]) -> str:
        since = min((entry.since for entry in entries if entry.since), default=None)
        return "" if since is None else self._say("days", count=grouped(max((self._office.today - since).days, 0)))

    def _opened(self, group: Callable[[FindingSeen], str]) -> Mapping[str, Sequence[date]]:
        days: dict[str, list[date]] = defaultdict(list)
        for each in self._office.trends.findings:
            days[group(each)].append(each.opened)
        return days

    def _by_week(self, days: Iterable[date]) -> list[int]:
        weeks = Counter((self._office.today - day) // _WEEK for day in days)
        return [weeks[ago] for ago in reversed(range(WEEKS))]

    def _trend_row(self, title: str, count: int, href: str, days: Iterable[date]) -> TrendRow:
        counts = self._by_week(days)
        said = self._say("trend_said", counts=" ".join(map(str, counts)))
        return TrendRow(title, Figure(count, href), counts[-1], sparkline(counts, said))


def _waiting(office: Office, register: Register) -> Iterable[tuple[Stage, list[RecordState]]]:
    """Yield the stages for which records of *register* can wait, and those that do."""
    for stage in register.stages:
        if stage.state:
            owners = office.waiting.get((register.code, stage.state), {})
            yield stage, [entry for owned in owners.values() for entry in owned]


def _link(title: str, path: str) -> PageLink:
    """A sender's file may be called by a phone number: then it is found in its folder, not by a link."""
    shown = mask_numbers(one_line(title))
    return PageLink(shown, quote(path) if mask_numbers(path) == path else "")


def _longest(counts: Iterable[float]) -> float:
    """Return what a bar as long as can be stands for; 0 where there would be one bar, which compares nothing."""
    drawn = [count for count in counts if count > 0]
    return max(drawn) if len(drawn) > 1 else 0


def _first_amount(row: Sequence[FigureCell]) -> float:
    return row[1] if isinstance(row[1], int | float) else 0


def shown_figure(value: float | str | None, measure: Measure) -> str:
    """Return a figure of *measure* as a person reads it, a dash where there is none."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return one_line(value)
    if measure.percent:
        return f"{value:.0%}"
    return grouped(int(value)) if value == int(value) else f"{value:,.1f}"
