"""The three-way merge: what a row says anew, held against its base and against the register as it stands now.

Nobody's statement is replaced by one that was made upon another state: where the register has moved on to another value,
said by somebody else, the cell waits and its author is asked. A step is one statement, taken whole or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pipeline.domain.answer import CONFLICT, SAID, SET_BACK
from pipeline.domain.checked import RowId
from pipeline.domain.embedded_metadata import parse_token
from pipeline.domain.finding import SAID_BY, Finding
from pipeline.domain.finding_at import finding_at
from pipeline.domain.record import Event, Record, RecordState
from pipeline.domain.rulebook import found
from pipeline.merge.actions import day_in_force, starts_on
from pipeline.merge.statement import StatementBase, last_setter
from schemas.language import Field, FieldRole, Form, Register, Stage
from schemas.language.field import OF_THE_PAPER

AsOf = Callable[[str, int], RecordState | None]
"""A record, by key, as it stood at an earlier version."""


@dataclass(frozen=True, slots=True)
class ThreeWay:
    """Narrows rows to what they say anew. ``states`` are the records as they stand, ``life`` gives their events by key,
    ``authors`` whose worklist a submission is (a master is nobody's: the name in it is that of a computer), ``bases``
    what rows of own sheets stand upon.
    """

    register: Register
    states: Mapping[str, RecordState]
    as_of: AsOf = lambda key, version: None
    life: Callable[[str], Sequence[Event]] = lambda key: ()
    authors: Mapping[str, str] = field(default_factory=dict)
    bases: Mapping[RowId, StatementBase] = field(default_factory=dict)
    answered: Callable[[Finding], bool] = lambda finding: False
    """Whether of the very two values of a conflict one was chosen before."""
    made: Callable[[str], datetime | None] = lambda submission: None
    """When a submission was saved, as far as that is kept."""

    def narrow(self, form: Form, record: Record) -> tuple[list[Finding], bool]:
        """Leave in *record* what it says anew; return a conflict for each cell that has to wait, and whether the whole
        row waits with it.
        """
        state = self.states.get(record.key)
        if state is None:
            return [], False
        if record.action:
            return self._of_deed(form, record, state), False
        if record.token or record.partial:
            return self._upon_version(form, record, state)
        base = self.bases.get((record.submission, record.sheet, record.row))
        return self._upon_paper(form, record, state, base) if base is not None else ([], False)

    def _upon_version(self, form: Form, record: Record, state: RecordState) -> tuple[list[Finding], bool]:
        """A row of a workbook of ours: its base is the record as it was written there."""
        metadata = parse_token(record.token)
        written = self.as_of(*metadata) if metadata and metadata[1] < state.version else None
        seen = written or state
        typed = {code: value for code, value in record.values.items() if seen.values.get(code) != value}
        moved = {code for code, value in typed.items() if state.values.get(code) not in (seen.values.get(code), value)}
        author = self.authors.get(record.submission, "")
        base = StatementBase(author, frozenset({record.submission}))
        contested = {
            code: setter
            for code, setter in self._setters(record, moved).items()
            if setter is None or not base.is_own(setter, code)
        }
        is_step = self._step(form) is not None
        said = set() if is_step and not record.partial else self._said_already(record, contested, author)
        said |= self._chosen(form, record, state, contested, author)
        typed = {code: value for code, value in typed.items() if code not in said}
        contested = {code: setter for code, setter in contested.items() if code not in said}
        findings = [self._conflict(form, record, code, state, event, author) for code, event in contested.items()]
        whole = bool(findings) and is_step
        if record.partial:
            out = set(typed) if whole else set(contested)
            record.values = {
                code: value
                for code, value in record.values.items()
                if code == form.key.code or (code in typed and code not in out and state.values.get(code) != value)
            }
            return findings, False
        if not whole:  # what only repeats what we wrote stands as it stands now
            now = {code: state.values.get(code) for code in record.values.keys() - typed.keys()}
            record.values = {
                code: value for code, value in {**record.values, **now}.items() if value is not None or code in typed
            }
        return findings, whole

    def _upon_paper(
        self, form: Form, record: Record, state: RecordState, base: StatementBase
    ) -> tuple[list[Finding], bool]:
        """A row of a sheet of the sender's own: its base is what this voice last said."""
        differing = {code for code, value in record.values.items() if state.values.get(code) not in (None, value)}
        transfer = self.register.transfer
        if transfer is not None and form is self.register.base and differing.issuperset(transfer.fields):
            return [], False  # another owner: all that is said is new
        step = self._step(form)
        if step is not None:  # what the step itself asks begins blank in each round, or is given anew
            differing -= {each.code for each in form if self.register.base.get(each.code) is None}
            differing -= set(step.renews)
        contested = {
            code: setter
            for code, setter in self._setters(record, differing).items()
            if setter is not None and setter.submission and not base.is_own(setter, code)
        }
        means = {code: form.field(code).means for code in contested}
        others_go_by = {
            code for code in self.register.told if means.get(code) is FieldRole.SUBMITTER
        }  # it is whose it is
        of_paper = {code for code, role in means.items() if role in OF_THE_PAPER} - others_go_by
        of_paper |= set() if step is not None or base.set_back else self._said_already(record, contested, base.author)
        of_paper |= self._chosen(form, record, state, contested, base.author)
        record.values = {code: value for code, value in record.values.items() if code not in of_paper}
        contested = {code: setter for code, setter in contested.items() if code not in of_paper}
        findings = [self._conflict(form, record, code, state, event, base.author) for code, event in contested.items()]
        if step is None:
            record.values = {code: value for code, value in record.values.items() if code not in contested}
        return findings, step is not None and bool(findings)

    def _of_deed(self, form: Form, record: Record, state: RecordState) -> list[Finding]:
        """A row of changes says what is to be. What it said when it was refused, or was saved, is no newer for its being
        mended, or dropped, now: where something else was said since, the register stays, unless the change is of a later day.
        """
        base = self.bases.get((record.submission, record.sheet, record.row))
        if base is None or base.made is None:
            return []
        differing = {code for code, value in record.values.items() if state.values.get(code) not in (None, value)}
        findings: list[Finding] = []
        for code, setter in self._setters(record, differing).items():
            if (
                setter is None
                or setter.submission == record.submission
                or not self._is_since(form, record, setter, base, code)
            ):
                continue
            own = base.is_own(setter, code)
            if not own and code not in base.waiting:
                continue  # whoever has said the former value reads of it
            target = next(each for each in self.register.forms if each.get(code) is not None)
            if own:
                findings.append(self._set_back(target, record, code, state, base.author or setter.actor))
            elif not (
                self._said_already(record, (code,), base.author)
                or self._chosen(target, record, state, {code: setter}, base.author)
            ):
                findings.append(self._conflict(target, record, code, state, setter, base.author))
            del record.values[code]
        return findings

    def _is_since(self, form: Form, record: Record, setter: Event, base: StatementBase, code: str) -> bool:
        """Tell whether *setter* came after what the row of changes *record* says of *code*, and is to be in force after it."""
        starts = starts_on(form, record)
        if setter.on is not None and starts > setter.on:
            return False
        made, waiting = self.made(setter.submission), base.waiting.get(code)
        if waiting is None:
            return made is not None and base.made is not None and made > base.made
        return (
            made is None or made >= waiting or (setter.form == form.code and day_in_force(form, setter.action) > starts)
        )

    def _set_back(self, form: Form, record: Record, code: str, state: RecordState, author: str) -> Finding:
        return finding_at(
            SET_BACK,
            form,
            record,
            code,
            now=form.field(code).text(state.values[code], "zh"),
            **{SAID: json.dumps(record.values[code], ensure_ascii=False), SAID_BY: author},
        )

    def _setters(self, record: Record, codes: Collection[str]) -> dict[str, Event | None]:
        """Return for each of *codes*, in order, the event that set what the register holds; None where none is known."""
        life = self.life(record.key) if codes else ()
        return {code: last_setter(life, code) for code in sorted(codes)}

    def _said_already(self, record: Record, codes: Collection[str], author: str) -> set[str]:
        """Return which of *codes* only repeat what *author* has said of this record elsewhere: no new statement."""
        life = self.life(record.key) if author and codes else ()
        return {
            code
            for code in codes
            if any(each.actor == author and each.values.get(code) == record.values[code] for each in life)
        }

    def _chosen(
        self, form: Form, record: Record, state: RecordState, contested: Mapping[str, Event | None], author: str
    ) -> set[str]:
        """Return the codes of cells of which the register's value was chosen: it stands, and the rest goes on."""
        return {
            code
            for code, event in contested.items()
            if self.answered(self._conflict(form, record, code, state, event, author))
        }

    def _step(self, form: Form) -> Stage | None:
        """The stage that a record waits for, of which *form* tells; None for any other form."""
        stage = self.register.stage_of(form.code)
        return stage if stage is not None and stage.state and not stage.ad_hoc else None

    def _conflict(
        self, form: Form, record: Record, code: str, state: RecordState, setter: Event | None, author: str
    ) -> Finding:
        return finding_at(
            CONFLICT,
            form,
            record,
            code,
            **register_side(form.field(code), state, setter),
            **{SAID: json.dumps(record.values[code], ensure_ascii=False), SAID_BY: author},
        )


def register_side(field: Field, state: RecordState, setter: Event | None) -> dict[str, str]:
    """Return the details of a conflict that tell what the register holds of *field*, who said it, when and where."""
    return {
        "now": field.text(state.values.get(field.code, ""), "zh"),
        "who": (setter.actor or setter.file) if setter else "",
        "on": setter.on.isoformat() if setter and setter.on else "",
        "where": str(setter.place(field.code)) if setter else "",
    }


def contradictions(register: Register, form: Form, records: Sequence[Record]) -> tuple[set[int], list[Finding]]:
    """Return the positions of records that disagree with another one of the same key and sheet, and a finding for each.

    Records of one key agree when every field that both hold is equal; a blank contradicts nothing. Actions of several
    days follow each other: only those of one day can disagree.
    """
    starts = form.meaning(FieldRole.STARTS)
    by_key: dict[tuple[str, Any], list[int]] = {}
    for at, record in enumerate(records):
        day = record.action.get(starts.code) if starts else None
        by_key.setdefault((record.key, day), []).append(at)
    out: set[int] = set()
    findings: list[Finding] = []
    for positions in by_key.values():
        for at in positions if len(positions) > 1 else ():
            clash = _clash(records[at], [records[other] for other in positions if other != at])
            if clash is not None:
                other, code = clash
                out.add(at)
                findings.append(_told(register, form, records[at], other, code))
    return out, findings


def _clash(record: Record, others: Iterable[Record]) -> tuple[Record, str] | None:
    for other in others:
        for code, value in record.values.items():
            if code in other.values and other.values[code] != value:
                return other, code
    return None


def _told(register: Register, form: Form, record: Record, other: Record, code: str) -> Finding:
    field, called = register.field(code), register.meaning(FieldRole.TITLE)
    place = record.place(code)
    names = {each.values.get(called.code) for each in (record, other)} if called else set()
    title = names.pop() if len(names) == 1 else None  # a number that the program gives nobody has seen
    return found(
        "key.twice",
        submission=record.submission,
        file=place.file,
        sheet=place.sheet,
        cell=place.cell,
        form=form.code,
        field=code,
        value=field.text(record.values[code], "zh"),
        key=record.key,
        title=str(title or record.key),
        other=str(other.place(code)),
        theirs=field.text(other.values[code], "zh"),
    )
