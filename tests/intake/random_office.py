"""Random days of an office that runs one procedure: sheets filled at random, but as a person might fill them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any
from zipfile import is_zipfile

from pipeline.commands.demo import old_style, scenes
from pipeline.domain.record import RecordState
from pipeline.outside.ledger import open_ledger
from schemas.language import Field, FieldRole, Form, Kind, Layout, Register, Stage
from schemas.language.sample import Filled, OldStyle, Returned
from schemas.roster.samples import AREAS
from tests.office.world import drawing_nothing
from tests.tools.office import Office

FIRST_DAY = date(2026, 11, 3)
BESIDE = {
    "satisfaction": ("tiers",),
    "matters_to_mend": ("property_office",),
    "resolutions": ("meetings",),
    "visit_reports": ("visiting",),
}
"""What a procedure needs beside it, so that it has anything to do."""
BEGINS = {"planning_department": date(2026, 11, 2), "intranet": date(2026, 11, 2)}
"""The first day of procedures whose duties are Monday's."""
_SAME_PERSON = 0.8
"""So often a sheet is signed by whoever holds the record, or has its role: else by anybody."""
_IN_ORDER = 0.75
_DRAWN = 0.4
_AREAS = ("武强镇", "周窝镇", "豆村镇")

Cells = dict[str, Any]
States = Mapping[str, Mapping[str, RecordState]]
"""Records by register and key."""


