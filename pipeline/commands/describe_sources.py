"""Which manual says which rule, and where it is declared: the last chapters of the page of procedures."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.language import Catalogue, Form, Procedure, Rule
from schemas.language.sources import sources_of


def source_chapters(catalogue: Catalogue) -> Iterator[str]:
    """Yield the lines of two chapters: every rule with its manual or "ours", and what of a manual is not carried out.

    KeyError where a rule names something that its procedure does not declare.
    """
    those = [each for each in catalogue.procedures if not each.roster]
    yield from ("## Where the rules come from · 依据", "")
    yield "A manual is named by the number of its page and its title; what none of them says is ours."
    yield from ("", "| manual | chapter | rule | declared in |", "| --- | --- | --- | --- |")
    for procedure in those:
        yield from _said(procedure)
        yield from _ours(procedure)
    yield from (
        "",
        "## Not carried out · 未执行",
        "",
        "| manual | chapter | what | why not |",
        "| --- | --- | --- | --- |",
    )
    for procedure in those:
        for each in sources_of(procedure.code).left:
            yield _row(each.manual, each.chapter, each.what, each.reason)
    yield ""


def _said(procedure: Procedure) -> Iterator[str]:
    declared = _declared(procedure)
    for each in sources_of(procedure.code).rules:
        places = "、".join(f"{declared[code]} `{code}`" for code in each.declared)
        yield _row(each.manual, each.chapter, each.rule, f"{procedure.title.zh}: {places}")


def _ours(procedure: Procedure) -> Iterator[str]:
    """What somebody has to do or is held to by no manual: one line a procedure."""
    said = {code for each in sources_of(procedure.code).rules for code in each.declared}
    held = [
        code
        for register in procedure.registers
        for code in (*(each.code for each in register.stages), *(each.rule.code for each in register.watches))
    ]
    declared = _declared(procedure)
    own = [code for code in (*held, *(each.code for each in procedure.parameters)) if code not in said]
    if own:
        places = "、".join(f"{declared[code]} `{code}`" for code in own)
        yield _row("ours", "", "What no manual says of this procedure", f"{procedure.title.zh}: {places}")


def _declared(procedure: Procedure) -> dict[str, str]:
    """Return what the codes of *procedure* are called."""
    named: dict[str, str] = {}
    for register in procedure.registers:
        named |= {field.code: field.label.zh for form in register.forms for field in form.fields}
        named |= {field.code: field.label.zh for field in register.fields}
        named |= {rule.code: "规则" for form in register.forms for rule in _rules(form)}
        named |= {watch.rule.code: "监视" for watch in register.watches}
        named |= {each.code: each.title.zh for each in register.statistics}
        named |= {form.code: form.title.zh for form in register.forms}
        named |= {state.code: state.words.zh for state in register.states}
        named |= {stage.code: stage.title.zh for stage in register.stages}
        named[register.code] = register.title.zh
    return named | {each.code: each.words.zh for each in procedure.parameters}


def _rules(form: Form) -> Iterator[Rule]:
    yield from form.rules
    for field in form.fields:
        yield from field.rules


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
