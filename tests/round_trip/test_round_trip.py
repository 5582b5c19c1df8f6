"""What people wrote comes back equal, at its cell, whatever the layout, order and decoration.

Sheets are drawn anew on each change of a strategy but the same on each run. ``ROUND_TRIPS=2000`` draws so many others.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.commands.demo import filled
from pipeline.domain.extract import Known, Reading
from pipeline.read.read_file import read_file
from pipeline.render.reports.template import template
from pipeline.validate import check_form
from schemas.language import Form, Language, Layout, Severity
from schemas.language.catalogue import load_catalogue
from schemas.language.context import Context
from schemas.language.sample import Filled
from tests.round_trip.pages import Page, as_csv, as_html, below, beside, cards, lists, turned_lists, xlsx
from tests.round_trip.values import TODAY, Drawn, records

FORMS = load_catalogue().forms
KNOWN = Known(
    FORMS, {form.code: register.base.code for register in load_catalogue().registers for form in register.forms}
)
SEARCH = int(os.environ.get("ROUND_TRIPS", "0"))

# rules over rows other than of days are not drawn for: tests/procedures plays those forms
DRAWN = [form for form in load_catalogue().handed_in if all(rule.code.startswith("date.") for rule in form.rules)]
codes = st.sampled_from([form.code for form in DRAWN])
# a card of few fields whose values stand below their labels cannot be told from a list of one row
of_size = st.sampled_from([form.code for form in DRAWN if len(form.fields) > 7])


def steady(examples: int) -> Callable[[Any], Any]:
    """Draw the same sheets each time, unless others are searched for."""
    return settings(
        max_examples=SEARCH or examples,
        derandomize=not SEARCH,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def judge(content: bytes, form: Form, name: str = "来件.xlsx") -> tuple[Reading, list[Any]]:
    """Return what reading and validation make of a file, which must hold nothing wrong and only *form*."""
    reading = read_file(name, content, "hash", KNOWN)
    assert [each for each in reading.findings if each.severity is Severity.ERROR] == []
    assert {extract.form for extract in reading.extracts} == {form.code}
    checked = check_form(form, reading.extracts, Context(TODAY))
    assert [each for each in checked.findings if each.severity is Severity.ERROR] == []
    return reading, checked.records


def comes_back(content: bytes, page: Page, name: str = "来件.xlsx") -> Reading:
    reading, found = judge(content, page.form, name)
    by_key = {record.key: record for record in found}
    key = page.form.key.code
    assert [by_key[each[key]].values for each in page.truth] == page.truth
    assert len(found) == len(page.truth)
    for truth, spots, notes in zip(page.truth, page.spots, page.notes, strict=True):
        record = by_key[truth[key]]
        assert {code: record.place(code).cell for code in spots} == spots
        assert record.notes == notes
    return reading


@functools.cache
def blank(form: Form, layout: Layout, language: Language) -> bytes:
    return template(form, layout, language, "武强县烟草专卖局")


def fill(form: Form, layout: Layout, language: Language, drawn: list[Drawn]) -> bytes:
    cells = tuple({code: typed.written for code, typed in record.items()} for record in drawn)
    return filled(blank(form, layout, language), form, Filled("", form.code, cells, layout))


@steady(20)
@given(st.data(), codes, st.sampled_from(("zh", "en")))
def test_what_a_list_template_was_filled_with(data: st.DataObject, code: str, language: Language) -> None:
    form = load_catalogue().form(code)
    drawn = data.draw(records(form, 3, language))
    _, found = judge(fill(form, Layout.LIST, language, drawn), form)
    assert [record.values for record in found] == [stored(record) for record in drawn]


@steady(20)
@given(st.data(), codes)
def test_what_a_card_template_was_filled_with(data: st.DataObject, code: str) -> None:
    form = load_catalogue().form(code)
    drawn = data.draw(records(form, 1, "zh"))
    _, found = judge(fill(form, Layout.CARD, "zh", drawn), form)
    assert [record.values for record in found] == [stored(record) for record in drawn]


def stored(record: Drawn) -> Mapping[str, Any]:
    return {code: typed.stored for code, typed in record.items()}


@steady(80)
@given(st.data(), codes)
def test_a_list_in_any_order_and_decoration(data: st.DataObject, code: str) -> None:
    form = load_catalogue().form(code)
    page = data.draw(lists(form, data.draw(records(form, 4))))
    reading = comes_back(xlsx({"Sheet1": page}), page)
    told = [each for each in reading.findings if each.rule == "column.unknown"]
    assert {each.value for each in told} == {label for notes in page.notes for label in notes}


@steady(40)
@given(st.data(), codes, st.sampled_from(("utf-8", "utf-8-sig", "gb18030", "html")))
def test_a_list_saved_as_text(data: st.DataObject, code: str, saved: str) -> None:
    form = load_catalogue().form(code)
    page = data.draw(lists(form, data.draw(records(form, 3))))
    content = as_html(page) if saved == "html" else as_csv(page, saved)
    comes_back(content, page, "来件.xls" if saved == "html" else "来件.csv")


@steady(30)
@given(st.data(), codes)
def test_a_turned_list(data: st.DataObject, code: str) -> None:
    form = load_catalogue().form(code)
    page = data.draw(turned_lists(form, data.draw(records(form, 4))))
    comes_back(xlsx({"Sheet1": page}), page)


@steady(40)
@given(st.data(), codes, st.sampled_from((beside, below)))
def test_two_lists_on_a_sheet(data: st.DataObject, code: str, join: Callable[[Page, Page], Page]) -> None:
    form = load_catalogue().form(code)
    drawn = data.draw(records(form, 4).filter(lambda drawn: len(drawn) > 1))
    half = len(drawn) // 2
    page = join(*(data.draw(lists(form, part, framed=False, most_extra=0)) for part in (drawn[:half], drawn[half:])))
    comes_back(xlsx({"Sheet1": page}), page)


@steady(20)
@given(st.data(), st.permutations(DRAWN))
def test_sheets_of_several_forms_in_a_workbook(data: st.DataObject, order: list[Form]) -> None:
    pages = {form.code: data.draw(lists(form, data.draw(records(form, 2)))) for form in order[:2]}
    reading = read_file("来件.xlsx", xlsx(pages), "hash", KNOWN)
    for form in order[:2]:
        own = [extract for extract in reading.extracts if extract.form == form.code]
        assert {extract.sheet for extract in own} == {form.code}
        found = check_form(form, own, Context(TODAY)).records
        assert [record.values for record in found] == pages[form.code].truth


@steady(60)
@given(st.data(), of_size)
def test_cards(data: st.DataObject, code: str) -> None:
    form = load_catalogue().form(code)
    page = data.draw(cards(form, data.draw(records(form, 3))))
    comes_back(xlsx({"Sheet1": page}), page)
