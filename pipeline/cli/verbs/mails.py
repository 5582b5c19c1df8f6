"""``pipeline mails``."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli import options
from pipeline.cli.exit_codes import NOT_DELIVERED
from pipeline.cli.invocation import end, load
from pipeline.cli.output import message, print_json, print_lines
from schemas.language import Localized


@click.command("mails")
@options.option("--resend", is_flag=True, help="Try all of them now, those given up, too, at the addresses of today.")
@options.option("--let-go", "let_go", is_flag=True, help="Those given up need not arrive: tell of them no more.")
@options.OUTBOX
@options.LEDGER
@options.CONFIG
@options.LANGUAGE
@options.JSON
def mails_verb(resend: bool, let_go: bool, config: Path | None, as_json: bool, **given: object) -> None:
    """List the mails that have not arrived: to whom, since when, how often tried, and what the server said.

    Exits with 4 while there are any.
    """
    settings = load(config, given).settings
    from pipeline.cli.tables import aligned
    from pipeline.cli.text import let_go_line, resent_line
    from pipeline.commands import mails

    if resend:
        message(resent_line(mails.resend(settings)).to(settings.language))
    if let_go:
        message(let_go_line(mails.let_go(settings)).to(settings.language))
    standing = mails.list_undelivered(settings)
    if as_json:
        print_json([each.to_json() for each in standing])
    elif standing:
        head = Localized("收件人|邮箱|写于|试过|下次|服务器说", "for|address|written|tries|next|the server says")
        given_up = Localized("放弃", "given up").to(settings.language)
        print_lines(
            aligned(
                [
                    head.to(settings.language).split("|"),
                    *(
                        (
                            each.person,
                            each.address,
                            f"{each.since:%Y-%m-%d %H:%M}" if each.since else "",
                            each.attempts,
                            f"{each.next_try:%Y-%m-%d %H:%M}" if each.next_try else given_up,
                            each.problem,
                        )
                        for each in standing
                    ),
                ]
            )
        )
    if standing:
        end(NOT_DELIVERED)