class RandomOffice:
    """An office with one procedure in force, a person or two for each of its roles, and the procedure's own samples."""

    def __init__(self, folder: Path, procedure: str, seed: int) -> None:
        self.random = Random(f"{procedure} {seed}")
        self.seed, self.states = seed, dict[str, Mapping[str, RecordState]]()
        self.day = BEGINS.get(procedure, FIRST_DAY)
        self.people: dict[str, list[str]] = {}
        """Names by role."""
        names = [procedure, *BESIDE.get(procedure, ())]
        self.office = Office(folder, names, self._staff(folder.with_name(f"{folder.name}-0"), names))
        self.catalogue = self.office.catalogue
        in_force = {each.code: each.registers for each in self.catalogue.procedures}
        self.registers = [register for name in names for register in in_force[name]]
        self.own = in_force[procedure]
        self.samples: dict[str, list[Cells]] = {}
        self._papers: list[tuple[str, list[Cells]]] = []
        """What was dropped, to be dropped again with a cell changed."""
        self._learn_samples()

    def _staff(self, folder: Path, procedures: list[str]) -> list[tuple[str, str, str]]:
        folder.mkdir()
        of = {each.code: each.roles for each in Office(folder, procedures, []).catalogue.procedures}
        roles = {role.code: role for procedure in procedures for role in of[procedure]}.values()
        people: list[tuple[str, str, str]] = []
        names = iter(
            (
                "王建国",
                "李秀英",
                "周岚",
                "高建军",
                "陈静",
                "方晴",
                "钱仓",
                "吴芳",
                "孙强",
                "郑强",
                "马工",
                "赵敏",
                "何敏",
                "许静",
                "冯涛",
                "严明",
            )
        )
        for number, role in enumerate(roles):
            for _ in range(2 if number == 0 else 1):
                name = next(names)
                self.people.setdefault(role.code, []).append(name)
                people.append((f"R{len(people) + 1:02d}", name, role.words.zh))
        self.numbers = {name: number for number, name, _ in people}
        return people

    def _learn_samples(self) -> None:
        """Take from the procedure's samples what its people type, form by form: the rows of a worklist too."""
        for drop in chain.from_iterable(scene.drops for scene in scenes(self.catalogue, every=True)):
            if isinstance(drop, Filled):
                self.samples.setdefault(drop.form, []).extend(map(dict, drop.records))
            elif isinstance(drop, Returned):
                for cells in drop.answers.values():
                    for form in self._forms():
                        if (held := {code: value for code, value in cells.items() if form.get(code)}) and len(held) > 1:
                            self.samples.setdefault(form.code, []).append(held)

    def _forms(self) -> Iterator[Form]:
        for register in self.registers:
            yield from register.forms

    # days ------------------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Drop what the procedure's samples begin with, and a random sheet or two; run."""
        for scene in scenes(self.catalogue, every=True):
            for drop in scene.drops if scene.day <= FIRST_DAY else ():
                if isinstance(drop, OldStyle):
                    (self.office.settings.inbox / drop.name).write_bytes(old_style(drop))
                elif isinstance(drop, Filled) and drop.form != "staff_list":
                    records = [self._signed(self.catalogue.form(drop.form), dict(each), None) for each in drop.records]
                    self._drop(drop.form, records, drop.layout)
        if any(register.lies_somewhere for register in self.registers):
            self._areas()
        self._base_sheets()
        self.run(9)

    def go_on(self) -> None:
        """Let a day or more pass, drop sheets, hand worklists in; run."""
        self.day += timedelta(days=self.random.choice((1, 1, 1, 2, 4)))
        self._base_sheets()
        if self.random.random() < 0.5:
            self._sheet_again()
        answered = self._worklists()
        self._steps(answered)
        self.run(self.random.choice((9, 14)))

    def run(self, hour: int) -> None:
        """Run, and look at what stands in the ledger. Most runs draw nothing: nobody looks at it, and it takes long."""
        if self.random.random() < _DRAWN:
            self.office.run(f"{self.day} {hour:02d}:00")
        else:
            with drawing_nothing():
                self.office.run(f"{self.day} {hour:02d}:00")
        with open_ledger(self.office.settings.ledger, create=False) as ledger, ledger.transaction() as uow:
            self.states = {each.code: uow.records.get(each.code) for each in self.registers}

    def _areas(self) -> None:
        """The county's areas, served by people of this office."""
        serving = {field.code: self.people.get(field.serves, ()) for field in self.catalogue.form("area_list").fields}
        rows = [
            dict(cells) | {code: self.numbers[self.random.choice(names)] for code, names in serving.items() if names}
            for cells in AREAS.records
        ]
        self._drop("area_list", rows)

    # papers ----------------------------------------------------------------------------------------------------------

    def _base_sheets(self) -> None:
        """A sheet of new records and of some that are known, for some of the registers that people open."""
        for register in self.registers:
            if register.kept or self.random.random() < 0.4:
                continue
            rows = [self._new(register) for _ in range(self.random.randint(1, 3))]
            known = list(self.states.get(register.code, {}).values())
            if known and self.random.random() < 0.5:
                rows.append(self._repeated(register.base, self.random.choice(known)))
            self._drop(register.base.code, rows)

    def _steps(self, answered: set[str]) -> None:
        """Sheets of stages: for most records the one that they wait for, for some any."""
        for register in self.registers:
            rows: dict[str, list[Cells]] = {}
            stages = [each for each in register.stages if each.form and each.form != register.base.code]
            stages += [each for each in register.stages if register.kept and each.form and each not in stages]
            for key, record in self.states.get(register.code, {}).items() if stages else ():
                if key in answered or self.random.random() < 0.3:
                    continue
                stage = register.waiting_for(record.state)
                if stage is None or not stage.form or self.random.random() > _IN_ORDER:
                    stage = self.random.choice(stages)
                cells = self._filled(self.catalogue.form(stage.form), record, stage)
                rows.setdefault(stage.form, []).append(cells)
            for form, filled in rows.items():
                self._drop(form, filled[:6])

    def _worklists(self) -> set[str]:
        """Fill the worklist of one person as it lies there; return the keys of its rows."""
        owners = sorted({each.owner for states in self.states.values() for each in states.values() if each.owner})
        owners = [each for each in owners if self._has_worklist(each)]
        if not owners:
            return set()
        owner = self.random.choice(owners)
        answers: dict[str, Cells] = {}
        for register in self.registers:
            for key, record in self.states[register.code].items():
                stage = register.waiting_for(record.state)
                if record.owner == owner and stage is not None and stage.form:
                    answers[key] = self._filled(self.catalogue.form(stage.form), record, stage)
                    answers[key].pop(register.key.code, None)
        self.office.answer(owner, answers)
        return set(answers)

    def _has_worklist(self, owner: str) -> bool:
        found = (self.office.settings.outbox / "worklists").glob(f"{owner}-*.xlsx")
        return any(is_zipfile(path) for path in found)

    def _sheet_again(self) -> None:
        """An earlier sheet once more, with one cell changed, or blanked."""
        if not self._papers:
            return
        code, rows = self.random.choice(self._papers)
        form = self.catalogue.form(code)
        again = [dict(row) for row in rows]
        row = self.random.choice(again)
        changed = self.random.choice([each for each in form.fields if not each.key] or [form.key])
        row[changed.code] = self._value(changed, form) if self.random.random() < 0.7 else ""
        self._drop(code, again)

    def _drop(self, form: str, rows: list[Cells], layout: Layout = Layout.LIST) -> None:
        declared = self.catalogue.form(form)
        layout = layout if layout in declared.layouts else declared.layouts[0]
        if rows:
            self.office.drop(form, *rows[: 1 if layout is Layout.CARD else None], layout=layout)
            self._papers.append((form, rows))

    # rows ------------------------------------------------------------------------------------------------------------

    def _new(self, register: Register) -> Cells:
        form = register.base
        cells = self._filled(form, None, register.stage_of(form.code))
        if register.numbered is not None:
            cells.pop(register.key.code, None)
        else:
            example = register.key.example
            if register.key.kind is Kind.MONTH:
                return cells | {register.key.code: f"2026-{self.random.randint(9, 11):02d}"}
            digits = example[-1:].isdigit() and register.key.kind is Kind.CODE
            tail = self.random.randint(1, 7)
            cells[register.key.code] = f"{example[:-2]}{tail}{example[-1]}" if digits else f"{example}{tail}"
        return cells

    def _repeated(self, form: Form, record: RecordState) -> Cells:
        """What the record holds, written again, with a value or two changed."""
        cells: Cells = {
            field.code: field.show(record.values.get(field.code), "zh")
            for field in form.fields
            if record.values.get(field.code) is not None
        }
        for field in self.random.sample(form.fields, k=min(2, len(form.fields))):
            if not field.key:
                cells[field.code] = self._value(field, form)
        return cells | {form.key.code: record.key}

    def _filled(self, form: Form, record: RecordState | None, stage: Stage | None) -> Cells:
        """A row of *form*: a sample's or one made up, most of what is asked, some of what is not."""
        samples = self.samples.get(form.code, [])
        cells: Cells = dict(self.random.choice(samples)) if samples and self.random.random() < 0.6 else {}
        for field in form.fields:
            asked = field.required or bool(field.required_when)
            if field.options and not field.example and not asked and self.random.random() < 0.8:
                continue  # what most rows leave blank
            lacking = field.code not in cells and self.random.random() < (1 if asked else 0.5)
            if field.options or lacking or (field.code in cells and field.kind in (Kind.NUMBER, Kind.INTEGER)):
                cells[field.code] = self._value(field, form)
        moments = [field.code for field in form.fields if field.kind is Kind.MOMENT and cells.get(field.code)]
        cells |= dict(zip(moments, sorted(cells[code] for code in moments), strict=True))  # as the form asks for them
        cells = self._signed(form, cells, record, stage)
        if record is not None:
            cells[form.key.code] = record.key
        if self.random.random() < 0.12:  # half filled
            for code in self.random.sample(sorted(cells), k=len(cells) // 2):
                if code != form.key.code:
                    cells[code] = ""
        return cells

    def _signed(self, form: Form, cells: Cells, record: RecordState | None, stage: Stage | None = None) -> Cells:
        """Have people of the office stand where the row names people."""
        everybody = sorted(self.numbers)
        named = dict(cells)
        fitting = self.people.get(stage.role, everybody) if stage else everybody
        for field in form.fields:
            person = field.means in (FieldRole.ACTOR, FieldRole.SUBMITTER)
            whom = any(field.code == each.whom for register in self.registers for each in register.stages)
            if not (person or whom) or (field.code not in cells and not field.required):
                continue
            owner = [name for name, number in self.numbers.items() if record and number == record.owner]
            right = self.random.random() < _SAME_PERSON
            named[field.code] = self.random.choice((owner or fitting) if right and person else everybody)
        return named

    def _value(self, field: Field, form: Form) -> Any:
        """What somebody might type into a cell."""
        if field.options:
            return self.random.choice(field.options).words.zh
        if field.kind in (Kind.NUMBER, Kind.INTEGER):
            return self.random.choice((1, 2, 3, 5, field.example or 4))
        if field.kind in (Kind.DATE, Kind.MOMENT, Kind.MONTH):
            day = self.day - timedelta(days=self.random.choice((0, 0, 0, 1, 3)))
            return {Kind.DATE: f"{day}", Kind.MOMENT: f"{day} 08:30", Kind.MONTH: f"{day:%Y-%m}"}[field.kind]
        if field.means in (FieldRole.AREA, FieldRole.ADDRESS):
            return self.random.choice(_AREAS)
        said = [cells[field.code] for cells in self.samples.get(form.code, []) if cells.get(field.code)]
        if said and self.random.random() < 0.8:
            return self.random.choice(said)
        example = field.example or ("13932810018" if field.kind is Kind.PHONE else "甲")
        varied = field.kind is Kind.TEXT and self.random.random() < 0.5 and not field.rules
        return f"{example}{self.random.choice('甲乙丙')}" if varied else example
