"""Every declared form judges its own examples as right, and its rules refuse what they say they refuse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.domain.extract import Extract
from pipeline.domain.finding import Finding
from pipeline.domain.place import pack
from pipeline.domain.rulebook import GENERAL, Rulebook
from pipeline.validate import check_form
from schemas.language import Field, Form, Kind, Layout, Rule
from schemas.language.catalogue import load_catalogue
from schemas.language.context import Context

TODAY = date(2026, 11, 23)
FORMS = load_catalogue().forms


def one_row(form: Form, **cells: str) -> Extract:
    """The form filled with its examples but for *cells*."""
    values = {field.code: [cells.get(field.code, field.example) or None] for field in form}
    return Extract(
        form.code,
        "sha",
        "a.xlsx",
        "表1",
        Layout.LIST,
        [pack(1, 0)],
        dict(values),
        {code: [pack(1, at)] for at, code in enumerate(values)},
    )


def findings(form: Form, areas: frozenset[str] = frozenset(), **cells: str) -> list[Finding]:
    staff = frozenset(field.example for field in form if field.example)
    return check_form(form, [one_row(form, **cells)], Context(TODAY, areas=areas, names=staff)).findings


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)
def test_the_examples_of_a_form_are_right(form: Form) -> None:
    assert findings(form, frozenset({"131123100"})) == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)
def test_every_field_that_must_be_filled_shows_an_example(form: Form) -> None:
    assert [field.code for field in form if field.required and not field.example] == []


SAMPLES = [(form, field, rule) for form in FORMS for field in form for rule in field.rules if rule.sample]


@pytest.mark.parametrize(("form", "field", "rule"), SAMPLES, ids=lambda each: getattr(each, "code", ""))
def test_the_sample_of_a_rule_breaks_it_and_nothing_else(form: Form, field: Field, rule: Rule) -> None:
    found = findings(form, frozenset({"131123100"}), **{field.code: rule.sample})

    assert [(each.field, each.rule, each.severity) for each in found] == [(field.code, rule.code, rule.severity)]


@pytest.mark.parametrize(
    ("start", "end", "rule"),
    [
        ("2024-03-05", "2029-03-05", None),
        ("2024-03-05", "2029-03-06", "date.five_years"),
        ("2028-03-05", "2028-03-04", "date.order"),
        ("2028-03-05", "2026-11-22", "date.expired"),
    ],
)
def test_a_licence_runs_forward_and_five_years_at_most(start: str, end: str, rule: str | None) -> None:
    form = load_catalogue().form("registration")

    assert [each.rule for each in findings(form, valid_from=start, valid_until=end)] == ([rule] if rule else [])


def test_a_licence_number_is_held_against_the_county_only_where_one_is_known() -> None:
    form = load_catalogue().form("registration")
    foreign = "130102100018"

    assert findings(form, licence_no=foreign) == []
    assert [each.rule for each in findings(form, frozenset({"131123101"}), licence_no=foreign)] == ["licence.division"]
    assert [each.rule for each in findings(form, frozenset({"131123101"}), licence_no="130102300018")] == [
        "licence.division",
        "licence.holder",
    ]


@pytest.mark.parametrize(
    ("result", "found", "refused"),
    [
        ("运行正常", "轴承温度偏高", True),
        ("运行正常", "没有异常，但有异响", True),
        *(("运行正常", words, False) for words in ("", "无", "没有异常。", "一切正常", "0", "/", "未发现问题", "None")),
        ("运行异常", "轴承温度偏高", False),
    ],
)
def test_that_all_is_in_order_goes_with_words_to_that_effect_alone(result: str, found: str, refused: bool) -> None:
    form = load_catalogue().form("equipment_check")

    rules = [each.rule for each in findings(form, check_state=result, check_found=found or " ")]
    assert rules == (["answer.contradicted"] if refused else [])


def test_the_grade_of_a_customer_has_bounds_and_says_them() -> None:
    form = load_catalogue().form("verification")
    (found,) = findings(form, customer_grade="31")
    words = Rulebook(load_catalogue()).word(found, "zh")

    assert words.sentence == "客户档位“31”超出范围，应不大于 30"


def test_a_shop_that_was_not_found_needs_no_business_data() -> None:
    form = load_catalogue().form("verification")
    business = {field.code: "/" for field in form if field.required_when}

    assert findings(form, verdict="查无此户", **business) == []
    assert {each.rule for each in findings(form, verdict="属实", **business)} == {"value.missing_when"}


def test_a_decision_to_send_back_says_why() -> None:
    form = load_catalogue().form("review_sheet")
    (found,) = findings(form, conclusion="退回", opinion="无")

    assert Rulebook(load_catalogue()).word(found, "zh").sentence == "审核意见没有填写：审核结论为“退回”时必填"
    assert (
        Rulebook(load_catalogue()).word(found, "en").sentence
        == "Opinion is blank: it is required when Conclusion is “Sent back”"
    )


def test_every_rule_speaks_both_languages_and_no_code_is_used_twice() -> None:
    rules: dict[str, Rule] = {}
    of_forms = [rule for form in FORMS for rule in (*form.rules, *(rule for field in form for rule in field.rules))]
    for rule in (*GENERAL, *of_forms):
        assert rules.setdefault(rule.code, rule) == rule
        assert all((rule.sentence.zh, rule.sentence.en, rule.fix.zh, rule.fix.en)), rule.code


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)
def test_choices_are_declared_as_such(form: Form) -> None:
    assert [field.code for field in form if bool(field.options) != (field.kind is Kind.CHOICE)] == []


def test_a_doubtful_key_is_told_when_it_is_registered_and_not_on_each_worklist() -> None:
    form = load_catalogue().form("verification")
    sheet = one_row(form, licence_no="130102100018")
    context = Context(TODAY, areas=frozenset({"131123101"}))

    assert [each.rule for each in check_form(form, [sheet], context).findings] == ["licence.division"]
    assert check_form(form, [replace(sheet, prefilled=True)], context).findings == []


def test_the_samples_of_the_roster_agree_with_each_other() -> None:
    """K01 looks after customers on the sheet of areas, so that is what he is on the sheet of staff."""
    staff, areas = (load_catalogue().form(code) for code in ("staff_list", "area_list"))
    managers = {field.example for field in areas if field.serves == "account_manager"}
    assert managers == {staff.field("staff_no").example}
    assert staff.field("staff_role").example == "客户经理"
