"""Accepted records meet their register: what is new, what changes, what is already known, what cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum

from pipeline.domain.checked import RowId
from pipeline.domain.embedded_metadata import parse_token
from pipeline.domain.entering import derived_changes, given_on_entering
from pipeline.domain.event_factory import EventFactory
from pipeline.domain.finding import Finding
from pipeline.domain.finding_at import finding_at
from pipeline.domain.pending import Pending
from pipeline.domain.place import cell_name
from pipeline.domain.record import Event, Record, RecordState
from pipeline.domain.record_fold import apply
from pipeline.domain.record_title import title_or_key
from pipeline.domain.roster import Roster
from pipeline.merge.actions import kind_of_action, same_action, starts_on
from pipeline.merge.amend_step import amended, is_open_still, is_put_right
from pipeline.merge.belated_round import belated_round
from pipeline.merge.choose_anew import chosen_anew, led_anew
from pipeline.merge.earlier_round import earlier_round
from pipeline.merge.judge_against import judge_against
from pipeline.merge.judge_days import judge_days
from pipeline.merge.judge_hands import done_by_another, not_theirs, once_a_sheet
from pipeline.merge.judge_lateness import taken_late
from pipeline.merge.judge_period import judge_period
from pipeline.merge.judge_return import judge_return
from pipeline.merge.judge_unseen import judge_unseen
from pipeline.merge.refuse_step import how_to_open, refuse_step
from pipeline.merge.relations import Relations
from pipeline.merge.resume_paused import Paused, Prolong, last_pause, resumed_too_early
from pipeline.merge.statement import StatementBase
from pipeline.merge.take_steps import step
from pipeline.merge.three_way import AsOf, ThreeWay, contradictions
from schemas.language import FieldRole, Form, Localized, Register, Stage, Stored, StoredValues, Transition


class RowOutcome(StrEnum):
    """What became of a row."""

    ACCEPTED = "accepted"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(slots=True)
class Merged:
    """What one form's records do to their register in one run. ``entries`` are those that changed."""

    events: list[Event] = field(default_factory=list)
    entries: dict[str, RecordState] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    outcomes: dict[RowId, RowOutcome] = field(default_factory=dict)
    pending: list[Pending] = field(default_factory=list)
    """Changes whose day is yet to come."""


