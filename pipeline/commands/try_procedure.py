"""Plays a procedure in an office of its own, from registration to the end: the sheets of its samples, then worklist after
worklist filled and returned, and says what happened, a line a step.

What is typed are the answers that lead on (``typed_answers``); a ``samples`` module may say others for a form,
``ANSWERS = {"key_grant": {"grant_answer": "不同意"}}``.
"""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from pipeline.commands.demo import made, scenes
from pipeline.commands.reading import reading
from pipeline.commands.trial_office import TrialOffice, people_form
from pipeline.commands.typed_answers import Desk, opening_cells, step_cells
from pipeline.domain.record import RecordState
from pipeline.domain.roster import Roster
from pipeline.intake.roster import read_roster
from pipeline.settings import Settings
from pipeline.settings.catalogue import in_force
from schemas.language import Catalogue, FieldRole, Localized, Procedure, Register
from schemas.language.sample import Cells, Filled, Returned, Scene
from schemas.language.workdays import next_workday

_FIRST_DAY = date(2026, 11, 2)
_ROUNDS = 60
_WAITS = (1, 6, 30, 60, 270, 365)
"""Days that pass, one wait after the other, where nobody has anything to do: what is due later comes up."""
_TRIES = 2
"""A worklist that was filled so often and changed nothing is not filled again."""
_NAMES = "甲乙丙丁戊己庚辛壬癸"

HeldRecords = Mapping[tuple[str, str], RecordState]


@dataclass(slots=True)
class Trial:
    """What was told so far, a line a step, and the records that have not come to their end."""

    lines: list[Localized] = field(default_factory=list)
    unfinished: list[Localized] = field(default_factory=list)


def try_procedure(settings: Settings, code: str, folder: Path) -> Trial | None:
    """Play procedure *code* of the office that *settings* describe in the empty *folder*. Return None for a code that no
    procedure has.
    """
    catalogue = in_force(settings.model_copy(update={"procedures": ()}))
    procedure = next((each for each in catalogue.procedures if each.code == code), None)
    if procedure is None:
        return None
    return _Play(settings, catalogue, procedure, folder).play()


