"""Open records → assignments: area, person, due date, and why; what nobody can get is a finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.assign.choose_person import ChosenPerson, choose_person, not_of_its_role, why_nobody, why_not_he
from pipeline.assign.find_area import Located, address_otherwise, find_area
from pipeline.assign.gaps import ROLE, UNSERVED
from pipeline.domain.changing_hands import HANDED_ON
from pipeline.domain.entering import given_on_entering
from pipeline.domain.event_factory import EventFactory
from pipeline.domain.finding import Finding
from pipeline.domain.record import Event, RecordState
from pipeline.domain.record_fold import apply
from pipeline.domain.record_title import title_or_key
from pipeline.domain.roster import Person, Roster
from pipeline.domain.routing import role_for, way_on, with_values
from pipeline.domain.rulebook import found
from schemas.language import Field, FieldRole, Language, Localized, Register, Stage, Stored, StoredValues

_BY_ROLE = Localized("按岗位（{stage}）", "by role ({stage})")
_HAS_LEFT = Localized("离岗", "has left")
_BACK = Localized("代办已结束", "he stood in, and no longer does")
_OTHER_AREA = Localized("改属辖区", "the record belongs to another area")
_AREA_GIVEN = Localized("辖区换人", "the area changed hands")
_ANOTHER_NAMED = Localized("责任人换了人", "another person is named for it")
_NOTHING: StoredValues = {}
_LEFT_BEHIND = Localized(
    "原由{name}办理，已离岗，尚无人接办", "{name} had it and has left; nobody has taken it over yet"
)

DueDate = Callable[[Register, Stage, date, StoredValues], date | None]
"""Deadline of a stage that begins on a day, for a record with these values; None when it has none."""


@dataclass(slots=True)
class Assigned:
    """What assignment does in one run: events that have no number yet, and the records after them."""

    events: list[Event] = field(default_factory=list)
    entries: dict[str, RecordState] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    assigned: int = 0
    unassigned: int = 0


@dataclass(frozen=True, slots=True)
class Assign:
    """Assigns the open records of one register."""

    register: Register
    roster: Roster
    due: DueDate
    day: date
    run: int
    language: Language
    area_form: Localized
    """What the sheet of areas is called: findings say where to mend."""
    serials: dict[str, int] = field(default_factory=dict)
    """The last running numbers by stem; led forward."""
    before: Mapping[str, RecordState | None] = field(default_factory=dict)
    """Records that the run has changed, as they stood before it; None where it has opened them."""
    _load: Counter[str] = field(default_factory=Counter, init=False)
    """By staff number: how many records wait for each, to spread the work."""

    def give(self, entries: Iterable[RecordState]) -> Assigned:
        """Return the assignments that *entries* lack, or that the roster has changed.

        A record in the state of a stage that the program does itself is led on as soon as somebody can have it.
        """
        assigned = Assigned()
        every = list(entries)
        self._load.update(record.owner for record in every if record.owner)
        for record in every:
            stage = self.register.waiting_for(record.state)
            if stage is not None:
                self._give(assigned, record, stage)
            elif record.area and self.register.care is not None:
                self._relocate(assigned, record)
        return assigned

    def _give(self, assigned: Assigned, record: RecordState, stage: Stage) -> None:
        onward, state, given, serials, reason = self._onward(record, stage)
        values = {**record.values, **given}
        moved = state != record.state
        if onward is None:
            self.serials.update(serials)
            self._keep(assigned, record, owner="", state=state, values=given, reason=reason)
            return
        if onward.waits:
            self.serials.update(serials)
            due = self.due(self.register, onward, self.day, values) if moved or record.due is None else None
            if moved or record.owner or due:
                self._keep(
                    assigned, record, owner="", state=state if moved else "", due=due, values=given, reason=reason
                )
            return
        located = find_area(self.register.base, values, self.roster)
        placeless = self._placeless(located, role_for(onward, values))
        has = ("" if moved else record.owner) or self._has_done(onward, values)
        choice = ChosenPerson(None)
        strange = not_of_its_role(onward, self.register.get(onward.whom), self.roster, values)
        if located.area or placeless:
            choice = choose_person(onward, located.area, self.roster, values, has, self._load, passed_over=strange)
        person = choice.person
        if person is None:
            assigned.unassigned += 1
            assigned.findings.append(self._nobody(record, located, onward))
            if moved and (stage.form or stage.waits):  # its time there begins, though nobody can be told yet
                self.serials.update(serials)
                due = self.due(self.register, onward, self.day, values)
                self._keep(assigned, record, owner="", state=state, due=due, values=given, reason=reason)
                return
            due = record.due or self.due(self.register, stage, record.since or self.day, values)
            left = bool(record.owner) and record.owner not in self.roster.people
            if left:  # nobody who has left keeps work, even while nobody else can have it
                self._keep(assigned, record, owner="", why=self._left_behind(record.owner), due=due)
            elif due != record.due:
                self._keep(assigned, record, due=due)
            return
        if (address := address_otherwise(self.register.base, values, located, self.roster)) is not None:
            assigned.findings.append(self._lies_elsewhere(record, values, located, address))
        assigned.findings.extend(self._strangers(record, onward, values, strange, person))
        area = located.area.code if located.area else ""
        since = self.day if moved or not values.get(onward.due_by) else record.since or self.day
        if moved or (person.number, area) != (record.owner, record.area):
            assigned.assigned += 1
            self._load[person.number] += 1
            self.serials.update(serials)
            from_whom = "" if choice.instead.zh or moved else self._handed_on(record, person.number, located)
            # by whoever had it before; what comes back from a stand-in stays as late as it became meanwhile
            late = (
                bool(from_whom)
                and not self._stood_in(record.owner, person.number)
                and record.due is not None
                and record.due < self.day
            )
            self._keep(
                assigned,
                record,
                owner=person.number,
                area=area,
                why=self._why(located, onward) + choice.instead.to(self.language) + from_whom,
                state=state if moved else "",
                due=self.due(self.register, onward, since, values) if moved or late or record.due is None else None,
                values=given,
                reason=reason,
            )
        elif values.get(onward.due_by) and (due := self.due(self.register, onward, since, values)) not in (
            None,
            record.due,
        ):
            self._keep(assigned, record, due=due)  # the field that says so was corrected

    def _relocate(self, assigned: Assigned, record: RecordState) -> None:
        """Let whoever serves the area to which *record* belongs by now look after it, though nothing is to be done."""
        located = find_area(self.register.base, record.values, self.roster)
        if located.area is not None and located.area.code != record.area:
            self._keep(assigned, record, area=located.area.code, why=self._why(located, self.register.stages[0]))

    def _onward(
        self, record: RecordState, stage: Stage
    ) -> tuple[Stage | None, str, dict[str, Stored], dict[str, int], str | None]:
        """Return the stage that somebody has to do (None when nothing is left), the state in which the record waits for
        it, what it is given on the way, the last running numbers after that, and why it was led back (None where it was
        not): the program's own stages lead on as far as their conditions hold. A number is used up only by whoever is led
        on.
        """
        reason: str | None = None
        state, given, serials = record.state, dict[str, Stored](), dict(self.serials)
        for _ in self.register.stages:  # at most as many: a circle is the declaration's fault
            values = {**record.values, **given}
            transition = way_on(stage, values)
            if transition is None:
                break
            state = transition.to
            if transition.back:
                reason = with_values(transition.why, self.register, values).to(self.language)
            elif transition.by_itself and record.reason:
                reason = ""  # why it was sent back to a step that is no longer to be done
            given |= given_on_entering(self.register, state, record.key, values, serials, self.day)
            following = self.register.waiting_for(state)
            if following is None:
                return None, state, given, serials, reason
            stage = following
        return stage, state, given, serials, reason

    def _keep(
        self,
        assigned: Assigned,
        record: RecordState,
        *,
        owner: str | None = None,
        area: str | None = None,
        why: str = "",
        state: str = "",
        due: date | None = None,
        values: StoredValues = _NOTHING,
        reason: str | None = None,
    ) -> RecordState:
        events = EventFactory(self.register.code, self.day, self.run)
        event = events.by_program(
            record.key, record, values, state=state, owner=owner, area=area, due=due, why=why, reason=reason
        )
        assigned.events.append(event)
        assigned.entries[record.key] = apply(record, event)
        return assigned.entries[record.key]

    def _placeless(self, located: Located, role: str) -> bool:
        """Tell whether a record lies nowhere, or its role is no area's: who has to do with it is said by the role alone."""
        if not located.text and (located.field is None or self.register.kept):
            return True
        return bool(self.roster.areas) and not self.roster.is_of_areas(role)

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

    def _handed_on(self, record: RecordState, to: str, located: Located) -> str:
        """Return from whom open work comes and why he has it no longer; "" for work that nobody had."""
        if record.owner in ("", to) or not self._had_it_before(record):
            return ""
        if record.owner not in self.roster.people:
            cause = _HAS_LEFT
        elif self._stood_in(record.owner, to):
            cause = _BACK
        elif located.area is None:
            cause = _ANOTHER_NAMED
        elif located.area.code != record.area:
            cause = _OTHER_AREA
        else:
            cause = _AREA_GIVEN
        return HANDED_ON.filled(name=self._name(record.owner), cause=cause).to(self.language)

    def _has_done(self, stage: Stage, values: StoredValues) -> str:
        """Return who has signed *stage* before, "" when nobody has: what comes back goes to him, not to whoever has least to do."""
        form = self.register.form_of(stage.form)
        signed = form.meaning(FieldRole.ACTOR) if form is not None else None
        person = self.roster.named(str(values.get(signed.code) or "")) if signed is not None else None
        return person.number if person is not None else ""

    def _had_it_before(self, record: RecordState) -> bool:
        """Tell whether who has *record* had it when the run began, for the same step: else he never knew of it."""
        stood = self.before.get(record.key, record)
        return stood is not None and (stood.owner, stood.state) == (record.owner, record.state)

    def _stood_in(self, number: str, whom: str) -> bool:
        """Tell whether the person *number* is named as the stand-in of *whom*."""
        person = self.roster.everyone.get(whom)
        other = self.roster.named(person.stand_in) if person and person.stand_in else None
        return other is not None and other.number == number

    def _left_behind(self, owner: str) -> str:
        return _LEFT_BEHIND.to(self.language).format(name=self._name(owner))

    def _name(self, number: str) -> str:
        person = self.roster.everyone.get(number)
        return person.name if person else number

    def _about(self, record: RecordState) -> dict[str, str]:
        """What a finding says of *record*, whatever is wrong: where it came from, and what it is called."""
        return {
            "file": record.source.file,
            "sheet": record.source.sheet,
            "cell": record.source.cell,
            "form": self.register.base.code,
            "key": record.key,
            "title": title_or_key(self.register, record),
        }

    def _strangers(
        self, record: RecordState, stage: Stage, values: StoredValues, strange: Person | None, person: Person
    ) -> Iterator[Finding]:
        """Whom the record names is nobody that we know, or *strange* to the role: *person* has it, which neither would guess."""
        named = str(values.get(stage.whom) or "") if stage.whom else ""
        unknown = bool(named and self.roster.people) and self.roster.known_as(named) is None
        if unknown or (strange is not None and strange != person):
            yield found(
                "assign.stranger" if unknown else "assign.not_of_role",
                **self._about(record),
                field=stage.whom,
                value=named,
                label=self.register.field(stage.whom).label,
                stage=stage.title,
                who=person.name,
                **({} if unknown else {"role": self.roster.role_words(role_for(stage, values))}),
            )

    def _lies_elsewhere(self, record: RecordState, values: StoredValues, located: Located, address: Field) -> Finding:
        """Its address does not go with its area, by which whoever has it was found."""
        written = self.register.base.meaning(FieldRole.AREA) or address
        by = located.field or written
        return found(
            "area.elsewhere",
            **self._about(record),
            field=written.code,
            value=str(values[written.code]),
            label=written.label,
            address=address.label,
            place=str(values.get(address.code)),
            by=by.label,
            area=located.areas[0].name,
        )

    def _nobody(self, record: RecordState, located: Located, stage: Stage) -> Finding:
        about: dict[str, str | Localized] = {
            **self._about(record),
            "field": located.field.code if located.field else "",
            "value": located.text,
            "area_form": self.area_form,
        }
        if self._placeless(located, role_for(stage, record.values)):
            cause, advice = why_nobody(stage, self.roster, record.values)
            return found("assign.nobody_at_all", role=stage.title, cause=cause, advice=advice, **about)
        if not located.areas:
            return found("area.unknown", **about)
        candidates = "、".join(area.name for area in located.areas)
        if len(located.areas) > 1:
            return found("area.ambiguous", candidates=candidates, **about)
        number = located.areas[0].served_by.get(role_for(stage, record.values), "")
        if (why := why_not_he(stage, number, self.roster, record.values)) is not None:
            return found("assign.nobody_at_all", role=stage.title, cause=why[0], advice=why[1], **about)
        whom = {UNSERVED: located.areas[0].code, ROLE: role_for(stage, record.values)}
        return found("assign.nobody", area=candidates, role=stage.title, **whom, **about)
