"""What the register of names makes of the declarations: on the day, by the latest word, whole or not at all."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.domain.record import RecordState
from pipeline.intake.learned_names import learned, meaning_of, taught, unfit_names
from pipeline.validate.choices import choice_converter
from pipeline.validate.outcome import WrongValue
from schemas.language import Catalogue
from schemas.language.catalogue import load_catalogue

DAY = date(2026, 11, 5)
CATALOGUE = load_catalogue()
FORM = CATALOGUE.form("registration")


def entries(*rows: dict[str, str]) -> dict[str, RecordState]:
    """Records of the register, in the order of their keys."""
    return {
        f"N{at}": RecordState("names", f"N{at}", {"taught_form": "新入网户登记表", "taught_since": "2026-11-03", **row})
        for at, row in enumerate(rows)
    }


def knowing(*rows: dict[str, str], day: date = DAY) -> Catalogue:
    return taught(CATALOGUE, learned(CATALOGUE, entries(*rows), day).values())


def label(written: str, means: str, **more: str) -> dict[str, str]:
    return {"taught_as": written, "taught_means": means, **more}


def test_without_a_name_the_declarations_are_the_very_same() -> None:
    assert knowing() is CATALOGUE


def test_a_label_is_one_more_alias_of_its_field_on_its_form_alone() -> None:
    known = knowing(label("店老板", "负责人"))
    assert "店老板" in known.form("registration").field("principal").aliases
    others = [field for form in known.forms if form.code != "registration" for field in form.fields]
    assert not any("店老板" in field.aliases for field in others)


@pytest.mark.parametrize(
    ("more", "holds"),
    [
        ({}, True),
        ({"taught_since": "2026-11-06"}, False),  # tomorrow
        ({"taught_until": "2026-11-05"}, False),  # from today on no more
        ({"taught_until": "2026-11-06"}, True),
    ],
)
def test_a_name_holds_from_its_day_until_the_day_on_which_it_is_taken_back(more: dict[str, str], holds: bool) -> None:
    known = knowing(label("店老板", "负责人", **more))
    assert ("店老板" in known.form("registration").field("principal").aliases) is holds


def test_of_two_words_on_one_name_the_later_counts_however_it_is_spaced() -> None:
    known = knowing(label("店 老板：", "身份证号", taught_since="2026-11-04"), label("店老板", "负责人"))
    form = known.form("registration")
    assert form.field("resident_id").aliases[-1] == "店 老板："
    assert "店老板" not in form.field("principal").aliases
    other = knowing(label("店老板", "负责人"), label("店老板", "不是本表栏目", taught_since="2026-11-04"))
    assert other.form("registration").foreign_labels == ("店老板",)
    assert "店老板" not in other.form("registration").field("principal").aliases


def test_an_option_is_known_on_every_form_of_its_register_as_it_is_written_and_no_part_of_it() -> None:
    known = knowing({"taught_field": "零售业态", "taught_as": "烟洒综合部", "taught_means": "烟酒店"})
    fields = [each for form in known.register_of("registration").forms for each in form if each.code == "trade_type"]
    assert len(fields) > 1
    for field in fields:
        convert = choice_converter(field.options)
        assert convert("烟洒 综合部") == "tobacco"  # as somebody has said: no repair
        assert convert("综合部") == WrongValue("value.choice")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (label("店老板", "老板娘"), "没有“老板娘”这一栏"),
        (label("店老板", "负责人", taught_form="登记簿"), "没有“登记簿”这张表"),
        ({"taught_field": "业务", "taught_as": "烟洒", "taught_means": "烟酒店"}, "没有“业务”这一栏"),
        ({"taught_field": "零售业态", "taught_as": "烟洒", "taught_means": "烟洒店"}, "没有“烟洒店”这一项"),
    ],
)
def test_what_fits_nothing_is_told_and_has_no_effect(row: dict[str, str], why: str) -> None:
    (found,) = unfit_names(CATALOGUE, entries(row), DAY)
    assert why in dict(found.details)["why@zh"]
    assert knowing(row) is CATALOGUE
    assert list(unfit_names(CATALOGUE, entries({**row, "taught_until": "2026-11-01"}), DAY)) == []


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("", "负责人", "principal"),
        ("", "Principal", "principal"),
        ("", "不是本表栏目", ""),
        ("", "not one of our columns", ""),
        ("", "老板", None),
        ("trade_type", "烟酒店", "tobacco"),
        ("trade_type", "Tobacco and liquor shop", "tobacco"),
        ("trade_type", "不是本表栏目", None),
        ("no_such", "烟酒店", None),
    ],
)
def test_an_answer_is_understood_in_either_language(field: str, text: str, code: str | None) -> None:
    assert meaning_of(FORM, field, text) == code
