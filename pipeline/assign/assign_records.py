"""Open records → assignments: area, person, due date, and why; what nobody can get is a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pipeline.assign.choose_person import choose_person
from pipeline.assign.find_area import Located, find_area
from pipeline.domain.finding import Finding
from pipeline.domain.life import advance
from pipeline.domain.record import Entry, Event
from pipeline.domain.roster import Roster
from pipeline.domain.rulebook import found
from schemas.form import Language, Means, Register, Stage, Words

_BY_ROLE = Words("按岗位（{stage}）", "by role ({stage})")
_HANDED_ON = Words("；由{name}转来：{cause}", "; handed on from {name}: {cause}")
_HAS_LEFT = Words("离岗", "has left")
_OTHER_AREA = Words("改属辖区", "the record belongs to another area")
_AREA_GIVEN = Words("辖区换人", "the area changed hands")
_LEFT_BEHIND = Words("原由{name}办理，已离岗，尚无人接办", "{name} had it and has left; nobody has taken it over yet")

DueDate = Callable[[Stage, date], date | None]
"""Deadline of a stage that begins on a day; None when it has none."""


@dataclass(slots=True)
class Assigned:
    """What assignment does in one run."""

    events: list[Event] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    assigned: int = 0
    unassigned: int = 0


@dataclass(frozen=True, slots=True)
class Assign:
    """Assigns the open records of one register."""

    register: Register
    roster: Roster
    due: DueDate
    numbers: Iterator[int]
    day: date
    run: int
    language: Language
    area_form: Words
    """What the sheet of areas is called: findings say where to mend."""
    fresh: dict[str, Event] = field(default_factory=dict)
    """The last event of each record in this run. What follows from a row at once belongs to its event, and goes with
    it when it is taken back; only later assignments are events of their own.
    """

    def give(self, entries: Iterable[Entry]) -> Assigned:
        """Return the assignments that *entries* lack, or that the roster has changed.

        A record in the state of a stage that the program does itself is led on as soon as somebody can have it.
        """
        assigned = Assigned()
        for entry in entries:
            stage = self.register.waiting_for(entry.state)
            if stage is not None:
                self._give(assigned, entry, stage)
        return assigned

    def _give(self, assigned: Assigned, entry: Entry, stage: Stage) -> None:
        located = find_area(self.register.base, entry.values, self.roster)
        onward = self._onward(stage)
        placeless = self._placeless(located)
        person = choose_person(onward, located.area, self.roster) if located.area or placeless else None
        if person is None:
            assigned.unassigned += 1
            assigned.findings.append(self._nobody(entry, located, onward))
            due = entry.due or self.due(stage, entry.since or self.day)
            left = bool(entry.owner) and entry.owner not in self.roster.people
            if left:  # nobody who has left keeps work, even while nobody else can have it
                self._keep(assigned, entry, owner="", why=self._left_behind(entry.owner), due=due)
            elif due != entry.due:
                self._keep(assigned, entry, due=due)
            return
        moved = stage is not onward
        area = located.area.code if located.area else ""
        if moved or (person.number, area) != (entry.owner, entry.area):
            assigned.assigned += 1
            self._keep(
                assigned,
                entry,
                owner=person.number,
                area=area,
                why=self._why(located, onward) + self._handed_on(entry, person.number, located),
                state=onward.state if moved else "",
                due=self.due(onward, self.day) if moved or entry.due is None else None,
            )

    def _onward(self, stage: Stage) -> Stage:
        """The stage that somebody has to do: the program's own stages lead straight to the next one."""
        while not stage.form and stage.moves:
            following = self.register.waiting_for(stage.moves[0].to)
            if following is None:
                break
            stage = following
        return stage

    def _keep(
        self,
        assigned: Assigned,
        entry: Entry,
        *,
        owner: str | None = None,
        area: str | None = None,
        why: str = "",
        state: str = "",
        due: date | None = None,
    ) -> Entry:
        row = self.fresh.get(entry.key)
        event = Event(
            register=self.register.code,
            key=entry.key,
            form="",
            values={},
            cells={},
            before={},
            state=state,
            owner=owner,
            area=area,
            due=due,
            why=why,
            on=self.day,
            number=row.number if row else next(self.numbers),
            run=self.run,
        )
        if row:
            self.fresh[entry.key] = replace(row, state=state or row.state, owner=owner, area=area, due=due, why=why)
        else:
            assigned.events.append(event)
        assigned.entries[entry.key] = advance(entry, event)
        return assigned.entries[entry.key]

    def _placeless(self, located: Located) -> bool:
        """Tell whether a record lies nowhere: who has to do with it is said by the role alone."""
        return not located.text and (located.field is None or self.register.pairs is not None)

    def _why(self, located: Located, stage: Stage) -> str:
        if not located.areas:
            return _BY_ROLE.to(self.language).format(stage=stage.title.to(self.language))
        label = located.field.label.to(self.language) if located.field else ""
        name = located.areas[0].name
        return (
            f"{name}（{label}）"
            if located.by in ("", name, located.areas[0].code)
            else f"{name}（{label}：{located.by}）"
        )

    def _handed_on(self, entry: Entry, to: str, located: Located) -> str:
        """Return from whom open work comes and why he has it no longer; "" for work that nobody had."""
        if entry.owner in ("", to):
            return ""
        if entry.owner not in self.roster.people:
            cause = _HAS_LEFT
        elif located.area is not None and located.area.code != entry.area:
            cause = _OTHER_AREA
        else:
            cause = _AREA_GIVEN
        return _HANDED_ON.to(self.language).format(name=self._name(entry.owner), cause=cause.to(self.language))

    def _left_behind(self, owner: str) -> str:
        return _LEFT_BEHIND.to(self.language).format(name=self._name(owner))

    def _name(self, number: str) -> str:
        person = self.roster.everyone.get(number)
        return person.name if person else number

    def _nobody(self, entry: Entry, located: Located, stage: Stage) -> Finding:
        base = self.register.base
        title = base.meaning(Means.TITLE)
        about: Mapping[str, Any] = {
            "file": entry.source.file,
            "sheet": entry.source.sheet,
            "cell": entry.source.cell,
            "form": base.code,
            "field": located.field.code if located.field else "",
            "key": entry.key,
            "value": located.text,
            "area_form": self.area_form,
            "title": str(entry.values.get(title.code, entry.key)) if title else entry.key,
        }
        if self._placeless(located):
            return found("assign.nobody_at_all", role=stage.title, **about)
        if not located.areas:
            return found("area.unknown", **about)
        candidates = "、".join(area.name for area in located.areas)
        if len(located.areas) > 1:
            return found("area.ambiguous", candidates=candidates, **about)
        return found("assign.nobody", area=candidates, role=stage.title, **about)
