"""The rules by which the program judges, as plain objects and a page of documentation."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.domain.rulebook import GENERAL
from pipeline.render.wording import SEVERITIES
from schemas.language import Catalogue, Field, Form, Language, Rule, Severity


def describe_rules(catalogue: Catalogue, language: Language) -> list[dict[str, str]]:
    """Return every rule: code, severity, where it comes from, sentence, fix, a sample that breaks it.

    The sentences are filled with the first field that has the rule, and with the sample.
    """
    return [
        {
            "rule": rule.code,
            "severity": rule.severity.value,
            "form": form.code if form else "",
            **_worded(rule, field, language),
            "sample": rule.sample,
        }
        for rule, form, field in _rules(catalogue)
    ]


def findings_page(catalogue: Catalogue) -> str:
    """Return the catalogue of findings in Markdown, both languages: the text of ``docs/findings.md``."""
    lines = [
        "# Findings · 异常目录",
        "",
        "Every rule of the program: what is wrong, how to mend it. Written by `pipeline forms --rules --markdown`.",
        "程序的全部规则：哪里不对，怎样改。",
        "",
        "| Code 代码 | Severity 级别 | What is wrong 问题 | How to mend it 改法 | Example 例 |",
        "|---|---|---|---|---|",
    ]
    chinese, english = describe_rules(catalogue, "zh"), describe_rules(catalogue, "en")
    for zh, en in zip(chinese, english, strict=True):
        severity = SEVERITIES[Severity(zh["severity"])]
        cells = (
            f"`{zh['rule']}`",
            f"{severity.en.lower()} {severity.zh}",
            f"{_escaped(zh['message'])}<br>{_escaped(en['message'])}",
            f"{_escaped(zh['fix'])}<br>{_escaped(en['fix'])}",
            f"`{zh['sample']}`" if zh["sample"] else "",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _rules(catalogue: Catalogue) -> Iterable[tuple[Rule, Form | None, Field | None]]:
    """Every rule once, with the first field it judges."""
    found: dict[str, tuple[Rule, Form | None, Field | None]] = {rule.code: (rule, None, None) for rule in GENERAL}
    for form in catalogue.forms:
        for field in form.fields:
            for rule in field.rules:
                found.setdefault(rule.code, (rule, form, field))
        for rule in form.rules:
            found.setdefault(rule.code, (rule, form, None))
    for register in catalogue.registers:
        for watch in register.watches:
            found.setdefault(watch.rule.code, (watch.rule, register.base, None))
    return found.values()


def _worded(rule: Rule, field: Field | None, language: Language) -> dict[str, str]:
    slots = _OpenDetails(value=rule.sample) if rule.sample else _OpenDetails()
    if field:
        slots |= {"label": field.label.to(language)}
        slots |= {"example": field.example} if field.example else {}
    return {
        "message": rule.sentence.to(language).format_map(slots),
        "fix": rule.fix.to(language).format_map(slots),
    }


class _OpenDetails(dict[str, str]):
    """What a sentence says of the one sheet stays open."""

    def __missing__(self, key: str) -> str:
        return "…"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")