class _Play:
    def __init__(self, settings: Settings, catalogue: Catalogue, procedure: Procedure, folder: Path) -> None:
        self.procedure = procedure
        self.language = settings.language
        self.scenes = list(scenes(Catalogue((procedure,)), every=True))
        self.said = _answers(procedure)
        forms = {drop.form for scene in self.scenes for drop in scene.drops if isinstance(drop, Filled)}
        needed = {procedure.code, *(catalogue.procedure_of(form).code for form in forms)}
        of_the_office = {each.code for each in catalogue.procedures if each.roster}
        own = {"procedures_folder": str(settings.procedures_folder)} if settings.procedures_folder else {}
        self.office = TrialOffice(
            folder, sorted(needed - of_the_office) or [procedure.code], [], language=self.language, **own
        )
        self.office.settings = self.office.settings.model_copy(update={"days_between_runs": 0})
        self.trial = Trial()
        self.day = _FIRST_DAY
        self.records: HeldRecords = {}
        self.wrong: set[str] = set()
        self.tried: dict[tuple[str, str, str], int] = defaultdict(int)

    def play(self) -> Trial:
        self._begin()
        waits = iter(_WAITS)
        for _ in range(_ROUNDS):
            if not self._open():
                break
            if self._answer():
                self._run(next_workday(self.day))
                waits = iter(_WAITS)
            elif (days := next(waits, 0)) > 0:
                self._run(next_workday(self.day + timedelta(days=days - 1)), quiet=True)
            else:
                break
        self._close()
        return self.trial

    # the samples ---------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        people = list(self._missing_people())
        played = self.scenes or [Scene(_FIRST_DAY, "", ())]
        for number, scene in enumerate(played):
            self.day = scene.day
            if number == 0 and people:
                sheet = people_form(self.office.catalogue).code
                self._tell(
                    Localized(f"投入 {self.office.drop(sheet, *people)}", f"{sheet} is dropped for {len(people)}")
                )
            for drop in scene.drops:
                if isinstance(drop, Returned) and not self.office.has_worklist(drop.person):
                    self._tell(
                        Localized(
                            f"{drop.person} 没有任务表，{drop.name} 没有交回",
                            f"{drop.person} has no worklist: no {drop.name}",
                        )
                    )
                    continue
                self.office.put(drop.name, made(drop, self.office.settings))
                self._tell(Localized(f"投入 {drop.name}", f"{drop.name} is dropped"))
            if not self.scenes:
                self._drop_examples()
            self._run(scene.day)

    def _drop_examples(self) -> None:
        """Without samples: one record of each register that people open, as its form's examples have it."""
        for register in self._registers():
            if not (register.kept or register.recurs or register.opens):
                desk = Desk(f"试{_NAMES[0]}", self.day, self.language, lambda role: "")
                name = self.office.drop(register.base.code, opening_cells(register, desk))
                self._tell(
                    Localized(f"投入 {name}（没有样例，按示例填写）", f"{name} is dropped, filled by its examples")
                )

    def _missing_people(self) -> Iterator[Cells]:
        """Somebody for each role of the procedure that nobody in the samples has: else nobody would have its work."""
        form = people_form(self.office.catalogue)
        by_meaning = {each.means: each for each in form}
        role = by_meaning[FieldRole.PERSON_ROLE]
        rows = [
            row
            for scene in self.scenes
            for drop in scene.drops
            if isinstance(drop, Filled) and drop.form == form.code
            for row in drop.records
        ]
        held = {str(row.get(role.code)) for row in rows}
        wanted = {
            each.role: None
            for register in self._registers()
            for each in register.stages
            if each.form and not each.ad_hoc
        }
        wanted |= {duty.role: None for register in self._registers() for duty in register.recurs}
        options = [
            each for code in wanted if (each := role.option(code)) and held.isdisjoint((each.words.zh, each.words.en))
        ]
        for at, option in enumerate(options):
            yield {
                by_meaning[FieldRole.PERSON_NO].code: f"T{at + 1:02d}",
                by_meaning[FieldRole.PERSON_NAME].code: f"试{_NAMES[at % len(_NAMES)]}{'' if at < len(_NAMES) else at}",
                role.code: option.words.to(self.language),
            }

    # worklists -----------------------------------------------------------------------------------------------------

    def _answer(self) -> bool:
        """Fill the worklists of all who have something to do; tell whether anybody had."""
        roster = self._roster()
        typed: dict[str, dict[str, Cells]] = defaultdict(dict)
        day = next_workday(self.day)
        for (code, key), record in self._open().items():
            register = self.office.catalogue.register(code)
            stage = register.waiting_for(record.state)
            tries = (code, key, f"{record.state}{record.version}")
            if stage is None or not stage.form or not record.owner or self.tried[tries] >= _TRIES:
                continue
            self.tried[tries] += 1
            person = roster.people.get(record.owner)
            desk = Desk(person.name if person else record.owner, day, self.language, lambda role: _holder(roster, role))
            typed[record.owner][key] = step_cells(register, stage, record, desk, self.said.get(stage.form, {}))
        for owner, answers in typed.items():
            if self.office.has_worklist(owner):
                name = self.office.answer(owner, answers)
                keys = "、".join(answers)
                self._tell(Localized(f"交回 {name}：{keys}", f"{name} comes back: {keys}"), day)
        return bool(typed)

    # runs and what they bring --------------------------------------------------------------------------------------

    def _run(self, day: date, *, quiet: bool = False) -> None:
        self.day = day
        self.office.run(f"{day} 18:00")
        before, self.records = self.records, self._read()
        for place, record in self.records.items():
            was = before.get(place)
            if was is None or was.state != record.state:
                self._tell(self._moved(place[0], was, record))
        wrong = self.office.exceptions()
        for sentence in wrong:
            if sentence not in self.wrong:
                self._tell(Localized(f"  ！{sentence}", f"  ! {sentence}"))
        self.wrong = set(wrong)

    def _moved(self, code: str, was: RecordState | None, record: RecordState) -> Localized:
        register = self.office.catalogue.register(code)
        named = register.meaning(FieldRole.TITLE)
        title = str(record.values.get(named.code, "")) if named and not named.private else ""
        person = self._roster().people.get(record.owner)
        state, from_state = _words(register, record.state), _words(register, was.state if was else "")
        who = Localized(f"，{person.name}办理", f", with {person.name}") if person else Localized("", "")
        due = Localized(f"，{record.due} 前", f", due {record.due}") if record.due else Localized("", "")
        begun = (Localized("新建", "new"), from_state)[was is not None]
        return Localized(
            f"{register.title.zh} {record.key}{f'“{title}”' if title else ''}：{begun.zh} → {state.zh}{who.zh}{due.zh}",
            f"{register.title.en} {record.key}{f' “{title}”' if title else ''}: {begun.en} → {state.en}{who.en}{due.en}",
        )

    def _close(self) -> None:
        for (code, key), record in self._open().items():
            register = self.office.catalogue.register(code)
            state = _words(register, record.state)
            stage = register.waiting_for(record.state)
            nobody = (
                Localized("，没有办理人", ", with nobody")
                if stage and stage.form and not record.owner
                else Localized("", "")
            )
            self.trial.unfinished.append(
                Localized(
                    f"{register.title.zh} {key}：停在“{state.zh}”{nobody.zh}",
                    f"{register.title.en} {key} stays in “{state.en}”{nobody.en}",
                )
            )

    # what stands in the ledger -------------------------------------------------------------------------------------

    def _registers(self) -> list[Register]:
        return list(self.procedure.registers)

    def _read(self) -> HeldRecords:
        with reading(self.office.settings) as uow:
            return {
                (register.code, key): record
                for register in self._registers()
                for key, record in uow.records.get(register.code).items()
            }

    def _roster(self) -> Roster:
        with reading(self.office.settings) as uow:
            return read_roster(self.office.catalogue, uow, self.day)

    def _open(self) -> HeldRecords:
        """The records that have not come to their end: of duties that come again those of the samples' days."""
        found = {}
        for place, record in self.records.items():
            register = self.office.catalogue.register(place[0])
            state = register.state(record.state)
            begun = not register.recurs or (record.since or self.day) <= self._last_scene()
            if state is not None and not state.final and not state.closed and begun:
                found[place] = record
        return found

    def _last_scene(self) -> date:
        return max((scene.day for scene in self.scenes), default=_FIRST_DAY)

    def _tell(self, said: Localized, day: date | None = None) -> None:
        at = day or self.day
        self.trial.lines.append(Localized(f"{at}  {said.zh}", f"{at}  {said.en}"))


def _holder(roster: Roster, role: str) -> str:
    return next((each.name for each in roster.people.values() if each.has_role(role)), "")


def _words(register: Register, state: str) -> Localized:
    found = register.state(state)
    return found.words if found else Localized(state, state)


def _answers(procedure: Procedure) -> Mapping[str, Cells]:
    try:
        samples = importlib.import_module(f"schemas.{procedure.code}.samples")
    except ModuleNotFoundError:
        return {}
    said: Mapping[str, Cells] = getattr(samples, "ANSWERS", {})
    return said
