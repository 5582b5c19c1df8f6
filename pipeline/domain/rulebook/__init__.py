"""Every rule: code → severity, sentence, how to mend it. The program's own here, each form's own with the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.domain.finding import Finding
from pipeline.domain.rulebook.answering import ANSWERING
from pipeline.domain.rulebook.changing import CHANGING
from pipeline.domain.rulebook.declaring import DECLARING
from pipeline.domain.rulebook.delivering import DELIVERING
from pipeline.domain.rulebook.editing import EDITING
from pipeline.domain.rulebook.merging import MERGING
from pipeline.domain.rulebook.pairing import PAIRING
from pipeline.domain.rulebook.reading import READING
from pipeline.domain.rulebook.reconciling import RECONCILING
from pipeline.domain.rulebook.rostering import ROSTERING
from pipeline.domain.rulebook.text_lines import TEXT_LINES
from pipeline.domain.rulebook.values import VALUES
from pipeline.domain.rulebook.worklists import WORKLISTS
from schemas.language import Catalogue, Field, Kind, Language, Localized, Rule

GENERAL: tuple[Rule, ...] = (
    *READING,
    *TEXT_LINES,
    *ANSWERING,
    *VALUES,
    *MERGING,
    *PAIRING,
    *CHANGING,
    *ROSTERING,
    *DELIVERING,
    *WORKLISTS,
    *EDITING,
    *RECONCILING,
    *DECLARING,
)


def general(code: str) -> Rule:
    """Return one of the program's own rules; KeyError when there is none of that code."""
    return _GENERAL[code]


def found(code: str, **about: object) -> Finding:
    """Return a finding by one of the program's own rules. Keywords that are no field of a finding are details.

    A detail given as ``Localized`` is kept in both languages (``name@zh``, ``name@en``): a finding outlives a setting.
    """
    own: dict[str, Any] = {name: value for name, value in about.items() if name in Finding.__slots__}
    details = details_of({name: value for name, value in about.items() if name not in own})
    return Finding(rule=code, severity=general(code).severity, details=details, **own)


def details_of(about: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Return what a finding tells *about* its matter, as it keeps it: one that is ``Localized`` in both languages."""
    details: list[tuple[str, str]] = []
    for name, value in about.items():
        if isinstance(value, Localized):
            details += [(f"{name}@zh", value.zh), (f"{name}@en", value.en)]
        else:
            details.append((name, str(value)))
    return tuple(details)


@dataclass(frozen=True, slots=True)
class Wording:
    """A finding in words: what is wrong, and how to mend it."""

    sentence: str
    fix: str


class Rulebook:
    """The rules in force with the catalogue's forms, and their wording."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.rules: Mapping[str, Rule] = {
            rule.code: rule
            for rule in (
                *GENERAL,
                *(rule for form in catalogue.forms for field in form.fields for rule in field.rules),
                *(rule for form in catalogue.forms for rule in form.rules),
                *(watch.rule for register in catalogue.registers for watch in register.watches),
            )
        }

    def word(self, finding: Finding, language: Language) -> Wording:
        """Return *finding* in words. Text from a sheet goes in as data, never as a template."""
        rule = self.rules[finding.rule]
        field = self._field(finding)
        slots: dict[str, str] = _Blank(
            label=field.label.to(language) if field else "",
            value=finding.value,
            example=_example(field, language) if field else "",
            options="、".join(option.words.to(language) for option in field.options) if field else "",
            file=finding.file,
            sheet=finding.sheet,
            key=finding.key,
        )
        slots.update((name.removesuffix(f"@{language}"), text) for name, text in finding.details)
        return Wording(rule.sentence.to(language).format_map(slots), rule.fix.to(language).format_map(slots))

    def name(self, finding: Finding, language: Language) -> str:
        """Return the sentence of *finding* with all that it says of one sheet left open, but for the field's label."""
        field = self._field(finding)
        slots = _Ellipsis(label=field.label.to(language)) if field else _Ellipsis()
        return self.rules[finding.rule].sentence.to(language).format_map(slots)

    def _field(self, finding: Finding) -> Field | None:
        if not finding.form or not finding.field:
            return None
        try:
            return self._catalogue.register_of(finding.form).field(finding.field)
        except KeyError:
            return None


def _example(field: Field, language: Language) -> str:
    """Return what a person may type into *field*: an advice that gives an example never ends in nothing."""
    return field.example or _EXAMPLES.get(field.kind) or field.help.to(language) or _SEE_TEMPLATE.to(language)


class _Ellipsis(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


_EXAMPLES = {
    Kind.NUMBER: "1200",
    Kind.INTEGER: "12",
    Kind.DATE: "2026-11-02",
    Kind.MOMENT: "2026-11-02 14:30",
    Kind.MONTH: "2026-11",
    Kind.PHONE: "13932810018",
}
_SEE_TEMPLATE = Localized("空白模板中这一栏的写法", "this column of the blank template")

_GENERAL = {rule.code: rule for rule in GENERAL}
