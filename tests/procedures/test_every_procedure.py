"""What holds for every procedure: its blank sheets are told apart among all; switched off, nothing of it is anywhere."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import schemas
from pipeline.commands.demo import filled
from pipeline.domain.extract import Known
from pipeline.read.read_file import read_file
from pipeline.render.reports.template import template
from pipeline.settings.known_forms import known_forms
from schemas.language import Field, Kind, Layout
from schemas.language.catalogue import load_catalogue
from schemas.language.field import OF_THE_PAPER
from schemas.language.sample import Filled
from tests.tools.office import Office

EVERY = load_catalogue()
KNOWN: Known = known_forms(EVERY)
LONGEST = 400
"""Lines of a procedure's folder, samples included: one that needs more asks for a word that declarations lack."""
MEASURED_OTHERWISE = {"new_customer", "language"}
"""The first procedure, an issue of its own: the rules and checks of all were built with it."""
FOLDERS = [path.parent for path in sorted(Path(schemas.__path__[0]).glob("*/__init__.py"))]
TYPED = {Kind.DATE: "2026-11-03", Kind.MOMENT: "2026-11-03 09:30", Kind.MONTH: "2026-11", Kind.PHONE: "13932810018"}


def typed(field: Field) -> str | int:
    """What somebody writes who follows the blank sheet."""
    if field.kind in (Kind.INTEGER, Kind.NUMBER):
        return 3
    return field.example or TYPED.get(field.kind, "甲")


@pytest.mark.parametrize("layout", [Layout.LIST, Layout.CARD])
@pytest.mark.parametrize("code", [form.code for form in EVERY.handed_in])
def test_a_blank_sheet_is_known_among_all_when_only_what_is_required_is_filled(code: str, layout: Layout) -> None:
    form = EVERY.form(code)
    if layout not in form.layouts:
        pytest.skip(f"{code} has no {layout}")
    record = {field.code: typed(field) for field in form.fields if field.required or field.required_when}
    content = filled(template(form, layout, "zh", "办公室"), form, Filled("来件.xlsx", code, (record,), layout))

    reading = read_file("来件.xlsx", content, "hash", KNOWN)

    assert {extract.form for extract in reading.extracts} == {code}
    assert [len(extract) for extract in reading.extracts] == [1]
    assert set(record) <= set(reading.extracts[0].values)


def test_switched_off_a_procedure_leaves_no_page_sheet_role_or_column(tmp_path: Path) -> None:
    office = Office(tmp_path, ["new_customer"], [("K01", "王建国", "客户经理")])
    office.run("2026-11-02 09:00")

    kept = {each.title.zh for register in office.catalogue.registers for each in (register, *register.forms)}
    off = [each for each in EVERY.procedures if each.code not in {each.code for each in office.catalogue.procedures}]
    assert len(off) >= 1
    titles = {
        each.title.zh for procedure in off for register in procedure.registers for each in (register, *register.forms)
    }
    pages = set(openpyxl.load_workbook(office.settings.outbox / "master.xlsx").sheetnames)
    sheets = {path.stem for path in (office.settings.outbox / "templates").rglob("*.xlsx")}
    folders = {path.name for path in (office.settings.outbox / "templates").rglob("*") if path.is_dir()}
    assert not (titles - kept) & (pages | sheets)
    assert not {procedure.title.zh for procedure in off} & folders
    roles = {option.code for option in office.catalogue.form("staff_list").field("staff_role").options}
    used = {role.code for procedure in office.catalogue.procedures for role in procedure.roles}
    assert not {role.code for procedure in off for role in procedure.roles} & (roles - used)


@pytest.mark.parametrize(
    "folder", [each for each in FOLDERS if each.name not in MEASURED_OTHERWISE], ids=lambda folder: folder.name
)
def test_a_procedure_is_declared_in_no_more_than_400_lines(folder: Path) -> None:
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in folder.rglob("*.py"))

    assert lines <= LONGEST


def test_what_has_its_time_is_told_to_who_watches_over_it_where_it_was_done_late_or_said_later() -> None:
    timed = [each for each in EVERY.registers if any(one.field.code.endswith("_said_on") for one in each.derived)]
    assert len(timed) >= 8
    for register in timed:
        told = {watch.rule.code.rpartition(".")[2].removeprefix("report_") for watch in register.watches}
        assert "came_late" in told or {"done_late", "filled_later"} <= told, register.code


def test_a_duty_that_comes_again_and_was_done_on_a_later_day_is_told() -> None:
    """Whoever looks only at what is open never hears of it, where its sheet came before a run could list it as overdue."""
    again = [each for each in EVERY.registers if any(one.missed for one in each.recurs)]
    assert len(again) >= 8
    for register in again:
        told = {watch.rule.code for watch in register.watches if watch.rule.code.endswith("_late")}
        assert {code for code in told if not code.endswith("came_late")}, register.code


DONE_AGAIN = {
    "clear_arrival": "what came once more is cleared in its own way, maybe in the same one",
    "repair_fault": "on the help of whoever is on duty the same repair goes on",
    "test_signals": "the same points are tested once more",
    "order_line": "the contract is approved anew: the line may stay as it was",
    "list_material": "the contract is approved anew: the list may stay as it was",
    "buy_material": "another list is bought, maybe of the same things",
    "survey_site": "the contract is approved anew: the site may be as it was",
    "book_room": "the same room is booked for another day",
    "verify": "the shop is visited once more, and may be as it was",
    "contact_prospect": "another contact, which may end as the one before",
    "review_resolution": "looked back on at each meeting, maybe still under way",
    "settle_advance": "what is left of an advance may be what it was",
    "sum_month": "lines were changed, and may come to what they came to before",
    "explain_tier": "who looks again may find what he found",
    "resolve_ticket": "the same remedy may be applied once more",
    "register_claim": "decided on again, maybe in the same way",
}
"""Stages to which a record comes back for a deed that is simply done again."""


def test_what_was_sent_back_comes_with_something_else_than_what_was_sent_back() -> None:
    """Else who has refused a text gets it once more, and it counts as put right."""
    found = set()
    for register in EVERY.registers:
        sent_back = {way.to for stage in register.stages for way in stage.transitions if way.back}
        for stage in register.stages:
            said = register.form_of(stage.form)
            content = [one for one in said or () if not one.key and one.means not in OF_THE_PAPER]
            if stage.state in sent_back and content and not stage.anew:
                found.add(stage.code)
    assert found == set(DONE_AGAIN)
