"""``pipeline forms``."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli import options
from pipeline.cli.invocation import load
from pipeline.cli.output import print_json, print_lines


@click.command("forms")
@options.option("--rules", is_flag=True, help="The catalogue of rules instead.")
@options.option("--markdown", is_flag=True, help="The rules as a page of documentation (docs/findings.md).")
@options.option("--learned", is_flag=True, help="What labels and options of your own were said to mean instead.")
@options.CONFIG
@options.LANGUAGE
@options.JSON
def forms_verb(rules: bool, markdown: bool, learned: bool, config: Path | None, as_json: bool, **given: object) -> None:
    """List the forms that are known, with their fields."""
    settings = load(config, given).settings
    from pipeline.cli.listings import list_forms, list_rules
    from pipeline.commands.describe import describe_forms
    from pipeline.settings.catalogue import in_force

    language, catalogue = settings.language, in_force(settings)
    if learned:
        from pipeline.cli.listings import list_learned
        from pipeline.commands.describe_learned import describe_learned

        names = describe_learned(settings)
        print_json(names) if as_json else print_lines(list_learned(names, language))
    elif markdown:
        from pipeline.commands.describe_rules import findings_page

        click.echo(findings_page(catalogue), nl=False)
    elif as_json and rules:
        from pipeline.commands.describe_rules import describe_rules

        print_json(describe_rules(catalogue, language))
    elif as_json:
        print_json(describe_forms(catalogue, language))
    else:
        print_lines((list_rules if rules else list_forms)(catalogue, language))
