"""Forms, rules and learned names as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.cli.tables import aligned
from pipeline.commands.describe import describe_forms
from pipeline.domain.json_values import JsonRead
from schemas.language import Catalogue, Language, Localized, Severity

_SINCE = Localized("{since} 起", "since {since}")
_UNTIL = Localized("，{until} 停用", ", taken back on {until}")


def list_forms(catalogue: Catalogue, language: Language) -> Iterator[str]:
    """Yield lines that name every form and its fields; * marks what must be filled."""
    for number, form in enumerate(describe_forms(catalogue, language)):
        if number:
            yield ""
        yield "  ".join(part for part in (form["form"], form["title"], form["number"]) if part)
        yield from aligned(
            (
                "",
                field["label"] + ("*" if field["required"] else ""),
                field["kind"],
                field["field"],
                "、".join(field["options"]) or field["example"],
            )
            for field in form["fields"]
        )


def list_rules(catalogue: Catalogue, language: Language) -> Iterator[str]:
    """Yield lines with every rule: what is wrong, and below it how to mend it."""
    from pipeline.commands.describe_rules import describe_rules
    from pipeline.render.wording import SEVERITIES

    for each in describe_rules(catalogue, language):
        severity = SEVERITIES[Severity(each["severity"])].to(language)
        yield f"{each['rule']}  {severity.lower()}"
        yield f"  {each['message']}"
        yield f"  → {each['fix']}"


def list_learned(names: Iterable[JsonRead], language: Language) -> Iterator[str]:
    """Yield a line for each of *names*: what is written where, what it means, who said so, and since when."""
    yield from aligned(
        (
            each["form"],
            each["field"],
            each["written"],
            f"→ {each['means']}",
            each["by"],
            _SINCE.to(language).format(**each) + ("" if not each["until"] else _UNTIL.to(language).format(**each)),
        )
        for each in names
    )
