"""An advice that gives an example never ends in nothing, whatever field it is about."""

from __future__ import annotations

import pytest

from pipeline.domain.finding import Finding
from pipeline.domain.rulebook import GENERAL, Rulebook
from schemas.language import Language, Rule
from schemas.language.catalogue import load_catalogue

CATALOGUE = load_catalogue()
EXEMPLARY = [rule for rule in GENERAL if "{example}" in rule.fix.zh]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("rule", EXEMPLARY, ids=lambda rule: rule.code)
def test_every_field_has_an_example_to_advise(rule: Rule, language: Language) -> None:
    words = Rulebook(CATALOGUE)
    empty = {
        (form.code, field.code): fix
        for form in CATALOGUE.forms
        for field in form.fields
        if (fix := words.word(Finding(rule.code, rule.severity, form=form.code, field=field.code), language).fix)
        .rstrip()
        .endswith(("如", "：", "like", ":", ","))
    }

    assert len(EXEMPLARY) > 2
    assert not empty
