"""``pipeline template``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from pipeline.cli import options
from pipeline.cli.invocation import load
from schemas.language import Form, Language, Localized


@click.command("template")
@click.argument("forms", nargs=-1, metavar="[FORM]...")
@options.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Default: outbox/templates."
)
@options.CONFIG
@options.LANGUAGE
def template_verb(forms: tuple[str, ...], out: Path | None, config: Path | None, **given: object) -> None:
    """Write the blank sheets of FORM (code or title), or of all forms: a list and a card of each, in a folder a procedure."""
    settings = load(config, given).settings
    from pipeline.commands.people_to_offer import people_to_offer
    from pipeline.outside.files.names import safe_name
    from pipeline.outside.files.outbox import publish_file
    from pipeline.render.reports.template import template
    from pipeline.settings.catalogue import in_force
    from schemas.language import Layout

    card = Localized("-卡片", "-card").to(settings.language)
    catalogue = in_force(settings)
    people = people_to_offer(settings)
    for form in _chosen(forms, catalogue.handed_in, settings.language):
        folder = safe_name(catalogue.procedure_of(form.code).title.to(settings.language))
        for layout, mark in ((Layout.LIST, ""), (Layout.CARD, card)):
            if layout in form.layouts:
                name = safe_name(form.title.to(settings.language) + mark, ".xlsx")
                path = (out or settings.outbox / "templates" / folder) / name
                publish_file(path, template(form, layout, settings.language, settings.office_name, people))
                click.echo(path)


def _chosen(names: tuple[str, ...], known: Iterable[Form], language: Language) -> list[Form]:
    """Return the forms called *names*, by code or by title in either language; all of them when there is none.

    Raise UsageError for a name that no form has.
    """
    from difflib import get_close_matches

    every = list(known)
    by_name = {name: form for form in every for name in form.names}
    for name in names:
        if name not in by_name:
            near = get_close_matches(name, by_name, 1)
            said = Localized(f"没有表单“{name}”", f"there is no form {name}").to(language)
            meant = Localized(f"；是不是“{near[0]}”？", f"; did you mean {near[0]}?").to(language) if near else ""
            raise click.UsageError(said + meant)
    return [by_name[name] for name in names] or every
