"""What is declared goes to a workbook and comes back as it was: all that can be drawn; what is code is named as such."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.definitions.definition_workbook import definition_workbook
from pipeline.definitions.drawn_procedures import judge_content
from pipeline.definitions.write_definition import write_definition
from schemas.language import Against, Catalogue, Comparison, Procedure
from schemas.language.catalogue import load_catalogue
from tests.definitions.comparing import comparable
from tests.definitions.drawings import SHIPPED, VEHICLES, drawn

ALL = load_catalogue()
DRAWABLE = (
    "activity_budgets", "complaints", "customer_care", "deliverables", "equipment", "equipment_faults", "first_contact", "installation",
    "intranet", "leave", "matters_to_mend", "meetings", "property_office", "property_site", "prospects",
    "relationship_expenses", "resolutions", "satisfaction", "spares", "urgent_reports", "visit_reports",
)  # fmt: skip


def returned(procedure: Procedure, office: Catalogue) -> Procedure:
    rows = write_definition(procedure, office)
    beside = tuple(each for each in office.procedures if each.code != procedure.code)
    compiled = judge_content("x.xlsx", definition_workbook(rows, "zh"), beside)
    assert compiled is not None
    assert [(each.sheet, each.cell, each.value, each.what.zh) for each in compiled.mistakes] == []
    assert compiled.procedure is not None
    return compiled.procedure


@pytest.mark.parametrize("code", DRAWABLE)
def test_a_declared_procedure_comes_back_as_it_was(code: str) -> None:
    (procedure,) = (each for each in ALL.procedures if each.code == code)
    back = returned(procedure, ALL)
    for register, other in zip(procedure.registers, back.registers, strict=True):
        assert comparable(register) == comparable(other)
    numbers = tuple(each for each in procedure.parameters if not each.options)  # what may be chosen of several is code
    said = replace(procedure, registers=(), parameters=numbers, goes_on_in=())  # in what it goes on, too
    assert replace(back, registers=()) == said


@pytest.mark.parametrize("name", SHIPPED)
def test_a_drawn_procedure_comes_back_whole(name: str) -> None:
    compiled = judge_content(name, drawn(SHIPPED[name]), ALL.procedures)
    assert compiled is not None and compiled.procedure is not None
    back = returned(compiled.procedure, Catalogue((*ALL.procedures, compiled.procedure)))
    for register, other in zip(compiled.procedure.registers, back.registers, strict=True):
        assert replace(register, derived=()) == replace(other, derived=())
        assert [(one.field, one.look, getattr(one.set_by, "hours", None)) for one in register.derived] == [
            (one.field, one.look, getattr(one.set_by, "hours", None)) for one in other.derived
        ]
    assert replace(back, registers=()) == replace(compiled.procedure, registers=())


STANDS_TO = {
    Comparison.AT_MOST: ("mileage_back", "mileage_out"),
    Comparison.AT_LEAST: ("mileage_back", "mileage_back"),
    Comparison.NOT_BEFORE: ("car_back_at", "trip_from"),
    Comparison.AFTER: ("car_back_at", "trip_from"),
    Comparison.ANOTHER: ("car_taken_by", "car_user"),
    Comparison.SAME: ("car_taken_by", "car_user"),
}


@pytest.mark.parametrize("by", Comparison)
def test_a_step_held_against_its_record_comes_back_as_it_was(by: Comparison) -> None:
    compiled = judge_content("x.xlsx", drawn(VEHICLES), ALL.procedures)
    assert compiled is not None and compiled.procedure is not None
    (register,) = compiled.procedure.registers
    against = (Against(STANDS_TO[by][0], by, STANDS_TO[by][1]),)
    stages = tuple(replace(each, against=against) if each.code == "take_car_back" else each for each in register.stages)
    declared = replace(compiled.procedure, registers=(replace(register, stages=stages),))
    back = returned(declared, Catalogue((*ALL.procedures, declared)))
    assert back.registers[0].stages == stages


UNDRAWN = ("opens", "sealed", "draws", "led_anew", "running", "renewal", "transfer", "duplicate_rule", "care", "pairs")
OF_FIELDS = ("span", "head")


@pytest.mark.parametrize("procedure", [each for each in ALL.procedures if not each.roster], ids=lambda each: each.code)
def test_whatever_a_workbook_cannot_draw_is_named(procedure: Procedure) -> None:
    named = {row["name"] for row in write_definition(procedure, ALL).get("code", ())}
    for register in procedure.registers:
        lost = {name for name in UNDRAWN if getattr(register, name)}
        lost |= {name for form in register.forms for each in form for name in OF_FIELDS if getattr(each, name)}
        assert lost <= named


def test_what_is_code_is_named() -> None:
    (spares,) = (each for each in ALL.procedures if each.code == "spares")
    rows = write_definition(spares, ALL)["code"]
    assert {"spares.short", "spares.overdrawn", "spare_moves_by_month"} <= {
        row["name"] for row in rows if row["part"] == "其他"
    }
    assert [row["name"] for row in rows if row["part"] == "派生栏"] == ["现有库存", "盘点差异"]
