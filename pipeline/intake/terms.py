"""What a run goes by when it takes papers in: the settings, and above them what the office has handed in as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time

from pipeline.assign.build_roster import area_title, staff_title
from pipeline.domain.finding import Finding
from pipeline.domain.office_tables import Fetch, own_days
from pipeline.domain.roster import Roster
from pipeline.intake.due_dates import Deadlines
from pipeline.outside.calendar import WorkCalendar
from pipeline.settings.run_context import RunContext
from schemas.language import Catalogue, Language, Localized
from schemas.language.context import OFFICE_ZONE, Context
from schemas.language.parameters import ParameterValue


@dataclass(frozen=True, slots=True)
class Terms:
    """What a run goes by: the day, the county, the language of reasons, the deadlines."""

    day: date
    run: int
    county: str
    language: Language
    due: Deadlines
    area_form: Localized
    """What the sheet of areas is called."""
    staff_form: Localized
    """What the sheet of staff is called."""
    full_evaluation: bool = True
    """The first run of a day: what hangs on the day is judged anew, whatever was handed in."""
    spoken_of: frozenset[tuple[str, str]] = frozenset()
    """Form and key of records that earlier papers of this run were about, and nothing was wrong."""
    raised: Sequence[Finding] = ()
    """What was found on them."""
    parameters: Mapping[str, ParameterValue] = field(default_factory=dict)
    """Numbers of procedures that the office has set."""
    zone: str = OFFICE_ZONE
    """Of the office's clocks."""
    latest: time = time.max
    """The last time of the day that has come, as far as it is known."""
    clock: time = time.min
    """The time of the day at which the run was, as far as it is known."""
    last_run: date | None = None
    """The day of the run before this one."""

    def with_tables(self, catalogue: Catalogue, fetch: Fetch) -> Terms:
        """Return these terms with what the tables of the office say that *fetch* returns."""
        return replace(self, due=replace(self.due, calendar=WorkCalendar(own_days(catalogue, fetch))))


def terms_of_run(context: RunContext, number: int, last: tuple[int, date] | None, *, answered: bool) -> Terms:
    """Return what run *number* of *context* goes by before the office's tables are read; *last* are number and day of the run before
    it, *answered* is whether people have answered questions since.
    """
    settings = context.settings
    return Terms(
        context.day,
        number,
        settings.county,
        settings.language,
        Deadlines(settings.deadlines),
        area_title(context.catalogue),
        staff_title(context.catalogue),
        full_evaluation=answered or last is None or last[1] != context.day,
        parameters=settings.parameters,
        zone=settings.timezone,
        latest=context.latest,
        clock=context.at,
        last_run=last[1] if last else None,
    )


def first_context(catalogue: Catalogue, terms: Terms) -> Context:
    """Return what the checks of the roster's own sheets, and of what the office sets, must know."""
    known = {each.code: {one.code: one for one in each.parameters} for each in catalogue.procedures}
    return Context(today=terms.day, latest=terms.latest, county=terms.county, zone=terms.zone, parameters=known)


def context_of(roster: Roster, terms: Terms) -> Context:
    """Return what the checks of all other sheets must know."""
    areas, people = frozenset(roster.areas), frozenset(roster.people)
    names = people | {each.name for each in roster.people.values()}
    return Context(terms.day, areas, people, names, county=terms.county, latest=terms.latest, zone=terms.zone)
