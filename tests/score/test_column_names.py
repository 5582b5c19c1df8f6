"""The survey judges as a person would, and its tables ask what can be answered."""

from __future__ import annotations

import zlib

import pytest

from pipeline.domain.extract import Known
from schemas.language.catalogue import load_catalogue
from tests.score.column_names import (
    KEPT,
    KNOWN,
    ExtraColumn,
    Survey,
    SurveyedName,
    extras,
    failing,
    judge_extra,
    judge_name,
    names,
    nearest,
    section,
)


@pytest.fixture(scope="module")
def known() -> Known:
    catalogue = load_catalogue()
    return Known(
        catalogue.forms, {form.code: register.base.code for register in catalogue.registers for form in register.forms}
    )


@pytest.mark.parametrize(
    ("form", "field", "name", "outcome"),
    [
        ("registration", "contact_phone", "联系电话", "right"),
        ("staff_list", "staff_name", "姓名", "right"),
        ("complaint", "complaint_text", "投诉内容", "right"),
        ("registration", "contact_phone", "彩云追月", "unread"),  # a required column is not there: nothing is taken
        ("registration", "remarks", "彩云追月", "unread"),  # the rows come in, but without what stood in this column
        ("registration", "filled_by", "有效期起", "wrong"),
        ("complaint", "order_no", "产品编号", "wrong"),  # seen where the sheet has no other column of that name
    ],
)
def test_a_name_is_right_wrong_or_unread(known: Known, form: str, field: str, name: str, outcome: str) -> None:
    assert judge_name(known, known.form(form), field, name) == outcome


@pytest.mark.parametrize(
    ("name", "values", "outcome"),
    [
        ("彩云追月", ("一", "二", "三"), "left alone"),
        ("停用日期", ("2026-12-01", "2026-12-02", "2026-12-03"), "taken"),  # a field's own name: taken where it is free
    ],
)
def test_an_extra_column_is_left_alone_or_taken(
    known: Known, name: str, values: tuple[str, str, str], outcome: str
) -> None:
    assert judge_extra(known, known.form("staff_list"), ExtraColumn(KNOWN, "staff_list", name, values)) == outcome


def test_the_nearest_label_is_one_by_letters_alone() -> None:
    asked = [
        SurveyedName(KNOWN, "registration", "contact_phone", "联系电话："),
        SurveyedName(KNOWN, "registration", "valid_until", "有效期截"),
        SurveyedName(KNOWN, "registration", "principal", "老板"),
    ]
    added = [ExtraColumn(KNOWN, "staff_list", "聘用日期", ()), ExtraColumn(KNOWN, "staff_list", "职称", ())]

    found = nearest(asked, added)

    assert [outcome for _, outcome in found.names] == ["right", "wrong", "unread"]
    assert [outcome for _, outcome in found.extras] == ["taken", "left alone"]


def test_figures_are_shares_of_each_set_and_only_the_known_one_is_listed() -> None:
    named = [
        (SurveyedName(group, "registration", "contact_phone", name), outcome)
        for group, name, outcome in (
            (KNOWN, "手机甲", "right"),
            (KNOWN, "手机乙", "unread"),
            (KEPT, "手机丙", "wrong"),
            (KEPT, "手机丁", "right"),
        )
    ]
    added = [(ExtraColumn(KEPT, "registration", "停业日期", ("2026-05-01",)), "taken")]
    found = Survey(tuple(named), tuple(added))  # type: ignore[arg-type]

    page = section(found, Survey((), ()))

    assert "| Right: every column in its own field, no error | 1 (50.0%) | 1 (50.0%) |" in page
    assert "| Wrong: a column in another field | 0 (0.0%) | 1 (50.0%) |" in page
    assert "| Taken for a field, or moving another column | 0 (0.0%) | 1 (100.0%) |" in page
    assert failing(found) == "registration.contact_phone: '手机乙' unread"


def test_the_survey_is_as_large_as_it_says_and_asks_after_fields_that_people_fill() -> None:
    catalogue = load_catalogue()
    asked = names()
    assert len(asked) >= 330 and len({each.form for each in asked}) >= 10
    for each in asked:
        form = catalogue.form(each.form)
        assert not form.field(each.field).given, each
        assert each.name not in {field.label.zh for field in form.fields}, each
    assert len({(each.form, each.name) for each in asked}) == len(asked)
    assert len(extras()) >= 60
    labels = {form.code: {field.label.zh for field in form.fields} for form in catalogue.forms}
    assert not [each for each in extras() if each.name in labels[each.form]]


def test_which_set_a_name_is_in_was_not_chosen() -> None:
    """The parity of a checksum decides; else the easy ones might be kept."""
    for each in names():
        spelt = each.name.replace("\n", r"\n").replace("\u200b", r"\u200b").replace("\ufeff", r"\ufeff")
        text = "|".join((each.form, each.field, spelt.replace("\u3000", r"\u3000")))
        assert (KEPT if zlib.crc32(text.encode()) % 2 else KNOWN) == each.group, each
    for extra in extras():
        assert (KEPT if zlib.crc32(f"{extra.form}|{extra.name}".encode()) % 2 else KNOWN) == extra.group, extra