@dataclass(slots=True)
class Merge:
    """Merges one form's records after another into one register.

    ``entries`` are the register's records of the keys at hand and are led forward; ``serials`` the last running
    numbers by stem, likewise; ``numbers`` gives each event its number.
    """

    register: Register
    entries: dict[str, RecordState]
    serials: dict[str, int]
    numbers: Iterator[int]
    day: date
    run: int
    actors: Mapping[str, str] = field(default_factory=dict)
    """By submission: whose worklist it is, for what the sheet itself names nobody for."""
    as_of: AsOf = lambda key, version: None
    """Records as they stood when a worklist was written."""
    life: Callable[[str], Sequence[Event]] = lambda key: ()
    """What happened to a record, by key, before this run."""
    prolong: Prolong = lambda due, stopped, resumed: due
    """How a deadline is moved by a pause."""
    roster: Roster = field(default_factory=lambda: Roster(date.min))
    """Who may do what."""
    authors: Mapping[str, str] = field(default_factory=dict)
    """By submission: whose worklist it is, of worklists alone."""
    bases: Mapping[RowId, StatementBase] = field(default_factory=dict)
    """What rows of own sheets stand upon."""
    answered: Callable[[Finding], bool] = lambda finding: False
    """Whether of the two values of a conflict one was chosen before."""
    made: Callable[[str], datetime | None] = lambda submission: None
    """When a submission was saved, as far as that is kept."""
    latest: time = time.max
    """The last time of ``day`` that has come, as far as it is known."""
    clock: time = time.min
    """The time of ``day`` at which the run was, as far as it is known."""
    doubted: Callable[[str, str], Set[str]] = lambda form, key: frozenset()
    """The fields of a form and record of which a warning is open: what its step said there may be amended."""
    last_run: date | None = None
    """The day of the run before this one."""
    _made: dict[str, list[Event]] = field(default_factory=dict, init=False)
    """The events of this run by key."""
    _relations: Relations = field(init=False)
    _three_way: ThreeWay = field(init=False)

    def __post_init__(self) -> None:
        """Get to know the records at hand."""
        self._three_way = ThreeWay(
            self.register, self.entries, self.as_of, self._life, self.authors, self.bases, self.answered, self.made
        )
        self._relations = Relations(self.register, self.entries, self.numbers, self.day)
        for entry in self.entries.values():
            self._relations.know(entry)

    def take(self, form: Form, records: Sequence[Record], *, due: bool = False) -> Merged:
        """Return what *records* of *form*, in their order, do. With *due* they are changes that waited for their day."""
        merged, opened = Merged(), list[Finding]()
        sound = [record for record in records if not self._foreign(form, record, merged)]
        if not due:
            sound = self._said_anew(form, sound, merged)
        clashing, findings = (set(), []) if due else contradictions(self.register, form, sound)
        merged.findings += findings
        for at, record in enumerate(sound):
            if at in clashing:
                merged.outcomes[_row(record)] = RowOutcome.REJECTED
                continue
            event, refused = self._event(form, record, due=due)
            if refused is not None:
                merged.findings.append(refused)
                merged.outcomes[_row(record)] = RowOutcome.REJECTED
            elif event is None:
                merged.outcomes[_row(record)] = RowOutcome.UNCHANGED
            else:
                before = self.entries.get(record.key)
                if before is None or event.state or self._adds(form, record):
                    by_another = done_by_another(self.register, form, record, before, self.roster)
                    (opened if before is None or record.action else merged.findings).extend(by_another)
                if event.state:
                    merged.findings += taken_late(self.register, form, record, before, self.roster, self.last_run)
                self._enter(merged, event)
                ended, notable = self._relations.follow_up(form, record, event)
                for each in ended:
                    self._enter(merged, each)
                merged.findings += notable
                if record.action and not due and starts_on(form, record) > self.day:
                    merged.pending.append(Pending(event.number, self.register.code, starts_on(form, record), record))
                merged.outcomes[_row(record)] = RowOutcome.ACCEPTED
        merged.findings += once_a_sheet(opened)
        return merged

    def _at_hand(self, form: Form, record: Record) -> RecordState | None:
        """The record as a row of *form* finds it: one that has ended as missed waits for its step all the same."""
        entry, stage = self.entries.get(record.key), self.register.stage_of(form.code)
        state = self.register.state(entry.state) if entry else None
        if entry is None or state is None or not state.missed or stage is None or record.partial:
            return entry
        stood = next(
            (each.state for each in reversed(self._life(record.key)) if each.state not in ("", state.code)), ""
        )
        return replace(entry, state=stood) if stood and stage.state == stood else entry

    def _adds(self, form: Form, record: Record) -> bool:
        """Tell whether a row does a step and its record waits on in the same stage for what is still lacking."""
        stage, entry = self.register.stage_of(form.code), self.entries.get(record.key)
        waits = stage is not None and entry is not None and bool(stage.state) and entry.state == stage.state
        return waits and not record.partial

    def _enter(self, merged: Merged, event: Event) -> None:
        entry = apply(self.entries.get(event.key), event)
        self.entries[event.key] = merged.entries[event.key] = entry
        self._made.setdefault(event.key, []).append(event)
        self._relations.know(entry)
        merged.events.append(event)

    def _foreign(self, form: Form, record: Record, merged: Merged) -> bool:
        """Tell whether a worklist's row no longer bears the key it was written with; then it is a finding."""
        metadata = parse_token(record.token)
        if metadata is None or metadata[0] == record.key:
            return False
        if not record.partial:  # the same row comes twice, as correction and as stage: told once
            told = finding_at("copy.key_changed", form, record, form.key.code, original=metadata[0])
            merged.findings.append(replace(told, key=metadata[0]))  # mended when that record's row comes back right
        merged.outcomes[_row(record)] = RowOutcome.REJECTED
        return True

    def _said_anew(self, form: Form, records: Sequence[Record], merged: Merged) -> list[Record]:
        """Narrow *records* to what they say anew; return those whose outcome is still open."""
        left: list[Record] = []
        for record in records:
            entry, outcome = self._at_hand(form, record), None
            told = earlier_round(self.register, form, record, entry, self._life, self.as_of)
            if told is not None:
                outcome, findings = RowOutcome.REJECTED if told else RowOutcome.UNCHANGED, told
            else:
                findings, whole = self._three_way.narrow(form, record)
                stage = None if record.partial else self.register.stage_of(form.code)
                if stage is not None and stage.state and (entry is None or entry.state != stage.state):
                    findings, whole = [], False  # it is not due: that is told, and nothing of its cells
                outcome = RowOutcome.REJECTED if whole else None
            merged.findings += findings
            if outcome is None:
                left.append(record)
            else:
                merged.outcomes[_row(record)] = outcome
        return left

    def _event(self, form: Form, record: Record, *, due: bool) -> tuple[Event | None, Finding | None]:
        entry = self._at_hand(form, record)
        opening = form.code == self.register.base.code
        if entry is None and (record.partial or not opening):
            how = how_to_open(self.register)
            return None, finding_at("key.unknown", form, record, form.key.code, register=self.register.title, how=how)
        if opening and (self.register.kept or (record.partial and self.register.only_shown)):
            return None, self._kept(form, record, entry)
        stage = None if record.partial else self.register.stage_of(form.code)
        refused = (
            not_theirs(self.register, form, stage, record, entry, self.roster, self._author(record))
            if stage
            else self._unbarred(form, record)
        )
        if refused is not None:
            return None, refused
        if stage is not None and stage.ad_hoc and entry is not None:
            return self._action(form, stage, record, entry, due=due)
        if belated := belated_round(self.register, stage, form, record, entry):
            return self._make(form, replace(record, action=record.values), entry, {**belated}, None), None
        return self._row_event(form, stage, record, entry, opening=opening)

    def _author(self, record: Record) -> str:
        """Whose worklist it is, or whose paper: that a later one names another is no statement about the record, and yet he is."""
        return self.actors.get(record.submission) or (base.author if (base := self.bases.get(_row(record))) else "")

    def _row_event(
        self, form: Form, stage: Stage | None, record: Record, entry: RecordState | None, *, opening: bool
    ) -> tuple[Event | None, Finding | None]:
        held: StoredValues = entry.values if entry else {}
        changed = {code: value for code, value in record.values.items() if held.get(code) != value}
        transition: Transition | None = None
        if stage is not None and (entry is None or not opening):
            if entry is not None and not changed and entry.state != stage.state:
                return None, None  # the step was taken before, with the very same answers
            way = step(self.register, stage, entry, record.values)
            if isinstance(way, Localized):
                changed = self._amended(form, stage, record, entry)
                if not changed:
                    return None, refuse_step(self.register, form, record, entry, stage, way, self._life)
            else:
                transition = way
                if transition.stays and not changed:
                    return None, None
                changed |= self._blank_of_earlier_round(form, record, held) if stage.state else {}
        elif entry is not None and self._is_closed(entry):
            return None, self._closed(form, record, entry, next(iter(changed))) if changed else None
        elif not changed and not self._new_notes(entry, record):
            return None, None
        elif stage is not None and entry is not None:
            transition = chosen_anew(self.register, stage, entry, changed)
        wrong = judge_days(self.register, form, record, entry, self._life)
        wrong = wrong or judge_period(self.register, form, record, entry)
        taken = self.register.stage_of(form.code)  # also of a cell that is put right in the master
        if wrong is None and taken is not None and not opening:
            wrong = judge_against(self.register, taken, form, record, entry, self._now, again=transition is None)
        if wrong is None and transition is not None and stage is not None:
            wrong = judge_return(self.register, stage, form, record, entry, self._life)
            wrong = wrong or judge_unseen(self.register, stage, transition, form, record, entry, self.as_of, self._life)
        return (None, wrong) if wrong else (self._make(form, record, entry, changed, transition), None)

    @property
    def _now(self) -> str:
        return datetime.combine(self.day, self.latest).isoformat()

    def _amended(self, form: Form, stage: Stage, record: Record, entry: RecordState | None) -> dict[str, Stored]:
        """What a row of which the step has been taken amends in it."""
        if entry is None or entry.state == stage.state or self._is_closed(entry):
            return {}
        said = {code: value for code, value in record.values.items() if entry.values.get(code) != value}
        if is_open_still(stage, form, record, entry, self.day) or is_put_right(stage, entry, said):
            return said
        doubted = self.doubted(form.code, record.key)
        if not doubted:  # nothing may be amended, and its life need not be read
            return {}
        return amended(stage, form, record, entry, self._life(record.key), doubted, self.bases.get(_row(record)))

    def _blank_of_earlier_round(self, form: Form, record: Record, held: StoredValues) -> dict[str, None]:
        """A round begins blank: what the step asked before and is not answered now no longer stands in the record."""
        others = {each.code for other in self.register.forms if other is not form for each in other}
        own = form.codes - others
        return {code: None for code in held if code in own and code not in record.values}

    def _unbarred(self, form: Form, record: Record) -> Finding | None:
        """A correction on a worklist or in the master must not change the name that keeps somebody from doing a stage."""
        for code in record.values if record.token else ():
            stage = self.register.barring(code)
            if stage is not None:
                return finding_at("step.unbarred", form, record, code, stage=stage.title)
        return None

    def _kept(self, form: Form, record: Record, entry: RecordState | None) -> Finding | None:
        """Whatever a sheet says of what the program keeps: known, or not to be said by a sheet."""
        held: StoredValues = entry.values if entry else {}
        wrong = [code for code, value in record.values.items() if held.get(code) != value]
        return finding_at("pair.kept", form, record, wrong[0], register=self.register.title) if wrong else None

    def _make(
        self,
        form: Form,
        record: Record,
        entry: RecordState | None,
        changed: dict[str, Stored],
        transition: Transition | None,
    ) -> Event:
        held: StoredValues = entry.values if entry else {}
        values: dict[str, Stored] = dict(changed)
        if form.code == self.register.base.code and not record.partial:
            values |= self._relations.recognise(record, entry, changed)
        values |= led_anew(self.register, form, entry, changed, transition, datetime.combine(self.day, self.clock))
        after: dict[str, Stored] = {code: value for code, value in {**held, **values}.items() if value is not None}
        if transition is not None and transition.to:
            given = given_on_entering(self.register, transition.to, record.key, after, self.serials, self.day)
            values |= given
            after |= given
        values |= derived_changes(self.register, held, after)
        reason = form.meaning(FieldRole.REASON) if transition is not None and transition.back else None
        named = None if record.partial else form.meaning(FieldRole.ACTOR) or form.meaning(FieldRole.SUBMITTER)
        actor = (record.action or record.values).get(named.code) if named else None
        if named is not None and self.register.says_whose(named):
            # in whose folder it lay has listed it, whosever it is
            actor = self.actors.get(record.submission) or actor
        return EventFactory(self.register.code, self.day, self.run).by_row(
            record.key,
            entry,
            values,
            form=form.code,
            cells={
                code: cell_name(cell) for code, cell in record.cells.items() if code in changed or code in record.action
            },
            state=transition.to if transition else "",
            reason=str(record.values.get(reason.code, "")) if reason else None,
            submission=record.submission,
            file=record.file,
            sheet=record.sheet,
            actor=str(actor or self.actors.get(record.submission, "")),
            number=next(self.numbers),
            notes=record.notes,
            action=record.action,
        )

    def _action(
        self, form: Form, stage: Stage, record: Record, entry: RecordState, *, due: bool
    ) -> tuple[Event | None, Finding | None]:
        """What a row of changes does: at once, or, when its day is yet to come, announce it."""
        if not due and any(same_action(form, record, each) for each in self._life(record.key)):
            return None, None  # the row was taken before; what came after it stands
        later = not due and starts_on(form, record) > self.day
        way = None if later and not self._is_closed(entry) else step(self.register, stage, entry, record.action)
        if isinstance(way, Localized):
            called = kind_of_action(form, stage, record)
            return None, refuse_step(self.register, form, record, entry, stage, way, self._life, called)
        if way is None:
            return self._make(form, record, entry, {}, None), None
        changed = {code: value for code, value in record.values.items() if entry.values.get(code) != value}
        if way.stays and not changed:
            return None, None
        wrong = judge_days(self.register, form, record, entry, self._life)
        pause = last_pause(self.register, self._life(record.key)) if way.resumes else None
        wrong = wrong or resumed_too_early(form, record, pause)
        if wrong := wrong or judge_against(self.register, stage, form, record, entry, self._now):
            return None, wrong
        event = self._make(form, record, entry, changed, way)
        return (self._resumed(event, entry, pause) if way.resumes else event), None

    def _resumed(self, event: Event, entry: RecordState, pause: Paused | None) -> Event:
        if pause is None:
            return replace(event, state=entry.state)
        before = pause.before
        due = self.prolong(before.due, pause.since, self.day) if before.due else None
        return replace(event, state=before.state, owner=before.owner, due=due, reason=before.reason)

    def _life(self, key: str) -> list[Event]:
        return [*self.life(key), *self._made.get(key, ())]

    def _is_closed(self, entry: RecordState) -> bool:
        state = self.register.state(entry.state)
        return state is not None and state.closed

    def _closed(self, form: Form, record: Record, entry: RecordState, code: str) -> Finding:
        state = self.register.state(entry.state)
        words, title = state.words if state else Localized("", ""), title_or_key(self.register, entry)
        return finding_at("record.closed", form, record, code, title=title, state=words)

    def _new_notes(self, entry: RecordState | None, record: Record) -> bool:
        return entry is not None and any(entry.notes.get(name) != text for name, text in record.notes.items())


def _row(record: Record) -> RowId:
    return record.submission, record.sheet, record.row
